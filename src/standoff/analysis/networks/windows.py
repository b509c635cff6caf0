"""Time windows: a range and a size in; the windows' start, middle and stop out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from standoff.analysis.networks.clock import shifted, steps
from standoff.analysis.networks.coded import Ints
from standoff.errors import InputError

DAY = 86_400


@dataclass(frozen=True)
class Windows:
    """Windows in order: seconds since 1970, both ends inclusive; statements first[w] to last[w] - 1 lie inside."""

    start: Ints
    middle: Ints
    stop: Ints
    first: Ints
    last: Ints

    def __len__(self) -> int:
        return len(self.start)


def calendar_windows(times: Ints, start: int, stop: int, unit: str, size: int) -> Windows:
    """Windows of exactly `size` units, one unit apart: the first begins at `start`; the last ends at or before `stop`.

    A window includes its start and excludes the start of the window `size` units later, so that windows side by side
    count each statement once. Raises InputError for a size below 1 or an unknown unit.
    """
    if size < 1:
        raise InputError(f"window size {size}: must be at least 1")
    starts = steps(start, stop, unit)
    stops = shifted(starts, unit, size) - 1
    inside = stops <= stop
    if not inside.any():
        inside[:1] = True  # a range shorter than one window is one window
    starts, stops = starts[inside], np.minimum(stops[inside], stop)
    return _with_statements(times, starts, starts + (stops + 1 - starts) // 2, stops)


def whole_days(start: int, stop: int, unit: str) -> tuple[int, int]:
    """The range from the first midnight to the last second of the last day, for units of a day or more."""
    if unit in ("seconds", "minutes", "hours"):
        return start, stop
    return start // DAY * DAY, stop // DAY * DAY + DAY - 1


def dna_windows(times: Ints, start: int, stop: int, unit: str, size: int) -> Windows:
    """DNA's windows: around mid-points one unit apart, half = floor((size - 1) / 2 + 0.5) units to each side, both
    ends inclusive. Sizes 2 and 3 are the same window; size 1 is a single instant."""
    half = max(size, 1) // 2
    middle = steps(start, stop, unit)
    starts, stops = shifted(middle, unit, -half), shifted(middle, unit, half)
    inside = (starts >= start) & (stops <= stop)
    return _with_statements(times, starts[inside], middle[inside], stops[inside])


def event_windows(times: Ints, size: int) -> Windows:
    """One window per statement with `size` div 2 statements before and after it (so of 2 (size div 2) + 1 statements).

    Statements of the same time are taken in the order of document, place and id (DNA shuffles them without a seed).
    """
    half = max(size, 1) // 2
    middle = np.arange(half, len(times) - half, dtype=np.int64)
    first, last = middle - half, middle + half
    return Windows(times[first], times[middle], times[last], first, last + 1)


def _with_statements(times: Ints, start: Ints, middle: Ints, stop: Ints) -> Windows:
    first, last = np.searchsorted(times, start, side="left"), np.searchsorted(times, stop, side="right")
    return Windows(start, middle, stop, first.astype(np.int64), last.astype(np.int64))
