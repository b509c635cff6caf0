"""Giving reports to the desk: pasted, or as files; what becomes of each."""

import json
import threading
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from harbour import ASKING, HOSTILE, KEYS, Browser, assert_harmless, words

from standoff.case import adding
from standoff.case.history import log
from standoff.case.store import create
from standoff.ledger import Ledger
from standoff.report import Report
from standoff.web import guard
from standoff.web.desk import Desk

CHANGE = {"x-desk-csrf": KEYS.csrf}
NEWS = (
    "The teachers' union demands smaller classes. The school board refuses to hire anybody before the talks in "
    "Leeds on Friday, its chairman Paul Reed said."
)
STRIKE = (
    "Bus drivers in York will stop work on Monday unless the company withdraws its new rota, their union said on "
    "Sunday. The company called the demand unreasonable and offered to meet the drivers once the strike is off."
)
GERMAN = (
    "Der Verband der Hafenarbeiter fordert fünf Prozent mehr Lohn. Die Reeder lehnen ab und wollen erst verhandeln, "
    "wenn der Streik in Kiel beendet ist. Am Montag treffen sich beide Seiten in Hamburg zu einem ersten Gespräch."
)


def give(browser: Browser, name: str, data: bytes, published: str = "") -> tuple[int, dict[str, str]]:
    answer = browser.post("/add/file", params={"name": name, "published": published}, content=data, headers=CHANGE)
    return answer.status_code, answer.json()


def read_through(desk: Desk) -> None:
    until = time.monotonic() + 120
    while desk.intake.busy():
        assert time.monotonic() < until
        time.sleep(0.05)


