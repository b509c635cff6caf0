"""The record of a case: its log, undo and redo, what differs between two moments. Nothing is ever taken out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from standoff.case.snapshot import Snapshot
from standoff.case.state import snapshot
from standoff.case.store import Case, person
from standoff.errors import CaseError

FOUNDING = 1
"""The action by which the case was made."""

SEEN = "seen:"
"""Beginning of the settings that say what a person has looked at."""

NEVER_MEANT = ("undo", "redo", "new", "look")
"""What a person does not mean by "undo the last thing I did"."""


@dataclass(frozen=True, slots=True)
class Step:
    """One action of the log. parts: how many actions of the machine belong to it; in_force: it is not undone."""

    id: int
    at: str
    by: str
    verb: str
    about: str
    why: str
    in_force: bool
    parts: int


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between two states: a thing's field before and after; None where the thing was not there."""

    kind: str
    id: str
    field: str
    before: Any
    after: Any


def log(case: Case, last: int | None = None) -> list[Step]:
    """The actions of people and of the machine, oldest first; `last`: only so many of the newest."""
    with case.looking() as connection:
        rows = connection.execute(
            "SELECT a.id, a.at, a.by, a.verb, a.about, a.why, live.id IS NOT NULL, COALESCE(p.parts, 0) FROM action a "
            "LEFT JOIN live ON live.id = a.id "
            "LEFT JOIN (SELECT part_of, COUNT(*) AS parts FROM action GROUP BY part_of) p ON p.part_of = a.id "
            "WHERE a.part_of IS NULL ORDER BY a.id DESC LIMIT ?",
            (-1 if last is None else last,),
        ).fetchall()
    return [
        Step(number, at, by, verb, about, why, bool(in_force), parts)
        for number, at, by, verb, about, why, in_force, parts in reversed(rows)
    ]


def undo(case: Case, number: int | None = None, by: str = "", why: str = "") -> Step:
    """Take an action out of force with all that the machine did as a part of it; the action that was undone.

    number: which one; the last that this person took if None. To undo an undo brings back what it took away.
    Raises CaseError if there is none, or it is undone already.
    """
    who = person(by)
    with case.writing() as connection:
        steps = {step.id: step for step in log(case)}
        if number is None:
            own = [s for s in steps.values() if s.in_force and s.by == who and s.verb not in NEVER_MEANT]
            if not own:
                raise CaseError(f"{case.path}: {who} has done nothing that could be undone")
            number = own[-1].id
        step = steps.get(number)
        if step is None:
            raise CaseError(f"{case.path}: no action {number} that can be undone; `case log` lists them")
        if step.id == FOUNDING:
            raise CaseError(f"{case.path}: that the case was made cannot be undone")
        if not step.in_force:
            raise CaseError(f"{case.path}: action {number} ({step.verb}) is undone already")
        turned = connection.execute("SELECT target, in_force FROM switch WHERE action = ?", (number,)).fetchall()
        verb = "redo" if step.verb == "undo" else "undo"
        with case.action(who, verb, f"{number} {step.verb} {step.about}".strip(), why) as action:
            for target, state in [(number, 1), *turned]:
                action.insert("switch", target=target, in_force=1 - state)
    return step


def redo(case: Case, by: str = "", why: str = "") -> Step:
    """Bring back what this person's last undo took away; that undo. Raises CaseError if there is none."""
    who = person(by)
    with case.writing():
        undone = [step for step in log(case) if step.in_force and step.by == who and step.verb == "undo"]
        if not undone:
            raise CaseError(f"{case.path}: {who} has undone nothing that could be brought back")
        return undo(case, undone[-1].id, who, why)


def look(case: Case, by: str = "") -> None:
    """Note that this person has seen the case as it stands."""
    who = person(by)
    with case.action(who, "look") as action:
        action.fact("case", "", f"{SEEN}{who}", str(action.id))


def last_look(case: Case, by: str = "") -> int | None:
    """The number of the action by which this person last noted a look, a moment for `snapshot`; None if never."""
    seen = case.setting(f"{SEEN}{person(by)}")
    return None if seen is None else int(seen)


def moment(case: Case, text: str) -> int:
    """The number of the action that a word means: a number, `now`, or the last one of a day or time (ISO 8601, UTC)."""
    last = case.version()
    if text == "now":
        return last
    if text.isdecimal():
        number = int(text)
        if not FOUNDING <= number <= last:
            raise CaseError(f"{case.path}: no action {number}; the log has 1 to {last}")
        with case.looking() as connection:  # with what the machine did as a part of it
            parts = connection.execute("SELECT MAX(id) FROM action WHERE part_of = ?", (number,)).fetchone()[0]
        return max(number, parts or 0)
    if not re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?)?", text):
        raise CaseError(f"{text}: no number of an action, no day (2026-11-25), no time (2026-11-25T14:00), not `now`")
    with case.looking() as connection:
        found = connection.execute(
            "SELECT MAX(id) FROM action WHERE substr(at, 1, ?) <= ?", (len(text), text)
        ).fetchone()[0]
    if found is None:
        raise CaseError(f"{case.path}: was made after {text}")
    number = int(found)
    return number


def diff(case: Case, before: int, after: int) -> list[Change]:
    """What differs between the states after two actions, thing by thing and field by field."""
    return compare(snapshot(case, before), snapshot(case, after))


def compare(before: Snapshot, after: Snapshot) -> list[Change]:
    """What differs between two states; who looked at the case when is no difference."""
    changes: list[Change] = []
    for kind in ("sources", "parties", "concepts", "statements", "positions", "preconditions", "meetings"):
        old, new = _by_id(getattr(before, kind)), _by_id(getattr(after, kind))
        for id_ in [*old, *(id_ for id_ in new if id_ not in old)]:
            if id_ not in old or id_ not in new:
                changes.append(Change(kind, id_, "", old.get(id_), new.get(id_)))
            else:
                changes += _fields(kind, id_, old[id_], new[id_])
    keys = dict.fromkeys([*before.settings, *after.settings])
    changes += [
        Change("settings", key, "value", before.settings.get(key), after.settings.get(key))
        for key in keys
        if not key.startswith(SEEN) and before.settings.get(key) != after.settings.get(key)
    ]
    return changes


def _by_id(things: Iterable[Any]) -> dict[str, Any]:
    return {thing.id: thing for thing in things}


def _fields(kind: str, id_: str, old: Any, new: Any) -> list[Change]:
    if old == new:
        return []
    found = []
    for field in fields(old):
        a, b = getattr(old, field.name), getattr(new, field.name)
        if a != b:
            found.append(Change(kind, id_, field.name, a, b))
    return found
