"""Why a state is stable or not: in go a `Space`, a state and a party, out comes the reason as data, to be put
into words elsewhere (`words.py`).

The chains of moves shown are the shortest there are; of equally short ones, the first by party and state
number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from standoff.graphmodel.chains import Chains, Step, chains_to
from standoff.graphmodel.formula import Codes
from standoff.graphmodel.simultaneous import improves
from standoff.graphmodel.space import Mover, Space, home, improvements, moves, subsets
from standoff.graphmodel.stability import Concept
from standoff.graphmodel.sweep import greatest_over_moves

# Where the party's own answer to a sanction counts, and where the others sanction by improvements only.
ANSWERED = (Concept.SMR, Concept.SSEQ)
CREDIBLE = (Concept.SEQ, Concept.SSEQ)


@dataclass(frozen=True)
class Sanction:
    """What the others can do about an improvement.

    `steps`: their moves in order, each from the state before; under SIM, the improvements each takes at once
    from the state where it all began. `outcome`: the state that results, which the party does not prefer to
    where it stood. `answer`: under SMR and SSEQ, the best state the party can still move to from there (itself if
    staying is best).
    """

    steps: tuple[Step, ...]
    outcome: int
    answer: int | None = None


@dataclass(frozen=True)
class Temptation:
    """An improvement open to the party, and the sanction against it; None if nobody can deter it."""

    to: int
    sanction: Sanction | None


@dataclass(frozen=True)
class Reason:
    """Stable if no temptation goes without a sanction (under Nash: if there is none)."""

    state: int
    party: int
    concept: Concept
    temptations: tuple[Temptation, ...]

    @property
    def stable(self) -> bool:
        return all(temptation.sanction is not None for temptation in self.temptations)


def reason(space: Space, state: int, party: int, concept: Concept) -> Reason:
    """Why state number `state` is or is not stable for the party with this index."""
    code = int(space.codes[state - 1])
    targets = improvements(space.movers[party], code)
    return Reason(state, party, concept, _temptations(space, code, party, concept, targets))


def temptation(space: Space, state: int, party: int, concept: Concept, to: int) -> Temptation:
    """What the others can do about this one improvement of the party."""
    code, target = int(space.codes[state - 1]), space.codes[to - 1 : to]
    return _temptations(space, code, party, concept, target)[0]


def _temptations(
    space: Space, code: int, party: int, concept: Concept, targets: Codes
) -> tuple[Temptation, ...]:
    numbers = space.states(targets)
    if concept is Concept.NASH or not len(targets):
        return tuple(Temptation(number, None) for number in numbers)
    if concept is Concept.SIM:
        return tuple(
            Temptation(number, _at_once(space, party, code, int(target)))
            for number, target in zip(numbers, targets, strict=True)
        )
    mover = space.movers[party]
    opponents = [other for other in range(len(space.movers)) if other != party]
    ends = greatest_over_moves(mover.payoff, mover) if concept in ANSWERED else mover.payoff
    goal = space.feasible & (ends <= mover.payoff[code])
    chains = chains_to(space, goal, opponents, improvements if concept in CREDIBLE else moves, targets)
    return tuple(
        Temptation(number, sanction_by(space, chains, mover, concept, int(target)))
        for number, target in zip(numbers, targets, strict=True)
    )


def sanction_by(space: Space, chains: Chains, mover: Mover, concept: Concept, start: int) -> Sanction | None:
    """The sanction that the shortest of the chains from the code `start` is; None if there is no chain."""
    steps = chains.chain(start)
    if steps is None:
        return None
    outcome = steps[-1].state
    if concept not in ANSWERED:
        return Sanction(steps, outcome)
    return Sanction(steps, outcome, space.state(_best_answer(mover, int(space.codes[outcome - 1]))))


def _best_answer(mover: Mover, code: int) -> int:
    """Where the party would go from `code` in one move at best; `code` itself if no move improves on it."""
    return max([code, *map(int, improvements(mover, code))], key=lambda target: int(mover.payoff[target]))


def _at_once(space: Space, party: int, code: int, target: int) -> Sanction | None:
    """A combination of the others' improvements from `code`, as few as possible, that spoils the move to `target`. For
    a collapsed state: that of the first of its codes, if there is one for every code from which the move is made."""
    found = None
    mover = space.movers[party]
    for start in next((group for group in space.classes if code in group), np.array([code])):
        for change in subsets(mover.mask):
            if improves(mover, np.array([start]), change)[0] and home(int(start) ^ change, space.classes) == target:
                sanction = _combination(space, party, int(start), int(start) ^ change)
                if sanction is None:
                    return None
                found = found or sanction
    return found


def _combination(space: Space, party: int, code: int, target: int) -> Sanction | None:
    """The same for one code: the changes of the acting parties, all combinations at once."""
    payoff = space.movers[party].payoff
    opponents = [other for other in range(len(space.movers)) if other != party]
    choices = {other: _changes(space.movers[other], code) for other in opponents}
    for chosen in sorted((0, *subsets((1 << len(opponents)) - 1)), key=int.bit_count):
        acting = [other for place, other in enumerate(opponents) if chosen >> place & 1]
        outcomes = np.array([target], dtype=np.int64)
        for other in acting:
            outcomes = (outcomes[:, None] ^ choices[other][None, :]).ravel()
        fitting = np.flatnonzero(space.feasible[outcomes] & (payoff[outcomes] <= payoff[code]))
        if len(fitting):
            steps = _parts(space, code, acting, choices, int(fitting[0]))
            return Sanction(steps, space.state(int(outcomes[fitting[0]])))
    return None


def _changes(mover: Mover, code: int) -> Codes:
    """The changes of options by which the party improves on this code, in the order of the codes they lead to."""
    every = np.array(list(subsets(mover.mask)), dtype=np.int64)
    able = every[improves(mover, np.full(len(every), code), every)]
    return able[np.argsort(able ^ code)]


def _parts(
    space: Space, code: int, acting: Sequence[int], choices: dict[int, Codes], place: int
) -> tuple[Step, ...]:
    """The single moves of the combination at this place of the product."""
    steps: list[Step] = []
    for other in reversed(acting):
        place, one = divmod(place, len(choices[other]))
        steps.append(Step(other, space.state(code ^ int(choices[other][one]))))
    return tuple(reversed(steps))
