"""The trained reader of meetings: its parts in the small, and what it says of a report."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.actors import resolve
from standoff.errors import ModelError
from standoff.language import parse
from standoff.ledger import STATUSES
from standoff.reading.dates import read_dates
from standoff.reading.meetings.trained import read_meetings
from standoff.reading.meetings.trained.company import NEARLY, chance_of, likeliest_company
from standoff.reading.meetings.trained.days import UNDATED, days_at_hand
from standoff.reading.meetings.trained.marks import lies, marks_of
from standoff.reading.meetings.trained.model_file import Weights, open_model, settings_of, shipped_model
from standoff.reading.meetings.trained.parties import parties_at_hand
from standoff.reading.meetings.trained.reader import BY, calibrated, meetings_in, score
from standoff.reading.meetings.trained.told import Told, told
from standoff.reading.places import read_places

MODEL = Path(__file__).parents[2] / "src/standoff/reading/meetings/trained/model"
THURSDAY = "2016-01-28"
TEXT = (
    "France and Germany will hold talks in Vienna on Friday about the border. "
    "Turkish minister Ali Demir said he would not attend. "
    "Talks between France and Germany in Rome collapsed on Monday."
)


def told_of(text: str, published: str | None = THURSDAY) -> Told:
    parsed = parse(text)
    return told(parsed, resolve(parsed), read_dates(parsed, published), read_places(parsed), published)


def meetings(text: str, published: str | None = THURSDAY):
    parsed = parse(text)
    return read_meetings(parsed, resolve(parsed), read_dates(parsed, published), read_places(parsed), published)


def number_of(report: Told, word: str) -> int:
    return next(k for k, m in enumerate(report.mentions) if report.token(m.trigger.index).text == word)


def test_a_planned_and_a_failed_meeting_are_two_entries() -> None:
    first, second = meetings(TEXT)
    assert (first.status, first.start, first.place) == ("planned", "2016-01-29", "Vienna")
    assert (second.status, second.start, second.place) == ("failed", "2016-01-25", "Rome")
    assert first.id == "m1" and second.id == "m2"


def test_every_meeting_has_a_confidence_and_quotes_the_text() -> None:
    found = meetings(TEXT)
    assert all(m.confidence is not None and 0 < m.confidence < 1 for m in found)
    assert all(0 <= m.evidence[0] < m.evidence[1] <= len(TEXT) for m in found)


def test_the_same_report_gives_the_same_meetings() -> None:
    assert meetings(TEXT) == meetings(TEXT)


@pytest.mark.parametrize("text", ["", "The weather was fine.", "!!! ???"])
def test_a_text_without_meetings_has_none(text: str) -> None:
    assert meetings(text) == ()


def test_a_report_without_a_day_of_publication_is_read() -> None:
    assert all(m.start is None for m in meetings(TEXT, None))


def test_a_higher_threshold_never_enters_more() -> None:
    report, model = told_of(TEXT), shipped_model()
    scored = score(model, report)
    counts = [
        len(meetings_in(report, scored, replace(model.settings, least=least))) for least in (0.02, 0.2, 0.5, 0.9)
    ]
    assert counts == sorted(counts, reverse=True) and counts[0] > counts[-1]


def test_full_trust_takes_day_and_status_from_the_rules() -> None:
    report, model = told_of(TEXT), shipped_model()
    trusting = replace(model.settings, trust_day=50.0, trust_status=50.0, trust_parties=50.0, least=0.0)
    entries = {(m.start, m.status) for m in report.rules.meetings if m is not None}
    assert entries <= {(m.start, m.status) for m in meetings_in(report, score(model, report), trusting)}


def test_the_chances_of_days_and_statuses_sum_to_one() -> None:
    for one in score(shipped_model(), told_of(TEXT)):
        assert one.on.sum() == pytest.approx(1, abs=1e-4) and one.statuses.sum() == pytest.approx(1, abs=1e-4)
        assert len(one.days) == len(one.on) and len(one.statuses) == len(STATUSES)


def test_the_days_at_hand_begin_with_none_and_hold_the_weekday_on_both_sides() -> None:
    report = told_of("Turkey called for an emergency meeting Friday in Geneva.")
    days = days_at_hand(report, number_of(report, "meeting"))
    assert next(iter(days)) == UNDATED
    assert {("2016-01-22", None), ("2016-01-29", None)} <= set(days)


def test_the_parties_at_hand_tell_how_they_stand() -> None:
    report = told_of("France held talks with Germany in Vienna on Monday.")
    at_hand = {
        report.actors.get(a).name: marks for a, marks in parties_at_hand(report, number_of(report, "talks")).items()
    }
    assert "own,with" in at_hand["Germany"]
    assert "pred,nsubj" in at_hand["France"]


def test_the_marks_of_a_mention_are_each_there_once() -> None:
    report = told_of(TEXT)
    for number in range(len(report.mentions)):
        marks = marks_of(report, number)
        assert len(marks) == len(set(marks)) and all("\n" not in mark for mark in marks)


def test_words_beyond_those_of_the_rules_are_mentions_too() -> None:
    report = told_of("The deal was clinched in Doha on Tuesday.")
    assert {report.token(m.trigger.index).text for m in report.mentions} >= {"deal", "clinched"}
    assert not report.rules.meetings


@pytest.mark.parametrize(
    ("earliest", "latest", "way"),
    [
        ("2016-01-01", "2016-01-02", "past"), ("2016-01-28", "2016-01-28", "same"),
        ("2016-02-01", "2016-02-02", "future"), ("2016-01-01", "2016-01-31", "around"), (None, None, "unknown"),
    ],
)  # fmt: skip
def test_how_a_day_lies_to_the_day_of_publication(earliest: str | None, latest: str | None, way: str) -> None:
    assert lies(earliest, latest, THURSDAY) == way


CHANCES = st.lists(st.floats(0.01, 0.99), min_size=1, max_size=3)


@given(CHANCES, st.floats(0, 0.9))
@settings(max_examples=40, deadline=None)
def test_the_likeliest_company_is_hardly_worse_than_one_actor(found: list[float], unseen: float) -> None:
    actors = told_of("France, Germany and Turkey held talks in Vienna.").actors
    chances = dict(zip([a.id for a in actors.actors], found, strict=False))
    company, chance = likeliest_company(actors, chances, unseen)
    alone = max(chances, key=lambda a: (chances[a], -int(a[1:])))
    assert 0 <= chance <= 1 + 1e-6
    assert chance >= chance_of([alone], actors, chances, unseen) - NEARLY - 1e-6
    assert chance == pytest.approx(chance_of(company, actors, chances, unseen), abs=1e-5)


def test_a_sure_company_is_all_who_surely_take_part() -> None:
    actors = told_of("France, Germany and Turkey held talks in Vienna.").actors
    ids = {a.name: a.id for a in actors.actors}
    chances = {ids["France"]: 0.99, ids["Germany"]: 0.98, ids["Turkey"]: 0.01}
    company, chance = likeliest_company(actors, chances, 0.0)
    assert set(company) == {ids["France"], ids["Germany"]} and chance > 0.95


def test_nobody_at_hand_makes_no_company() -> None:
    assert likeliest_company(told_of("It rained.").actors, {}, 0.25) == ((), 0.0)


def test_unknown_marks_weigh_nothing() -> None:
    weights = Weights({"a": 0}, np.array([[2.0]], dtype=np.float32), np.array([0.5], dtype=np.float32))
    assert weights.scores([["a"], ["b"], []])[:, 0].tolist() == [2.5, 0.5, 0.5]


@given(st.floats(0, 1), st.floats(0, 1))
def test_confidence_never_falls_with_the_score(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert calibrated(low, shipped_model().settings) <= calibrated(high, shipped_model().settings)


def test_a_model_of_another_version_or_damaged_is_refused(tmp_path: Path) -> None:
    description = json.loads((MODEL / "model.json").read_text())
    with pytest.raises(ModelError, match="another version"):
        settings_of({**description, "statuses": ["planned"]})
    with pytest.raises(ModelError, match="damaged"):
        settings_of({"statuses": list(STATUSES)})
    for file in MODEL.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "day_marks.txt").write_text("other\n")
    with pytest.raises(ModelError, match="damaged"):
        open_model(tmp_path)
    (tmp_path / "day_marks.txt").unlink()
    with pytest.raises(ModelError, match="missing"):
        open_model(tmp_path)


def test_a_plainly_told_meeting_is_entered_as_the_rules_have_it() -> None:
    (meeting,) = meetings("Peace talks on a truce are due to open in Geneva on February 12.", "2016-02-10")
    assert (meeting.place, meeting.start, meeting.status) == ("Geneva", "2016-02-12", "planned")
    assert meeting.by != BY and meeting.confidence is not None
