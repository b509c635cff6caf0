"""Kernel-smoothed networks: kept statements in, one weighted network per mid-point out.

Statements near a mid-point count more than those at the edge of its window (Leifeld 2025, rDNA). The names with `dna-`
are the forms that DNA's Java code computes, which are not symmetric: an earlier statement weighs less than a later one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from standoff.analysis.networks.clock import shift, shifted, steps, whole_units
from standoff.analysis.networks.coded import Floats, Ints
from standoff.analysis.networks.counts import Frame, crossed, incidence, spread
from standoff.analysis.networks.onemode import divided, level_weights
from standoff.analysis.networks.twomode import normalized, signs
from standoff.analysis.networks.windows import Windows
from standoff.errors import InputError

FORMS: dict[str, Callable[[Floats], Floats]] = {
    "uniform": lambda d: np.full_like(d, 0.5),
    "gaussian": lambda d: np.exp(-d * d / 2) / np.sqrt(2 * np.pi),
    "triangular": lambda d: 1 - np.abs(d),
    "epanechnikov": lambda d: 0.75 * (1 - d * d),
    "dna-triangular": lambda d: np.abs(1 - d),
    "dna-epanechnikov": lambda d: 0.75 * (1 - d) ** 2,
}
"""Weight by distance d from the mid-point: 1 is half a window; for the `dna-` forms d > 0 before the mid-point."""

DNA_UNITS = ("minutes", "hours", "days", "weeks", "months", "years")


def form(kernel: str) -> Callable[[Floats], Floats]:
    """The weight function of a kernel. Raises InputError for an unknown one."""
    if kernel not in FORMS:
        raise InputError(f"kernel {kernel!r} unknown; there are: {', '.join(FORMS)}")
    return FORMS[kernel]


@dataclass(frozen=True)
class Smoothing:
    """A kernel, its window in units, and whether mid-points keep half a window away from the ends of the range."""

    kernel: str
    unit: str
    size: int
    indent: bool = True


def kernel_windows(times: Ints, start: int, stop: int, smoothing: Smoothing) -> Windows:
    """Windows around mid-points one unit apart, within the kept statements' time. A Gaussian reaches over all of it.
    An odd size is made even (+ 1)."""
    half = (max(smoothing.size, 1) + 1) // 2
    none = np.zeros(0, dtype=np.int64)
    if not len(times):
        return Windows(none, none, none, none, none)
    begin, end = max(start, int(times[0])), min(stop, int(times[-1]))
    unit = smoothing.unit
    first, last = (shift(begin, unit, half), shift(end, unit, -half)) if smoothing.indent else (begin, end)
    middle = steps(first, last, unit)
    if smoothing.kernel == "gaussian":
        starts, stops = np.full_like(middle, begin), np.full_like(middle, end)
    else:
        starts = np.maximum(shifted(middle, unit, -half), begin)
        stops = np.minimum(shifted(middle, unit, half), end)
    inside = np.searchsorted(times, starts, side="left"), np.searchsorted(times, stops, side="right")
    return Windows(starts, middle, stops, inside[0].astype(np.int64), inside[1].astype(np.int64))


def smoothed(
    frame: Frame, times: Ints, windows: Windows, smoothing: Smoothing, mode: str, aggregation: str, normalization: str
) -> Iterator[Floats]:
    """One matrix per window: counts of statements replaced by sums of weights.

    The distance of a statement is its exact time from the mid-point over half the window. A pair of statements on the
    same column weighs sqrt(w1 w2). Normalisation divides by the weights' sums, as for unweighted networks. The
    diagonal of a one-mode network is empty.
    """
    weigh = form(smoothing.kernel)
    half = (max(smoothing.size, 1) + 1) // 2
    for first, last, middle in zip(windows.first, windows.last, windows.middle, strict=True):
        part = frame.select(slice(first, last))
        away = (times[first:last] - middle).astype(np.float64)
        reach = np.where(away < 0, middle - shift(middle, smoothing.unit, -half), 0) + np.where(
            away >= 0, shift(middle, smoothing.unit, half) - middle, 0
        )
        weights = weigh(away / reach)
        if mode == "twomode":
            yield weighted_two_mode(part, weights, aggregation, normalization)
            continue
        roots = incidence(part, np.sqrt(weights))
        spreaded = spread(roots, level_weights(part, aggregation), len(part.cols))
        cells = crossed(spreaded, roots)
        np.fill_diagonal(cells, 0.0)
        yield divided(cells, incidence(part, weights), normalization)


def weighted_two_mode(frame: Frame, weights: Floats, aggregation: str, normalization: str) -> Floats:
    """Sums of weights per cell, signed as in `twomode.signs`."""
    n, m, k = frame.shape
    sums = incidence(frame, weights).toarray().reshape(n, k, m)
    cells = np.einsum("k,nkm->nm", signs(frame, aggregation), sums)
    return normalized(np.asarray(cells), sums.sum(axis=1), normalization)


def dna_smoothed(
    frame: Frame, times: Ints, windows: Windows, smoothing: Smoothing, mode: str, aggregation: str, average: bool
) -> Iterator[Floats]:
    """One matrix per window, as DNA computes it.

    Distances are whole units, cut towards zero, positive before the mid-point. One-mode networks keep their diagonal;
    levels are as far apart as their places in the list of levels; `average` multiplies each cell by the sum, over
    (column, level) pairs, of 2 / (n_i + n_i') with counts of the whole range. Two-mode networks are not normalised;
    subtract weighs an integer level by its place in the list of levels sorted as text.
    """
    weigh = form(smoothing.kernel)
    size = smoothing.size + smoothing.size % 2
    factors = _dna_average(frame) if average and mode == "onemode" else None
    for first, last, middle in zip(windows.first, windows.last, windows.middle, strict=True):
        part = frame.select(slice(first, last))
        units = whole_units(times[first:last], int(middle), smoothing.unit)
        weights = weigh(2.0 * units / size)
        if mode == "twomode":
            n, m, k = part.shape
            sums = incidence(part, weights).toarray().reshape(n, k, m)
            yield np.asarray(np.einsum("k,nkm->nm", _dna_signs(frame, aggregation), sums))
            continue
        roots = incidence(part, np.sqrt(weights))
        cells = (spread(roots, _dna_level_weights(part, aggregation), len(part.cols)) @ roots.T).toarray()
        yield np.asarray(cells if factors is None else cells * factors)


def _dna_average(frame: Frame) -> Floats:
    counts = incidence(frame).toarray()
    factors = np.zeros((len(counts), len(counts)))
    for row, mine in enumerate(counts):
        both = mine[None, :] + counts
        factors[row] = np.divide(2.0, both, out=np.zeros_like(both), where=both > 0).sum(axis=1)
    return factors


def _dna_signs(frame: Frame, aggregation: str) -> Floats:
    count = len(frame.levels)
    if aggregation == "ignore" or not frame.numeric:
        return np.ones(count)
    if frame.kind == "boolean":
        return np.arange(count, dtype=np.float64) * 2 - 1
    places = np.empty(count)
    places[sorted(range(count), key=lambda k: str(frame.levels[k]))] = np.arange(count)
    return places


def _dna_level_weights(frame: Frame, aggregation: str) -> Floats:
    count = len(frame.levels)
    if not frame.numeric or aggregation == "ignore":
        similarity = np.ones((count, count))
    else:
        order = np.argsort([sorted(map(str, frame.levels)).index(str(level)) for level in frame.levels])
        places = np.empty(count)
        places[order] = np.arange(count)
        with np.errstate(invalid="ignore", divide="ignore"):
            similarity = 1 - np.abs(places[:, None] - places[None, :]) / np.float64(count - 1)
    if aggregation == "conflict":
        return 1 - similarity
    return 2 * similarity - 1 if aggregation == "subtract" else similarity
