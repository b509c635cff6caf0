"""Who demands, commits to, refuses, supports, opposes what: one mechanism a line, in sentences made for the test."""

import pytest

from standoff import Ledger, Report, read

Row = tuple[str, str, str, str | None]


def ledger(text: str) -> Ledger:
    return read(Report("t", f"The two sides are in peace talks on a truce deal. {text}", published="2016-02-10"))


def rows(found: Ledger) -> set[Row]:
    name = {actor.id: actor.name for actor in found.actors}
    return {(name[p.holder], p.act, found.quote(p.issue), name.get(p.target or "")) for p in found.positions}


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("France urged Turkey to reopen the border.", ("France", "demand", "reopen the border", "Turkey")),
        ("Turkey rejected the offer.", ("Turkey", "refuse", "the offer", None)),
        ("Iran agreed to freeze production.", ("Iran", "commit", "freeze production", None)),
        ("Iran did not agree to freeze production.", ("Iran", "refuse", "freeze production", None)),
        ("Cyprus opposes the opening of new chapters.", ("Cyprus", "oppose", "the opening of new chapters", None)),
        (
            "Germany supports a gradual lifting of sanctions.",
            ("Germany", "support", "a gradual lifting of sanctions", None),
        ),
        ("Brazil is ready to resume the talks.", ("Brazil", "commit", "resume the talks", None)),
        ("Turkey called for a ceasefire.", ("Turkey", "demand", "a ceasefire", None)),
        ("Poland called on Russia to withdraw its troops.", ("Poland", "demand", "withdraw its troops", "Russia")),
        ("The offer was rejected by Turkey.", ("Turkey", "refuse", "The offer", None)),
    ],
)
def test_a_frame_gives_holder_act_issue_and_target(text: str, row: Row) -> None:
    assert row in rows(ledger(text))


def test_coordinated_demands_are_separate() -> None:
    found = {
        row[2] for row in rows(ledger("Ukraine demanded the release of prisoners and a withdrawal of heavy weapons."))
    }
    assert {"the release of prisoners", "a withdrawal of heavy weapons"} <= found


def test_joint_holders_hold_one_position_each() -> None:
    holders = {row[0] for row in rows(ledger("France and Germany rejected the proposal."))}
    assert {"France", "Germany"} <= holders


def test_a_modal_in_what_somebody_says_is_a_demand() -> None:
    found = rows(ledger("“Turkey must reopen the border,” France said."))
    assert ("France", "demand", "reopen the border", "Turkey") in found


def test_what_the_reporter_himself_says_must_happen_is_no_position() -> None:
    assert not rows(ledger("Rain must fall before the harvest begins."))


def test_refusing_to_comment_is_no_position() -> None:
    assert not rows(ledger("Turkey declined to comment."))


def test_a_report_without_a_negotiation_gives_no_positions() -> None:
    text = "The baker wants to open a second shop. She promised to bake more bread and rejected the smaller oven."
    assert not read(Report("t", text)).positions


def test_every_entry_names_its_frame_and_quotes_the_text() -> None:
    found = ledger("France urged Turkey to reopen the border.")
    position = next(p for p in found.positions if p.act == "demand")
    assert position.by == "verb:urge"
    assert "urged Turkey" in found.quote(position.evidence)


def test_a_list_of_parties_holds_together_what_the_trained_reader_finds() -> None:
    found = rows(ledger("Iran and Kuwait signed accords on Monday, including on cooperation in nuclear energy."))
    holders = {holder for holder, _, issue, _ in found if "nuclear energy" in issue}
    assert holders == {"Iran", "Kuwait"}


def test_who_is_named_together_is_asked_together() -> None:
    found = rows(ledger("Norway has called on Cyprus and Turkey to help restore the ceasefire."))
    assert {target for _, act, issue, target in found if "restore" in issue} == {"Cyprus", "Turkey"}


def test_who_agrees_with_somebody_does_it_jointly() -> None:
    found = rows(ledger("Turkey agreed with Cyprus on Friday to extend the deadline."))
    assert {holder for holder, _, issue, _ in found if issue == "extend the deadline"} == {"Turkey", "Cyprus"}


def test_a_paper_holds_no_position() -> None:
    found = rows(ledger("Norway and Iceland published a draft. The draft requires hiring a monitor."))
    assert not {holder for holder, *_ in found} & {"draft", "The draft"}


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("Iran agreed to freeze production following the visit of the envoy.", "freeze production"),
        ("Iran agreed to freeze production in line with the resolution.", "freeze production"),
        ("Iran agreed to free the sailors, including two Swedes held since May.", "free the sailors"),
        ("Iran agreed to buy Nordic Pipes Corp (NPC.O) after its board had given its assent.", "buy Nordic Pipes Corp"),
    ],
)
def test_an_issue_ends_where_a_circumstance_follows(text: str, issue: str) -> None:
    assert issue in {row[2] for row in rows(ledger(text))}


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Russia does not want a negotiated solution.", ("Russia", "oppose", "a negotiated solution", None)),
        ("Turkey hopes that Greece will sign the treaty.", ("Turkey", "support", "sign the treaty", None)),
        ("Turkey hoped to reopen the border.", ("Turkey", "commit", "reopen the border", None)),
        ("Turkey decided to reject the offer.", ("Turkey", "refuse", "the offer", None)),
        ("Turkey shelved plans to build a dam.", ("Turkey", "refuse", "plans to build a dam", None)),
    ],
)
def test_negation_hope_and_what_is_done_about_it_make_the_act(text: str, row: Row) -> None:
    assert row in rows(ledger(text))


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        ("France asked Turkey to accept the offer.", "Turkey"),
        ("Turkey was urged by France to accept the offer.", "Turkey"),
        ("North Korea wants the United States to sign a treaty.", "United States"),
        ("Norway hopes Iceland will approve the agreement.", "Iceland"),
    ],
)
def test_what_is_asked_or_hoped_of_a_party_is_not_its_stance(text: str, nobody: str) -> None:
    assert nobody not in {holder for holder, *_ in rows(ledger(text))}


def test_a_demand_that_is_given_up_is_no_stance() -> None:
    assert not rows(ledger("Washington no longer insists on his departure, the Norwegian government said."))


@pytest.mark.parametrize(
    "text",
    [
        "Norway and Iceland failed on Friday to agree on the fish quota.",
        "The Norwegian premier called the demand unaffordable.",
    ],
)
def test_what_has_not_come_about_and_the_mere_word_for_a_demand_are_no_stance(text: str) -> None:
    assert not {row for row in rows(ledger(text)) if row[1] in {"commit", "demand"}}


def test_an_issue_ends_before_who_said_it() -> None:
    found = rows(ledger("Norway would not block the loan, its prime minister, Anna Berg, said."))
    assert ("Norway", "refuse", "block the loan", None) in found


def test_what_would_move_a_party_is_not_what_it_demands() -> None:
    found = rows(ledger("Should the talks fail, Turkey said it was prepared to close the strait."))
    assert ("Turkey", "commit", "close the strait", None) in found
    assert not {row for row in found if row[1] == "demand"}


def test_what_might_have_to_be_done_is_no_demand() -> None:
    assert not rows(ledger("The Norwegian government said the ceremony might have to be put off."))


def test_what_a_precondition_demands_ends_where_the_requirement_does() -> None:
    found = rows(ledger("Turkey will not attend until Greece leaves the port of Volos, a blow to mediators."))
    assert {issue for _, act, issue, _ in found if act == "demand"} == {"leaves the port of Volos"}
