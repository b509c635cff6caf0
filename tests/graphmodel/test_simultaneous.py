"""Simultaneous sanctions by the sweep over all states, which only large conflicts call for of their own accord."""

import random

import pytest
from by_definition import ByDefinition

from standoff.graphmodel import simultaneous
from standoff.graphmodel.conflict import Conflict, DecisionMaker, Direction, Option, Ranked
from standoff.graphmodel.formula import from_pattern
from standoff.graphmodel.space import build
from standoff.graphmodel.sweep import ImprovementSweep, Reach

OWNERS = {"two parties": [4, 4], "three parties": [2, 1, 5]}


@pytest.mark.parametrize("sizes", OWNERS.values(), ids=OWNERS)
@pytest.mark.parametrize("direction", Direction)
def test_sweeps_and_single_tries_agree_with_the_definition(monkeypatch, sizes, direction):
    dice = random.Random(f"{sizes} {direction}")
    infeasible = from_pattern("YY-----N")
    codes = [code for code in range(256) if not (code & 1 and code & 2 and not code & 128)]
    makers, start = [], 0
    for size in sizes:
        order = dice.sample(codes, len(codes))
        groups = tuple(tuple(order[k : k + 24]) for k in range(0, len(order), 24))
        makers.append(DecisionMaker(f"p{start}", tuple(range(start, start + size)), Ranked(groups)))
        start += size
    options = tuple(Option(f"o{k}", direction if k in (2, 7) else Direction.BOTH) for k in range(8))
    conflict = Conflict("larger", options, tuple(makers), (infeasible,))
    space, truth = build(conflict), ByDefinition(conflict)
    monkeypatch.setattr(simultaneous, "_AT_ONCE", 1)
    sweeps = []
    least = ImprovementSweep.least
    monkeypatch.setattr(ImprovementSweep, "least", lambda self, values: sweeps.append(1) or least(self, values))
    for focal in range(len(sizes)):
        stable = simultaneous.stable(space, focal, Reach(space))
        for code in dice.sample(truth.states, 25):
            assert stable[code] == truth.sim(focal, code)
    assert sweeps
