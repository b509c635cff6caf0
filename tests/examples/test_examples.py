"""The example reports are complete, dated in order, and written for the project."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from standoff.ingest import read_sources
from standoff.report import Report

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
# So many words in a row that stand in another's text as well are taken to be copied.
COPIED_WORDS = 8
FOLDERS = {"geneva-2016": 12, "wage-dispute": 5}


def reports(folder: str) -> list[Report]:
    """The reports of one example folder, in the order of their file names."""
    read = list(read_sources([str(ROOT / "examples" / folder)], None))
    assert all(isinstance(item, Report) for item in read), read
    return [item for item in read if isinstance(item, Report)]


def runs(text: str) -> set[tuple[str, ...]]:
    """All sequences of COPIED_WORDS words of the text, in lower case."""
    words = re.findall(r"[^\W_]+", text.lower())
    return {tuple(words[i : i + COPIED_WORDS]) for i in range(len(words) - COPIED_WORDS + 1)}


@pytest.mark.parametrize(("folder", "number"), FOLDERS.items())
def test_every_report_can_be_read(folder: str, number: int) -> None:
    found = reports(folder)
    assert len(found) == number
    for report in found:
        assert 120 <= len(report.text.split()) <= 320, report.id


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_days_of_publication_are_known_and_in_order(folder: str) -> None:
    days = [report.published or "" for report in reports(folder)]
    assert all(days)
    assert all(earlier < later for earlier, later in pairwise(days))


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_publisher_says_that_it_is_an_example(folder: str) -> None:
    for report in reports(folder):
        assert report.publisher in ("Standoff example", None), report.id


def test_boilerplate_of_the_web_page_is_not_read() -> None:
    page = next(report for report in reports("geneva-2016") if report.id == "2016-01-09-two-lists")
    assert "recipes" not in page.text
    assert "Terms of use" not in page.text
    assert page.title == "Damascus tells the envoy: first the lists"


def test_no_passage_is_taken_from_the_collected_reports() -> None:
    if not CORPUS.is_dir():
        pytest.skip("no collection of reports beside the project: nothing to compare with")
    ours = {run: report.id for folder in FOLDERS for report in reports(folder) for run in runs(report.text)}
    copied = set()
    for path in sorted(CORPUS.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                copied |= {(ours[run], " ".join(run)) for run in runs(json.loads(line)["text"]) & ours.keys()}
    assert not copied
