"""Reading a report with its entries, and each decision on them."""

import re
import threading

import pytest
from harbour import ASKING, HOSTILE, KEYS, REFUSING, TURNING, Browser, assert_harmless, span, words

from standoff.case.history import log
from standoff.case.snapshot import PositionEntry
from standoff.web.desk import Desk


def position(desk: Desk, report: str) -> PositionEntry:
    return next(entry for entry in desk.state().positions if entry.report == report)


def text_of(page: str) -> str:
    return page[page.index("<article") : page.index("</article>")]


def test_the_text_stands_there_whole_with_the_place_of_each_piece(browser: Browser) -> None:
    page = text_of(browser.page("/reports/turning"))
    pieces = re.findall(r'data-start="(\d+)"[^>]*>(.*?)</span>(?=<span class="seg|</p>)', page)
    for start, piece in pieces:
        shown = words(piece.replace(" ", "_")).replace("_", " ")
        assert TURNING[int(start) :].startswith(shown)
    assert words(page) == TURNING


def test_margin_cards_say_who_holds_what_on_which_words(browser: Browser, desk: Desk) -> None:
    page = words(browser.page("/reports/refusing"))
    assert "Port owners refuses a pay rise" in page
    assert "Port owners only if the dockers' union calls off the strike in Hull" in page
    entry = position(desk, "refusing")
    start, _ = span(REFUSING, "a pay rise")
    assert re.search(rf'data-start="{start}"[^>]*data-marks="[^"]*{entry.id}:issue', browser.page("/reports/refusing"))


def test_hostile_words_are_shown_as_words_everywhere(browser: Browser, desk: Desk) -> None:
    entry = position(desk, 'h/"o>stile?')
    pages = ["/", "/reports", "/reports?show=all&words=%3Cscript%3E", "/search?q=harbour", f"/search?q={HOSTILE}",
             "/reports/h/%22o%3Estile%3F", f"/entries/{entry.id}/form"]  # fmt: skip
    browser.decide(f"/entries/{entry.id}/correct", report=entry.report, holder=HOSTILE + "2")
    for address in pages:
        assert_harmless(browser.page(address), address)


def test_accept_and_reject_are_in_the_case_at_once(browser: Browser, desk: Desk) -> None:
    asked, refused = position(desk, "asking"), position(desk, "refusing")
    browser.decide(f"/entries/{asked.id}/accept")
    browser.decide(f"/entries/{refused.id}/reject")
    assert position(desk, "asking").review == "accepted"
    assert refused.id not in {entry.id for entry in desk.state().positions}
    assert [(step.by, step.verb) for step in log(desk.case)][-2:] == [("ana", "accept"), ("ana", "reject")]


def test_undo_brings_back_and_redo_takes_away(browser: Browser, desk: Desk) -> None:
    entry = position(desk, "refusing")
    browser.decide(f"/entries/{entry.id}/reject")
    answer = browser.decide("/undo", report="refusing")
    assert answer["current"] == entry.id and entry.id in str(answer["body"])
    browser.decide("/redo", report="refusing")
    assert entry.id not in {e.id for e in desk.state().positions}


def test_holder_act_and_target_are_changed(browser: Browser, desk: Desk) -> None:
    entry = position(desk, "asking")
    answer = browser.decide(f"/entries/{entry.id}/correct", report="asking", act="support", target="Port owners")
    state = desk.state()
    now = position(desk, "asking")
    assert (now.act, now.review, state.party_by_id[now.target or ""].name) == ("support", "corrected", "Port owners")
    assert "supports of Port owners" in words(str(answer["body"]))


def test_keys_move_an_edge_by_a_word(browser: Browser, desk: Desk) -> None:
    entry = position(desk, "asking")
    browser.decide(f"/entries/{entry.id}/shift", edge="end", words="-1")
    assert desk.state().quote("asking", position(desk, "asking").issue) == "a pay rise of five per"
    browser.decide(f"/entries/{entry.id}/shift", edge="start", words="1")
    assert desk.state().quote("asking", position(desk, "asking").issue) == "pay rise of five per"


def test_a_dragged_edge_goes_where_it_is_let_go_and_undo_brings_it_back(browser: Browser, desk: Desk) -> None:
    entry = position(desk, "turning")
    start, end = span(TURNING, "a pay rise now, their speaker 🚢 said")
    browser.decide(f"/entries/{entry.id}/edge", edge="end", place=str(end))
    assert desk.state().quote("turning", position(desk, "turning").issue) == TURNING[start:end]
    assert position(desk, "turning").evidence[1] >= end
    browser.decide("/undo", report="turning")
    assert position(desk, "turning") == entry


def test_edges_of_words_in_pieces_keep_the_gap(browser: Browser, desk: Desk) -> None:
    (statement,) = desk.state().statements
    first, second = span(ASKING, "The dockers' union demands"), span(ASKING, "of five per cent")
    pieces = f"{first[0]}-{first[1]} {second[0]}-{second[1]}"
    browser.decide(f"/entries/{statement.id}/correct", report="asking", content=pieces)
    start = span(ASKING, "dockers' union")[0]
    browser.decide(f"/entries/{statement.id}/edge", edge="start", place=str(start))
    assert desk.state().statements[0].content == ((start, first[1]), second)
    browser.decide(f"/entries/{statement.id}/shift", edge="end", words="-1")
    now = desk.state().statements[0].content
    assert [ASKING[a:b] for a, b in now] == ["dockers' union demands", "of five per"]
    browser.decide(f"/entries/{statement.id}/edge", edge="end", place=str(first[1] - 1))
    assert desk.state().statements[0].content == ((start, first[1] - 1),)


