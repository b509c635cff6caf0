"""Standoff's own file of a conflict: YAML text in, `Conflict` out, and back. docs/graphmodel.md describes the
fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import yaml

from standoff.errors import InputError
from standoff.graphmodel.conflict import (
    Conflict,
    DecisionMaker,
    Direction,
    Option,
    Preference,
    Prioritised,
    Ranked,
    Weighted,
    at_least_one,
    implication,
    mutually_exclusive,
)
from standoff.graphmodel.entries import Entry, entries
from standoff.graphmodel.formula import Formula, Taken, holds, parse, pattern_of, written
from standoff.graphmodel.space import feasible_mask

_TOP = (
    "conflict", "source", "note", "order", "definitions", "decision_makers", "infeasible", "today",
    "left_out", "derived",
)  # fmt: skip
_PARTY = ("name", "options", "statements", "ranking", "weights", "misperceived", "key", "note")
# What a drafted item carries beside its text: its key in the case, the entries it rests on, a person's remark.
_GROUNDS = ("key", "because", "assumed", "uncertain", "note")
_PREFERENCES = ("statements", "ranking", "weights")


def read_yaml(text: str, file: str) -> Conflict:
    """Reads a conflict. Raises InputError that names `file`, the line and the cause."""
    root = entries(text, file)
    top = root.fields(_TOP, needed=("conflict", "decision_makers"))
    parties = [entry.fields(_PARTY, needed=("name",)) for entry in top["decision_makers"].items()]
    options, owned = _options(parties, top.get("order"))
    names = _Names(_option_names(parties, options, owned), top.get("definitions"), len(options))
    infeasible = tuple(_infeasible(entry, names) for entry in _list(top, "infeasible"))
    try:
        bare = Conflict(
            top["conflict"].text(),
            tuple(options),
            tuple(
                DecisionMaker(party["name"].text(), tuple(own), Prioritised(()))
                for party, own in zip(parties, owned, strict=True)
            ),
            infeasible,
        )
        feasible = np.flatnonzero(feasible_mask(bare)).astype(np.int64)
    except InputError as error:
        raise root.wrong(str(error)) from None
    makers = tuple(
        DecisionMaker(
            maker.name,
            maker.options,
            _preference(party, entry, names, feasible),
            tuple(names.formula(condition) for condition in _list(party, "misperceived")),
        )
        for maker, party, entry in zip(bare.decision_makers, parties, top["decision_makers"].items(), strict=True)
    )
    names.resolve_all()
    return Conflict(bare.name, bare.options, makers, infeasible)


def read_today(text: str, file: str) -> int | None:
    """The code of the state that the file calls `today` (the options taken now), None if it does not say."""
    top = entries(text, file).fields(_TOP, needed=("conflict", "decision_makers"))
    if "today" not in top:
        return None
    parties = [entry.fields(_PARTY, needed=("name",)) for entry in top["decision_makers"].items()]
    options, owned = _options(parties, top.get("order"))
    names = _Names(_option_names(parties, options, owned), None, len(options))
    return sum({1 << names.option(entry) for entry in top["today"].items()})


def read_uncertain(text: str, file: str) -> list[list[int]]:
    """For each party the places (from 0) of its statements that are marked `uncertain: true`, or `assumed` and not
    `uncertain: false`. Raises InputError that names `file`, the line and the cause."""
    top = entries(text, file).fields(_TOP, needed=("conflict", "decision_makers"))
    found = []
    for entry in top["decision_makers"].items():
        statements = _list(entry.fields(_PARTY, needed=("name",)), "statements")
        found.append([place for place, one in enumerate(statements) if _is_uncertain(one)])
    return found


def _is_uncertain(statement: Entry) -> bool:
    if statement.is_text:
        return False
    fields = statement.fields(("statement", *_GROUNDS), needed=("statement",))
    return fields["uncertain"].truth() if "uncertain" in fields else "assumed" in fields


def write_yaml(conflict: Conflict) -> str:
    """The conflict as YAML that `read_yaml` reads back to an equal one."""
    names = conflict.option_names
    content: dict[str, object] = {"conflict": conflict.name}
    if [option for party in conflict.decision_makers for option in party.options] != list(range(len(names))):
        content["order"] = list(names)
    content["decision_makers"] = [_party(conflict, party) for party in conflict.decision_makers]
    if conflict.infeasible:
        content["infeasible"] = [written(condition, names) for condition in conflict.infeasible]
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=110)


class _Names(Mapping[str, Formula]):
    """What option names and definitions stand for; definitions are read when they are first asked for."""

    def __init__(self, options: Mapping[str, Formula], definitions: Entry | None, option_count: int) -> None:
        self._known = dict(options)
        self._texts = definitions.mapping() if definitions is not None else {}
        self._open: list[str] = []
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
            self._open.append(name)
            self._known[name] = self.formula(entry)
            self._open.pop()
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


def _list(fields: Mapping[str, Entry], name: str) -> list[Entry]:
    return fields[name].items() if name in fields else []


def _options(parties: list[dict[str, Entry]], order: Entry | None) -> tuple[list[Option], list[list[int]]]:
    """All options, and the indices each party owns; numbered as they appear, or as `order` says."""
    options: list[Option] = []
    owned: list[list[int]] = []
    labels: list[tuple[str, str]] = []
    for party in parties:
        own = []
        for entry in _list(party, "options"):
            own.append(len(options))
            options.append(_option(entry))
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
    fields = entry.fields(("name", "direction", *_GROUNDS), needed=("name",))
    if "direction" not in fields:
        return Option(fields["name"].text())
    direction = fields["direction"]
    if direction.text() not in set(Direction):
        raise direction.wrong(f"`{direction.text()}` is no direction; known are {', '.join(Direction)}")
    return Option(fields["name"].text(), Direction(direction.text()))


def _option_names(parties: list[dict[str, Entry]], options: list[Option], owned: list[list[int]]) -> dict[str, Formula]:
    names: dict[str, Formula] = {}
    plain = [option.name for option in options]
    for party, own in zip(parties, owned, strict=True):
        for option in own:
            names[f"{party['name'].text()}: {plain[option]}"] = Taken(option)
            if plain.count(plain[option]) == 1:
                names[plain[option]] = Taken(option)
    return names


def _infeasible(entry: Entry, names: _Names) -> Formula:
    if entry.is_text:
        return names.formula(entry)
    fields = entry.fields(("exclusive", "at_least_one", "if", "then", "condition", *_GROUNDS))
    fields = {name: value for name, value in fields.items() if name not in _GROUNDS}
    if set(fields) == {"condition"}:
        return names.formula(fields["condition"])
    if set(fields) == {"exclusive"}:
        return mutually_exclusive(*(names.option(one) for one in fields["exclusive"].items()))
    if set(fields) == {"at_least_one"}:
        return at_least_one(*(names.option(one) for one in fields["at_least_one"].items()))
    if set(fields) == {"if", "then"}:
        return implication(names.formula(fields["if"]), names.formula(fields["then"]))
    raise entry.wrong("expected a condition, `exclusive`, `at_least_one`, or `if` with `then`")


def _statement(entry: Entry) -> Entry:
    """The text of a statement that stands alone or with its grounds."""
    if entry.is_text:
        return entry
    return entry.fields(("statement", *_GROUNDS), needed=("statement",))["statement"]


def _preference(party: dict[str, Entry], entry: Entry, names: _Names, feasible: np.ndarray) -> Preference:
    given = [name for name in _PREFERENCES if name in party]
    if len(given) != 1:
        cause = "no preference: it needs" if not given else f"contradictory preferences ({', '.join(given)}): give"
        raise entry.wrong(f"`{party['name'].text()}` has {cause} one of {', '.join(_PREFERENCES)}")
    if given == ["statements"]:
        return Prioritised(tuple(names.formula(_statement(one)) for one in party["statements"].items()))
    if given == ["weights"]:
        weights = []
        for one in party["weights"].items():
            fields = one.fields(("statement", "weight"), needed=("statement", "weight"))
            weights.append((names.formula(fields["statement"]), fields["weight"].number()))
        return Weighted(tuple(weights))
    return _ranked(party["ranking"], names, feasible)


def _ranked(ranking: Entry, names: _Names, feasible: np.ndarray) -> Ranked:
    groups: list[tuple[int, ...]] = []
    seen: dict[int, int] = {}
    for group in ranking.items():
        codes: list[int] = []
        for one in group.items() if group.is_list else [group]:
            fitting = feasible[holds(names.formula(one), feasible)]
            if not len(fitting):
                raise one.wrong(f"`{one.text()}` fits no feasible state")
            for code in map(int, fitting):
                if code in seen:
                    raise one.wrong(
                        f"contradictory preferences: `{one.text()}` was ranked on line {seen[code]} already"
                    )
                seen[code] = one.node.start_mark.line + 1
                codes.append(code)
        groups.append(tuple(codes))
    missing = [int(code) for code in feasible if int(code) not in seen]
    if missing:
        raise ranking.wrong(
            f"{len(missing)} of {len(feasible)} feasible states are not ranked, the first is "
            f"{pattern_of(missing[0], names.option_count)}"
        )
    return Ranked(tuple(groups))


def _party(conflict: Conflict, party: DecisionMaker) -> dict[str, object]:
    names = conflict.option_names
    content: dict[str, object] = {
        "name": party.name,
        "options": [_option_out(conflict.options[o]) for o in party.options],
    }
    match party.preference:
        case Prioritised(statements):
            content["statements"] = [written(statement, names) for statement in statements]
        case Weighted(weights):
            content["weights"] = [{"statement": written(f, names), "weight": weight} for f, weight in weights]
        case Ranked(groups):
            content["ranking"] = [[pattern_of(code, len(names)) for code in group] for group in groups]
    if party.misperceived:
        content["misperceived"] = [written(condition, names) for condition in party.misperceived]
    return content


def _option_out(option: Option) -> object:
    if option.direction is Direction.BOTH:
        return option.name
    return {"name": option.name, "direction": option.direction.value}
