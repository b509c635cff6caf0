"""Reasons in words: in goes a `Reason`, out come plain English sentences."""

from __future__ import annotations

from standoff.graphmodel.chains import Step
from standoff.graphmodel.conflict import Conflict, Preference, Prioritised, Ranked, Weighted
from standoff.graphmodel.formula import pattern_of, written
from standoff.graphmodel.inverse import Remedy
from standoff.graphmodel.inverse_weights import WeightChange
from standoff.graphmodel.paths import Block
from standoff.graphmodel.robust import Robustness, Sensitivity
from standoff.graphmodel.routes import Routes, asks_of_steps
from standoff.graphmodel.space import Space
from standoff.graphmodel.stability import Concept
from standoff.graphmodel.why import Reason, Sanction, Temptation

# A party with many options has hundreds of improvements; the first so many say why.
MOST_TOLD = 10
CONCEPT_NAMES = {
    Concept.NASH: "Nash",
    Concept.GMR: "general metarationality (GMR)",
    Concept.SMR: "symmetric metarationality (SMR)",
    Concept.SEQ: "sequential stability (SEQ)",
    Concept.SSEQ: "symmetric sequential stability (SSEQ)",
    Concept.SIM: "simultaneous stability (SIM)",
}


def state_in_words(space: Space, state: int) -> str:
    """`state 3 (YN): Release Water` - the pattern and the options that are taken; of a collapsed state what its
    combinations share, with `-` for what they do not."""
    names = space.conflict.option_names
    codes = _codes_of(space, state)
    marks = "".join(_mark([code >> option & 1 for code in codes]) for option in range(len(names)))
    taken = [name for name, mark in zip(names, marks, strict=True) if mark == "Y"]
    several = f", {len(codes)} combinations" if len(codes) > 1 else ""
    return f"state {state} ({marks}{several}): {', '.join(taken) or 'no option taken'}"


def _mark(taken: list[int]) -> str:
    return "Y" if all(taken) else "-" if any(taken) else "N"


def reason_in_words(space: Space, reason: Reason) -> str:
    """One paragraph: stable or not, each improvement, and what the others can do about it."""
    party = space.movers[reason.party].name
    verdict = "stable" if reason.stable else "not stable"
    head = f"{CONCEPT_NAMES[reason.concept]}: state {reason.state} is {verdict} for {party}"
    if not reason.temptations:
        return f"{head}; it has no move to a state it prefers."
    if reason.concept is Concept.NASH:
        targets = ", ".join(
            f"{temptation.to} ({change_in_words(space, reason.state, temptation.to)})"
            for temptation in reason.temptations[:MOST_TOLD]
        )
        hidden = len(reason.temptations) - MOST_TOLD
        return f"{head}; it can improve by moving to {targets}{f' and {hidden:,} further states' * (hidden > 0)}."
    # What nobody can deter first: that is why the state is not stable.
    sorted_out = sorted(reason.temptations, key=lambda one: one.sanction is not None)
    lines = [_temptation(space, reason, temptation) for temptation in sorted_out[:MOST_TOLD]]
    hidden = len(sorted_out) - MOST_TOLD
    if hidden > 0:
        lines.append(f"And {hidden:,} further improvements (--json has them all).")
    return "\n".join([f"{head}.", *(f"  - {line}" for line in lines)])


def way_in_words(space: Space, start: int, way: tuple[Step, ...]) -> str:
    """`1 -> 3 (Company: take Accept, give up Delay) -> ...`; `1` alone if there is nothing to do."""
    parts, before = [str(start)], start
    for step in way:
        parts.append(f"{step.state} ({space.movers[step.party].name}: {change_in_words(space, before, step.state)})")
        before = step.state
    return " -> ".join(parts)


def block_in_words(space: Space, before: int, block: Block) -> str:
    """Why the mover will not take the step from state number `before`."""
    name = space.movers[block.party].name
    if block.stays:
        return f"{name} stays at {before}, which is stable for it"
    if block.sanction is None:
        return f"{name} gains nothing by leaving {before}"
    chain = " -> ".join(f"{space.movers[step.party].name} to {step.state}" for step in block.sanction.steps)
    return f"{name} is deterred at {before} by {_names(space, block.by)}: {chain}"


def routes_in_words(space: Space, routes: Routes) -> str:
    """The ways from today to each equilibrium, whose moves they need, and what blocks them."""
    lines = [f"from {state_in_words(space, routes.start)}"]
    if not routes.found:
        lines.append(f"no equilibrium by {routes.concept.name}")
    for one in routes.found:
        lines += ["", f"to {state_in_words(space, one.target)}"]
        pairs = (
            ("moves", one.by_moves, one.blocked_moves),
            ("improvements", one.by_improvements, one.blocked_improvements),
        )
        for kind, way, blocked in pairs:
            if way is None:
                lines.append(f"  by {kind}: no way")
                continue
            lines.append(f"  by {kind}: {way_in_words(space, routes.start, way)}")
            for block in blocked:
                before = way[block.place - 1].state if block.place else routes.start
                lines.append(f"    blocked: {block_in_words(space, before, block)}")
        if asks_of_steps(routes.concept):
            taken = "no way" if one.by_taken is None else way_in_words(space, routes.start, one.by_taken)
            lines.append(f"  by steps that their movers take: {taken}")
        if one.needed:
            lines.append(f"  needs moves of {_names(space, one.needed)}")
        if one.every is not None:
            lines += [f"  or: {way_in_words(space, routes.start, way)}" for way in one.every]
    if routes.left_out:
        lines += ["", f"and {routes.left_out:,} further equilibria"]
    return "\n".join(lines)


