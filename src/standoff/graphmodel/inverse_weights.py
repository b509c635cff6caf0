"""The inverse question for weights: in go a conflict and a wished state, out comes for each party with weights the
smallest change of one of its weights under which the state is an equilibrium, all else as it is.

Where a weight moves, the order of the states changes only where two states that differ on its statement come to be
worth the same, and what is strong only where they come to differ by just what makes it so (`strong_from`). These
values, the middles between neighbours of them and a point beyond the last on either side are all there is to try:
between them nothing changes. So the answer is exact for changes of a single weight; changes of several at once are not
tried.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from standoff.errors import InputError
from standoff.graphmodel.beside import Beside
from standoff.graphmodel.conflict import Conflict, Weighted
from standoff.graphmodel.criterion import Criterion, as_criterion, effort, held
from standoff.graphmodel.formula import holds
from standoff.graphmodel.inverse import MOST_CANDIDATES, MOST_EFFORT, NOTHING
from standoff.graphmodel.space import Space, build
from standoff.graphmodel.stability import Concept

# As many differences of worth are held in memory at once.
MOST_TURNING_POINTS = 4_000_000


@dataclass(frozen=True)
class WeightChange:
    """The weight at `place` (from 0) of the party goes from `before` to `limit` if `reaches`, else anywhere beyond
    `limit`; `example` is a weight that does it (the limit itself, or one a little further on), `conflict` what is then
    the case."""

    party: int
    place: int
    before: float
    limit: float
    reaches: bool
    example: float
    conflict: Conflict

    @property
    def size(self) -> float:
        return abs(self.limit - self.before)


def weight_changes(
    conflict: Conflict, code: int, concept: Concept | Criterion, beside: Beside = NOTHING
) -> list[WeightChange]:
    """For each party with weights the smallest changes of one weight that are enough (several if equally small), the
    smallest of all first. Empty if the state is an equilibrium as it is, or if no such change is enough.

    Raises InputError if the state is not feasible, and if more than MOST_CANDIDATES weights would have to be tried.
    """
    space = build(conflict)
    number = space.state(code)
    if not any(isinstance(maker.preference, Weighted) for maker in conflict.decision_makers):
        return []
    asked = as_criterion(concept)
    if number in held(space, asked, beside).equilibria:
        return []
    most = min(MOST_CANDIDATES, MOST_EFFORT // effort(len(space.codes), asked))
    found: list[WeightChange] = []
    tried = 0
    for party, maker in enumerate(conflict.decision_makers):
        if not isinstance(maker.preference, Weighted):
            continue
        steps = [step for place in range(len(maker.preference.weights)) for step in _steps(space, party, place)]
        best: float | None = None
        for size, reaches, place, limit, value in sorted(steps, key=lambda one: (one[0], not one[1], one[2], one[3])):
            if best is not None and size > best:
                break
            tried += 1
            if tried > most:
                raise InputError(
                    f"{conflict.name}: more than {most:,} weights would have to be tried by {asked.name} with "
                    f"{len(space.codes):,} states; use fewer or rounder weights"
                )
            changed = _with_weight(conflict, party, place, value)
            if number in held(build(changed), asked, beside).equilibria:
                best = size
                before = maker.preference.weights[place][1]
                if not any((one.party, one.place, one.limit) == (party, place, limit) for one in found):
                    found.append(WeightChange(party, place, before, limit, reaches, value, changed))
    return sorted(found, key=lambda one: (one.size, not one.reaches, one.party, one.place, one.limit))


def _steps(space: Space, party: int, place: int) -> list[tuple[float, bool, int, float, float]]:
    """What to try for one weight: size, whether the limit itself is tried, place, limit, value."""
    preference = space.conflict.decision_makers[party].preference
    assert isinstance(preference, Weighted)
    before = preference.weights[place][1]
    limits = _turning_points(space, preference, place)
    steps: list[tuple[float, bool, int, float, float]] = []
    for side in (1, -1):
        ahead = sorted({float(one) for one in limits if (one - before) * side >= 0}, key=lambda one: one * side)
        for index, limit in enumerate(ahead):
            following = ahead[index + 1] if index + 1 < len(ahead) else limit + side
            size = abs(limit - before)
            steps.append((size, True, place, limit, limit))
            steps.append((size, False, place, limit, (limit + following) / 2))
    return steps


def _turning_points(space: Space, preference: Weighted, place: int) -> NDArray[np.float64]:
    """The values of the weight at which two states that differ on its statement are worth the same, or differ by
    `strong_from`."""
    codes = space.codes
    rest = np.zeros(len(codes))
    for index, (formula, weight) in enumerate(preference.weights):
        if index != place:
            rest += weight * holds(formula, codes)
    met = holds(preference.weights[place][0], codes)
    with_it, without = np.unique(np.round(rest[met], 9)), np.unique(np.round(rest[~met], 9))
    if len(with_it) * len(without) > MOST_TURNING_POINTS:
        raise InputError(
            f"{space.conflict.name}: the weights make {len(with_it):,} times {len(without):,} comparisons "
            f"(limit {MOST_TURNING_POINTS:,}); use fewer or rounder weights"
        )
    equal = without[None, :] - with_it[:, None]
    strong = preference.strong_from
    turning = [equal] if strong is None else [equal, equal - strong, equal + strong]
    return np.unique(np.round(np.concatenate(turning, axis=None), 9))


def _with_weight(conflict: Conflict, party: int, place: int, value: float) -> Conflict:
    makers = list(conflict.decision_makers)
    preference = makers[party].preference
    assert isinstance(preference, Weighted)
    weights = list(preference.weights)
    weights[place] = (weights[place][0], value)
    makers[party] = replace(makers[party], preference=replace(preference, weights=tuple(weights)))
    return replace(conflict, decision_makers=tuple(makers))
