"""Answers as plain data for JSON. In goes a solution, a reason, a way or a remedy, out come dicts and lists.

A solution has the field names of the published reference results (`states`, `dms[].ranking|reachable|uis|stable`,
`equilibria`). Every array over states is in the order of state numbers, and every state number counts from 1.
"""

from __future__ import annotations

import numpy as np

from standoff.graphmodel.chains import Step
from standoff.graphmodel.conflict import Conflict, Direction, Prioritised, Ranked, Weighted
from standoff.graphmodel.formula import Formula, disjuncts, pattern_of, written
from standoff.graphmodel.paths import Block
from standoff.graphmodel.routes import Routes, asks_of_steps
from standoff.graphmodel.space import Mover, Space, improvements, moves, ranking
from standoff.graphmodel.stability import REFERENCE, Concept, Solution
from standoff.graphmodel.why import Reason, Sanction

# Lists of moves grow with the square of the states; beyond this many entries a file is of no use to anybody.
MOST_LISTED_MOVES = 5_000_000
_DIRECTIONS = {Direction.BOTH: "both", Direction.FORWARD: "fwd", Direction.BACK: "back"}


def as_json(solution: Solution) -> dict[str, object]:
    """The whole solution. Lists of moves that would be too long are None, and `left_out` says so with the numbers."""
    space = solution.space
    conflict = space.conflict
    count = len(conflict.options)
    most = sum(len(space.codes) << len(party.options) for party in conflict.decision_makers)
    listed = most <= MOST_LISTED_MOVES
    left_out = (
        f"reachable and uis of every decision maker: {len(space.codes):,} states have up to {most:,} moves "
        f"(limit {MOST_LISTED_MOVES:,})"
    )
    return {
        "name": conflict.name,
        "decision_makers": [party.name for party in conflict.decision_makers],
        "options": [
            {
                "index": index,
                "name": option.name,
                "owner": _owner(conflict, index),
                "direction": _DIRECTIONS[option.direction],
            }
            for index, option in enumerate(conflict.options)
        ],
        "irreversible_options": [i for i, o in enumerate(conflict.options) if o.direction is not Direction.BOTH],
        "infeasible_patterns": [pattern for one in conflict.infeasible for pattern in patterns(one, count)],
        **_irreversible(conflict),
        "states": [_state(space, int(code), number) for number, code in enumerate(space.codes, start=1)],
        "dms": [_maker(solution, index, listed) for index in range(len(space.movers))],
        "equilibria": {
            **{concept.value: solution.equilibria(concept) for concept in REFERENCE},
            "seq_or_sim": solution.seq_or_sim(),
        },
        "further_equilibria": {"sseq": solution.equilibria(Concept.SSEQ)},
        **({} if listed else {"left_out": left_out}),
    }


def reason_json(space: Space, reason: Reason) -> dict[str, object]:
    """Why a state is stable or not: each improvement with the sanction against it, None if there is none."""
    return {
        "decision_maker": space.movers[reason.party].name,
        "concept": reason.concept.value,
        "state": reason.state,
        "stable": reason.stable,
        "improvements": [
            {"to": one.to, "sanction": None if one.sanction is None else sanction_json(space, one.sanction)}
            for one in reason.temptations
        ],
    }


def way_json(space: Space, way: tuple[Step, ...] | None) -> list[dict[str, object]] | None:
    """The steps of a way, None for no way."""
    if way is None:
        return None
    return [{"decision_maker": space.movers[step.party].name, "to": step.state} for step in way]


def routes_json(space: Space, routes: Routes) -> dict[str, object]:
    """The ways from today to each equilibrium."""
    return {
        "from": routes.start,
        "concept": routes.concept.name,
        "to": [
            {
                "state": one.target,
                "by_moves": way_json(space, one.by_moves),
                "by_improvements": way_json(space, one.by_improvements),
                **({"by_taken": way_json(space, one.by_taken)} if asks_of_steps(routes.concept) else {}),
                "needs": [space.movers[party].name for party in one.needed],
                "blocks": [block_json(space, block) for block in one.blocked_moves],
                "blocks_of_improvements": [block_json(space, block) for block in one.blocked_improvements],
                "all": None if one.every is None else [way_json(space, way) for way in one.every],
            }
            for one in routes.found
        ],
        "left_out": routes.left_out,
    }


