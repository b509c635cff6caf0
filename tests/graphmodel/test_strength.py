"""Strong and weak stability against the definitions word for word; how strong preference is written down."""

from dataclasses import replace

import numpy as np
import pytest
from by_definition import ByDefinition
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_conflicts import RICH, conflicts

from standoff.errors import InputError
from standoff.graphmodel.conflict import Conflict, Prioritised, Ranked, Weighted
from standoff.graphmodel.inverse import Swap
from standoff.graphmodel.space import build
from standoff.graphmodel.stability import Concept, solve
from standoff.graphmodel.strength import GRADED, solve_strength
from standoff.graphmodel.what_if import with_swaps
from standoff.graphmodel.yaml_format import read_yaml, write_yaml


@st.composite
def graded_conflicts(draw) -> Conflict:
    """A random conflict in which some party prefers strongly."""
    conflict = draw(conflicts(5, RICH))
    dice = draw(st.randoms(use_true_random=False, note_method_calls=False))
    makers = []
    for party in conflict.decision_makers:
        match party.preference:
            case Prioritised(statements):
                preference = Prioritised(statements, dice.randint(0, len(statements)))
            case Ranked(groups):
                gaps = tuple(place for place in range(1, len(groups)) if dice.random() < 0.5)
                preference = Ranked(groups, gaps)
            case Weighted(weights):
                preference = Weighted(weights, dice.choice([None, 1.0, 2.0, 3.5]))
        makers.append(replace(party, preference=preference))
    return replace(conflict, decision_makers=tuple(makers))


class Strength(ByDefinition):
    def far(self, i, s, t):
        """s >>_i t"""
        match self.conflict.decision_makers[i].preference:
            case Prioritised(statements, strong):
                for statement in statements[:strong]:
                    if self.meets(statement, s) != self.meets(statement, t):
                        return self.meets(statement, s)
                return False
            case Ranked(groups, gaps):
                place = {code: level for level, group in enumerate(groups) for code in group}
                return any(place[s] < gap <= place[t] for gap in gaps)
            case Weighted(weights, strong_from):
                worth = [sum(w for f, w in weights if self.meets(f, code)) for code in (s, t)]
                return strong_from is not None and worth[0] - worth[1] >= strong_from

    def strong(self, concept, i, s):
        rest = [j for j in self.parties if j != i]
        single = self.improvements if concept is Concept.SEQ else self.moves
        return all(
            any(
                self.far(i, s, s2)
                and (concept is not Concept.SMR or all(self.far(i, s, s3) for s3 in self.moves(i, s2)))
                for s2 in self.coalition(rest, s1, single)
            )
            for s1 in self.improvements(i, s)
        )


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(graded_conflicts())
def test_strong_stability_is_as_defined_and_implies_the_general_one(conflict):
    space, truth = build(conflict), Strength(conflict)
    try:
        found = solve_strength(space)
    except InputError:
        assert not any(truth.far(i, s, t) for i in truth.parties for s in truth.states for t in truth.states)
        return
    plain = solve(space).stable
    for concept in GRADED:
        for i in truth.parties:
            wanted = [truth.strong(concept, i, s) for s in truth.states]
            assert found.strong[concept][i].tolist() == wanted, (concept, i)
            assert np.array_equal(found.general[concept][i], plain[concept][i])
            assert np.all(plain[concept][i][found.strong[concept][i]])
            assert np.all(found.strong[concept][i][plain[Concept.NASH][i]])
    assert np.all([found.strong[Concept.GMR][i][found.strong[Concept.SMR][i]].all() for i in truth.parties])


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(graded_conflicts())
def test_strong_preference_survives_writing_and_reading(conflict):
    assert read_yaml(write_yaml(conflict), "w.yaml") == conflict


CHICKEN = """\
conflict: Chicken
decision_makers:
  - name: Left
    options: [Left swerves]
    ranking: [NY, YY, YN, ">>", NN]
  - name: Right
    options: [Right swerves]
    ranking: [YN, ">>", YY, NY, NN]
"""


def test_a_crash_that_is_much_worse_deters_strongly():
    found = solve_strength(build(read_yaml(CHICKEN, "c.yaml")))
    # Both swerve (state 4): who does not is held by the other's not swerving, too: a crash.
    assert found.general_equilibria(Concept.GMR) == [2, 3, 4]
    assert found.strong[Concept.GMR][0].tolist() == [False, True, True, True]
    assert found.weak(Concept.GMR, 1).tolist() == [False, False, False, True], "a crash is not much worse for Right"
    assert found.strong_equilibria(Concept.GMR) == [2, 3]


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ('YN, ">>", NN', 'YN, NN, ">>"', "c.yaml:5: `>>` stands between two items of a ranking"),
        ('[NY, YY, YN, ">>", NN]', '[">>", NY, YY, YN, NN]', "c.yaml:5: `>>` stands between two items"),
        (
            'ranking: [NY, YY, YN, ">>", NN]',
            "statements:\n      - Left swerves\n      - {statement: Right swerves, strong: true}",
            "c.yaml:7: a strong statement stands above all that are not strong",
        ),
        (
            '    ranking: [NY, YY, YN, ">>", NN]',
            "    weights: []\n    strong_from: -1",
            "c.yaml:6: `-1` is not above 0",
        ),
        ("options: [Left swerves]", "options: [Left swerves]\n    strong_from: 1", "`strong_from` is for `weights`"),
    ],
)
def test_complaints_name_the_line(before, after, complaint):
    with pytest.raises(InputError) as caught:
        read_yaml(CHICKEN.replace(before, after, 1), "c.yaml")
    assert complaint in str(caught.value)


def test_a_swap_of_neighbours_leaves_the_gap_where_it_is():
    left = with_swaps(read_yaml(CHICKEN, "c.yaml"), [Swap(0, 2)]).decision_makers[0].preference
    assert left == Ranked(((2,), (3,), (0,), (1,)), (3,))


def test_without_anything_strong_there_is_nothing_to_say():
    with pytest.raises(InputError, match="Chicken: no preference is strong"):
        solve_strength(build(read_yaml(CHICKEN.replace('">>", ', ""), "c.yaml")))
