"""Which states lead to which, for coalitions: in go a `Space` and parties, out come pairs of states, and steps back
that carry bits along them.

Where a coalition can be led to is no sweep over its members' options, for what lies between must be feasible and each
move must be somebody's. So moves are kept as pairs of states, and questions of many states at once as bits: in an array
with a row for each state, bit k of a row says something of that state as seen from the k-th state of a batch. A step
back joins, for each state, the rows of all that it leads to. No table of states × states is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from standoff.graphmodel.formula import Truth
from standoff.graphmodel.relations import sequences
from standoff.graphmodel.simultaneous import permitted
from standoff.graphmodel.space import Payoffs, Space, subsets
from standoff.graphmodel.sweep import Bits

# Places of states: number n of a state stands at n - 1.
Places = NDArray[np.int32]
Step = Callable[[Bits], Bits]
# The rows of a batch take at most so many eight-byte words (8 MB): a few of them fit into the cache's reach.
_WORDS = 1 << 20


@dataclass(frozen=True)
class Pairs:
    """From the state at `sources[k]` there is a way to the one at `targets[k]`; no pair twice."""

    sources: Places
    targets: Places


def move_pairs(space: Space, party: int) -> Pairs:
    """All moves of the party, of collapsed states as one."""
    mover = space.movers[party]
    codes = np.flatnonzero(space.feasible).astype(np.int64)
    place = np.zeros(len(space.feasible), dtype=np.int32)
    place[space.codes] = np.arange(len(space.codes), dtype=np.int32)
    for members in space.classes:
        place[members] = place[members[0]]
    found: list[tuple[Places, Places]] = []
    for change in subsets(mover.mask):
        targets = codes ^ change
        able = mover.movable[codes] & mover.movable[targets] & permitted(mover, codes, targets, change)
        found.append((place[codes[able]], place[targets[able]]))
    sources, ends = (np.concatenate([np.empty(0, dtype=np.int32), *side]) for side in zip(*found, strict=True))
    if space.classes:
        both = np.unique(np.stack([sources, ends], axis=1)[sources != ends], axis=0)
        sources, ends = both[:, 0], both[:, 1]
    return Pairs(sources, ends)


def step_back(pairs: Pairs) -> Step:
    """One way back along any of the pairs. They are laid out in rounds, in each of which a source stands once."""
    order = np.argsort(pairs.sources, kind="stable")
    sources = pairs.sources[order]
    begins = np.flatnonzero(np.diff(sources, prepend=-1))
    number = np.arange(len(sources)) - np.repeat(begins, np.diff(np.append(begins, len(sources))))
    by_round = order[np.argsort(number, kind="stable")]
    cuts = np.cumsum(np.bincount(number))[:-1]
    rounds = list(zip(np.split(pairs.sources[by_round], cuts), np.split(pairs.targets[by_round], cuts), strict=True))
    return partial(_back, rounds)


def _back(rounds: Sequence[tuple[Places, Places]], bits: Bits) -> Bits:
    found = np.zeros_like(bits)
    for sources, targets in rounds:
        found[sources] |= bits[targets]
    return found


def improvement_pairs(payoff: Payoffs, members: Sequence[int], steps: Sequence[Step]) -> Pairs:
    """The improvements of a coalition: it can lead from the one state to the other (`steps`: the moves of its members,
    back), and each of its `members` prefers that. `payoff[i, n]`: of party i in state n + 1."""
    found = []
    for batch in spans(payoff.shape[1]):
        start = np.zeros((payoff.shape[1], batch.stop - batch.start), dtype=np.bool_)
        start[np.arange(batch.start, batch.stop), np.arange(batch.stop - batch.start)] = True
        better = np.logical_and.reduce([payoff[i, batch][None, :] > payoff[i][:, None] for i in members])
        led = sequences(packed(start), steps) & packed(better)
        sources, targets = np.nonzero(unpacked(led, batch))
        found.append((sources.astype(np.int32), (targets + batch.start).astype(np.int32)))
    return Pairs(np.concatenate([one for one, _ in found]), np.concatenate([other for _, other in found]))


def spans(states: int) -> Iterator[slice]:
    """The states in batches, so many that the rows of all states fit."""
    width = 64 * max(1, _WORDS // states)
    for start in range(0, states, width):
        yield slice(start, min(start + width, states))


def packed(table: Truth) -> Bits:
    """A bit for each column, 64 to a word; those beyond the last column are 0."""
    wide = np.zeros((table.shape[0], -(-table.shape[1] // 64) * 64), dtype=np.bool_)
    wide[:, : table.shape[1]] = table
    return np.packbits(wide, axis=1, bitorder="little").view(np.dtype("<u8")).astype(np.uint64)


def unpacked(bits: Bits, batch: slice) -> Truth:
    """The columns of the batch as truth values."""
    single = np.unpackbits(bits.astype(np.dtype("<u8")).view(np.uint8), axis=1, bitorder="little")
    return single[:, : batch.stop - batch.start].astype(np.bool_)


def own(bits: Bits, batch: slice) -> Truth:
    """For each state of the batch its own bit in its own row."""
    columns = np.arange(batch.stop - batch.start)
    rows = bits[batch]
    return np.asarray((rows[columns, columns // 64] >> (columns % 64).astype(np.uint64)) & np.uint64(1), dtype=np.bool_)
