"""A solution as plain data for JSON: field names of the published reference results (`states`,
`dms[].ranking|reachable|uis|stable`, `equilibria`). Every array over states is in the order of state
numbers."""

from __future__ import annotations

from standoff.errors import InputError
from standoff.graphmodel.conflict import Conflict, Direction, Prioritised, Ranked, Weighted
from standoff.graphmodel.formula import pattern_of, written
from standoff.graphmodel.space import Mover, Space, improvements, moves, ranking
from standoff.graphmodel.stability import Concept, Solution

# Lists of moves grow with the square of the states; beyond this many entries a file is of no use to anybody.
MOST_LISTED_MOVES = 5_000_000
_DIRECTIONS = {Direction.BOTH: "both", Direction.FORWARD: "fwd", Direction.BACK: "back"}


def as_json(solution: Solution) -> dict[str, object]:
    """Raises InputError if the lists of moves would be too long, with the numbers."""
    space = solution.space
    conflict = space.conflict
    count = len(conflict.options)
    most = sum(len(space.codes) << len(party.options) for party in conflict.decision_makers)
    if most > MOST_LISTED_MOVES:
        raise InputError(
            f"{conflict.name}: {len(space.codes):,} states have up to {most:,} moves, too many to list as JSON "
            f"(limit {MOST_LISTED_MOVES:,}); solve it without --json"
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
        "states": [
            {"state": number, "decimal": int(code), "pattern": pattern_of(int(code), count)}
            for number, code in enumerate(space.codes, start=1)
        ],
        "dms": [_maker(solution, index) for index in range(len(space.movers))],
        "equilibria": {
            **{concept.value: solution.equilibria(concept) for concept in Concept},
            "seq_or_sim": solution.seq_or_sim(),
        },
    }


def _maker(solution: Solution, index: int) -> dict[str, object]:
    space = solution.space
    mover, party = space.movers[index], space.conflict.decision_makers[index]
    groups = ranking(space, mover)
    rank = {state: place for place, group in enumerate(groups, start=1) for state in group}
    codes = [int(code) for code in space.codes]
    source, statements = _source(space, index)
    return {
        "name": party.name,
        "options": list(party.options),
        "preference_source": source,
        "preference_statements": statements,
        "ranking": groups,
        "rank": [rank[state] for state in range(1, len(codes) + 1)],
        "misperceived_states": _misperceived(space, mover),
        "reachable": [space.states(moves(mover, code)) for code in codes],
        "uis": [space.states(improvements(mover, code)) for code in codes],
        "stable": {concept.value: [int(truth) for truth in solution.stable[concept][index]] for concept in Concept},
    }


def _owner(conflict: Conflict, option: int) -> int:
    return next(place for place, party in enumerate(conflict.decision_makers) if option in party.options)


def _source(space: Space, index: int) -> tuple[str, list[str] | None]:
    names = space.conflict.option_names
    match space.conflict.decision_makers[index].preference:
        case Prioritised(statements):
            return "option prioritisation", [written(statement, names) for statement in statements]
        case Weighted(weights):
            return "weights", [f"{weight:g}: {written(statement, names)}" for statement, weight in weights]
        case Ranked():
            return "ranking", None


def _misperceived(space: Space, mover: Mover) -> list[int]:
    return space.states(space.codes[~mover.movable[space.codes]])