@pytest.mark.parametrize(
    ("edge", "place"), [("end", "0"), ("start", "100000"), ("middle", "5"), ("end", "x"), ("end", "9" * 30)]
)
def test_an_edge_that_cannot_be_there_is_refused(browser: Browser, desk: Desk, edge: str, place: str) -> None:
    entry = position(desk, "asking")
    fields = {"edge": edge, "place": place}
    answer = browser.post(f"/entries/{entry.id}/edge", json=fields, headers={"x-desk-csrf": KEYS.csrf})
    assert answer.status_code == 409 and answer.json()["error"]
    assert position(desk, "asking") == entry


def test_selected_words_become_the_issue_and_the_evidence_holds_them(browser: Browser, desk: Desk) -> None:
    entry = position(desk, "turning")
    start, end = span(TURNING, "speaker 🚢 said <b>on</b>")
    browser.decide(f"/entries/{entry.id}/take-words", span=f"{start}-{end}")
    now = position(desk, "turning")
    assert desk.state().quote("turning", now.issue) == "speaker 🚢 said <b>on</b>"
    assert now.evidence == (0, end)


def test_an_entry_is_added_from_selected_words(browser: Browser, desk: Desk) -> None:
    start, end = span(ASKING, "Holt, its leader, told the radio")
    answer = browser.decide(
        "/reports/asking/add", kind_of_entry="position", evidence=f"{start}-{end}", issue=f"{start}-{end}",
        holder="Holt", act="support",
    )  # fmt: skip
    added = desk.state().positions
    assert [(e.review, e.by) for e in added if e.id == answer["current"]] == [("added", "ana")]


def test_a_change_that_does_not_fit_is_refused_in_plain_words_and_stores_nothing(browser: Browser, desk: Desk) -> None:
    before = desk.case.version()
    entry = position(desk, "asking")
    for address, fields in [
        (f"/entries/{entry.id}/correct", {"report": "asking", "act": "shout"}),
        (f"/entries/{entry.id}/correct", {"report": "asking", "issue": "words that are not there"}),
        (f"/entries/{entry.id}/correct", {"report": "asking", "issue": "5-100000"}),
        ("/entries/e999/accept", {}),
        ("/entries/nonsense/shift", {"edge": "end", "words": "1"}),
        ("/reports/asking/add", {"kind_of_entry": "position", "holder": "Holt"}),
        ("/reports/asking/add", {"kind_of_entry": "sonnet"}),
        ("/reports/nowhere/add", {"kind_of_entry": "position"}),
    ]:
        answer = browser.post(address, json=fields, headers={"x-desk-csrf": KEYS.csrf})
        assert answer.status_code == 409 and len(answer.json()["error"]) > 10, address
    for body in (b"{", b"[]", b'{"report": 5}', b"\xff"):
        assert browser.post("/undo", content=body, headers={"x-desk-csrf": KEYS.csrf}).status_code == 400
    assert desk.case.version() == before


def test_a_step_sent_twice_is_stored_once(browser: Browser, desk: Desk) -> None:
    entry = position(desk, "asking")
    browser.decide(f"/entries/{entry.id}/accept")
    browser.decide(f"/entries/{position(desk, 'refusing').id}/accept")
    first = browser.decide("/undo", key="k1", report="asking")
    again = browser.decide("/undo", key="k1", report="asking")
    assert first == again
    assert position(desk, "asking").review == "accepted" and position(desk, "refusing").review == "machine"


def test_a_busy_file_says_try_again_and_the_repeated_step_is_stored(browser: Browser, desk: Desk, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    import sqlite3

    entry = position(desk, "asking")
    other = sqlite3.connect(desk.path, isolation_level=None)
    desk.case._connection.execute("PRAGMA busy_timeout = 50")
    other.execute("BEGIN IMMEDIATE")
    busy = browser.post(f"/entries/{entry.id}/accept", json={"key": "k"}, headers={"x-desk-csrf": KEYS.csrf})
    other.execute("ROLLBACK")
    other.close()
    assert busy.status_code == 503
    browser.decide(f"/entries/{entry.id}/accept", key="k")
    assert position(desk, "asking").review == "accepted"


def test_many_windows_at_once_lose_nothing(browser: Browser, desk: Desk) -> None:
    entries = [entry.id for entry in desk.state().positions]
    threads = [
        threading.Thread(target=browser.decide, args=(f"/entries/{entry}/{what}",))
        for entry in entries
        for what in ("accept", "reopen", "accept")
        if what == "accept"
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {entry.review for entry in desk.state().positions} == {"accepted"}
    assert sum(step.verb == "accept" for step in log(desk.case)) == len(threads)


def test_a_report_that_is_not_there_is_a_plain_page(browser: Browser) -> None:
    answer = browser.get("/reports/nowhere")
    assert answer.status_code == 404 and "no such page" in answer.text


def test_an_entry_leads_to_its_place(browser: Browser, desk: Desk) -> None:
    entry = position(desk, 'h/"o>stile?')
    assert browser.get(f"/entries/{entry.id}").headers["location"] == f"/reports/h/%22o%3Estile%3F#{entry.id}"
