"""The pages on which a desk sees where things stand, and those on which it puts its house in order."""

import re

import pytest
from harbour import HOSTILE, KEYS, Browser, assert_harmless, words

from standoff.case.codebook import move
from standoff.web.desk import Desk
from standoff.web.graph import Link, draw


def party(desk: Desk, name: str) -> str:
    return next(p.id for p in desk.state().parties if p.name == name)


def test_every_page_is_harmless_whatever_the_reports_say(browser: Browser, desk: Desk) -> None:
    move(desk.case, [p.id for p in desk.state().positions], HOSTILE, "ana")
    concept = desk.state().concepts[0].id
    hostile = party(desk, HOSTILE)
    meeting = desk.state().meetings[0].id
    for address in (
        "/positions", "/positions?all=1", f"/positions/cell?party={hostile}&issue={concept}", "/meetings",
        f"/meetings/{meeting}", "/preconditions", "/contradictions", f"/who/{hostile}", "/codebook",
        f"/codebook/{concept}", "/actors", f"/actors/{hostile}", "/record", "/search?q=harbour",
    ):  # fmt: skip
        assert_harmless(browser.page(address), address)


def test_the_matrix_shows_the_last_word_as_of_a_day(browser: Browser) -> None:
    latest = words(browser.page("/positions"))
    assert "supports ×2 ↻" in latest and "Who turned round" in latest
    before = words(browser.page("/positions?day=1"))
    assert "As of 2024-04-30" in before and "supports ×2" not in before and "✗ refuses" in before


def test_a_cell_opens_to_its_quotes(browser: Browser) -> None:
    page = browser.page("/positions")
    address = re.search(r'href="(/positions/cell[^"]*)"[^>]*title="a pay rise"', page)
    assert address is not None
    cell = browser.page(address[1].replace("&amp;", "&"))
    assert "turns round here" in cell and 'href="/reports/refusing#e' in cell and 'href="/reports/turning#e' in cell


def test_a_cell_of_an_earlier_day_marks_what_was_said_later(browser: Browser) -> None:
    page = browser.page("/positions?day=1")
    address = re.search(r'href="(/positions/cell[^"]*until=2024-04-30)"[^>]*title="a pay rise"', page)
    assert address is not None
    cell = browser.page(address[1].replace("&amp;", "&"))
    assert cell.count("after 2024-04-30, the day that was chosen") == 1


def test_meetings_lead_to_what_the_reports_say(browser: Browser, desk: Desk) -> None:
    assert "2024-05-04" in browser.page("/meetings")
    assert "2024-05-04" not in browser.page("/meetings?status=held")
    assert "are to meet in Hull on 4 May" in words(browser.page(f"/meetings/{desk.state().meetings[0].id}"))
    assert browser.get("/meetings.ics").headers["content-type"].startswith("text/calendar")


def test_preconditions_are_drawn_and_told_in_words(browser: Browser) -> None:
    page = browser.page("/preconditions")
    assert "<svg" in page and "Port owners" in page
    assert "only if “the dockers' union calls off the strike in Hull”" in words(page)


def test_contradictions_stand_side_by_side(browser: Browser) -> None:
    page = words(browser.page("/contradictions"))
    assert "Port owners" in page and "refuses" in page and "supports" in page


def test_who_tells_all_of_a_party(browser: Browser, desk: Desk) -> None:
    card = words(browser.page(f"/who/{party(desk, 'Port owners')}"))
    assert "has turned round" in card and "only if" in card


def test_parties_are_merged_renamed_and_all_of_it_undone(browser: Browser, desk: Desk) -> None:
    owners, holt = party(desk, "Port owners"), party(desk, "Holt")
    browser.decide("/actors/merge", ids=f"{owners} {holt}")
    browser.decide(f"/things/{owners}/rename", name="The owners")
    assert {p.name for p in desk.state().parties} >= {"The owners"} and holt not in desk.state().party_by_id
    assert "The owners" in browser.page("/actors") and "The owners" in browser.page(f"/who/{owners}")
    for step in re.findall(r'data-post="(/record/\d+/undo)"', browser.page("/record"))[:2]:
        browser.decide(step)
    assert {"Port owners", "Holt"} <= {p.name for p in desk.state().parties}


def test_a_party_is_split_by_reports(browser: Browser, desk: Desk) -> None:
    union = party(desk, "Dockers' union")
    answer = browser.decide(f"/actors/{union}/split", ids="refusing\nmeeting", name="Hull dockers")
    assert answer["goto"] == f"/actors/{party(desk, 'Hull dockers')}"
    assert {report for report, _ in desk.state().party_by_id[union].members} == {"asking"}
    assert "Owners say no" in browser.page(str(answer["goto"]))


def test_a_party_speaks_for_another(browser: Browser, desk: Desk) -> None:
    owners = party(desk, "Port owners")
    browser.decide(f"/actors/{owners}/describe", of="Chamber of Trade", kind="company")
    assert desk.state().camp(owners) == party(desk, "Chamber of Trade")


def test_concepts_are_made_moved_merged_and_contradict(browser: Browser, desk: Desk) -> None:
    first, second, *_ = [p.id for p in desk.state().positions]
    browser.decide("/codebook/move", ids=first, to="Pay")
    browser.decide("/codebook/move", ids=second, to="Wages")
    pay, wages = (c.id for c in desk.state().concepts)
    browser.decide(f"/codebook/{pay}/contradict", other=wages)
    assert desk.state().concept_by_id[pay].contradicts == (wages,)
    browser.decide(f"/codebook/{pay}/describe", description="how much")
    assert "how much" in browser.page("/codebook") and "a pay rise" in browser.page(f"/codebook/{pay}")
    browser.decide("/codebook/merge", ids=f"{wages} {pay}", into=pay)
    assert [c.name for c in desk.state().concepts] == ["Pay"]


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/actors/merge", {"ids": "A1"}),
        ("/actors/merge", {"ids": "A1 C1"}),
        ("/actors/merge", {"ids": "A1 A99"}),
        ("/things/A99/rename", {"name": "x"}),
        ("/things/A1/rename", {"name": " "}),
        ("/codebook/move", {"ids": "e1", "to": ""}),
        ("/codebook/C9/describe", {"description": "x"}),
        ("/actors/A1/split", {"ids": "nowhere", "name": "x"}),
        ("/record/1/undo", {}),
        ("/record/x/undo", {}),
    ],
)
def test_what_does_not_fit_is_refused_in_plain_words(browser: Browser, address: str, fields: dict[str, str]) -> None:
    answer = browser.post(address, json=fields, headers={"x-desk-csrf": KEYS.csrf})
    assert answer.status_code == 409 and answer.json()["error"], answer.text


def test_what_is_not_there_is_a_plain_page(browser: Browser) -> None:
    for address in ("/who/A99", "/codebook/C99", "/actors/A99", "/meetings/M99", "/positions/cell?party=A1&issue=x"):
        assert browser.get(address).status_code == 404, address


def test_a_drawing_is_the_same_each_time_and_stays_on_its_sheet() -> None:
    names = {f"A{n}": f"Party number {n} with a rather long name" for n in range(9)}
    links = [Link(f"A{n}", f"A{(n * 2 + 1) % 9}", n, n % 2 == 0) for n in range(9)]
    drawing = draw(names, links)
    assert drawing == draw(names, links)
    assert all(0 < node.x < drawing.width and 0 < node.y < drawing.height for node in drawing.nodes)
    assert all(curve.link.start != curve.link.end for curve in drawing.curves)
    assert draw({}, []).nodes == ()
