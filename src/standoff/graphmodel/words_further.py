"""Reasons of foresight, strength and attitudes in words: in goes a reason of `why_further.py`, out come plain English
sentences, or the same as plain data for JSON."""

from __future__ import annotations

from standoff.graphmodel.chains import Step
from standoff.graphmodel.report import sanction_json, way_json
from standoff.graphmodel.space import Space
from standoff.graphmodel.stability import Concept
from standoff.graphmodel.why import Sanction
from standoff.graphmodel.why_further import ForesightReason, GradedReason, Prospect, RelationalReason
from standoff.graphmodel.words import CONCEPT_NAMES, MOST_TOLD, way_in_words

RELATIONAL_NAMES = {
    Concept.NASH: "relational Nash (RNash)",
    Concept.GMR: "relational general metarationality (RGMR)",
    Concept.SMR: "relational symmetric metarationality (RSMR)",
    Concept.SEQ: "relational sequential stability (RSEQ)",
}


def foresight_in_words(space: Space, reason: ForesightReason) -> str:
    """One paragraph: stable or not, and where each move of the party would end."""
    name = space.movers[reason.party].name
    verdict = "stable" if reason.stable else "not stable"
    ahead = "one move" if reason.moves == 1 else f"{reason.moves} moves"
    head = f"foresight of {ahead} (L_{reason.moves}): state {reason.state} is {verdict} for {name}"
    if not reason.prospects:
        return f"{head}; it has no move."
    lines = [_prospect(space, reason, one) for one in reason.prospects[:MOST_TOLD]]
    return "\n".join([f"{head}.", *lines, *_hidden(len(reason.prospects), "moves")])


def _prospect(space: Space, reason: ForesightReason, one: Prospect) -> str:
    payoff = space.movers[reason.party].payoff
    end = one.steps[-1].state
    worth, before = payoff[space.codes[end - 1]], payoff[space.codes[reason.state - 1]]
    compared = "better for it than" if one.better else "just as good for it as" if worth == before else "worse than"
    way = way_in_words(space, reason.state, one.steps)
    return f"  - {way}; there it ends, {compared} {reason.state}."


def graded_in_words(space: Space, reason: GradedReason) -> str:
    """One paragraph: strongly, weakly or not stable, each improvement, and the hardest that the others can do."""
    name = space.movers[reason.party].name
    verdict = "not stable"
    if reason.stable:
        verdict = "strongly stable" if reason.strongly else "weakly stable"
    head = f"{CONCEPT_NAMES[reason.concept]}: state {reason.state} is {verdict} for {name}"
    if not reason.temptations:
        return f"{head}; it has no move to a state it prefers."
    ordered = sorted(reason.temptations, key=lambda one: (one.sanction is not None, one.strong))
    lines = []
    for one in ordered[:MOST_TOLD]:
        move = f"  - {way_in_words(space, reason.state, (Step(reason.party, one.to),))}"
        if one.sanction is None:
            lines.append(f"{move}: nobody can deter it.")
            continue
        degree = "strongly less preferred than" if one.strong else "no better than, but not strongly worse than"
        chain, answer = _chain(space, one.to, one.sanction), _answer(one.sanction)
        lines.append(f"{move}: {chain}, {degree} {reason.state}{answer}.")
    return "\n".join([f"{head}.", *lines, *_hidden(len(ordered), "improvements")])


def relational_in_words(space: Space, reason: RelationalReason) -> str:
    """One paragraph: stable or not, each move that the party's attitudes welcome, and what the others can do."""
    name = space.movers[reason.party].name
    verdict = "stable" if reason.stable else "not stable"
    head = f"{RELATIONAL_NAMES[reason.concept]}: state {reason.state} is {verdict} for {name}"
    if not reason.temptations:
        return f"{head}; it has no move that its attitudes welcome."
    ordered = sorted(reason.temptations, key=lambda one: one.sanction is not None)
    lines = []
    for one in ordered[:MOST_TOLD]:
        move = f"  - its attitudes welcome {way_in_words(space, reason.state, (Step(reason.party, one.to),))}"
        if one.sanction is None:
            nothing = "" if reason.concept is Concept.NASH else ", and nothing that the others can do undoes it"
            lines.append(f"{move}{nothing}.")
            continue
        where = "where it stood" if one.sanction.outcome == reason.state else "which they do not welcome"
        later = ", whatever it answers" if reason.concept is Concept.SMR else ""
        lines.append(f"{move}, but {_chain(space, one.to, one.sanction)}, {where}{later}.")
    return "\n".join([f"{head}.", *lines, *_hidden(len(ordered), "moves")])


def foresight_json(space: Space, reason: ForesightReason) -> dict[str, object]:
    """Each move with what the party then counts with."""
    return {
        "decision_maker": space.movers[reason.party].name,
        "concept": "limited",
        "moves": reason.moves,
        "state": reason.state,
        "stable": reason.stable,
        "prospects": [{"steps": way_json(space, one.steps), "better": one.better} for one in reason.prospects],
    }


def graded_json(space: Space, reason: GradedReason) -> dict[str, object]:
    """Each improvement with the hardest sanction against it."""
    return {
        "decision_maker": space.movers[reason.party].name,
        "concept": reason.concept.value,
        "state": reason.state,
        "stable": reason.stable,
        "strongly": reason.stable and reason.strongly,
        "improvements": [
            {
                "to": one.to,
                "sanction": None if one.sanction is None else sanction_json(space, one.sanction),
                "strong": one.strong,
            }
            for one in reason.temptations
        ],
    }


def relational_json(space: Space, reason: RelationalReason) -> dict[str, object]:
    """Each welcome move with the sanction against it."""
    return {
        "decision_maker": space.movers[reason.party].name,
        "concept": f"r{reason.concept.value}",
        "state": reason.state,
        "stable": reason.stable,
        "welcome": [
            {"to": one.to, "sanction": None if one.sanction is None else sanction_json(space, one.sanction)}
            for one in reason.temptations
        ],
    }


def _chain(space: Space, start: int, sanction: Sanction) -> str:
    return f"then {way_in_words(space, start, sanction.steps)}"


def _answer(sanction: Sanction) -> str:
    if sanction.answer is None or sanction.answer == sanction.outcome:
        return ""
    return f", nor is its best answer, {sanction.answer}, any better in that"


def _hidden(count: int, what: str) -> list[str]:
    more = count - MOST_TOLD
    return [f"And {more:,} further {what} (--json has them all)."] if more > 0 else []
