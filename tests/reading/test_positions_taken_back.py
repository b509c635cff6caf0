"""What negation, limits and asides do to a stance, in sentences made for the test."""

import pytest

from standoff import Ledger, Report, read

Row = tuple[str, str, str, str | None]


def rows(text: str) -> set[Row]:
    found: Ledger = read(
        Report("t", f"The two sides are in peace talks on a truce deal. {text}", published="2016-02-10")
    )
    name = {actor.id: actor.name for actor in found.actors}
    return {(name[p.holder], p.act, found.quote(p.issue), name.get(p.target or "")) for p in found.positions}


@pytest.mark.parametrize(
    "text",
    [
        "Norway did not rule out sending a mediator.",
        "Norway did not exclude paying a higher price.",
        "Norway stopped short of backing the call for an end to the blockade.",
        "Iran insists that its programme is peaceful.",
        "Norway and Iceland met in Oslo to end the strike.",
        "Norway declined to say whether it was ready to sign the treaty.",
        "Analysts at a bank said Norway should accept the offer.",
        "The rebels, who were fighting the army, reached the port.",
    ],
)
def test_who_denies_a_refusal_stops_short_or_only_comments_holds_no_position(text: str) -> None:
    assert not {row for row in rows(text) if row[0] in {"Norway", "Iran", "Iceland"} or row[1] == "oppose"}


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Norway is not prepared to pay the debts of others.", ("Norway", "refuse", "pay the debts of others", None)),
        ("Norway has no intention of leaving the talks.", ("Norway", "refuse", "leaving the talks", None)),
        ("Norway had no plans to send troops, its government said.", ("Norway", "refuse", "send troops", None)),
        ("Norway would not block the loan, its government said.", ("Norway", "refuse", "block the loan", None)),
        ("Norway proposed to act as mediator.", ("Norway", "commit", "act as mediator", None)),
    ],
)
def test_what_a_party_will_not_do_it_refuses_and_what_it_proposes_to_do_it_commits_to(text: str, row: Row) -> None:
    assert row in rows(text)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Norway agreed not to publish the report.", ("Norway", "commit", "not to publish the report", None)),
        ("Norway urged Iceland not to sign the treaty.", ("Norway", "demand", "not to sign the treaty", "Iceland")),
    ],
)
def test_an_infinitive_keeps_its_negation(text: str, row: Row) -> None:
    assert row in rows(text)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (
            "Norway suggested a tax on shipping fuel, an idea that Brazil opposes.",
            ("Brazil", "oppose", "a tax on shipping fuel", None),
        ),
        (
            "Norway made an offer that Iceland rejected.",
            ("Iceland", "refuse", "an offer", None),
        ),
        (
            "The plan was accepted by Norway but rejected by Iceland.",
            ("Iceland", "refuse", "The plan", None),
        ),
        ("Norway and Iceland blocked a plan to share it.", ("Norway", "refuse", "a plan to share it", None)),
    ],
)
def test_what_is_told_of_a_proposal_is_a_stance_on_it(text: str, row: Row) -> None:
    assert row in rows(text)


def test_a_clinic_that_somebody_supports_is_no_issue() -> None:
    assert not rows("A clinic supported by Norway was hit in the fighting.")


def test_whom_something_is_expected_of_is_told_by_nobody() -> None:
    found = rows("Norway opened the meeting, and some firms are expected to team up for the bid.")
    assert "Norway" not in {holder for holder, _, issue, _ in found if "team up" in issue}


def test_part_of_a_name_is_not_asked() -> None:
    found = rows("Norway demanded a seat in talks with the International Monetary Fund.")
    assert ("Norway", "demand", "a seat in talks with the International Monetary Fund", None) in found


def test_what_a_party_would_insist_on_is_its_demand() -> None:
    found = rows("Norway said it would insist on a higher price and a seat on the board.")
    assert {"a higher price", "a seat on the board"} <= {issue for _, act, issue, _ in found if act == "demand"}


def test_a_rule_that_is_quoted_is_no_demand() -> None:
    found = rows(
        "Germany is ready to change the treaty, under which ships must be searched, the German government said."
    )
    assert not {row for row in found if row[1] == "demand"}


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("Norway pledged to pay 6 billion crowns, far more than in May.", "pay 6 billion crowns"),
        ("Norway agreed to open the port, giving its rivals a week to leave.", "open the port"),
    ],
)
def test_an_issue_ends_where_it_is_compared_or_its_result_is_told(text: str, issue: str) -> None:
    assert issue in {row[2] for row in rows(text)}


def test_each_of_several_requirements_is_asked_of_whom_they_name_once() -> None:
    found = rows("Norway will not attend unless Iceland stops its patrols and lifts the blockade.")
    assert {target for _, act, issue, target in found if act == "demand" and "blockade" in issue} == {"Iceland"}


def test_concern_about_a_thing_opposes_it_and_a_vote_to_do_a_thing_commits() -> None:
    found = rows("Norway is concerned about the sale of the port. Iceland voted to leave the bloc.")
    assert ("Norway", "oppose", "the sale of the port", None) in found
    assert ("Iceland", "commit", "leave the bloc", None) in found
