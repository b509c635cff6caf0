"""The status quo as a whole: in go a `Space`, today's state and a concept, out comes for each equilibrium how it can
be reached from today, whose moves that takes, and what blocks the way."""

from __future__ import annotations

from dataclasses import dataclass

from standoff.graphmodel.paths import Block, all_ways, blocks, needed, shortest_ways
from standoff.graphmodel.space import Space, improvements, moves
from standoff.graphmodel.stability import Concept, solve
from standoff.graphmodel.why import Step

Way = tuple[Step, ...]


@dataclass(frozen=True)
class Route:
    """To state number `target`: the shortest way by any moves and by improvements only (None: no way), the parties
    without whom there is no way by moves, and what blocks each of the two. `every`: all ways by moves up to a length,
    if asked for."""

    target: int
    by_moves: Way | None
    by_improvements: Way | None
    needed: tuple[int, ...]
    blocked_moves: tuple[Block, ...]
    blocked_improvements: tuple[Block, ...]
    every: tuple[Way, ...] | None


@dataclass(frozen=True)
class Routes:
    start: int
    concept: Concept
    found: tuple[Route, ...]


def routes(space: Space, start: int, concept: Concept, most_steps: int | None) -> Routes:
    """From state number `start` to each equilibrium by `concept`; with `most_steps`, also all ways of that length."""
    plain = shortest_ways(space, start, moves)
    better = shortest_ways(space, start, improvements)
    found = []
    for target in solve(space).equilibria(concept):
        by_moves, by_improvements = plain.get(target), better.get(target)
        found.append(
            Route(
                target,
                by_moves,
                by_improvements,
                tuple(needed(space, start, target, moves)) if by_moves is not None else (),
                tuple(blocks(space, start, by_moves or (), concept)),
                tuple(blocks(space, start, by_improvements or (), concept)),
                None if most_steps is None else tuple(all_ways(space, start, target, moves, most_steps)),
            )
        )
    return Routes(start, concept, tuple(found))
