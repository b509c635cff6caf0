"""Reasons against coalitions say what the solution says, and their steps are legal."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from random_conflicts import RICH, conflicts
from test_coalitions import Coalitions

from standoff.cli.model import model
from standoff.graphmodel.coalitions import solve_coalitions
from standoff.graphmodel.space import build
from standoff.graphmodel.stability import Concept
from standoff.graphmodel.why_joint import TOLD, joint_in_words, joint_reason

ELMIRA = str(Path(__file__).parents[2] / "examples" / "graphmodel" / "elmira-1991.yaml")


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(conflicts(4, RICH))
def test_a_state_holds_if_every_jump_is_sanctioned_by_legal_steps_of_the_others(conflict):
    space, truth = build(conflict), Coalitions(conflict)
    solution = solve_coalitions(space, TOLD)
    for n, code in enumerate(truth.states, start=1):
        for i in truth.parties:
            for concept in TOLD:
                found = joint_reason(space, n, i, concept)
                groups = [group for group in solution.stable[concept] if i in group]
                assert found.stable == all(solution.stable[concept][group][n - 1] for group in groups)
                assert [(one.coalition, one.to) for one in found.temptations] == [
                    (group, space.state(t)) for group in groups for t in sorted(set(truth.gains(group, code)))
                ]
                for one in found.temptations:
                    here, last = truth.states[one.to - 1], None
                    for step in one.sanction.steps if one.sanction else ():
                        target = truth.states[step.state - 1]
                        assert step.party not in one.coalition and step.party != last
                        assert target in truth.moves(step.party, here)
                        here, last = target, step.party
                    if one.sanction:
                        assert truth.no_better(one.coalition, here, code)
                        if concept is Concept.SMR:
                            later = truth.coalition(one.coalition, here, truth.moves)
                            assert all(truth.no_better(one.coalition, t, code) for t in later)
                assert (" does not hold" in joint_in_words(space, found)) != found.stable


def test_the_command_tells_of_elmiras_jump_from_5_to_8():
    words = ["why", ELMIRA, "NYNNY", "--concept", "coalitions", "--party", "Ministry"]
    out = CliRunner().invoke(model, words, catch_exceptions=False).output
    assert "Nash: state 7 does not hold against the coalitions with Ministry" in out
    assert "Ministry and Company can go to 10 (take Modify, Accept, give up Delay)" in out


@pytest.mark.parametrize("party", ["Ministry", "Company", "Local government"])
def test_what_holds_against_all_is_told_for_every_party(party):
    words = ["why", ELMIRA, "YNYNY", "--concept", "coalitions", "--party", party]
    out = CliRunner().invoke(model, words, catch_exceptions=False).output
    assert f"Nash: state 10 holds against the coalitions with {party}" in out
