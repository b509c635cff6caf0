"""Reasons must be true: every step of a sanction is a legal one, and reasons and solution say the same."""

from by_definition import ByDefinition
from hypothesis import HealthCheck, given, settings
from random_conflicts import RICH, conflicts

from standoff.graphmodel.space import build
from standoff.graphmodel.stability import Concept, solve
from standoff.graphmodel.why import reason
from standoff.graphmodel.words import reason_in_words


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(conflicts(5, RICH))
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
    if concept is Concept.SIM:
        check_combination(truth, i, code, temptation)
        return
    assert (steps or concept is Concept.SIM) and not truth.prefers(i, outcome, code)
    for party, target in steps:
        assert party not in (i, last)
        legal = truth.improvements if concept in (Concept.SEQ, Concept.SSEQ) else truth.moves
        assert target in legal(party, here)
        here = target
        last = party
    assert here == outcome
    if concept in (Concept.SMR, Concept.SSEQ):
        answer = truth.states[sanction.answer - 1]
        assert answer == outcome or answer in truth.moves(i, outcome)
        assert not any(truth.prefers(i, other, answer) for other in truth.moves(i, outcome))
        assert not truth.prefers(i, answer, code)


def check_combination(truth, i, code, temptation):
    """From some code of the state, the party's move and the others' improvements make the outcome together."""
    steps = {step.party: truth.states[step.state - 1] for step in temptation.sanction.steps}
    steps[i] = truth.states[temptation.to - 1]
    found = set()
    for start in truth.members(code):
        ends = {start}
        for party, target in steps.items():
            changes = [start ^ t for t in truth._better_codes(party, start) if truth.home[t] == target]
            ends = {end ^ change for end in ends for change in changes}
        found |= {truth.home[end] for end in ends if end in truth.home}
    assert truth.states[temptation.sanction.outcome - 1] in found
