"""Calendar arithmetic on seconds since 1970 UTC: a time and a number of units in, times and whole units between out."""

from __future__ import annotations

import numpy as np

from standoff.analysis.networks.coded import Ints
from standoff.errors import InputError

FIXED = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400, "weeks": 604800}
CALENDAR = {"months": 1, "years": 12}
UNITS = (*FIXED, *CALENDAR)


def _split(times: Ints) -> tuple[Ints, Ints, Ints]:
    """Months since 1970-01, day of the month from 0, second of the day."""
    days = np.floor_divide(times, 86400)
    months = days.astype("datetime64[D]").astype("datetime64[M]")
    day = days - months.astype("datetime64[D]").astype(np.int64)
    return months.astype(np.int64), day, times - days * 86400


def shifted(times: Ints, unit: str, count: int) -> Ints:
    """Times moved by `count` units; months and years clip the day to the end of the month.

    Raises InputError for an unknown unit.
    """
    times = np.asarray(times, dtype=np.int64)
    if unit in FIXED:
        return np.asarray(times + FIXED[unit] * count)
    if unit not in CALENDAR:
        raise InputError(f"time unit {unit!r} unknown; there are: {', '.join(UNITS)}")
    months, day, second = _split(times)
    target = (months + CALENDAR[unit] * count).astype("datetime64[M]")
    first = target.astype("datetime64[D]").astype(np.int64)
    length = (target + 1).astype("datetime64[D]").astype(np.int64) - first
    return np.asarray((first + np.minimum(day, length - 1)) * 86400 + second)


def shift(time: int, unit: str, count: int) -> int:
    """One time moved by `count` units."""
    return int(shifted(np.array([time]), unit, count)[0])


def steps(start: int, stop: int, unit: str) -> Ints:
    """Times from start to stop, one unit apart. Months clip cumulatively: 31 January, 28 February, 28 March."""
    if unit in FIXED:
        return np.arange(start, stop + 1, FIXED[unit], dtype=np.int64)
    found = []
    while start <= stop:
        found.append(start)
        start = shift(start, unit, 1)
    return np.array(found, dtype=np.int64)


def whole_units(earlier: Ints, later: Ints | int, unit: str) -> Ints:
    """Whole units from `earlier` to `later`, negative if it is the other way round; fractions are cut off."""
    earlier, late = np.broadcast_arrays(np.asarray(earlier, dtype=np.int64), np.asarray(later, dtype=np.int64))
    if unit in FIXED:
        return _quotient(late - earlier, FIXED[unit])
    months1, day1, second1 = _split(earlier)
    months2, day2, second2 = _split(late)
    between = months2 - months1
    in_month = (day2 - day1) * 86400 + second2 - second1
    between = np.where((between > 0) & (in_month < 0), between - 1, between)
    between = np.where((months2 < months1) & (in_month > 0), between + 1, between)
    return _quotient(between, CALENDAR[unit])


def _quotient(number: Ints, divisor: int) -> Ints:
    return np.asarray(np.sign(number) * (np.abs(number) // divisor))
