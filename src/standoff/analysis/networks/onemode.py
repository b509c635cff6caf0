"""One-mode networks: counts in, symmetric matrix of variable 1 by itself, over shared values of variable 2, out."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from standoff.analysis.networks.coded import Floats
from standoff.analysis.networks.counts import Frame, incidence, spread


def one_mode(frame: Frame, aggregation: str, normalization: str) -> Floats:
    """The matrix, with an empty diagonal (Leifeld 2017, Discourse Network Analysis).

    Over the shared columns j, with counts a_ijk at level k and levels k, l of similarity s_kl: congruence: sum of
    a_ijk a_i'jl s_kl; conflict: of a_ijk a_i'jl (1 - s_kl); subtract: congruence - conflict; ignore: of all products.
    """
    counts = incidence(frame)
    cells = aggregated(counts, frame, aggregation)
    np.fill_diagonal(cells, 0.0)
    return divided(cells, counts, normalization)


def level_weights(frame: Frame, aggregation: str) -> Floats:
    """What a pair of statements of levels k and l on the same column adds to its cell."""
    similarity = frame.similarity()
    if aggregation == "ignore":
        return np.ones_like(similarity)
    if aggregation == "congruence":
        return similarity
    if aggregation in ("conflict", "dna-conflict"):
        return 1.0 - similarity
    return 2.0 * similarity - 1.0


def aggregated(counts: sparse.csr_array, frame: Frame, aggregation: str) -> Floats:
    """Cells before normalisation; the diagonal is that of the formula."""
    if aggregation in ("dna-conflict", "dna-subtract") and not frame.numeric:
        conflict = dna_text_conflict(counts)
        if aggregation == "dna-conflict":
            return conflict
        return np.asarray((counts @ counts.T).toarray() - conflict)
    weighted = spread(counts, level_weights(frame, aggregation), len(frame.cols))
    return np.asarray((weighted @ counts.T).toarray())


def dna_text_conflict(counts: sparse.csr_array) -> Floats:
    """DNA's conflict for texts: counts of the (column, level) pairs that only one of the two uses, added."""
    only = lonely(counts)
    return only + only.T


def lonely(counts: sparse.csr_array) -> Floats:
    """Cell (i, i'): statements of i on (column, level) pairs that i' never uses."""
    used = (counts > 0).astype(np.float64)
    alone: Floats = np.asarray(counts.sum(axis=1))[:, None] - (counts @ used.T).toarray()
    return alone


def divided(cells: Floats, counts: sparse.csr_array, normalization: str) -> Floats:
    """Normalise by activity t (statements of a row): average: divide by (t_i + t_i') / 2; cosine: by sqrt(t_i t_i');
    dna-cosine: by t_i t_i'; jaccard: by statements on pairs (column, level) that one of the two does not use plus the
    products of counts on those that both use. Where the divisor is 0, the cell is 0.

    The levels of jaccard's pairs are those of `counts`; those of an ignored qualifier with `dna-jaccard`."""
    if normalization == "no":
        return cells
    if normalization in ("jaccard", "dna-jaccard"):
        return ratio(cells, jaccard_divisor(counts))
    return ratio(cells, activity_divisor(np.asarray(counts.sum(axis=1), dtype=np.float64), normalization))


def activity_divisor(activity: Floats, normalization: str) -> Floats:
    """The divisor of each cell for average, cosine or dna-cosine."""
    if normalization == "average":
        both: Floats = np.add.outer(activity, activity)
        both /= 2
        return both
    product = activity[:, None] * activity[None, :]
    return np.asarray(np.sqrt(product) if normalization == "cosine" else product)


def jaccard_divisor(counts: sparse.csr_array) -> Floats:
    """The divisor of each cell for jaccard."""
    only = lonely(counts)
    return np.asarray(only + only.T + (counts @ counts.T).toarray())


def ratio(cells: Floats, divisor: Floats) -> Floats:
    """Cells over divisors; 0 where the divisor is 0."""
    if divisor.all():
        return np.asarray(cells / divisor)
    return np.divide(cells, divisor, out=np.zeros_like(cells), where=divisor != 0)