def block_json(space: Space, block: Block) -> dict[str, object]:
    """What stands against one step of a way."""
    return {
        "step": block.place,
        "decision_maker": space.movers[block.party].name,
        **({"stays": True} if block.stays else {}),
        "by": [space.movers[party].name for party in block.by],
        "sanction": None if block.sanction is None else sanction_json(space, block.sanction),
    }


def sanction_json(space: Space, sanction: Sanction) -> dict[str, object]:
    """The others' steps, where they lead, and the party's best answer where that counts."""
    return {"steps": way_json(space, sanction.steps), "outcome": sanction.outcome, "answer": sanction.answer}


def _maker(solution: Solution, index: int, listed: bool) -> dict[str, object]:
    space = solution.space
    mover, party = space.movers[index], space.conflict.decision_makers[index]
    groups = ranking(space, mover)
    rank = {state: place for place, group in enumerate(groups, start=1) for state in group}
    codes = [int(code) for code in space.codes]
    source, statements, texts = _source(space, index)
    return {
        "name": party.name,
        "options": list(party.options),
        "preference_source": source,
        "preference_statements": statements,
        "preference_texts": texts,
        "ranking": groups,
        "rank": [rank[state] for state in range(1, len(codes) + 1)],
        "misperceived_patterns": [
            pattern for one in party.misperceived for pattern in patterns(one, len(space.conflict.options))
        ],
        "misperceived_states": _misperceived(space, mover),
        "reachable": [space.states(moves(mover, code)) for code in codes] if listed else None,
        "uis": [space.states(improvements(mover, code)) for code in codes] if listed else None,
        "stable": {concept.value: solution.stable[concept][index].astype(int).tolist() for concept in REFERENCE},
        "further_stable": {"sseq": solution.stable[Concept.SSEQ][index].astype(int).tolist()},
    }


def _state(space: Space, code: int, number: int) -> dict[str, object]:
    count = len(space.conflict.options)
    found: dict[str, object] = {"state": number, "decimal": code, "pattern": pattern_of(code, count)}
    members = next((group for group in space.classes if group[0] == code), None)
    if members is not None:
        found["collapsed"] = [pattern_of(int(one), count) for one in np.sort(members)]
    return found


def _irreversible(conflict: Conflict) -> dict[str, object]:
    names = conflict.option_names
    bans = [
        {
            "from": written(ban.before, names),
            "to": written(ban.after, names),
            "decision_maker": None if ban.party is None else conflict.decision_makers[ban.party].name,
        }
        for ban in conflict.irreversible
    ]
    return {"irreversible_moves": bans} if bans else {}


def patterns(formula: Formula, option_count: int) -> list[str]:
    """The condition as patterns of Y, N and - of which any may hold."""
    marks = {True: "Y", False: "N", None: "-"}
    return ["".join(marks[term.get(option)] for option in range(option_count)) for term in disjuncts(formula)]


def _owner(conflict: Conflict, option: int) -> int:
    return next(place for place, party in enumerate(conflict.decision_makers) if option in party.options)


def _source(space: Space, index: int) -> tuple[str, list[object] | None, list[str] | None]:
    """The kind of preference; its statements as patterns, a list where any of several may hold; and as texts."""
    names, count = space.conflict.option_names, len(space.conflict.options)

    def pattern(formula: Formula) -> object:
        terms = patterns(formula, count)
        return terms[0] if len(terms) == 1 else terms

    match space.conflict.decision_makers[index].preference:
        case Prioritised(statements):
            texts = [written(statement, names) for statement in statements]
            return "option prioritisation", [pattern(statement) for statement in statements], texts
        case Weighted(weights):
            texts = [f"{weight:g}: {written(statement, names)}" for statement, weight in weights]
            return "weights", [pattern(statement) for statement, _ in weights], texts
        case Ranked():
            return "ranking", None, None


def _misperceived(space: Space, mover: Mover) -> list[int]:
    return space.states(space.codes[~mover.movable[space.codes]])
