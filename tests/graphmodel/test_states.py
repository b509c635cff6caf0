"""Irreversible moves from state to state, and states that count as one. (That the engine follows their definitions on
random conflicts is tested with the stability concepts.)"""

import pytest

from standoff.errors import InputError
from standoff.graphmodel.report import as_json
from standoff.graphmodel.space import build, moves
from standoff.graphmodel.stability import solve
from standoff.graphmodel.words import state_in_words
from standoff.graphmodel.yaml_format import read_yaml

TREATY = """\
conflict: Treaty
decision_makers:
  - name: North
    options: [Sign, Ratify]
    statements: [NOT Sign]
  - name: South
    options: [Pay]
    statements: [NOT Pay]
"""


def reached(text: str, party: int, state: int) -> list[int]:
    space = build(read_yaml(text, "t.yaml"))
    return space.states(moves(space.movers[party], int(space.codes[state - 1])))


def test_what_is_signed_and_ratified_stays_so():
    text = TREATY + "irreversible: [Sign AND Ratify]\n"
    assert reached(TREATY, 0, 4) == [1, 2, 3]
    assert reached(text, 0, 4) == []
    assert reached(text, 0, 2) == [1, 3, 4], "what is only signed can be undone"
    assert reached(text, 1, 4) == [8]


def test_a_move_from_state_to_state_can_be_closed_to_one_party():
    text = TREATY + "irreversible:\n  - {from: Sign, to: NOT Sign, by: North}\n"
    assert reached(text, 0, 2) == [4]
    data = as_json(solve(build(read_yaml(text, "t.yaml"))))
    assert data["irreversible_moves"] == [{"from": "Sign", "to": "NOT Sign", "decision_maker": "North"}]


def test_collapsed_states_are_one_state_that_all_of_them_lead_to_and_from():
    text = TREATY.replace("[NOT Sign]", "[Ratify]") + "collapse: [Ratify]\n"
    space = build(read_yaml(text.replace("[NOT Pay]", "[NOT Ratify]"), "t.yaml"))
    assert len(space.codes) == 5
    state = as_json(solve(space))["states"][2]
    assert (state["pattern"], state["collapsed"]) == ("NYN", ["NYN", "YYN", "NYY", "YYY"])
    assert space.state(0b111) == 3
    assert state_in_words(space, 3) == "state 3 (-Y-, 4 combinations): Ratify"
    north, south = space.movers
    assert space.states(moves(north, 0b010)) == [1, 2, 4, 5], "its codes with and without Pay lead to all others"
    assert space.states(moves(south, 0b010)) == [], "Pay changes nothing here"


@pytest.mark.parametrize(
    ("added", "complaint"),
    [
        ("collapse: [Ratify]", "t.yaml:9: Treaty: `North` does not prefer equally what is collapsed"),
        ("collapse:\n  - Sign AND NOT Sign", "t.yaml:10: Treaty: nothing to collapse: no feasible state meets"),
        ("collapse:\n  - {condition: Sign, as: YNN}\n  - Ratify", "t.yaml:11: Treaty: YYN meets two conditions"),
        ("collapse:\n  - {condition: Sign, as: NNN}", "t.yaml:10: Treaty: NNN is no feasible state that meets `Sign`"),
        ("collapse:\n  - {condition: Sign, as: YN}", "t.yaml:10: `YN` is no state: 3 letters Y and N"),
        ("irreversible: [Sing]", "t.yaml:9: `Sing`: unknown option `Sing`; did you mean `Sign`?"),
        ("irreversible:\n  - {from: Sign, to: Pay, by: West}", "t.yaml:10: no decision maker `West`"),
    ],
)
def test_complaints_name_the_line(added, complaint):
    with pytest.raises(InputError) as caught:
        read_yaml(TREATY + added + "\n", "t.yaml")
    assert str(caught.value).startswith(complaint)
