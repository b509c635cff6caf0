"""Status-quo analysis: in go a `Space` and today's state, out come the ways from there to other states, whose
moves they need, and what blocks them.

After Li, Kilgour and Hipel (2005), Status quo analysis in the Graph Model for Conflict Resolution, J. Oper.
Res. Soc. 56. Nobody moves twice in succession.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from standoff.graphmodel.chains import Chains, Single, Step, chains_to, reached_from
from standoff.graphmodel.formula import Truth
from standoff.graphmodel.space import Space
from standoff.graphmodel.stability import Concept
from standoff.graphmodel.why import Sanction, temptation

# Ways without a state twice grow faster than any power of the states; nobody reads more than this many.
MOST_WAYS = 1000


@dataclass(frozen=True)
class Block:
    """Why the step at `place` (from 0) of a way will not be taken: its mover does not gain by it (`by` is the mover,
    no sanction), or gains but is deterred (`by` are those who sanction it), or, by kinds of stability that do not ask
    step by step, `stays` where it is because that is stable for it."""

    place: int
    party: int
    by: tuple[int, ...]
    sanction: Sanction | None
    stays: bool = False


def shortest_way(
    space: Space, start: int, target: int, single: Single, without: Collection[int] = ()
) -> tuple[Step, ...] | None:
    """From state number `start` to `target` with as few moves as can be; None if there is no way, () if it is there
    already.

    `single` is `moves` for whatever the parties can do, `improvements` for what each mover gains by. Of equally short
    ways the first by party and state number. The parties `without` stay still.
    """
    if target == start:
        return ()
    first = int(space.codes[start - 1])
    chains = chains_to(space, _only(space, target), _others(space, without), single, np.array([first]))
    return chains.chain(first)


def needed(space: Space, start: int, targets: Sequence[int], single: Single) -> dict[int, list[int]]:
    """For each target the parties without whose moves there is no way at all to it from `start`; all of them if there
    is none with everybody."""
    codes = space.codes[np.array(targets, dtype=np.int64) - 1]
    found: dict[int, list[int]] = {target: [] for target in targets}
    for party in range(len(space.movers)):
        reached = reached_from(space, int(space.codes[start - 1]), _others(space, (party,)), single)
        for target, there in zip(targets, reached[codes], strict=True):
            if not there:
                found[target].append(party)
    return found


def all_ways(space: Space, start: int, target: int, single: Single, most_steps: int) -> list[tuple[Step, ...]]:
    """Every way of at most `most_steps` moves that visits no state twice and in which nobody moves twice in
    succession, shorter ones first; at most MOST_WAYS of them."""
    chains = chains_to(space, _only(space, target), _others(space, ()), single)
    found: list[tuple[Step, ...]] = []
    for steps in range(most_steps + 1):
        for way in _ways(chains, start, target, steps, (start,), None):
            found.append(way)
            if len(found) == MOST_WAYS:
                return found
    return found


def _only(space: Space, state: int) -> Truth:
    code = int(space.codes[state - 1])
    goal = np.zeros(len(space.feasible), dtype=np.bool_)
    goal[[code, *(int(one) for group in space.classes if code in group for one in group)]] = True
    return goal


def _others(space: Space, without: Collection[int]) -> list[int]:
    return [party for party in range(len(space.movers)) if party not in without]


def blocks(space: Space, start: int, way: tuple[Step, ...], concept: Concept) -> list[Block]:
    """The steps that a party which thinks by `concept` would not take: they are no improvement, or are sanctioned.
    Under Nash nobody fears a sanction."""
    states = (start, *(step.state for step in way))
    found = (block_at(space, place, states[place], step, concept) for place, step in enumerate(way))
    return [block for block in found if block is not None]


def block_at(space: Space, place: int, before: int, step: Step, concept: Concept) -> Block | None:
    """What stands against this step from state number `before`; None if its mover takes it."""
    payoff = space.movers[step.party].payoff
    if payoff[space.codes[step.state - 1]] <= payoff[space.codes[before - 1]]:
        return Block(place, step.party, (step.party,), None)
    sanction = temptation(space, before, step.party, concept, step.state).sanction
    if sanction is None:
        return None
    return Block(place, step.party, tuple(sorted({one.party for one in sanction.steps})), sanction)


def _ways(
    chains: Chains, here: int, target: int, steps: int, seen: tuple[int, ...], last: int | None
) -> Iterator[tuple[Step, ...]]:
    """Ways of exactly `steps` moves, without those that cannot get there any more."""
    space = chains.space
    if steps == 0 or here == target:
        if steps == 0 and here == target:
            yield ()
        return
    shortest = chains.length(int(space.codes[here - 1]), last)
    if shortest is None or shortest > steps:
        return
    for party in chains.parties:
        if party == last:
            continue
        for code in map(int, chains.single(space.movers[party], int(space.codes[here - 1]))):
            there = space.state(code)
            if there not in seen:
                for rest in _ways(chains, there, target, steps - 1, (*seen, there), party):
                    yield (Step(party, there), *rest)
