"""Status-quo analysis: in go a `Space` and today's state, out come the ways from there to other states, whose
moves they need, and what blocks them.

After Li, Kilgour and Hipel (2005), Status quo analysis in the Graph Model for Conflict Resolution, J. Oper.
Res. Soc. 56. A shortest way never has the same party twice in succession: its two moves would be one, or
none.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from standoff.graphmodel.formula import Codes
from standoff.graphmodel.space import Mover, Space
from standoff.graphmodel.stability import Concept
from standoff.graphmodel.why import Sanction, Step, reason

Single = Callable[[Mover, int], Codes]
# Ways without a state twice grow faster than any power of the states; nobody reads more than this many.
MOST_WAYS = 1000


@dataclass(frozen=True)
class Block:
    """Why the step at `place` (from 0) of a way will not be taken: its mover does not gain by it (`by` is the mover,
    no sanction), or gains but is deterred (`by` are those who sanction it)."""

    place: int
    party: int
    by: tuple[int, ...]
    sanction: Sanction | None


def shortest_ways(
    space: Space, start: int, single: Single, without: Collection[int] = ()
) -> dict[int, tuple[Step, ...]]:
    """From state number `start` to every state that can be reached (itself by no step), with as few moves as
    can be.

    `single` is `moves` for whatever the parties can do, `improvements` for what each mover gains by. Of
    equally short ways the first by party and state number. The parties `without` stay still.
    """
    first = int(space.codes[start - 1])
    ways: dict[int, tuple[Step, ...]] = {start: ()}
    waiting = deque([first])
    while waiting:
        here = waiting.popleft()
        way = ways[space.state(here)]
        for party, mover in enumerate(space.movers):
            if party in without:
                continue
            for there in map(int, single(mover, here)):
                number = space.state(there)
                if number not in ways:
                    ways[number] = (*way, Step(party, number))
                    waiting.append(there)
    return ways


def needed(space: Space, start: int, target: int, single: Single) -> list[int]:
    """The parties without whose moves there is no way at all from `start` to `target`; all of them if there is none
    with everybody."""
    return [
        party
        for party in range(len(space.movers))
        if target != start and target not in shortest_ways(space, start, single, without=(party,))
    ]


def all_ways(space: Space, start: int, target: int, single: Single, most_steps: int) -> list[tuple[Step, ...]]:
    """Every way of at most `most_steps` moves that visits no state twice and in which nobody moves twice in
    succession, shorter ones first; at most MOST_WAYS of them."""
    found: list[tuple[Step, ...]] = []
    for steps in range(most_steps + 1):
        for way in _ways(space, start, target, single, steps, (start,), None):
            found.append(way)
            if len(found) == MOST_WAYS:
                return found
    return found


def blocks(space: Space, start: int, way: tuple[Step, ...], concept: Concept) -> list[Block]:
    """The steps that a party which thinks by `concept` would not take: they are no improvement, or are sanctioned.
    Under Nash nobody fears a sanction."""
    found = []
    before = start
    for place, step in enumerate(way):
        payoff = space.movers[step.party].payoff
        if payoff[space.codes[step.state - 1]] <= payoff[space.codes[before - 1]]:
            found.append(Block(place, step.party, (step.party,), None))
        else:
            temptations = reason(space, before, step.party, concept).temptations
            sanction = next(one.sanction for one in temptations if one.to == step.state)
            if sanction is not None:
                by = tuple(sorted({one.party for one in sanction.steps}))
                found.append(Block(place, step.party, by, sanction))
        before = step.state
    return found


def _ways(
    space: Space, here: int, target: int, single: Single, steps: int, seen: tuple[int, ...], last: int | None
) -> Iterator[tuple[Step, ...]]:
    """Ways of exactly `steps` moves."""
    if steps == 0 or here == target:
        if steps == 0 and here == target:
            yield ()
        return
    for party, mover in enumerate(space.movers):
        if party == last:
            continue
        for code in map(int, single(mover, int(space.codes[here - 1]))):
            there = space.state(code)
            if there not in seen:
                for rest in _ways(space, there, target, single, steps - 1, (*seen, there), party):
                    yield (Step(party, there), *rest)
