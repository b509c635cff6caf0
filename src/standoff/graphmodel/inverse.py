"""The inverse question: in go a conflict, a wished state and a kind of stability, out come the smallest changes of
preference under which the state is an equilibrium.

The size of a change is the number of swaps of neighbours in the parties' orders: of statements under option
prioritisation, of groups in a ranking (Kendall's distance, summed over the parties). All changes of the smallest size
are found. The idea of asking backwards is that of Kinsara, Kilgour and Hipel (2015), Inverse approach to the graph
model for conflict resolution, IEEE Trans. SMC: Systems 45(5).

By any kind of stability (`criterion`) what is swapped is the true order, and all that the file says beside it stays as
it is: attitudes; what parties believe of others; how many places of an order are strong (so that a swap over that
border makes one item strong and the other not). An uncertain statement stands anywhere already, so by unknown
preference only certain ones change places.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from standoff.errors import InputError
from standoff.graphmodel.beside import Beside
from standoff.graphmodel.conflict import Conflict, Preference, Prioritised, Ranked, Weighted
from standoff.graphmodel.criterion import Criterion, Kind, as_criterion, effort, held
from standoff.graphmodel.space import build
from standoff.graphmodel.stability import Concept

Item = TypeVar("Item")
# Each candidate is solved whole; this many small conflicts take about half a minute.
MOST_CANDIDATES = 10_000
# And this many states in all of them (weighed by how hard the kind of stability is) a few minutes.
MOST_EFFORT = 1 << 26


NOTHING = Beside()


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
    conflict: Conflict,
    code: int,
    concept: Concept | Criterion,
    most_swaps: int,
    movable: Collection[int] | None = None,
    beside: Beside = NOTHING,
) -> list[Remedy]:
    """All changes of the smallest size, up to `most_swaps`, that make the state with this code an
    equilibrium; one without swaps if it is one already; none if no change of that size does. With `movable`, only
    the parties with these indices change. By unknown preference the uncertain statements stand last in the changed
    conflicts, which means the same.

    Raises InputError if the state is not feasible, if more than MOST_CANDIDATES changes or more than MOST_EFFORT states
    in all would have to be tried, and as `held` does.
    """
    asked = as_criterion(concept)
    space = build(conflict)
    number = space.state(code)
    parties = range(len(conflict.decision_makers)) if movable is None else movable
    settled = [_length(maker.preference) for maker in conflict.decision_makers]
    if asked.kind is Kind.UNKNOWN and any(beside.uncertain):
        conflict, beside, settled = certain_first(conflict, beside)
    each = effort(len(space.codes), asked)
    seen = {conflict.decision_makers}
    level = [Remedy((), conflict)]
    for size in range(most_swaps + 1):
        found = [one for one in level if number in held(build(one.conflict), asked, beside).equilibria]
        if found or size == most_swaps:
            return found
        further: list[Remedy] = []
        for one in level:
            for swap, changed in _neighbours(one.conflict, parties, settled):
                if changed.decision_makers not in seen:
                    seen.add(changed.decision_makers)
                    further.append(Remedy((*one.swaps, swap), changed))
        limit = min(MOST_CANDIDATES, MOST_EFFORT // each)
        if len(seen) > limit:
            raise InputError(
                f"{conflict.name}: no change of up to {size} swaps is enough, and {size + 1} make "
                f"{len(further):,} changes to try (limit {limit:,} by {asked.name} with {len(space.codes):,} states)"
            )
        level = further
    return []


def certain_first(conflict: Conflict, beside: Beside) -> tuple[Conflict, Beside, list[int]]:
    """The conflict with each party's uncertain statements behind the certain ones, which changes nothing by unknown
    preference; where they stand now; and how many of each party's statements are certain."""
    makers, uncertain, settled = [], [], []
    for maker, places in zip(conflict.decision_makers, beside.uncertain, strict=True):
        preference = maker.preference
        settled.append(_length(preference) - len(places))
        if places and isinstance(preference, Prioritised):
            order = sorted(range(len(preference.statements)), key=lambda place: (place in places, place))
            preference = Prioritised(tuple(preference.statements[place] for place in order))
        makers.append(replace(maker, preference=preference))
        uncertain.append(range(settled[-1], settled[-1] + len(places)))
    return replace(conflict, decision_makers=tuple(makers)), replace(beside, uncertain=uncertain), settled


def levers(
    conflict: Conflict, code: int, concept: Concept | Criterion, most_swaps: int, beside: Beside = NOTHING
) -> dict[int, list[Remedy]]:
    """Where a third party can press: each party whose own change of preference of up to `most_swaps` swaps is enough,
    all others as they are, with its smallest changes; the party with the smallest change first.

    Raises InputError as `nearest_remedies` does.
    """
    found = {}
    for party in range(len(conflict.decision_makers)):
        remedies = nearest_remedies(conflict, code, concept, most_swaps, (party,), beside)
        if remedies:
            found[party] = remedies
    return dict(sorted(found.items(), key=lambda one: (len(one[1][0].swaps), one[0])))


def _neighbours(
    conflict: Conflict, movable: Collection[int], settled: Sequence[int]
) -> Iterator[tuple[Swap, Conflict]]:
    """Each conflict that is one swap away; of party i only the first `settled[i]` items change places."""
    for party, maker in enumerate(conflict.decision_makers):
        if party not in movable:
            continue
        for place, preference in enumerate(_swapped(maker.preference)[: max(0, settled[party] - 1)]):
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


def _length(preference: Preference) -> int:
    match preference:
        case Prioritised(statements):
            return len(statements)
        case Ranked(groups):
            return len(groups)
        case Weighted():
            return 0


def _swap(order: tuple[Item, ...], place: int) -> tuple[Item, ...]:
    return (*order[:place], order[place + 1], order[place], *order[place + 2 :])
