"""What parties can do together: in goes a `Space`, out comes which states are stable against every coalition.

A coalition H, any non-empty set of parties, improves from s to t if a legal sequence of its members' moves leads from s
to t and every member prefers t to s. Definitions, after Kilgour, Hipel, Fang and Peng (2001), Coalition analysis in
group decision support, Group Decision and Negotiation 10(2), and Inohara and Hipel (2008), Coalition analysis in the
graph model for conflict resolution, Systems Engineering 11(4) (docs/graphmodel.md says what of this was checked):

- Nash: H has no improvement from s.
- GMR: after each improvement t, some moves of the others lead to a u that some member of H does not prefer to s.
- SMR: the same, and from u every state that H can still reach is not preferred to s by some member of H.
- SEQ: as GMR, but the others go by sequences of improvements of their own coalitions.

A state is stable by a concept if it is so for every coalition. Nobody moves twice in succession, and in sequences of
improvements of coalitions no coalition does. The work grows with the square of the states and with 3**parties (each
coalition against each coalition of the others).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from standoff.errors import InputError
from standoff.graphmodel.chains import reached_from
from standoff.graphmodel.formula import Truth
from standoff.graphmodel.relations import sequences
from standoff.graphmodel.space import Payoffs, Space, moves
from standoff.graphmodel.stability import Concept
from standoff.graphmodel.tables import improvement_pairs, move_pairs, own, packed, spans, step_back

# There are 2**parties coalitions.
MOST_PARTIES = 6
# States by number of parties: a few minutes of work.
MOST_STATES = {1: 1 << 14, 2: 1 << 14, 3: 1 << 13, 4: 1 << 12, 5: 1 << 12, 6: 1 << 12}
# Beyond so many states nobody reads where coalitions can jump from each of them.
MOST_LISTED = 1024
COALITIONAL = (Concept.NASH, Concept.GMR, Concept.SMR, Concept.SEQ)
Coalition = tuple[int, ...]


@dataclass(frozen=True)
class Coalitional:
    """`stable[concept][H][n]`: is state n + 1 stable for the coalition H (indices of parties)."""

    space: Space
    stable: dict[Concept, dict[Coalition, Truth]]

    def equilibria(self, concept: Concept) -> list[int]:
        """The numbers of the states that are stable for every coalition."""
        truth = np.logical_and.reduce(list(self.stable[concept].values()))
        return [int(place) + 1 for place in np.flatnonzero(truth)]

    def jumps(self, state: int) -> list[tuple[Coalition, int]]:
        """The improvements from state number `state` of coalitions of several parties, smaller coalitions first."""
        return list(jumps_from(self.space, state))


def coalitions_of(parties: Sequence[int]) -> list[Coalition]:
    """All non-empty sets of these parties, smaller ones first."""
    return [group for size in range(1, len(parties) + 1) for group in combinations(parties, size)]


def jumps_from(space: Space, state: int) -> Iterator[tuple[Coalition, int]]:
    """Where coalitions of several parties can lead to from this state that all their members prefer."""
    code = int(space.codes[state - 1])
    for group in coalitions_of(range(len(space.movers))):
        if len(group) > 1:
            there = reached_from(space, code, group, moves)[space.codes]
            for party in group:
                payoff = space.movers[party].payoff
                there = there & (payoff[space.codes] > payoff[code])
            for place in np.flatnonzero(there):
                yield group, int(place) + 1


def every_jump(space: Space) -> list[tuple[int, Coalition, int]]:
    """All that `jumps_from` gives, of every state, which stands first. Raises InputError beyond MOST_LISTED states."""
    if len(space.codes) > MOST_LISTED:
        raise InputError(
            f"{space.conflict.name}: the jumps from each of {len(space.codes):,} states are too many to list "
            f"(limit {MOST_LISTED:,})"
        )
    payoff: Payoffs = np.array([mover.payoff[space.codes] for mover in space.movers])
    steps = [step_back(move_pairs(space, party)) for party in range(len(space.movers))]
    found: list[tuple[int, Coalition, int]] = []
    for group in coalitions_of(range(len(space.movers))):
        if len(group) > 1:
            pairs = improvement_pairs(payoff, group, [steps[party] for party in group])
            found += [
                (source + 1, group, target + 1)
                for source, target in zip(pairs.sources.tolist(), pairs.targets.tolist(), strict=True)
            ]
    return sorted(found, key=lambda one: (one[0], len(one[1]), one[1], one[2]))


def check_size(space: Space) -> None:
    """Raises InputError beyond MOST_PARTIES parties or the MOST_STATES states of so many."""
    count, parties = len(space.codes), len(space.movers)
    if parties > MOST_PARTIES or count > MOST_STATES[parties]:
        limit = f"{MOST_PARTIES} parties" if parties > MOST_PARTIES else f"{MOST_STATES[parties]:,} states"
        raise InputError(
            f"{space.conflict.name}: {count:,} states and {parties} parties are too many for coalitions "
            f"(limit {limit} with so many parties)"
        )


def solve_coalitions(space: Space, concepts: Sequence[Concept] = COALITIONAL) -> Coalitional:
    """Stability against every coalition by these concepts. Raises InputError for a conflict that is too large."""
    check_size(space)
    count, parties = len(space.codes), range(len(space.movers))
    every = coalitions_of(parties)
    payoff: Payoffs = np.array([mover.payoff[space.codes] for mover in space.movers])
    steps = [step_back(move_pairs(space, party)) for party in parties]
    gains = {}
    if Concept.SEQ in concepts:
        for group in every:
            if len(group) < len(parties):
                gains[group] = step_back(improvement_pairs(payoff, group, [steps[party] for party in group]))
    stable = {concept: {group: np.zeros(count, dtype=np.bool_) for group in every} for concept in concepts}
    for batch in spans(count):
        better = [packed(payoff[party][:, None] > payoff[party, batch][None, :]) for party in parties]
        for group in every:
            members = [steps[party] for party in group]
            rest = [party for party in parties if party not in group]
            # In what is not liked some member is no better off than where the coalition started.
            liked = np.bitwise_and.reduce([better[party] for party in group])
            for concept in concepts:
                match concept:
                    case Concept.GMR:
                        sanctioned = sequences(~liked, [steps[party] for party in rest])
                    case Concept.SMR:
                        firm = ~liked & ~sequences(liked, members)
                        sanctioned = sequences(firm, [steps[party] for party in rest])
                    case Concept.SEQ:
                        sanctioned = sequences(~liked, [gains[other] for other in coalitions_of(rest)])
                    case _:
                        sanctioned = np.zeros_like(liked)
                tempted = sequences(liked & ~sanctioned, members)
                stable[concept][group][batch] = ~own(tempted, batch)
    return Coalitional(space, stable)
