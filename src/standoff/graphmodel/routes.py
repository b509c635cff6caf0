"""The status quo as a whole: in go a `Space`, today's state and a concept, out comes for each equilibrium how it can
be reached from today, whose moves that takes, and what blocks the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

import numpy as np

from standoff.graphmodel.beside import Beside
from standoff.graphmodel.chains import Step, reached_from
from standoff.graphmodel.criterion import Criterion, Held, Kind, as_criterion, held
from standoff.graphmodel.inverse import NOTHING
from standoff.graphmodel.paths import Block, all_ways, block_at, needed, shortest_way
from standoff.graphmodel.space import Space, improvements, moves
from standoff.graphmodel.stability import Concept

Way = tuple[Step, ...]
# In a large conflict there can be thousands of equilibria; nobody reads the ways to more than this many.
MOST_TARGETS = 50


@dataclass(frozen=True)
class Route:
    """To state number `target`: the shortest way by any moves and by improvements only (None: no way), the parties
    without whom there is no way by moves, and what blocks each of the two. `every`: all ways by moves up to a length,
    if asked for. `by_taken`: by kinds of stability that do not ask step by step the shortest way of which every step is
    taken by somebody who would not stay where it stands (None: no such way, or not asked)."""

    target: int
    by_moves: Way | None
    by_improvements: Way | None
    needed: tuple[int, ...]
    blocked_moves: tuple[Block, ...]
    blocked_improvements: tuple[Block, ...]
    every: tuple[Way, ...] | None
    by_taken: Way | None = None


@dataclass(frozen=True)
class Routes:
    """`left_out`: how many further equilibria there are beyond the first MOST_TARGETS."""

    start: int
    concept: Criterion
    found: tuple[Route, ...]
    left_out: int = 0


def routes(
    space: Space, start: int, concept: Concept | Criterion, most_steps: int | None, beside: Beside = NOTHING
) -> Routes:
    """From state number `start` to each equilibrium by `concept`; with `most_steps`, also all ways of that length.

    By Nash, GMR, SMR, SEQ, SSEQ and SIM a step is blocked if its mover does not gain by it or is deterred from it. The
    other kinds of stability do not say of a single step whether it is taken; there it is blocked where the state it
    leaves is stable for its mover. Raises InputError as `held` does.
    """
    asked = as_criterion(concept)
    answer = held(space, asked, beside)
    targets = list(answer.equilibria)
    chosen = targets[:MOST_TARGETS]
    parties_needed = needed(space, start, chosen, moves)
    code, everybody = int(space.codes[start - 1]), range(len(space.movers))
    ahead = {single: reached_from(space, code, everybody, single)[space.codes] for single in (moves, improvements)}
    # Ways to different states often begin alike.
    blocked = cache(partial(block_at, space))
    plain = asked.concept if asked.kind is Kind.PLAIN else None
    found = []

    def against(way: Way | None) -> tuple[Block, ...]:
        states = (start, *(step.state for step in way or ()))
        if plain is None:
            return tuple(_stays(answer, states, way or ()))
        blocks = (blocked(place, states[place], step, plain) for place, step in enumerate(way or ()))
        return tuple(block for block in blocks if block is not None)

    taken = _of_the_unstable(space, answer) if asks_of_steps(asked) else None
    for target in chosen:
        by_moves, by_improvements = (
            shortest_way(space, start, target, single) if ahead[single][target - 1] else None
            for single in (moves, improvements)
        )
        found.append(
            Route(
                target,
                by_moves,
                by_improvements,
                tuple(parties_needed[target]) if by_moves is not None else (),
                against(by_moves),
                against(by_improvements),
                None if most_steps is None else tuple(all_ways(space, start, target, moves, most_steps)),
                None if taken is None else shortest_way(taken, start, target, moves),
            )
        )
    return Routes(start, asked, tuple(found), len(targets) - len(chosen))


def asks_of_steps(asked: Criterion) -> bool:
    """Whether `by_taken` is asked: not where each step has its reason anyway, nor where coalitions jump together."""
    return asked.kind not in (Kind.PLAIN, Kind.COALITIONS)


def _of_the_unstable(space: Space, answer: Held) -> Space:
    """The space in which a party moves only from states that are not stable for it."""
    movers = []
    anywhere = np.ones(len(space.feasible), dtype=np.bool_)
    for mover, stable in zip(space.movers, answer.stable, strict=True):
        stays = np.zeros(len(space.feasible), dtype=np.bool_)
        stays[space.codes] = stable
        for members in space.classes:
            stays[members] = stays[members[0]]
        movers.append(replace(mover, bans=(*mover.bans, (stays, anywhere)), transitive=False))
    return replace(space, movers=tuple(movers))


def _stays(answer: Held, states: Sequence[int], way: Way) -> Iterator[Block]:
    """The steps whose mover stays because the state it would leave is stable for it."""
    for place, step in enumerate(way):
        if answer.stable[step.party][states[place] - 1]:
            yield Block(place, step.party, (step.party,), None, stays=True)
