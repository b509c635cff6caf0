"""Who gets in, and with which headers every answer leaves."""

import pytest
from harbour import KEYS, PORT, Browser

from standoff.web.app import application
from standoff.web.desk import Desk

CHANGE = {"x-desk-csrf": KEYS.csrf}


@pytest.fixture
def stranger(desk: Desk) -> Browser:
    return Browser(application(desk, KEYS, PORT), f"http://127.0.0.1:{PORT}", follow_redirects=False)


def test_without_the_token_nothing_is_shown_not_even_a_stylesheet(stranger: Browser) -> None:
    for address in ("/", "/reports", "/static/desk.css", "/no/such/page"):
        assert stranger.get(address).status_code == 403
    assert stranger.get("/?token=guess").status_code == 403


def test_the_token_becomes_a_cookie_that_scripts_cannot_read_and_leaves_the_address(stranger: Browser) -> None:
    answer = stranger.get("/reports?token=the-token&show=all")
    assert (answer.status_code, answer.headers["location"]) == (303, "/reports?show=all")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie
    assert stranger.get("/reports").status_code == 200


def test_the_way_in_never_leads_elsewhere(stranger: Browser) -> None:
    for path in ("//evil.example/", "/\\evil.example", "///evil.example"):
        answer = stranger.get(f"http://127.0.0.1:{PORT}{path}?token=the-token")
        assert answer.headers["location"] == "/evil.example" + ("/" if path.endswith("/") else "")


@pytest.mark.parametrize("host", ["evil.example", f"evil.example:{PORT}", "", f"127.0.0.1.evil.example:{PORT}"])
def test_another_name_for_this_machine_is_refused(browser: Browser, host: str) -> None:
    assert browser.get("/", headers={"host": host}).status_code == 421


def test_a_change_needs_the_second_token(browser: Browser, desk: Desk) -> None:
    before = desk.case.version()
    assert browser.post("/entries/e1/accept", json={}).status_code == 403
    assert browser.post("/entries/e1/accept", json={}, headers={"x-desk-csrf": "guess"}).status_code == 403
    assert desk.case.version() == before
    assert browser.post("/entries/e1/accept", json={}, headers=CHANGE).status_code == 200
    assert desk.case.version() == before + 1


@pytest.mark.parametrize(
    "header", [{"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}]
)
def test_a_change_that_another_site_asks_for_is_refused(browser: Browser, header: dict[str, str]) -> None:
    assert browser.post("/entries/e1/accept", json={}, headers=CHANGE | header).status_code == 403


def test_a_huge_change_is_refused_unread(browser: Browser) -> None:
    assert browser.post("/entries/e1/correct", content=b"x" * 2_000_000, headers=CHANGE).status_code == 413


def test_nothing_is_changed_by_looking(browser: Browser, desk: Desk) -> None:
    before = desk.case.version()
    for address in ("/entries/e1/accept", "/undo", "/seen"):
        assert browser.get(address).status_code == 405
    assert desk.case.version() == before


def test_every_answer_has_the_strict_headers_errors_too(browser: Browser, stranger: Browser) -> None:
    answers = [
        browser.get("/"),
        browser.get("/no"),
        stranger.get("/"),
        browser.get("/static/desk.css"),
        browser.post("/undo"),
    ]
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answers[0].headers["cache-control"] == "no-store"


def test_static_files_are_only_those_of_the_package(browser: Browser) -> None:
    assert browser.get("/static/../app.py").status_code == 404
    assert browser.get("/static/%2e%2e/app.py").status_code == 404
