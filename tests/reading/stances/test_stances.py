"""The trained stance reader: its parts in the small, and what it adds to a report."""

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
from standoff.reading.stances.decode import calibrated
from standoff.reading.stances.features import RELATIONS, features_of
from standoff.reading.stances.model_file import open_model, settings_of, shipped_model
from standoff.reading.stances.reader import read_with
from standoff.reading.stances.referents import Phrase, phrase_name, referents
from standoff.reading.statements import encode
from standoff.reading.voices import voices_of

TEXT = (
    "The two sides are in peace talks on a truce deal. France urged Turkey to reopen the border. "
    "“We will not sign,” Turkish minister Ali Demir said on Tuesday. Net neutrality enthusiasts want a stricter rule."
)


def analysed(text: str):
    parsed = parse(text)
    actors, encoding = resolve(parsed), encode(text)
    statements = read_statements(parsed, actors, read_dates(parsed, "2016-02-10"), encoding)
    return parsed, actors, statements, voices_of(parsed, actors, statements), encoding


def test_features_mark_actors_frames_and_who_hangs_together() -> None:
    parsed, actors, statements, voices, encoding = analysed(TEXT)
    features = features_of(parsed, actors, statements, voices, encoding.pieces)
    starts = encoding.pieces.starts.tolist()
    france, border, turkey = (starts.index(TEXT.index(word)) for word in ("France", "border", "Turkey"))
    assert features.mentions[france] > 0 and features.mentions[border] == 0
    assert features.frames[border] > 0
    bits = features.relations(0, len(encoding.pieces))[border + 1]
    assert bits[france + 1] >> RELATIONS.index("holder of the frame") & 1
    assert bits[turkey + 1] >> RELATIONS.index("who is asked by the frame") & 1
    assert not bits[0]


def test_we_is_the_speaker_and_the_nameless_are_noun_phrases() -> None:
    parsed, actors, _, voices, encoding = analysed(TEXT)
    named = referents(parsed, actors, voices, encoding.pieces)
    starts = encoding.pieces.starts.tolist()
    we = named[starts.index(TEXT.index("We will"))]
    assert isinstance(we, str) and actors.get(we).name in ("Turkey", "Ali Demir")
    nameless = named[starts.index(TEXT.index("enthusiasts"))]
    assert isinstance(nameless, Phrase)
    assert phrase_name(TEXT, nameless) == "Net neutrality enthusiasts"


def test_the_same_words_are_enrolled_once() -> None:
    text = "The ferry workers left. Ferry workers returned."
    enrolment = Enrolment(resolve(parse(text)), text)
    (first,), (second,) = enrolment.ids_of(Phrase((0, 17))), enrolment.ids_of(Phrase((24, 37)))
    assert first == second
    assert [actor.name for actor in enrolment.actors if actor.id == first] == ["ferry workers"]


def test_a_report_gets_the_same_stances_with_any_number_of_threads() -> None:
    folder = Path(__file__).parents[3] / "src/standoff/reading/stances/model"
    one, two = (read_with(open_model(folder, threads), *analysed(TEXT)) for threads in (1, 2))
    assert one == two


def test_what_the_model_adds_says_so_and_has_a_confidence() -> None:
    found = read(Report("t", TEXT, published="2016-02-10")).positions
    assert any(position.by == "verb:urge" for position in found)
    for position in found:
        learned = position.by == "stance-model"
        assert learned == (position.confidence is not None)


@settings(max_examples=50)
@given(st.floats(0, 1), st.floats(0, 1))
def test_confidence_never_falls_as_the_score_rises(a: float, b: float) -> None:
    chosen = shipped_model().settings
    low, high = sorted((a, b))
    assert 0 <= calibrated(low, chosen) <= calibrated(high, chosen) <= 1


def test_nothing_is_read_beyond_the_least_score() -> None:
    model = shipped_model()
    strict = replace(model, settings=replace(model.settings, least_raw=1.1))
    assert read_with(strict, *analysed(TEXT))[0] == ()


def test_a_model_of_another_version_or_a_damaged_one_is_refused(tmp_path: Path) -> None:
    folder = Path(__file__).parents[3] / "src/standoff/reading/stances/model"
    description = json.loads((folder / "model.json").read_text("utf-8"))
    with pytest.raises(ModelError, match="another version"):
        settings_of(description | {"acts": ["demand"]})
    (tmp_path / "model.json").write_text(json.dumps(description))
    (tmp_path / "stances.onnx").write_bytes(b"no model")
    with pytest.raises(ModelError, match="damaged"):
        open_model(tmp_path, 1)


def test_an_empty_text_has_no_stances() -> None:
    assert read_with(shipped_model(), *analysed("")) == ((), ())
    assert np.isfinite(shipped_model().settings.relations).all()
