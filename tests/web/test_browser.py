"""Journeys in a real browser: Debian's Chromium, driven by Playwright; skipped where either is missing."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from chromium import ARGUMENTS, CHROMIUM, MISSING, PATIENCE

from standoff.case.history import log
from standoff.case.snapshot import PositionEntry, Snapshot
from standoff.case.state import snapshot
from standoff.case.store import open as open_case

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=MISSING)

Page = playwright.Page


@pytest.fixture
def page(address: str) -> Iterator[Page]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.set_default_timeout(PATIENCE)
        playwright.expect.set_options(timeout=PATIENCE)
        troubles: list[str] = []
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("dialog", lambda dialog: troubles.append(f"a report opened a dialog: {dialog.message}"))
        page.goto(address)
        yield page
        browser.close()
        assert troubles == []


@pytest.fixture
def now(path: Path) -> Callable[[], Snapshot]:
    """The case as another program sees it."""

    def read() -> Snapshot:
        with open_case(path) as case:
            return snapshot(case)

    return read


def go(page: Page, where: str) -> None:
    page.goto(re.sub(r"(//[^/]*)/.*", r"\1", page.url) + where)
    playwright.expect(page.locator("#main [data-behind]")).to_have_count(0)


def settled(page: Page, words: str) -> None:
    """Wait until the desk has said that it stored something."""
    playwright.expect(page.locator("#note")).to_contain_text(words)


def position(state: Snapshot, report: str) -> PositionEntry:
    return next(entry for entry in state.positions if entry.report == report)


def choose(page: Page, entry: str) -> None:
    """Go down the margin by the key until an entry is the current one."""
    for _ in range(20):
        if page.locator(f'.card.current[data-entry="{entry}"]').count():
            return
        page.keyboard.press("j")
    raise AssertionError(f"{entry} was not reached")


def test_a_report_is_reviewed_to_the_end_by_keys_alone(page: Page, now: Callable[[], Snapshot], path: Path) -> None:
    go(page, "/reports/asking")
    asked = position(now(), "asking")
    choose(page, asked.id)
    page.keyboard.press("a")
    settled(page, f"{asked.id} accepted")
    assert position(now(), "asking").review == "accepted"

    page.keyboard.press("k")
    choose(page, asked.id)
    page.keyboard.press("{")
    settled(page, "issue is now")
    assert now().quote("asking", position(now(), "asking").issue) == "a pay rise of five per"
    page.keyboard.press("u")
    settled(page, "undone")
    assert now().quote("asking", position(now(), "asking").issue) == "a pay rise of five per cent"

    page.keyboard.press("e")
    field = page.locator('.card.current form [name="holder"]')
    playwright.expect(field).to_be_focused()
    page.keyboard.type("Holt")
    page.keyboard.press("Enter")
    settled(page, "corrected: holder")
    state = now()
    assert state.party_by_id[position(state, "asking").holder].name == "Holt"

    page.locator(".card.current").focus()
    page.keyboard.press("n")
    playwright.expect(page.locator(".new-entry")).to_be_visible()
    page.locator('.new-entry fieldset:not([disabled]) [name="evidence"]').focus()
    page.keyboard.type("told the radio so on Monday")
    page.locator('.new-entry fieldset:not([disabled]) [name="holder"]').focus()
    page.keyboard.type("Holt")
    page.locator('.new-entry fieldset:not([disabled]) [name="issue"]').focus()
    page.keyboard.type("the radio")
    page.keyboard.press("Enter")
    settled(page, "added")
    assert [e.by for e in now().positions if e.review == "added"] == ["ana"]

    page.keyboard.press("N")
    page.wait_for_url("**/reports/refusing")
    refused = position(now(), "refusing")
    choose(page, refused.id)
    page.keyboard.press("r")
    settled(page, f"{refused.id} rejected")
    playwright.expect(page.locator(f"#card-{refused.id}")).to_contain_text("rejected")
    page.reload(wait_until="domcontentloaded")
    playwright.expect(page.locator(f"#card-{refused.id}")).to_have_count(0)
    with open_case(path) as case:
        assert {step.by for step in log(case)} - {"machine"} == {"ana"}


def test_words_are_taken_by_selecting_them_wherever_they_stand(page: Page, now: Callable[[], Snapshot]) -> None:
    go(page, "/reports/turning")  # a ship stands before the words: two units of the browser, one place of ours
    entry = position(now(), "turning")
    choose(page, entry.id)
    text = page.locator(".text")
    playwright.expect(text).to_contain_text("<b>on</b> Thursday")
    box = page.evaluate(
        """() => {
          const seg = [...document.querySelectorAll('.seg')].find((one) => one.textContent.includes('Thursday'));
          const node = document.createTreeWalker(seg, NodeFilter.SHOW_TEXT).nextNode();
          const range = document.createRange();
          const at = node.data.indexOf('Thursday');
          range.setStart(node, at); range.setEnd(node, at + 8);
          const r = range.getBoundingClientRect();
          return [r.x + r.width / 2, r.y + r.height / 2];
        }"""
    )
    page.mouse.dblclick(*box)
    page.keyboard.press("w")
    settled(page, "issue is now")
    state = now()
    assert state.quote("turning", position(state, "turning").issue) == "Thursday"


def middle_of(page: Page, words: str) -> tuple[float, float]:
    """The middle of words of the text on the screen."""
    x, y = page.evaluate(
        """(words) => {
          for (const seg of document.querySelectorAll('.seg')) {
            const at = seg.textContent.indexOf(words);
            if (at < 0) continue;
            const node = document.createTreeWalker(seg, NodeFilter.SHOW_TEXT).nextNode();
            const range = document.createRange();
            range.setStart(node, at); range.setEnd(node, at + words.length);
            const box = range.getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2];
          }
        }""",
        words,
    )
    return x, y


def test_an_edge_is_dragged_to_a_word_and_undone(page: Page, now: Callable[[], Snapshot]) -> None:
    go(page, "/reports/turning")
    entry = position(now(), "turning")
    choose(page, entry.id)

    def drag(edge: str, words: str, at: float = 0.0) -> None:
        box = page.locator(f".edge-{edge}").bounding_box()
        assert box is not None
        x, y = middle_of(page, words)
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.down()
        page.mouse.move((x + box["x"]) / 2, y, steps=4)
        page.mouse.move(x + at, y, steps=4)

    drag("end", "speaker", 12)
    assert page.evaluate("getSelection().toString()") == "a pay rise now, their speaker"
    page.mouse.up()
    settled(page, "issue is now")
    assert now().quote("turning", position(now(), "turning").issue) == "a pay rise now, their speaker"
    drag("end", "Thursday", 20)  # beyond a ship: two units of the browser, one place of ours
    page.mouse.up()
    playwright.expect(page.locator(f"#card-{entry.id}")).to_contain_text("Thursday")
    state = now()
    assert state.quote("turning", position(state, "turning").issue).endswith("said <b>on</b> Thursday")
    drag("start", "their", -12)
    page.keyboard.press("Escape")
    page.mouse.up()
    assert position(now(), "turning") == position(state, "turning")
    page.keyboard.press("u")
    settled(page, "undone")
    page.keyboard.press("u")
    playwright.expect(page.locator(f"#card-{entry.id}")).not_to_contain_text("speaker")
    assert position(now(), "turning") == entry


def test_a_highlight_leads_to_its_card_and_back(page: Page, now: Callable[[], Snapshot]) -> None:
    go(page, "/reports/refusing")
    entry = position(now(), "refusing")
    page.locator(f'.seg[data-marks*="{entry.id}:issue"]').first.click()
    playwright.expect(page.locator(f"#card-{entry.id}")).to_have_class(re.compile("current"))
    condition = now().preconditions[0].id
    page.locator(f"#card-{condition}").click()
    marked = page.locator(f'.seg[data-marks*="{condition}:requirement"]').first
    playwright.expect(marked).to_have_class(re.compile("current-main"))


def test_a_lost_connection_loses_no_decision(page: Page, now: Callable[[], Snapshot]) -> None:
    go(page, "/reports/asking")
    asked = position(now(), "asking")
    choose(page, asked.id)
    page.context.set_offline(True)
    page.keyboard.press("a")
    playwright.expect(page.locator("#banner")).to_contain_text("1 decision is kept")
    assert position(now(), "asking").review == "machine"
    page.context.set_offline(False)
    playwright.expect(page.locator("#banner")).to_be_hidden()
    assert position(now(), "asking").review == "accepted"


def test_two_actors_are_merged_the_brief_changes_and_a_reload_keeps_it(page: Page, now: Callable[[], Snapshot]) -> None:
    go(page, "/")
    assert "Dockers' union" in page.locator("main").inner_text()
    go(page, "/actors")
    union = next(p.id for p in now().parties if p.name == "Dockers' union")
    owners = next(p.id for p in now().parties if p.name == "Port owners")
    for id_ in (owners, union):
        page.locator(f'input[value="{id_}"]').focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="Merge the chosen ones").focus()
    page.keyboard.press("Enter")
    settled(page, "merged into")
    assert len([p for p in now().parties if p.name in ("Dockers' union", "Port owners")]) == 1
    go(page, "/")
    before = page.locator(".column-main").inner_text()
    page.reload()
    assert page.locator(".column-main").inner_text() == before
    go(page, "/record")
    page.get_by_role("button", name=re.compile("Undo step")).first.click()
    settled(page, "undone: merge")
    assert {"Dockers' union", "Port owners"} <= {p.name for p in now().parties}


PAGES = ["/", "/reports", "/reports/asking", "/positions", "/meetings", "/preconditions", "/contradictions", "/model",
         "/codebook", "/actors", "/record", "/search?q=pay", "/add", "/networks", "/meetings/timeline", "/blind",
         "/blind/reports/asking"]  # fmt: skip


def test_every_page_has_what_assistive_technology_needs(page: Page) -> None:
    for where in PAGES:
        go(page, where)
        faults = page.evaluate(
            """() => {
              const faults = [];
              const named = (one) => (one.labels && one.labels.length) || one.getAttribute('aria-label') || one.title;
              for (const one of document.querySelectorAll('input:not([type=hidden]), select'))
                if (!named(one)) faults.push('no label: ' + one.outerHTML.slice(0, 90));
              for (const one of document.querySelectorAll('button, a[href]'))
                if (!one.textContent.trim() && !one.getAttribute('aria-label'))
                  faults.push('no name: ' + one.outerHTML.slice(0, 90));
              const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
              for (const id of ids)
                if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push('twice: ' + id);
              if (document.querySelectorAll('h1').length !== 1) faults.push('not one h1');
              if (!document.documentElement.lang) faults.push('no language');
              for (const one of document.querySelectorAll('table'))
                if (!one.querySelector('th[scope]')) faults.push('no th');
              return [...new Set(faults)];
            }"""
        )
        assert faults == [], where


def test_at_twice_the_size_and_on_a_tablet_no_page_runs_over_its_edge(page: Page) -> None:
    for width in (640, 768):  # a window of 1280 at 200 %, and a tablet held upright
        page.set_viewport_size({"width": width, "height": 900})
        for where in PAGES:
            go(page, where)
            assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, (where, width)


def test_in_a_small_window_the_current_words_stand_above_the_margin_and_the_card_in_it(
    page: Page, now: Callable[[], Snapshot]
) -> None:
    page.set_viewport_size({"width": 640, "height": 480})
    go(page, "/reports/refusing")
    for entry in (now().positions[1].id, now().preconditions[0].id):
        choose(page, entry)
        words, card, margin = (
            page.locator(one).first.bounding_box() for one in (".seg.current-main", ".card.current", ".margin")
        )
        assert words["y"] >= 0 and words["y"] + words["height"] <= margin["y"]
        assert card["y"] >= margin["y"] and card["y"] < 480 - 60


def test_after_each_step_the_page_is_what_it_would_be_anew(page: Page, now: Callable[[], Snapshot]) -> None:
    go(page, "/reports/refusing")
    entry = position(now(), "refusing").id
    for keys, said in (("{", "issue is now"), ("a", "accepted"), ("u", "undone"), ("r", "rejected"), ("u", "undone"),
                       ("U", "brought back"), ("u", "undone"), ("o", "stands as"), ("u", "undone")):  # fmt: skip
        if page.locator(f"#card-{entry}").count():
            page.locator(f"#card-{entry} .card-line").click()
        page.evaluate("document.getElementById('note')?.replaceChildren()")
        page.keyboard.press(keys)
        settled(page, said)
        if keys in "ar":  # drawn by the page itself until the next answer
            continue
        anew = page.evaluate(
            f"""async () => {{
                const answer = await fetch(location.pathname, {{headers: {{'x-fragment': 'main'}}}});
                const sent = new DOMParser().parseFromString(await answer.text(), 'text/html');
                return {CLEAN}(sent.querySelector('.report-body'));
            }}"""
        )
        assert drawn(page) == anew, (keys, said)


CLEAN = """((body) => {
    const copy = body.cloneNode(true);
    for (const one of copy.querySelectorAll('.edge')) one.remove();
    for (const one of copy.querySelectorAll('.current, .unsent')) {
        one.classList.remove('current', 'current-main', 'current-cue', 'current-source', 'unsent');
    }
    return [...copy.querySelectorAll('.text > p, .card, .margin-head')].map((one) => one.outerHTML.trim());
})"""
"""What a report shows, without what is only the place where somebody is."""


def drawn(page: Page) -> list[str]:
    found: list[str] = page.evaluate(f"() => {CLEAN}(document.querySelector('.report-body'))")
    return found
