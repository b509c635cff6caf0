"""The `.gmcr` save files of the program GMCR+: JSON text in, `Conflict` out, and back.

A condition is a list of `[option, "Y" | "N"]` that must all hold; `{"compound": true, "members": [...]}`
holds if any member does. States in a ranking are numbered from 1 among the feasible ones.
"""

from __future__ import annotations

import json
import logging

import numpy as np

from standoff.errors import InputError
from standoff.graphmodel.conflict import Conflict, DecisionMaker, Direction, Option, Prioritised, Ranked
from standoff.graphmodel.entries import FAR_ALONG, MOST_NESTED, Entry, entries
from standoff.graphmodel.formula import And, Formula, Not, Or, Taken, disjuncts
from standoff.graphmodel.space import build, feasible_mask, ranking

_LOG = logging.getLogger(__name__)
_DIRECTIONS = {"both": Direction.BOTH, "fwd": Direction.FORWARD, "back": Direction.BACK}
_DIRECTION_NAMES = {direction: name for name, direction in _DIRECTIONS.items()}
_MANUAL = ("useManualPreferenceRanking", "useManualPreferenceVectors")
_RANKING = ("preferenceRanking", "preferenceVector")


def read_gmcr(text: str, file: str, name: str) -> Conflict:
    """Reads a conflict and calls it `name`. Raises InputError that names `file`, the line and the cause.

    A coalition of several parties, which that program plays as one player, is read as its members, each for itself,
    as the textbooks have it; the log says so.
    """
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        column = f"{error.colno}:" if error.colno > FAR_ALONG else ""
        cause = error.msg if error.pos < len(text.rstrip()) else f"{error.msg}, but the file ends here"
        raise InputError(f"{file}:{error.lineno}:{column} not JSON: {cause}") from None
    except RecursionError:
        raise InputError(f"{file}: lists and fields are nested more than {MOST_NESTED} deep") from None
    # JSON is YAML but for tabs between the tokens; within JSON's strings there are no raw tabs.
    root = entries(text.replace("\t", " "), file)
    top = root.mapping()
    for needed in ("options", "decisionMakers"):
        if needed not in top:
            raise root.wrong(f"field `{needed}` is missing")
    options = tuple(_option(entry) for entry in top["options"].items())
    _tell_coalitions(top)
    infeasible = tuple(_condition(entry, len(options)) for entry in _list(top, "infeasibles"))
    manual = any(top[field].truth() for field in _MANUAL if field in top)
    makers = []
    owned: set[int] = set()
    for entry in top["decisionMakers"].items():
        party = entry.mapping()
        if "name" not in party or "options" not in party:
            raise entry.wrong("a decision maker needs `name` and `options`")
        for one in party["options"].items():
            index = _index(one, len(options))
            if index in owned:
                raise one.wrong(f"option {index} (`{options[index].name}`) has an owner already")
            owned.add(index)
        makers.append(
            DecisionMaker(
                party["name"].text(),
                tuple(_index(one, len(options)) for one in party["options"].items()),
                Prioritised(tuple(_condition(one, len(options)) for one in _list(party, "preferences"))),
                tuple(_condition(one, len(options)) for one in _list(party, "misperceptions")),
            )
        )
    for index, entry in enumerate(top["options"].items()):
        if index not in owned:
            raise entry.wrong(f"option {index} (`{options[index].name}`) belongs to no decision maker")
    try:
        conflict = Conflict(name, options, tuple(makers), infeasible)
        codes = np.flatnonzero(feasible_mask(conflict))
        if not manual:
            return conflict
        ranked = tuple(
            DecisionMaker(maker.name, maker.options, _ranked(entry, codes), maker.misperceived)
            for maker, entry in zip(makers, top["decisionMakers"].items(), strict=True)
        )
        conflict = Conflict(name, options, ranked, infeasible)
        build(conflict)
        return conflict
    except InputError as error:
        raise error if str(error).startswith(f"{file}:") else root.wrong(str(error)) from None


