"""Phase transitions: a series of networks in; distances between them and the states they fall into, out.

After Schaffer, Masuda and others; in discourse networks Leifeld (rDNA, `dna_phaseTransitions`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from standoff.analysis.networks.coded import Floats
from standoff.errors import InputError


def to_one(matrices: Floats) -> Floats:
    """Divide each matrix (windows, n, m) by the sum of its cells, unless it is 0."""
    sums = matrices.sum(axis=(1, 2), keepdims=True)
    return np.asarray(np.divide(matrices, sums, out=matrices.copy(), where=sums != 0))


def absolute_difference(matrices: Floats) -> Floats:
    """Distances (windows, windows): sum of |A - B| over the cells."""
    flat = matrices.reshape(len(matrices), -1)
    return np.array([np.abs(flat - one).sum(axis=1) for one in flat]).reshape(len(flat), len(flat))


def dna_spectral(matrices: Floats) -> Floats:
    """The distance that DNA calls spectral: between sorted row sums, each divided by their total. DNA discards the
    subtraction of the adjacency matrix, so that these are eigenvalues of the degree matrix, not of the Laplacian."""
    return _between(np.array([dna_spectrum(one) for one in matrices]))


def spectral(matrices: Floats) -> Floats:
    """Distance between the eigenvalues of the Laplacians D - A, negative ties set to 0, each list divided by its
    sum (Masuda and Holme 2019, Detecting sequences of system states in temporal networks)."""
    return _between(np.array([laplacian_spectrum(one) for one in matrices]))


def _between(vectors: Floats) -> Floats:
    return np.array([np.abs(vectors - one).sum(axis=1) for one in vectors]).reshape(len(vectors), len(vectors))


def dna_spectrum(matrix: Floats) -> Floats:
    """Row sums of the non-negative part, sorted from high to low, divided by their total if that is not 0.

    Rows are added from left to right and the total without rounding errors, as Java does: nested backbones hang on
    whether two losses are equal to the last bit.
    """
    if not matrix.size:
        return np.zeros(len(matrix))
    sums = np.sort(np.cumsum(np.maximum(matrix, 0.0), axis=1)[:, -1])[::-1]
    total = math.fsum(sums)
    return np.asarray(sums / total if total else sums)


def laplacian_spectrum(matrix: Floats) -> Floats:
    """Eigenvalues of the Laplacian of the non-negative part, from high to low, divided by their sum if not 0."""
    ties = np.maximum(matrix, 0.0)
    np.fill_diagonal(ties, 0.0)
    return _shares(np.linalg.eigvalsh(np.diag(ties.sum(axis=1)) - ties)[::-1])


def _shares(values: Floats) -> Floats:
    total = values.sum()
    return np.asarray(values / total if total else values)


def states(distances: Floats, most: int = 10) -> npt.NDArray[np.int64]:
    """State of each window, from 0 in order of first appearance.

    Windows are clustered by average linkage over their distances; the number of states, 2 to `most`, is that with the
    highest Dunn index (smallest distance between states over largest within; Masuda and Holme 2019). Windows that do
    not differ at all are one state. Raises InputError for less than 2 windows.
    """
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    count = len(distances)
    if count < 2:
        raise InputError("states need at least two windows")
    if not distances.any():
        return np.zeros(count, dtype=np.int64)
    tree = linkage(squareform(distances, checks=False), method="average")
    candidates = [fcluster(tree, number, criterion="maxclust") for number in range(2, min(most, count - 1) + 1)]
    if not candidates:
        return np.arange(count, dtype=np.int64)
    best = max(candidates, key=lambda found: dunn_index(distances, found))
    return first_seen(best)


def dunn_index(distances: Floats, states: npt.NDArray[np.int64]) -> float:
    """Smallest distance between states over the largest distance within one; 0 if there is only one state."""
    same = states[:, None] == states[None, :]
    if same.all():
        return 0.0
    within = float(distances[same].max())
    between = float(distances[~same].min())
    return between / within if within else float("inf")


def first_seen(labels: Sequence[int] | npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Rename labels to 0, 1, … in order of first appearance."""
    names: dict[int, int] = {}
    return np.array([names.setdefault(int(label), len(names)) for label in labels], dtype=np.int64)
