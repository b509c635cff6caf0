"""Reckoning with the calendar: a match, a tense and the day of publication go in; a meaning in ISO 8601 comes out."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

WEEK = timedelta(days=7)
HALF_A_WEEK = timedelta(days=3)
DAY = timedelta(days=1)
NEAR = 90  # days: a date as near as this is meant, whatever the tense says,
FAR = 270  # if the tense leads more than so many days away


class Tense(Enum):
    """Whether an expression lies before or after the publication."""

    PAST = "past"
    FUTURE = "future"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Clock:
    """The numbers behind the names of months (1 to 12), weekdays (Monday is 0) and numerals."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Meaning:
    """See DateExpression."""

    value: str | None
    until: str | None
    precision: str
    earliest: str | None = None
    latest: str | None = None


UNKNOWN = Meaning(None, None, "unknown")
Groups = Mapping[str, str | None]
Reckoning = Callable[[Groups, Tense, date | None, Clock], Meaning | None]


def reckon(
    means: str, match: re.Match[str], shift: int, tense: Tense, today: date | None, clock: Clock
) -> Meaning | None:
    """What a match means, or None if it is no date after all (31 February).

    Raises KeyError for an unknown reckoning.
    """
    if means == "near":
        return UNKNOWN_DAY if today is None else _moved(today, timedelta(days=shift))
    try:
        return RECKONINGS[means](match.groupdict(), tense, today, clock)
    except OverflowError:  # the calendar ends in the years 1 and 9999
        return UNKNOWN


UNKNOWN_DAY = Meaning(None, None, "day")


def _day(value: date, until: date | None = None) -> Meaning:
    last = (until or value).isoformat()
    return Meaning(value.isoformat(), last if until else None, "day", value.isoformat(), last)