def write_gmcr(conflict: Conflict) -> str:
    """The conflict as `.gmcr`. That format has one switch for all parties, so if any has a ranking or
    weights, every party gets its ranking. Raises InputError for what the format cannot say."""
    if conflict.irreversible or conflict.collapsed:
        raise InputError(
            f"{conflict.name}: a .gmcr file cannot hold irreversible moves from state to state or collapsed states"
        )
    space = build(conflict)
    manual = not all(isinstance(party.preference, Prioritised) for party in conflict.decision_makers)
    makers = []
    for party, mover in zip(conflict.decision_makers, space.movers, strict=True):
        statements = party.preference.statements if isinstance(party.preference, Prioritised) else ()
        maker: dict[str, object] = {
            "name": party.name,
            "options": list(party.options),
            "preferences": [_statement(statement) for statement in statements],
            "misperceptions": [term for one in party.misperceived for term in _terms(one)],
        }
        if manual:
            groups = ranking(space, mover)
            maker["preferenceRanking"] = [group[0] if len(group) == 1 else group for group in groups]
        makers.append(maker)
    content = {
        "program": "standoff",
        "options": [
            {"name": option.name, "permittedDirection": _DIRECTION_NAMES[option.direction]}
            for option in conflict.options
        ],
        "decisionMakers": makers,
        "infeasibles": [term for condition in conflict.infeasible for term in _terms(condition)],
        "useManualPreferenceRanking": manual,
        "coalitions": list(range(len(makers))),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _list(fields: dict[str, Entry], name: str) -> list[Entry]:
    return fields[name].items() if name in fields else []


def _option(entry: Entry) -> Option:
    fields = entry.mapping()
    if "name" not in fields:
        raise entry.wrong("an option needs a `name`")
    if "permittedDirection" not in fields:
        return Option(fields["name"].text())
    direction = fields["permittedDirection"]
    if direction.text() not in _DIRECTIONS:
        raise direction.wrong(f"`{direction.text()}` is no direction; known are {', '.join(_DIRECTIONS)}")
    return Option(fields["name"].text(), _DIRECTIONS[direction.text()])


def _index(entry: Entry, option_count: int) -> int:
    index = entry.integer()
    if not 0 <= index < option_count:
        raise entry.wrong(f"unknown option {index}: there are options 0 to {option_count - 1}")
    return index


def _condition(entry: Entry, option_count: int) -> Formula:
    if not entry.is_list:
        members = entry.mapping().get("members")
        if members is None:
            raise entry.wrong("a compound condition needs `members`")
        return Or(tuple(_condition(member, option_count) for member in members.items()))
    literals: list[Formula] = []
    for pair in entry.items():
        parts = pair.items()
        if len(parts) != 2 or parts[1].text() not in ("Y", "N"):
            raise pair.wrong('a condition is made of pairs [option, "Y" or "N"]')
        option = Taken(_index(parts[0], option_count))
        literals.append(option if parts[1].text() == "Y" else Not(option))
    return literals[0] if len(literals) == 1 else And(tuple(literals))


def _ranked(maker: Entry, codes: np.ndarray) -> Ranked:
    fields = maker.mapping()
    given = next((fields[field] for field in _RANKING if field in fields), None)
    if given is None:
        raise maker.wrong("the file says that rankings count, but this decision maker has none")
    groups = []
    seen: set[int] = set()
    for group in given.items():
        states = []
        for one in group.items() if group.is_list else [group]:
            state = one.integer()
            if not 1 <= state <= len(codes):
                raise one.wrong(f"unknown state {state}: there are states 1 to {len(codes)}")
            if state in seen:
                raise one.wrong(f"contradictory preferences: state {state} is ranked twice")
            seen.add(state)
            states.append(int(codes[state - 1]))
        groups.append(tuple(states))
    if len(seen) < len(codes):
        first = next(state for state in range(1, len(codes) + 1) if state not in seen)
        raise given.wrong(f"{len(codes) - len(seen)} of {len(codes)} states are not ranked, the first is {first}")
    return Ranked(tuple(groups))


def _tell_coalitions(top: dict[str, Entry]) -> None:
    for coalition in _list(top, "coalitions"):
        if coalition.is_list and len(coalition.items()) > 1:
            members = ", ".join(one.text() for one in coalition.items())
            line = coalition.node.start_mark.line + 1
            _LOG.warning(
                "%s:%d: the coalition (%s) is read as its members, each for itself", coalition.file, line, members
            )


def _terms(formula: Formula) -> list[list[list[object]]]:
    return [[[option, "Y" if taken else "N"] for option, taken in sorted(term.items())] for term in disjuncts(formula)]


def _statement(formula: Formula) -> object:
    terms = _terms(formula)
    return terms[0] if len(terms) == 1 else {"compound": True, "members": terms}
