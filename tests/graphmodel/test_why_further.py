"""Reasons of foresight, strength and attitudes say what the solutions say, and their steps are legal."""

from pathlib import Path

import pytest
from by_definition import ByDefinition
from click.testing import CliRunner
from hypothesis import HealthCheck, assume, given, settings
from random_conflicts import RICH, conflicts
from test_attitudes import Relational, with_attitudes
from test_limited import Foresight
from test_strength import graded_conflicts

from standoff.cli.model import model
from standoff.errors import InputError
from standoff.graphmodel.attitudes import RELATIONAL
from standoff.graphmodel.space import build
from standoff.graphmodel.stability import Concept
from standoff.graphmodel.strength import GRADED, floor, solve_strength
from standoff.graphmodel.why_further import foresight_reason, graded_reason, relational_reason
from standoff.graphmodel.words_further import foresight_in_words, graded_in_words, relational_in_words

EXAMPLES = Path(__file__).parents[2] / "examples" / "graphmodel"
patient = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


@patient
@given(conflicts(4, RICH))
def test_foresight_moves_where_a_prospect_is_better_and_each_step_is_foreseen_by_its_mover(conflict):
    space, truth = build(conflict), Foresight(conflict)
    for i in truth.parties:
        for n, code in enumerate(truth.states, start=1):
            found = foresight_reason(space, n, i, 3)
            assert found.stable == (truth.ends(3, i, code) == {code})
            assert sorted(one.steps[0].state for one in found.prospects) == [
                truth.states.index(t) + 1 for t in truth.moves(i, code)
            ]
            for one in found.prospects:
                way = [(step.party, truth.states[step.state - 1]) for step in one.steps]
                assert way[0][0] == i
                end = way[-1][1]
                possible = truth.after(2, i, way[0][1])
                assert end in possible
                assert not any(truth.prefers(i, end, other) for other in possible), "it counts with the worst"
                assert one.better == truth.prefers(i, end, code)
                for (last, here), (party, target) in zip(way, way[1:], strict=False):
                    assert party != last
                    assert target in truth.moves(party, here)
            assert ("not stable" in foresight_in_words(space, found)) != found.stable


@patient
@given(graded_conflicts())
def test_graded_reasons_agree_with_the_solution(conflict):
    space, truth = build(conflict), ByDefinition(conflict)
    assume(any((floor(space, i) > 0).any() for i in truth.parties))
    solution = solve_strength(space)
    for i, mover in enumerate(space.movers):
        limits = floor(space, i)
        for n, code in enumerate(truth.states):
            for concept in GRADED:
                found = graded_reason(space, n + 1, i, concept)
                assert found.stable == solution.general[concept][i][n]
                assert (found.stable and found.strongly) == solution.strong[concept][i][n]
                for one in found.temptations:
                    if one.sanction is not None:
                        outcome = mover.payoff[space.codes[(one.sanction.answer or one.sanction.outcome) - 1]]
                        assert outcome <= (limits[code] if one.strong else mover.payoff[code])
                assert ("not stable" in graded_in_words(space, found)) != found.stable


@patient
@given(with_attitudes())
def test_relational_reasons_agree_with_the_definitions_and_their_steps_are_legal(drawn):
    conflict, attitudes = drawn
    space, truth = build(conflict), Relational(conflict, attitudes)
    for i in truth.parties:
        for n, code in enumerate(truth.states, start=1):
            for concept in RELATIONAL:
                found = relational_reason(space, n, i, concept, attitudes)
                assert found.stable == truth.stable(concept, i, code)
                assert [truth.states[one.to - 1] for one in found.temptations] == truth.replies(i, code)
                for one in found.temptations:
                    here, last = truth.states[one.to - 1], i
                    for step in one.sanction.steps if one.sanction else ():
                        target = truth.states[step.state - 1]
                        legal = truth.replies if concept is Concept.SEQ else truth.moves
                        assert step.party not in (i, last)
                        assert target in legal(step.party, here)
                        here, last = target, step.party
                    if one.sanction:
                        assert here == code or not truth.welcome(i, here, code)
                assert ("not stable" in relational_in_words(space, found)) != found.stable


def told(*words: str) -> str:
    done = CliRunner().invoke(model, ["why", *words], catch_exceptions=False)
    assert done.exit_code == 0
    return done.output


def test_the_ministry_of_elmira_foresees_the_jump():
    out = told(str(EXAMPLES / "elmira-1991-nine-states.yaml"), "5", "--concept", "limited", "--party", "Ministry")
    assert "foresight of 4 moves (L_4): state 5 is not stable for Ministry." in out
    assert "5 -> 6 (Ministry: take Modify) -> 8 (Company: take Accept, give up Delay); there it ends, better" in out


def test_a_move_to_a_collapsed_state_is_told_by_what_the_mover_changes():
    out = told(str(EXAMPLES / "elmira-1991-nine-states.yaml"), "5", "--concept", "limited", "--party", "Company")
    assert "5 -> 9 (Company: take Abandon, give up Delay)" in out


def test_strength_is_told_only_where_something_is_strong():
    with pytest.raises(InputError, match="no preference is strong"):
        told(str(EXAMPLES / "chicken.yaml"), "1", "--concept", "strength")
