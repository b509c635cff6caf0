"""What the parties said becomes options, preferences, infeasible states and today's state."""

import pytest
from said import case

from standoff.errors import InputError
from standoff.graphmodel.derive import derive
from standoff.graphmodel.redraft import draft_file
from standoff.graphmodel.space import build
from standoff.graphmodel.stability import Concept, solve
from standoff.graphmodel.yaml_format import read_yaml
from standoff.graphmodel.yaml_marks import read_today

KNOT = case(
    "2016-01-01 North precondition Lift Names",
    "2016-01-02 South precondition Names Lift",
)


def templates(draft, owner):
    return [one.template for one in draft.statements if one.owner == owner]


def test_a_party_controls_what_it_promises_refuses_or_is_asked_for_by_name():
    draft = derive(
        case("2016-01-01 North commit A", "2016-01-01 North refuse B", "2016-01-01 North demand C South",
             "2016-01-01 North demand D", parties="North South")
    )  # fmt: skip
    assert {option.key for option in draft.options} == {"A@North", "B@North", "C@South"}
    assert any("`D` is nobody's option here" in line for line in draft.left_out)


def test_people_speak_for_their_camp():
    snapshot = case("2016-01-01 Envoy commit A", parties="North")
    party = type(snapshot.parties[0])
    joined = type(snapshot)(
        "x", snapshot.sources, (*snapshot.parties, party("Envoy", "Envoy", "person", of="North")), snapshot.concepts,
        positions=snapshot.positions,
    )  # fmt: skip
    assert [option.key for option in derive(joined).options] == ["A@North"]


def test_a_precondition_is_a_conditional_preference_in_both_senses():
    draft = derive(KNOT)
    assert templates(draft, "North") == [
        "NOT {Lift@North} IF NOT {Names@South}",
        "{Lift@North} IF {Names@South}",
    ]


def test_two_preconditions_that_wait_for_each_other_hold_today_in_place_and_the_exchange_too():
    text = draft_file(derive(KNOT), None, "d.yaml")
    found = solve(build(read_yaml(text, "d.yaml"))).equilibria(Concept.NASH)
    assert found == [1, 4]
    assert read_today(text, "d.yaml") == 0


def test_the_latest_word_decides_on_the_side_and_repetition_on_the_order():
    draft = derive(
        case("2016-01-01 North refuse A", "2016-03-01 North commit A",
             "2016-03-01 North demand B South", "2016-03-01 North demand B South")
    )  # fmt: skip
    assert templates(draft, "North") == ["{B@South}", "{A@North}"]
    assert draft.today == ("A@North",)
    both = next(one for one in draft.statements if one.template == "{A@North}")
    assert [(ground.entry, ground.act) for ground in both.because] == [("e0", "refuse"), ("e1", "commit")]


def test_an_old_position_weighs_less_than_a_new_one():
    assert templates(
        derive(case("2016-01-01 North commit A", "2016-06-01 North commit B", "2016-01-01 North commit C")), "North"
    ) == ["{B@North}", "{A@North}", "{C@North}"]


def test_what_is_only_asked_of_a_party_is_assumed_to_be_unwelcome_and_says_so():
    draft = derive(case("2016-01-01 North demand A South"))
    last = draft.statements[-1]
    assert (last.owner, last.template) == ("South", "NOT {A@South}")
    assert last.assumed
    assert [ground.quote for ground in last.because] == ["2016-01-01 North demand A South"]


def test_topics_that_contradict_each_other_do_not_come_about_together():
    draft = derive(case("2016-01-01 North commit A", "2016-02-01 South commit B", contradicts="A/B"))
    assert [one.template for one in draft.infeasible] == ["{A@North} AND {B@South}"]
    assert draft.today == ("B@South",), "of two promises that contradict each other, the later stands"


def test_the_cap_keeps_the_options_of_most_weight_and_says_what_it_leaves_out():
    draft = derive(case("2016-01-01 North commit A", "2016-06-01 North commit B"), most_options=1)
    assert [option.key for option in draft.options] == ["B@North"]
    assert draft.left_out[0].startswith("option `A` of North (weight 0.03): beyond the 1 of most weight; entries e0")


def test_without_concepts_only_the_same_words_are_one_topic():
    draft = derive(case("2016-01-01 North commit Sieges", "2016-01-02 South commit sieges", concepts=False))
    assert [option.key for option in draft.options] == ["siege@North", "siege@South"]
    apart = derive(case("2016-01-01 North commit Sieges", "2016-01-02 South commit siegeworks", concepts=False))
    assert [option.key for option in apart.options] == ["siege@North", "siegework@South"]


def test_syndicated_copies_and_reports_beside_the_point_do_not_count():
    snapshot = case("2016-01-01 North commit A", "2016-01-02 North commit B")
    first, second = snapshot.sources
    copied = type(snapshot)(
        "x", (first, type(second)(second.report, first.id, 1.0, True, "")), snapshot.parties, snapshot.concepts,
        positions=snapshot.positions,
    )  # fmt: skip
    assert [option.key for option in derive(copied).options] == ["A@North"]


def test_a_case_in_which_nobody_can_do_anything_is_refused():
    with pytest.raises(InputError, match="no option to draft from 1 positions"):
        derive(case("2016-01-01 North support A"))
    with pytest.raises(InputError, match="21 options: give a number from 1 to 20"):
        derive(KNOT, most_options=21)


def test_what_is_asked_of_one_by_name_speaks_for_no_other_partys_option():
    lines = ["2016-01-01 North demand A South", "2016-01-02 East commit A", "2016-01-03 East commit B"]
    said = derive(case(*lines, "2016-01-04 North demand A South", parties="North South East"), 2)
    # Twice asked of South, A is South's option first of all; East's A weighs no more than what East says of it.
    assert [(one.owner, one.name) for one in said.options] == [("East", "B"), ("South", "A")]
    assert said.left_out[0].startswith("option `A` of East")
