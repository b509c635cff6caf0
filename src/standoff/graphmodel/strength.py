"""Strength of preference: in goes a `Space`, out comes which states are stable at all (general), which strongly and
which only weakly.

A party may prefer strongly (greatly) or mildly. After Hamouda, Kilgour and Hipel (2004), Strength of preference in the
graph model for conflict resolution, Group Decision and Negotiation 13, and for several parties Xu, Hipel, Kilgour and
Fang (2018), ch. 6. An improvement is a move to a state that is preferred, mildly or strongly, for the sanctioning
parties under SEQ too. A state is

- generally stable by GMR, SMR or SEQ as ever: each improvement is sanctioned by what is not preferred to it;
- strongly stable if each improvement is sanctioned by what is strongly less preferred than it (under SMR, all that the
  party can answer with is strongly less preferred too);
- weakly stable if it is generally stable but not strongly.

Nash knows no degrees: there is nothing to deter from. A state without improvements is strongly stable by the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from standoff.errors import InputError
from standoff.graphmodel.conflict import Prioritised, Ranked, Weighted
from standoff.graphmodel.formula import Truth, holds
from standoff.graphmodel.space import Payoffs, Space
from standoff.graphmodel.stability import Concept, stable_for_each
from standoff.graphmodel.sweep import HIGHEST, Reach, greatest_over_moves

GRADED = (Concept.GMR, Concept.SMR, Concept.SEQ)


@dataclass(frozen=True)
class Strength:
    """`general[concept][i][n]`, `strong[concept][i][n]`: is state n + 1 so stable for party i."""

    space: Space
    general: dict[Concept, tuple[Truth, ...]]
    strong: dict[Concept, tuple[Truth, ...]]

    def weak(self, concept: Concept, party: int) -> Truth:
        """Over states: stable for the party, but not strongly."""
        return self.general[concept][party] & ~self.strong[concept][party]

    def general_equilibria(self, concept: Concept) -> list[int]:
        return _all(self.general[concept])

    def strong_equilibria(self, concept: Concept) -> list[int]:
        """The numbers of the states that are strongly stable for every party."""
        return _all(self.strong[concept])


def solve_strength(space: Space, concepts: Sequence[Concept] = GRADED) -> Strength:
    """By these concepts. Raises InputError if no party says what it prefers strongly."""
    floors = marked(space)
    reach = Reach(space)
    strong: dict[Concept, tuple[Truth, ...]] = {concept: () for concept in concepts}
    for focal, mover in enumerate(space.movers):
        opponents = [other for other in range(len(space.movers)) if other != focal]
        own = np.where(space.feasible, mover.payoff, np.int32(HIGHEST))
        for concept in concepts:
            match concept:
                case Concept.SEQ:
                    worst = reach.least_by_improvements(own, opponents)
                case Concept.SMR:
                    answered = np.where(space.feasible, greatest_over_moves(mover.payoff, mover), np.int32(HIGHEST))
                    worst = reach.least_by_moves(answered, opponents)
                case _:
                    worst = reach.least_by_moves(own, opponents)
            # The greatest of what may follow an improvement at worst; below any payoff where there is no improvement.
            best = -reach.least_improvement(focal, np.where(space.feasible, -worst, np.int32(HIGHEST)))
            strong[concept] = (*strong[concept], (best <= floors[focal])[space.codes])
    return Strength(space, {concept: stable_for_each(space, concept) for concept in concepts}, strong)


def marked(space: Space) -> list[Payoffs]:
    """The `floor` of every party. Raises InputError if no party says what it prefers strongly."""
    floors = [floor(space, party) for party in range(len(space.movers))]
    if not any((one > 0).any() for one in floors):
        raise InputError(
            f"{space.conflict.name}: no preference is strong: mark statements `strong: true`, put `>>` into a ranking "
            "or give `strong_from` with weights"
        )
    return floors


def floor(space: Space, party: int) -> Payoffs:
    """Over codes: the highest payoff of the states that are strongly less preferred than this one; 0 if none is."""
    mover, codes = space.movers[party], space.codes
    found = np.zeros(len(space.feasible), dtype=np.int32)
    match space.conflict.decision_makers[party].preference:
        case Prioritised(statements, strong):
            bands = np.zeros(len(codes), dtype=np.int64)
            for statement in statements[:strong]:
                bands = 2 * bands + holds(statement, codes)
        case Ranked(groups, gaps):
            bands = np.zeros(len(codes), dtype=np.int64)
            level = len(groups) - mover.payoff[codes]
            for gap in gaps:
                bands += level < gap
        case Weighted(weights, strong_from):
            total = np.round(sum((w * holds(f, codes) for f, w in weights), np.zeros(len(codes))), 9)
            worths = np.unique(total)
            limit = np.inf if strong_from is None else strong_from
            # Payoff k is that of the k-th lowest worth.
            found[codes] = np.searchsorted(worths, np.round(total - limit, 9), side="right")
            return _for_all_codes(space, found)
    bands = np.unique(bands, return_inverse=True)[1]
    highest = np.zeros(int(bands.max()) + 2, dtype=np.int32)
    np.maximum.at(highest, bands + 1, mover.payoff[codes])
    found[codes] = np.maximum.accumulate(highest)[bands]
    return _for_all_codes(space, found)


def _for_all_codes(space: Space, values: Payoffs) -> Payoffs:
    for members in space.classes:
        values[members] = values[members[0]]
    return values


def _all(stable: tuple[Truth, ...]) -> list[int]:
    return [int(place) + 1 for place in np.flatnonzero(np.logical_and.reduce(stable))]
