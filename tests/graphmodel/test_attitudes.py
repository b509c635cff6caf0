"""Relational stability against the definitions word for word, and what is known to follow from what."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from by_definition import ByDefinition
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_conflicts import RICH, conflicts

from standoff.errors import InputError
from standoff.graphmodel.attitudes import RELATIONAL, Attitude, solve_attitudes
from standoff.graphmodel.conflict import Ranked
from standoff.graphmodel.files import read_attitudes, read_conflict
from standoff.graphmodel.space import build
from standoff.graphmodel.stability import Concept, solve
from standoff.graphmodel.yaml_format import read_yaml
from standoff.graphmodel.yaml_marks import read_attitudes as read_text

EXAMPLES = Path(__file__).parents[2] / "examples" / "graphmodel"
patient = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


@st.composite
def with_attitudes(draw):
    conflict = draw(conflicts(4, RICH))
    dice = draw(st.randoms(use_true_random=False, note_method_calls=False))
    parties = range(len(conflict.decision_makers))
    return conflict, [[dice.choice(list(Attitude)) for _ in parties] for _ in parties]


class Relational(ByDefinition):
    def __init__(self, conflict, attitudes):
        super().__init__(conflict)
        self.attitudes = attitudes

    def welcome(self, i, t, s):
        """t TRP_i s"""
        for j, attitude in enumerate(self.attitudes[i]):
            if attitude is Attitude.POSITIVE and self.prefers(j, s, t):
                return False
            if attitude is Attitude.NEGATIVE and not self.prefers(j, s, t):
                return False
        return True

    def replies(self, i, s):
        return [t for t in self.moves(i, s) if self.welcome(i, t, s)]

    def stable(self, concept, i, s):
        rest = [j for j in self.parties if j != i]
        sanctions = {t for t in self.states if not self.welcome(i, t, s)} | {s}
        single = self.replies if concept is Concept.SEQ else self.moves
        if concept is Concept.NASH:
            return not self.replies(i, s)
        return all(
            any(
                u in sanctions and (concept is not Concept.SMR or set(self.moves(i, u)) <= sanctions)
                for u in self.coalition(rest, t, single)
            )
            for t in self.replies(i, s)
        )


@patient
@given(with_attitudes())
def test_relational_stability_is_as_defined(drawn):
    conflict, attitudes = drawn
    found, truth = solve_attitudes(build(conflict), attitudes), Relational(conflict, attitudes)
    for concept in RELATIONAL:
        for i in truth.parties:
            wanted = [truth.stable(concept, i, s) for s in truth.states]
            assert found.stable[concept][i].tolist() == wanted, (concept, i)


@patient
@given(conflicts(4, RICH), st.randoms(use_true_random=False, note_method_calls=False))
def test_without_ties_and_with_an_eye_to_oneself_only_they_are_the_plain_concepts(conflict, dice):
    codes = [int(code) for code in build(conflict).codes]
    makers = tuple(
        replace(party, preference=Ranked(tuple((code,) for code in dice.sample(codes, len(codes)))))
        for party in conflict.decision_makers
    )
    space = build(replace(conflict, decision_makers=makers))
    parties = range(len(makers))
    own = [[Attitude.POSITIVE if i == j else Attitude.NEUTRAL for j in parties] for i in parties]
    plain, found = solve(space).stable, solve_attitudes(space, own).stable
    for concept in RELATIONAL:
        for i in parties:
            assert np.array_equal(found[concept][i], plain[concept][i]), concept


@patient
@given(conflicts(4))
def test_if_all_are_neutral_rnash_is_rsmr_where_moves_can_be_undone_and_rgmr_is_rseq(conflict):
    space = build(conflict)
    parties = range(len(space.movers))
    found = solve_attitudes(space, [[Attitude.NEUTRAL] * len(parties) for _ in parties]).stable
    for i in parties:
        assert np.array_equal(found[Concept.GMR][i], found[Concept.SEQ][i])
        assert np.array_equal(found[Concept.NASH][i], found[Concept.SMR][i])


MUTUAL = """\
conflict: Prisoner's dilemma with love
decision_makers:
  - name: First
    options: [First stays silent]
    ranking: [NY, YY, NN, YN]
    attitudes: {Second: positive, First: neutral}
  - name: Second
    options: [Second stays silent]
    ranking: [YN, YY, NN, NY]
    attitudes:
      First: positive
      Second: neutral
"""


def test_two_who_wish_the_other_well_stay_silent():
    attitudes = read_text(MUTUAL, "m.yaml")
    assert attitudes == [[Attitude.NEUTRAL, Attitude.POSITIVE], [Attitude.POSITIVE, Attitude.NEUTRAL]]
    assert solve_attitudes(build(read_yaml(MUTUAL, "m.yaml")), attitudes).equilibria(Concept.NASH) == [4]


def test_what_a_file_does_not_say_is_positive_to_oneself_and_neutral_to_others():
    path = EXAMPLES / "elmira-1991-nine-states.yaml"
    found = solve_attitudes(build(read_conflict(path)), read_attitudes(path))
    assert [found.equilibria(concept) for concept in (Concept.NASH, Concept.SEQ)] == [[5, 8, 9]] * 2


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("First: positive", "Frist: positive", "m.yaml:11: no decision maker `Frist`; there are First, Second"),
        (
            "First: positive",
            "First: friendly",
            "m.yaml:11: `friendly` is no attitude; known are positive, neutral, negative",
        ),
    ],
)
def test_complaints_name_the_line(before, after, complaint):
    with pytest.raises(InputError) as caught:
        read_text(MUTUAL.replace(before, after, 1), "m.yaml")
    assert str(caught.value) == complaint
