"""The trained stance reader: its parts in the small, and what it says of a report."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff import Report, read
from standoff.actors import resolve
from standoff.errors import ModelError
from standoff.language import parse
from standoff.reading.dates import read_dates
from standoff.reading.enrolment import Enrolment
from standoff.reading.speakers import read_statements
from standoff.reading.stances.candidates import candidates
from standoff.reading.stances.marks import marks_of
from standoff.reading.stances.model_file import WEIGHTS, open_model, settings_of, shipped_model
from standoff.reading.stances.network import Network
from standoff.reading.stances.parties import parties_around
from standoff.reading.stances.reader import calibrated, read_with
from standoff.reading.stances.referents import Phrase, phrase_name
from standoff.reading.stances.states import rows_of
from standoff.reading.stances.surroundings import overlap, surroundings
from standoff.reading.statements import encode
from standoff.reading.voices import voices_of

MODEL = Path(__file__).parents[3] / "src/standoff/reading/stances/model"
TEXT = (
    "The two sides are in peace talks on a truce deal. France urged Turkey to reopen the border. "
    "“We will not sign,” Turkish minister Ali Demir said on Tuesday. The amateur astronomers want a stricter rule."
)


def analysed(text: str):
    parsed = parse(text)
    actors, encoding = resolve(parsed), encode(text)
    statements = read_statements(parsed, actors, read_dates(parsed, "2016-02-10"), encoding)
    return parsed, statements, voices_of(parsed, actors, statements), encoding


def around(text: str):
    parsed, statements, voices, _ = analysed(text)
    return surroundings(parsed, voices, statements)


def candidate(text: str, words: str):
    """The candidate that is nearest to some words."""
    span = text.index(words), text.index(words) + len(words)
    return max(candidates(parse(text)), key=lambda one: overlap(one.span, span))


@pytest.mark.parametrize("issue", ["reopen the border", "sign", "a stricter rule"])
def test_what_is_demanded_or_refused_is_a_candidate(issue: str) -> None:
    start, end = candidate(TEXT, issue).span
    assert TEXT[start:end] == issue


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="ab .,\n“”é👍", max_size=60))
def test_candidates_quote_the_text_each_span_once(text: str) -> None:
    spans = [one.span for one in candidates(parse(text))]
    assert len(spans) == len(set(spans))
    assert all(0 <= start < end <= len(text) and "\n" not in text[start:end] for start, end in spans)


def test_marks_tell_the_predicate_the_frame_and_the_statement() -> None:
    border = set(marks_of(around(TEXT), candidate(TEXT, "reopen the border")))
    assert {"g=urge", "F=demand", "Fn=verb:urge"} <= border
    signing = set(marks_of(around(TEXT), candidate(TEXT, "sign")))
    assert {"Hneg", "Hmod=will", "st=direct", "own"} <= signing


def test_parties_stand_to_an_issue_as_speaker_subject_or_mention() -> None:
    here = around(TEXT)
    actors = here.voices.actors
    told = parties_around(here, candidate(TEXT, "reopen the border"))
    by_name = {actors.get(who).name: marks for who, marks in told.items() if isinstance(who, str)}
    assert "frame holds" in by_name["France"] and "frame asks" in by_name["Turkey"]
    spoken = parties_around(here, candidate(TEXT, "sign"))
    assert any("speaker0" in marks for marks in spoken.values())


def test_a_subject_without_a_name_is_a_party_of_its_own() -> None:
    told = parties_around(around(TEXT), candidate(TEXT, "a stricter rule"))
    phrases = [who for who in told if isinstance(who, Phrase)]
    assert [phrase_name(TEXT, phrase) for phrase in phrases] == ["amateur astronomers"]


def test_the_same_words_are_enrolled_once() -> None:
    text = "The ferry workers left. Ferry workers returned."
    enrolment = Enrolment(resolve(parse(text)), text)
    (first,), (second,) = enrolment.ids_of(Phrase((0, 17))), enrolment.ids_of(Phrase((24, 37)))
    assert first == second
    assert [actor.name for actor in enrolment.actors if actor.id == first] == ["ferry workers"]


def test_a_row_of_states_joins_head_span_governor_and_what_stands_before() -> None:
    parsed, statements, voices, encoding = analysed(TEXT)
    here = surroundings(parsed, voices, statements)
    found = candidates(parsed)
    rows = rows_of(here, encoding, found)
    assert rows.shape == (len(found), 4 * encoding.readings[0].lower.shape[1])
    assert np.isfinite(rows).all() and rows.any(axis=1).all()


def test_chances_of_parties_sum_to_one_and_unknown_marks_count_nothing() -> None:
    weights = {name: np.zeros((1, 1), dtype=np.float32) for name in WEIGHTS}
    network = Network({}, {"near": 0}, **weights | {"holder": np.array([2.0], dtype=np.float32)})
    chances = network.parties([["near"], ["never seen"]], network.holder)
    assert chances.sum() == pytest.approx(1)
    assert chances[0] == pytest.approx(np.exp(2) / (np.exp(2) + 1))


def test_a_text_is_read_alike_each_time() -> None:
    model = open_model(MODEL)
    assert read_with(model, *analysed(TEXT)).entered == read_with(model, *analysed(TEXT)).entered


def test_every_position_says_what_found_it_and_how_sure_it_is() -> None:
    found = read(Report("t", TEXT, published="2016-02-10")).positions
    assert any(position.by == "verb:urge" for position in found)
    for position in found:
        required = (position.by or "").startswith("precondition:")
        assert position.by and (position.confidence is not None or required)


def test_a_frame_that_the_reader_does_not_believe_is_left_out() -> None:
    model = shipped_model()
    doubting = replace(model, settings=replace(model.settings, least=1.1, frame_least=1.1))
    stances = read_with(doubting, *analysed(TEXT))
    assert stances.entered == ()
    assert stances.believes(candidate(TEXT, "reopen the border").span) is None


@settings(max_examples=50)
@given(st.floats(0, 1), st.floats(0, 1))
def test_confidence_never_falls_as_the_score_rises(a: float, b: float) -> None:
    chosen = shipped_model().settings
    low, high = sorted((a, b))
    assert 0 <= calibrated(low, chosen) <= calibrated(high, chosen) <= 1


def test_entered_stances_do_not_overlap() -> None:
    spans = [stance.issue for stance in read_with(shipped_model(), *analysed(TEXT)).entered]
    assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))


def test_a_model_of_another_version_or_a_damaged_one_is_refused(tmp_path: Path) -> None:
    description = json.loads((MODEL / "model.json").read_text("utf-8"))
    with pytest.raises(ModelError, match="another version"):
        settings_of(description | {"acts": ["demand"]})
    with pytest.raises(ModelError, match="damaged"):
        settings_of({key: value for key, value in description.items() if key != "least"})
    (tmp_path / "model.json").write_text(json.dumps(description))
    for name in description["sha256"]:
        (tmp_path / name).write_bytes(b"no model")
    with pytest.raises(ModelError, match="damaged"):
        open_model(tmp_path)


def test_an_empty_text_has_no_stances() -> None:
    assert read_with(shipped_model(), *analysed("")).entered == ()


def test_a_noun_put_beside_a_party_is_that_party() -> None:
    text = "The miner Bergdal Holdings demanded a lower tax. Bergdal Holdings and Norway are in talks on a deal."
    here = around(text)
    told = parties_around(here, candidate(text, "a lower tax"))
    assert "Bergdal Holdings" in {here.voices.actors.get(who).name for who in told if isinstance(who, str)}