def became(desk: Desk) -> dict[str, str]:
    """Name → state of all that was given."""
    return {one.name: one.state for one in desk.intake.arrivals()}


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where what is read does not matter: a reader that finds nothing."""
    monkeypatch.setattr(adding, "read_report", lambda report, known: Ledger(report, ()))


def test_a_pasted_report_is_kept_at_once_and_read_behind_the_scenes(browser: Browser, desk: Desk) -> None:
    said = browser.decide("/add/text", text=NEWS, title="Schools", published="2024-05-03", publisher="Leeds Post")
    assert "waits to be read" in str(said["said"])
    (source,) = [s for s in desk.state().sources if s.report.title == "Schools"]
    assert (source.report.text, source.report.published, source.report.publisher) == (NEWS, "2024-05-03", "Leeds Post")
    read_through(desk)
    assert became(desk) == {"Schools": "read"}
    page = browser.page(f"/reports/{source.id}")
    assert "hire anybody" in words(page) and 'class="card ' in page


def test_an_addition_is_one_step_and_is_undone_with_what_was_read(browser: Browser, desk: Desk, quick: None) -> None:
    before = desk.state()
    browser.decide("/add/text", text=NEWS)
    read_through(desk)
    assert [step.verb for step in log(desk.case)][-1] == "add"
    browser.decide("/undo")
    assert desk.state().source_by_id == before.source_by_id


def test_files_of_any_format_are_taken_and_each_is_told(browser: Browser, desk: Desk, quick: None) -> None:
    lines = "\n".join(json.dumps({"id": f"l{n}", "text": f"{NEWS} Round {n} of twelve."}) for n in range(2))
    page = f"<html><head><title>Strike looms</title></head><body><article><p>{STRIKE}</p></article></body></html>"
    assert give(browser, "two.jsonl", lines.encode())[0] == 200
    assert give(browser, "C:\\news\\page.html", page.encode(), "2024-05-06")[0] == 200
    read_through(desk)
    assert became(desk) == {"l0": "read", "l1": "copy", "Strike looms": "read"}
    assert {s.report.published for s in desk.state().sources if s.report.title == "Strike looms"} == {"2024-05-06"}


def test_what_the_case_has_adds_nothing_and_says_so(browser: Browser, desk: Desk) -> None:
    version = desk.case.version()
    assert "was in the case already" in give(browser, "again.txt", ASKING.encode())[1]["said"]
    assert desk.case.version() == version
    assert became(desk) == {"Dockers ask for more": "known"}


def test_errors_name_the_file_and_the_cause_and_the_rest_is_kept(browser: Browser, desk: Desk, quick: None) -> None:
    lines = json.dumps({"id": "good", "text": NEWS}) + '\n{"id": "bad"}\nnot json\n'
    assert give(browser, "mixed.jsonl", lines.encode())[0] == 200
    assert give(browser, "broken.pdf", b"%PDF-1.4 nothing of the kind")[0] == 200
    assert give(browser, "empty.txt", b"  ")[0] == 200
    read_through(desk)
    wrong = {one.name: one.said for one in desk.intake.arrivals() if one.state == "wrong"}
    assert {"mixed.jsonl:2", "mixed.jsonl:3", "broken.pdf", "empty.txt"} == set(wrong) and all(wrong.values())
    assert became(desk)["good"] == "read"
    page = words(browser.page("/add"))
    assert "1 read, 4 went wrong" in page and "empty, no text to read" in page


@pytest.mark.parametrize(
    "fields",
    [{"text": " \n"}, {"text": NEWS, "published": "the 3rd of May"}, {"text": GERMAN}, {}],
)
def test_a_pasted_text_that_cannot_be_kept_is_refused_in_plain_words(
    browser: Browser, desk: Desk, fields: dict[str, str]
) -> None:
    before = desk.case.version()
    answer = browser.post("/add/text", json=fields, headers=CHANGE)
    assert answer.status_code == 409 and len(answer.json()["error"]) > 15
    assert desk.case.version() == before and not desk.intake.arrivals()


def test_a_report_about_something_else_is_kept_apart_and_read_once_it_counts(tmp_path: Path, quick: None) -> None:
    from standoff.web.app import application
    from standoff.web.desk import open_desk

    about = "Wage talks between the teachers' union and the school board of Leeds"
    create(tmp_path / "schools.standoff", "Schools", about, by="ana").close()
    desk = open_desk(tmp_path / "schools.standoff", "ana")
    desk.patience = None
    with Browser(application(desk, KEYS, 8321), "http://127.0.0.1:8321", follow_redirects=False) as browser:
        browser.get("/?token=the-token")
        cake = "Beat the butter and the sugar until they are pale. Fold in the flour and bake for forty minutes."
        browser.decide("/add/text", text=cake, title="Sponge cake")
        assert became(desk) == {"Sponge cake": "apart"}
        (source,) = desk.state().sources
        browser.decide(f"/reports/{source.id}/relevance", relevant="yes")
        read_through(desk)
        assert {one.state for one in desk.intake.arrivals()} == {"apart", "read"}
    desk.close()


def test_a_reader_that_fails_keeps_the_report_and_the_next_one_is_read(
    browser: Browser, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(report: Report, known: object) -> Ledger:
        if "Leeds" in report.text:
            raise ZeroDivisionError("no tokens")
        return Ledger(report, ())

    monkeypatch.setattr(adding, "read_report", stumble)
    browser.decide("/add/text", text=NEWS, title="First")
    browser.decide("/add/text", text="The council will meet the bus drivers to talk about shifts.", title="Next")
    read_through(desk)
    assert became(desk) == {"First": "wrong", "Next": "read"}
    monkeypatch.undo()
    assert "1 report counts but is not read yet" in words(browser.page("/add"))
    browser.decide("/add/read")
    read_through(desk)
    assert "not read yet" not in words(browser.page("/add"))


def test_decisions_do_not_wait_for_the_reading(
    browser: Browser, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = threading.Event()

    def slow(report: Report, known: object) -> Ledger:
        assert goes_on.wait(60)
        return Ledger(report, ())

    monkeypatch.setattr(adding, "read_report", slow)
    browser.decide("/add/text", text=NEWS, title="Slow")
    entry = desk.state().positions[0].id
    browser.decide(f"/entries/{entry}/accept")
    page = browser.page("/add/progress")
    assert "data-busy" in page and "<html" not in page
    goes_on.set()
    read_through(desk)
    assert "data-busy" not in browser.page("/add/progress")


def test_a_file_needs_the_second_token_and_is_not_larger_than_it_may_be(
    browser: Browser, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = desk.case.version()
    assert browser.post("/add/file?name=x.txt", content=NEWS.encode()).status_code == 403
    monkeypatch.setattr(guard, "MOST_FILE", 100)
    assert browser.post("/add/file?name=x.txt", content=NEWS.encode(), headers=CHANGE).status_code == 413
    assert give(browser, "", b"words")[0] == 409
    assert desk.case.version() == before


def test_hostile_names_and_texts_are_shown_as_words(browser: Browser, desk: Desk, quick: None) -> None:
    assert give(browser, f"{HOSTILE}.txt", b"")[0] == 200
    assert give(browser, "../../etc/passwd", f"{NEWS} {HOSTILE}".encode())[0] == 200
    browser.decide("/add/text", text=f"{HOSTILE} The council met the drivers.", title=HOSTILE)
    read_through(desk)
    for address in ("/add", "/add/progress", *(f"/reports/{quote(s.id)}" for s in desk.state().sources)):
        assert_harmless(browser.page(address), address)
    assert "passwd" in desk.state().source_by_id


def test_a_case_that_cannot_be_written_says_so(browser: Browser, desk: Desk) -> None:
    desk.case.writable = False
    assert "This case is read-only" in words(browser.page("/add"))
    status, answer = give(browser, "x.txt", NEWS.encode())
    assert status == 409 and "read-only" in answer["error"]