def _month(year: int, month: int) -> Meaning:
    first = date(year, month, 1)
    last = date(year + month // 12, month % 12 + 1, 1) - DAY if (year, month) < (9999, 12) else date.max
    return Meaning(f"{year:04}-{month:02}", None, "month", first.isoformat(), last.isoformat())


def _moved(today: date, shift: timedelta) -> Meaning:
    return _day(today + shift)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(options: list[date], tense: Tense, today: date) -> date | None:
    """Of some days the one that tense and nearness point to."""
    if not options:
        return None
    nearest = min(options, key=lambda d: abs((d - today).days))
    if tense is Tense.UNKNOWN:
        return nearest
    fit = [d for d in options if (d <= today if tense is Tense.PAST else d >= today)]
    chosen = min(fit, key=lambda d: abs((d - today).days), default=nearest)
    off = abs((chosen - today).days)
    return nearest if off > FAR and abs((nearest - today).days) <= NEAR else chosen


def _number(text: str | None, clock: Clock) -> int:
    digits = re.sub(r"\D", "", text or "")
    return int(digits) if digits else clock.numbers[(text or "").casefold()]


def _month_number(text: str, clock: Clock) -> int:
    return clock.months[text.rstrip(".")]


def _calendar(groups: Groups, tense: Tense, today: date | None, clock: Clock) -> Meaning | None:
    day = _number(groups["d1"], clock)
    month = int(groups["mm"] or 0) if groups.get("mm") else _month_number(groups["m1"] or "", clock)
    last_month = _month_number(groups.get("m2") or "", clock) if groups.get("m2") else month
    last_day = _number(groups["d2"], clock) if groups.get("d2") else None
    if groups.get("y1"):
        first = _valid(int(groups["y1"] or 0), month, day)
    elif today is None:
        return UNKNOWN_DAY if _valid(2000, month, day) else None
    else:
        years = range(max(1, today.year - 1), min(9999, today.year + 1) + 1)
        first = _nearest([d for y in years if (d := _valid(y, month, day))], tense, today)
    if first is None:
        return None
    if last_day is None:
        return _day(first)
    last = _valid(first.year + (last_month < month), last_month, last_day)
    return _day(first, last) if last is not None and last > first else _day(first)


def _slashed(groups: Groups, tense: Tense, today: date | None, clock: Clock) -> Meaning | None:
    """Month and day are told apart only where one of them is above 12 or both are the same."""
    a, b, year = int(groups["a"] or 0), int(groups["b"] or 0), int(groups["y1"] or 0)
    if a > 12 or a == b:
        value = _valid(year, b, a)
    elif b > 12:
        value = _valid(year, a, b)
    else:
        return Meaning(None, None, "day")
    return _day(value) if value else None


def _weekday(groups: Groups, tense: Tense, today: date | None, clock: Clock) -> Meaning | None:
    if today is None:
        return UNKNOWN_DAY
    which = (groups.get("which") or "").casefold()
    if which in {"last", "past"}:
        tense = Tense.PAST
    elif which in {"next", "coming", "this"}:
        tense = Tense.FUTURE if which != "this" or tense is Tense.UNKNOWN else tense
    ahead = (clock.weekdays[groups["w1"] or ""] - today.weekday()) % 7
    if ahead == 0 and which in {"last", "past"}:
        first = today - WEEK
    elif ahead == 0 and which in {"next", "coming"}:
        first = today + WEEK
    elif ahead == 0:
        first = today
    elif tense is Tense.UNKNOWN:
        return UNKNOWN_DAY
    else:
        first = today + ahead * DAY if tense is Tense.FUTURE else today + (ahead - 7) * DAY
    if groups.get("w2"):
        span = (clock.weekdays[groups["w2"] or ""] - clock.weekdays[groups["w1"] or ""]) % 7
        return _day(first, first + span * DAY) if span else _day(first)
    return _day(first)


def _weekend(groups: Groups, tense: Tense, today: date | None, clock: Clock) -> Meaning | None:
    if today is None:
        return UNKNOWN_DAY
    which = (groups.get("which") or "").casefold()
    saturday = today + (5 - today.weekday()) * DAY  # of the week of publication
    back = today.weekday() < 5 and (tense is Tense.PAST or which in {"last", "past"})
    if back or (today.weekday() >= 5 and which in {"last", "past"}):
        saturday -= WEEK
    elif which == "next":
        saturday += WEEK if today.weekday() >= 5 else 0 * DAY
    elif tense is Tense.UNKNOWN and which in {"", "the"} and today.weekday() < 5:
        return UNKNOWN_DAY
    return _day(saturday, saturday + DAY)


def _week(groups: Groups, tense: Tense, today: date | None, clock: Clock) -> Meaning | None:
    if today is None:
        return Meaning(None, None, "week")
    shift = SHIFTS[(groups["which"] or "").casefold()]
    monday = today - today.weekday() * DAY + shift * WEEK
    return Meaning(None, None, "week", monday.isoformat(), (monday + 6 * DAY).isoformat())


def _month_from(groups: Groups, tense: Tense, today: date | None, clock: Clock) -> Meaning | None:
    name, year = groups.get("m1"), groups.get("y1")
    if name and year:
        return _month(int(year), _month_number(name, clock))
    if today is None:
        return Meaning(None, None, "month")
    which = (groups.get("which") or "").casefold()
    if name:
        if which in {"last", "past"}:
            tense = Tense.PAST
        elif which in {"next", "coming"}:
            tense = Tense.FUTURE
        month = _month_number(name, clock)
        if month == today.month and which not in {"last", "next"}:
            return _month(today.year, month)
        years = range(max(1, today.year - 1), min(9999, today.year + 1) + 1)
        options = [date(y, month, 15) for y in years if (y, month) != (today.year, today.month)]
        if which in {"last", "past", "next", "coming"}:  # said in so many words: nearness has no say
            options = [d for d in options if (d < today) == (tense is Tense.PAST)]
        chosen = _nearest(options, tense, today)
        return _month(chosen.year, month) if chosen else UNKNOWN
    count = today.year * 12 + today.month - 1 + SHIFTS[which]
    return _month(count // 12, count % 12 + 1) if 12 <= count < 120_000 else UNKNOWN


def _year_from(groups: Groups, tense: Tense, today: date | None, clock: Clock) -> Meaning | None:
    if groups.get("y1"):
        year = int(groups["y1"] or 0)
    elif today is None:
        return Meaning(None, None, "year")
    else:
        year = today.year + SHIFTS[(groups["which"] or "").casefold()]
    return Meaning(f"{year:04}", None, "year", f"{year:04}-01-01", f"{year:04}-12-31") if 1 <= year <= 9999 else UNKNOWN


def _ordinal(groups: Groups, tense: Tense, today: date | None, clock: Clock) -> Meaning | None:
    """“the 25th”: of this month or its neighbour, as the tense says."""
    day = _number(groups["d1"], clock)
    if not 1 <= day <= 31:
        return None
    if today is None or tense is Tense.UNKNOWN:
        return UNKNOWN_DAY
    count = today.year * 12 + today.month - 1
    near = [divmod(n, 12) for n in (count - 1, count, count + 1)]
    options = [d for year, month in near if 1 <= year <= 9999 and (d := _valid(year, month + 1, day))]
    value = _nearest(options, tense, today)
    return _day(value) if value else None


def _ago(groups: Groups, tense: Tense, today: date | None, clock: Clock) -> Meaning | None:
    return _distance(groups, -1, today, clock)


def _ahead(groups: Groups, tense: Tense, today: date | None, clock: Clock) -> Meaning | None:
    return _distance(groups, 1, today, clock)


def _distance(groups: Groups, sign: int, today: date | None, clock: Clock) -> Meaning:
    """“two days ago” is a day; “two weeks ago” is within half a week of one, “a month ago” in the month before."""
    unit, n = groups["unit"] or "", _number(groups["n"], clock)
    if today is None:
        return Meaning(None, None, unit)
    if unit == "day":
        return _day(today + sign * n * DAY)
    if unit == "year":
        year = today.year + sign * n
        return (
            Meaning(f"{year:04}", None, "year", f"{year:04}-01-01", f"{year:04}-12-31")
            if 1 <= year <= 9999
            else UNKNOWN
        )
    if unit == "month":
        count = today.year * 12 + today.month - 1 + sign * n
        return _month(count // 12, count % 12 + 1) if 12 <= count < 120_000 else UNKNOWN
    middle = today + sign * n * WEEK
    return Meaning(None, None, unit, (middle - HALF_A_WEEK).isoformat(), (middle + HALF_A_WEEK).isoformat())


def _from_named(groups: Groups, tense: Tense, named: date | None, clock: Clock) -> Meaning | None:
    """“a day later”, “the previous day”, “later in the day”: counted from the day named before.

    named: that day; where none is near, the day of publication.
    """
    if named is None:
        return UNKNOWN_DAY
    way = (groups.get("way") or "day").casefold()
    back = way in {"earlier", "previous", "before"}
    n = _number(groups["n"], clock) if groups.get("n") else int(way != "day")
    return _moved(named, -n * DAY if back else n * DAY)


def _month_of_year(groups: Groups, tense: Tense, today: date | None, clock: Clock) -> Meaning | None:
    """“May last year”."""
    if today is None:
        return Meaning(None, None, "month")
    year = today.year + SHIFTS[(groups["which"] or "").casefold()]
    return _month(year, _month_number(groups["m1"] or "", clock)) if 1 <= year <= 9999 else UNKNOWN


def _vague(groups: Groups, tense: Tense, today: date | None, clock: Clock) -> Meaning | None:
    return UNKNOWN


SHIFTS = {"this": 0, "the": 0, "next": 1, "coming": 1, "following": 1, "last": -1, "past": -1, "previous": -1}
RECKONINGS: dict[str, Reckoning] = {
    "calendar": _calendar,
    "slashed": _slashed,
    "month": _month_from,
    "weekday": _weekday,
    "weekend": _weekend,
    "week": _week,
    "year": _year_from,
    "ordinal": _ordinal,
    "ago": _ago,
    "ahead": _ahead,
    "from the day named": _from_named,
    "month of a year": _month_of_year,
    "vague": _vague,
}
