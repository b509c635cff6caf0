"""What a person edits in a draft survives the next derivation; the rest follows the case."""

import pytest
import yaml
from said import case

from standoff.errors import InputError
from standoff.graphmodel.derive import derive
from standoff.graphmodel.redraft import draft_file
from standoff.graphmodel.yaml_format import read_yaml

LINES = ["2016-03-01 North commit A", "2016-02-01 North demand B South", "2016-01-01 South refuse B"]
OLD = derive(case(*LINES))
NEW = derive(case(*LINES, "2015-12-05 South commit C", "2016-03-06 North refuse A"))


def edited(text, change):
    content = yaml.safe_load(text)
    change({party["name"]: party for party in content["decision_makers"]}, content)
    return yaml.safe_dump(content, sort_keys=False)


def again(text, draft=NEW):
    content = yaml.safe_load(draft_file(draft, text, "d.yaml"))
    return {party["name"]: party for party in content["decision_makers"]}, content


def statements(party):
    return [one["statement"] if isinstance(one, dict) else one for one in party["statements"]]


def options(party):
    return [one["name"] for one in party["options"]]


FIRST = draft_file(OLD, None, "d.yaml")


def test_the_same_draft_again_is_the_same_file():
    assert draft_file(OLD, FIRST, "d.yaml") == FIRST


def test_an_untouched_file_becomes_the_new_draft():
    assert draft_file(NEW, FIRST, "d.yaml") == draft_file(NEW, None, "d.yaml")


def test_every_option_and_statement_carries_its_entries_and_quotes():
    parties, _ = again(FIRST)
    for party in parties.values():
        for item in (*party["options"], *party["statements"]):
            assert item["because"]
            assert all(ground["entry"] and ground["quote"] for ground in item["because"])


def test_a_changed_statement_stays_and_gets_the_new_grounds():
    def change(parties, _):
        parties["North"]["statements"][0]["statement"] = "NOT B"

    parties, _ = again(edited(FIRST, change))
    assert "NOT B" in statements(parties["North"])
    kept = next(one for one in parties["North"]["statements"] if one["statement"] == "NOT B")
    assert [ground["entry"] for ground in kept["because"]] == ["e0", "e4"]


def test_an_added_statement_stays_after_the_one_it_was_put_after():
    def change(parties, _):
        parties["North"]["statements"].insert(1, "A IFF B")

    parties, _ = again(edited(FIRST, change), OLD)
    assert statements(parties["North"]) == ["A", "A IFF B", "B"]


def test_a_changed_order_stays():
    def change(parties, _):
        parties["North"]["statements"].reverse()

    parties, _ = again(edited(FIRST, change))
    assert statements(parties["North"]) == ["B", "NOT A"]


def test_a_deleted_statement_does_not_come_back():
    def change(parties, _):
        del parties["North"]["statements"][0]

    text = edited(FIRST, change)
    for _ in range(2):
        parties, _ = again(text)
        assert statements(parties["North"]) == ["B"]
        text = draft_file(NEW, text, "d.yaml")


def test_a_renamed_option_keeps_its_name_everywhere():
    def change(parties, content):
        parties["North"]["options"][0]["name"] = "Sign"
        parties["North"]["statements"][0]["statement"] = "Sign"
        content["today"] = ["Sign"]

    parties, content = again(edited(FIRST, change))
    assert options(parties["North"]) == ["Sign"]
    assert statements(parties["North"]) == ["NOT Sign", "B"]
    assert content["today"] == ["C"]


def test_a_deleted_option_stays_away_with_what_speaks_of_it():
    def change(parties, content):
        parties["North"]["options"] = []
        del parties["North"]["statements"][0]
        content["today"] = []

    parties, content = again(edited(FIRST, change))
    assert options(parties["North"]) == []
    assert "option `A` of North: removed by hand" in content["left_out"]


def test_an_option_that_the_case_holds_no_more_goes_unless_a_person_speaks_of_it():
    parties, _ = again(draft_file(NEW, None, "d.yaml"), OLD)
    assert options(parties["South"]) == ["B"]

    def change(parties, _):
        parties["North"]["statements"].append("NOT C")

    parties, _ = again(edited(draft_file(NEW, None, "d.yaml"), change), OLD)
    assert options(parties["South"]) == ["B", "C"]
    assert "NOT C" in statements(parties["North"])


def test_a_one_way_option_a_ranking_and_a_new_condition_stay():
    def change(parties, content):
        parties["North"]["options"][0]["direction"] = "forward"
        parties["South"].pop("statements")
        parties["South"]["ranking"] = ["NOT B", "B"]
        content["infeasible"] = ["A AND B"]

    parties, content = again(edited(FIRST, change), OLD)
    assert parties["North"]["options"][0]["direction"] == "forward"
    assert parties["South"]["ranking"] == ["NOT B", "B"]
    assert content["infeasible"] == ["A AND B"]


def test_todays_state_is_the_persons_once_it_is_changed():
    def change(_, content):
        content["today"] = ["A", "B"]

    _, content = again(edited(FIRST, change))
    assert content["today"] == ["A", "B"]


def test_a_file_that_is_no_draft_or_cannot_be_read_is_left_alone():
    other = "conflict: x\ndecision_makers:\n  - name: P\n    options: [a]\n    statements: [a]\n"
    with pytest.raises(InputError, match=r"d\.yaml: no draft that was derived"):
        draft_file(NEW, other, "d.yaml")
    with pytest.raises(InputError, match=r"d\.yaml:5: .*unknown option `b`"):
        draft_file(NEW, other.replace("statements: [a]", "statements: [b]"), "d.yaml")
    with pytest.raises(InputError, match=r"d\.yaml"):
        read_yaml("conflict: [", "d.yaml")
