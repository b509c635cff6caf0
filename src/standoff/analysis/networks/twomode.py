"""Two-mode networks: counts in, matrix of variable 1 by variable 2 out."""

from __future__ import annotations

import numpy as np

from standoff.analysis.networks.coded import Floats
from standoff.analysis.networks.counts import Frame, incidence
from standoff.errors import InputError


def two_mode(frame: Frame, aggregation: str, normalization: str) -> Floats:
    """The matrix (Leifeld 2017, Discourse Network Analysis).

    ignore: number of statements. subtract: boolean: agreeing minus disagreeing; integer: sum of the values.
    combine: which levels occur, as a bit code, the first level being the highest bit (boolean: 1 only agreement,
    2 only disagreement, 3 both). activity and prominence divide by the number of statements of the row or column
    (combine: of non-zero cells); a row without statements stays 0. Raises InputError for subtract with texts.
    """
    n, m, k = frame.shape
    counts = incidence(frame).toarray().reshape(n, k, m)
    if aggregation == "combine":
        bits = 2.0 ** np.arange(k - 1, -1, -1)
        cells = np.einsum("k,nkm->nm", bits, (counts > 0).astype(np.float64))
        return normalized(cells, (cells != 0).astype(np.float64), normalization)
    total = counts.sum(axis=1)
    cells = np.einsum("k,nkm->nm", signs(frame, aggregation), counts)
    return normalized(cells, total, normalization)


def signs(frame: Frame, aggregation: str) -> Floats:
    """What a statement of each level adds to its cell."""
    if aggregation == "ignore" or (aggregation == "dna-subtract" and not frame.numeric):
        return np.ones(len(frame.levels))
    if not frame.numeric:
        raise InputError("subtract needs a boolean or integer qualifier; this one is text")
    values = frame.levels.astype(np.float64)
    return 2 * values - 1 if frame.kind == "boolean" else values


def normalized(cells: Floats, weight: Floats, normalization: str) -> Floats:
    """Divide rows (activity) or columns (prominence) by the sums of `weight`; 0 where the sum is 0."""
    if normalization == "no":
        return cells
    divisor = weight.sum(axis=1, keepdims=True) if normalization == "activity" else weight.sum(axis=0, keepdims=True)
    shares: Floats = np.divide(cells, divisor, out=np.zeros_like(cells), where=divisor != 0)
    return shares
