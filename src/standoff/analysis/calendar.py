"""A snapshot goes in; its meetings come out in order of date, each with what the reports changed about it.

What a later report leaves open (no place, no day) stays as it was last known.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from standoff.analysis.citations import Citation, Result, cite
from standoff.case.snapshot import Gathering, Sighting, Snapshot

FIELDS = ("start", "end", "place", "status")
COMING = frozenset({"planned", "ongoing", "postponed"})


@dataclass(frozen=True, slots=True)
class Change(Result):
    """One report gives a field of a meeting another value than was known."""

    date: str | None
    field: str
    before: str | None
    after: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Appointment(Result):
    """A meeting as last known. `start`, `end`: ISO, as precise as known; `sequence`: the number of changes so far.

    put_off: it was postponed, and the day that is known is the one that no longer holds. participants: names, those
    whom most reports name first.
    """

    id: str
    kind: str
    participants: tuple[str, ...]
    place: str | None
    start: str | None
    end: str | None
    status: str
    put_off: bool
    changes: tuple[Change, ...]
    citations: tuple[Citation, ...]

    @property
    def sequence(self) -> int:
        """Counts up with every change of a field, never down when reports are added."""
        return len(self.changes)


def calendar(snapshot: Snapshot) -> tuple[Appointment, ...]:
    """All meetings that relevant reports speak of, by day, those without one last."""
    found = [appointment(snapshot, gathering) for gathering in snapshot.counted_meetings()]
    return tuple(sorted(found, key=lambda a: (a.start or "9999", a.kind, a.id)))


def appointment(snapshot: Snapshot, gathering: Gathering) -> Appointment:
    """One meeting over all its sightings."""
    known: dict[str, str | None] = dict.fromkeys(FIELDS)
    changes: list[Change] = []
    put_off = False
    for sighting in gathering.sightings:
        moved = False
        for name in FIELDS:
            value: str | None = getattr(sighting, name)
            if value is None or value == known[name]:
                continue
            if name in ("start", "end") and (known[name] or "").startswith(value):
                continue  # a later report that names the month alone unsays no day
            if known[name] is not None:
                changes.append(Change(sighting.date, name, known[name], value, cite(snapshot, sighting)))
                moved = moved or name == "start"
            known[name] = value
        if sighting.status == "postponed":
            put_off = not moved and not _is_ahead(sighting)
        elif sighting.status != "planned" or sighting.start is not None:
            put_off = False
    # whom most reports name first; each report may name others, and some name whoever stands near
    told = Counter(p for s in gathering.sightings for p in s.participants if p in snapshot.party_by_id)
    people = sorted(told, key=lambda p: -told[p])
    return Appointment(
        id=gathering.id,
        kind=gathering.latest.kind,
        participants=tuple(snapshot.party_by_id[p].name for p in people),
        place=known["place"],
        start=known["start"],
        end=known["end"],
        status=known["status"] or gathering.latest.status,
        put_off=put_off,
        changes=tuple(changes),
        citations=tuple(cite(snapshot, s) for s in gathering.sightings),
    )


def coming(appointments: tuple[Appointment, ...], today: date, days: int) -> tuple[Appointment, ...]:
    """What is planned from a day on, for a number of days; a month without a day counts if any of it lies there."""
    last = today + timedelta(days)
    found = []
    for one in appointments:
        span = day_span(one.start) if one.start else None
        if span and one.status in COMING and not one.put_off and span[0] <= last and today < span[1]:
            found.append(one)
    return tuple(found)


@cache
def day_span(text: str) -> tuple[date, date]:
    """First day, and the day after the last, of an ISO day, month or year (a time of day is left out)."""
    parts = text.split("T")[0].split("-")
    year = int(parts[0])
    if len(parts) == 1:
        return date(year, 1, 1), date(year, 12, 31) + timedelta(1)
    month = int(parts[1])
    if len(parts) == 2:
        return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
    day = date(year, month, int(parts[2]))
    return day, day + timedelta(1)


def _is_ahead(sighting: Sighting) -> bool:
    """Whether the day that a report gives of a postponed meeting lies after the report: then it is the new one."""
    if sighting.start is None or sighting.date is None:
        return False
    return day_span(sighting.start)[0] > date.fromisoformat(sighting.date) + timedelta(1)
