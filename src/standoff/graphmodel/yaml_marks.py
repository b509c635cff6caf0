"""What a YAML file of a conflict says beside the conflict itself: its text in, today's state, the uncertain statements,
the attitudes of the parties and how each of them sees the conflict out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from standoff.errors import InputError
from standoff.graphmodel.attitudes import Attitude
from standoff.graphmodel.conflict import Conflict, Preference
from standoff.graphmodel.entries import Entry, entries
from standoff.graphmodel.formula import Formula, Taken, Truth, holds
from standoff.graphmodel.hypergame import View, seen_collapsed
from standoff.graphmodel.space import collapsed_classes, feasible_mask
from standoff.graphmodel.yaml_format import infeasible_condition, is_uncertain, preference_of, read_yaml
from standoff.graphmodel.yaml_names import PARTY, TOP, Names, listed, option_names, options_of


def read_today(text: str, file: str) -> int | None:
    """The code of the state that the file calls `today` (the options taken now), None if it does not say. Raises
    InputError that names `file`, the line and the cause, also if that state is not feasible."""
    top = entries(text, file).fields(TOP, needed=("conflict", "decision_makers"))
    if "today" not in top:
        return None
    parties = [entry.fields(PARTY, needed=("name",)) for entry in top["decision_makers"].items()]
    options, owned = options_of(parties, top.get("order"))
    names = Names(option_names(parties, options, owned), top.get("definitions"), len(options))
    code = sum({1 << names.option(entry) for entry in top["today"].items()})
    for entry in listed(top, "infeasible"):
        if holds(infeasible_condition(entry, names), np.array([code], dtype=np.int64)).any():
            line = entry.node.start_mark.line + 1
            raise top["today"].wrong(f"today is not feasible: it meets the infeasible condition on line {line}")
    return code


def read_uncertain(text: str, file: str) -> list[list[int]]:
    """For each party the places (from 0) of its statements that are marked `uncertain: true`, or `assumed` and not
    `uncertain: false`. Raises InputError that names `file`, the line and the cause."""
    top = entries(text, file).fields(TOP, needed=("conflict", "decision_makers"))
    found = []
    for entry in top["decision_makers"].items():
        statements = listed(entry.fields(PARTY, needed=("name",)), "statements")
        found.append([place for place, one in enumerate(statements) if is_uncertain(one)])
    return found


def read_attitudes(text: str, file: str) -> list[list[Attitude]]:
    """Row i, column j: the attitude of party i towards j; where the file does not say, positive towards oneself and
    neutral towards others. Raises InputError that names `file`, the line and the cause."""
    top = entries(text, file).fields(TOP, needed=("conflict", "decision_makers"))
    parties = [entry.fields(PARTY, needed=("name",)) for entry in top["decision_makers"].items()]
    names = [party["name"].text() for party in parties]
    found = [[Attitude.POSITIVE if one == other else Attitude.NEUTRAL for other in names] for one in names]
    for row, party in zip(found, parties, strict=True):
        for name, entry in party["attitudes"].mapping().items() if "attitudes" in party else ():
            if name not in names:
                raise entry.wrong(f"no decision maker `{name}`; there are {', '.join(names)}")
            if entry.text() not in set(Attitude):
                raise entry.wrong(f"`{entry.text()}` is no attitude; known are {', '.join(Attitude)}")
            row[names.index(name)] = Attitude(entry.text())
    return found


def read_views(text: str, file: str) -> dict[int, View]:
    """How a party (by index) sees the conflict, for those of which the file says so under `hypergame`. Raises
    InputError that names `file`, the line and the cause."""
    top = entries(text, file).fields(TOP, needed=("conflict", "decision_makers"))
    if "hypergame" not in top:
        return {}
    conflict = read_yaml(text, file)
    parties = [entry.fields(PARTY, needed=("name",)) for entry in top["decision_makers"].items()]
    options, owned = options_of(parties, top.get("order"))
    names = Names(option_names(parties, options, owned), top.get("definitions"), len(options))
    makers = [maker.name for maker in conflict.decision_makers]
    found: dict[int, View] = {}
    for entry in listed(top, "hypergame"):
        fields = entry.fields(("party", "unaware_of", "infeasible", "believes", "note"), needed=("party",))
        party = _maker(fields["party"], makers)
        if party in found:
            raise entry.wrong(f"`{makers[party]}` sees two games")
        unaware = tuple(names.option(one) for one in listed(fields, "unaware_of"))
        infeasible = tuple(infeasible_condition(one, names) for one in listed(fields, "infeasible"))
        seen = (*conflict.infeasible, *(Taken(option) for option in unaware), *infeasible)
        feasible = _seen(conflict, seen, entry)
        own = replace(conflict, infeasible=seen, collapsed=seen_collapsed(conflict, seen))
        classes = collapsed_classes(own, feasible)
        codes = np.flatnonzero(feasible).astype(np.int64)
        preferences: dict[int, Preference] = {}
        for one in listed(fields, "believes"):
            belief = one.fields(PARTY, needed=("name",))
            preferences[_maker(belief["name"], makers)] = preference_of(belief, one, names, codes, classes)
        found[party] = View(unaware, infeasible, preferences)
    return found


def _maker(entry: Entry, makers: list[str]) -> int:
    if entry.text() not in makers:
        raise entry.wrong(f"no decision maker `{entry.text()}`; there are {', '.join(makers)}")
    return makers.index(entry.text())


def _seen(conflict: Conflict, infeasible: tuple[Formula, ...], entry: Entry) -> Truth:
    try:
        return feasible_mask(replace(conflict, infeasible=infeasible))
    except InputError as error:
        raise entry.wrong(str(error)) from None
