"""A meeting over many reports: what changed is only ever added to, and what is known is what was last told."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from standoff.analysis.calendar import appointment, coming
from standoff.analysis.icalendar_file import to_ics
from standoff.case.snapshot import Gathering, Sighting, Snapshot, Source
from standoff.ledger import STATUSES
from standoff.report import Report

FIRST = date(2024, 5, 1)
TEXT = "They meet."

days = st.integers(0, 40).map(lambda n: (FIRST + timedelta(n)).isoformat())
starts = st.none() | days | days.map(lambda day: day[:7])
words = st.tuples(starts, st.sampled_from([None, "Hull", "York"]), st.sampled_from(STATUSES))


def case(told: list[tuple[str | None, str | None, str]]) -> tuple[Snapshot, tuple[Sighting, ...]]:
    dates = [(FIRST + timedelta(number)).isoformat() for number in range(len(told))]
    sources = tuple(
        Source(Report(f"r{n}", TEXT, published=day), f"r{n}", 1.0, True, "") for n, day in enumerate(dates)
    )
    sightings = tuple(
        Sighting(f"m{n}", f"r{n}", day, (0, len(TEXT)), place=place, start=start, status=status)
        for n, (day, (start, place, status)) in enumerate(zip(dates, told, strict=True))
    )
    return Snapshot(sources=sources), sightings


@given(st.lists(words, min_size=1, max_size=8))
def test_a_further_report_adds_changes_and_takes_none_away(told: list[tuple[str | None, str | None, str]]) -> None:
    state, sightings = case(told)
    so_far = [appointment(state, Gathering("M1", sightings[: k + 1])).changes for k in range(len(sightings))]
    for fewer, more in zip(so_far, so_far[1:], strict=False):
        assert more[: len(fewer)] == fewer


@given(st.lists(words, min_size=1, max_size=8))
def test_the_last_word_on_place_and_status_holds(told: list[tuple[str | None, str | None, str]]) -> None:
    state, sightings = case(told)
    one = appointment(state, Gathering("M1", sightings))
    assert one.status == told[-1][2]
    assert one.place == next((place for _, place, _ in reversed(told) if place), None)


def test_a_month_told_later_unsays_no_day_and_a_day_makes_a_month_exact() -> None:
    month, day = ("2024-05", None, "planned"), ("2024-05-09", None, "planned")
    state, sightings = case([month, day, month])
    one = appointment(state, Gathering("M1", sightings))
    assert one.start == "2024-05-09"
    assert [(c.before, c.after) for c in one.changes] == [("2024-05", "2024-05-09")]


def test_a_meeting_put_off_without_a_new_day_is_not_coming() -> None:
    state, sightings = case(
        [("2024-05-09", "Hull", "planned"), (None, None, "postponed"), ("2024-05-12", None, "planned")]
    )
    one = appointment(state, Gathering("M1", sightings[:2]))
    assert one.put_off and coming((one,), FIRST, 14) == ()
    moved = appointment(state, Gathering("M1", sightings))
    assert not moved.put_off and coming((moved,), FIRST, 14) == (moved,)


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ([("2024-05-09", None, "planned")], "TENTATIVE"),
        ([("2024-05-09", None, "planned"), (None, None, "postponed")], "CANCELLED"),
        ([("2024-05-09", None, "planned"), ("2024-05-20", None, "postponed")], "TENTATIVE"),
        ([("2024-05-09", None, "planned"), (None, None, "cancelled")], "CANCELLED"),
        ([("2024-05-09", None, "ongoing")], "CONFIRMED"),
        ([("2024-05-09", None, "planned"), ("2024-05-09", None, "held")], "CONFIRMED"),
    ],
)
def test_the_status_in_a_calendar_file(told: list[tuple[str | None, str | None, str]], status: str) -> None:
    """Put off without a new day: the day in the calendar does not hold, and a calendar must not keep it free."""
    state, sightings = case(told)
    one = appointment(state, Gathering("M1", sightings))
    (event,) = Calendar.from_ical(to_ics("id", "talks", (one,))).walk("VEVENT")
    assert event["STATUS"] == status
    assert event["SEQUENCE"] == len(one.changes)


def test_two_cases_of_one_name_have_different_meetings() -> None:
    state, sightings = case([("2024-05-09", None, "planned")])
    one = appointment(state, Gathering("M1", sightings))
    uids = {
        str(Calendar.from_ical(to_ics(identity, name, (one,))).walk("VEVENT")[0]["UID"])
        for identity, name in (("a", "talks"), ("b", "talks"), ("a", "renamed"))
    }
    assert len(uids) == 2
