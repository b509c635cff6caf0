"""Simultaneous stability (SIM; Fraser and Hipel 1984): in goes a `Space` and a party, out comes a truth array
over codes.

For each improvement of the party, the others may each stay or take one of their own improvements from the
same state; the improvement is sanctioned if some feasible outcome of all these changes together is not
preferred. Unlike the other concepts this one is not a sweep: what is open to one party depends on the whole
state. So combinations are tried on arrays of states, party after party, and every branch is dropped that no
change by the parties still to come can turn into a sanction. What options are changed together tells the codes of a
collapsed state apart, so such a state is stable if each of its codes is.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from standoff.graphmodel.formula import Codes, Truth
from standoff.graphmodel.space import Mover, Space, subsets
from standoff.graphmodel.sweep import HIGHEST, Reach, greatest_over_moves, spread_least

# States times changes that are tried in one array operation: large enough to hide its cost, small enough for the cache.
_AT_ONCE = 1 << 14
# Who can improve by which change is kept for the parties that are tried one change at a time: a byte for each state and
# change, at most 512 MB for all of them; beyond, it is asked again each time.
_KEPT = 1 << 29


def stable(space: Space, focal: int, reach: Reach) -> Truth:
    """Over codes: is the state simultaneously stable for the party with index `focal`."""
    mover = space.movers[focal]
    opponents = [other for other in range(len(space.movers)) if other != focal]
    # The largest party last: its changes are the ones tried many at once.
    opponents.sort(key=lambda other: space.movers[other].mask.bit_count())
    search = _Search(space, mover, opponents, reach)
    kept = np.where(space.feasible, np.minimum(mover.payoff, search.bounds[0]), np.int32(0))
    result: Truth = space.feasible & ~(greatest_over_moves(kept, mover) > mover.payoff)
    gains = _Gains(mover)
    for change in subsets(mover.mask):
        states = np.flatnonzero(result)
        states = np.compress(gains.by(states, change), states)
        if len(states):
            result[states[~search.sanctioned(states, change)]] = False
    for members in mover.classes:
        result[members] = result[members].all()
    return result


def improves(mover: Mover, codes: Codes, change: int | Codes) -> Truth:
    """For each code: is changing the options in `change` (not 0) a permitted improvement of the party."""
    targets = codes ^ change
    allowed: Truth = mover.payoff[targets] > mover.payoff[codes]
    allowed &= mover.movable[codes] & mover.movable[targets]
    return allowed & permitted(mover, codes, targets, change)


def permitted(mover: Mover, codes: Codes, targets: Codes, change: int | Codes) -> Truth:
    """For each code: do the directions of the options and the irreversible moves let the party go to the target."""
    allowed: Truth = np.ones(np.broadcast_shapes(codes.shape, targets.shape), dtype=np.bool_)
    if mover.forward:
        allowed &= (codes & mover.forward & change) == 0
    if mover.back:
        allowed &= (~codes & mover.back & change) == 0
    for before, after in mover.bans:
        allowed &= ~(before[codes] & after[targets])
    return allowed


class _Gains:
    """By which changes a party improves from where, prepared once: `_before` is its payoff where it can move, else
    higher than any; `_after` its payoff where it can move to, else lower than any."""

    def __init__(self, mover: Mover, keep: bool = False) -> None:
        self._mover = mover
        self._before = np.where(mover.movable, mover.payoff, np.int32(HIGHEST))
        self._after = np.where(mover.movable, mover.payoff, np.int32(0))
        self._kept: dict[int, Truth] | None = {} if keep else None

    def by(self, codes: Codes, change: int) -> Truth:
        """For each code: is this change (not 0) an improvement."""
        if self._kept is None:
            return self._asked(codes, change)
        if change not in self._kept:
            self._kept[change] = self._asked(np.arange(len(self._before), dtype=np.int64), change)
        return np.take(self._kept[change], codes)

    def _asked(self, codes: Codes, change: int) -> Truth:
        targets = codes ^ change
        better: Truth = np.take(self._after, targets) > np.take(self._before, codes)
        return better & permitted(self._mover, codes, targets, change)


class _Search:
    """The others' combinations against one party.

    `bounds[k][c]`: the least payoff of the party that the others from k on could still make of the changes in
    c; whether they would improve by it is not asked.
    """

    def __init__(self, space: Space, mover: Mover, opponents: Sequence[int], reach: Reach) -> None:
        self._mover = mover
        self._opponents = opponents
        self._others = [space.movers[opponent] for opponent in opponents]
        self._reach = reach
        self._every = np.arange(len(space.feasible), dtype=np.int64)
        room = _KEPT // max(1, len(space.feasible))
        self._gains = []
        for other in self._others[:-1]:
            room -= 1 << other.mask.bit_count()
            self._gains.append(_Gains(other, keep=room >= 0))
        self.bounds = [np.where(space.feasible, mover.payoff, np.int32(HIGHEST))]
        for other in reversed(self._others):
            self.bounds.insert(0, spread_least(self.bounds[0], other))

    def sanctioned(self, states: Codes, change: int) -> Truth:
        """For each state: can the others turn the party's `change` into an outcome that it does not
        prefer."""
        done = np.zeros(len(states), dtype=np.bool_)
        self._try(0, states, np.arange(len(states), dtype=np.int64), change, done)
        return done

    def _try(self, depth: int, states: Codes, places: Codes, changed: int, done: Truth) -> None:
        """Marks in `done` those of `states` at `places` that a combination of the others from `depth` on
        spoils, after the options in `changed` have been changed."""
        limit = self._mover.payoff[states[places]]
        places = places[(self.bounds[depth][states[places] ^ changed] <= limit) & ~done[places]]
        if not len(places):
            return
        if depth == len(self._others):
            done[places] = True
            return
        self._try(depth + 1, states, places, changed, done)
        if depth == len(self._others) - 1:
            self._finish(states, places, changed, done)
            return
        for change in subsets(self._others[depth].mask):
            places = places[~done[places]]
            if not len(places):
                return
            able = self._gains[depth].by(states[places], change)
            self._try(depth + 1, states, places[able], changed ^ change, done)

    def _finish(self, states: Codes, places: Codes, changed: int, done: Truth) -> None:
        """The changes of the last party: one after another, the more at once the fewer states are left; a
        sweep over all states as soon as that costs less than the changes that are left."""
        last = self._others[-1]
        changes = np.array(list(subsets(last.mask)), dtype=np.int64)
        start = 0
        while start < len(changes):
            places = places[~done[places]]
            if not len(places):
                return
            here = states[places]
            limit = self._mover.payoff[here]
            if len(places) * (len(changes) - start) > len(self._every):
                outcome = self.bounds[-1][self._every ^ changed]
                least = self._reach.sweep(self._opponents[-1]).least(outcome)
                done[places] = least[here] <= limit
                return
            width = max(1, _AT_ONCE // len(places))
            block = changes[None, start : start + width]
            able = improves(last, here[:, None], block)
            able &= self.bounds[-1][here[:, None] ^ changed ^ block] <= limit[:, None]
            done[places[able.any(axis=1)]] = True
            start += width
