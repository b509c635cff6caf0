"""Why a state is stable or not: in go a `Space`, a state and a party, out comes the reason as data, to be put
into words elsewhere (`words.py`).

The chains of moves shown are the shortest there are; of equally short ones, the first by party and state
number.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from standoff.graphmodel.formula import Codes
from standoff.graphmodel.space import Mover, Payoffs, Space, improvements, moves, subsets
from standoff.graphmodel.stability import Concept


@dataclass(frozen=True)
class Step:
    """One move: the party with this index goes to this state (a number from 1)."""

    party: int
    state: int


@dataclass(frozen=True)
class Sanction:
    """What the others can do about an improvement.

    `steps`: their moves in order, each from the state before; under SIM, the improvements each takes at once
    from the state where it all began. `outcome`: the state that results, which the party does not prefer to
    where it stood. `answer`: under SMR, the best state the party can still move to from there (itself if
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
    mover = space.movers[party]
    temptations = []
    for target in map(int, improvements(mover, code)):
        sanction: Sanction | None
        match concept:
            case Concept.NASH:
                sanction = None
            case Concept.GMR:
                sanction = _by_moves(space, party, code, target, moves, lambda s: s)
            case Concept.SMR:
                sanction = _by_moves(space, party, code, target, moves, lambda s: _best_answer(mover, s))
            case Concept.SEQ:
                sanction = _by_moves(space, party, code, target, improvements, lambda s: s)
            case Concept.SIM:
                sanction = _at_once(space, party, code, target)
        if sanction is not None and concept is Concept.SMR:
            final = _best_answer(mover, int(space.codes[sanction.outcome - 1]))
            sanction = Sanction(sanction.steps, sanction.outcome, space.state(final))
        temptations.append(Temptation(space.state(target), sanction))
    return Reason(state, party, concept, tuple(temptations))


def _best_answer(mover: Mover, code: int) -> int:
    """Where the party would go from `code` in one move at best; `code` itself if no move improves on it."""
    return max([code, *map(int, improvements(mover, code))], key=lambda target: int(mover.payoff[target]))


def _by_moves(
    space: Space,
    party: int,
    code: int,
    start: int,
    single: Callable[[Mover, int], Codes],
    ends_at: Callable[[int], int],
) -> Sanction | None:
    """The shortest sequence of the others' single moves from `start` to a state from which things end
    (`ends_at`) no better for the party than at `code`; breadth first."""
    payoff = space.movers[party].payoff
    opponents = [other for other in range(len(space.movers)) if other != party]
    came: dict[int, tuple[int, int]] = {}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for opponent in opponents:
            for there in map(int, single(space.movers[opponent], here)):
                if there in came or there == start:
                    continue
                came[there] = (here, opponent)
                if payoff[ends_at(there)] <= payoff[code]:
                    return Sanction(_path(space, came, there), space.state(there))
                waiting.append(there)
    return None


def _path(space: Space, came: dict[int, tuple[int, int]], end: int) -> tuple[Step, ...]:
    steps: list[Step] = []
    while end in came:
        before, opponent = came[end]
        steps.append(Step(opponent, space.state(end)))
        end = before
    return tuple(reversed(steps))


def _at_once(space: Space, party: int, code: int, target: int) -> Sanction | None:
    """A combination of the others' improvements from `code`, as few as possible, that spoils the move to
    `target`."""
    payoff = space.movers[party].payoff
    opponents = [other for other in range(len(space.movers)) if other != party]
    choices = [[int(t) for t in improvements(space.movers[opponent], code)] for opponent in opponents]
    for chosen in sorted((0, *subsets((1 << len(opponents)) - 1)), key=int.bit_count):
        acting = [place for place in range(len(opponents)) if chosen >> place & 1]
        found = _combination(space, [choices[place] for place in acting], code, target, int(payoff[code]), payoff)
        if found is not None:
            outcome, taken = found
            steps = (Step(opponents[p], space.state(t)) for p, t in zip(acting, taken, strict=True))
            return Sanction(tuple(steps), space.state(outcome))
    return None


def _combination(
    space: Space, choices: list[list[int]], code: int, outcome: int, limit: int, payoff: Payoffs
) -> tuple[int, tuple[int, ...]] | None:
    """The first choice of one improvement each whose joint outcome is feasible and worth at most `limit`."""
    if not choices:
        return (outcome, ()) if space.feasible[outcome] and payoff[outcome] <= limit else None
    for choice in choices[0]:
        found = _combination(space, choices[1:], code, outcome ^ code ^ choice, limit, payoff)
        if found is not None:
            return found[0], (choice, *found[1])
    return None
