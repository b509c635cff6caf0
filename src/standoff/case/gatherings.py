"""What each report says of meetings goes in; a meeting that was planned, postponed and held is recorded as one.

Two words on a meeting are weighed (`likeness`): date, place, parties, nearness in time. Nothing may speak against it,
and enough for it. Reports are gone through by date, so that a new date of a meeting put off is met after the old one.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace

from standoff.case.snapshot import Sighting, Snapshot
from standoff.case.state import snapshot
from standoff.case.store import MACHINE, Case

ENOUGH = 2.0
"""Weight from which two words are on one meeting: the same date, or place and parties, or place within two weeks …"""

SAME_DATE, SAME_MONTH, SAME_PLACE, SAME_PARTIES, OTHER_PARTIES, NEAR = 2.0, 1.0, 1.0, 1.0, -1.0, 0.5
"""What each likeness weighs; far in time weighs as much against as near weighs for it."""

TALKS = 1.0
"""A case is about one negotiation: reports that tell of talks mostly mean its talks, and each names other parties."""

PUT_OFF = 0.5
"""Talks that were to come and are to come later are most likely the same talks."""

NEAR_DAYS, FAR_DAYS = 14, 45
"""Days between reports within which undated words may well be on one meeting, and after which they are not."""

GRACE = 7
"""Days after the planned day within which a report may still tell that the meeting was moved."""

LONGEST_UNDATED = 30
"""Days from the first word on a meeting of which no day was ever told to the last: later ones mean another."""

FRESH = datetime.timedelta(21)
FRESH_MEETING = datetime.timedelta(4)
"""How long after their day talks, or a meeting, are what a report means that names no day."""

A_WHOLE_DAY = len("2000-01-01")
"""Length of a date that is more than a month."""

A_DAY = datetime.timedelta(1)

OPEN = frozenset({"planned", "postponed", "cancelled"})
CLOSED = frozenset({"held", "failed"})
BETWEEN_TWO = frozenset({"call", "visit"})
"""Kinds that are told apart by who takes part, for there are several on a day."""


def gather(case: Case, part_of: int | None = None) -> int:
    """Assign the words on meetings that belong to none yet; how many were assigned."""
    state = snapshot(case)
    loose = [s for g in state.meetings for s in g.sightings if g.id.startswith("M-")]
    if not loose:
        return 0
    groups = {g.id: list(g.sightings) for g in state.meetings if not g.id.startswith("M-")}
    loose.sort(key=lambda s: (s.date or "9999", s.report, s.evidence))
    with case.action(MACHINE, "meetings", f"{len(loose)} words on meetings", part_of=part_of) as action:
        for sighting in loose:
            id_ = nearest(state, sighting, groups)
            if id_ is None:
                id_ = f"M{action.insert('gathering')}"
                groups[id_] = []
            groups[id_].append(sighting)
            action.fact("entry", sighting.id, "gathering", id_)
    return len(loose)


def nearest(state: Snapshot, sighting: Sighting, groups: dict[str, list[Sighting]]) -> str | None:
    """The meeting that a word is on, or None if it is on a new one. One report's reading keeps its meetings apart."""
    best: tuple[float, str] | None = None
    for id_, others in groups.items():
        if any(other.report == sighting.report for other in others):
            continue
        if not _in_time(others, sighting):
            continue
        weight = likeness(state, last_known(others), sighting)
        if weight is not None and weight >= ENOUGH and (best is None or weight > best[0]):
            best = (weight, id_)
    return None if best is None else best[1]


def last_known(sightings: Sequence[Sighting]) -> Sighting:
    """A meeting as the reports before left it: the last word, with the day, place and parties told so far.

    A day stays known when a later report names its month alone.
    """
    told = sightings[-1]
    days = [s for s in sightings if s.start]
    day = next((s for s in reversed(days) if len(s.start or "") >= A_WHOLE_DAY), days[-1] if days else None)
    if day is not None and days[-1] is not day and not (day.start or "").startswith(days[-1].start or ""):
        day = days[-1]
    return replace(
        told,
        start=day.start if day else None,
        end=day.end if day else None,
        place=next((s.place for s in reversed(sightings) if s.place), None),
        participants=tuple(dict.fromkeys(p for s in sightings for p in s.participants)),
    )


