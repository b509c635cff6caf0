"""Shares of equilibria over sampled preferences, and what each uncertain statement does to them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.errors import InputError
from standoff.graphmodel import robust
from standoff.graphmodel.robust import robustness
from standoff.graphmodel.stability import Concept
from standoff.graphmodel.yaml_format import read_yaml
from standoff.graphmodel.yaml_marks import read_uncertain

# A would rather act (a) or rather follow B; what B does is certain, so all depends on the order of A's two statements.
TEXT = """\
conflict: Two wishes
decision_makers:
  - name: A
    options: [a]
    statements:
      - NOT a
      - {statement: a, uncertain: true}
  - name: B
    options: [b]
    statements: [b]
"""


def test_a_statement_that_may_stand_anywhere_decides_half_of_the_samples():
    conflict, uncertain = read_yaml(TEXT, "t.yaml"), read_uncertain(TEXT, "t.yaml")
    assert uncertain == [[1], []]
    found = robustness(conflict, uncertain, Concept.NASH, 2000, 7)
    assert found.given == (3,)
    assert set(found.share) == {3, 4}
    assert found.share[3] == pytest.approx(0.5, abs=0.05)
    assert found.share[3] + found.share[4] == pytest.approx(1)
    (only,) = found.sensitivity
    assert (only.party, only.place, dict(only.without)) == (0, 1, {3: 1.0})


def test_assumed_statements_of_a_draft_are_uncertain():
    text = TEXT.replace("uncertain: true", "assumed: nobody said so")
    assert read_uncertain(text, "t.yaml") == [[1], []]


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32))
def test_the_same_seed_gives_the_same_answer(seed):
    conflict, uncertain = read_yaml(TEXT, "t.yaml"), read_uncertain(TEXT, "t.yaml")
    first, second = (robustness(conflict, uncertain, Concept.SEQ, 20, seed) for _ in range(2))
    assert first == second


def test_samples_that_would_take_hours_are_refused_with_the_most_that_can_be(monkeypatch):
    conflict, uncertain = read_yaml(TEXT, "t.yaml"), read_uncertain(TEXT, "t.yaml")
    monkeypatch.setattr(robust, "MOST_EFFORT", 4 * 2 * 99)
    assert robustness(conflict, uncertain, Concept.NASH, 99, 1).samples == 99
    with pytest.raises(InputError, match=r"100 samples, each with 1 statements left out .* for 4 states: at most 99"):
        robustness(conflict, uncertain, Concept.NASH, 100, 1)


def test_nothing_uncertain_and_a_word_that_is_no_truth_value_are_told():
    conflict = read_yaml(TEXT, "t.yaml")
    with pytest.raises(InputError, match="no statement is marked"):
        robustness(conflict, [[], []], Concept.NASH, 10, 1)
    with pytest.raises(InputError, match="t.yaml:7: `maybe` is neither true nor false"):
        read_uncertain(TEXT.replace("true", "maybe"), "t.yaml")
