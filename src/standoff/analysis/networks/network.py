"""A network, a series of networks: coded statements and a request in; labelled matrices with their time out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from standoff.analysis.networks.coded import CodedStatements, Floats, Ints
from standoff.analysis.networks.counts import Frame, frame
from standoff.analysis.networks.filters import complete, not_excluded
from standoff.analysis.networks.kernels import Smoothing, kernel_windows, smoothed
from standoff.analysis.networks.onemode import one_mode
from standoff.analysis.networks.request import Kept, Request, kept_statements
from standoff.analysis.networks.running import keeps, running
from standoff.analysis.networks.twomode import two_mode
from standoff.analysis.networks.windows import Windows, calendar_windows, event_windows, whole_days
from standoff.errors import InputError


@dataclass(frozen=True)
class Network:
    """A labelled matrix over a time from `start` to `stop` around `middle` (seconds since 1970 UTC, inclusive).

    statements: how many statements it rests on.
    """

    rows: npt.NDArray[Any]
    cols: npt.NDArray[Any]
    matrix: Floats
    start: int
    middle: int
    stop: int
    statements: int

    def to_pandas(self) -> pd.DataFrame:
        """The matrix with its labels."""
        return pd.DataFrame(self.matrix, index=pd.Index(self.rows), columns=pd.Index(self.cols))

    def between(self, rows: Ints, cols: Ints) -> Network:
        """The part of the network with these rows and columns."""
        matrix = self.matrix[np.ix_(rows, cols)]
        return Network(self.rows[rows], self.cols[cols], matrix, self.start, self.middle, self.stop, self.statements)


@dataclass(frozen=True)
class Moving:
    """Windows that move along the time: `unit` is `events` or one of `clock.UNITS`; `size` in units."""

    unit: str
    size: int


def day(seconds: int) -> str:
    """ISO date and time of seconds since 1970 UTC."""
    return (datetime.fromtimestamp(0, UTC) + timedelta(seconds=int(seconds))).strftime("%Y-%m-%dT%H:%M:%S")


def network(statements: CodedStatements, request: Request) -> Network:
    """One network over the whole range. Raises InputError if no statement is kept, or for an unknown variable."""
    kept = some_statements(statements, request)
    axes = frame(kept, request)
    return Network(
        *labels(axes, request.mode), matrix(axes, request), *span(kept.start, kept.stop), len(kept.kept)
    )


def some_statements(statements: CodedStatements, request: Request) -> Kept:
    """Kept statements; InputError if there are none."""
    kept = kept_statements(statements, request)
    if not len(kept.kept):
        why = _why_none(kept, request)
        raise InputError(
            f"{statements.name}: no statements from {day(kept.start)} to {day(kept.stop)} ({why})"
        )
    return kept


def _why_none(kept: Kept, request: Request) -> str:
    if not len(kept.original):
        return "none lies in the range, or their documents are excluded"
    passing = not_excluded(kept.original, request.selection)
    names = [request.variable1, request.variable2, *([request.qualifier] if request.uses_qualifier else [])]
    for name in map(str, names):
        if passing.any() and not (passing & complete([kept.original.column(name)])).any():
            return f"of {int(passing.sum())} in range none has a value of {name!r}"
    return f"all {len(kept.original)} in range were filtered out"


def span(start: int, stop: int) -> tuple[int, int, int]:
    """Start, middle, stop."""
    return start, start + (stop - start) // 2, stop


def labels(axes: Frame, mode: str) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Labels of rows and columns of a network of that mode."""
    return axes.rows, axes.rows if mode == "onemode" else axes.cols


def matrix(axes: Frame, request: Request) -> Floats:
    """The matrix of a request on these axes."""
    make = one_mode if request.mode == "onemode" else two_mode
    return make(axes, request.aggregation, request.normalization)


def series(statements: CodedStatements, request: Request, moving: Moving) -> Iterator[Network]:
    """One network per window. Without isolates a window shows only those with statements in it.

    Windows of days or more begin at midnight; only whole windows are shown, up to the end of the last day.
    Raises InputError as `network` does, and for an unknown unit or a size below 1.
    """
    kept = some_statements(statements, request)
    times = kept.kept.time
    if moving.unit == "events":
        windows = event_windows(times, moving.size)
    else:
        windows = calendar_windows(times, *whole_days(kept.start, kept.stop, moving.unit), moving.unit, moving.size)
    return windowed(kept, request, windows)


def windowed(kept: Kept, request: Request, windows: Windows) -> Iterator[Network]:
    """One network per window of statements, windows in order."""
    axes = frame(kept, request)
    parts = running(axes, request, windows) if keeps(axes, request) else _each_alone(axes, request, windows)
    rows, cols = labels(axes, request.mode)
    times = (windows.start, windows.middle, windows.stop, windows.last - windows.first)
    for (shown_rows, shown_cols, cells), *when in zip(parts, *(values.tolist() for values in times), strict=True):
        yield Network(rows[shown_rows], cols[shown_cols], cells, *when)


def _each_alone(axes: Frame, request: Request, windows: Windows) -> Iterator[tuple[Ints, Ints, Floats]]:
    for first, last in zip(windows.first, windows.last, strict=True):
        part = axes.select(slice(first, last))
        rows, cols = np.arange(len(axes.rows)), np.arange(len(axes.cols))
        if not request.isolates:
            rows, cols = np.unique(part.row), np.unique(part.col)
            part = compact(part)
        yield rows, rows if request.mode == "onemode" else cols, matrix(part, request)


def compact(axes: Frame) -> Frame:
    """The axes without rows and columns that have no statement."""
    rows, row = np.unique(axes.row, return_inverse=True)
    cols, col = np.unique(axes.col, return_inverse=True)
    return Frame(axes.rows[rows], axes.cols[cols], axes.levels, row, col, axes.level, axes.kind)


def smooth_series(statements: CodedStatements, request: Request, smoothing: Smoothing) -> Iterator[Network]:
    """One kernel-weighted network per mid-point; labels stay the same. Raises InputError as `network` does."""
    kept = some_statements(statements, request)
    times = kept.kept.time
    windows = kernel_windows(times, kept.start, kept.stop, smoothing)
    axes = frame(kept, request)
    cells = smoothed(axes, times, windows, smoothing, request.mode, request.aggregation, request.normalization)
    for number, values in enumerate(cells):
        inside = int(windows.last[number] - windows.first[number])
        where = (int(windows.start[number]), int(windows.middle[number]), int(windows.stop[number]))
        yield Network(*labels(axes, request.mode), values, *where, inside)
