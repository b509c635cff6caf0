"""Actors of reports become parties of the case; people merge, split and rename them."""

from typing import Any

import pytest

from standoff.case import merging
from standoff.case.parties import Known, find, folded, initials
from standoff.case.state import snapshot
from standoff.case.store import Case
from standoff.errors import StandoffError
from standoff.ledger import Actor


def known(id_: str, name: str, kind: str, wikidata: str | None = None) -> Known:
    party = Known(id_)
    party.learn(name, kind, wikidata)
    return party


PARTIES = [
    known("A1", "Staffan de Mistura", "person"),
    known("A2", "High Negotiations Committee", "opposition"),
    known("A3", "Syria", "state", "Q858"),
    known("A4", "John Kerry", "person"),
    known("A5", "Bashar al-Assad", "person"),
    known("A6", "Jordan", "state", "Q810"),
    known("A7", "Sergei Lavrov", "person"),
    known("A8", "Wang Yi", "person"),
]


@pytest.mark.parametrize(
    ("name", "kind", "wikidata", "party"),
    [
        ("the Syrian Arab Republic", "state", "Q858", "A3"),
        ("Syria", "state", None, "A3"),
        ("De Mistura", "other", None, "A1"),
        ("Kerry", "person", None, "A4"),
        ("HNC", "other", None, "A2"),
        ("High Negotiation Committee", "other", None, "A2"),
        ("Bashar Assad", "person", None, "A5"),
        ("Sergey Lavrov", "person", None, "A7"),
        ("Wang Li", "person", None, None),  # in a short word, a letter makes another name
        ("Sergei Lavrof", "person", None, "A7"),
        ("Wang", "other", None, "A8"),
        ("Jordan", "person", None, None),
        ("Syrian opposition", "opposition", None, None),
        ("Iran", "state", "Q794", None),
        ("Committee", "other", None, None),
    ],
)
def test_which_party_an_actor_is(name: str, kind: str, wikidata: str | None, party: str | None) -> None:
    assert find(PARTIES, Actor("a1", name, kind, wikidata=wikidata)) == party


def test_a_surname_of_two_persons_leads_to_neither() -> None:
    two = [known("A1", "John Kerry", "person"), known("A2", "Bob Kerry", "person")]
    assert find(two, Actor("a1", "Kerry", "person")) is None


def test_names_are_compared_without_case_article_and_dots() -> None:
    assert folded("The U.N.  Envoy") == "un envoy"
    assert initials("Organisation of the Islamic Conference") == "OIC"


def test_the_same_party_of_three_reports_is_one_with_its_fullest_name(case: Case, ledger: Any, putting: Any) -> None:
    text = "Somebody spoke of pay in Hull, number {}."
    putting(
        case,
        ledger("a", text.format(1), "2024-01-01", [("Holt", "person")]),
        ledger("b", text.format(2), "2024-01-02", [("Mary Holt", "person")]),
        ledger("c", text.format(3), "2024-01-03", [("Holt", "other")]),
    )
    (party,) = snapshot(case).parties
    assert (party.name, party.kind) == ("Mary Holt", "person")
    assert party.members == (("a", "a1"), ("b", "a1"), ("c", "a1"))


def test_merged_parties_are_one_everywhere_and_come_apart_again(port: Case) -> None:
    before = snapshot(port)
    merging.merge(port, "A1", ["A3"], "ana")
    state = snapshot(port)
    assert "A3" not in state.party_by_id
    assert {p.holder for p in state.positions} == {"A1"} == {p.holder for p in state.preconditions}
    assert state.meetings[0].latest.participants == ("A1",)
    for into, others, cause in (
        ("A1", ["A3"], "the same"),
        ("A1", ["C1"], "cannot be merged"),
        ("A1", ["A9"], "no such"),
    ):
        with pytest.raises(StandoffError, match=cause):
            merging.merge(port, into, others, "ana")
    merging.unmerge(port, "A3", "ana")
    assert snapshot(port) == before
    with pytest.raises(StandoffError, match="was not merged"):
        merging.unmerge(port, "A3", "ana")


def test_a_later_report_finds_a_merged_party_under_both_names(port: Case, ledger: Any, putting: Any) -> None:
    merging.merge(port, "A1", ["A3"], "ana")
    putting(port, ledger("later", "The owners spoke again of pay.", None, [("Port owners", "company")]))
    assert ("later", "a1") in snapshot(port).party_by_id["A1"].members


def test_a_party_is_another_one_in_some_reports(port: Case) -> None:
    new = merging.split_party(port, "A1", ["meeting"], "Hull branch", "ana")
    state = snapshot(port)
    assert state.party_by_id[new].name == "Hull branch"
    assert state.meetings[0].latest.participants == (new, "A3")
    assert [report for report, _ in state.party_by_id["A1"].members] == ["asking", "refusing"]
    with pytest.raises(StandoffError, match="is not in it"):
        merging.split_party(port, "A2", ["meeting"], "Somebody", "ana")


def test_whom_a_party_speaks_for_is_said_by_people(port: Case) -> None:
    merging.describe_party(port, "A2", {"of": "Dockers' union", "wikidata": "Q1"}, "ana")
    party = snapshot(port).party_by_id["A2"]
    assert (party.of, party.wikidata, snapshot(port).camp("A2")) == ("A1", "Q1", "A1")
    merging.describe_party(port, "A2", {"of": ""}, "ana")
    assert snapshot(port).party_by_id["A2"].of is None
    for values, cause in (
        ({"of": "A2"}, "speaks for himself"),
        ({"kind": "club"}, "none of"),
        ({"hue": "x"}, "has of"),
    ):
        with pytest.raises(StandoffError, match=cause):
            merging.describe_party(port, "A2", values, "ana")


def test_names_that_are_alike_are_shown(case: Case, ledger: Any, putting: Any) -> None:
    actors = [("Hull dockers' union", "union"), ("Dockers' union", "union"), ("Port owners", "company")]
    putting(case, ledger("a", "They met for pay talks.", None, actors))
    assert [pair[:2] for pair in merging.perhaps_the_same(snapshot(case))] == [("A1", "A2")]
