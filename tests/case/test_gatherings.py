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
            ("2024-05-01", {"kind": "vote", "start": "2024-05-04"}),
            ("2024-05-01", {"kind": "visit", "start": "2024-05-04"}),
        ),
    ],
)
def test_what_differs_in_place_day_parties_or_kind_stays_apart(
    case: Case, ledger: Any, putting: Any, first: Word, second: Word
) -> None:
    assert len(told(case, ledger, putting, first, second)) == 2


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
