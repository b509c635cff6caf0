"""Chains of single moves for all states at once: in go a `Space`, who may move and a goal, out comes from everywhere
how many moves the shortest legal chain to the goal takes, and the chain itself from one state.

Nobody moves twice in succession. What may follow depends on who moved last, so there is one array for each party that
may move first. A pass costs a few operations for each option, whatever the number of moves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from standoff.graphmodel.formula import Codes, Truth
from standoff.graphmodel.space import Mover, Space, improvements, moves
from standoff.graphmodel.sweep import LOWEST, greatest_elsewhere, leads_to

# A single move of a party from a code: `moves` for whatever it can do, `improvements` for what it gains by.
Single = Callable[[Mover, int], Codes]
# Stands for "no chain"; no shortest chain is that long.
_NEVER = np.iinfo(np.int16).max


@dataclass(frozen=True)
class Step:
    """One move: the party with this index goes to this state (a number from 1)."""

    party: int
    state: int


@dataclass(frozen=True)
class Chains:
    """`first[k][code]`: the fewest moves of a legal chain to the goal that begins with a move of `parties[k]`."""

    space: Space
    goal: Truth
    parties: tuple[int, ...]
    single: Single
    first: tuple[NDArray[np.int16], ...]

    def length(self, code: int, last: int | None = None) -> int | None:
        """The fewest moves (at least one) from this code to the goal if the party `last` has just moved."""
        found = [int(levels[code]) for party, levels in zip(self.parties, self.first, strict=True) if party != last]
        best = min(found, default=_NEVER)
        return None if best == _NEVER else best

    def anywhere(self) -> Truth:
        """Over codes: from where there is a chain at all."""
        found: Truth = np.minimum.reduce(self.first) < _NEVER if self.first else np.zeros_like(self.goal)
        return found

    def chain(self, code: int) -> tuple[Step, ...] | None:
        """A shortest chain from this code; of several the first by party and state number at the first step where they
        differ. None if there is none."""
        left = self.length(code)
        if left is None:
            return None
        steps: list[Step] = []
        last: int | None = None
        while left:
            last, code = self._next(code, last, left)
            steps.append(Step(last, self.space.state(code)))
            left -= 1
        return tuple(steps)

    def _next(self, code: int, last: int | None, left: int) -> tuple[int, int]:
        for party, levels in zip(self.parties, self.first, strict=True):
            if party != last and levels[code] == left:
                for target in map(int, self.single(self.space.movers[party], code)):
                    if self.goal[target] if left == 1 else self.length(target, party) == left - 1:
                        return party, target
        raise AssertionError("a level without a move that leads to the next")


def chains_to(
    space: Space, goal: Truth, parties: Sequence[int], single: Single, wanted: Codes | None = None
) -> Chains:
    """From every state to where `goal` (over codes, alike for all codes of a collapsed state) holds. With `wanted`, no
    longer chains are looked for once each of these codes has one (what is said of other codes then may be too much)."""
    first = [np.full(len(goal), _NEVER, dtype=np.int16) for _ in parties]
    level = 0
    while True:
        level += 1
        grown = False
        before = [levels < level for levels in first]
        for k, party in enumerate(parties):
            targets = goal.copy() if level == 1 else np.zeros_like(goal)
            for other, reached in enumerate(before):
                if other != k:
                    targets |= reached
            new = before_move(space.movers[party], targets, single) & (first[k] == _NEVER)
            if new.any():
                first[k][new] = level
                grown = True
        if not grown:
            break
        if wanted is not None and all((np.minimum.reduce([lv[wanted] for lv in first]) < _NEVER).tolist()):
            break
    return Chains(space, goal, tuple(parties), single, tuple(first))


def before_move(mover: Mover, targets: Truth, single: Single) -> Truth:
    """Over codes: from where a single move of the party leads to one of `targets`."""
    if single is moves:
        return leads_to(targets, mover)
    if single is improvements:
        better: Truth = greatest_elsewhere(np.where(targets, mover.payoff, np.int32(LOWEST)), mover) > mover.payoff
        return better
    raise AssertionError("a single move is `moves` or `improvements`")


def reached_from(space: Space, code: int, parties: Sequence[int], single: Single) -> Truth:
    """Over codes: where legal chains of these parties lead from a state, itself included."""
    start = np.zeros(len(space.feasible), dtype=np.bool_)
    start[[code, *(int(one) for group in space.classes if code in group for one in group)]] = True
    backwards = [_backwards(space.movers[party], single) for party in parties]
    last = [np.zeros_like(start) for _ in parties]
    while True:
        grown = False
        before = [np.logical_or.reduce([start, *last[:k], *last[k + 1 :]]) for k in range(len(last))]
        for k, (mover, sources) in enumerate(zip(backwards, before, strict=True)):
            found = before_move(mover, sources, single)
            grown = grown or bool((found & ~last[k]).any())
            last[k] |= found
        if not grown:
            found_all: Truth = np.logical_or.reduce([start, *last])
            return found_all


def _backwards(mover: Mover, single: Single) -> Mover:
    """The party as if each of its moves led back; an improvement then leads to what is preferred less."""
    highest = int(mover.payoff.max()) + 1
    payoff = np.where(mover.payoff > 0, highest - mover.payoff, 0).astype(np.int32)
    return replace(
        mover,
        forward=mover.back,
        back=mover.forward,
        bans=tuple((after, before) for before, after in mover.bans),
        payoff=payoff if single is improvements else mover.payoff,
    )
