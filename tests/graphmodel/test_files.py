"""Files of conflicts: what is read, what is written back, and that complaints name file, line and cause."""

import json

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from random_conflicts import RICH, conflicts

from standoff.errors import InputError
from standoff.graphmodel.conflict import Conflict, DecisionMaker, Option, Prioritised
from standoff.graphmodel.files import read_conflict
from standoff.graphmodel.gmcr_format import read_gmcr, write_gmcr
from standoff.graphmodel.space import build, moves, ranking
from standoff.graphmodel.yaml_format import read_yaml, write_yaml

GATE = """\
conflict: Gate
decision_makers:
  - name: North
    options: [Open the gate, {name: Sign, direction: forward}]
    statements:
      - Open the gate IF Pay
      - NOT Sign
  - name: South
    options: [Pay]
    statements: [Sign IFF Pay]
infeasible:
  - if: Sign
    then: Open the gate
"""

patient = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


def test_a_file_in_own_words_is_read():
    conflict = read_yaml(GATE, "gate.yaml")
    assert conflict.option_names == ("Open the gate", "Sign", "Pay")
    # Sign without an open gate is out: codes 2 (Sign) and 6 (Sign, Pay).
    assert build(conflict).codes.tolist() == [0, 1, 3, 4, 5, 7]


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("IF Pay", "IF Play", "gate.yaml:6: `Open the gate IF Play`: unknown option `Play`; did you mean `Pay`?"),
        ("NOT Sign", "NOT", "gate.yaml:7: `NOT`: something is missing at the end"),
        ("NOT Sign", "(NOT Sign", "gate.yaml:7: `(NOT Sign`: a bracket is not closed"),
        ("forward", "sideways", "gate.yaml:4: `sideways` is no direction; known are both, forward, back"),
        ("    then: Open the gate", "    else: Pay", "gate.yaml:13: unknown field `else`"),
        ("[Sign IFF Pay]", "[Sign IFF Pay]\n    weights: []", "contradictory preferences (statements, weights)"),
        ("    statements: [Sign IFF Pay]\n", "", "gate.yaml:8: `South` has no preference"),
        ("  - if: Sign\n    then: Open the gate", '  - "YN-"\n  - Sign\n  - NOT Sign', "no state is feasible"),
        ("- name: South", "- name: North", "two decision makers are called `North`"),
        ("decision_makers:", "decision_makers: [", "gate.yaml:3: not YAML"),
    ],
)
def test_complaints_name_file_line_and_cause(before, after, complaint):
    with pytest.raises(InputError) as caught:
        read_yaml(GATE.replace(before, after, 1), "gate.yaml")
    assert complaint in str(caught.value)
    assert str(caught.value).startswith("gate.yaml:")


def test_a_definition_that_rests_on_itself_is_refused():
    text = GATE.replace("[Sign IFF Pay]", "[deal]") + "definitions:\n  deal: peace\n  peace: NOT deal\n"
    with pytest.raises(InputError) as caught:
        read_yaml(text, "gate.yaml")
    assert str(caught.value) == "gate.yaml:15: a definition rests on itself: deal -> peace -> deal"


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        (["YY", "YN", "NY"], "pair.yaml:8: 1 of 4 feasible states are not ranked, the first is NN"),
        (["YY", "YN", "N-", "NY"], "pair.yaml:11: contradictory preferences: `NY` was ranked on line 10 already"),
    ],
)
def test_a_ranking_must_hold_every_state_once(rows, complaint):
    lines = "".join(f'      - "{row}"\n' for row in rows)
    text = f"""\
conflict: Pair
decision_makers:
  - name: A
    options: [a]
    statements: [b]
  - name: B
    ranking:
{lines}    options: [b]
"""
    with pytest.raises(InputError) as caught:
        read_yaml(text, "pair.yaml")
    assert complaint in str(caught.value)


