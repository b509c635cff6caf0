"""What parties can do together: in goes a `Space`, out comes which states are stable against every coalition.

A coalition H, any non-empty set of parties, improves from s to t if a legal sequence of its members' moves leads from s
to t and every member prefers t to s. Definitions, after Kilgour, Hipel, Fang and Peng (2001), Coalition analysis in
group decision support, Group Decision and Negotiation 10(2), and Inohara and Hipel (2008), Coalition analysis in the
graph model for conflict resolution, Systems Engineering 11(4) (docs/graphmodel.md says what of this was checked):

- Nash: H has no improvement from s.
- GMR: after each improvement t, some moves of the others lead to a u that some member of H does not prefer to s.
- SMR: the same, and from u every state that H can still reach is not preferred to s by some member of H.
- SEQ: as GMR, but the others go by sequences of improvements of their own coalitions.

A state is stable by a concept if it is so for every coalition. Where two moves of a party never do what one may not,
whether nobody may move twice in succession changes nothing but whether a state leads to itself, which no definition
asks, and sets of moves are simply closed under repetition. With collapsed states or irreversible moves from one pattern
to another the rule is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from standoff.errors import InputError
from standoff.graphmodel.formula import Truth
from standoff.graphmodel.space import Space
from standoff.graphmodel.stability import Concept
from standoff.graphmodel.tables import MOST_STATES, Table, closed, legal, move_table, product

# There is a table for every coalition, 2**parties of them.
MOST_PARTIES = 6
COALITIONAL = (Concept.NASH, Concept.GMR, Concept.SMR, Concept.SEQ)
Coalition = tuple[int, ...]


@dataclass(frozen=True)
class Coalitional:
    """`stable[concept][H][n]`: is state n + 1 stable for the coalition H (indices of parties).

    `improvements[H][n, m]`: can H improve from state n + 1 to state m + 1.
    """

    space: Space
    stable: dict[Concept, dict[Coalition, Truth]]
    improvements: dict[Coalition, Table]

    def equilibria(self, concept: Concept) -> list[int]:
        """The numbers of the states that are stable for every coalition."""
        truth = np.logical_and.reduce(list(self.stable[concept].values()))
        return [int(place) + 1 for place in np.flatnonzero(truth)]

    def jumps(self, state: int) -> list[tuple[Coalition, int]]:
        """The improvements from state number `state` of coalitions of several parties, smaller coalitions first."""
        return [
            (coalition, int(place) + 1)
            for coalition, table in self.improvements.items()
            if len(coalition) > 1
            for place in np.flatnonzero(table[state - 1])
        ]


def solve_coalitions(space: Space) -> Coalitional:
    """Stability against every coalition. Raises InputError beyond MOST_STATES states or MOST_PARTIES parties."""
    count, parties = len(space.codes), len(space.movers)
    if count > MOST_STATES or parties > MOST_PARTIES:
        raise InputError(
            f"{space.conflict.name}: {count:,} states and {parties} parties are too many for coalitions "
            f"(limits {MOST_STATES:,} and {MOST_PARTIES})"
        )
    every = [group for size in range(1, parties + 1) for group in combinations(range(parties), size)]
    payoff = np.array([mover.payoff[space.codes] for mover in space.movers])
    better = [payoff[party][None, :] > payoff[party][:, None] for party in range(parties)]
    single = [move_table(space, party) for party in range(parties)]
    sequences = _repeated if all(mover.transitive for mover in space.movers) else legal
    reach = {group: sequences([single[party] for party in group]) for group in every}
    liked = {group: np.logical_and.reduce([better[party] for party in group]) for group in every}
    gains = {group: reach[group] & liked[group] for group in every}
    stable: dict[Concept, dict[Coalition, Truth]] = {concept: {} for concept in COALITIONAL}
    for group in every:
        rest = tuple(party for party in range(parties) if party not in group)
        nothing = np.zeros((count, count), dtype=np.bool_)
        inner = [gains[other] for other in every if set(other) <= set(rest)]
        by_moves = reach[rest] if rest else nothing
        by_gains = sequences(inner) if inner else nothing
        # held[s, u]: in u some member is no better off than in s; firm: and H cannot leave u for a state all prefer.
        held = ~liked[group]
        firm = held & ~product(liked[group], reach[group].T)
        for concept, after, worse in (
            (Concept.GMR, by_moves, held),
            (Concept.SMR, by_moves, firm),
            (Concept.SEQ, by_gains, held),
        ):
            sanctioned = product(worse, after.T)
            stable[concept][group] = ~(gains[group] & ~sanctioned).any(axis=1)
        stable[Concept.NASH][group] = ~gains[group].any(axis=1)
    return Coalitional(space, stable, gains)


def _repeated(moves: Sequence[Table]) -> Table:
    return closed(np.logical_or.reduce(moves))
