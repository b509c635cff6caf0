"""Appointments go in, an iCalendar file (RFC 5545) as bytes comes out; the same meeting keeps its UID for good."""

from datetime import UTC, datetime
from uuid import UUID, uuid5

from standoff.analysis.calendar import Appointment, day_span

SPACE = UUID("5d0c9d3a-3f3b-5d1c-9f6e-6f2f9a7f7c10")
"""Namespace of our UIDs (RFC 4122, version 5)."""
STATUS = {"planned": "TENTATIVE", "postponed": "TENTATIVE", "ongoing": "CONFIRMED", "held": "CONFIRMED",
          "failed": "CONFIRMED", "cancelled": "CANCELLED"}  # fmt: skip
"""iCalendar knows no "held" or "failed": that stands in CATEGORIES."""
NO_REPORT_DATE = datetime(1970, 1, 1, tzinfo=UTC)


def to_ics(case: str, name: str, appointments: tuple[Appointment, ...]) -> bytes:
    """A calendar of whole days (DATE values). Meetings without any date are left out.

    case: the id of the case (`Snapshot.identity`), of which the UIDs are made, so that a renamed case keeps them.
    A month or year stands as all its days, marked as not exact and taking up no time.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Standoff//case calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for one in appointments:
        if one.start is None:
            continue
        first, after = day_span(one.start)
        if one.end is not None:
            after = max(after, day_span(one.end)[1])
        stamp = max(
            (datetime.fromisoformat(c.published).replace(tzinfo=UTC) for c in one.citations if c.published),
            default=NO_REPORT_DATE,
        )
        exact = one.start.count("-") >= 2
        event = Event()
        event.add("uid", str(uuid5(SPACE, f"{case}\n{one.id}")))
        event.add("dtstamp", stamp)
        event.add("last-modified", stamp)
        event.add("sequence", one.sequence)
        event.add("dtstart", first)
        event.add("dtend", after)
        event.add("summary", summary(one) + ("" if exact else f" (some day of {one.start})"))
        event.add("status", "CANCELLED" if one.put_off else STATUS[one.status])
        event.add("categories", [one.status.upper(), *([] if exact else ["DAY UNKNOWN"])])
        event.add("transp", "OPAQUE" if exact else "TRANSPARENT")
        if one.place:
            event.add("location", one.place)
        event.add("description", "\n".join(f"“{c.quote}” ({c.report}, {c.start}–{c.end})" for c in one.citations))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def summary(one: Appointment) -> str:
    """A meeting in a few words: what kind, who."""
    who = ", ".join(one.participants)
    return f"{one.kind.capitalize()}: {who}" if who else one.kind.capitalize()
