"""A person's word on the entries of a case: accepted, rejected, corrected, added by hand; none overwrites another.

In blind mode a coder sees no other coder's entries, the machine's least of all: what he records counts for the
agreement between coders, and for the state of the case only once it is adopted.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from standoff.case.fields import Fields, parse_fields
from standoff.case.parties import BLIND
from standoff.case.readings import add_entry
from standoff.case.screening import known_report
from standoff.case.store import Action, Case, person
from standoff.errors import CaseError, InputError
from standoff.ledger import Span


def accept(case: Case, entries: Sequence[str], by: str = "", why: str = "", blind: bool = False) -> None:
    """The entries are right as they stand. Raises CaseError if one is not in the case; then none is accepted."""
    _judge(case, entries, "accepted", by, why, blind)


def reject(case: Case, entries: Sequence[str], by: str = "", why: str = "", blind: bool = False) -> None:
    """The entries are wrong and leave the state of the case."""
    _judge(case, entries, "rejected", by, why, blind)


def reopen(case: Case, entries: Sequence[str], by: str = "", why: str = "", blind: bool = False) -> None:
    """What people said of the entries no longer holds: they stand as they were read."""
    _judge(case, entries, "open", by, why, blind)


def _judge(case: Case, entries: Sequence[str], verdict: str, by: str, why: str, blind: bool) -> None:
    verbs = {"accepted": "accept", "rejected": "reject", "open": "reopen"}
    coder = person(by)
    with case.action(coder, verbs[verdict], " ".join(entries), why) as action:
        for entry in entries:
            number = entry_number(action.connection, entry)
            patch = {} if verdict == "open" else patch_of(action.connection, number, coder, blind)
            stored = "corrected" if patch and verdict == "accepted" else verdict
            _record(action, number, coder, blind, stored, patch)


def correct(
    case: Case, entry: str, changes: Mapping[str, str], by: str = "", why: str = "", blind: bool = False
) -> None:
    """Change fields of an entry; the others stay. The values are words as a person writes them, see `parse_fields`.

    Raises InputError for a field or value that does not fit.
    """
    if not changes:
        raise InputError("nothing to correct: no field is named")
    coder = person(by)
    about = f"{entry} {', '.join(f'{name}={value}' for name, value in changes.items())}"
    with case.action(coder, "correct", about, why) as action:
        number = entry_number(action.connection, entry)
        report, kind, start, end = action.connection.execute(
            'SELECT report, kind, start, "end" FROM entry WHERE id = ?', (number,)
        ).fetchone()
        before = patch_of(action.connection, number, coder, blind)
        span = tuple(before.get("evidence", (start, end)))
        changed = parse_fields(action, report, kind, changes, (span[0], span[1]))
        if blind:
            _keep_new_names(action)
        _record(action, number, coder, blind, "corrected", before | changed)


def add_by_hand(
    case: Case, report: str, kind: str, values: Mapping[str, str], by: str = "", why: str = "", blind: bool = False
) -> str:
    """Enter what the machine has not found; the id of the new entry. `values` as for `correct`, the needed ones set.

    Raises InputError if one is missing or does not fit.
    """
    coder = person(by)
    with case.action(coder, "add entry", f"{kind} in {report}", why) as action:
        id_ = known_report(action.connection, report)
        body: Fields = parse_fields(action, id_, kind, values, None, whole=True)
        if blind:
            _keep_new_names(action)
        span: Span = body.pop("evidence")
        text = action.connection.execute("SELECT text FROM report WHERE id = ?", (id_,)).fetchone()[0]
        number: int = action.connection.execute("SELECT COALESCE(MAX(id), 0) + 1 FROM entry").fetchone()[0]
        body |= {"by": coder, "confidence": None}
        add_entry(action, number, text, id_, kind, span, body, "", coder=coder, blind=blind)
    return f"e{number}"


def finish(case: Case, reports: Sequence[str], by: str = "", blind: bool = False, why: str = "") -> None:
    """A coder has been through reports: what he has not entered there, he does not see there."""
    coder = person(by)
    with case.action(coder, "finish", ", ".join(reports), why) as action:
        for report in reports:
            id_ = known_report(action.connection, report)
            action.fact("report", id_, f"done:{coder}", "blind" if blind else "open")


def adopt(case: Case, report: str, coder: str, by: str = "", why: str = "") -> tuple[str, ...]:
    """Take over into the state of the case what a coder entered blind in a report; the ids of these entries."""
    with case.action(person(by), "adopt", f"{report} from {coder}", why) as action:
        id_ = known_report(action.connection, report)
        rows = action.connection.execute(
            "SELECT e.id FROM entry e JOIN live ON live.id = e.action WHERE report = ? AND coder = ? AND blind = 1 "
            "ORDER BY e.id",
            (id_, coder),
        ).fetchall()
        taken = []
        for (number,) in rows:
            verdict, patch = last_review(action.connection, number, coder, True)
            if verdict != "rejected":
                _record(action, number, person(by), False, "corrected" if patch else "accepted", patch)
                taken.append(f"e{number}")
        if not taken:
            raise CaseError(f"{id_}: {coder} has entered nothing blind there")
    return tuple(taken)


def entry_number(connection: sqlite3.Connection, entry: str) -> int:
    """The number of an entry in force. Raises CaseError if there is none of that id."""
    if entry[:1] == "e" and entry[1:].isdecimal():
        row = connection.execute(
            "SELECT e.id FROM entry e JOIN live ON live.id = e.action WHERE e.id = ?", (int(entry[1:]),)
        ).fetchone()
        if row is not None:
            number: int = row[0]
            return number
    raise CaseError(f"{entry}: no such entry in the case (entries are called e1, e2, …)")


def last_review(connection: sqlite3.Connection, number: int, coder: str | None, blind: bool) -> tuple[str, Fields]:
    """The last verdict on an entry in force and its corrections: of one coder, or of anybody (None)."""
    row = connection.execute(
        "SELECT verdict, patch FROM review r JOIN live ON live.id = r.action WHERE entry = ? AND blind = ? "
        "AND coder = COALESCE(?, coder) ORDER BY r.id DESC LIMIT 1",
        (number, int(blind), coder),
    ).fetchone()
    return ("open", {}) if row is None else (row[0], json.loads(row[1]))


def patch_of(connection: sqlite3.Connection, number: int, coder: str, blind: bool) -> dict[str, Any]:
    """The corrections of an entry that hold: those of the state, or in blind mode those of the coder alone."""
    verdict, patch = last_review(connection, number, coder if blind else None, blind)
    return {} if verdict == "open" else patch


def _keep_new_names(action: Action) -> None:
    """Parties that an action makes are shown to nobody until an entry of the case names them."""
    made = "SELECT subject FROM fact WHERE action = ? AND kind = 'party' AND field = 'made'"
    for (party,) in action.connection.execute(made, (action.id,)).fetchall():
        action.fact("party", party, "made", BLIND)


def _record(action: Action, number: int, coder: str, blind: bool, verdict: str, patch: Fields) -> None:
    action.insert(
        "review", entry=number, coder=coder, blind=int(blind), verdict=verdict,
        patch=json.dumps(patch, ensure_ascii=False),
    )  # fmt: skip
