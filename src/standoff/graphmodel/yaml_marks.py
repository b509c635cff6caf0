"""What a YAML file of a conflict says beside the conflict itself: its text in, today's state, the uncertain statements
and the attitudes of the parties out."""

from __future__ import annotations

from standoff.graphmodel.attitudes import Attitude
from standoff.graphmodel.entries import entries
from standoff.graphmodel.yaml_format import is_uncertain
from standoff.graphmodel.yaml_names import PARTY, TOP, Names, listed, option_names, options_of


def read_today(text: str, file: str) -> int | None:
    """The code of the state that the file calls `today` (the options taken now), None if it does not say."""
    top = entries(text, file).fields(TOP, needed=("conflict", "decision_makers"))
    if "today" not in top:
        return None
    parties = [entry.fields(PARTY, needed=("name",)) for entry in top["decision_makers"].items()]
    options, owned = options_of(parties, top.get("order"))
    names = Names(option_names(parties, options, owned), None, len(options))
    return sum({1 << names.option(entry) for entry in top["today"].items()})


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
