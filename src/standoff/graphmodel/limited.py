"""Looking so many moves ahead: in goes a `Space`, out comes which states are stable if parties foresee h moves
(limited-move stability L_h), and which if they foresee as many as they like (non-myopic stability).

For two parties after Kilgour (1985) and Fang, Hipel and Kilgour (1989), Conflict models in graph form, European Journal
of Operational Research 41: the party to move at s with h moves left anticipates for each of its moves where things will
end, takes the best if that is better for it than to stay, and stays otherwise; then it is the other's turn, with h - 1
moves left. Who stays ends it. s is L_h stable for the party if it stays there.

For several parties the literature has more than one definition, and they differ (Soares, Rêgo and others 2026, Group
Decision and Negotiation, doi 10.1007/s10726-026-09962-3). This one is cautious and keeps sequences legal:

- After a move any other party that then would move, and not the last mover, may be the next; if none would, it ends.
- A party does not know which of these it will be, nor how one chooses among moves that are equally good for it. It
  values a move by the worst of the states in which things may end, and moves only if that is better than to stay.

With two parties and no ties this is the definition above. L_1 is Nash, and L_2 implies SEQ.

s is non-myopically stable for a party if it is L_h stable from some h on, for every h. What is foreseen with h + 1
moves follows from what is foreseen with h, and there are finitely many possibilities: sooner or later they repeat, and
what holds in one round of the repetition holds for good.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standoff.errors import InputError
from standoff.graphmodel.formula import Truth
from standoff.graphmodel.space import Payoffs, Space
from standoff.graphmodel.sweep import greatest_elsewhere

# Foresight that does not repeat within so many moves is left undecided rather than followed for ever; in a large
# conflict sooner, when states times moves come to MOST_WORK (some minutes).
MOST_MOVES = 500
MOST_WORK = 1 << 25


@dataclass(frozen=True)
class Limited:
    """`stable[h - 1][i][n]`: is state n + 1 stable for party i that foresees h moves. `lasting[i][n]`: non-myopically.
    `begins`, `period`: from h = `begins` on everything repeats every `period` moves; both None (and `lasting` too) if
    that was not seen in time."""

    space: Space
    stable: tuple[tuple[Truth, ...], ...]
    lasting: tuple[Truth, ...] | None
    begins: int | None
    period: int | None

    def equilibria(self, moves: int) -> list[int]:
        """The numbers of the states that are stable for every party that foresees so many moves."""
        return _all(self.stable[moves - 1])

    def non_myopic_equilibria(self) -> list[int] | None:
        return None if self.lasting is None else _all(self.lasting)


@dataclass(frozen=True)
class Foresight:
    """What is foreseen with so many moves. `leaves[i]` (over codes): would party i move. `end[i][k]`: the worst payoff
    of party k where things may end if it is i's turn."""

    leaves: NDArray[np.bool_]
    end: NDArray[np.int32]

    @property
    def key(self) -> bytes:
        """Two foresights are the same if their keys are (of 256 bits; they do not collide by chance)."""
        digest = hashlib.blake2b(self.leaves.tobytes(), digest_size=32)
        digest.update(self.end.tobytes())
        return digest.digest()


def payoffs(space: Space) -> Payoffs:
    """[i, code]: the payoff of party i."""
    return np.array([mover.payoff for mover in space.movers])


def blind(space: Space) -> Foresight:
    """What is foreseen with no move at all: nobody moves."""
    payoff = payoffs(space)
    end = np.broadcast_to(payoff, (len(payoff), *payoff.shape)).astype(np.int32)
    return Foresight(np.zeros(payoff.shape, dtype=np.bool_), end)


def solve_limited(space: Space, moves: int) -> Limited:
    """For 1 to `moves` moves, and for as many as you like. Raises InputError for less than one move."""
    if moves < 1:
        raise InputError(f"{moves} moves: at least 1 is needed")
    parties = range(len(space.movers))
    payoff = payoffs(space)
    most = max(moves, min(MOST_MOVES, MOST_WORK // len(payoff[0])))
    now = blind(space)
    stays: list[NDArray[np.uint8]] = []
    seen: dict[bytes, int] = {}
    begins = period = None
    while len(stays) < most and (len(stays) < moves or period is None):
        now = further(space, payoff, now)
        # A bit for each state: for many moves and states the answers are larger than all else.
        stays.append(np.packbits(~now.leaves[:, space.codes], axis=1))
        if period is None:
            key = now.key
            if key in seen:
                begins = seen[key]
                period = len(stays) - begins
            seen.setdefault(key, len(stays))

    def stable(move: int) -> tuple[Truth, ...]:
        whole = np.unpackbits(stays[move], axis=1, count=len(space.codes)).astype(np.bool_)
        return tuple(whole)

    lasting = None
    if begins is not None and period is not None:
        rounds = np.bitwise_and.reduce(stays[begins - 1 : begins - 1 + period])
        whole = np.unpackbits(rounds, axis=1, count=len(space.codes)).astype(np.bool_)
        lasting = tuple(whole[party] for party in parties)
    return Limited(space, tuple(stable(move) for move in range(moves)), lasting, begins, period)


def foreseeing(space: Space, moves: int) -> tuple[Truth, ...]:
    """By party: which states are stable for it if it foresees just so many moves."""
    payoff = payoffs(space)
    now = blind(space)
    for _ in range(moves):
        now = further(space, payoff, now)
    return tuple(~leaves[space.codes] for leaves in now.leaves)


def further(space: Space, payoff: Payoffs, now: Foresight) -> Foresight:
    """What is foreseen with one move more."""
    leaves = np.empty_like(now.leaves)
    ends = np.empty_like(now.end)
    parties = range(len(space.movers))
    # Any payoff is below it; two payoffs go into one number, the first counts first.
    base = int(payoff.max()) + 1
    for party, mover in enumerate(space.movers):
        after = after_move(payoff, now, party)
        others = [k for k in parties if k != party]
        # Each move is valued by the party's own worst end; of equally good ones the worst for another party counts.
        own = after[party].astype(np.int64) * base
        found = {k: greatest_elsewhere(own + (base - 1 - after[k]), mover) for k in others}
        if others:
            best = np.asarray(found[others[0]] // base, dtype=np.int32)
        else:
            best = greatest_elsewhere(after[party], mover)
        leaves[party] = goes = best > payoff[party]
        ends[party, party] = np.where(goes, best, payoff[party])
        for k in others:
            ends[party, k] = np.where(goes, base - 1 - found[k] % base, payoff[k])
    return Foresight(leaves, ends)


def after_move(payoff: Payoffs, now: Foresight, mover: int) -> Payoffs:
    """[k, t]: the worst payoff of party k where things may end once `mover` has gone to t."""
    others = [party for party in range(len(payoff)) if party != mover]
    highest = np.iinfo(np.int32).max
    worst = np.full(payoff.shape, highest, dtype=np.int32)
    for other in others:
        np.minimum(worst, now.end[other], out=worst, where=now.leaves[other][None, :])
    return np.where(worst == highest, payoff, worst)


def _all(stable: tuple[Truth, ...]) -> list[int]:
    return [int(place) + 1 for place in np.flatnonzero(np.logical_and.reduce(stable))]
