"""Files that people take away from the desk."""

import csv
import io

import pytest
from harbour import HOSTILE, Browser

from standoff.case.codebook import move
from standoff.web.desk import Desk
from standoff.web.pages.files import SHOWS
from standoff.web.sheets import sheet

Rows = list[dict[str, str]]


def table(browser: Browser, address: str) -> Rows:
    answer = browser.get(address)
    assert answer.status_code == 200 and answer.headers["content-disposition"].startswith("attachment")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def test_every_position_is_a_line_that_leads_to_its_words(browser: Browser, desk: Desk) -> None:
    rows = table(browser, "/positions.csv")
    state = desk.state()
    assert len(rows) == len(state.positions)
    turned = [(row["party"], row["act"], row["report"]) for row in rows if row["turned round"] == "yes"]
    assert turned == [("Port owners", "support", "turning")]
    quoted = next(row for row in rows if row["report"] == "turning")
    text = state.source_by_id["turning"].report.text
    assert text[int(quoted["start"]) : int(quoted["end"])].strip() == quoted["words"]


def test_conditions_contradictions_meetings_actors_and_concepts_are_tables_too(browser: Browser, desk: Desk) -> None:
    move(desk.case, [position.id for position in desk.state().positions], "Pay", "ana")
    (condition,) = table(browser, "/preconditions.csv")
    assert (condition["party"], condition["stands"], condition["lets happen"]) == ("Port owners", "yes", "talk")
    assert table(browser, "/contradictions.csv")[0]["party"] == "Port owners"
    (meeting,) = table(browser, "/meetings.csv")
    assert (meeting["from"], meeting["place"]) == ("2024-05-04", "Hull")
    assert {row["name"] for row in table(browser, "/actors.csv")} >= {"Holt", "Port owners", HOSTILE}
    assert [(row["name"], int(row["issues"])) for row in table(browser, "/codebook.csv")][0] == ("Pay", 4)


def test_the_brief_is_taken_away_as_markdown_and_html_with_every_line(browser: Browser) -> None:
    markdown = browser.get("/brief.md")
    assert markdown.headers["content-type"] == "text/markdown; charset=utf-8"
    assert "## Changed positions" in markdown.text and "Port owners" in markdown.text
    page = browser.get("/brief.html").text
    assert page.startswith("<!doctype html>") and "Changed positions" in page and "<script" not in page
    assert "Changed positions" not in browser.get("/brief.md?since=2024-05-03").text
    assert browser.get("/brief.md?since=tomorrow").status_code == 400


def test_a_file_holds_the_last_decision(browser: Browser, desk: Desk) -> None:
    desk.patience = 0.0  # pages take what is there; files wait
    before = len(table(browser, "/positions.csv"))
    browser.decide(f"/entries/{desk.state().positions[0].id}/reject")
    assert len(table(browser, "/positions.csv")) == before - 1


@pytest.mark.parametrize("words", ["=1+1", "+44 20", "-5", "@sum", "\tx"])
def test_no_cell_is_a_formula(words: str) -> None:
    assert sheet(["words"], [[words]]).decode("utf-8-sig").splitlines()[1].strip('"') == f"'{words}"


def test_every_file_of_a_page_is_linked_from_it(browser: Browser) -> None:
    linked = {"/brief.md": "/", "/brief.html": "/"}
    for address, _ in SHOWS:
        assert f'href="{address}"' in browser.page(linked.get(address, address.removesuffix(".csv"))), address
