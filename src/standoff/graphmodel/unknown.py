"""Stability where preference is partly unknown: in goes a `Space` with each party's uncertain statements, out comes
what is stable under each of the four extensions of Li, Hipel, Kilgour and Fang (2004), Preference uncertainty in the
graph model for conflict resolution, IEEE Trans. SMC-A 34(4) (docs/graphmodel.md says what of this was checked).

What is known: an uncertain statement may stand at any place in its party's order. So a party prefers t to s for certain
if every order says so; holds them equal if they meet the same statements; otherwise its preference is unknown.

Extensions, by what a party i at s thinks of unknown preference: would it move to t although t is unknown against s
(temptation), and does an unknown s2 deter it (sanction)?

| | unknown tempts | unknown deters |
|---|---|---|
| a | yes | no |
| b | no | no |
| c | yes | yes |
| d | no | yes |

So stable by a implies stable by b and c, and each of these implies d. Under SMR the party's answer from s2 counts by
the same measure: it escapes to s3 unless s3 would deter it. Under SEQ the others move to states that they prefer or
whose preference is unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standoff.errors import InputError
from standoff.graphmodel.conflict import Prioritised
from standoff.graphmodel.formula import Truth, holds
from standoff.graphmodel.space import Space
from standoff.graphmodel.stability import Concept
from standoff.graphmodel.tables import MOST_STATES, Table, legal, move_table, product

EXTENSIONS = ("a", "b", "c", "d")
CONCEPTS = (Concept.NASH, Concept.GMR, Concept.SMR, Concept.SEQ)


@dataclass(frozen=True)
class Uncertain:
    """`stable[extension][concept][i][n]`: is state n + 1 stable for party i."""

    space: Space
    stable: dict[str, dict[Concept, tuple[Truth, ...]]]

    def equilibria(self, extension: str, concept: Concept) -> list[int]:
        """The numbers of the states that are stable for every party."""
        truth = np.logical_and.reduce(self.stable[extension][concept])
        return [int(place) + 1 for place in np.flatnonzero(truth)]


def relation(space: Space, party: int, uncertain: Sequence[int]) -> tuple[Table, Table]:
    """[s, t]: does the party prefer t to s for certain; is its preference between them unknown."""
    count = len(space.codes)
    preference = space.conflict.decision_makers[party].preference
    if not uncertain:
        payoff = space.movers[party].payoff[space.codes]
        return payoff[None, :] > payoff[:, None], np.zeros((count, count), dtype=np.bool_)
    if not isinstance(preference, Prioritised):
        raise InputError(f"{space.conflict.name}: `{space.movers[party].name}` has no statements to be uncertain of")
    settled: NDArray[np.int8] = np.zeros((count, count), dtype=np.int8)
    up, down = (np.zeros((count, count), dtype=np.bool_) for _ in range(2))
    for place, statement in enumerate(preference.statements):
        truth = holds(statement, space.codes).astype(np.int8)
        sign = truth[None, :] - truth[:, None]
        if place in uncertain:
            up, down = up | (sign > 0), down | (sign < 0)
        else:
            settled = np.where(settled == 0, sign, settled)
    up, down = up | (settled > 0), down | (settled < 0)
    return up & ~down, up & down


def solve_unknown(space: Space, uncertain: Sequence[Sequence[int]]) -> Uncertain:
    """`uncertain[i]`: the places (from 0) of the uncertain statements of party i.

    Raises InputError beyond MOST_STATES states, and for uncertain statements of a party that has none.
    """
    if len(space.codes) > MOST_STATES:
        raise InputError(
            f"{space.conflict.name}: {len(space.codes):,} states are too many for unknown preference "
            f"(limit {MOST_STATES:,})"
        )
    parties = range(len(space.movers))
    relations = [relation(space, party, uncertain[party]) for party in parties]
    single = [move_table(space, party) for party in parties]
    stable: dict[str, dict[Concept, tuple[Truth, ...]]] = {one: {} for one in EXTENSIONS}
    for party in parties:
        better, unknown = relations[party]
        rest = [other for other in parties if other != party]
        nobody = np.zeros_like(better)
        by_moves = legal([nobody, *(single[j] for j in rest)])
        by_gains = legal([nobody, *(single[j] & (relations[j][0] | relations[j][1]) for j in rest)])
        for extension in EXTENSIONS:
            tempting = single[party] & (better | unknown if extension in "ac" else better)
            deters = ~better if extension in "cd" else ~better & ~unknown
            firm = deters & ~product(~deters, single[party].T)
            found = {
                Concept.NASH: ~tempting.any(axis=1),
                Concept.GMR: ~(tempting & ~product(deters, by_moves.T)).any(axis=1),
                Concept.SMR: ~(tempting & ~product(firm, by_moves.T)).any(axis=1),
                Concept.SEQ: ~(tempting & ~product(deters, by_gains.T)).any(axis=1),
            }
            for concept, truth in found.items():
                stable[extension][concept] = (*stable[extension].get(concept, ()), np.asarray(truth, dtype=np.bool_))
    return Uncertain(space, stable)
