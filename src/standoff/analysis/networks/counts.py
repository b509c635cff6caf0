"""Counts: kept statements in; how often each row value meets each column value at each level, sparse, out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from standoff.analysis.networks.coded import TEXT_KINDS, CodedStatements, Column, Floats, Ints
from standoff.analysis.networks.request import Kept, Request, qualifier_column


@dataclass(frozen=True)
class Frame:
    """The axes that statements are counted on. For a statement s: row `row[s]`, column `col[s]`, level `level[s]`.

    rows, cols: labels; levels: values of the qualifier (one level, 1, if it is ignored).
    kind: kind of the qualifier's column (`boolean`, `integer`, texts), or `none` if it is ignored.
    """

    rows: npt.NDArray[Any]
    cols: npt.NDArray[Any]
    levels: npt.NDArray[Any]
    row: Ints
    col: Ints
    level: Ints
    kind: str

    @property
    def numeric(self) -> bool:
        """Whether the levels are numbers with distances."""
        return self.kind not in TEXT_KINDS

    @property
    def shape(self) -> tuple[int, int, int]:
        """Number of rows, columns and levels."""
        return len(self.rows), len(self.cols), len(self.levels)

    def similarity(self) -> Floats:
        """Similarity of levels: 1 - |difference| / range for numbers; for texts 1 if equal, else 0."""
        if not self.numeric:
            return np.eye(len(self.levels))
        values = self.levels.astype(np.float64)
        distance = np.abs(values[:, None] - values[None, :])
        scale = float(values.max() - values.min()) if len(values) else 0.0
        return np.asarray(1.0 - distance / scale if scale else np.ones_like(distance))

    def select(self, chosen: slice | Ints) -> Frame:
        """The same axes with some of the statements."""
        return Frame(
            self.rows, self.cols, self.levels, self.row[chosen], self.col[chosen], self.level[chosen], self.kind
        )


def frame(kept: Kept, request: Request) -> Frame:
    """Axes of the whole network. Labels come from the kept statements, or with isolates from the original ones; levels
    of an integer or text qualifier from the original ones, of a document's property from the kept ones."""
    source = kept.original if request.isolates else kept.kept
    rows, row = _labels(source, kept.kept, request.variable1)
    cols, col = _labels(source, kept.kept, request.variable2)
    qualifier = qualifier_column(kept.kept, request)
    if qualifier is None:
        level = np.zeros(len(kept.kept), dtype=np.int64)
        return Frame(rows, cols, np.ones(1, dtype=np.int64), row, col, level, "none")
    codes = _level_codes(qualifier, kept, request)
    level = np.searchsorted(codes, qualifier.codes)
    return Frame(rows, cols, qualifier.levels[codes], row, col, level, qualifier.kind)


def _labels(source: CodedStatements, kept: CodedStatements, name: str) -> tuple[npt.NDArray[Any], Ints]:
    column = source.column(name)
    codes = column.used()
    return column.levels[codes], np.searchsorted(codes, kept.column(name).codes)


def _level_codes(qualifier: Column, kept: Kept, request: Request) -> Ints:
    if qualifier.kind == "boolean":
        return np.array([0, 1], dtype=np.int64)
    if not request.uses_qualifier:  # the qualifier only divides: statements without one count too
        return np.flatnonzero(np.bincount(qualifier.codes, minlength=len(qualifier.levels)))
    if qualifier.kind == "document" or request.qualifier is None:
        return qualifier.used()
    return kept.original.column(request.qualifier).used()


def incidence(frame: Frame, weights: Floats | None = None) -> sparse.csr_array:
    """Rows by (level, column): counts of statements, or sums of their weights. Column index: level * #cols + col."""
    n, m, k = frame.shape
    data = np.ones(len(frame.row)) if weights is None else weights
    matrix = sparse.coo_array((data, (frame.row, frame.level * m + frame.col)), shape=(n, m * k)).tocsr()
    matrix.sum_duplicates()
    return matrix


DENSE_SHARE = 0.05
"""Share of filled cells above which multiplying dense matrices is quicker than sparse ones."""


def crossed(left: sparse.csr_array, right: sparse.csr_array) -> Floats:
    """left times right transposed, whichever way is quicker."""
    if left.nnz + right.nnz > DENSE_SHARE * (np.prod(left.shape) + np.prod(right.shape)):
        return np.asarray(left.toarray() @ right.toarray().T)
    return np.asarray((left @ right.T).toarray())


def spread(matrix: sparse.csr_array, weights: Floats, columns: int) -> sparse.csr_array:
    """Multiply the levels of an incidence matrix by a matrix of weights: entry (j, l) gets the sum over k of
    a_ijk * weights[k, l]."""
    blocks = sparse.kron(sparse.csr_array(weights), sparse.eye_array(columns, format="csr"), format="csr")
    return matrix @ blocks
