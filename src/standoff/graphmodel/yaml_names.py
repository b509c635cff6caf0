"""What the names in a YAML file of a conflict stand for: its entries in, options and conditions out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from standoff.errors import InputError
from standoff.graphmodel.conflict import Direction, Option
from standoff.graphmodel.entries import Entry
from standoff.graphmodel.formula import MOST_NESTED, Formula, Taken, length, parse

TOP = (
    "conflict", "source", "note", "order", "definitions", "decision_makers", "infeasible", "today",
    "left_out", "derived", "irreversible", "collapse", "hypergame",
)  # fmt: skip
PARTY = (
    "name", "options", "statements", "ranking", "weights", "misperceived", "strong_from", "attitudes", "key", "note",
)  # fmt: skip
# What a drafted item carries beside its text: its key in the case, the entries it rests on, a person's remark.
GROUNDS = ("key", "because", "assumed", "uncertain", "note")
# Definitions that double each other would be longer than any memory when they are written out.
MOST_NAMES = 10_000


class Names(Mapping[str, Formula]):
    """What option names and definitions stand for; definitions are read when they are first asked for."""

    def __init__(self, options: Mapping[str, Formula], definitions: Entry | None, option_count: int) -> None:
        self._known = dict(options)
        self._texts = definitions.mapping() if definitions is not None else {}
        self._open: list[str] = []
        self._lengths: dict[int, int] = {}
        self.option_count = option_count
        for name, entry in self._texts.items():
            if name in self._known:
                raise entry.wrong(f"`{name}` is an option already")

    def __getitem__(self, name: str) -> Formula:
        if name not in self._known:
            entry = self._texts[name]
            if name in self._open:
                cycle = " -> ".join([*self._open[self._open.index(name) :], name])
                raise entry.wrong(f"a definition rests on itself: {cycle}")
            if len(self._open) == MOST_NESTED:
                raise entry.wrong(f"more than {MOST_NESTED} definitions rest on one another")
            self._open.append(name)
            found = self.formula(entry)
            self._open.pop()
            if length(found, self._lengths) > MOST_NAMES:
                raise entry.wrong(f"`{name}` has more than {MOST_NAMES:,} option names when it is written out")
            self._known[name] = found
        return self._known[name]

    def __contains__(self, name: object) -> bool:
        return name in self._known or name in self._texts

    def __iter__(self) -> Iterator[str]:
        return iter({**self._known, **self._texts})

    def __len__(self) -> int:
        return len({**self._known, **self._texts})

    def formula(self, entry: Entry) -> Formula:
        try:
            return parse(entry.text(), self, self.option_count)
        except InputError as error:
            if str(error).startswith(f"{entry.file}:"):
                raise
            raise entry.wrong(str(error)) from None

    def option(self, entry: Entry) -> int:
        formula = self.formula(entry)
        if not isinstance(formula, Taken):
            raise entry.wrong(f"`{entry.text()}` is not an option")
        return formula.option

    def resolve_all(self) -> None:
        for name in self._texts:
            self[name]


def listed(fields: Mapping[str, Entry], name: str) -> list[Entry]:
    return fields[name].items() if name in fields else []


def options_of(parties: list[dict[str, Entry]], order: Entry | None) -> tuple[list[Option], list[list[int]]]:
    """All options, and the indices each party owns; numbered as they appear, or as `order` says."""
    options: list[Option] = []
    owned: list[list[int]] = []
    labels: list[tuple[str, str]] = []
    names: set[str] = set()
    for party in parties:
        if party["name"].text() in names:
            raise party["name"].wrong(f"two decision makers are called `{party['name'].text()}`")
        names.add(party["name"].text())
        own: list[int] = []
        for entry in listed(party, "options"):
            own.append(len(options))
            options.append(_option(entry))
            if any(options[place].name == options[-1].name for place in own[:-1]):
                raise entry.wrong(f"`{party['name'].text()}` has two options called `{options[-1].name}`")
            labels.append((options[-1].name, f"{party['name'].text()}: {options[-1].name}"))
        owned.append(own)
    if order is None:
        return options, owned
    places = []
    for entry in order.items():
        fitting = [place for place, label in enumerate(labels) if entry.text() in label]
        if len(fitting) != 1 or fitting[0] in places:
            raise entry.wrong(f"`{entry.text()}` does not name one option that is still to be placed")
        places.append(fitting[0])
    if len(places) != len(options):
        raise order.wrong(f"the order names {len(places)} of {len(options)} options")
    return [options[place] for place in places], [[places.index(one) for one in own] for own in owned]


def _option(entry: Entry) -> Option:
    if entry.is_text:
        return Option(entry.text())
    fields = entry.fields(("name", "direction", *GROUNDS), needed=("name",))
    if "direction" not in fields:
        return Option(fields["name"].text())
    direction = fields["direction"]
    if direction.text() not in set(Direction):
        raise direction.wrong(f"`{direction.text()}` is no direction; known are {', '.join(Direction)}")
    return Option(fields["name"].text(), Direction(direction.text()))


def option_names(parties: list[dict[str, Entry]], options: list[Option], owned: list[list[int]]) -> dict[str, Formula]:
    names: dict[str, Formula] = {}
    plain = [option.name for option in options]
    for party, own in zip(parties, owned, strict=True):
        for option in own:
            names[f"{party['name'].text()}: {plain[option]}"] = Taken(option)
            if plain.count(plain[option]) == 1:
                names[plain[option]] = Taken(option)
    return names
