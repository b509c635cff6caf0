"""Meetings and a first day go in; six weeks of rows on an axis of days come out, with days they were moved from."""

from dataclasses import dataclass
from datetime import date, timedelta

from standoff.analysis.calendar import Appointment, day_span

DAYS = 42
"""Days on one sheet: what is still told apart, a month and what leads up to it."""
WIDTH, LEFT, RIGHT, TOP, ROW, BAR = 980, 12, 12, 46, 46, 12
DAY = (WIDTH - LEFT - RIGHT) / DAYS
MOST = 120
"""Meetings on one sheet: those that most reports speak of. More rows nobody compares."""
LABEL_FROM = 0.6
"""Share of the sheet from which on a label stands to the left of its meeting."""

SIGNS = {"planned": "○", "ongoing": "◐", "held": "●", "postponed": "↷", "cancelled": "✕", "failed": "⊘"}
"""A sign beside the word for each status, so that no colour is needed."""


@dataclass(frozen=True, slots=True)
class Move:
    """A meeting was moved: from one place on the axis to another; told: in words."""

    x1: float
    x2: float
    told: str


@dataclass(frozen=True, slots=True)
class Row:
    """A meeting on the axis. vague: no day is known, only a month or year; put_off: no new day is known."""

    meeting: Appointment
    y: float
    x: float
    width: float
    vague: bool
    put_off: bool
    moves: tuple[Move, ...]
    label_x: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A Monday, or the day of the latest report, on the axis."""

    x: float
    name: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Six weeks. today: the day of the latest report, if it is on the sheet; more: meetings that are left out."""

    first: date
    last: date
    rows: tuple[Row, ...]
    mondays: tuple[Mark, ...]
    today: Mark | None
    height: float
    more: int
    width: int = WIDTH
    bar: int = BAR


def weeks(meetings: tuple[Appointment, ...]) -> tuple[date, ...]:
    """The Mondays on which a sheet may begin: so that each day that a meeting ever had is on one."""
    days = [span for one in meetings for text in _days(one) if (span := _span(text)) is not None]
    if not days:
        return ()
    monday, last = _monday(min(first for first, _ in days)), max(after for _, after in days)
    found = [monday]
    while found[-1] + timedelta(DAYS) < last:
        found.append(found[-1] + timedelta(7))
    return tuple(found)


def usual_week(mondays: tuple[date, ...], today: date | None) -> int:
    """The number of the Monday from which today stands in the middle of the sheet; the last one without a day."""
    wanted = None if today is None else today - timedelta(DAYS // 2)
    return max((n for n, monday in enumerate(mondays) if wanted is None or monday <= wanted), default=0)


def sheet(meetings: tuple[Appointment, ...], first: date, today: date | None) -> Sheet:
    """The meetings that have, or had, a day in the six weeks from a first day on."""
    last = first + timedelta(DAYS)
    here = []
    for one in meetings:
        spans = [span for text in _days(one) if (span := _span(text)) is not None]
        if any(begin < last and first < after for begin, after in spans):
            here.append(one)
    told = sorted(range(len(here)), key=lambda k: (-len(here[k].citations), k))[:MOST]
    rows = [_row(here[k], TOP + place * ROW + 20, first) for place, k in enumerate(sorted(told))]
    mondays = [first + timedelta(k) for k in range(DAYS) if (first + timedelta(k)).weekday() == 0]
    shows_today = today is not None and first <= today < last
    return Sheet(
        first,
        last - timedelta(1),
        tuple(rows),
        tuple(Mark(_x(monday, first), f"{monday:%-d %b}") for monday in mondays),
        Mark(_x(today, first), "latest report") if shows_today and today is not None else None,
        TOP + max(1, len(rows)) * ROW + 14,
        len(here) - len(rows),
    )


def _row(one: Appointment, y: float, first: date) -> Row:
    begin, after = _span(one.start) or (first, first)
    end = _span(one.end)
    vague = len((one.start or "").split("T")[0].split("-")) < 3
    after = max(after, end[1]) if end else after
    x, right = _x(begin, first), _x(after, first)
    to_left = x > WIDTH * LABEL_FROM
    moves = [
        Move(_x(was[0], first), _x(now[0], first), f"moved from {change.before} to {change.after}")
        for change in one.changes
        if change.field == "start" and (was := _span(change.before)) and (now := _span(change.after))
    ]
    label = (right if to_left else x, "end" if to_left else "start")
    return Row(one, y, x, max(round(right - x, 1), 6.0), vague, one.put_off, tuple(moves), *label)


def _days(one: Appointment) -> list[str]:
    """All days that a meeting has or had."""
    days = [one.start, one.end]
    for change in one.changes:
        if change.field == "start":
            days += [change.before, change.after]
    return [day for day in days if day]


def _span(text: str | None) -> tuple[date, date] | None:
    """First day, and the day after the last; None for none, or one that no calendar has."""
    try:
        return day_span(text) if text else None
    except (ValueError, OverflowError):
        return None


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())


def _x(day: date, first: date) -> float:
    """The place of a day on the axis; what lies beyond the sheet is at its edge."""
    return round(LEFT + min(max((day - first).days, 0), DAYS) * DAY, 1)
