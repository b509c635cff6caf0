"""Meetings on an axis of days."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from harbour import KEYS, Browser, assert_harmless, words
from hypothesis import given
from hypothesis import strategies as st

from standoff.analysis.calendar import Appointment, Change
from standoff.analysis.citations import Citation
from standoff.ledger import STATUSES
from standoff.web.desk import Desk
from standoff.web.timeline import DAYS, MOST, SIGNS, WIDTH, sheet, usual_week, weeks

CITED = Citation("r", None, None, None, 0, 1, "x", "e1")


def meeting(start: str | None, *moved_from: str, status: str = "planned", end: str | None = None) -> Appointment:
    days = [*moved_from, start or ""]
    changes = tuple(Change(None, "start", a, b, CITED) for a, b in zip(days, days[1:], strict=False))
    return Appointment("M1", "talks", ("Owners",), "Hull", start, end, status, False, changes, (CITED,))


def test_every_status_has_its_own_sign() -> None:
    assert set(SIGNS) == set(STATUSES) and len(set(SIGNS.values())) == len(SIGNS)


def test_a_meeting_stands_at_its_day_and_a_moved_one_is_linked_to_the_day_before() -> None:
    first = date(2024, 4, 29)
    (row,) = sheet((meeting("2024-05-20", "2024-05-06"),), first, date(2024, 5, 2)).rows
    day = (WIDTH - 24) / DAYS
    assert row.x == pytest.approx(12 + 21 * day, abs=0.1) and row.width == pytest.approx(day, abs=0.2)
    assert [(m.x1, m.x2) for m in row.moves] == [(pytest.approx(12 + 7 * day, abs=0.1), row.x)]
    assert row.moves[0].told == "moved from 2024-05-06 to 2024-05-20"


def test_a_month_without_a_day_is_as_long_as_the_month() -> None:
    (row,) = sheet((meeting("2024-05"),), date(2024, 4, 29), None).rows
    assert row.vague and row.width == pytest.approx(31 * (WIDTH - 24) / DAYS, abs=0.2)


def test_a_meeting_that_was_moved_away_is_still_where_it_was_to_be() -> None:
    found = sheet((meeting("2024-12-01", "2024-05-06"), meeting("2024-09-01")), date(2024, 4, 29), None)
    assert len(found.rows) == 1 and found.rows[0].moves


def test_the_sheet_begins_so_that_today_is_in_the_middle() -> None:
    mondays = weeks((meeting("2024-01-10"), meeting("2024-06-30")))
    chosen = mondays[usual_week(mondays, date(2024, 5, 2))]
    assert chosen <= date(2024, 5, 2) - timedelta(DAYS // 2) < chosen + timedelta(7)
    assert usual_week((), None) == 0 and weeks((meeting(None),)) == ()


days = st.dates(date(1990, 1, 1), date(2040, 1, 1)).map(str)
vague = st.one_of(days, days.map(lambda day: day[:7]), days.map(lambda day: day[:4]), days.map(lambda d: d + "T10:00"))


@given(st.lists(st.builds(meeting, vague, vague, status=st.sampled_from(list(STATUSES))), max_size=6))
def test_every_day_of_every_meeting_is_on_some_sheet_and_nothing_leaves_it(found: list[Appointment]) -> None:
    meetings = tuple(found)
    mondays = weeks(meetings)
    shown = 0
    for monday in {*mondays[:1], *mondays[-1:]}:
        page = sheet(meetings, monday, monday)
        shown += len(page.rows)
        for row in page.rows:
            assert 0 <= row.x <= WIDTH and row.x + row.width <= WIDTH + 6 and row.y < page.height
    assert bool(shown) == bool(meetings)


def test_the_page_has_axis_signs_words_and_opens_to_quotes(browser: Browser, desk: Desk) -> None:
    page = browser.page("/meetings/timeline")
    assert_harmless(page, "/meetings/timeline")
    told = words(page)
    assert "○ planned talks, Hull" in told and "29 Apr" in told and "latest report" in told
    address = re.search(r'<a href="(/meetings/[^"]+)" data-aside aria-label="2024-05-04: talks, Hull, planned"', page)
    assert address and "are to meet in Hull on 4 May" in words(browser.page(address[1]))
    assert 'href="/meetings/timeline"' in browser.page("/meetings")


def test_a_later_report_moves_the_meeting_and_both_days_are_told(browser: Browser, desk: Desk) -> None:
    entry = desk.state().meetings[0].latest.id
    browser.decide(f"/entries/{entry}/correct", report="meeting", status="cancelled")
    assert "✕ cancelled talks, Hull" in words(browser.page("/meetings/timeline"))
    answer = browser.post(f"/entries/{entry}/correct", json={"start": "2024-99-01"}, headers={"x-desk-csrf": KEYS.csrf})
    if answer.status_code == 200:  # the case takes any figures: the page must bear them
        assert browser.get("/meetings/timeline").status_code == 200


def test_odd_weeks_are_answered(browser: Browser) -> None:
    for week in ("-1", "x", "99999999999999999999", "0"):
        assert browser.get(f"/meetings/timeline?week={week}").status_code == 200


def test_of_very_many_meetings_those_that_most_reports_speak_of_are_drawn_in_their_order() -> None:
    twice = replace(meeting("2024-05-20"), citations=(CITED, CITED), id="M9")
    found = sheet((*[meeting("2024-05-06")] * (MOST + 3), twice), date(2024, 4, 29), None)
    assert len(found.rows) == MOST and found.more == 4 and found.rows[-1].meeting is twice
