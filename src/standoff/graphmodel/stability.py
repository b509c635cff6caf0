"""Which states are stable for whom: in goes a `Space`, out comes a `Solution` of truth arrays.

Concepts after Fang, Hipel and Kilgour (1993) and Xu, Hipel, Kilgour and Fang (2018, ch. 4): Nash (R), general
metarationality (GMR) and symmetric metarationality (SMR; both Howard 1971), sequential stability (SEQ; Fraser
and Hipel 1979), simultaneous stability (SIM; Fraser and Hipel 1984), symmetric sequential stability (SSEQ; Rego and
Vieira 2017, Group Decision and Negotiation 26). A sanction leaves the party no better off than it was: "equally
preferred" is enough.

SSEQ: after every improvement of the party some improvements of the others (a legal sequence, as under SEQ) lead to a
state that it does not prefer to where it stood, and none of its own moves from there leads to one that it does.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from standoff.graphmodel import simultaneous
from standoff.graphmodel.formula import Truth
from standoff.graphmodel.space import Mover, Space
from standoff.graphmodel.sweep import HIGHEST, Reach, Values, greatest_over_moves


class Concept(StrEnum):
    NASH = "nash"
    GMR = "gmr"
    SMR = "smr"
    SEQ = "seq"
    SSEQ = "sseq"
    SIM = "sim"


# Those that the published reference results hold.
REFERENCE = (Concept.NASH, Concept.GMR, Concept.SMR, Concept.SEQ, Concept.SIM)


@dataclass(frozen=True)
class Solution:
    """`stable[concept][i][n]`: is state n + 1 stable for decision maker i."""

    space: Space
    stable: dict[Concept, tuple[Truth, ...]]

    def equilibria(self, concept: Concept) -> list[int]:
        """The numbers of the states that are stable for every party."""
        return _numbers(np.logical_and.reduce(self.stable[concept]))

    def seq_or_sim(self) -> list[int]:
        """The numbers of the states where every party is stable by SEQ or by SIM."""
        pairs = zip(self.stable[Concept.SEQ], self.stable[Concept.SIM], strict=True)
        return _numbers(np.logical_and.reduce([seq | sim for seq, sim in pairs]))


def solve(space: Space) -> Solution:
    """Stability of every state for every party under every concept."""
    reach = Reach(space)
    parties = range(len(space.movers))
    return Solution(
        space, {concept: tuple(_stable(space, reach, focal, concept) for focal in parties) for concept in Concept}
    )


def solve_sweeps(space: Space, reach: Reach) -> dict[Concept, tuple[Truth, ...]]:
    """The same for all but SIM: they need no combinations: a few passes over all states each."""
    parties = range(len(space.movers))
    concepts = [concept for concept in Concept if concept is not Concept.SIM]
    return {concept: tuple(_stable(space, reach, focal, concept) for focal in parties) for concept in concepts}


def equilibria(space: Space, concept: Concept) -> list[int]:
    """The numbers of the states that are stable for every party by just this concept."""
    return _numbers(np.logical_and.reduce(stable_for_each(space, concept)))


def stable_for_each(space: Space, concept: Concept) -> tuple[Truth, ...]:
    """By party: which states are stable for it by just this concept."""
    reach = Reach(space)
    return tuple(_stable(space, reach, focal, concept) for focal in range(len(space.movers)))


def _stable(space: Space, reach: Reach, focal: int, concept: Concept) -> Truth:
    mover = space.movers[focal]
    if concept is Concept.SIM:
        return simultaneous.stable(space, focal, reach)[space.codes]
    opponents = [other for other in range(len(space.movers)) if other != focal]
    own = np.where(space.feasible, mover.payoff, np.int32(HIGHEST))
    match concept:
        case Concept.NASH:
            guarantee = own
        case Concept.GMR:
            guarantee = reach.least_by_moves(own, opponents)
        case Concept.SMR:
            guarantee = reach.least_by_moves(_after_answer(space, mover), opponents)
        case Concept.SEQ:
            guarantee = reach.least_by_improvements(own, opponents)
        case Concept.SSEQ:
            guarantee = reach.least_by_improvements(_after_answer(space, mover), opponents)
    return ~tempted(space, mover, guarantee)[space.codes]


def _after_answer(space: Space, mover: Mover) -> Values:
    """Over codes: the best that the party can still make of the state by at most one move."""
    return np.where(space.feasible, greatest_over_moves(mover.payoff, mover), np.int32(HIGHEST))


def tempted(space: Space, mover: Mover, guarantee: Values) -> Truth:
    """Where some improvement leads to a state whose guarantee (the worst that may follow) is still
    preferred."""
    kept = np.where(space.feasible, np.minimum(mover.payoff, guarantee), np.int32(0))
    return greatest_over_moves(kept, mover) > mover.payoff


def _numbers(truth: Truth) -> list[int]:
    return [int(place) + 1 for place in np.flatnonzero(truth)]
