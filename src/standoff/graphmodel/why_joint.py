"""Why a state holds against coalitions or does not: in go a `Space`, a state and a party, out comes as data, and in
words, where each coalition with that party can lead to that all its members prefer, and what the others can do then.

By Nash, GMR and SMR (`coalitions.py` has the definitions); by SEQ the others answer by improvements of their own
coalitions, of which no single chain of moves tells. The chains shown are the shortest there are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from standoff.graphmodel.chains import Chains, chains_to, reached_from
from standoff.graphmodel.coalitions import Coalition, coalitions_of
from standoff.graphmodel.formula import Truth
from standoff.graphmodel.report import sanction_json
from standoff.graphmodel.space import Space, moves
from standoff.graphmodel.stability import Concept
from standoff.graphmodel.why import Sanction
from standoff.graphmodel.words import CONCEPT_NAMES, MOST_TOLD, change_in_words, way_in_words

TOLD = (Concept.NASH, Concept.GMR, Concept.SMR)


@dataclass(frozen=True)
class JointTemptation:
    """The coalition can lead to state number `to`, and every member prefers that. `sanction`: what the others can do
    then; None if they can do nothing that some member would mind."""

    coalition: Coalition
    to: int
    sanction: Sanction | None


@dataclass(frozen=True)
class JointReason:
    """The state holds against every coalition with the party if no temptation goes without a sanction."""

    state: int
    party: int
    concept: Concept
    temptations: tuple[JointTemptation, ...]

    @property
    def stable(self) -> bool:
        return all(one.sanction is not None for one in self.temptations)


def joint_reason(space: Space, state: int, party: int, concept: Concept) -> JointReason:
    """Why state number `state` does or does not hold against the coalitions with the party of this index, by Nash, GMR
    or SMR."""
    code = int(space.codes[state - 1])
    found: list[JointTemptation] = []
    for group in coalitions_of(range(len(space.movers))):
        if party not in group:
            continue
        liked: Truth = np.logical_and.reduce([space.movers[i].payoff > space.movers[i].payoff[code] for i in group])
        liked &= space.feasible
        there = (reached_from(space, code, group, moves) & liked)[space.codes]
        targets = [int(place) + 1 for place in np.flatnonzero(there)]
        chains = _sanctions(space, group, concept, liked) if targets and concept is not Concept.NASH else None
        for target in targets:
            steps = None if chains is None else chains.chain(int(space.codes[target - 1]))
            sanction = None if steps is None else Sanction(steps, steps[-1].state)
            found.append(JointTemptation(group, target, sanction))
    return JointReason(state, party, concept, tuple(found))


def _sanctions(space: Space, group: Coalition, concept: Concept, liked: Truth) -> Chains:
    """The others' chains to what some member of the coalition does not prefer; by SMR to where it cannot be left for
    what all of them do."""
    goal = space.feasible & ~liked
    if concept is Concept.SMR:
        goal &= ~chains_to(space, liked, group, moves).anywhere()
    rest = [party for party in range(len(space.movers)) if party not in group]
    return chains_to(space, goal, rest, moves)


def joint_in_words(space: Space, reason: JointReason) -> str:
    """One paragraph: whether it holds, each jump, and what the others can do about it."""
    name = space.movers[reason.party].name
    verdict = "holds" if reason.stable else "does not hold"
    head = f"{CONCEPT_NAMES[reason.concept]}: state {reason.state} {verdict} against the coalitions with {name}"
    if not reason.temptations:
        return f"{head}; none can lead to what all its members prefer."
    ordered = sorted(reason.temptations, key=lambda one: one.sanction is not None)
    lines = [f"{head}."]
    for one in ordered[:MOST_TOLD]:
        who = " and ".join(space.movers[member].name for member in one.coalition)
        act = f"  - {who} can go to {one.to} ({change_in_words(space, reason.state, one.to)})"
        if one.sanction is None:
            nothing = ", and the others can do nothing that a member would mind"
            lines.append(f"{act}{nothing * (reason.concept is not Concept.NASH)}.")
            continue
        held = ", and they cannot leave that together for the better" if reason.concept is Concept.SMR else ""
        chain = way_in_words(space, one.to, one.sanction.steps)
        lines.append(f"{act}, but then {chain}: no better than {reason.state} for a member{held}.")
    if len(ordered) > MOST_TOLD:
        lines.append(f"And {len(ordered) - MOST_TOLD:,} further ways (--json has them all).")
    return "\n".join(lines)


def joint_json(space: Space, reason: JointReason) -> dict[str, object]:
    """Each jump with the sanction against it."""
    return {
        "decision_maker": space.movers[reason.party].name,
        "concept": f"coalitions:{reason.concept.value}",
        "state": reason.state,
        "stable": reason.stable,
        "improvements": [
            {
                "coalition": [space.movers[member].name for member in one.coalition],
                "to": one.to,
                "sanction": None if one.sanction is None else sanction_json(space, one.sanction),
            }
            for one in reason.temptations
        ],
    }
