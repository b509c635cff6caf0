"""A snapshot goes in; the unreviewed entries come out on which a person's look is worth most: doubtful and important.

Worth is doubt times importance. Doubt is what the reader's confidence leaves open. Importance counts what of the desk's
answers hangs on the entry: a contradiction, a turn, a deadlock, a meeting to come, a demand made for the first time.
"""

from collections import defaultdict
from dataclasses import dataclass

from standoff.analysis.calendar import COMING
from standoff.analysis.citations import Citation, Result, cite
from standoff.analysis.contradictions import Contradiction
from standoff.analysis.deadlocks import Deadlocks
from standoff.analysis.positions import Positions
from standoff.case.snapshot import Entry, Snapshot

UNKNOWN = 0.5
"""Doubt about an entry whose reader gives no confidence."""
LEAST = 0.05
"""Doubt that is left of an entry of which the reader is sure: a deadlock may still hang on it."""
WEIGHTS = {
    "a contradiction rests on it": 3.0,
    "a turn rests on it": 3.0,
    "a deadlock rests on it": 3.0,
    "a meeting to come rests on it": 2.0,
    "the only word of a party on an issue": 1.0,
}
"""What hangs on an entry → how much that weighs beside its own weight of 1."""


@dataclass(frozen=True, slots=True)
class Doubt(Result):
    """An entry to look at. `worth`: for the order only; `reasons`: what hangs on it."""

    entry: str
    kind: str
    worth: float
    confidence: float | None
    reasons: tuple[str, ...]
    citation: Citation


def worth_a_look(
    snapshot: Snapshot, held: Positions, clashes: tuple[Contradiction, ...], locked: Deadlocks, most: int = 12
) -> tuple[Doubt, ...]:
    """The entries that nobody has judged, most worth a look first; of one report's text, copies are left out."""
    reasons = _reasons(snapshot, held, clashes, locked)
    waiting: list[tuple[str, Entry]] = [("position", entry) for entry in snapshot.counted_positions()]
    waiting += [("precondition", entry) for entry in snapshot.counted_preconditions()]
    waiting += [("meeting", sighting) for meeting in snapshot.counted_meetings() for sighting in meeting.sightings]
    rated = []
    for kind, entry in waiting:
        if entry.review == "machine":
            why = tuple(reasons[entry.id])
            doubt = UNKNOWN if entry.confidence is None else max(LEAST, 1 - entry.confidence)
            rated.append((round(doubt * (1 + sum(WEIGHTS[reason] for reason in why)), 6), kind, entry, why))
    rated.sort(key=lambda one: (-one[0], one[2].date or "9999", int(one[2].id[1:])))
    return tuple(
        Doubt(entry.id, kind, worth, entry.confidence, why, cite(snapshot, entry))
        for worth, kind, entry, why in rated[:most]
    )


def _reasons(
    snapshot: Snapshot, held: Positions, clashes: tuple[Contradiction, ...], locked: Deadlocks
) -> dict[str, list[str]]:
    clash, turn, lock, meeting, only = WEIGHTS
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for contradiction in clashes:
        for entry in contradiction.key:
            found[entry][clash] = None
    for line in held.lines:
        for shift in line.shifts:
            found[shift.before.citation.entry][turn] = None
            found[shift.after.citation.entry][turn] = None
        if len(line.holdings) == 1:
            found[line.holdings[0].citation.entry][only] = None
    for ring in (locked.locked, locked.mutual):
        for cycle in ring.cycles:
            for condition in cycle.conditions:
                for citation in condition.citations:
                    found[citation.entry][lock] = None
    for gathering in snapshot.counted_meetings():
        if gathering.latest.status in COMING:
            found[gathering.latest.id][meeting] = None
    return defaultdict(list, {entry: list(why) for entry, why in found.items()})
