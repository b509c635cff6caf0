"""Why a state is or is not stable for a party that looks several moves ahead, that prefers some things strongly, or
that acts on its attitudes: in go a `Space`, a state and a party, out comes the reason as data (`words_further.py` tells
it).

As in `why.py` the chains shown are the shortest there are. Foresight has no such choice: what is shown is what the
party counts with, and where it counts with several things at once, the worst for it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from standoff.errors import InputError
from standoff.graphmodel.attitudes import Attitude, welcome
from standoff.graphmodel.chains import Step, chains_to
from standoff.graphmodel.formula import Codes, Truth
from standoff.graphmodel.limited import Foresight, blind, further, payoffs
from standoff.graphmodel.relations import MOST_STATES
from standoff.graphmodel.space import Payoffs, Space, home, improvements, moves
from standoff.graphmodel.stability import Concept
from standoff.graphmodel.strength import floor
from standoff.graphmodel.sweep import greatest_over_moves, leads_to
from standoff.graphmodel.why import ANSWERED, CREDIBLE, Sanction, Temptation, sanction_by


@dataclass(frozen=True)
class Prospect:
    """A move of the party and what it then counts with: `steps`, its own move first, end where things come to rest.
    `better`: does it prefer that to where it stands."""

    steps: tuple[Step, ...]
    better: bool


@dataclass(frozen=True)
class ForesightReason:
    """Stable if no prospect is better. The best prospect stands first."""

    state: int
    party: int
    moves: int
    prospects: tuple[Prospect, ...]

    @property
    def stable(self) -> bool:
        return not any(one.better for one in self.prospects)


@dataclass(frozen=True)
class GradedTemptation:
    """An improvement and the hardest sanction there is against it; `strong`: it leads to what is strongly less
    preferred than where the party stands."""

    to: int
    sanction: Sanction | None
    strong: bool


@dataclass(frozen=True)
class GradedReason:
    """Strongly stable if every sanction is strong, weakly if some is not, unstable if one is missing."""

    state: int
    party: int
    concept: Concept
    temptations: tuple[GradedTemptation, ...]

    @property
    def stable(self) -> bool:
        return all(one.sanction is not None for one in self.temptations)

    @property
    def strongly(self) -> bool:
        return all(one.strong for one in self.temptations)


@dataclass(frozen=True)
class RelationalReason:
    """The moves that are welcome by the party's attitudes, each with the sanction against it."""

    state: int
    party: int
    concept: Concept
    temptations: tuple[Temptation, ...]

    @property
    def stable(self) -> bool:
        return all(one.sanction is not None for one in self.temptations)


def foresight_reason(space: Space, state: int, party: int, ahead: int) -> ForesightReason:
    """Why the state is, or is not, L_h stable for the party with h = `ahead`. Raises InputError for less than one
    move."""
    if ahead < 1:
        raise InputError(f"{ahead} moves: at least 1 is needed")
    payoff = payoffs(space)
    stages = [blind(space)]
    while len(stages) < ahead:
        stages.append(further(space, payoff, stages[-1]))
    code = int(space.codes[state - 1])
    worth = int(payoff[party][code])
    found = []
    for target in map(int, moves(space.movers[party], code)):
        steps = (Step(party, space.state(target)), *_expected(space, payoff, stages, party, party, target))
        end = int(payoff[party][space.codes[steps[-1].state - 1]])
        found.append((end, Prospect(steps, end > worth)))
    found.sort(key=lambda one: (-one[0], one[1].steps[0].state))
    return ForesightReason(state, party, ahead, tuple(prospect for _, prospect in found))


def _expected(
    space: Space, payoff: Payoffs, stages: Sequence[Foresight], focal: int, last: int, code: int
) -> tuple[Step, ...]:
    """What `focal` counts with once `last` has gone to this code: the last of the stages says who then moves on."""
    now = stages[-1]
    able = [k for k in range(len(payoff)) if k != last and now.leaves[k][code]]
    if not able:
        return ()
    mover = min(able, key=lambda k: (int(now.end[k][focal][code]), k))
    earlier = stages[:-1]
    choices = [int(one) for one in moves(space.movers[mover], code)]

    def ending(target: int, whose: int) -> int:
        ends = [int(earlier[-1].end[k][whose][target]) for k in range(len(payoff)) if k != mover]
        goes = [bool(earlier[-1].leaves[k][target]) for k in range(len(payoff)) if k != mover]
        reached = [end for end, moving in zip(ends, goes, strict=True) if moving]
        return min(reached) if reached else int(payoff[whose][target])

    target = min(choices, key=lambda one: (-ending(one, mover), ending(one, focal), one))
    return (Step(mover, space.state(target)), *_expected(space, payoff, earlier, focal, mover, target))