def _names(space: Space, parties: tuple[int, ...]) -> str:
    return " and ".join(space.movers[party].name for party in parties)


def remedy_in_words(conflict: Conflict, remedy: Remedy) -> list[str]:
    """One line per swap: `Company puts X above Y`; `conflict` is the one the remedy was found for."""
    orders = [_order(conflict, party.preference) for party in conflict.decision_makers]
    lines = []
    for swap in remedy.swaps:
        order, place = orders[swap.party], swap.place
        name = conflict.decision_makers[swap.party].name
        lines.append(f"{name} puts {order[place + 1]} above {order[place]}")
        order[place], order[place + 1] = order[place + 1], order[place]
    return lines


def weight_change_in_words(conflict: Conflict, change: WeightChange) -> str:
    """`Company: weight of X from 3 to 5`, or `to more than 5`; `conflict` is the one the change was found for."""
    party = conflict.decision_makers[change.party]
    assert isinstance(party.preference, Weighted)
    statement = written(party.preference.weights[change.place][0], conflict.option_names)
    beyond = "" if change.reaches else "more than " if change.example > change.limit else "less than "
    return f"{party.name}: weight of `{statement}` from {change.before:g} to {beyond}{change.limit:g}"


def sensitivity_in_words(conflict: Conflict, found: Robustness, one: Sensitivity) -> str:
    """`Party without X: state 3 62% -> 100%`: the shares that differ, or that none does."""
    name = conflict.decision_makers[one.party].name
    statement = _order(conflict, conflict.decision_makers[one.party].preference)[one.place]
    changed = [
        f"state {state} {found.share.get(state, 0):.1%} -> {one.without.get(state, 0):.1%}"
        for state in sorted(found.share.keys() | one.without.keys())
        if found.share.get(state, 0) != one.without.get(state, 0)
    ]
    return f"{name} without {statement}: {', '.join(changed) or 'nothing changes'}"


def _order(conflict: Conflict, preference: Preference) -> list[str]:
    names = conflict.option_names
    match preference:
        case Prioritised(statements):
            return [f"`{written(statement, names)}`" for statement in statements]
        case Ranked(groups):
            return [" = ".join(pattern_of(code, len(names)) for code in group) for group in groups]
        case Weighted():
            return []


def _temptation(space: Space, reason: Reason, temptation: Temptation) -> str:
    change = change_in_words(space, reason.state, temptation.to)
    move = f"It would rather be at {temptation.to} ({change})"
    if temptation.sanction is None:
        return f"{move}, and {_nothing(reason.concept, reason.state)}."
    return f"{move}, but {_sanction(space, reason, temptation.to, temptation.sanction)}."


def _nothing(concept: Concept, state: int) -> str:
    return {
        Concept.NASH: "may go there",
        Concept.GMR: f"no moves of the others can lead from there to a state that is no better for it than {state}",
        Concept.SMR: f"no moves of the others can hold it at or below {state} once it has answered",
        Concept.SEQ: f"no improvements of the others lead from there to a state that is no better for it than {state}",
        Concept.SSEQ: f"no improvements of the others can hold it at or below {state} once it has answered",
        Concept.SIM: f"no improvements that the others take at the same time leave it no better off than at {state}",
    }[concept]


def _sanction(space: Space, reason: Reason, improvement: int, sanction: Sanction) -> str:
    movers = [space.movers[step.party].name for step in sanction.steps]
    payoff = space.movers[reason.party].payoff
    worth = payoff[space.codes[sanction.outcome - 1]], payoff[space.codes[reason.state - 1]]
    verdict = "just as good for it as" if worth[0] == worth[1] else "worse for it than"
    if reason.concept is Concept.SIM:
        acts = " and ".join(
            f"{name} may at the same time {change_in_words(space, reason.state, step.state)}"
            for name, step in zip(movers, sanction.steps, strict=True)
        )
        return f"{acts}; together that makes {sanction.outcome}, {verdict} {reason.state}"
    path, before = [], improvement
    for name, step in zip(movers, sanction.steps, strict=True):
        path.append(f"{name} may move on to {step.state} ({change_in_words(space, before, step.state)})")
        before = step.state
    sentence = f"{', then '.join(path)}, {verdict} {reason.state}"
    if sanction.answer is None:
        return sentence
    if sanction.answer == sanction.outcome:
        return f"{sentence}; from there it has no better answer"
    return f"{sentence}; its best answer, {sanction.answer}, is no better than {reason.state} either"


def change_in_words(space: Space, before: int, after: int) -> str:
    """What a move does: `take Accept, give up Delay`."""
    names = space.conflict.option_names
    # Of collapsed states those codes that differ in the fewest options: what the others' options are does not matter.
    old, new = min(
        ((one, other) for one in _codes_of(space, before) for other in _codes_of(space, after)),
        key=lambda pair: ((pair[0] ^ pair[1]).bit_count(), pair),
    )
    taken = [name for option, name in enumerate(names) if new & ~old & (1 << option)]
    given_up = [name for option, name in enumerate(names) if old & ~new & (1 << option)]
    parts = [f"take {', '.join(taken)}"] if taken else []
    if given_up:
        parts.append(f"give up {', '.join(given_up)}")
    return ", ".join(parts)


def _codes_of(space: Space, state: int) -> list[int]:
    code = int(space.codes[state - 1])
    members = next((group for group in space.classes if code in group), None)
    return [code] if members is None else [int(one) for one in members]
