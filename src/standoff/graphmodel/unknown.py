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

from standoff.errors import InputError
from standoff.graphmodel.conflict import Prioritised
from standoff.graphmodel.formula import Codes, Truth, holds
from standoff.graphmodel.relations import MOST_STATES, Relation, batches, by_moves, by_replies, sequences
from standoff.graphmodel.space import Space, home
from standoff.graphmodel.stability import Concept

EXTENSIONS = ("a", "b", "c", "d")
EXTENSION_NAMES = {
    "a": "who does not know what it prefers may move, and is not deterred by what it does not know",
    "b": "who does not know what it prefers stays, and is not deterred by what it does not know",
    "c": "who does not know what it prefers may move, and is deterred by what it does not know",
    "d": "who does not know what it prefers stays, and is deterred by what it does not know",
}
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


def relation(space: Space, party: int, uncertain: Sequence[int]) -> tuple[Relation, Relation]:
    """Does some order of the party's statements prefer t to s; does some prefer s to t. If both, its preference is
    unknown; if the first alone, it prefers t for certain."""
    if not uncertain:
        payoff = space.movers[party].payoff
        return (lambda s, t: payoff[t] > payoff[s]), (lambda s, t: payoff[t] < payoff[s])
    preference = space.conflict.decision_makers[party].preference
    if not isinstance(preference, Prioritised):
        raise InputError(f"{space.conflict.name}: `{space.movers[party].name}` has no statements to be uncertain of")
    homes = np.array([home(code, space.classes) for code in range(len(space.feasible))])
    truths = [holds(statement, homes) for statement in preference.statements]

    def prefers(s: Codes, t: Codes) -> Truth:
        shape = np.broadcast_shapes(s.shape, t.shape)
        some: Truth = np.zeros(shape, dtype=np.bool_)
        open_yet: Truth = np.ones(shape, dtype=np.bool_)
        for place, truth in enumerate(truths):
            better = truth[t] & ~truth[s]
            if place in uncertain:
                some |= better
            else:
                some |= better & open_yet
                open_yet &= truth[t] == truth[s]
        return some

    return prefers, lambda s, t: prefers(t, s)


def solve_unknown(space: Space, uncertain: Sequence[Sequence[int]]) -> Uncertain:
    """`uncertain[i]`: the places (from 0) of the uncertain statements of party i.

    Raises InputError beyond MOST_STATES states, and for uncertain statements of a party that has none.
    """
    count = len(space.codes)
    if count > MOST_STATES:
        raise InputError(
            f"{space.conflict.name}: {count:,} states are too many for unknown preference (limit {MOST_STATES:,})"
        )
    parties = range(len(space.movers))
    relations = [relation(space, party, uncertain[party]) for party in parties]
    moves = [by_moves(mover) for mover in space.movers]
    # The others move to what they prefer or what is unknown to them: what some order prefers.
    gains = [by_replies(mover, up) for mover, (up, _) in zip(space.movers, relations, strict=True)]
    stable = {
        extension: {concept: tuple(np.zeros(count, dtype=np.bool_) for _ in parties) for concept in CONCEPTS}
        for extension in EXTENSIONS
    }
    for batch in batches(space):
        here = slice(batch.start, batch.start + len(batch.codes))
        for party in parties:
            up, down = (batch.bits(one) for one in relations[party])
            rest = [other for other in parties if other != party]
            for deterring, extensions in ((~up, "ab"), (~(up & ~down), "cd")):
                firm = deterring & ~moves[party](~deterring)
                sanctions = {
                    Concept.NASH: np.zeros_like(up),
                    Concept.GMR: sequences(deterring, [moves[other] for other in rest]),
                    Concept.SMR: sequences(firm, [moves[other] for other in rest]),
                    Concept.SEQ: sequences(deterring, [gains[other] for other in rest]),
                }
                for extension in extensions:
                    tempting = up if extension in "ac" else up & ~down
                    for concept, sanctioned in sanctions.items():
                        tempted = moves[party](tempting & ~sanctioned)
                        stable[extension][concept][party][here] = ~batch.own(tempted)
    return Uncertain(space, stable)
