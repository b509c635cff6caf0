"""A newer reading, or a newer text, of a report goes in; what people decided is kept, anchored by quote and context.

What an entry says of its text decides whether the new reading has found the same. A person's word stands whether the
machine finds the entry again or not; what cannot be told with certainty is listed, never silently moved.
"""

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from standoff.case.adding import Progress, connect, known_actors, read_report, silent, store
from standoff.case.anchoring import anchor, selector
from standoff.case.readings import CONCEPT_FIELDS, add_entry, model_version, record_reading
from standoff.case.review import last_review
from standoff.case.screening import known_report
from standoff.case.standing import Row, facts_at, rows_at
from standoff.case.store import MACHINE, Action, Case, person
from standoff.errors import CaseError
from standoff.ledger import Ledger, Span
from standoff.report import Report

SPANS = {
    "statement": ("source", "cue", "content"),
    "position": ("issue",),
    "precondition": ("requirement", "gate"),
    "meeting": (),
}
"""The fields of a body that are pieces of text, beside the evidence."""

TELLING: dict[str, tuple[str, ...]] = {
    "statement": ("cue", "content"),
    "position": ("issue", "act"),
    "precondition": ("requirement", "gate"),
    "meeting": ("kind", "evidence"),
}
"""What two entries of a kind must have in common to be the same entry."""


@dataclass(frozen=True, slots=True)
class Reread:
    """What became of people's decisions on one report. All are ids of entries.

    found: reviewed entries that the new reading has too. alone: reviewed ones that it has not; they stand by a person's
    word. near: pairs of a new entry and a reviewed one that overlap without being the same; a person should look.
    lost: reviewed entries whose words are not in the new text (only where the text is another one).
    """

    report: str
    found: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    near: tuple[tuple[str, str], ...] = ()
    lost: tuple[str, ...] = ()


def outdated(case: Case, model: str | None = None) -> list[str]:
    """The reports whose last reading is by another model than today's."""
    current = model or model_version()
    with case.looking() as connection:
        rows = connection.execute(
            "SELECT r.report, r.model, MAX(r.id) FROM reading r JOIN live ON live.id = r.action "
            "JOIN current c ON c.kind = 'report' AND c.subject = r.report AND c.field = 'in' AND c.value = '1' "
            "GROUP BY r.report ORDER BY r.report"
        ).fetchall()
    return [report for report, used, _ in rows if used != current]


def reread(
    case: Case,
    reports: Sequence[str],
    by: str = "",
    reader: Callable[[Report], Ledger] | None = None,
    model: str | None = None,
    why: str = "",
    progress: Progress = silent,
) -> list[Reread]:
    """Read reports again; the new reading takes the place of the old one except where people have decided."""
    with case.looking() as connection:
        ids = [known_report(connection, report) for report in reports]
        texts = [_report(connection, id_) for id_ in ids]
    if not ids:
        return []
    with case.action(person(by), "reread", f"{len(ids)} reports" if len(ids) > 1 else ids[0], why) as action:
        whole = action.id
    results = []
    known = known_actors(case)
    for number, report in enumerate(texts, 1):
        progress("reading", number, len(texts))
        ledger = reader(report) if reader else read_report(report, known)
        with case.writing() as connection:  # the reading and what it does to reviews: both, or neither
            before = _rows(connection, report.id)
            reading = record_reading(case, ledger, model or model_version(), whole)
            with case.action(MACHINE, "anchor", report.id, part_of=whole) as action:
                results.append(_compare(action, report.id, before, reading))
    connect(case, whole, progress)
    return results


def _report(connection: sqlite3.Connection, id_: str) -> Report:
    row = connection.execute(
        "SELECT id, text, title, published, publisher, url FROM report WHERE id = ?", (id_,)
    ).fetchone()
    return Report(*row)


def _rows(connection: sqlite3.Connection, report: str) -> list[Row]:
    """The entries of a report that stand, and those that people rejected."""
    facts = facts_at(connection)
    standing = [row for row in rows_at(connection, facts) if row.report == report]
    rejected = connection.execute(
        'SELECT e.id, e.kind, e.start, e."end", e.body, MAX(r.id), r.verdict, r.coder FROM review r '
        "JOIN live ON live.id = r.action JOIN entry e ON e.id = r.entry "
        "WHERE r.blind = 0 AND e.report = ? GROUP BY e.id",
        (report,),
    ).fetchall()
    gone = [
        Row(number, report, kind, (start, end), json.loads(body), "rejected", coder)
        for number, kind, start, end, body, _, verdict, coder in rejected
        if verdict == "rejected"
    ]
    return sorted(standing + gone, key=lambda row: row.number)


def _compare(action: Action, report: str, before: list[Row], reading: int) -> Reread:
    connection = action.connection
    new = [
        Row(number, report, kind, (start, end), json.loads(body), "machine", "")
        for number, kind, start, end, body in connection.execute(
            'SELECT id, kind, start, "end", body FROM entry WHERE reading = ? ORDER BY id', (reading,)
        )
    ]
    originals = {
        row.number: json.loads(connection.execute("SELECT body FROM entry WHERE id = ?", (row.number,)).fetchone()[0])
        for row in before
    }
    found, near, matched = [], [], set()
    for row in new:
        same = [old for old in before if old.number not in matched and _same(old, originals[old.number], row)]
        if same:
            old = same[0]
            matched.add(old.number)
            action.fact("entry", row.id, "same_as", old.id)
            for field in (*CONCEPT_FIELDS.get(row.kind, ()), *(("gathering",) if row.kind == "meeting" else ())):
                value = connection.execute(
                    "SELECT value FROM current WHERE kind = 'entry' AND subject = ? AND field = ?", (old.id, field)
                ).fetchone()
                if value is not None and value[0] is not None:
                    action.fact("entry", row.id, field, value[0])
            if old.review != "machine":
                found.append(old.id)
    for row in new:
        for old in before:
            if old.review != "machine" and old.number not in matched and old.kind == row.kind and _overlap(old, row):
                near.append((row.id, old.id))
    alone = [old.id for old in before if old.review not in ("machine", "rejected") and old.number not in matched]
    return Reread(report, tuple(found), tuple(alone), tuple(near))