def test_too_many_options_are_refused_with_the_numbers():
    options = tuple(Option(f"o{k}") for k in range(24))
    with pytest.raises(InputError, match="24 options make 16,777,216 combinations.* 20 options"):
        Conflict("big", options, (DecisionMaker("A", tuple(range(24)), Prioritised(())),))


def test_an_option_without_an_owner_is_refused():
    with pytest.raises(InputError, match="option `b` belongs to no decision maker"):
        Conflict("loose", (Option("a"), Option("b")), (DecisionMaker("A", (0,), Prioritised(())),))


def test_gmcr_of_old_and_new_names_is_read(caplog):
    model = {
        "options": [{"name": "x", "permittedDirection": "fwd"}, {"name": "y", "permittedDirection": "both"}],
        "decisionMakers": [
            {"name": "A", "options": [0], "preferenceVector": [2, [1, 3]]},
            {"name": "B", "options": [1], "preferenceVector": [[1, 2], 3]},
        ],
        "infeasibles": [[[0, "Y"], [1, "Y"]]],
        "useManualPreferenceVectors": True,
        "coalitions": [0, 1],
    }
    conflict = read_gmcr(json.dumps(model, indent="\t"), "m.gmcr", "m")
    space = build(conflict)
    assert [ranking(space, mover) for mover in space.movers] == [[[2], [1, 3]], [[1, 2], [3]]]
    model["coalitions"] = [[0, 1]]
    assert read_gmcr(json.dumps(model, indent=1), "m.gmcr", "m") == conflict
    assert "the coalition (0, 1) is read as its members, each for itself" in caplog.text


def test_gmcr_with_an_unknown_option_names_its_line():
    party = '{"name": "A", "options": [0], "preferences": [[[3, "Y"]]]}'
    text = f'{{"options": [{{"name": "x"}}],\n "decisionMakers": [\n  {party}]}}'
    with pytest.raises(InputError, match=r"m\.gmcr:3: unknown option 3: there are options 0 to 0"):
        read_gmcr(text, "m.gmcr", "m")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match="none.yaml"):
        read_conflict(tmp_path / "none.yaml")


@patient
@given(conflicts(5, RICH))
def test_yaml_gives_back_what_was_written(conflict):
    assert read_yaml(write_yaml(conflict), "w.yaml") == conflict


@patient
@given(conflicts())
def test_gmcr_keeps_states_moves_and_rankings(conflict):
    before, after = build(conflict), build(read_gmcr(write_gmcr(conflict), "w.gmcr", "w"))
    assert np.array_equal(before.codes, after.codes)
    for old, new in zip(before.movers, after.movers, strict=True):
        assert ranking(before, old) == ranking(after, new)
        assert (old.mask, old.forward, old.back) == (new.mask, new.forward, new.back)
        assert np.array_equal(old.movable, new.movable)


def test_gmcr_with_nested_compounds_a_way_back_and_misperceptions_is_read():
    model = {
        "options": [{"name": "x", "permittedDirection": "back"}, {"name": "y"}],
        "decisionMakers": [
            {
                "name": "A",
                "options": [0],
                "preferences": [
                    {"compound": True, "members": [[[0, "Y"]], {"compound": True, "members": [[[1, "N"]]]}]},
                    [[0, "N"], [1, "Y"]],
                ],
                "preferenceRanking": [],
                "misperceptions": [[[0, "N"], [1, "N"]]],
            },
            {"name": "B", "options": [1], "preferences": [], "misperceptions": []},
        ],
        "infeasibles": [],
        "useManualPreferenceRanking": False,
    }
    space = build(read_gmcr(json.dumps(model), "m.gmcr", "m"))
    first, second = space.movers
    assert ranking(space, first) == [[1, 2, 4], [3]]
    assert ranking(space, second) == [[1, 2, 3, 4]]
    # From Y to N only; neither from nor to NN, which A does not see.
    assert [space.states(moves(first, code)) for code in range(4)] == [[], [], [], [3]]
