"""A case goes in; what each coder, the machine among them, marked in each report comes out, and how far they agree."""

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from standoff.case.agreement import (
    Unit,
    aligned,
    alpha_nominal,
    alpha_units,
    kappa,
    matched,
    span_scores,
    trimmed,
)
from standoff.case.store import MACHINE, Case
from standoff.errors import CaseError
from standoff.ledger import Span

UNITS = {"statement": "content", "position": "issue", "precondition": "requirement", "meeting": "evidence"}
"""Kind of entry → the field whose words are the unit."""

LABELS = {"statement": "kind", "position": "act", "precondition": "", "meeting": "status"}
"""Kind of entry → the field that is the label; a precondition has none beside its words."""

Coding = dict[str, dict[str, list[Unit]]]
"""Report → kind of entry → units in order."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far coders agree on one kind of entry, over the reports that all of them went through.

    units: how many each marked, in the order of the coders. alpha_units, alpha_labels: of all coders together.
    kappa, precision, recall, f1: of the first two, the second being held for right; f1_exact: to the character, edges
    trimmed. None where a figure is not defined.
    """

    kind: str
    coders: tuple[str, ...]
    reports: int
    units: tuple[int, ...]
    alpha_units: float | None
    alpha_labels: float | None
    kappa: float | None
    precision: float | None
    recall: float | None
    f1: float | None
    f1_exact: float | None


def coders(case: Case) -> dict[str, int]:
    """The coders of the case with the number of reports that they finished; the machine has finished all it read."""
    with case.looking() as connection:
        found = {MACHINE: len(_finished(connection, MACHINE))}
        for (field,) in connection.execute(
            "SELECT DISTINCT field FROM current WHERE kind = 'report' AND field LIKE 'done:%' ORDER BY field"
        ).fetchall():
            found[field.removeprefix("done:")] = len(_finished(connection, field.removeprefix("done:")))
    return found


def agreement(case: Case, names: list[str]) -> list[Agreement]:
    """Agreement of coders per kind of entry. Raises CaseError if there is no report that all of them finished."""
    if len(set(names)) < 2:
        raise CaseError("agreement needs two coders or more")
    with case.looking() as connection:
        finished = [_finished(connection, name) for name in names]
        common = sorted(set.intersection(*(set(reports) for reports in finished)))
        if not common:
            raise CaseError(f"there is no report that {', '.join(names)} have all finished (`case review finish`)")
        texts = {
            report: connection.execute("SELECT text FROM report WHERE id = ?", (report,)).fetchone()[0]
            for report in common
        }
        codings = [
            _coding(connection, name, {report: done[report] for report in common}, texts)
            for name, done in zip(names, finished, strict=True)
        ]
    return [_of_kind(kind, tuple(names), codings, texts) for kind in UNITS]


def _finished(connection: sqlite3.Connection, coder: str) -> dict[str, str]:
    """Report → how the coder went through it (`blind` or `open`; the machine: `machine`)."""
    inside = "JOIN current i ON i.kind = 'report' AND i.subject = {} AND i.field = 'in' AND i.value = '1'"
    if coder == MACHINE:
        rows = connection.execute(
            "SELECT DISTINCT r.report, 'machine' FROM reading r JOIN live ON live.id = r.action "
            + inside.format("r.report")
        )
    else:
        rows = connection.execute(
            "SELECT c.subject, c.value FROM current c "
            + inside.format("c.subject")
            + " WHERE c.kind = 'report' AND c.field = ?",
            (f"done:{coder}",),
        )
    return dict(rows.fetchall())


def _coding(connection: sqlite3.Connection, coder: str, how: dict[str, str], texts: dict[str, str]) -> Coding:
    found: Coding = {}
    for report, mode in how.items():
        units: dict[str, list[Unit]] = {kind: [] for kind in UNITS}
        for kind, start, end, body in _entries(connection, report, coder, mode):
            unit = _unit(kind, start, end, body, texts[report])
            if unit not in units[kind]:
                units[kind].append(unit)
        found[report] = {kind: sorted(items, key=lambda u: (u.start, u.end, u.label)) for kind, items in units.items()}
    return found


