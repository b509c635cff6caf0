"""A case goes in; a picture of each page of its desk comes out, taken in Chromium, for docs/desk.

python bench/desk_pictures.py CASE [--out docs/desk]
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path

PAGES = {
    "today": ("/", ""),
    "report": ("", "jjj"),
    "positions": ("/positions", ""),
    "preconditions": ("/preconditions", ""),
    "contradictions": ("/contradictions", ""),
    "meetings": ("/meetings", ""),
    "timeline": ("/meetings/timeline", ""),
    "networks": ("/networks", ""),
    "add": ("/add", ""),
    "blind": ("/blind", ""),
    "model": ("/model", ""),
    "search": ("/search?q=truce", ""),
    "codebook": ("/codebook", ""),
    "actors": ("/actors", ""),
    "record": ("/record", ""),
}
"""Name → address and keys pressed there; the report is the first of the list."""

PRINTED = 1.25
"""Dots of a picture for each point of the paper."""

COLOURS = 48


def main() -> None:
    """Command line."""
    from playwright.sync_api import expect, sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", type=Path)
    parser.add_argument("--out", type=Path, default=Path("docs/desk"))
    args = parser.parse_args()
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("no Chromium on this machine; no pictures are taken")
    args.out.mkdir(parents=True, exist_ok=True)
    start = [sys.executable, "-c", "from standoff.cli.main import main; main()"]
    command = [*start, "desk", str(args.case), "--no-browser", "--by", "ana"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server, sync_playwright() as driver:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        root = re.sub(r"/\?.*", "", address)
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for scheme in ("light", "dark"):
            context = browser.new_context(viewport={"width": 1280, "height": 860}, color_scheme=scheme)
            page = context.new_page()
            page.set_default_timeout(120_000)
            expect.set_options(timeout=120_000)
            page.goto(address)
            page.goto(f"{root}/reports")
            first = page.locator("table.list a").first.get_attribute("href")
            for name, (where, keys) in PAGES.items():
                if scheme == "dark" and name not in ("today", "report"):
                    continue
                page.goto(root + (where or str(first)))
                expect(page.locator("#main [data-behind]")).to_have_count(0)
                for key in keys:
                    page.keyboard.press(key)
                picture = args.out / f"{name}{'-dark' if scheme == 'dark' else ''}.png"
                page.screenshot(path=picture)
                lighten(picture)
        page.goto(root)
        expect(page.locator("#main [data-behind]")).to_have_count(0)
        printed(page.pdf(prefer_css_page_size=True), args.out / "brief-print.png")
        browser.close()
        server.terminate()


def printed(sheets: bytes, out: Path) -> None:
    """The first sheet of a PDF as a picture."""
    from pypdfium2 import PdfDocument

    PdfDocument(sheets)[0].render(scale=PRINTED).to_pil().save(out)
    lighten(out)


def lighten(picture: Path) -> None:
    """Keep as many colours of a picture as a page needs: a repository is no album."""
    from PIL import Image

    Image.open(picture).convert("RGB").quantize(COLOURS).save(picture, optimize=True)


if __name__ == "__main__":
    main()