def graded_reason(space: Space, state: int, party: int, concept: Concept) -> GradedReason:
    """Why the state is strongly, weakly or not stable for the party under GMR, SMR or SEQ."""
    mover, code = space.movers[party], int(space.codes[state - 1])
    opponents = [other for other in range(len(space.movers)) if other != party]
    ends = greatest_over_moves(mover.payoff, mover) if concept in ANSWERED else mover.payoff
    single = improvements if concept in CREDIBLE else moves
    targets = improvements(mover, code)
    limits = (int(floor(space, party)[code]), int(mover.payoff[code]))
    hard, plain = (
        chains_to(space, space.feasible & (ends <= limit), opponents, single, targets) for limit in limits
    )
    found = []
    for target in map(int, targets):
        strong = sanction_by(space, hard, mover, concept, target)
        sanction = strong or sanction_by(space, plain, mover, concept, target)
        found.append(GradedTemptation(space.state(target), sanction, strong is not None))
    return GradedReason(state, party, concept, tuple(found))


def relational_reason(
    space: Space, state: int, party: int, concept: Concept, attitudes: Sequence[Sequence[Attitude]]
) -> RelationalReason:
    """Why the state is, or is not, relationally stable for the party. Raises InputError beyond MOST_STATES states."""
    if len(space.codes) > MOST_STATES:
        raise InputError(
            f"{space.conflict.name}: {len(space.codes):,} states are too many for attitudes (limit {MOST_STATES:,})"
        )
    mover, code = space.movers[party], int(space.codes[state - 1])
    wanted = [welcome(space, row) for row in attitudes]
    here = np.array([code])
    every = np.arange(len(space.feasible), dtype=np.int64)
    liked = wanted[party](here, every) & space.feasible
    for members in space.classes:
        liked[members] = liked[members[0]]
    liked[[code, *(int(one) for group in space.classes if code in group for one in group)]] = False
    goal = space.feasible & ~liked
    if concept is Concept.SMR:
        goal &= ~leads_to(liked, mover)

    def single(other: int, start: int) -> Codes:
        reached = moves(space.movers[other], start)
        if concept is not Concept.SEQ:
            return reached
        return np.compress(wanted[other](np.array([start]), reached), reached)

    others = [other for other in range(len(space.movers)) if other != party]
    found = []
    for target in map(int, moves(mover, code)):
        if liked[target]:
            steps = None if concept is Concept.NASH else _shortest(space, target, others, single, goal)
            sanction = None if steps is None else Sanction(steps, steps[-1].state)
            found.append(Temptation(space.state(target), sanction))
    return RelationalReason(state, party, concept, tuple(found))


def _shortest(
    space: Space, start: int, parties: Sequence[int], single: Callable[[int, int], Codes], goal: Truth
) -> tuple[Step, ...] | None:
    """A shortest legal chain (at least one step) from this code to where the goal holds; None if there is none."""
    came: dict[tuple[int, int], tuple[int, int] | None] = {(start, -1): None}
    open_ends = deque(came)
    while open_ends:
        at = open_ends.popleft()
        for party in parties:
            if party == at[1]:
                continue
            for target in (home(int(one), space.classes) for one in single(party, at[0])):
                if (target, party) in came:
                    continue
                came[target, party] = at
                if goal[target]:
                    return _traced(space, came, (target, party))
                open_ends.append((target, party))
    return None


def _traced(
    space: Space, came: dict[tuple[int, int], tuple[int, int] | None], end: tuple[int, int]
) -> tuple[Step, ...]:
    steps: list[Step] = []
    at: tuple[int, int] | None = end
    while at is not None and came[at] is not None:
        steps.append(Step(at[1], space.state(at[0])))
        at = came[at]
    return tuple(reversed(steps))
