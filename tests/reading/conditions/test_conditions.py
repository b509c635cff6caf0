"""The trained judge of preconditions: its parts in the small, and what it says of a report."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff import Report, read
from standoff.actors import resolve
from standoff.errors import ModelError
from standoff.language import parse
from standoff.reading.conditions.cues import telling_words
from standoff.reading.conditions.judge import confidence_at, judged_by
from standoff.reading.conditions.marks import marks_of_condition
from standoff.reading.conditions.model_file import ConditionModel, open_model, shipped_model
from standoff.reading.dates import read_dates
from standoff.reading.preconditions import read_preconditions
from standoff.reading.speakers import read_statements
from standoff.reading.stances.surroundings import surroundings
from standoff.reading.statements import encode
from standoff.reading.voices import voices_of

MODEL = Path(__file__).parents[3] / "src/standoff/reading/conditions/model"
TEXT = (
    "The two sides are in peace talks on a truce deal. Turkey said it would not attend the talks unless Greece lifted "
    "the blockade. The weather in Vienna was fine."
)
TABLE = ((0.0, 0.1), (1.0, 0.7))


@cache
def ruled(text: str):
    parsed = parse(text)
    actors = resolve(parsed)
    statements = read_statements(parsed, actors, read_dates(parsed, "2016-02-10"), encode(text))
    around = surroundings(parsed, voices_of(parsed, actors, statements), statements)
    return around, read_preconditions(parsed, actors, statements)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It will sign unless they leave.", ["unless"]),
        ("It will sign so long as they leave.", ["so long as"]),
        ("Signing depends on their leaving.", ["depend"]),
        ("Were they to leave, it would sign.", ["were it"]),
        ("They were in Vienna.", []),
    ],
)
def test_words_that_may_tell_of_a_condition(text: str, words: list[str]) -> None:
    assert [one.name for one in telling_words(parse(text), 0)] == words


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="ab if.,\n“”é👍", max_size=60))
def test_words_of_condition_stand_in_order_inside_their_sentence(text: str) -> None:
    parsed = parse(text)
    for sentence, (first, last) in enumerate(parsed.sentences):
        found = telling_words(parsed, sentence)
        assert all(first <= one.first < one.last <= last for one in found)
        assert all(a.last <= b.first for a, b in zip(found, found[1:], strict=False))


def test_marks_tell_the_rule_the_word_of_condition_the_gate_and_the_holder() -> None:
    around, (rule,) = ruled(TEXT)
    marks = marks_of_condition(around, rule)
    assert {"by=unless", "L=unless", "L=unless|Pneg", "w1=unless", "gate lemma=attend", "holder=state"} <= set(marks)
    assert len(marks) == len(set(marks))


def test_what_the_model_does_not_believe_is_left_out() -> None:
    around, rules = ruled(TEXT)
    believing = ConditionModel({"by=unless": 3.0}, -1.0, 0.2, TABLE)
    doubting = replace(believing, weights={"by=unless": -3.0})
    (kept,) = judged_by(believing, around, rules)
    assert (kept.requirement, kept.gate, kept.holder) == (rules[0].requirement, rules[0].gate, rules[0].holder)
    assert judged_by(doubting, around, rules) == ()


def test_what_is_kept_is_numbered_anew() -> None:
    text = f"{TEXT} Turkey said it would not sign the truce until Greece freed the sailors."
    around, rules = ruled(text)
    assert [rule.by for rule in rules] == ["unless", "until"]
    model = ConditionModel({"by=unless": -9.0, "by=until": 9.0}, 0.0, 0.2, TABLE)
    assert [(one.id, one.by) for one in judged_by(model, around, rules)] == [("c1", "until")]


def test_every_precondition_says_what_found_it_and_how_sure_it_is() -> None:
    found = read(Report("t", TEXT, published="2016-02-10")).preconditions
    assert [one.by for one in found] == ["unless"]
    assert all(one.confidence is not None and 0 <= one.confidence <= 1 for one in found)


def test_unknown_marks_count_nothing() -> None:
    model = ConditionModel({"near": 2.0}, 0.5, 0.2, TABLE)
    assert model.chance(["near", "never seen"]) == model.chance(["near"]) > model.chance(["never seen"])


@settings(max_examples=50)
@given(st.floats(-2000, 2000))
def test_a_chance_lies_between_nothing_and_certainty(base: float) -> None:
    assert 0 <= ConditionModel({}, base, 0.2, TABLE).chance(["any"]) <= 1


@settings(max_examples=50)
@given(st.floats(0, 1), st.floats(0, 1))
def test_confidence_never_falls_as_the_chance_rises(a: float, b: float) -> None:
    low, high = sorted((a, b))
    table = shipped_model().calibration
    assert 0 <= confidence_at(low, table) <= confidence_at(high, table) <= 1


def copied(folder: Path) -> Path:
    for file in MODEL.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


def test_a_damaged_model_is_refused_by_name(tmp_path: Path) -> None:
    (copied(tmp_path) / "weights.npy").write_bytes(b"nothing")
    with pytest.raises(ModelError, match="weights.npy of the precondition model is damaged"):
        open_model(tmp_path)


def test_a_missing_model_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="precondition model is missing"):
        open_model(tmp_path)


def test_a_model_of_another_version_is_refused(tmp_path: Path) -> None:
    file = copied(tmp_path) / "model.json"
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | {"version": 0}), "utf-8")
    with pytest.raises(ModelError, match="another version"):
        open_model(tmp_path)
