"""Reasons must be true: every step of a sanction is a legal one, and reasons and solution say the same."""

from by_definition import ByDefinition
from hypothesis import HealthCheck, given, settings
from random_conflicts import conflicts

from standoff.graphmodel.space import build
from standoff.graphmodel.stability import Concept, solve
from standoff.graphmodel.why import reason
from standoff.graphmodel.words import reason_in_words


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(conflicts(most_options=5))
def test_reasons_agree_with_the_solution_and_their_steps_are_legal(conflict):
    space, truth = build(conflict), ByDefinition(conflict)
    solution = solve(space)
    for i in truth.parties:
        for n, code in enumerate(truth.states):
            for concept in Concept:
                found = reason(space, n + 1, i, concept)
                assert found.stable == solution.stable[concept][i][n]
                to = [truth.states[temptation.to - 1] for temptation in found.temptations]
                assert to == truth.improvements(i, code)
                for temptation in found.temptations:
                    if temptation.sanction is not None:
                        check_sanction(truth, i, code, concept, temptation)
                assert ("not stable" in reason_in_words(space, found)) != found.stable


def check_sanction(truth, i, code, concept, temptation):
    sanction = temptation.sanction
    steps = [(step.party, truth.states[step.state - 1]) for step in sanction.steps]
    outcome = truth.states[sanction.outcome - 1]
    here = truth.states[temptation.to - 1]
    last = None
    assert steps and not truth.prefers(i, outcome, code)
    for party, target in steps:
        assert party not in (i, last)
        if concept is Concept.SIM:
            assert target in truth.improvements(party, code)
            here ^= code ^ target
        else:
            legal = truth.improvements if concept is Concept.SEQ else truth.moves
            assert target in legal(party, here)
            here = target
        last = party
    assert here == outcome
    if concept is Concept.SMR:
        answer = truth.states[sanction.answer - 1]
        assert answer == outcome or answer in truth.moves(i, outcome)
        assert not any(truth.prefers(i, other, answer) for other in truth.moves(i, outcome))
        assert not truth.prefers(i, answer, code)
