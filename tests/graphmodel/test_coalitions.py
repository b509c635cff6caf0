"""Coalitional stability against the definitions word for word, and Elmira's jump from 5 to 8."""

from itertools import combinations
from pathlib import Path

import pytest
from by_definition import ByDefinition
from hypothesis import HealthCheck, given, settings
from random_conflicts import RICH, conflicts

from standoff.errors import InputError
from standoff.graphmodel.coalitions import COALITIONAL, coalitions_of, every_jump, solve_coalitions
from standoff.graphmodel.conflict import Conflict, DecisionMaker, Option, Prioritised
from standoff.graphmodel.files import read_conflict
from standoff.graphmodel.space import build
from standoff.graphmodel.stability import Concept, solve

EXAMPLES = Path(__file__).parents[2] / "examples" / "graphmodel"


class Coalitions(ByDefinition):
    """The definitions of `standoff.graphmodel.coalitions`, state by state, with legal sequences spelt out."""

    def gains(self, group, s):
        return [t for t in self.coalition(group, s, self.moves) if all(self.prefers(i, t, s) for i in group)]

    def no_better(self, group, t, s):
        return any(not self.prefers(i, t, s) for i in group)

    def sequences(self, groups, s):
        """Sequences of coalition improvements, no coalition twice in succession."""
        found = {(t, group) for group in groups for t in self.gains(group, s)}
        waiting = list(found)
        while waiting:
            state, last = waiting.pop()
            for group in groups:
                for t in self.gains(group, state) if group != last else ():
                    if (t, group) not in found:
                        found.add((t, group))
                        waiting.append((t, group))
        return {state for state, _ in found}

    def stable(self, concept, group, s):
        rest = [i for i in self.parties if i not in group]
        groups = [other for size in range(1, len(rest) + 1) for other in combinations(rest, size)]

        def sanctioned(t):
            after = self.sequences(groups, t) if concept is Concept.SEQ else self.coalition(rest, t, self.moves)
            for u in after:
                if self.no_better(group, u, s) and (
                    concept is not Concept.SMR
                    or all(self.no_better(group, v, s) for v in self.coalition(group, u, self.moves))
                ):
                    return True
            return False

        gains = self.gains(group, s)
        return not gains if concept is Concept.NASH else all(sanctioned(t) for t in gains)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(conflicts(4, RICH))
def test_every_coalition_is_as_defined_and_single_parties_as_ever(conflict):
    space, truth = build(conflict), Coalitions(conflict)
    found, alone = solve_coalitions(space), solve(space)
    for concept in COALITIONAL:
        for group, stable in found.stable[concept].items():
            assert stable.tolist() == [truth.stable(concept, group, s) for s in truth.states], (concept, group)
        if concept is not Concept.SEQ:
            for i in truth.parties:
                assert found.stable[concept][(i,)].tolist() == alone.stable[concept][i].tolist()
        assert set(found.equilibria(concept)) <= set(found.equilibria(Concept.GMR))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(conflicts(4, RICH))
def test_the_jumps_are_the_improvements_of_coalitions_of_several_parties(conflict):
    space, truth = build(conflict), Coalitions(conflict)
    groups = [group for group in coalitions_of(truth.parties) if len(group) > 1]
    wanted = [
        (space.state(s), group, number)
        for s in truth.states
        for group in groups
        for number in sorted(space.state(t) for t in set(truth.gains(group, s)))
    ]
    assert every_jump(space) == sorted(wanted, key=lambda one: (one[0], len(one[1]), one[1], one[2]))
    found = solve_coalitions(space, (Concept.NASH,))
    assert [(n, *jump) for n in range(1, len(space.codes) + 1) for jump in found.jumps(n)] == every_jump(space)


def test_in_elmira_ministry_and_company_can_jump_together_from_5_to_8():
    found = solve_coalitions(build(read_conflict(EXAMPLES / "elmira-1991.yaml")))
    assert ((0, 1), 10) in found.jumps(7), "states 5 and 8 of the literature are 7 and 10 here"
    assert 7 not in found.equilibria(Concept.NASH)
    assert 10 in found.equilibria(Concept.NASH)


def test_too_many_states_are_refused_with_the_numbers():
    options = tuple(Option(f"o{k}") for k in range(15))
    makers = (DecisionMaker("A", tuple(range(15)), Prioritised(())), DecisionMaker("B", (), Prioritised(())))
    conflict = Conflict("wide", options, makers)
    with pytest.raises(InputError, match=r"wide: 32,768 states and 2 parties are too many .* \(limit 16,384 states"):
        solve_coalitions(build(conflict))
