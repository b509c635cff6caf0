"""Every page of the desk in Chromium, light, dark and small, under the rules of axe-core; skipped where it is missing.

axe-core (MPL-2.0) comes with `axe-playwright-python`. Its script is put in by the debugger, which the desk's
Content-Security-Policy does not concern.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import ARGUMENTS, CHROMIUM, MISSING, PATIENCE
from tour import coded, pages

from standoff.case.state import snapshot
from standoff.case.store import open as open_case
from standoff.web.desk import open_desk

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=MISSING)

GRAVE = ("serious", "critical")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def grave(page: Any) -> list[str]:
    """What axe-core finds serious or critical on a page: the rule, the place, what is wrong there."""
    found = axe.Axe().run(page).response
    return [
        f"{fault['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for fault in found["violations"]
        if fault["impact"] in GRAVE
        for node in fault["nodes"]
    ]


WINDOWS = {
    "light": ("light", 1280, 900),
    "dark": ("dark", 1280, 900),
    "small": ("light", 640, 300),  # at 200 % in half a window: more has to be scrolled
}


@pytest.fixture(params=list(WINDOWS))
def page(request: pytest.FixtureRequest, chromium: Any, path: Path, address: str) -> Iterator[Any]:
    """A page in a window, on a desk whose case has something on every page."""
    scheme, width, height = WINDOWS[request.param]
    desk = open_desk(path, "ana")
    coded(desk)
    desk.close()
    context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    playwright.expect.set_options(timeout=PATIENCE)
    page.goto(address)
    yield page
    context.close()


def go(page: Any, where: str) -> None:
    page.goto(re.sub(r"(//[^/]*)/.*", r"\1", page.url) + where)
    playwright.expect(page.locator("#main [data-behind]")).to_have_count(0)


def test_axe_finds_nothing_grave_on_any_page(page: Any, path: Path) -> None:
    with open_case(path) as case:
        every = pages(snapshot(case))
    faults: dict[str, list[str]] = {}
    for where in [*every, "/no/such/page"]:
        go(page, where)
        faults[where] = grave(page)
    assert {where: found for where, found in faults.items() if found} == {}


def test_axe_finds_nothing_grave_in_forms_and_details_that_are_open(page: Any) -> None:
    go(page, "/reports/refusing")
    for keys, there in (("jja", "#note"), ("r", ".review-rejected"), ("ke", ".card form"), ("n", ".new-entry")):
        for key in keys:
            page.keyboard.press(key)
        playwright.expect(page.locator(there).first).to_be_visible()
        assert grave(page) == [], there
        page.keyboard.press("Escape")
    page.locator(".keys summary").click()
    assert grave(page) == []
    go(page, "/positions")
    page.locator("a.cell").first.click()
    playwright.expect(page.locator("#aside")).to_be_visible()
    assert grave(page) == []
    go(page, "/reports/asking")
    page.context.set_offline(True)
    page.keyboard.press("j")
    page.keyboard.press("a")
    playwright.expect(page.locator("#banner")).to_be_visible()
    assert grave(page) == []
