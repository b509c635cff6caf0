"""Windows that move on over statements in order of time: from one to the next only what enters and leaves is counted.

A window differs from the last by few statements. The state is kept dense (actors by actors, and concepts at a level by
actors) in whole numbers: after any number of steps the cells are exactly those of the window alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt
from scipy import sparse

from standoff.analysis.networks.coded import Floats, Ints
from standoff.analysis.networks.counts import Frame, incidence
from standoff.analysis.networks.onemode import activity_divisor, jaccard_divisor, level_weights, ratio
from standoff.analysis.networks.request import Request
from standoff.analysis.networks.twomode import signs
from standoff.analysis.networks.windows import Windows

MOST_CELLS = 2**24
"""Cells of the state up to which it is kept (128 MB); beyond, each window is counted by itself, sparsely."""


MOST_GATHERED = 2**22
"""Cells gathered at once while a window moves: larger moves are made in pieces."""

Part = tuple[Ints, Ints, Floats]
"""Places of the rows and columns that a window shows, and its matrix."""


def keeps(frame: Frame, request: Request) -> bool:
    """Whether windows of such a network can be counted by what enters and leaves."""
    n, m, k = frame.shape
    if request.mode == "twomode":
        return n * m * k <= MOST_CELLS
    added = request.aggregation.startswith("dna-") and not frame.numeric  # counts added, not multiplied
    return not added and n * m * k + n * n <= MOST_CELLS


def running(frame: Frame, request: Request, windows: Windows) -> Iterator[Part]:
    """The matrix of each window, windows in order; with isolates of all rows and columns."""
    return (_one_mode if request.mode == "onemode" else _two_mode)(frame, request, windows)


def _changes(windows: Windows) -> Iterator[tuple[Ints, Floats]]:
    """Which statements enter (1) and leave (-1) from window to window."""
    first = last = 0
    for new_first, new_last in zip(windows.first.tolist(), windows.last.tolist(), strict=True):
        new_last = max(new_first, new_last)
        entering, leaving = np.arange(max(last, new_first), new_last), np.arange(first, min(new_first, last))
        yield np.concatenate([entering, leaving]), np.repeat([1.0, -1.0], [len(entering), len(leaving)])
        first, last = new_first, new_last


def _shown(statements: Floats, request: Request) -> npt.NDArray[np.bool_]:
    """Which rows or columns a window shows: those with statements, or with isolates all."""
    return np.ones(len(statements), dtype=bool) if request.isolates else statements > 0


def _one_mode(frame: Frame, request: Request, windows: Windows) -> Iterator[Part]:
    state = OneModeState(frame, request.aggregation)
    for number, (chosen, sign) in enumerate(_changes(windows)):
        state.change(chosen, sign)
        shown = _shown(state.activity, request)
        rows, cells = np.flatnonzero(shown), state.cells(shown)
        if request.normalization in ("jaccard", "dna-jaccard"):
            inside = slice(windows.first[number], windows.last[number])
            cells = ratio(cells, jaccard_divisor(incidence(frame.select(inside))[rows]))
        elif request.normalization != "no":
            cells = ratio(cells, activity_divisor(state.activity[rows], request.normalization))
        yield rows, rows, cells


class OneModeState:
    """The cells of a one-mode network before normalisation, and the activity (statements) of each row.

    With counts A (rows by columns at a level), weights S between levels and B = A S, a change D of A changes
    A S A' by D B'(new) + B(old) D'. Weights are taken times the range of the levels, so that they are whole numbers.
    """

    def __init__(self, frame: Frame, aggregation: str) -> None:
        n, m, k = frame.shape
        self._frame = frame
        self._scale = float(np.ptp(frame.levels.astype(np.float64))) or 1.0 if frame.numeric and k else 1.0
        self._weights = np.rint(level_weights(frame, aggregation) * self._scale)
        self._weighted = np.zeros((k * m, n))
        self._cells = np.zeros((n, n))
        self.activity = np.zeros(n)

    def change(self, chosen: Ints, sign: Floats) -> None:
        """Add (sign 1) or take away (-1) statements."""
        step = max(1, MOST_GATHERED // max(1, len(self.activity)))
        for first in range(0, len(chosen), step):
            self._change(chosen[first : first + step], sign[first : first + step])

    def _change(self, chosen: Ints, sign: Floats) -> None:
        frame, columns = self._frame, len(self._frame.cols)
        order = np.argsort(frame.row[chosen], kind="stable")
        chosen, sign = chosen[order], sign[order]
        row, col, level = frame.row[chosen], frame.col[chosen], frame.level[chosen]
        rows, starts = np.unique(row, return_index=True)
        place = level * columns + col
        # rows of D: what each changed row gathers of the (column, level) pairs that it speaks of
        gathered = (sign, np.arange(len(row)), np.append(starts, len(row)))
        change = sparse.csr_array(gathered, shape=(len(rows), len(row)))
        before = change @ self._weighted[place]
        for other, weights in enumerate(self._weights.T):
            np.add.at(self._weighted, (other * columns + col, row), sign * weights[level])
        self._cells[rows] += change @ self._weighted[place]
        self._cells[:, rows] += before.T
        np.add.at(self.activity, row, sign)

    def cells(self, shown: npt.NDArray[np.bool_]) -> Floats:
        """The cells among these rows, with an empty diagonal."""
        part: Floats = self._cells.copy() if shown.all() else self._cells[shown][:, shown]
        if self._scale != 1.0:
            part /= self._scale
        np.fill_diagonal(part, 0.0)
        return part


def _two_mode(frame: Frame, request: Request, windows: Windows) -> Iterator[Part]:
    n, m, k = frame.shape
    state = _combined(frame) if request.aggregation == "combine" else _summed(frame, request.aggregation)
    totals = np.zeros(n), np.zeros(m)
    for chosen, sign in _changes(windows):
        cells = state(chosen, sign)
        for total, codes in zip(totals, (frame.row, frame.col), strict=True):
            np.add.at(total, codes[chosen], sign)
        shown = [_shown(total, request) for total in totals]
        part: Floats = cells[shown[0]][:, shown[1]]
        if request.normalization != "no":
            part = _normalised(part, request, *(total[one] for total, one in zip(totals, shown, strict=True)))
        yield np.flatnonzero(shown[0]), np.flatnonzero(shown[1]), part


def _normalised(cells: Floats, request: Request, row_total: Floats, col_total: Floats) -> Floats:
    """As `twomode.normalized`, with the statements of each row and column; of a bit code non-zero cells are counted."""
    by_row = request.normalization == "activity"
    if request.aggregation == "combine":
        present = cells != 0
        row_total, col_total = present.sum(axis=1), present.sum(axis=0)
    divisor = row_total[:, None] if by_row else col_total[None, :]
    return ratio(cells, np.broadcast_to(divisor, cells.shape))


State = Callable[[Ints, Floats], Floats]
"""Takes a change (statements, 1 or -1 for each) and gives the cells after it."""


def _summed(frame: Frame, aggregation: str) -> State:
    cells, weights = np.zeros(frame.shape[:2]), signs(frame, aggregation)

    def change(chosen: Ints, sign: Floats) -> Floats:
        np.add.at(cells, (frame.row[chosen], frame.col[chosen]), sign * weights[frame.level[chosen]])
        return cells

    return change


def _combined(frame: Frame) -> State:
    n, m, k = frame.shape
    cells, counts, bits = np.zeros((n, m)), np.zeros((n, m, k)), 2.0 ** np.arange(k - 1, -1, -1)

    def change(chosen: Ints, sign: Floats) -> Floats:
        row, col = frame.row[chosen], frame.col[chosen]
        np.add.at(counts, (row, col, frame.level[chosen]), sign)
        cells[row, col] = (counts[row, col] > 0) @ bits
        return cells

    return change
