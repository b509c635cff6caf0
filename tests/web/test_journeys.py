"""Whole journeys through the desk in a real browser; skipped where there is none."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from harbour import ASKING
from test_browser import choose, go, now, page, position, pytestmark, settled

from standoff.case.codebook import move
from standoff.case.history import log
from standoff.case.snapshot import Snapshot
from standoff.case.store import open as open_case

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
Page = playwright.Page
__all__ = ["now", "page", "pytestmark"]

NEWS = (
    "The seamen's union demands a ninth day of leave. Port owners refuse to pay for it, their speaker Jane Croft said "
    "on Friday. They will talk only if the seamen's union ends its overtime ban. Both sides are to meet in Hull on "
    "10 May 2024."
)


def test_from_a_pasted_report_to_a_changed_brief(page: Page, now: Callable[[], Snapshot], path: Path) -> None:
    go(page, "/")
    brief = page.locator(".column-main").inner_text()

    go(page, "/add")
    page.locator("#paste-text").focus()
    page.keyboard.insert_text(NEWS)
    page.keyboard.press("Tab")
    page.keyboard.type("Seamen ask for leave")
    page.locator("#paste-published").fill("2024-05-03")
    page.locator("#paste-title").focus()
    page.keyboard.press("Enter")
    became = page.locator("#progress .arrival-read")
    playwright.expect(became).to_contain_text("Seamen ask for leave", timeout=120_000)
    playwright.expect(became).to_contain_text("entries")
    became.locator("a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/*seamen*")

    report = next(s.id for s in now().sources if s.report.title == "Seamen ask for leave")
    cards = page.locator(".card").count()
    assert cards > 2
    page.keyboard.press("j")
    for place in range(cards):
        playwright.expect(page.locator(".card").nth(place)).to_have_class(re.compile("current"))
        page.keyboard.press("r" if place == cards - 1 else "a")
    playwright.expect(page.locator("[data-waiting]")).to_have_text("0")
    playwright.expect(page.locator(".card.unsent")).to_have_count(0)
    page.get_by_role("button", name="I have been through it").focus()
    page.keyboard.press("Enter")
    settled(page, "you have been through")
    page.reload()
    playwright.expect(page.locator(".card")).to_have_count(cards - 1)
    playwright.expect(page.locator(".card.review-accepted")).to_have_count(cards - 1)

    go(page, "/")
    with_news = page.locator(".column-main").inner_text()
    assert with_news != brief and "Seamen" in with_news

    names = {p.name: p.id for p in now().parties}
    seamen = next(name for name in names if "eamen" in name)
    go(page, "/actors")
    for name in ("Dockers' union", seamen):
        page.locator(f'input[value="{names[name]}"]').focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="Merge the chosen ones").focus()
    page.keyboard.press("Enter")
    settled(page, "merged into")
    go(page, "/")
    merged = page.locator(".column-main").inner_text()
    assert merged != with_news
    page.reload()
    assert page.locator(".column-main").inner_text() == merged
    with open_case(path) as case:
        steps = [(step.by, step.verb) for step in log(case) if step.by != "machine"]
    assert steps[-1] == ("ana", "merge") and steps.count(("ana", "accept")) == cards - 1 and ("ana", "finish") in steps
    assert report in now().source_by_id


def test_files_are_sent_again_until_the_desk_has_them(page: Page, now: Callable[[], Snapshot], tmp_path: Path) -> None:
    (tmp_path / "again.txt").write_text(ASKING, encoding="utf-8")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 no more than that")
    go(page, "/add")
    page.context.set_offline(True)
    page.locator("#chosen").set_input_files([tmp_path / "again.txt", tmp_path / "broken.pdf"])
    playwright.expect(page.locator(".sending")).to_contain_text("again.txt: the desk does not answer. It is sent again")
    page.context.set_offline(False)
    playwright.expect(page.locator("#progress .arrival-known")).to_contain_text("was in the case already")
    playwright.expect(page.locator("#progress .arrival-wrong")).to_contain_text("broken.pdf")
    playwright.expect(page.locator(".sending li")).to_have_count(0)
    assert len(now().sources) == 5


def test_two_windows_on_one_report_lose_nothing(page: Page, now: Callable[[], Snapshot], path: Path) -> None:
    go(page, "/reports/refusing")
    other = page.context.new_page()
    other.set_default_timeout(30_000)
    other.goto(page.url)
    refused, condition = position(now(), "refusing"), now().preconditions[0]
    choose(page, refused.id)
    choose(other, condition.id)
    page.keyboard.press("a")
    other.keyboard.press("r")
    settled(page, "accepted")
    settled(other, "rejected")
    other.locator(f"#card-{refused.id}").click()
    other.keyboard.press("{")
    settled(other, "issue is now")
    state = now()
    assert state.preconditions == () and state.quote("refusing", position(state, "refusing").issue) == "a pay"
    page.reload()
    playwright.expect(page.locator(f"#card-{condition.id}")).to_have_count(0)
    playwright.expect(page.locator(f"#card-{refused.id}")).to_contain_text("corrected")


def test_time_is_moved_by_the_arrow_keys_and_cells_open_to_quotes(page: Page, now: Callable[[], Snapshot]) -> None:
    go(page, "/positions")
    playwright.expect(page.locator("output")).to_have_text("2024-05-02")
    playwright.expect(page.locator("main")).to_contain_text("Port owners")
    assert "after 2 days" in page.locator("section[aria-labelledby=shifts]").inner_text()
    for _ in range(2):
        page.locator("#day").focus()
        page.keyboard.press("ArrowLeft")
        page.wait_for_timeout(400)
    playwright.expect(page.locator("output")).to_have_text("2024-04-29")
    playwright.expect(page.locator("section[aria-labelledby=shifts]")).to_contain_text("Nobody has")
    page.locator("a.cell").first.focus()
    page.keyboard.press("Enter")
    playwright.expect(page.locator("#aside .quote")).to_contain_text("demands a pay rise of five per cent")
    page.keyboard.press("Escape")
    playwright.expect(page.locator("#aside")).to_be_hidden()


def test_camps_and_meetings_open_to_quotes(page: Page, now: Callable[[], Snapshot], path: Path) -> None:
    with open_case(path) as case:
        move(case, [p.id for p in now().positions], "Pay", "ana")
    go(page, "/networks?length=all")
    playwright.expect(page.locator("h1")).to_have_text("Who stands with whom")
    page.locator(".network .node").first.click()
    playwright.expect(page.locator("#aside .quote").first).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("link", name=re.compile("Words of")).first.focus()
    page.keyboard.press("Enter")
    playwright.expect(page.locator("#aside")).to_contain_text("Pay")
    playwright.expect(page.locator("#aside .quote").nth(1)).to_be_visible()
    page.keyboard.press("Escape")
    go(page, "/meetings/timeline")
    page.locator(".timeline a").first.focus()
    page.keyboard.press("Enter")
    playwright.expect(page.locator("#aside .quote")).to_contain_text("are to meet in Hull")


def test_a_report_is_coded_blind_and_agreement_is_told(page: Page, now: Callable[[], Snapshot]) -> None:
    go(page, "/blind/reports/asking")
    playwright.expect(page.locator(".card")).to_have_count(0)
    page.locator(".text").click()
    page.keyboard.press("n")
    form = page.locator(".new-entry fieldset:not([disabled])")
    evidence = "The dockers' union demands a pay rise of five per cent"
    for field, words in (("evidence", evidence), ("holder", "The union"), ("issue", "a pay rise of five per cent")):
        form.locator(f'[name="{field}"]').focus()
        page.keyboard.insert_text(words)
    page.keyboard.press("Enter")
    settled(page, "added")
    playwright.expect(page.locator(".card")).to_have_count(1)
    page.get_by_role("button", name="I have been through it").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/blind")
    playwright.expect(page.locator("main")).to_contain_text("With machine, on 1 report")
    assert [p.holder for p in now().positions if p.by == "ana"] == []
