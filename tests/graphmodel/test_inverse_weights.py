"""Which single weight has to change, and how far, for a wished state to be an equilibrium."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_conflicts import condition, conflicts

from standoff.cli.model import model
from standoff.errors import InputError
from standoff.graphmodel import inverse_weights
from standoff.graphmodel.conflict import Weighted
from standoff.graphmodel.inverse_weights import weight_changes
from standoff.graphmodel.space import build
from standoff.graphmodel.stability import Concept, equilibria
from standoff.graphmodel.yaml_format import read_yaml


@st.composite
def weighted_conflicts(draw):
    """A random conflict in which every party weighs, with whole numbers."""
    conflict = draw(conflicts(3))
    dice = draw(st.randoms(use_true_random=False, note_method_calls=False))
    count = len(conflict.options)
    makers = []
    for party in conflict.decision_makers:
        weights = ((condition(dice, count), float(dice.randint(-2, 2))) for _ in range(dice.randint(1, 3)))
        makers.append(replace(party, preference=Weighted(tuple(weights))))
    return replace(conflict, decision_makers=tuple(makers))


def by_trying(conflict, party, number, concept):
    """The smallest changes among weights that are whole or half numbers: where all weights are whole, no order changes
    in between. A half number stands for all between its neighbours, so its size is that of the nearer one."""
    found = {}
    weights = conflict.decision_makers[party].preference.weights
    for place, (formula, before) in enumerate(weights):
        for halves in range(-20, 21):
            value = halves / 2
            if value == before:
                continue
            changed = Weighted((*weights[:place], (formula, value), *weights[place + 1 :]))
            makers = list(conflict.decision_makers)
            makers[party] = replace(makers[party], preference=changed)
            if number in equilibria(build(replace(conflict, decision_makers=tuple(makers))), concept):
                size = abs(value - before) if value == int(value) else abs(value - before) - 0.5
                found.setdefault(size, set()).add(place)
    return (min(found), found[min(found)]) if found else None


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(weighted_conflicts(), st.sampled_from([Concept.NASH, Concept.SEQ]))
def test_the_smallest_changes_of_one_weight_are_found_and_are_enough(conflict, concept):
    space = build(conflict)
    number = len(space.codes)
    found = weight_changes(conflict, int(space.codes[-1]), concept)
    if number in equilibria(space, concept):
        assert not found
        return
    for party in range(len(conflict.decision_makers)):
        own = [one for one in found if one.party == party]
        wanted = by_trying(conflict, party, number, concept)
        if wanted is None:
            assert not own
            continue
        assert {one.size for one in own} == {wanted[0]}
        assert {one.place for one in own} == wanted[1]
    for one in found:
        assert number in equilibria(build(one.conflict), concept)
    assert [one.size for one in found] == sorted(one.size for one in found)


BARGAIN = """\
conflict: Bargain
decision_makers:
  - name: Buyer
    options: [Pay]
    weights:
      - {statement: Deliver, weight: 5}
      - {statement: Pay, weight: -2}
      - {statement: Pay AND Deliver, weight: 1}
  - name: Seller
    options: [Deliver]
    statements: [Pay, Deliver IF Pay, NOT Deliver]
"""


def test_the_command_says_which_weight_and_how_far(tmp_path):
    file = tmp_path / "bargain.yaml"
    file.write_text(BARGAIN)
    out = CliRunner().invoke(model, ["inverse", str(file), "YY", "--concept", "nash"], catch_exceptions=False).output
    assert "by one weight: Buyer: weight of `Pay` from -2 to -1" in out
    assert "by one weight: Buyer: weight of `Pay AND Deliver` from 1 to 2" in out
    data = json.loads(CliRunner().invoke(model, ["inverse", str(file), "YY", "--concept", "nash", "--json"]).output)
    assert data["weights"][0] == {
        "decision_maker": "Buyer",
        "place": 2,
        "from": -2.0,
        "to": -1.0,
        "beyond": False,
        "example": -1.0,
        "words": "Buyer: weight of `Pay` from -2 to -1",
    }


ATTACK = """\
conflict: Attack
decision_makers:
  - name: North
    options: [Attack]
    statements: [NOT (Attack AND Answer), Attack]
  - name: South
    options: [Answer]
    weights: [{statement: Attack AND Answer, weight: 0}]
"""


def test_a_threat_is_believed_only_if_it_is_more_than_a_matter_of_indifference(tmp_path):
    file = tmp_path / "attack.yaml"
    file.write_text(ATTACK)
    change = weight_changes(read_yaml(ATTACK, "a.yaml"), 0, Concept.SEQ)[0]
    assert (change.limit, change.reaches, change.example > 0) == (0.0, False, True)
    out = CliRunner().invoke(model, ["inverse", str(file), "NN", "--concept", "seq"], catch_exceptions=False).output
    assert "by one weight: South: weight of `Attack AND Answer` from 0 to more than 0" in out


def test_too_many_comparisons_are_refused_with_the_numbers(monkeypatch):
    monkeypatch.setattr(inverse_weights, "MOST_TURNING_POINTS", 1)
    with pytest.raises(InputError, match="Bargain: the weights make 2 times 2 comparisons"):
        weight_changes(read_yaml(BARGAIN, "b.yaml"), 0b11, Concept.NASH)
