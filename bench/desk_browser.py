"""How long a person waits in the browser: a made-up case goes in, milliseconds in Chromium come out.

python bench/desk_browser.py [--case build/desk.standoff] [--long build/long.standoff] [--times 3]

Pages: from the request to the first paint with content, and until the page takes keys (its scripts have run); the
least of several loads. Then a report of more than 5,000 words: for each kind of step the processor time of the
page's thread ("nothing" is what the driver's own asking takes of it), and the tasks that held the page up for more than
50 ms (what Chromium calls long tasks). A busy machine lengthens everything but the processor time.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from desk import make

PAGES = ["/", "/reports", "/reports/r250", "/search?q=prisoners", "/add", "/positions", "/meetings",
         "/meetings/timeline", "/preconditions", "/contradictions", "/networks", "/model", "/codebook", "/codebook/C1",
         "/actors", "/actors/A1", "/who/A1", "/record", "/blind", "/blind/reports/r250"]  # fmt: skip
REPORTS_OF_LONG, ENTRIES_OF_LONG = 3, 1200
"""A mention has four entries and some 54 words: 100 mentions make a report of more than 5,000 words."""

PAINT = """() => {
  const [way] = performance.getEntriesByType('navigation');
  const [paint] = performance.getEntriesByName('first-contentful-paint');
  return [way.responseEnd - way.requestStart, paint ? paint.startTime : NaN, way.domContentLoadedEventEnd];
}"""
PAINTED = """() => new Promise((done) => new PerformanceObserver((list) => {
  if (list.getEntriesByName('first-contentful-paint').length) done();
}).observe({ type: 'paint', buffered: true }))"""
DRAWN = "new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
TELLS = """(said) => {
  window.told = said ? new Promise((done) => {
    const note = document.getElementById('note');
    note?.replaceChildren();
    const look = new MutationObserver(() => {
      if (!new RegExp(said).test(document.getElementById('note')?.textContent)) return;
      look.disconnect();
      done();
    });
    look.observe(note || document.body, { childList: true, subtree: Boolean(note) });
  }) : Promise.resolve();
}"""
"""Before a step: the page itself notes when it is done; to be asked by the driver again and again costs more than the
step."""
WATCH = """() => {
  window.held = [];
  new PerformanceObserver((list) => window.held.push(...list.getEntries().map((one) => one.duration)))
    .observe({ type: 'longtask' });
}"""


def main() -> None:
    """Command line."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--case", type=Path, default=Path("build/desk.standoff"))
    parser.add_argument("--long", type=Path, default=Path("build/long.standoff"))
    parser.add_argument("--times", type=int, default=3)
    args = parser.parse_args()
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("no Chromium on this machine: nothing is measured")
    if not args.case.exists():
        raise SystemExit(f"{args.case}: no such case; `python bench/desk.py` makes it")
    if not args.long.exists():
        make(args.long, REPORTS_OF_LONG, ENTRIES_OF_LONG)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        with desk(args.case) as address:
            pages(browser, address, args.times)
        with desk(args.long) as address:
            long_report(browser, address)
        browser.close()


@contextmanager
def desk(case: Path) -> Iterator[str]:
    """The desk of a case as a program of its own; its address with the token."""
    start = [sys.executable, "-c", "from standoff.cli.main import main; main()"]
    command = [*start, "desk", str(case), "--no-browser", "--by", "bench"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.terminate()


def pages(browser: Any, address: str, times: int) -> None:
    """A line for each page: answer, first paint, ready, in ms since the request."""
    from playwright.sync_api import expect

    root = re.sub(r"/\?.*", "", address)
    page = browser.new_context(viewport={"width": 1280, "height": 860}).new_page()
    page.set_default_timeout(120_000)
    page.goto(address)
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    print(f"{'page':<26}{'answer':>8}{'paint':>8}{'keys':>8}  ms")
    for where in PAGES:
        page.goto(root + where)
        expect(page.locator("#main [data-behind]")).to_have_count(0, timeout=120_000)
        found = []
        for _ in range(times):
            page.goto(root + where)
            page.evaluate(PAINTED)
            found.append(page.evaluate(PAINT))
        answer, paint, ready = (min(column) for column in zip(*found, strict=True))
        print(f"{where:<26}{answer:>8.0f}{paint:>8.0f}{ready:>8.0f}", flush=True)


def long_report(browser: Any, address: str) -> None:
    """A line for each kind of step on a long report."""
    root = re.sub(r"/\?.*", "", address)
    page = browser.new_context(viewport={"width": 1280, "height": 860}).new_page()
    page.set_default_timeout(120_000)
    debugger = page.context.new_cdp_session(page)
    debugger.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(address)
    page.goto(f"{root}/reports/r001")
    words, entries = page.evaluate(
        "[document.querySelector('.text').textContent.split(/\\s+/).length, document.querySelectorAll('.card').length]"
    )
    print(f"\na report of {words:,} words with {entries} entries")
    page.evaluate(WATCH)

    def worked() -> float:
        metrics = {one["name"]: one["value"] for one in debugger.send("Performance.getMetrics")["metrics"]}
        return float(metrics["TaskDuration"]) * 1000

    def key(name: str, said: str = "") -> Callable[[], None]:
        def press() -> None:
            page.evaluate(TELLS, said)
            page.keyboard.press(name)
            page.evaluate(f"window.told.then(() => {DRAWN})")

        return press

    def scroll() -> None:
        page.mouse.wheel(0, 500)
        page.evaluate(DRAWN)

    page.mouse.move(300, 500)
    steps = {
        "nothing": (key("Shift"), 20), "scroll": (scroll, 20), "next entry": (key("j"), 20),
        "accept": (key("a", "accepted"), 8), "reject": (key("r", "rejected"), 8),
        "move an edge": (key("}", "is now|further"), 8),
        "undo": (key("u", "undone"), 8),
    }  # fmt: skip
    print(f"{'step':<26}{'median':>8}{'most':>8}  ms of the page's thread; tasks over 50 ms")
    for name, (step, times) in steps.items():
        step()
        page.evaluate("window.held = []")
        found = []
        for _ in range(times):
            before = worked()
            step()
            found.append(worked() - before)
        held = page.evaluate("window.held")
        longest = f", the longest {max(held):.0f} ms" if held else ""
        took = f"{statistics.median(found):>8.0f}{max(found):>8.0f}"
        print(f"{name:<26}{took}  {len(held)} of {times} steps{longest}", flush=True)


if __name__ == "__main__":
    main()
