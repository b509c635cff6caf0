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
from standoff.graphmodel.formula import Codes, Truth
from standoff.graphmodel.relations import MOST_STATES, Relation, batches, by_moves, by_replies, sequences
from standoff.graphmodel.space import Space
from standoff.graphmodel.stability import Concept

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
    wanted = [welcome(space, attitudes[party]) for party in parties]
    moves = [by_moves(mover) for mover in space.movers]
    replies = [by_replies(mover, liked) for mover, liked in zip(space.movers, wanted, strict=True)]
    stable = {concept: tuple(np.zeros(count, dtype=np.bool_) for _ in parties) for concept in RELATIONAL}
    for batch in batches(space):
        here = slice(batch.start, batch.start + len(batch.codes))
        for party in parties:
            liked = batch.bits(wanted[party]) & ~batch.bits(_same(space))
            # What is not so welcome, and the state itself; and from what of it no move leads to anything else.
            held = ~liked
            firm = held & ~moves[party](liked)
            rest = [other for other in parties if other != party]
            for concept, sanctioned in (
                (Concept.NASH, np.zeros_like(held)),
                (Concept.GMR, sequences(held, [moves[other] for other in rest])),
                (Concept.SMR, sequences(firm, [moves[other] for other in rest])),
                (Concept.SEQ, sequences(held, [replies[other] for other in rest])),
            ):
                tempted = moves[party](liked & ~sanctioned)
                stable[concept][party][here] = ~batch.own(tempted)
    return Relational(space, stable)


def welcome(space: Space, attitudes: Sequence[Attitude]) -> Relation:
    """Is t welcome after s by all these attitudes of a party."""
    felt = [
        (mover.payoff, attitude)
        for mover, attitude in zip(space.movers, attitudes, strict=True)
        if attitude is not Attitude.NEUTRAL
    ]

    def relation(s: Codes, t: Codes) -> Truth:
        found: Truth = np.ones(np.broadcast_shapes(s.shape, t.shape), dtype=np.bool_)
        for payoff, attitude in felt:
            found &= payoff[t] >= payoff[s] if attitude is Attitude.POSITIVE else payoff[t] < payoff[s]
        return found

    return relation


def _same(space: Space) -> Relation:
    """Are the codes one state."""
    homes = np.arange(len(space.feasible), dtype=np.int64)
    for members in space.classes:
        homes[members] = members[0]
    return lambda s, t: np.asarray(homes[s] == homes[t], dtype=np.bool_)
