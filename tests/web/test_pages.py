"""The pages that lead to the reports: today, the list, the search."""

from harbour import Browser, words

from standoff.case.codebook import move
from standoff.case.history import last_look
from standoff.web.desk import Desk


def test_today_tells_what_is_new_and_where_it_stands(browser: Browser) -> None:
    page = browser.page("/")
    told = words(page)
    assert "5 new reports" in told and "Changed positions" in told
    assert 'href="/reports/turning#e' in page
    assert '<p class="brief-line">Port owners: ' in page  # a line says whose it is


def test_today_begins_where_the_last_look_ended(browser: Browser, desk: Desk) -> None:
    browser.decide("/seen")
    assert last_look(desk.case, "ana") is not None
    page = words(browser.page("/"))
    assert "0 new reports" in page and "Changed positions" not in page
    assert "Changed positions" in words(browser.page("/?since=2024-05-02"))


def test_today_shows_what_is_to_be_looked_at_first_until_it_was(browser: Browser) -> None:
    def first() -> str:
        page = browser.page("/")
        return page[page.index("Look at this first") :]

    entry = first().split("#e")[1].split('"')[0]
    browser.decide(f"/entries/e{entry}/accept")
    assert f'#e{entry}"' not in first()


def test_a_day_that_is_none_is_told_in_plain_words(browser: Browser) -> None:
    answer = browser.get("/?since=tomorrow")
    assert answer.status_code == 400 and "is no day" in answer.text


def test_reports_are_listed_and_filtered(browser: Browser) -> None:
    assert "Dockers ask for more" in browser.page("/reports")
    found = browser.page("/reports?words=owners+2024-04")
    assert "Owners say no" in found and "Dockers ask for more" not in found
    assert "No report is like that" in browser.page("/reports?show=apart")
    browser.decide("/reports/asking/relevance", relevant="no")
    assert "Dockers ask for more" in browser.page("/reports?show=apart")
    assert "Dockers ask for more" not in browser.page("/reports")


def test_odd_questions_are_answered(browser: Browser) -> None:
    for address in ("/reports?from=-5", "/reports?from=99999999999999999999", "/reports?show=nonsense", "/search?q=%00",
                    "/search?q=%22", "/search?q=*", "/search?q=AND+OR+NEAR(", "/search", "/?all=1"):  # fmt: skip
        assert browser.get(address).status_code == 200, address


def test_search_leads_to_the_entry(browser: Browser) -> None:
    page = browser.page("/search?q=strike")
    assert "Preconditions" in page and 'href="/reports/refusing#e' in page


def test_search_finds_concepts_too(browser: Browser, desk: Desk) -> None:
    move(desk.case, [desk.state().positions[0].id], "Wages and hours", "ana")
    page = browser.page("/search?q=hours")
    assert "Codebook 1" in words(page) and f'href="/codebook/{desk.state().concepts[0].id}"' in page


def test_a_script_gets_the_main_part_alone(browser: Browser) -> None:
    answer = browser.get("/reports", headers={"x-fragment": "main"})
    assert "<html" not in answer.text and "Dockers ask for more" in answer.text
