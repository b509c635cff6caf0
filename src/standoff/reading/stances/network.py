"""The stance network: marks and encoder rows in; how likely each candidate is an issue, of which act, and whose, out.

A candidate's marks and its encoder row meet in one hidden layer; beside it each mark has a weight of its own for each
output. Several such networks, trained from different seeds, stand side by side, and their outputs are averaged.
Parties are ranked by the weights of their marks alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from standoff.reading.statements.model_file import Floats
from standoff.reading.statements.pieces import Ints

SMALL = 1e-5  # keeps the normalisation of a row from dividing by nothing, as in training


@dataclass(frozen=True)
class Network:
    """marks, party_marks: the number of a mark. Weights, with S seeds side by side in the hidden layer of size H:
    hidden_marks [marks, H], hidden_row [row, H], hidden_bias [H], out [H, 1 + acts], out_marks [marks, 1 + acts],
    out_bias [1 + acts]; holder, target [party marks]."""

    marks: dict[str, int]
    party_marks: dict[str, int]
    hidden_marks: Floats
    hidden_row: Floats
    hidden_bias: Floats
    out: Floats
    out_marks: Floats
    out_bias: Floats
    holder: Floats
    target: Floats

    def issues(self, rows: Floats, told: Sequence[Sequence[str]]) -> tuple[Floats, Floats]:
        """Chance of being an issue [candidates]; chances of the acts [candidates, acts], if it is one."""
        flat, starts = _numbers(told, self.marks)
        mean = rows.mean(axis=1, keepdims=True)
        normal = (rows - mean) / np.sqrt(rows.var(axis=1, keepdims=True) + SMALL)
        hidden = np.maximum(normal @ self.hidden_row + self.hidden_bias + _sums(self.hidden_marks, flat, starts), 0)
        scores = hidden @ self.out + _sums(self.out_marks, flat, starts) + self.out_bias
        acts = np.exp(scores[:, 1:] - scores[:, 1:].max(axis=1, keepdims=True))
        chances: Floats = 1 / (1 + np.exp(-scores[:, 0]))
        shares: Floats = acts / acts.sum(axis=1, keepdims=True)
        return chances, shares

    def parties(self, told: Sequence[Sequence[str]], weights: Floats) -> Floats:
        """Chances of the parties of one candidate, which sum to one; `weights` is `holder` or `target`."""
        flat, starts = _numbers(told, self.party_marks)
        scores = _sums(weights[:, None], flat, starts)[:, 0]
        chances = np.exp(scores - scores.max())
        shares: Floats = chances / chances.sum()
        return shares


def _numbers(told: Sequence[Sequence[str]], known: dict[str, int]) -> tuple[Ints, Ints]:
    """The numbers of the known marks of all, one after the other, and where those of each begin."""
    numbers = [[known[mark] for mark in marks if mark in known] for marks in told]
    starts = np.cumsum([0, *map(len, numbers)])
    return np.array([number for one in numbers for number in one], dtype=np.int64), starts


def _sums(weights: Floats, flat: Ints, starts: Ints) -> Floats:
    """The sums of the weights of each one's marks."""
    total = np.zeros((len(flat) + 1, weights.shape[1]), dtype=np.float64)
    np.cumsum(weights[flat], axis=0, out=total[1:])
    sums: Floats = (total[starts[1:]] - total[starts[:-1]]).astype(np.float32)
    return sums
