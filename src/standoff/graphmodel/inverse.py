"""The inverse question: in go a conflict and a wished state, out come the smallest changes of preference
under which it is an equilibrium.

The size of a change is the number of swaps of neighbours in the parties' orders: of statements under option
prioritisation, of groups in a ranking (Kendall's distance, summed over the parties). All changes of the
smallest size are found. The idea of asking backwards is that of Kinsara, Kilgour and Hipel (2015), Inverse
approach to the graph model for conflict resolution, IEEE Trans. SMC: Systems 45(5).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from standoff.errors import InputError
from standoff.graphmodel.conflict import Conflict, Preference, Prioritised, Ranked, Weighted
from standoff.graphmodel.space import build
from standoff.graphmodel.stability import Concept, equilibria

Item = TypeVar("Item")
# Each candidate is solved whole; this many small conflicts take about half a minute.
MOST_CANDIDATES = 10_000


@dataclass(frozen=True)
class Swap:
    """The party with this index puts the item at `place` + 1 (from 0) of its order above the one at
    `place`."""

    party: int
    place: int


@dataclass(frozen=True)
class Remedy:
    """The swaps, one after the other, and the conflict as it then is."""

    swaps: tuple[Swap, ...]
    conflict: Conflict


def nearest_remedies(
    conflict: Conflict, code: int, concept: Concept, most_swaps: int, movable: Collection[int] | None = None
) -> list[Remedy]:
    """All changes of the smallest size, up to `most_swaps`, that make the state with this code an
    equilibrium; one without swaps if it is one already; none if no change of that size does. With `movable`, only
    the parties with these indices change.

    Raises InputError if the state is not feasible, and if more than MOST_CANDIDATES changes would have to be
    tried.
    """
    number = build(conflict).state(code)
    parties = range(len(conflict.decision_makers)) if movable is None else movable
    seen = {conflict.decision_makers}
    level = [Remedy((), conflict)]
    for size in range(most_swaps + 1):
        found = [one for one in level if number in equilibria(build(one.conflict), concept)]
        if found or size == most_swaps:
            return found
        further: list[Remedy] = []
        for one in level:
            for swap, changed in _neighbours(one.conflict, parties):
                if changed.decision_makers not in seen:
                    seen.add(changed.decision_makers)
                    further.append(Remedy((*one.swaps, swap), changed))
        if len(seen) > MOST_CANDIDATES:
            raise InputError(
                f"{conflict.name}: no change of up to {size} swaps is enough, and {size + 1} make "
                f"{len(further):,} changes to try (limit {MOST_CANDIDATES:,})"
            )
        level = further
    return []


def levers(conflict: Conflict, code: int, concept: Concept, most_swaps: int) -> dict[int, list[Remedy]]:
    """Where a third party can press: each party whose own change of preference of up to `most_swaps` swaps is enough,
    all others as they are, with its smallest changes; the party with the smallest change first.

    Raises InputError as `nearest_remedies` does.
    """
    found = {}
    for party in range(len(conflict.decision_makers)):
        remedies = nearest_remedies(conflict, code, concept, most_swaps, (party,))
        if remedies:
            found[party] = remedies
    return dict(sorted(found.items(), key=lambda one: (len(one[1][0].swaps), one[0])))


def _neighbours(conflict: Conflict, movable: Collection[int]) -> Iterator[tuple[Swap, Conflict]]:
    for party, maker in enumerate(conflict.decision_makers):
        if party not in movable:
            continue
        for place, preference in enumerate(_swapped(maker.preference)):
            makers = list(conflict.decision_makers)
            makers[party] = replace(maker, preference=preference)
            yield Swap(party, place), replace(conflict, decision_makers=tuple(makers))


def _swapped(preference: Preference) -> list[Preference]:
    """The preference with each two neighbours swapped, by place; none for weights, which have no order to
    change."""
    match preference:
        case Prioritised(order):
            return [replace(preference, statements=_swap(order, place)) for place in range(len(order) - 1)]
        case Ranked(groups):
            return [replace(preference, groups=_swap(groups, place)) for place in range(len(groups) - 1)]
        case Weighted():
            return []


def _swap(order: tuple[Item, ...], place: int) -> tuple[Item, ...]:
    return (*order[:place], order[place + 1], order[place], *order[place + 2 :])
