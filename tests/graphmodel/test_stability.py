"""The engine against the definitions, on random conflicts; and what theory says must follow from what."""

import numpy as np
from by_definition import ByDefinition
from hypothesis import HealthCheck, given, settings
from random_conflicts import RICH, conflicts

from standoff.graphmodel.space import build, improvements, moves, ranking
from standoff.graphmodel.stability import Concept, solve

patient = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


@patient
@given(conflicts(5, RICH))
def test_every_answer_agrees_with_the_definitions(conflict):
    space, truth = build(conflict), ByDefinition(conflict)
    solution = solve(space)
    assert space.codes.tolist() == truth.states
    for i, mover in enumerate(space.movers):
        for n, code in enumerate(truth.states):
            assert moves(mover, code).tolist() == truth.moves(i, code)
            assert improvements(mover, code).tolist() == truth.improvements(i, code)
            for concept in Concept:
                wanted = getattr(truth, concept.value)(i, code)
                assert solution.stable[concept][i][n] == wanted, (concept, i, n + 1)


@patient
@given(conflicts(8, RICH))
def test_the_known_implications_hold(conflict):
    stable = solve(build(conflict)).stable
    implied = [
        (Concept.NASH, Concept.SMR),
        (Concept.SMR, Concept.GMR),
        (Concept.NASH, Concept.SEQ),
        (Concept.SEQ, Concept.GMR),
        (Concept.NASH, Concept.SIM),
    ]
    for stronger, weaker in implied:
        for strong, weak in zip(stable[stronger], stable[weaker], strict=True):
            assert np.all(weak[strong]), f"{stronger} without {weaker}"


@patient
@given(conflicts(5, RICH))
def test_rankings_hold_every_state_once_and_follow_the_preference(conflict):
    space, truth = build(conflict), ByDefinition(conflict)
    for i, mover in enumerate(space.movers):
        groups = ranking(space, mover)
        assert sorted(state for group in groups for state in group) == list(range(1, len(space.codes) + 1))
        for better, worse in zip(groups, groups[1:], strict=False):
            codes = [truth.states[group[0] - 1] for group in (better, worse)]
            assert truth.prefers(i, *codes)
        for group in groups:
            assert not any(truth.prefers(i, truth.states[s - 1], truth.states[group[0] - 1]) for s in group)


@patient
@given(conflicts(5, RICH))
def test_symmetric_sequential_stability_agrees_with_its_definition_and_implies_seq_and_smr(conflict):
    space, truth = build(conflict), ByDefinition(conflict)
    plain = solve(space).stable
    for i, stable in enumerate(plain[Concept.SSEQ]):
        assert stable.tolist() == [truth.sseq(i, code) for code in truth.states]
        assert np.all(stable[plain[Concept.NASH][i]])
        assert np.all(plain[Concept.SEQ][i][stable])
        assert np.all(plain[Concept.SMR][i][stable])
