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

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standoff.errors import InputError
from standoff.graphmodel.formula import Truth
from standoff.graphmodel.space import Payoffs, Space
from standoff.graphmodel.tables import MOST_STATES, Table, move_table

# Foresight that does not repeat within so many moves is left undecided rather than followed for ever.
MOST_MOVES = 500


@dataclass(frozen=True)
class Limited:
    """`stable[h - 1][i][n]`: is state n + 1 stable for party i that foresees h moves. `lasting[i][n]`: non-myopically.
    `begins`, `period`: from h = `begins` on everything repeats every `period` moves; both None (and `lasting` too) if
    that was not seen within MOST_MOVES."""

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
class _Foresight:
    """`leaves[i]` (over states): would party i move. `end[i][k]`: the worst payoff of party k where things may end if
    it is i's turn."""

    leaves: NDArray[np.bool_]
    end: NDArray[np.int32]

    @property
    def key(self) -> bytes:
        return self.leaves.tobytes() + self.end.tobytes()


def solve_limited(space: Space, moves: int) -> Limited:
    """For 1 to `moves` moves, and for as many as you like. Raises InputError beyond MOST_STATES states or for less than
    one move."""
    if moves < 1:
        raise InputError(f"{moves} moves: at least 1 is needed")
    if len(space.codes) > MOST_STATES:
        raise InputError(
            f"{space.conflict.name}: {len(space.codes):,} states are too many for limited moves (limit {MOST_STATES:,})"
        )
    parties = range(len(space.movers))
    payoff = np.array([mover.payoff[space.codes] for mover in space.movers])
    tables = [move_table(space, party) for party in parties]
    count = len(space.codes)
    nobody = np.zeros((len(parties), count), dtype=np.bool_)
    now = _Foresight(nobody, np.broadcast_to(payoff, (len(parties), *payoff.shape)).astype(np.int32))
    stable: list[tuple[Truth, ...]] = []
    seen: dict[bytes, int] = {}
    begins = period = None
    while len(stable) < MOST_MOVES and (len(stable) < moves or period is None):
        now = _further(payoff, tables, now)
        stable.append(tuple(~leaves for leaves in now.leaves))
        if period is None and now.key in seen:
            begins = seen[now.key]
            period = len(stable) - begins
        seen.setdefault(now.key, len(stable))
    lasting = None
    if begins is not None and period is not None:
        rounds = stable[begins - 1 : begins - 1 + period]
        lasting = tuple(np.asarray(np.logical_and.reduce([one[party] for one in rounds])) for party in parties)
    return Limited(space, tuple(stable[:moves]), lasting, begins, period)


def _further(payoff: Payoffs, tables: list[Table], now: _Foresight) -> _Foresight:
    """What is foreseen with one move more."""
    leaves, ends = [], []
    for party, table in enumerate(tables):
        after = _after(payoff, now, party)
        # Each move is valued by the party's own worst end; a state without moves by less than any payoff.
        value = np.where(table, after[party][None, :], np.int32(-1))
        best = value.max(axis=1)
        goes = best > payoff[party]
        chosen = table & (value == best[:, None])
        end = np.where(chosen[None, :, :], after[:, None, :], np.iinfo(np.int32).max).min(axis=2)
        leaves.append(goes)
        ends.append(np.where(goes[None, :], end, payoff))
    return _Foresight(np.array(leaves), np.array(ends, dtype=np.int32))


def _after(payoff: Payoffs, now: _Foresight, mover: int) -> Payoffs:
    """[k, t]: the worst payoff of party k where things may end once `mover` has gone to t."""
    others = [party for party in range(len(payoff)) if party != mover]
    highest = np.iinfo(np.int32).max
    ends = [np.where(now.leaves[other][None, :], now.end[other], highest) for other in others]
    worst = np.minimum.reduce(ends) if ends else np.full(payoff.shape, highest)
    moved = np.logical_or.reduce(now.leaves[others], axis=0)
    return np.where(moved[None, :], worst, payoff).astype(np.int32)


def _all(stable: tuple[Truth, ...]) -> list[int]:
    return [int(place) + 1 for place in np.flatnonzero(np.logical_and.reduce(stable))]
