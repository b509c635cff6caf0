"""What the analyses found goes in; tables come out, one line for each thing and the words it rests on, as CSV.

The files are for spreadsheets: they begin with the mark by which those know UTF-8, and a cell that a spreadsheet would
take for a formula gets an apostrophe in front, for what stands in a cell may come out of a report. `standoff case
export` writes the tables of the whole case, made to be read by programs.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from standoff.analysis.calendar import Appointment
from standoff.analysis.citations import Citation
from standoff.analysis.conditions import Condition
from standoff.analysis.contradictions import Contradiction
from standoff.analysis.deadlocks import Deadlocks
from standoff.analysis.positions import Holding, Positions
from standoff.case.snapshot import Snapshot
from standoff.web.segments import shown

Row = Sequence[str | int | None]
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings of what a spreadsheet computes (OWASP, CSV injection)."""

SOURCE = ("words", "report", "start", "end", "published", "publisher", "entry", "review")
JOINT = "; "


def sheet(head: Sequence[str], rows: Iterable[Row]) -> bytes:
    """A table as CSV (RFC 4180) with a byte order mark."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig", "replace")


def _cell(value: str | int | None) -> str | int:
    if not isinstance(value, str):
        return "" if value is None else value
    value = shown(value)
    return f"'{value}" if value.startswith(FORMULA) else value


def _source(c: Citation | None) -> Row:
    if c is None:
        return [None] * len(SOURCE)
    return (" ".join(c.quote.split()), c.report, c.start, c.end, c.published, c.publisher, c.entry, c.review)


def positions(found: Positions) -> bytes:
    """Each time that a party took a position."""
    head = ("party", "issue", "day", "act", "of", "on", "said by", "turned round", *SOURCE)
    rows = []
    for line in found.lines:
        turns = {shift.after.citation.entry for shift in line.shifts}
        for h in line.holdings:
            turned = "yes" if h.citation.entry in turns else "no"
            rows.append((line.party_name, line.issue_name, *_held(h), h.speaker, turned, *_source(h.citation)))
    return sheet(head, rows)


def _held(h: Holding) -> Row:
    return (h.date, h.act, h.target, h.words)


def preconditions(found: Deadlocks) -> bytes:
    """Each condition, whether it stands, and whether it is part of a deadlock or ring."""
    head = ("party", "lets happen", "only if", "in the hands of", "stands", "deadlock", "ring", *SOURCE)
    locked = {c.id for cycle in found.locked.cycles for c in cycle.conditions}
    mutual = {c.id for cycle in found.mutual.cycles for c in cycle.conditions}

    def row(c: Condition, stands: str) -> Row:
        inside = ["yes" if c.id in ring else "no" for ring in (locked, mutual)]
        first = c.citations[0] if c.citations else None
        return (c.party_name, c.gate, c.requirement, c.controller_name, stands, *inside, *_source(first))

    return sheet(head, [*(row(c, "yes") for c in found.conditions), *(row(c, "dropped") for c in found.dropped)])


def contradictions(found: Sequence[Contradiction]) -> bytes:
    """Each contradiction with both its sides."""
    sides = [f"{side} {name}" for side in ("first", "second") for name in ("day", "act", "of", "on", *SOURCE)]
    rows = [
        (c.party_name, c.between, c.why, c.days, *_held(c.first), *_source(c.first.citation), *_held(c.second),
         *_source(c.second.citation))
        for c in found
    ]  # fmt: skip
    return sheet(("party", "between", "why", "days apart", *sides), rows)


def meetings(found: Sequence[Appointment]) -> bytes:
    """Each meeting as the last report has it; of its words the latest."""
    head = ("meeting", "kind", "status", "from", "to", "place", "participants", "reports", "changes", *SOURCE)
    rows = [
        (m.id, m.kind, "put off" if m.put_off else m.status, m.start, m.end, m.place, JOINT.join(m.participants),
         len(m.citations), len(m.changes), *_source(m.citations[-1] if m.citations else None))
        for m in found
    ]  # fmt: skip
    return sheet(head, rows)


def actors(state: Snapshot) -> bytes:
    """Each actor of the case."""
    named = state.party_by_id
    rows = [
        (p.id, p.name, p.kind, named[p.of].name if p.of in named else None, p.wikidata, p.iso3,
         len({report for report, _ in p.members}))
        for p in state.parties
    ]  # fmt: skip
    return sheet(("actor", "name", "kind", "speaks for", "wikidata", "iso3", "reports"), rows)


def codebook(state: Snapshot) -> bytes:
    """Each concept with how many positions and conditions have it."""
    counts: dict[str | None, int] = {}
    used = [p.concept for p in state.positions]
    used += [concept for c in state.preconditions for concept in (c.requirement_concept, c.gate_concept)]
    for concept in used:
        counts[concept] = counts.get(concept, 0) + 1
    rows = [
        (c.id, c.name, c.description, JOINT.join(state.concept_by_id[o].name for o in c.contradicts
                                                 if o in state.concept_by_id), counts.get(c.id, 0))
        for c in state.concepts
    ]  # fmt: skip
    return sheet(("concept", "name", "description", "cannot go with", "issues"), rows)
