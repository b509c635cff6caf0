"""Standoff's own file of a conflict: YAML text in, `Conflict` out, and back. docs/graphmodel.md describes the
fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import yaml

from standoff.errors import InputError
from standoff.graphmodel.conflict import (
    MAXIMUM_OPTIONS,
    Collapsed,
    Conflict,
    DecisionMaker,
    Direction,
    Irreversible,
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
from standoff.graphmodel.formula import Codes, Formula, If, Iff, Not, holds, pattern_of, written
from standoff.graphmodel.space import check_collapsed, collapsed_classes, feasible_mask, home
from standoff.graphmodel.yaml_names import GROUNDS, PARTY, TOP, Names, listed, option_names, options_of

# Between two items of a ranking: what stands above is strongly preferred to what stands below.
_GAP = ">>"
_PREFERENCES = ("statements", "ranking", "weights")


def read_yaml(text: str, file: str) -> Conflict:
    """Reads a conflict. Raises InputError that names `file`, the line and the cause."""
    root = entries(text, file)
    top = root.fields(TOP, needed=("conflict", "decision_makers"))
    parties = [entry.fields(PARTY, needed=("name",)) for entry in top["decision_makers"].items()]
    options, owned = options_of(parties, top.get("order"))
    names = Names(option_names(parties, options, owned), top.get("definitions"), len(options))
    infeasible = tuple(infeasible_condition(entry, names) for entry in listed(top, "infeasible"))
    _check_met(listed(top, "infeasible"), infeasible, len(options))
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
    except InputError as error:
        raise root.wrong(str(error)) from None
    try:
        mask = feasible_mask(bare)
    except InputError as error:
        raise top["infeasible"].wrong(str(error)) from None
    feasible = np.flatnonzero(mask).astype(np.int64)
    collapsed = _collapsed(top, bare, mask, names)
    classes = collapsed_classes(replace(bare, collapsed=collapsed), mask)
    makers = tuple(
        DecisionMaker(
            maker.name,
            maker.options,
            preference_of(party, entry, names, feasible, classes),
            tuple(names.formula(condition) for condition in listed(party, "misperceived")),
        )
        for maker, party, entry in zip(bare.decision_makers, parties, top["decision_makers"].items(), strict=True)
    )
    irreversible = tuple(_irreversible(entry, names, bare) for entry in listed(top, "irreversible"))
    names.resolve_all()
    conflict = Conflict(bare.name, bare.options, makers, infeasible, irreversible, collapsed)
    try:
        check_collapsed(conflict, classes)
    except InputError as error:
        raise top["collapse"].wrong(str(error)) from None
    return conflict


def _check_met(stand: list[Entry], conditions: tuple[Formula, ...], option_count: int) -> None:
    """Raises InputError for a condition that removes nothing, whatever is taken: somebody meant another one."""
    if option_count > MAXIMUM_OPTIONS:
        return
    every = np.arange(1 << option_count, dtype=np.int64)
    for entry, condition in zip(stand, conditions, strict=True):
        if not holds(condition, every).any():
            raise entry.wrong("this condition is never met and removes no state")


def _irreversible(entry: Entry, names: Names, conflict: Conflict) -> Irreversible:
    """A condition: what once holds stays so. Or `from`, `to` and the one party (`by`) that cannot make the move."""
    if entry.is_text:
        before = names.formula(entry)
        return Irreversible(before, Not(before))
    fields = entry.fields(("from", "to", "by", "note"), needed=("from", "to"))
    party = None
    if "by" in fields:
        known = [maker.name for maker in conflict.decision_makers]
        if fields["by"].text() not in known:
            raise fields["by"].wrong(f"no decision maker `{fields['by'].text()}`; there are {', '.join(known)}")
        party = known.index(fields["by"].text())
    return Irreversible(names.formula(fields["from"]), names.formula(fields["to"]), party)


def _collapsed(
    top: Mapping[str, Entry], conflict: Conflict, feasible: np.ndarray, names: Names
) -> tuple[Collapsed, ...]:
    found: list[Collapsed] = []
    for entry in listed(top, "collapse"):
        if entry.is_text:
            found.append(Collapsed(names.formula(entry)))
        else:
            fields = entry.fields(("condition", "as", "note"), needed=("condition",))
            code = None
            if "as" in fields:
                pattern = fields["as"].text()
                if len(pattern) != len(conflict.options) or set(pattern) - {"Y", "N"}:
                    raise fields["as"].wrong(f"`{pattern}` is no state: {len(conflict.options)} letters Y and N")
                code = sum(1 << option for option, mark in enumerate(pattern) if mark == "Y")
            found.append(Collapsed(names.formula(fields["condition"]), code))
        try:
            collapsed_classes(replace(conflict, collapsed=tuple(found)), feasible)
        except InputError as error:
            raise entry.wrong(str(error)) from None
    return tuple(found)


def is_uncertain(statement: Entry) -> bool:
    """Whether a statement is marked `uncertain: true`, or `assumed` and not `uncertain: false`."""
    if statement.is_text:
        return False
    fields = _statement(statement)
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
    if conflict.irreversible:
        content["irreversible"] = [_irreversible_out(conflict, ban, names) for ban in conflict.irreversible]
    if conflict.collapsed:
        content["collapse"] = [_collapsed_out(one, names) for one in conflict.collapsed]
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=110)


def infeasible_condition(entry: Entry, names: Names) -> Formula:
    """A condition that removes states: a text, or one of the forms `exclusive`, `at_least_one`, `if` with `then`."""
    if entry.is_text:
        return names.formula(entry)
    fields = entry.fields(("exclusive", "at_least_one", "if", "then", "condition", *GROUNDS))
    fields = {name: value for name, value in fields.items() if name not in GROUNDS}
    if set(fields) == {"condition"}:
        return names.formula(fields["condition"])
    if set(fields) == {"exclusive"}:
        return mutually_exclusive(*(names.option(one) for one in fields["exclusive"].items()))
    if set(fields) == {"at_least_one"}:
        return at_least_one(*(names.option(one) for one in fields["at_least_one"].items()))
    if set(fields) == {"if", "then"}:
        return implication(names.formula(fields["if"]), names.formula(fields["then"]))
    raise entry.wrong("expected a condition, `exclusive`, `at_least_one`, or `if` with `then`")


def _statement(entry: Entry) -> dict[str, Entry]:
    """A statement that stands alone or with its grounds."""
    if entry.is_text:
        return {"statement": entry}
    return entry.fields(("statement", "strong", *GROUNDS), needed=("statement",))


def preference_of(
    party: Mapping[str, Entry], entry: Entry, names: Names, feasible: Codes, classes: tuple[Codes, ...]
) -> Preference:
    """The one preference that the fields of a party give. Raises InputError with the line where they give none, several
    or one that contradicts itself."""
    given = [name for name in _PREFERENCES if name in party]
    if len(given) != 1:
        cause = "no preference: it needs" if not given else f"contradictory preferences ({', '.join(given)}): give"
        raise entry.wrong(f"`{party['name'].text()}` has {cause} one of {', '.join(_PREFERENCES)}")
    if "strong_from" in party and given != ["weights"]:
        raise party["strong_from"].wrong("`strong_from` is for `weights`")
    if given == ["statements"]:
        return _prioritised(party["statements"], names)
    if given == ["weights"]:
        weights = []
        for one in party["weights"].items():
            fields = one.fields(("statement", "weight"), needed=("statement", "weight"))
            weights.append((names.formula(fields["statement"]), fields["weight"].number()))
        if not np.isfinite(sum(abs(weight) for _, weight in weights)):
            raise party["weights"].wrong("the weights are too large to be added up")
        strong = party["strong_from"].number() if "strong_from" in party else None
        if strong is not None and strong <= 0:
            raise party["strong_from"].wrong(f"`{strong:g}` is not above 0")
        return Weighted(tuple(weights), strong)
    return _ranked(party["ranking"], names, feasible, classes)


def _prioritised(statements: Entry, names: Names) -> Prioritised:
    formulas: list[Formula] = []
    strong = 0
    lines: dict[bytes, int] = {}
    every = np.arange(1 << names.option_count, dtype=np.int64)
    for place, one in enumerate(statements.items()):
        fields = _statement(one)
        formula = names.formula(fields["statement"])
        if "strong" in fields and fields["strong"].truth():
            if strong < place:
                raise one.wrong("a strong statement stands above all that are not strong")
            strong = place + 1
        truth = holds(formula, every)
        # A draft may hold both: what a person made of a statement, and the other side that the case gives.
        if "key" not in fields and not is_uncertain(one):
            # What holds everywhere is idle but does no harm, unless somebody meant another condition.
            idle = bool(truth.all()) and isinstance(formula, If | Iff)
            if idle or not truth.any():
                always = "always" if idle else "never"
                raise one.wrong(f"`{fields['statement'].text()}` {always} holds and can never decide")
            line = lines.get(np.packbits(~truth).tobytes())
            if line is not None:
                raise one.wrong(
                    f"contradictory preferences: `{fields['statement'].text()}` is the opposite of the statement on "
                    f"line {line} and can never decide"
                )
            lines[np.packbits(truth).tobytes()] = one.node.start_mark.line + 1
        formulas.append(formula)
    return Prioritised(tuple(formulas), strong)


def _ranked(ranking: Entry, names: Names, feasible: Codes, classes: tuple[Codes, ...]) -> Ranked:
    groups: list[tuple[int, ...]] = []
    gaps: list[int] = []
    seen: dict[int, int] = {}
    collapsed = {int(members[0]) for members in classes}
    for group in ranking.items():
        if group.is_text and group.text() == _GAP:
            if not groups or len(groups) in gaps:
                raise group.wrong(f"`{_GAP}` stands between two items of a ranking")
            gaps.append(len(groups))
            continue
        codes: list[int] = []
        for one in group.items() if group.is_list else [group]:
            fitting = feasible[holds(names.formula(one), feasible)]
            if not len(fitting):
                raise one.wrong(f"`{one.text()}` fits no feasible state")
            for code in dict.fromkeys(home(int(code), classes) for code in fitting):
                if code in seen and not (code in codes and code in collapsed):
                    raise one.wrong(
                        f"contradictory preferences: `{one.text()}` was ranked on line {seen[code]} already"
                    )
                seen.setdefault(code, one.node.start_mark.line + 1)
                if code not in codes:
                    codes.append(code)
        groups.append(tuple(codes))
    if gaps and gaps[-1] == len(groups):
        raise ranking.wrong(f"`{_GAP}` stands between two items of a ranking")
    missing = [code for code in dict.fromkeys(home(int(code), classes) for code in feasible) if code not in seen]
    if missing:
        raise ranking.wrong(
            f"{len(missing)} of {len(feasible)} feasible states are not ranked, the first is "
            f"{pattern_of(missing[0], names.option_count)}"
        )
    return Ranked(tuple(groups), tuple(gaps))


def _party(conflict: Conflict, party: DecisionMaker) -> dict[str, object]:
    names = conflict.option_names
    content: dict[str, object] = {
        "name": party.name,
        "options": [_option_out(conflict.options[o]) for o in party.options],
    }
    match party.preference:
        case Prioritised(statements, strong):
            texts = [written(statement, names) for statement in statements]
            content["statements"] = [
                {"statement": text, "strong": True} if place < strong else text for place, text in enumerate(texts)
            ]
        case Weighted(weights, strong_from):
            content["weights"] = [{"statement": written(f, names), "weight": weight} for f, weight in weights]
            if strong_from is not None:
                content["strong_from"] = strong_from
        case Ranked(groups, gaps):
            ranking: list[object] = []
            for place, group in enumerate(groups):
                ranking += [_GAP] if place in gaps else []
                ranking.append([pattern_of(code, len(names)) for code in group])
            content["ranking"] = ranking
    if party.misperceived:
        content["misperceived"] = [written(condition, names) for condition in party.misperceived]
    return content


def _irreversible_out(conflict: Conflict, ban: Irreversible, names: tuple[str, ...]) -> object:
    if ban.lasting and ban.party is None:
        return written(ban.before, names)
    content = {"from": written(ban.before, names), "to": written(ban.after, names)}
    return content if ban.party is None else content | {"by": conflict.decision_makers[ban.party].name}


def _collapsed_out(one: Collapsed, names: tuple[str, ...]) -> object:
    text = written(one.condition, names)
    return text if one.code is None else {"condition": text, "as": pattern_of(one.code, len(names))}


def _option_out(option: Option) -> object:
    if option.direction is Direction.BOTH:
        return option.name
    return {"name": option.name, "direction": option.direction.value}
