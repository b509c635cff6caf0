"""A logistic model by L-BFGS: what is told in marks, and which of it is right, in; weights of the marks out.

Convex, without dice: the same examples give the same weights up to the last digits of sums.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit

Doubles = NDArray[np.float64]
STEPS = 200  # evaluations at most; the loss has long stood still by then


def matrix_of(told: Sequence[Sequence[str]], known: dict[str, int]) -> csr_matrix:
    """One row for each that is told, with a 1 for each known mark."""
    numbers = [[known[mark] for mark in marks if mark in known] for marks in told]
    starts = np.cumsum([0, *map(len, numbers)])
    flat = np.array([number for one in numbers for number in one], dtype=np.int32)
    return csr_matrix((np.ones(len(flat), dtype=np.float32), flat, starts), shape=(len(numbers), len(known)))


def fit_binary(matrix: csr_matrix, right: Doubles, penalty: Doubles) -> tuple[Doubles, float]:
    """Weights and intercept of a logistic regression; penalty: of each weight's square."""
    transposed = matrix.T.tocsr()

    def loss(values: Doubles) -> tuple[float, Doubles]:
        scores = matrix @ values[:-1] + values[-1]
        missed = expit(scores) - right
        total = float((np.logaddexp(0, scores) - right * scores).sum())
        slope = np.append(transposed @ missed + penalty * values[:-1], missed.sum())
        return total + 0.5 * float((penalty * values[:-1] ** 2).sum()), slope

    start = np.zeros(matrix.shape[1] + 1)
    start[-1] = np.log(max(right.mean(), 1e-6))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    return found.x[:-1], float(found.x[-1])
