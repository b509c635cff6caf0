"""Stability where a party's view of a state is no single order: relations between states in, bits over codes out.

Which states tempt, which deter, depends on where the party stands, and no sweep over payoffs tells. So 64 states are
taken at a time (a `Batch`): in an array over codes, bit k says something of the code as seen from the k-th of them.
Such an array takes eight bytes a code; a table of states × states is never made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from standoff.graphmodel.formula import Codes, Truth
from standoff.graphmodel.simultaneous import permitted
from standoff.graphmodel.space import Mover, Space, subsets
from standoff.graphmodel.sweep import Bits, any_elsewhere, pooled

# Time grows with the square of the states: at this many a minute or so, at four times as many a quarter of an hour.
MOST_STATES = 1 << 14
_WIDTH = 64
# For codes s and t (arrays that fit together): is t so related to s.
Relation = Callable[[Codes, Codes], Truth]
# One move back: from the bits of codes to those of the codes from which a move leads there.
Step = Callable[[Bits], Bits]


@dataclass(frozen=True)
class Batch:
    """Up to 64 states, by their codes; `start` is the place of the first among all states."""

    space: Space
    start: int
    codes: Codes

    def bits(self, relation: Relation) -> Bits:
        """Over codes t: bit k is whether t is so related to the k-th state. 0 where t is not feasible."""
        every = np.arange(len(self.space.feasible), dtype=np.int64)
        table = np.zeros((_WIDTH, len(every)), dtype=np.bool_)
        table[: len(self.codes)] = relation(self.codes[:, None], every[None, :]) & self.space.feasible
        packed = np.packbits(table, axis=0, bitorder="little")
        return np.ascontiguousarray(packed.T).view(np.dtype("<u8")).ravel().astype(np.uint64)

    def own(self, bits: Bits) -> Truth:
        """For each state of the batch its own bit at its own code."""
        places = np.arange(len(self.codes), dtype=np.uint64)
        return np.asarray((bits[self.codes] >> places) & np.uint64(1), dtype=np.bool_)


def batches(space: Space) -> Iterator[Batch]:
    """All states, 64 at a time."""
    for start in range(0, len(space.codes), _WIDTH):
        yield Batch(space, start, space.codes[start : start + _WIDTH])


def by_moves(mover: Mover) -> Step:
    """One move of the party back."""
    return lambda bits: any_elsewhere(bits, mover)


def by_replies(mover: Mover, relation: Relation) -> Step:
    """One move of the party back, of those only that lead to what is so related to where it starts."""
    every = np.arange(len(mover.payoff), dtype=np.int64)
    steps: list[tuple[int, Codes]] = []
    same = _class_of(mover)
    for change in subsets(mover.mask):
        targets = every ^ change
        able = mover.movable & mover.movable[targets] & permitted(mover, every, targets, change)
        able &= (same == -1) | (same != same[targets])
        sources = np.flatnonzero(able)
        sources = sources[relation(sources, sources ^ change)]
        if len(sources):
            steps.append((change, sources))

    def back(bits: Bits) -> Bits:
        found = np.zeros_like(bits)
        for change, sources in steps:
            found[sources] |= bits[sources ^ change]
        return pooled(found, mover, np.bitwise_or)

    return back


def sequences(bits: Bits, steps: Sequence[Step]) -> Bits:
    """From where a legal sequence of these parties' steps (at least one; nobody twice in succession) leads to what has
    the bit."""
    first = [np.zeros_like(bits) for _ in steps]
    while True:
        before = [_joined(bits, [*first[:k], *first[k + 1 :]]) for k in range(len(first))]
        grown = [step(ends) for step, ends in zip(steps, before, strict=True)]
        if all(np.array_equal(new, old) for new, old in zip(grown, first, strict=True)):
            return _joined(np.zeros_like(bits), first)
        first = grown


def _joined(bits: Bits, more: Sequence[Bits]) -> Bits:
    result = bits.copy()
    for one in more:
        result |= one
    return result


def _class_of(mover: Mover) -> Codes:
    """Over codes: which collapsed state it belongs to, -1 for none."""
    found = np.full(len(mover.payoff), -1, dtype=np.int64)
    for number, members in enumerate(mover.classes):
        found[members] = number
    return found
