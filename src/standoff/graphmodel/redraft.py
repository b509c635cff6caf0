"""A new draft meets the file that a person edited: in go a `Draft` and the file as it is, out comes the new file.

Three-way: the file holds under `derived` what the machine wrote last. An item that still is as the machine wrote it
follows the new draft, or goes if the new draft has it no more; an item that a person changed, added, moved or deleted
stays so. The order of a party's statements follows the new draft unless a person changed it. Grounds (`because`) are
the machine's and always the new ones. Comments of YAML are lost; `note` is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from standoff.errors import InputError
from standoff.graphmodel.draft import Draft, Ground, filled, unique_names
from standoff.graphmodel.space import build
from standoff.graphmodel.yaml_format import read_yaml
from standoff.graphmodel.yaml_marks import read_today

Item = dict[str, Any]
# What only a person writes, and where it stands in the file.
_KEPT_FIRST = ("source", "order", "definitions")
_KEPT_LAST = ("irreversible", "collapse", "hypergame")
_NOTE = "Drafted from a case. What you change is kept when the draft is made anew. Leave `key` and `derived` alone."


def draft_file(draft: Draft, current: str | None, file: str) -> str:
    """The text of the new file; `current` is the text of the one that is there, None for none.

    Raises InputError that names `file` (and the line where there is one) if the current file cannot be read or is no
    draft, and if what a person wrote does not fit the new draft; the caller then leaves the file alone.
    """
    mine: Item = {}
    if current is not None:
        read_yaml(current, file)
        read_today(current, file)
        mine = yaml.load(current, Loader=yaml.BaseLoader)
        if "derived" not in mine:
            raise InputError(f"{file}: no draft that was derived (`derived` is missing); choose another file")
    text = yaml.safe_dump(_Meeting(draft, mine).content(), sort_keys=False, allow_unicode=True, width=110)
    try:
        build(read_yaml(text, file))
        read_today(text, file)
    except InputError as error:
        raise InputError(f"{file}: the edited file and the new draft do not fit together: {error}") from None
    return text


class _Meeting:
    """The new draft, the person's file and the record of the last draft, brought together part by part."""

    def __init__(self, draft: Draft, mine: Item) -> None:
        self.draft, self.mine = draft, mine
        record = mine.get("derived") or {}
        self.base_parties: dict[str, str] = record.get("parties") or {}
        self.base_options: dict[str, list[str]] = record.get("options") or {}
        self.base_statements: dict[str, list[str]] = record.get("statements") or {}
        self.base_infeasible: dict[str, str] = record.get("infeasible") or {}
        self.base_today: list[str] = record.get("today") or []
        self.parties = [dict(party) for party in mine.get("decision_makers") or []]
        self.left_out = list(draft.left_out)
        self.mine_names = unique_names(
            {
                str(item.get("key", f"own {name}")): (str(party["name"]), name)
                for party in self.parties
                for item, name in ((one, str(one["name"])) for one in map(_option, party.get("options") or []))
            }
        )
        self.base_names = unique_names({k: (self.base_parties.get(o, o), n) for k, (o, n) in self.base_options.items()})
        self.own_text = "\n".join(self._own_texts())

    def content(self) -> Item:
        written = {option.key: option.name for option in self.draft.options}
        options = self._options(written)
        names = unique_names(
            {
                str(item.get("key", f"own {item['name']}")): (str(party["name"]), str(item["name"]))
                for party, items in zip(self.parties, options, strict=True)
                for item in items
            }
        )
        makers = []
        for party, items in zip(self.parties, options, strict=True):
            maker: Item = {**party, "options": items}
            if "ranking" not in party and "weights" not in party:
                maker["statements"] = self._statements(party, names)
            if items or maker.get("statements") or "key" not in party:
                makers.append(maker)
        today = [names[key] for key in self.draft.today if key in names]
        as_written = {self.mine_names[key] for key in self.base_today if key in self.mine_names}
        if "today" in self.mine and set(self.mine["today"]) != as_written:
            today = [name for name in self.mine["today"] if name in names.values()]
        content: Item = {"conflict": self.mine.get("conflict", self.draft.name), "note": self.mine.get("note", _NOTE)}
        content |= {field: self.mine[field] for field in _KEPT_FIRST if field in self.mine}
        content["decision_makers"] = makers
        infeasible = self._infeasible(names)
        if infeasible:
            content["infeasible"] = infeasible
        content |= {field: self.mine[field] for field in _KEPT_LAST if field in self.mine}
        content["today"] = today
        if self.left_out:
            content["left_out"] = self.left_out
        content["derived"] = {
            "parties": dict(self.draft.parties),
            "options": {option.key: [option.owner, written[option.key]] for option in self.draft.options},
            "statements": {one.key: [one.owner, one.template] for one in self.draft.statements},
            "infeasible": {one.key: one.template for one in self.draft.infeasible},
            "today": list(self.draft.today),
        }
        return content

    def _options(self, written: dict[str, str]) -> list[list[Item]]:
        """Brings `self.parties` up to date; gives the options of each, in order."""
        new = {option.key: option for option in self.draft.options}
        present = {str(party["key"]) for party in self.parties if "key" in party}
        for party in self.parties:
            key, name = str(party.get("key", "")), str(party["name"])
            fresh = self.draft.parties.get(key)
            if fresh is not None and name == self.base_parties.get(key) and f"{name}:" not in self.own_text:
                party["name"] = fresh
        for key, name in self.draft.parties.items():
            if key not in present and key not in self.base_parties:
                self.parties.append({"key": key, "name": name})
        kept: list[list[Item]] = []
        seen: set[str] = set()
        moved: list[tuple[str, Item]] = []
        for party in self.parties:
            items: list[Item] = []
            for item in map(_option, party.get("options") or []):
                key = str(item.get("key", ""))
                option = new.get(key)
                unedited = [party.get("key"), item["name"]] == self.base_options.get(key) and not (
                    {"direction", "note"} & item.keys()
                )
                spoken = str(item["name"]) in self.own_text
                seen.add(key)
                if option is None:
                    if not key or not unedited or spoken:
                        items.append(item)
                    continue
                if unedited and not spoken:
                    item["name"] = option.name
                if unedited:
                    written[key] = str(item["name"])
                item["because"] = _grounds(option.because)
                if unedited and option.owner != party.get("key"):
                    moved.append((option.owner, item))
                else:
                    items.append(item)
            kept.append(items)
        taken = {str(item["name"]) for items in kept for item in items}
        for option in self.draft.options:
            if option.key in seen:
                continue
            if option.key in self.base_options:
                self.left_out.append(f"option `{option.name}` of {self.draft.parties[option.owner]}: removed by hand")
                continue
            name = option.name
            if name in taken and name in self.own_text:
                # A name that a person uses must go on meaning the option that it meant.
                name = f"{name}, {self.draft.parties[option.owner]}"
            written[option.key] = name
            moved.append((option.owner, {"name": name, "key": option.key, "because": _grounds(option.because)}))
        for owner, item in moved:
            for party, items in zip(self.parties, kept, strict=True):
                if party.get("key") == owner:
                    items.append(item)
        return kept

    def _statements(self, party: Item, names: Mapping[str, str]) -> list[Any]:
        owner = str(party.get("key", ""))
        fresh = {one.key: one for one in self.draft.statements if one.owner == owner}
        base = {key: template for key, (whose, template) in self.base_statements.items() if whose == owner}
        mine: dict[str, Any] = {}
        for place, entry in enumerate(party.get("statements") or []):
            item = entry if isinstance(entry, dict) else {"statement": entry}
            mine[str(item.get("key", f"own {place}"))] = item
        result: dict[str, Any] = {}
        for key in mine.keys() | fresh.keys():
            new = fresh.get(key)
            if key in mine and not self._as_written(mine[key], "statement", base.get(key)):
                result[key] = mine[key] | ({} if new is None else {"because": _grounds(new.because)})
                if result[key].keys() == {"statement"}:
                    result[key] = result[key]["statement"]
            elif new is not None and (key in mine or key not in base):
                text = filled(new.template, names)
                if text is None:
                    self.left_out.append(f"a statement of {party['name']}: it speaks of an option removed by hand")
                else:
                    result[key] = {"statement": text, "key": key, "because": _grounds(new.because)}
                    if new.assumed:
                        result[key]["assumed"] = new.assumed
        there = [key for key in mine if key in base]
        untouched = there == [key for key in base if key in mine]
        first, second = (list(fresh), list(mine)) if untouched else (list(mine), list(fresh))
        order = _woven([key for key in first if key in result], [key for key in second if key in result])
        return [result[key] for key in order]

    def _infeasible(self, names: Mapping[str, str]) -> list[Any]:
        fresh = {one.key: one for one in self.draft.infeasible}
        kept: list[Any] = []
        seen: set[str] = set()
        for item in self.mine.get("infeasible") or []:
            key = str(item.get("key", "")) if isinstance(item, dict) else ""
            seen.add(key)
            if not key or not self._as_written(item, "condition", self.base_infeasible.get(key)):
                kept.append(item)
            elif key in fresh and (text := filled(fresh[key].template, names)) is not None:
                kept.append({"condition": text, "key": key, "note": fresh[key].note})
        for key, one in fresh.items():
            text = filled(one.template, names)
            if key not in seen and key not in self.base_infeasible and text is not None:
                kept.append({"condition": text, "key": key, "note": one.note})
        return kept

    def _as_written(self, item: Item, field: str, template: str | None) -> bool:
        """Whether the machine wrote it so. A remark on a statement makes it a person's."""
        if template is None:
            return False
        if {"note", "uncertain"} & item.keys() and field == "statement":
            return False
        return item.get(field) in (filled(template, self.mine_names), filled(template, self.base_names))

    def _own_texts(self) -> list[str]:
        """Every condition that a person wrote, wherever it stands."""
        texts = [str(self.mine.get(field, "")) for field in (*_KEPT_FIRST, *_KEPT_LAST)]
        for party in self.parties:
            texts += [str(party.get(field, "")) for field in ("ranking", "weights", "misperceived")]
            for item in party.get("statements") or []:
                text, key = (item.get("statement"), item.get("key")) if isinstance(item, dict) else (item, None)
                template = self.base_statements.get(str(key), ["", None])[1]
                if not self._as_written({"statement": text}, "statement", template):
                    texts.append(str(text))
        for item in self.mine.get("infeasible") or []:
            key = item.get("key") if isinstance(item, dict) else None
            if key is None or not self._as_written(item, "condition", self.base_infeasible.get(str(key))):
                texts.append(str(item))
        return texts


def _option(entry: Any) -> Item:
    return dict(entry) if isinstance(entry, dict) else {"name": str(entry)}


def _grounds(grounds: Sequence[Ground]) -> list[Item]:
    return [
        {"entry": one.entry, "date": one.date or "unknown", "report": one.report, "act": one.act, "quote": one.quote}
        for one in grounds
    ]


def _woven(first: list[str], second: list[str]) -> list[str]:
    """All of `first` in its order; what only `second` has follows the item that stands before it there."""
    order = list(first)
    for place, key in enumerate(second):
        if key not in order:
            order.insert(order.index(second[place - 1]) + 1 if place else 0, key)
    return order