def _entries(
    connection: sqlite3.Connection, report: str, coder: str, mode: str
) -> list[tuple[str, int, int, dict[str, Any]]]:
    """What one coder holds of a report: blind, only what he entered; open, the machine's entries as he left them."""
    latest = connection.execute(
        "SELECT MAX(r.id) FROM reading r JOIN live ON live.id = r.action WHERE report = ?", (report,)
    ).fetchone()[0]
    blind = int(mode == "blind")
    rows = connection.execute(
        'SELECT e.id, e.reading, e.coder, e.blind, e.kind, e.start, e."end", e.body FROM entry e '
        "JOIN live ON live.id = e.action WHERE e.report = ? ORDER BY e.id",
        (report,),
    ).fetchall()
    words = {
        number: (verdict, json.loads(patch))
        for number, verdict, patch, _ in connection.execute(
            "SELECT r.entry, r.verdict, r.patch, MAX(r.id) FROM review r JOIN live ON live.id = r.action "
            "JOIN entry e ON e.id = r.entry WHERE e.report = ? AND r.coder = ? AND r.blind = ? GROUP BY r.entry",
            (report, coder, blind),
        )
    }
    found = []
    for number, reading, author, hidden, kind, start, end, body in rows:
        own = author == coder and hidden == blind and reading is None
        by_machine = reading is not None and reading == latest and mode != "blind"
        verdict, patch = words.get(number, ("", {}))
        taken_over = verdict in ("accepted", "corrected")
        if verdict == "rejected" or not (own or by_machine or taken_over):
            continue
        content = json.loads(body) | ({} if coder == MACHINE else patch)
        evidence = content.get("evidence", (start, end))
        found.append((kind, evidence[0], evidence[1], content))
    return found


def _unit(kind: str, start: int, end: int, body: dict[str, Any], text: str) -> Unit:
    value = body.get(UNITS[kind])
    if kind == "statement" and value:
        span = (min(part[0] for part in value), max(part[1] for part in value))
    elif value and kind != "meeting":
        span = (value[0], value[1])
    else:
        span = (start, end)
    span = trimmed(text, span)
    return Unit(span[0], span[1], str(body.get(LABELS[kind]) or "") if LABELS[kind] else "")


def _of_kind(kind: str, names: tuple[str, ...], codings: list[Coding], texts: dict[str, str]) -> Agreement:
    shift = 0
    spans: list[list[Span]] = [[] for _ in names]
    for report, text in texts.items():  # one text after the other makes one continuum
        for number, coding in enumerate(codings):
            spans[number] += [(u.start + shift, u.end + shift) for u in coding[report][kind]]
        shift += len(text)
    rows: list[list[str | None]] = []
    pairs: list[tuple[str, str]] = []
    common = exact = 0
    for report in texts:
        rows += aligned({name: coding[report][kind] for name, coding in zip(names, codings, strict=True)})
        ours, theirs = codings[0][report][kind], codings[1][report][kind]
        match = matched(ours, theirs)
        common += len(match)
        exact += sum((ours[a].start, ours[a].end) == (theirs[b].start, theirs[b].end) for a, b in match)
        pairs += [(ours[a].label, theirs[b].label) for a, b in match]
    counts = tuple(sum(len(coding[report][kind]) for report in texts) for coding in codings)
    labelled = bool(LABELS[kind])
    scores = span_scores(counts[0], counts[1], common)
    return Agreement(
        kind, names, len(texts), counts, alpha_units(spans, shift), alpha_nominal(rows) if labelled else None,
        kappa(pairs) if labelled else None, scores.precision, scores.recall, scores.f1,
        span_scores(counts[0], counts[1], exact).f1,
    )  # fmt: skip
