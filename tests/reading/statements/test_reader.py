"""The reader on texts of our own: examples, invariants on any text, and a damaged model."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.errors import ModelError
from standoff.reading.statements import Attribution, read_attributions
from standoff.reading.statements.decode import Group, _break_circles, best_tags
from standoff.reading.statements.model_file import model_folder, open_model, shipped_model
from standoff.reading.statements.pieces import WINDOW, cut
from standoff.reading.statements.quotation import Quoted
from standoff.reading.statements.reader import _enclosing, calibrated, read_with
from standoff.reading.statements.windows import plan

REPORT = (
    "Talks over the harbour dues broke off on Monday.\n\n"
    "“We will not sign before the tug crews are paid,” Marta Lindqvist, who leads the pilots’ union, said.\n\n"
    "The port authority denied that wages were late. It added that it would return to the table on Friday."
)


def words(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    return " … ".join(text[start:end] for start, end in spans)


def check(text: str, found: tuple[Attribution, ...]) -> None:
    for attribution in found:
        assert attribution.content
        for spans in (attribution.source, attribution.cue, attribution.content):
            assert all(0 <= start < end <= len(text) for start, end in spans)
            assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))
        assert 0 <= attribution.confidence <= 1
        assert attribution.within is None or 0 <= attribution.within < len(found)
    starts = [attribution.content[0][0] for attribution in found]
    assert starts == sorted(starts)


def test_a_direct_quotation_and_indirect_speech() -> None:
    found = read_attributions(REPORT)
    check(REPORT, found)
    quoted = next(item for item in found if item.kind == "direct")
    assert "Marta Lindqvist" in words(REPORT, quoted.source)
    assert words(REPORT, quoted.cue) == "said"
    assert "We will not sign before the tug crews are paid" in words(REPORT, quoted.content)
    denied = next(item for item in found if words(REPORT, item.cue) == "denied")
    assert (words(REPORT, denied.source), denied.kind) == ("The port authority", "indirect")
    assert "wages were late" in words(REPORT, denied.content)


@pytest.mark.parametrize("text", ["", " ", "\n\r\n", "\u00a0", "😀", "”", "’’’", "\u0301"])
def test_nothing_to_read(text: str) -> None:
    check(text, read_attributions(text))


@pytest.mark.parametrize(
    "text",
    [
        REPORT.replace("\n\n", "\r\n\r\n"),
        REPORT.replace(" ", "\u00a0"),
        "😀👩‍👩‍👧 " + REPORT,
        "قال الوزير: لن نوقع. " + REPORT,
        REPORT.replace("é", "e\u0301").replace("a", "a\u0301"),
    ],
)
def test_offsets_are_those_of_the_text_as_given(text: str) -> None:
    found = read_attributions(text)
    check(text, found)
    assert found


FRAGMENTS = st.sampled_from(
    ["“", "”", "\"", "'", "‘", "’", "``", "''", "«", "»", "\r\n", "\n", " ", "\u00a0", "\u0301", "😀", "שלום ", "> ",
     "she said ", "that the strike ", "would end. ", "according to him, ", "Mr. Orlov ", "told us ", "İ", "ß", "\x00"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.lists(FRAGMENTS, max_size=40).map("".join), st.text(max_size=120)))
def test_any_text_gives_spans_inside_it(text: str) -> None:
    check(text, read_attributions(text))


def test_a_long_text_in_one_line_and_in_many() -> None:
    for joint in (" ", "\n"):
        text = joint.join([REPORT.replace("\n\n", " ")] * 30)
        found = read_attributions(text)
        check(text, found)
        assert len(found) > 30


@given(st.lists(st.integers(0, 400), max_size=12), st.sampled_from([0, 32, 64, 96]))
@settings(max_examples=60, deadline=None)
def test_windows_own_each_piece_once(lengths: list[int], context: int) -> None:
    text = "\n".join("a " * length for length in lengths)
    pieces = cut(text, shipped_model().tokenizer)
    windows = plan(pieces, context)
    assert [number for _, owned, end in windows for number in range(owned, end)] == list(range(len(pieces)))
    assert all(0 <= shown <= owned < end and end - shown <= WINDOW - 2 for shown, owned, end in windows)


def test_the_number_of_threads_makes_no_difference() -> None:
    readings = [read_with(open_model(model_folder(), threads), REPORT) for threads in (1, 2)]
    assert readings[0] == readings[1]


def test_tags_go_on_only_where_they_began() -> None:
    scores = np.full((3, 7), -5.0, dtype=np.float32)
    scores[:, 6] = 0.0
    assert best_tags(scores, previous=0)[0] != 6
    assert best_tags(scores, previous=5) == [6, 6, 6]


def test_circles_of_enclosing_attributions_are_broken() -> None:
    groups = {1: Group(1, parent=2), 2: Group(2, parent=3), 3: Group(3, parent=1)}
    _break_circles(groups)
    for group in groups.values():
        steps, here = 0, group
        while here.parent is not None:
            here, steps = groups[here.parent], steps + 1
            assert steps < 3


def test_an_attribution_in_the_quotation_of_another_is_within_it() -> None:
    text = "“We lost the vote. The board said that the port would close,” Tom Hale told reporters."

    def spans(words: str) -> tuple[tuple[int, int], ...]:
        return ((text.index(words), text.index(words) + len(words)),)

    board = Attribution(spans("The board"), spans("said"), spans("that the port would close"), "indirect", None, 0.5)
    tom = Attribution(spans("Tom Hale"), spans("told"), spans("“We lost the vote."), "direct", None, 0.5)
    assert _enclosing([tom, board], Quoted(text)) == {1: 0}
    assert _enclosing([board], Quoted(text)) == {}


def test_calibration_is_linear_between_points_and_flat_outside() -> None:
    table = ((0.2, 0.1), (0.6, 0.5))
    assert [calibrated(raw, table) for raw in (0.0, 0.2, 0.4, 0.6, 0.9)] == [0.1, 0.1, 0.3, 0.5, 0.5]


def test_a_damaged_or_missing_model_is_told_plainly(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="missing"):
        open_model(tmp_path, 1)
    description = json.loads((model_folder() / "model.json").read_text(encoding="utf-8"))
    (tmp_path / "model.json").write_text(json.dumps(description), encoding="utf-8")
    (tmp_path / "attribution.onnx").write_bytes(b"not a model")
    (tmp_path / "tokenizer.json").write_bytes((model_folder() / "tokenizer.json").read_bytes())
    with pytest.raises(ModelError, match="attribution.onnx .* SHA-256"):
        open_model(tmp_path, 1)
