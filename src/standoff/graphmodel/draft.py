"""A conflict as drafted from a case, before anybody edited it: plain frozen types. Conditions are templates in which
`{key}` stands for an option, so that renaming an option renames it everywhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from standoff.graphmodel.formula import quoted

PLACE = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True)
class Ground:
    """An entry of the case that an item rests on; `act`: the act of a position, or `precondition`."""

    entry: str
    date: str | None
    report: str
    act: str
    quote: str


@dataclass(frozen=True)
class DraftOption:
    key: str
    owner: str
    name: str
    because: tuple[Ground, ...]


@dataclass(frozen=True)
class DraftStatement:
    """A preference of the party `owner`. `assumed`: why it is here although the party did not say so itself."""

    key: str
    owner: str
    template: str
    because: tuple[Ground, ...]
    assumed: str = ""


@dataclass(frozen=True)
class DraftCondition:
    """An infeasible condition; `note` says why."""

    key: str
    template: str
    note: str


@dataclass(frozen=True)
class Draft:
    """`parties`: key → name. `statements`: in order of weight, for each owner. `today`: keys of the options taken.
    `left_out`: in plain words, what the case holds and the draft does not."""

    name: str
    parties: Mapping[str, str]
    options: tuple[DraftOption, ...]
    statements: tuple[DraftStatement, ...]
    infeasible: tuple[DraftCondition, ...]
    today: tuple[str, ...]
    left_out: tuple[str, ...]


def unique_names(owned: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Option key → (owner's name, name) in; key → the name to use in conditions out: with its owner where several
    parties use it."""
    count = Counter(name for _, name in owned.values())
    return {key: name if count[name] == 1 else f"{owner}: {name}" for key, (owner, name) in owned.items()}


def filled(template: str, names: Mapping[str, str]) -> str | None:
    """The condition with names for keys; None if an option it speaks of is not there."""
    if any(key not in names for key in PLACE.findall(template)):
        return None
    return PLACE.sub(lambda found: quoted(names[found[1]]), template)