def _same(old: Row, original: dict[str, Any], new: Row) -> bool:
    """Whether a new entry says what an old one says, or said before it was corrected."""
    if old.kind != new.kind:
        return False
    told = _told(new.body, new.span, new.kind)
    return told in (_told(old.body, old.span, old.kind), _told(original, old.span, old.kind))


def _told(body: dict[str, Any], span: Span, kind: str) -> list[Any]:
    return [list(span) if field == "evidence" else _plain(body[field]) for field in TELLING[kind]]


def _plain(value: Any) -> Any:
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _overlap(old: Row, new: Row) -> bool:
    a, b = _key_span(old), _key_span(new)
    return a[0] < b[1] and b[0] < a[1]


def _key_span(row: Row) -> Span:
    field = next((name for name in ("issue", "requirement") if name in row.body), None)
    value = row.body[field] if field else row.span
    return value[0], value[1]


def revise(case: Case, report: str, text: Report, by: str = "", why: str = "", progress: Progress = silent) -> Reread:
    """A report has a newer text: that is read, takes the old one's place, and takes over what people decided.

    A decision goes over if all its words stand in the new text in their context; else it is listed as lost, and stays
    with the old text, which stays in the case as a copy. Raises CaseError if the text is no new one.
    """
    with case.looking() as connection:
        old_id = known_report(connection, report)
        old_text = _report(connection, old_id).text
        decided = [row for row in _rows(connection, old_id) if row.review != "machine"]
    added = store(case, [text], by, why or f"newer text of {old_id}")
    if not added.new or added.action is None:
        raise CaseError(f"{text.id}: the case has this text already")
    with case.looking() as connection:
        new_report = _report(connection, added.new[0])
    progress("reading", 1, 1)
    ledger = read_report(new_report, known_actors(case))
    with case.writing():
        with case.action(person(by), "revise", f"{old_id} by {new_report.id}", why, added.action) as action:
            action.fact("report", new_report.id, "cluster", new_report.id)
            action.fact("report", old_id, "cluster", new_report.id)
            action.fact("report", new_report.id, "relevant", "1")
        reading = record_reading(case, ledger, model_version(), added.action)
        with case.action(MACHINE, "anchor", new_report.id, part_of=added.action) as action:
            result = _carry(action, decided, old_text, new_report, reading)
    connect(case, added.action, progress)
    return result


def _carry(action: Action, decided: list[Row], old_text: str, report: Report, reading: int) -> Reread:
    found, alone, lost = [], [], []
    rows = action.connection.execute(
        'SELECT id, kind, start, "end", body FROM entry WHERE reading = ? ORDER BY id', (reading,)
    ).fetchall()
    new = [Row(n, report.id, kind, (a, b), json.loads(body), "machine", "") for n, kind, a, b, body in rows]
    for old in decided:
        moved = _moved(old, old_text, report.text)
        if moved is None:
            action.fact("entry", old.id, "lost_in", report.id)
            lost.append(old.id)
            continue
        span, body = moved
        same = [
            row
            for row in new
            if _told(row.body, row.span, row.kind) == _told(body, span, old.kind) and row.kind == old.kind
        ]
        verdict, patch = last_review(action.connection, old.number, None, False)
        said = action.connection.execute(
            "SELECT coder FROM review WHERE entry = ? AND blind = 0 ORDER BY id DESC LIMIT 1", (old.number,)
        ).fetchone()
        coder = said[0] if said else old.coder
        if same:
            number = same[0].number
            found.append(old.id)
        elif old.review == "rejected":
            continue
        else:
            number = action.connection.execute("SELECT MAX(id) + 1 FROM entry").fetchone()[0]
            add_entry(action, number, report.text, report.id, old.kind, span, body, "", coder=coder)
            alone.append(old.id)
            if verdict == "open":
                continue
        fields = {name: body[name] for name in patch if name in body}
        if "evidence" in patch:
            fields["evidence"] = list(span)
        action.insert(
            "review", entry=number, coder=coder, blind=0,
            verdict="accepted" if verdict == "open" else verdict, patch=json.dumps(fields),
        )  # fmt: skip
    return Reread(report.id, tuple(found), tuple(alone), (), tuple(lost))


def _moved(row: Row, old_text: str, new_text: str) -> tuple[Span, dict[str, Any]] | None:
    """The entry with all its pieces of text where they stand in the new text; None if one of them is not there."""

    def place(span: Sequence[int]) -> Span | None:
        return anchor(new_text, selector(old_text, (span[0], span[1])))

    hull = place(row.span)
    if hull is None:
        return None
    body = dict(row.body)
    for field in SPANS[row.kind]:
        value = body[field]
        several = bool(value) and isinstance(value[0], list | tuple)
        parts = [place(part) for part in (value if several else [value])] if value else []
        if None in parts:
            return None
        body[field] = parts if several or not value else parts[0]
    for field in ("statement", "within"):
        if field in body:
            body[field] = None
    return hull, body
