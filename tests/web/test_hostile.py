"""Whatever reports, people and addresses say, it is shown as words: on every page, in every field, in every answer."""

import html
import re
from urllib.parse import quote

import pytest
from harbour import HOSTILE, KEYS, PORT, Browser, assert_harmless, words
from tour import PIECES, coded, pages

from standoff.case import codebook, merging, review
from standoff.web.app import application
from standoff.web.desk import Desk
from standoff.web.guard import POLICY
from standoff.web.pages import routes

CHANGE = {"x-desk-csrf": KEYS.csrf}


@pytest.fixture
def crammed(desk: Desk) -> Desk:
    """The harbour's case with hostile words wherever a person can put some."""
    coded(desk)
    state = desk.state()
    codebook.describe(desk.case, state.concepts[0].id, HOSTILE, "ana")
    merging.rename(desk.case, state.positions[0].holder, HOSTILE + " too", "ana")
    review.accept(desk.case, [state.positions[0].id], f"ben {HOSTILE}", HOSTILE)
    review.correct(desk.case, state.positions[1].id, {"holder": HOSTILE}, "ana", HOSTILE)
    review.reject(desk.case, [state.preconditions[0].id], "ana", HOSTILE)
    desk.by = f"ana {HOSTILE}"
    return desk


def test_every_page_of_a_case_that_is_hostile_in_every_field(browser: Browser, crammed: Desk) -> None:
    every = pages(crammed.state())
    assert len(every) >= 15
    for address in every:
        answer = browser.get(address, follow_redirects=True)
        assert answer.status_code == 200, address
        assert_harmless(answer.text, address)
        assert HOSTILE in words(answer.text), f"{address}: the name of the case stands on every page, as words"

    for address in PIECES:
        assert_harmless(browser.page(address), address)


@pytest.mark.parametrize(
    "address",
    ["/search?q={}", "/reports?words={}", "/reports?show={}", "/codebook?words={}", "/actors?words={}", "/?since={}",
     "/contradictions?party={}", "/meetings?status={}", "/record?by={}", "/positions?day={}", "/model?swaps={}",
     "/model?concept={}", "/model?options={}", "/positions/cell?party={}&issue={}", "/reports/{}", "/who/{}",
     "/codebook/{}", "/actors/{}", "/meetings/{}", "/entries/{}", "/no/such/{}"],
)  # fmt: skip
def test_what_an_address_says_is_shown_as_words(browser: Browser, crammed: Desk, address: str) -> None:
    asked = address.replace("{}", quote(HOSTILE, safe=""))
    assert_harmless(browser.get(asked, follow_redirects=True).text, asked)


def test_what_a_step_answers_is_json_and_its_page_is_harmless(browser: Browser, crammed: Desk) -> None:
    report = next(source.id for source in crammed.state().sources if source.report.title == HOSTILE)
    entry = next(e.id for e in crammed.state().positions if e.report == report)
    answer = browser.post(f"/entries/{entry}/correct", json={"holder": HOSTILE, "report": report}, headers=CHANGE)
    assert answer.headers["content-type"] == "application/json"
    assert_harmless(answer.json()["body"], "the answer to a step")
    refused = browser.post(f"/entries/{entry}/correct", json={HOSTILE: HOSTILE, "report": report}, headers=CHANGE)
    assert refused.status_code == 409 and refused.headers["content-type"] == "application/json"


def test_files_carry_hostile_words_as_words(browser: Browser, crammed: Desk) -> None:
    page = browser.get("/brief.html").text
    assert "<script" not in page and "<img" not in page and html.escape("<script>") in page
    assert not re.search(r"(?<!\\)<", browser.get("/brief.md").text), "every < is escaped"


def refused_by_everything(browser: Browser, status: int, **headers: str) -> None:
    _, decisions, uploads = routes()
    for path, _ in (*decisions, *uploads):
        address = path.replace("{report:path}", "asking").replace("{", "").replace("}", "")
        assert browser.post(address, json={}, headers=headers).status_code == status, path


def test_no_change_at_all_is_made_without_its_token_or_for_another_site(browser: Browser, desk: Desk) -> None:
    before = desk.case.version()
    refused_by_everything(browser, 403)
    refused_by_everything(browser, 403, **CHANGE, origin="http://evil.example")
    refused_by_everything(browser, 403, **CHANGE, **{"sec-fetch-site": "same-site"})
    refused_by_everything(browser, 421, **CHANGE, host="evil.example")
    browser.cookies.clear()
    refused_by_everything(browser, 403, **CHANGE)
    assert desk.case.version() == before


def test_without_the_cookie_no_page_and_no_file_is_given(browser: Browser, desk: Desk) -> None:
    coded(desk)
    every = [*pages(desk.state()), *(path for path, _ in routes()[0] if "{" not in path)]
    browser.cookies.clear()
    for address in every:
        assert browser.get(address).status_code == 403, address


def test_every_answer_of_every_kind_leaves_with_the_strict_policy(
    desk: Desk, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    coded(desk)
    answers = [browser.get(address) for address in pages(desk.state())]
    answers += [browser.get(path) for path, _ in routes()[0] if "{" not in path]
    answers += [browser.get("/static/report.js"), browser.get("/static/none.js"), browser.get("/no")]
    answers += [browser.get("/undo")]
    answers += [browser.post("/"), browser.post("/undo", json={}, headers=CHANGE), browser.get("/?since=x")]
    answers += [browser.get("/", headers={"host": "evil.example"}), browser.get("/?token=wrong")]
    answers += [browser.post("/undo", content=b"x" * 2_000_000, headers=CHANGE)]
    answers += [browser.post("/undo", content=b"{", headers=CHANGE), browser.request("BREW", "/")]

    def broken() -> None:
        raise RuntimeError("a fault of the program")

    monkeypatch.setattr(desk, "state", broken)
    clumsy = Browser(application(desk, KEYS, PORT), f"http://127.0.0.1:{PORT}", raise_server_exceptions=False)
    clumsy.cookies = browser.cookies
    answers.append(clumsy.get("/reports"))
    assert answers[-1].status_code == 500 and "a fault of" not in answers[-1].text
    assert {answer.status_code for answer in answers} >= {200, 303, 400, 403, 404, 405, 413, 421, 500}
    for answer in answers:
        assert answer.headers.get_list("content-security-policy") == [POLICY], (answer.url, answer.status_code)
        assert answer.headers["x-content-type-options"] == "nosniff" and answer.headers["x-frame-options"] == "DENY"
    for directive in ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "form-action 'self'"):
        assert directive in POLICY
    assert "unsafe" not in POLICY and "*" not in POLICY and "http" not in POLICY and "data:" not in POLICY


@pytest.mark.parametrize("port", [None, 0])
def test_the_desk_listens_on_loopback_only(port: int | None) -> None:
    from standoff.web.serve import _listen

    with _listen(port) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"
