"""A conflict and changes of preference go in; the conflict as it then would be comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from standoff.errors import InputError
from standoff.graphmodel.conflict import Conflict, Preference, Prioritised, Ranked, Weighted
from standoff.graphmodel.inverse import Swap

Item = TypeVar("Item")


def with_swaps(conflict: Conflict, swaps: Sequence[Swap]) -> Conflict:
    """The conflict after the swaps, one after the other, each on the order that the one before left.

    Raises InputError for a party or place that does not exist, and for weights, which have no order to change.
    """
    makers = list(conflict.decision_makers)
    for swap in swaps:
        if not 0 <= swap.party < len(makers):
            raise InputError(f"{conflict.name}: there is no decision maker number {swap.party + 1}")
        maker = makers[swap.party]
        makers[swap.party] = replace(maker, preference=_with_swap(maker.preference, swap.place, maker.name))
    return replace(conflict, decision_makers=tuple(makers))


def swapped_order(items: Sequence[Item], places: Sequence[int]) -> tuple[Item, ...]:
    """The items after swaps of neighbours, each given by its upper place (from 0)."""
    order = list(items)
    for place in places:
        order[place], order[place + 1] = order[place + 1], order[place]
    return tuple(order)


def _with_swap(preference: Preference, place: int, name: str) -> Preference:
    match preference:
        case Prioritised(statements):
            _check(place, len(statements), name)
            return replace(preference, statements=swapped_order(statements, [place]))
        case Ranked(groups):
            _check(place, len(groups), name)
            return replace(preference, groups=swapped_order(groups, [place]))
        case Weighted():
            raise InputError(f"{name}: its preference is by weights, which have no order to change")


def _check(place: int, count: int, name: str) -> None:
    if not 0 <= place < count - 1:
        raise InputError(f"{name}: there is no place {place + 2} of {count} to bring up")
