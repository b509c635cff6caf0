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
# Most improvements are spoilt by one of the first changes tried, so a sweep over all states waits for these.
_TRIED_SINGLY = 8


def stable(space: Space, focal: int, reach: Reach) -> Truth:
    """Over codes: is the state simultaneously stable for the party with index `focal`."""
    mover = space.movers[focal]
    opponents = [other for other in range(len(space.movers)) if other != focal]
    # The largest party last: its changes are the ones tried many at once.
    opponents.sort(key=lambda other: space.movers[other].mask.bit_count())
    search = _Search(space, mover, opponents, reach)
    kept = np.where(space.feasible, np.minimum(mover.payoff, search.bounds[0]), np.int32(0))
    result: Truth = space.feasible & ~(greatest_over_moves(kept, mover) > mover.payoff)
    for change in subsets(mover.mask):
        states = np.flatnonzero(result)
        states = states[improves(mover, states, change)]
        if len(states):
            result[states[~search.sanctioned(states, change)]] = False
    for members in mover.classes:
        result[members] = result[members].all()
    return result


def improves(mover: Mover, codes: Codes, change: int | Codes) -> Truth:
    """For each code: is changing the options in `change` (not 0) a permitted improvement of the party."""
    targets = codes ^ change
    allowed: Truth = ((codes & mover.forward & change) == 0) & ((~codes & mover.back & change) == 0)
    allowed &= mover.payoff[targets] > mover.payoff[codes]
    allowed &= mover.movable[codes] & mover.movable[targets]
    for before, after in mover.bans:
        allowed &= ~(before[codes] & after[targets])
    return allowed


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
            able = improves(self._others[depth], states[places], change)
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
            if start >= _TRIED_SINGLY and len(places) * (len(changes) - start) > len(self._every):
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
