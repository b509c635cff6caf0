"""Moves as tables of states × states, for what a sweep cannot answer: in goes a `Space`, out come tables that say from
which state (row) to which (column) moves lead."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from standoff.graphmodel.space import Space, moves

# A table is a megabyte at this many states.
MOST_STATES = 1024
Table = NDArray[np.bool_]


def move_table(space: Space, party: int) -> Table:
    """[s, t]: can the party move from s to t."""
    table = np.zeros((len(space.codes), len(space.codes)), dtype=np.bool_)
    for place, code in enumerate(space.codes):
        table[place, np.searchsorted(space.codes, moves(space.movers[party], int(code)))] = True
    return table


def closed(table: Table) -> Table:
    """The relation and all its repetitions."""
    while True:
        wider = table | product(table, table)
        if np.array_equal(wider, table):
            return table
        table = wider


def product(left: Table, right: Table) -> Table:
    """Where some state stands between: left[s, x] and right[x, t]."""
    return np.asarray(left.astype(np.float32) @ right.astype(np.float32) > 0, dtype=np.bool_)


def legal(moves: Sequence[Table]) -> Table:
    """[s, t]: do moves of these parties lead from s to t, nobody moving twice in succession.

    The rule matters here for the way back to where it started: an unknown state can both tempt and deter, so whether
    the others can return to it decides. `last[j]` holds what is reached with j as the last mover.
    """
    last = [table.copy() for table in moves]
    while True:
        before = [np.logical_or.reduce([np.zeros_like(last[0]), *last[:j], *last[j + 1 :]]) for j in range(len(last))]
        grown = [table | product(others, table) for table, others in zip(moves, before, strict=True)]
        if all(np.array_equal(new, old) for new, old in zip(grown, last, strict=True)):
            break
        last = grown
    reached: Table = np.logical_or.reduce(last)
    return reached
