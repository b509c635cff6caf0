"""One meeting over several reports: planned, put off, held; and two that are not the same."""

from typing import Any

import pytest

from standoff.case import merging
from standoff.case.gatherings import gather
from standoff.case.state import snapshot
from standoff.case.store import Case
from standoff.errors import StandoffError

Word = tuple[str, dict[str, Any]]


def told(case: Case, ledger: Any, putting: Any, *words: Word) -> list[list[str]]:
    """Ids of the reports of each meeting, after reports of these days have told of these meetings."""
    actors = [("Union", "union"), ("Owners", "company"), ("Ministry", "government")]
    for number, (day, meeting) in enumerate(words, 1):
        text = f"Report number {number} tells of a meeting on wages at the port."
        putting(case, ledger(f"r{number}", text, day, actors, meetings=[meeting]))
    gather(case)
    return [[sighting.report for sighting in gathering.sightings] for gathering in snapshot(case).meetings]


BOTH = ("Union", "Owners")


def test_talks_put_off_and_held_are_one_meeting_and_the_last_word_counts(case: Case, ledger: Any, putting: Any) -> None:
    groups = told(
        case, ledger, putting,
        ("2024-05-01", {"place": "Hull", "start": "2024-05-04", "participants": BOTH}),
        ("2024-05-03", {"place": "Hull", "start": "2024-05-09", "participants": BOTH, "status": "postponed"}),
        ("2024-05-10", {"place": "Hull", "start": "2024-05-09", "participants": BOTH, "status": "held"}),
    )  # fmt: skip
    assert groups == [["r1", "r2", "r3"]]
    assert snapshot(case).meetings[0].latest.status == "held"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            ("2024-05-01", {"place": "Hull", "start": "2024-05-04"}),
            ("2024-05-02", {"place": "York", "start": "2024-05-04"}),
        ),
        (
            ("2024-05-05", {"place": "Hull", "start": "2024-05-04", "status": "held"}),
            ("2024-05-05", {"place": "Hull", "start": "2024-05-11"}),
        ),
        (
            ("2024-05-01", {"kind": "call", "start": "2024-05-01", "participants": ("Union",)}),
            ("2024-05-01", {"kind": "call", "start": "2024-05-01", "participants": ("Ministry",)}),
        ),
        (
            ("2024-01-01", {"kind": "meeting", "place": "Hull", "participants": BOTH}),
            ("2024-05-01", {"kind": "meeting", "place": "Hull", "participants": BOTH}),
        ),
        (
            ("2024-05-05", {"kind": "meeting", "start": "2024-05-04", "participants": BOTH, "status": "held"}),
            ("2024-05-30", {"kind": "talks", "start": "2024-05", "participants": BOTH, "status": "failed"}),
        ),
        (
            ("2024-05-01", {"kind": "vote", "start": "2024-05-04"}),
            ("2024-05-01", {"kind": "visit", "start": "2024-05-04"}),
        ),
    ],
)
def test_what_differs_in_place_day_parties_or_kind_stays_apart(
    case: Case, ledger: Any, putting: Any, first: Word, second: Word
) -> None:
    assert len(told(case, ledger, putting, first, second)) == 2


def test_undated_talks_do_not_lead_on_from_month_to_month(case: Case, ledger: Any, putting: Any) -> None:
    """Each report is near the one before; all of them together are not one meeting."""
    talks = {"place": "Hull", "participants": BOTH}
    groups = told(
        case, ledger, putting,
        *((day, talks) for day in ("2024-05-01", "2024-05-11", "2024-05-21", "2024-06-10", "2024-06-20", "2024-06-30")),
    )  # fmt: skip
    assert groups == [["r1", "r2", "r3"], ["r4", "r5", "r6"]]


def test_undated_talks_to_come_are_not_those_that_were(case: Case, ledger: Any, putting: Any) -> None:
    groups = told(
        case, ledger, putting,
        ("2024-05-01", {"place": "Hull", "start": "2024-05-04", "participants": BOTH}),
        ("2024-05-03", {"place": "Hull", "participants": BOTH}),
        ("2024-05-07", {"place": "Hull", "participants": BOTH, "status": "ongoing"}),
        ("2024-05-09", {"place": "Hull", "participants": BOTH}),
    )  # fmt: skip
    assert groups == [["r1", "r2", "r3"], ["r4"]]


def test_a_planned_day_that_passed_was_not_put_off_to_a_meeting_weeks_later(
    case: Case, ledger: Any, putting: Any
) -> None:
    word = {"kind": "meeting", "place": "Hull", "participants": BOTH}
    groups = told(
        case, ledger, putting,
        ("2024-05-01", word | {"start": "2024-05-02"}),
        ("2024-05-24", word | {"start": "2024-05-24", "status": "held"}),
    )  # fmt: skip
    assert groups == [["r1"], ["r2"]]


def test_a_later_word_is_held_against_all_that_was_told_not_only_the_last(
    case: Case, ledger: Any, putting: Any
) -> None:
    """The second report names no place; the third may not slip in through it."""
    word = {"kind": "meeting", "start": "2024-05-04", "participants": BOTH}
    groups = told(
        case, ledger, putting,
        ("2024-05-01", word | {"place": "Hull"}),
        ("2024-05-02", word),
        ("2024-05-03", word | {"place": "York"}),
    )  # fmt: skip
    assert groups == [["r1", "r2"], ["r3"]]


def test_a_month_told_later_leaves_the_day_known(case: Case, ledger: Any, putting: Any) -> None:
    word = {"place": "Hull", "participants": BOTH}
    groups = told(
        case, ledger, putting,
        ("2024-05-05", word | {"start": "2024-05-04", "status": "held"}),
        ("2024-05-06", word | {"start": "2024-05", "status": "held"}),
        ("2024-05-20", word | {"start": "2024-05-19", "status": "held"}),
    )  # fmt: skip
    assert groups == [["r1", "r2"], ["r3"]]


def test_two_meetings_of_one_report_stay_two(case: Case, ledger: Any, putting: Any) -> None:
    day = {"place": "Hull", "start": "2024-05-04"}
    putting(case, ledger("a", "They meet in Hull twice.", "2024-05-01", meetings=[day, day]))
    gather(case)
    assert len(snapshot(case).meetings) == 2


def test_people_split_and_merge_meetings(case: Case, ledger: Any, putting: Any) -> None:
    word = {"place": "Hull", "start": "2024-05-04", "participants": BOTH}
    assert told(case, ledger, putting, ("2024-05-01", word), ("2024-05-02", word)) == [["r1", "r2"]]
    second = snapshot(case).meetings[0].latest
    new = merging.split_meeting(case, [second.id], "ana")
    assert len(snapshot(case).meetings) == 2
    merging.merge(case, "M1", [new], "ana")
    assert [gathering.id for gathering in snapshot(case).meetings] == ["M1"]
    with pytest.raises(StandoffError, match="only parties and concepts"):
        merging.rename(case, "M1", "x", "ana")
    assert gather(case) == 0
