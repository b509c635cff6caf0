"""Best and worst over moves, for all states at once: in go values over codes, out come values over codes.

A party's moves change each of its options on its own, so an extreme over all 2**b of them is taken one option
at a time, in b passes. They are also transitive (a move after a move is a move, or leads back), and so are
its improvements. That is why the rule that nobody moves twice in succession takes nothing from what a
coalition can reach, and why the reach of a coalition is a fixed point of its members' single sweeps. Collapsed
states, and irreversible moves from one pattern to another, take this away; then the last mover is kept too. The tests
check all of it against the definitions word for word.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from standoff.graphmodel.formula import Truth
from standoff.graphmodel.space import Mover, Space, subsets

Values = NDArray[np.int32]
# One bit for each of up to 64 questions that are asked of every code at once.
Bits = NDArray[np.uint64]
_Whole = TypeVar("_Whole", NDArray[np.int32], NDArray[np.int8], NDArray[np.int64], NDArray[np.uint64])
# Stands for "no state" where the smallest value is wanted, and where the largest is.
HIGHEST = np.iinfo(np.int32).max
LOWEST = -1
# Cached positions take four bytes each: at most 256 MB for one party.
_CACHED_POSITIONS = 1 << 26


def spread_least(values: Values, mover: Mover) -> Values:
    """The least value over a code and all codes its options lead to, feasible or not."""
    return _spread(values, mover, np.minimum)


def least_over_moves(values: Values, mover: Mover) -> Values:
    """The least value over a state and its unilateral moves R_i."""
    return _over_moves(values, mover, np.minimum, HIGHEST)


def greatest_over_moves(values: Values, mover: Mover) -> Values:
    """The greatest value over a state and its unilateral moves R_i."""
    return _over_moves(values, mover, np.maximum, LOWEST)


def least_elsewhere(values: Values, mover: Mover) -> Values:
    """The least value over the unilateral moves R_i from a state, without the state itself; HIGHEST if there is no
    move."""
    return _elsewhere(values, mover, np.minimum, HIGHEST)


def leads_to(targets: Truth, mover: Mover) -> Truth:
    """From which states a unilateral move of the party leads to one of `targets`."""
    found: Truth = _elsewhere(targets.astype(np.int8), mover, np.maximum, 0) > 0
    return found


def any_elsewhere(bits: Bits, mover: Mover) -> Bits:
    """From each code the bits of all that a unilateral move of the party leads to."""
    return _elsewhere(bits, mover, np.bitwise_or, 0)


def greatest_elsewhere(values: _Whole, mover: Mover) -> _Whole:
    """The greatest value over the unilateral moves R_i from a state, without the state itself; LOWEST if there is no
    move."""
    return _elsewhere(values, mover, np.maximum, LOWEST)


def pooled(values: _Whole, mover: Mover, better: np.ufunc) -> _Whole:
    """The values, with the best of its codes for every code of a collapsed state."""
    for members in mover.classes:
        values[members] = better.reduce(values[members])
    return values


def _over_moves(values: Values, mover: Mover, better: np.ufunc, nothing: int) -> Values:
    sources = np.where(mover.movable, values, np.int32(nothing))
    spread = _permitted(sources, mover, nothing, lambda seen: _spread(seen, mover, better))
    return pooled(np.where(mover.movable, better(values, spread), values), mover, better)


def _elsewhere(values: _Whole, mover: Mover, better: np.ufunc, nothing: int) -> _Whole:
    # Of whatever whole numbers the values are: what only says yes or no comes in single bytes.
    none = values.dtype.type(nothing)
    sources = np.where(mover.movable, values, none)

    def beyond(seen: _Whole) -> _Whole:
        return _permitted(seen, mover, nothing, lambda part: _spread_elsewhere(part, mover, better, nothing))

    found = np.where(mover.movable, beyond(sources), none)
    for members in mover.classes:
        # What leads from one code of the state to another is no move.
        outside = sources.copy()
        outside[members] = nothing
        found[members] = np.where(mover.movable[members], beyond(outside)[members], none)
    return pooled(found, mover, better)


def _permitted(sources: _Whole, mover: Mover, nothing: int, spread: Callable[[_Whole], _Whole]) -> _Whole:
    """`spread` of what the irreversible moves leave: states that are under the same bans see the same targets."""
    if not mover.bans:
        return spread(sources)
    under = banned_where(mover)
    result = np.full_like(sources, nothing)
    for which in np.unique(under):
        rows = under == which
        result[rows] = spread(np.where(barred(mover, int(which)), sources.dtype.type(nothing), sources))[rows]
    return result


def banned_where(mover: Mover) -> NDArray[np.int64]:
    """Over codes, the bans that a move from there is under: bit k for ban k."""
    under = np.zeros(len(mover.payoff), dtype=np.int64)
    for place, (before, _) in enumerate(mover.bans):
        under |= before.astype(np.int64) << place
    return under


def barred(mover: Mover, bans: int) -> Truth:
    """Over codes, where no move leads from a state under these bans."""
    result = np.zeros(len(mover.payoff), dtype=np.bool_)
    for place, (_, after) in enumerate(mover.bans):
        if bans >> place & 1:
            result |= after
    return result


def _spread(values: Values, mover: Mover, better: np.ufunc) -> Values:
    result = values.copy()
    for bit in range(mover.mask.bit_length()):
        flag = 1 << bit
        if not mover.mask & flag:
            continue
        halves = result.reshape(-1, 2, flag)
        off, on = halves[:, 0, :], halves[:, 1, :]
        either = better(off, on)
        if not mover.back & flag:
            halves[:, 0, :] = either
        if not mover.forward & flag:
            halves[:, 1, :] = either
    return result


def _spread_elsewhere(values: _Whole, mover: Mover, better: np.ufunc, nothing: int) -> _Whole:
    """As `_spread`, without the code itself: for each option a change of it with or without changes of those before,
    or no change of it and a change of those before."""
    here, away = values.copy(), np.full_like(values, nothing)
    for bit in range(mover.mask.bit_length()):
        flag = 1 << bit
        if not mover.mask & flag:
            continue
        near, far = here.reshape(-1, 2, flag), away.reshape(-1, 2, flag)
        off, on = near[:, 0, :].copy(), near[:, 1, :].copy()
        if not mover.back & flag:
            far[:, 0, :] = better(far[:, 0, :], on)
            near[:, 0, :] = better(off, on)
        if not mover.forward & flag:
            far[:, 1, :] = better(far[:, 1, :], off)
            near[:, 1, :] = better(off, on)
    return away


class ImprovementSweep:
    """The least value over a state and a party's improvements R+_i, prepared once for many sweeps.

    Codes are laid out as blocks, one per pattern of the one-way options, each a table with a row per choice
    of the others and a column per pattern of the two-way options. Within a row sorted by payoff, the
    improvements on a payoff are all columns after a position. Time per sweep: 2**options times 1.5**(one-way
    options).
    """

    def __init__(self, mover: Mover) -> None:
        one_way = mover.forward | mover.back
        two_way = mover.mask & ~one_way
        others = (len(mover.payoff) - 1) & ~mover.mask
        self._mover = mover
        self._cells = _all(others)[:, None] | _all(two_way)[None, :]
        self._ups = [int(pattern) for pattern in _all(one_way)]
        self._codes: dict[int, NDArray[np.int64]] = {}
        self._order: dict[int, NDArray[np.int64]] = {}
        self._keys: dict[int, NDArray[np.int64]] = {}
        self._row = np.arange(self._cells.shape[0], dtype=np.int64)[:, None]
        self._levels = int(mover.payoff.max()) + 2
        for pattern in self._ups:
            codes = self._cells | pattern
            payoff = np.where(mover.movable[codes], mover.payoff[codes], 0)
            order = np.argsort(payoff, axis=1, kind="stable")
            self._codes[pattern] = codes
            self._order[pattern] = np.take_along_axis(codes, order, axis=1)
            self._keys[pattern] = (np.take_along_axis(payoff, order, axis=1) + self._row * self._levels).ravel()
        pairs = [(pattern, later) for pattern in self._ups for later in self._reachable(pattern, one_way)]
        self._pairs = pairs
        self._positions: dict[tuple[int, int], NDArray[np.int32]] = {}
        self._keep = len(pairs) * self._cells.size <= _CACHED_POSITIONS

    def least(self, values: Values) -> Values:
        """The least of `values` over each code and the improvements from it; codes of a collapsed state each for
        themselves."""
        return np.minimum(values, self.least_elsewhere(values))

    def least_elsewhere(self, values: Values) -> Values:
        """The same without the code itself; HIGHEST where there is no improvement."""
        return _permitted(values, self._mover, HIGHEST, self._beyond)

    def _beyond(self, values: Values) -> Values:
        result = np.full_like(values, HIGHEST)
        rows, columns = self._cells.shape
        tails: dict[int, Values] = {}
        for pattern in self._ups:
            ordered = values[self._order[pattern]]
            tail = np.full((rows, columns + 1), HIGHEST, dtype=np.int32)
            tail[:, :columns] = np.minimum.accumulate(ordered[:, ::-1], axis=1)[:, ::-1]
            tails[pattern] = tail.ravel()
        for source, target in self._pairs:
            codes = self._codes[source]
            found = tails[target][self._position(source, target)]
            result[codes] = np.minimum(result[codes], found)
        return np.where(self._mover.movable, result, np.int32(HIGHEST))

    def _reachable(self, pattern: int, one_way: int) -> list[int]:
        """The one-way patterns that the party can turn `pattern` into, itself included."""
        open_bits = one_way & ~(self._mover.forward & pattern) & ~(self._mover.back & ~pattern)
        return [pattern, *(pattern ^ change for change in subsets(open_bits))]

    def _position(self, source: int, target: int) -> NDArray[np.int32]:
        """For each cell of `source`, where in the tails of `target` its improvements begin."""
        kept = self._positions.get((source, target))
        if kept is not None:
            return kept
        wanted = self._mover.payoff[self._codes[source]] + self._row * self._levels
        found = np.searchsorted(self._keys[target], wanted.ravel(), side="right").reshape(wanted.shape)
        # Each row of tails has one cell more than a row of keys: the one that says "no improvement".
        position = (found + self._row).astype(np.int32)
        if self._keep:
            self._positions[source, target] = position
        return position


class Reach:
    """What the opponents of each party can lead to, with what is worth preparing prepared once."""

    def __init__(self, space: Space) -> None:
        self._space = space
        self._sweeps: dict[int, ImprovementSweep] = {}

    def least_by_moves(self, values: Values, opponents: Sequence[int]) -> Values:
        """The least value over a state and R_H, every state a legal sequence of the opponents' moves leads
        to."""
        movers = [self._space.movers[opponent] for opponent in opponents]
        if not all(mover.transitive for mover in movers):
            return self._by_turns(values, [partial(least_elsewhere, mover=mover) for mover in movers])
        while True:
            before = values
            for mover in movers:
                values = least_over_moves(values, mover)
            if len(movers) < 2 or np.array_equal(before, values):
                return values

    def least_by_improvements(self, values: Values, opponents: Sequence[int]) -> Values:
        """The same over R+_H: each single move an improvement for its mover."""
        if not all(self._space.movers[opponent].transitive for opponent in opponents):
            return self._by_turns(values, [partial(self.least_improvement, opponent) for opponent in opponents])
        while True:
            before = values
            for opponent in opponents:
                values = self.sweep(opponent).least(values)
            if len(opponents) < 2 or np.array_equal(before, values):
                return values

    def least_improvement(self, party: int, values: Values) -> Values:
        """The least value over R+_i of the party with this index; HIGHEST where it has no improvement."""
        return pooled(self.sweep(party).least_elsewhere(values), self._space.movers[party], np.minimum)

    def _by_turns(self, values: Values, single: Sequence[Callable[[Values], Values]]) -> Values:
        """The least value over a state and what legal sequences of these single moves lead to, where the rule that
        nobody moves twice in succession counts: `first[i]` holds what sequences that begin with i lead to."""
        first = [np.full_like(values, HIGHEST) for _ in single]
        while True:
            grown = [
                step(np.minimum.reduce([values, *first[:i], *first[i + 1 :]])) for i, step in enumerate(single)
            ]
            if all(np.array_equal(new, old) for new, old in zip(grown, first, strict=True)):
                return np.asarray(np.minimum.reduce([values, *first]), dtype=np.int32)
            first = grown

    def sweep(self, mover: int) -> ImprovementSweep:
        """The prepared sweep over the improvements of the party with this index."""
        if mover not in self._sweeps:
            self._sweeps[mover] = ImprovementSweep(self._space.movers[mover])
        return self._sweeps[mover]


def _all(mask: int) -> NDArray[np.int64]:
    return np.array([0, *subsets(mask)], dtype=np.int64)
