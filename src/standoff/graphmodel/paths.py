"""Status-quo analysis: in go a `Space` and today's state, out come the shortest ways from there to other
states.

After Li, Kilgour and Hipel (2005), Status quo analysis in the Graph Model for Conflict Resolution, J. Oper.
Res. Soc. 56. A shortest way never has the same party twice in succession: its two moves would be one, or
none.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from standoff.graphmodel.formula import Codes
from standoff.graphmodel.space import Mover, Space
from standoff.graphmodel.why import Step

Single = Callable[[Mover, int], Codes]


def shortest_ways(space: Space, start: int, single: Single) -> dict[int, tuple[Step, ...]]:
    """From state number `start` to every state that can be reached (itself by no step), with as few moves as
    can be.

    `single` is `moves` for whatever the parties can do, `improvements` for what each mover gains by. Of
    equally short ways the first by party and state number.
    """
    first = int(space.codes[start - 1])
    ways: dict[int, tuple[Step, ...]] = {start: ()}
    waiting = deque([first])
    while waiting:
        here = waiting.popleft()
        way = ways[space.state(here)]
        for party, mover in enumerate(space.movers):
            for there in map(int, single(mover, here)):
                number = space.state(there)
                if number not in ways:
                    ways[number] = (*way, Step(party, number))
                    waiting.append(there)
    return ways
