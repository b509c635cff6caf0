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
