"""A case goes in; the entries that wait for a person's word come out, each told in one line."""

import json
from dataclasses import dataclass

from standoff.case.screening import known_report
from standoff.case.snapshot import (
    Entry,
    PositionEntry,
    PreconditionEntry,
    Sighting,
    Snapshot,
    StatementEntry,
)
from standoff.case.state import snapshot
from standoff.case.store import Case


@dataclass(frozen=True, slots=True)
class Item:
    """An entry to look at. start, end: its evidence; summary: what it says, with the words of the report."""

    id: str
    kind: str
    report: str
    date: str | None
    review: str
    start: int
    end: int
    confidence: float | None
    summary: str


def waiting(case: Case, report: str | None = None, kind: str | None = None, whole: bool = False) -> list[Item]:
    """Entries of reports that count (or of one report) that nobody has judged, in order; `whole`: judged ones too."""
    state = snapshot(case)
    if report is not None:
        with case.looking() as connection:
            report = known_report(connection, report)
    found = []
    for name, entry in entries_of(state):
        wanted = entry.report == report if report else state.source_by_id[entry.report].counts
        if wanted and (kind is None or kind == name) and (whole or entry.review == "machine"):
            found.append(item_of(state, name, entry))
    return sorted(found, key=lambda item: (item.date or "9999", item.report, item.start, item.end, int(item.id[1:])))


def blind_entries(case: Case, coder: str, report: str | None = None) -> list[Item]:
    """What a coder entered blind: nothing of others is shown."""
    with case.looking() as connection:
        id_ = None if report is None else known_report(connection, report)
        rows = connection.execute(
            'SELECT e.id, e.kind, e.report, r.published, e.start, e."end", e.body, r.text FROM entry e '
            "JOIN live ON live.id = e.action JOIN report r ON r.id = e.report "
            "WHERE e.coder = ? AND e.blind = 1 AND e.report = COALESCE(?, e.report) ORDER BY e.report, e.start, e.id",
            (coder, id_),
        ).fetchall()
    return [
        Item(f"e{number}", kind, report_id, date, "blind", start, end, None,
             f"{_label(json.loads(body))} “{text[start:end]}”")
        for number, kind, report_id, date, start, end, body, text in rows
    ]  # fmt: skip


def _label(body: dict[str, object]) -> str:
    return str(body.get("act") or body.get("status") or body.get("kind") or "")


def entries_of(state: Snapshot) -> list[tuple[str, Entry]]:
    """Every entry of the state with its kind."""
    found: list[tuple[str, Entry]] = [("statement", entry) for entry in state.statements]
    found += [("position", entry) for entry in state.positions]
    found += [("precondition", entry) for entry in state.preconditions]
    found += [("meeting", sighting) for gathering in state.meetings for sighting in gathering.sightings]
    return found


def item_of(state: Snapshot, kind: str, entry: Entry) -> Item:
    """The entry in one line."""
    return Item(
        entry.id, kind, entry.report, entry.date, entry.review, entry.evidence[0], entry.evidence[1], entry.confidence,
        summary(state, entry),
    )  # fmt: skip


def summary(state: Snapshot, entry: Entry) -> str:
    """What an entry says: who, how, what."""

    def name(party: str | None) -> str:
        known = state.party_by_id.get(party or "")
        return known.name if known else "?"

    def words(start: int, end: int) -> str:
        return "“" + " ".join(state.quote(entry.report, (start, end)).split()) + "”"

    if isinstance(entry, PositionEntry):
        target = f" of {name(entry.target)}" if entry.target else ""
        return f"{name(entry.holder)}: {entry.act}{target} {words(*entry.issue)}"
    if isinstance(entry, PreconditionEntry):
        return f"{name(entry.holder)}: {words(*entry.gate)} only if {words(*entry.requirement)}"
    if isinstance(entry, StatementEntry):
        said = " … ".join(words(*part) for part in entry.content)
        return f"{name(entry.speaker)} ({entry.kind}): {said}"
    if isinstance(entry, Sighting):
        who = ", ".join(name(party) for party in entry.participants)
        facts = [entry.kind, entry.status, entry.start or "no date", entry.place or "", who]
        return " · ".join(fact for fact in facts if fact)
    return words(*entry.evidence)
