"""Attitudes: in go a `Space` and what each party feels towards each other and itself, out comes which states are stable
if parties act on that.

After Inohara, Hipel and Walker (2007), Conflict analysis approaches for investigating attitudes and misperceptions in
the War of 1812, J. Syst. Sci. Syst. Eng. 16(2). An attitude of party i towards j (i itself included) is positive,
neutral or negative:

- positive (devoting): t is welcome after s if j likes t at least as well as s;
- negative (aggressive): t is welcome after s if j likes t less than s;
- neutral: every t is.

t is a total relational reply of i to s if it is s itself or a move of i, and welcome after s by all its attitudes. A
sanction of i at s is s itself or what is not so welcome after s. With TRR for the total relational replies:

- relational Nash (RNash): i has no TRR but s.
- RGMR: after each TRR t but s, some moves of the others lead to a sanction.
- RSMR: to a sanction from which all moves of i are sanctions too.
- RSEQ: after each, a legal sequence of TRRs of the others (each its mover's) leads to a sanction.

Without ties, and if each party is positive towards itself and neutral towards the rest, these are Nash, GMR, SMR and
SEQ; if all are neutral towards all, RNash and RSMR are the same, and RGMR and RSEQ (Inohara and Hipel 2009, Proc. IEEE
SMC, Interrelationships among attitude-based and conventional stability concepts). With ties a party also takes what it
likes just as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from standoff.errors import InputError
from standoff.graphmodel.formula import Truth
from standoff.graphmodel.space import Space
from standoff.graphmodel.stability import Concept
from standoff.graphmodel.tables import MOST_STATES, Table, legal, move_table, product

RELATIONAL = (Concept.NASH, Concept.GMR, Concept.SMR, Concept.SEQ)


class Attitude(StrEnum):
    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"


# Row i, column j: what party i feels towards party j.
Attitudes = Sequence[Sequence[Attitude]]


@dataclass(frozen=True)
class Relational:
    """`stable[concept][i][n]`: is state n + 1 relationally stable for party i."""

    space: Space
    stable: dict[Concept, tuple[Truth, ...]]

    def equilibria(self, concept: Concept) -> list[int]:
        """The numbers of the states that are so stable for every party."""
        return [int(place) + 1 for place in np.flatnonzero(np.logical_and.reduce(self.stable[concept]))]


def solve_attitudes(space: Space, attitudes: Attitudes) -> Relational:
    """Raises InputError beyond MOST_STATES states."""
    count = len(space.codes)
    if count > MOST_STATES:
        raise InputError(
            f"{space.conflict.name}: {count:,} states are too many for attitudes (limit {MOST_STATES:,})"
        )
    parties = range(len(space.movers))
    single = [move_table(space, party) for party in parties]
    wanted = [welcome(space, attitudes[party]) for party in parties]
    replies = [table & liked for table, liked in zip(single, wanted, strict=True)]
    stable: dict[Concept, tuple[Truth, ...]] = {concept: () for concept in RELATIONAL}
    nobody = np.zeros((count, count), dtype=np.bool_)
    for party in parties:
        rest = [other for other in parties if other != party]
        by_moves = legal([nobody, *(single[other] for other in rest)])
        by_replies = legal([nobody, *(replies[other] for other in rest)])
        held = ~wanted[party] | np.eye(count, dtype=np.bool_)
        firm = held & ~product(~held, single[party].T)
        tempting = replies[party]
        for concept, sanctioned in (
            (Concept.NASH, nobody),
            (Concept.GMR, product(held, by_moves.T)),
            (Concept.SMR, product(firm, by_moves.T)),
            (Concept.SEQ, product(held, by_replies.T)),
        ):
            stable[concept] = (*stable[concept], ~np.logical_or.reduce(tempting & ~sanctioned, axis=1))
    return Relational(space, stable)


def welcome(space: Space, attitudes: Sequence[Attitude]) -> Table:
    """[s, t]: is t welcome after s by all these attitudes of a party."""
    count = len(space.codes)
    found = np.ones((count, count), dtype=np.bool_)
    for mover, attitude in zip(space.movers, attitudes, strict=True):
        payoff = mover.payoff[space.codes]
        if attitude is Attitude.POSITIVE:
            found &= payoff[None, :] >= payoff[:, None]
        elif attitude is Attitude.NEGATIVE:
            found &= payoff[None, :] < payoff[:, None]
    return found
