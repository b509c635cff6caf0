"""How firm the conclusions are: in go a conflict, the statements whose weight is uncertain and a kind of stability, out
come the share of sampled preferences under which each state is an equilibrium, and what each uncertain statement does
to that.

What is known: every party's statements, and the order of the certain ones. An uncertain statement may stand at any
place among them. Samples draw these places independently and evenly (numpy's PCG64 from the given seed), so that the
same seed gives the same answer. By strength of preference a statement stays among the strong ones if it is one, and
below them if it is not: what is strong is known, and stands above all else. The standard error of a share p over n
samples is sqrt(p (1 - p) / n).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from standoff.errors import InputError
from standoff.graphmodel.beside import Beside
from standoff.graphmodel.conflict import Conflict, Prioritised
from standoff.graphmodel.criterion import Criterion, Kind, as_criterion, effort, held
from standoff.graphmodel.formula import Formula
from standoff.graphmodel.inverse import NOTHING
from standoff.graphmodel.space import build, feasible_mask
from standoff.graphmodel.stability import Concept

# States in all the conflicts that are solved (weighed as in `effort`): some minutes of work.
MOST_EFFORT = 1 << 28


@dataclass(frozen=True)
class Sensitivity:
    """For the uncertain statement number `place` (from 0) of `party`: state → share of the samples under which it is
    an equilibrium if the statement is left out altogether, all else as sampled."""

    party: int
    place: int
    without: Mapping[int, float]


@dataclass(frozen=True)
class Robustness:
    """`share`: state → share of the samples under which it is an equilibrium (states that never are are left out).
    `given`: the equilibria with the statements as they are written."""

    concept: Criterion
    samples: int
    seed: int
    given: tuple[int, ...]
    share: Mapping[int, float]
    sensitivity: tuple[Sensitivity, ...]


def robustness(
    conflict: Conflict,
    uncertain: Sequence[Sequence[int]],
    concept: Concept | Criterion,
    samples: int,
    seed: int,
    beside: Beside = NOTHING,
) -> Robustness:
    """`uncertain[i]`: the places (from 0) of the uncertain statements of party i.

    Raises InputError if there are none, if `samples` is below 1 or would take too long, for a party whose preference is
    no prioritisation, by unknown preference, and as `held` does.
    """
    asked = as_criterion(concept)
    if asked.kind is Kind.UNKNOWN:
        raise InputError(
            f"{conflict.name}: {asked.name} asks of every order of the uncertain statements at once; there is nothing "
            "left to sample"
        )
    chosen = [(party, place) for party, places in enumerate(uncertain) for place in places]
    if not chosen:
        raise InputError(f"{conflict.name}: no statement is marked `uncertain: true`, so there is nothing to sample")
    if samples < 1:
        raise InputError(f"{samples} samples: at least 1 is needed")
    states = int(feasible_mask(conflict).sum())
    each = effort(states, asked) * (1 + len(chosen))
    if samples * each > MOST_EFFORT:
        raise InputError(
            f"{conflict.name}: {samples:,} samples, each with {len(chosen)} statements left out in turn, are too many "
            f"by {asked.name} for {states:,} states: at most {MOST_EFFORT // each:,}"
        )
    orders = [_statements(conflict, party) if places else () for party, places in enumerate(uncertain)]
    strong = [
        maker.preference.strong if asked.kind is Kind.STRENGTH and isinstance(maker.preference, Prioritised) else 0
        for maker in conflict.decision_makers
    ]
    dice = np.random.default_rng(seed)
    drawn = [
        [_order(len(orders[i]), places, strong[i], dice) for i, places in enumerate(uncertain)] for _ in range(samples)
    ]
    known: dict[tuple[tuple[int, ...], ...], tuple[int, ...]] = {}

    def equilibria(places: list[tuple[int, ...]]) -> tuple[int, ...]:
        key = tuple(places)
        if key not in known:
            makers = tuple(
                replace(maker, preference=_reordered(order, own, first)) if order else maker
                for maker, order, own, first in zip(conflict.decision_makers, orders, key, strong, strict=True)
            )
            known[key] = held(build(replace(conflict, decision_makers=makers)), asked, beside).equilibria
        return known[key]

    def share(outcomes: list[tuple[int, ...]]) -> dict[int, float]:
        every = sorted({state for outcome in outcomes for state in outcome})
        return {state: sum(state in outcome for outcome in outcomes) / samples for state in every}

    sensitivity = []
    for party, place in chosen:
        thinned = [
            [tuple(p for p in own if (i, p) != (party, place)) for i, own in enumerate(sample)] for sample in drawn
        ]
        sensitivity.append(Sensitivity(party, place, share([equilibria(one) for one in thinned])))
    return Robustness(
        asked,
        samples,
        seed,
        equilibria([tuple(range(len(order))) for order in orders]),
        share([equilibria(sample) for sample in drawn]),
        tuple(sensitivity),
    )


def _statements(conflict: Conflict, party: int) -> tuple[Formula, ...]:
    maker = conflict.decision_makers[party]
    if not isinstance(maker.preference, Prioritised):
        raise InputError(f"{conflict.name}: `{maker.name}` has no statements whose place could be uncertain")
    return maker.preference.statements


def _reordered(statements: Sequence[Formula], order: Sequence[int], strong: int) -> Prioritised:
    """The statements at these places; those that stood among the first `strong` are strong still."""
    return Prioritised(tuple(statements[place] for place in order), sum(place < strong for place in order))


def _order(count: int, uncertain: Sequence[int], strong: int, dice: np.random.Generator) -> tuple[int, ...]:
    """The certain places in their order, each uncertain one put anywhere among them; those below `strong` and the
    others apart."""
    order: list[int] = []
    for band in (range(strong), range(strong, count)):
        own = [place for place in band if place not in uncertain]
        for place in uncertain:
            if place in band:
                own.insert(int(dice.integers(len(own) + 1)), place)
        order += own
    return tuple(order)