def _in_time(others: Sequence[Sighting], new: Sighting) -> bool:
    """Whether an undated word can be on a meeting: one to come while it is still to come, one past while it is fresh.

    Without this, undated talks of one month would lead on to those of the next, and so on for ever.
    """
    if new.start is not None:
        return True
    known = last_known(others)
    if known.start is None:
        days = _days(others[0].date, new.date)
        return days is not None and days <= LONGEST_UNDATED
    if new.date is None:
        return False
    told = datetime.date.fromisoformat(new.date)
    first, last = _whole_days(known)
    if new.status in OPEN:
        return told <= last + A_DAY
    fresh = FRESH if known.kind == new.kind == "talks" else FRESH_MEETING
    return first <= told + A_DAY and told <= last + fresh


def _whole_days(sighting: Sighting) -> tuple[datetime.date, datetime.date]:
    """First and last day of a dated word; a month stands for all its days."""
    start = sighting.start or ""
    end = max(start, sighting.end or start)
    first = datetime.date.fromisoformat((start[:10] + "-01-01")[:10])
    if len(end) >= A_WHOLE_DAY:
        return first, datetime.date.fromisoformat(end[:10])
    year, month = int(end[:4]), int(end[5:7] or 12)
    return first, datetime.date(year + month // 12, month % 12 + 1, 1) - A_DAY


def likeness(state: Snapshot, old: Sighting, new: Sighting) -> float | None:
    """How much speaks for one meeting, `new` being the later report's word; None if something speaks against it."""
    from standoff.reading.meetings.lexicon import lexicon

    classes = lexicon().classes
    if classes.get(old.kind, old.kind) != classes.get(new.kind, new.kind):
        return None
    talks = old.kind == new.kind == "talks"
    weight = TALKS if talks else 0.0
    days = _days(old.date, new.date)
    dated = _dates(old, new)
    if dated is False:
        if not _put_off(old, new, talks):
            return None
        weight += PUT_OFF
    if dated and not _to_the_day(old, new) and old.status in CLOSED and new.status in OPEN:
        return None  # what was in a month is not what is still to come in it
    if dated and not _to_the_day(old, new) and old.kind != new.kind:
        return None  # "the talks in March" are not the meeting of one day in March
    if dated:
        weight += SAME_DATE if _to_the_day(old, new) else SAME_MONTH
    elif days is None or days > FAR_DAYS or (old.status in CLOSED and new.status in OPEN):
        return None
    else:
        weight += NEAR if days <= NEAR_DAYS else -NEAR
    if old.place and new.place:
        if old.place.casefold() != new.place.casefold():
            return None
        weight += SAME_PLACE
    alike = _parties(state, old, new)
    if alike is False and (old.kind in BETWEEN_TWO or new.kind in BETWEEN_TWO):
        return None
    return weight + {True: SAME_PARTIES, False: 0.0 if talks else OTHER_PARTIES, None: 0.0}[alike]


def _dates(old: Sighting, new: Sighting) -> bool | None:
    """Whether both name the same day (or one the month of the other's day); None if one names none."""
    if old.start is None or new.start is None:
        return None
    a, b = old.start[:10], new.start[:10]
    if a.startswith(b) or b.startswith(a):
        return True
    within = [(o.start, o.end, n.start) for o, n in ((old, new), (new, old)) if o.end and n.start and o.start]
    return any(start[:10] <= day[:10] <= end[:10] for start, end, day in within)


def _to_the_day(old: Sighting, new: Sighting) -> bool:
    return min(len(old.start or ""), len(new.start or "")) >= A_WHOLE_DAY


def _put_off(old: Sighting, new: Sighting, talks: bool) -> bool:
    """Whether the later report may tell the new date of what the earlier one expected sooner; talks need no place."""
    if old.status not in OPEN or old.start is None or new.start is None or old.start >= new.start:
        return False
    late = _days(old.start, new.date) if new.date and new.date > old.start else 0
    if old.status == "planned" and (late is None or late > GRACE):
        return False  # the day is long past and nobody said that it was put off: it has been
    days = _days(old.start, new.start)
    same_place = old.place.casefold() == new.place.casefold() if old.place and new.place else talks
    return same_place and days is not None and days <= FAR_DAYS and new.status != "cancelled"


def _parties(state: Snapshot, old: Sighting, new: Sighting) -> bool | None:
    """Whether some party, or whom it speaks for, is in both; None if one names nobody."""
    if not old.participants or not new.participants:
        return None
    return bool(_camps(state, old.participants) & _camps(state, new.participants))


def _camps(state: Snapshot, parties: Iterable[str]) -> set[str]:
    return {name for party in parties if party in state.party_by_id for name in (party, state.camp(party))}


def _days(a: str | None, b: str | None) -> int | None:
    """Days between two dates, or None if one is not a whole date."""
    try:
        return abs((datetime.date.fromisoformat((b or "")[:10]) - datetime.date.fromisoformat((a or "")[:10])).days)
    except ValueError:
        return None
