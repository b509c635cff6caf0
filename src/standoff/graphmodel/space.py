"""The states of a conflict and what each party makes of them: in goes a `Conflict`, out comes a `Space` of
arrays.

Every array over codes has 2**options entries, so the state reached by changing options `d` from code `s` is
`s ^ d`, and moves need no table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standoff.errors import InputError
from standoff.graphmodel.conflict import Conflict, Direction, Preference, Prioritised, Ranked, Weighted
from standoff.graphmodel.formula import Codes, Truth, holds, pattern_of

Payoffs = NDArray[np.int32]
# Statements are packed into one integer, this many at a time, before equal states are numbered anew.
_PACKED_STATEMENTS = 30


@dataclass(frozen=True)
class Mover:
    """One decision maker as the engine sees it.

    `payoff` (over codes): higher is better, from 1; only the order means anything; 0 where infeasible.
    `movable` (over codes): feasible and not misperceived; its moves start and end there.
    `mask`, `forward`, `back`: bits of its options, of those it may only take, of those it may only give up.
    """

    name: str
    mask: int
    forward: int
    back: int
    payoff: Payoffs
    movable: Truth


@dataclass(frozen=True)
class Space:
    """`codes`: the feasible codes, ascending; state number n (from 1) is `codes[n - 1]`."""

    conflict: Conflict
    codes: Codes
    feasible: Truth
    movers: tuple[Mover, ...]

    def state(self, code: int) -> int:
        """The number (from 1) of a feasible code. Raises InputError if it is not feasible."""
        if not 0 <= code < len(self.feasible) or not self.feasible[code]:
            raise InputError(f"{self.conflict.name}: {pattern_of(code, len(self.conflict.options))} is not feasible")
        return int(np.searchsorted(self.codes, code)) + 1

    def states(self, codes: Codes) -> list[int]:
        """The numbers of feasible codes."""
        return [int(number) for number in np.searchsorted(self.codes, codes) + 1]


def feasible_mask(conflict: Conflict) -> Truth:
    """Over all codes: where no infeasible condition is met. Raises InputError if that is nowhere."""
    every = np.arange(1 << len(conflict.options), dtype=np.int64)
    feasible = np.ones(every.shape, dtype=np.bool_)
    for condition in conflict.infeasible:
        feasible &= ~holds(condition, every)
    if not feasible.any():
        raise InputError(
            f"{conflict.name}: no state is feasible; the {len(conflict.infeasible)} infeasible conditions "
            f"remove all {len(every):,}"
        )
    return feasible


def build(conflict: Conflict) -> Space:
    """Enumerates the feasible states and orders them for every party. Raises InputError for no feasible state
    and for a ranking that misses a state, repeats one or holds an infeasible one."""
    feasible = feasible_mask(conflict)
    codes = np.flatnonzero(feasible).astype(np.int64)
    movers = []
    for party in conflict.decision_makers:
        payoff = np.zeros(len(feasible), dtype=np.int32)
        payoff[codes] = _payoffs(party.preference, codes, f"{conflict.name}: `{party.name}`", len(conflict.options))
        movable = feasible.copy()
        every = np.arange(len(feasible), dtype=np.int64)
        for condition in party.misperceived:
            movable &= ~holds(condition, every)
        one_way = {
            direction: sum(1 << o for o in party.options if conflict.options[o].direction is direction)
            for direction in Direction
        }
        movers.append(
            Mover(
                name=party.name,
                mask=sum(1 << option for option in party.options),
                forward=one_way[Direction.FORWARD],
                back=one_way[Direction.BACK],
                payoff=payoff,
                movable=movable,
            )
        )
    return Space(conflict, codes, feasible, tuple(movers))


def subsets(mask: int) -> Iterator[int]:
    """The non-empty subsets of a bit mask, ascending."""
    subset = -mask & mask
    while subset:
        yield subset
        subset = (subset - mask) & mask


def moves(mover: Mover, code: int) -> Codes:
    """R_i(s): the codes that the party can reach in one move, ascending; one move may change several
    options."""
    if not mover.movable[code]:
        return np.empty(0, dtype=np.int64)
    free = mover.mask & ~(mover.forward & code) & ~(mover.back & ~code)
    reached = np.fromiter((code ^ change for change in subsets(free)), dtype=np.int64)
    return np.sort(reached[mover.movable[reached]])


def improvements(mover: Mover, code: int) -> Codes:
    """R+_i(s): those of its moves that it prefers to `code`, ascending."""
    reached = moves(mover, code)
    better: Truth = mover.payoff[reached] > mover.payoff[code]
    return np.compress(better, reached)


def ranking(space: Space, mover: Mover) -> list[list[int]]:
    """Groups of equally preferred state numbers, best first."""
    payoff = mover.payoff[space.codes]
    order = np.argsort(-payoff, kind="stable")
    cuts = np.flatnonzero(np.diff(payoff[order])) + 1
    return [[int(state) + 1 for state in group] for group in np.split(order, cuts)]


def _payoffs(preference: Preference, codes: Codes, owner: str, option_count: int) -> Payoffs:
    match preference:
        case Prioritised(statements):
            worth = np.zeros(len(codes), dtype=np.int64)
            for place, statement in enumerate(statements, start=1):
                worth = 2 * worth + holds(statement, codes)
                if place % _PACKED_STATEMENTS == 0:
                    worth = _levels(worth).astype(np.int64)
            return _levels(worth)
        case Weighted(weights):
            total = np.zeros(len(codes), dtype=np.float64)
            for formula, weight in weights:
                total += weight * holds(formula, codes)
            # Sums that differ only by the rounding of floats are the same worth.
            return _levels(np.round(total, 9))
        case Ranked(groups):
            return _ranked(groups, codes, owner, option_count)


def _levels(worth: NDArray[np.generic]) -> Payoffs:
    return np.asarray(np.unique(worth, return_inverse=True)[1] + 1, dtype=np.int32)


def _ranked(groups: tuple[tuple[int, ...], ...], codes: Codes, owner: str, option_count: int) -> Payoffs:
    payoff = np.zeros(len(codes), dtype=np.int32)
    place_of = {int(code): place for place, code in enumerate(codes)}
    for level, group in enumerate(groups):
        for code in group:
            place = place_of.get(code)
            pattern = pattern_of(code, option_count)
            if place is None:
                raise InputError(f"{owner} ranks {pattern}, which is not feasible")
            if payoff[place]:
                raise InputError(f"{owner} ranks {pattern} (state {place + 1}) twice: a contradiction")
            payoff[place] = len(groups) - level
    if (payoff == 0).any():
        missing = np.flatnonzero(payoff == 0)
        first = pattern_of(int(codes[missing[0]]), option_count)
        raise InputError(
            f"{owner} leaves {len(missing)} of {len(codes)} feasible states unranked, the first is {first} "
            f"(state {missing[0] + 1})"
        )
    return payoff
