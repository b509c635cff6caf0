"""Coding blind in the browser: nothing of others is shown before, agreement after."""

import re
from collections.abc import Iterator

import pytest
from harbour import ASKING, HOSTILE, KEYS, PORT, Browser, assert_harmless, span, words

from standoff.case import review
from standoff.case.blind import tasks
from standoff.web.app import application
from standoff.web.desk import Desk

ISSUE = "{}-{}".format(*span(ASKING, "a pay rise of five per cent"))
EVIDENCE = "{}-{}".format(*span(ASKING, "The dockers' union demands a pay rise of five per cent"))


def enter(browser: Browser, **fields: str) -> str:
    values = {"kind_of_entry": "position", "evidence": EVIDENCE, "issue": ISSUE, "holder": "Union", "act": "demand"}
    return str(browser.decide("/blind/reports/asking/add", **(values | fields))["current"])


@pytest.fixture
def blindfold(desk: Desk) -> Iterator[Browser]:
    """Somebody at a desk for coding blind."""
    desk.blind = True
    with Browser(application(desk, KEYS, PORT), f"http://127.0.0.1:{PORT}", follow_redirects=False) as client:
        client.get("/?token=the-token")
        yield client


def test_the_coder_sees_the_text_and_nothing_that_was_found_in_it(browser: Browser, desk: Desk) -> None:
    review.add_by_hand(
        desk.case, "asking", "position",
        {"evidence": EVIDENCE, "issue": ISSUE, "holder": "Secret Society", "act": "support"}, "ben", blind=True,
    )  # fmt: skip
    page = browser.page("/blind/reports/asking")
    text = page[page.index("<article") : page.index("</article>")]
    assert words(text) == ASKING and "data-marks" not in text
    assert "0 entries of yours" in words(page) and 'class="card ' not in page
    assert "Secret Society" not in page and '<datalist id="parties"></datalist>' in page  # nor a name that was found


def test_own_entries_are_shown_changed_and_taken_away_and_the_case_stays_as_it_is(browser: Browser, desk: Desk) -> None:
    before = desk.state()
    entry = enter(browser)
    page = browser.page("/blind/reports/asking")
    assert page.count('class="card ') == 1 and "Union demands a pay rise of five per cent" in words(page)
    browser.decide(f"/blind/entries/{entry}/correct", report="asking", act="support")
    browser.decide(f"/blind/entries/{entry}/shift", edge="end", words="-1")
    answer = browser.decide(f"/blind/entries/{entry}/edge", edge="start", place=str(span(ASKING, "pay rise")[0]))
    assert "Union supports pay rise of five per" in words(str(answer["body"]))
    assert "Store" in browser.page(f"/blind/entries/{entry}/form")
    browser.decide("/blind/undo", report="asking")
    assert "Union supports a pay rise of five per" in words(browser.page("/blind/reports/asking"))
    assert desk.state().positions == before.positions
    browser.decide(f"/blind/entries/{entry}/reject")
    assert "0 entries of yours" in words(browser.page("/blind/reports/asking"))


def test_entries_of_others_cannot_be_reached(browser: Browser, desk: Desk) -> None:
    found = desk.state().positions[0].id
    theirs = review.add_by_hand(
        desk.case, "asking", "position", {"evidence": EVIDENCE, "issue": ISSUE, "holder": "Union", "act": "demand"},
        "ben", blind=True,
    )  # fmt: skip
    before = desk.case.version()
    for entry in (found, theirs):
        assert browser.get(f"/blind/entries/{entry}/form").status_code == 400
        for what, fields in (("reject", {}), ("correct", {"act": "refuse"}), ("shift", {"edge": "end", "words": "1"})):
            answer = browser.post(f"/blind/entries/{entry}/{what}", json=fields, headers={"x-desk-csrf": KEYS.csrf})
            assert answer.status_code == 409, (entry, what)
    assert desk.case.version() == before


def test_agreement_is_shown_only_after_the_report_is_done(browser: Browser, desk: Desk) -> None:
    enter(browser)
    assert "How far you agree" not in browser.page("/blind")
    answer = browser.decide("/blind/reports/asking/finish")
    assert answer["goto"] == "/blind"
    page = words(browser.page("/blind"))
    assert "With machine, on 1 report" in page and "Done 1" in page
    row = re.search(r"position\s?(\d)\s?(\d)\s?([\d.–]+)", page.replace("positionpos", "pos"))
    assert row is not None and (row[1], row[2], row[3][:4]) == ("1", "1", "1.00")
    assert {task.source.id: (task.entries, task.done) for task in tasks(desk.reading, "ana")}["asking"] == (1, "blind")
    review.finish(desk.case, ["asking"], "ben", blind=True)
    assert "With ben, on 1 report" in words(browser.page("/blind"))


def test_a_desk_for_coding_blind_shows_nothing_else(blindfold: Browser, desk: Desk) -> None:
    assert "Blind coding" in words(blindfold.page("/"))
    for address in ("/reports", "/reports/asking", "/positions", "/search?q=pay", "/actors", "/record", "/networks",
                    "/entries/e1", "/entries/e1/form", "/add", "/codebook", "/model", "/who/A1"):  # fmt: skip
        assert blindfold.get(address).status_code == 404, address
    for address in ("/entries/e1/accept", "/reports/asking/finish", "/undo", "/add/text"):
        assert blindfold.post(address, json={}, headers={"x-desk-csrf": KEYS.csrf}).status_code in (404, 405), address
    page = blindfold.page("/blind/reports/asking")
    assert 'href="/positions"' not in page and 'role="search"' not in page


def test_hostile_words_are_words_here_too(browser: Browser, desk: Desk) -> None:
    enter(browser, holder=HOSTILE)
    review.finish(desk.case, ["asking"], HOSTILE)
    browser.decide("/blind/reports/asking/finish")
    for address in ("/blind", "/blind/reports/asking", "/blind/reports/h/%22o%3Estile%3F"):
        assert_harmless(browser.page(address), address)


def test_what_is_not_there_is_not_there(browser: Browser) -> None:
    for address in ("/blind/reports/nowhere",):
        assert browser.get(address).status_code == 404
    assert browser.get("/blind/entries/e999/form").status_code == 400
