"""Limited-move and non-myopic stability against the definition, with the sets of states spelt out."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from by_definition import ByDefinition
from hypothesis import HealthCheck, given, settings
from random_conflicts import RICH, conflicts

from standoff.errors import InputError
from standoff.graphmodel.conflict import Conflict, DecisionMaker, Option, Prioritised
from standoff.graphmodel.files import read_conflict
from standoff.graphmodel.limited import solve_limited
from standoff.graphmodel.space import build
from standoff.graphmodel.stability import Concept, solve

EXAMPLES = Path(__file__).parents[2] / "examples" / "graphmodel"
patient = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


class Foresight(ByDefinition):
    def __init__(self, conflict):
        super().__init__(conflict)
        self.ends = cache(self._ends)

    def after(self, h, i, t):
        """Where things may end once i has moved to t, with h moves left."""
        others = [j for j in self.parties if j != i and h and self.ends(h, j, t) != {t}]
        return set().union(*(self.ends(h, j, t) for j in others)) if others else {t}

    def _ends(self, h, i, s):
        """Where things may end if it is i's turn at s with h moves left; {s} if it stays."""
        moves = {t: self.after(h - 1, i, t) for t in self.moves(i, s)}
        # A move is worth it if every state it may end in is better than s.
        good = [t for t, ends in moves.items() if all(self.prefers(i, end, s) for end in ends)]

        def worst(t):
            return next(end for end in moves[t] if not any(self.prefers(i, end, other) for other in moves[t]))

        best = [t for t in good if not any(self.prefers(i, worst(u), worst(t)) for u in good)]
        return frozenset().union(*(moves[t] for t in best)) if best else frozenset({s})


@patient
@given(conflicts(4, RICH))
def test_limited_move_stability_is_as_defined(conflict):
    space, truth = build(conflict), Foresight(conflict)
    found = solve_limited(space, 5)
    for h in range(1, 6):
        for i in truth.parties:
            wanted = [truth.ends(h, i, s) == {s} for s in truth.states]
            assert found.stable[h - 1][i].tolist() == wanted, (h, i)


@patient
@given(conflicts(4, RICH))
def test_one_move_is_nash_and_two_imply_seq(conflict):
    space = build(conflict)
    plain, found = solve(space).stable, solve_limited(space, 2)
    for i in range(len(space.movers)):
        assert np.array_equal(found.stable[0][i], plain[Concept.NASH][i])
        assert np.all(plain[Concept.SEQ][i][found.stable[1][i]])


@patient
@given(conflicts(4, RICH))
def test_what_is_non_myopically_stable_is_so_for_every_foresight_from_some_number_on(conflict):
    space = build(conflict)
    found = solve_limited(space, 1)
    assert found.lasting is not None
    far = solve_limited(space, found.begins + 3 * found.period)
    tail = far.stable[found.begins - 1 :]
    for i in range(len(space.movers)):
        assert found.lasting[i].tolist() == [all(one[i][n] for one in tail) for n in range(len(space.codes))]
    for earlier, later in zip(tail, tail[found.period :], strict=False):
        assert [one.tolist() for one in earlier] == [one.tolist() for one in later]


def test_mutual_silence_holds_for_who_looks_two_moves_ahead():
    found = solve_limited(build(read_conflict(EXAMPLES / "prisoners-dilemma.yaml")), 2)
    assert found.equilibria(1) == [1]
    assert found.equilibria(2) == [1, 4]


def test_foresight_of_no_move_is_refused():
    options = tuple(Option(f"o{k}") for k in range(11))
    conflict = Conflict("wide", options, (DecisionMaker("A", tuple(range(11)), Prioritised(())),))
    with pytest.raises(InputError, match="0 moves: at least 1 is needed"):
        solve_limited(build(conflict), 0)
