"""JSON and JSON Lines: records, lists, ledgers; a bad record never takes the others with it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.errors import InputError, StandoffError
from standoff.ingest import read_bytes, read_sources
from standoff.ledger import Ledger
from standoff.report import Report

RECORD = {
    "id": "r1",
    "title": "Talks",
    "published": "2016-01-15",
    "publisher": "The Desk",
    "url": "https://desk.example/1",
    "text": "The talks\r\nwent on.",
}


def test_a_record_is_a_report() -> None:
    (report,) = read_bytes(json.dumps(RECORD).encode(), "x.json")
    assert report == Report(**RECORD)


def test_a_list_of_records() -> None:
    reports = read_bytes(json.dumps([RECORD, {"text": "No id."}, RECORD]).encode(), "desk.json")
    assert [report.id for report in reports] == ["r1", "desk-2", "r1-2"]


def test_the_document_of_a_ledger_is_read_back() -> None:
    report = Report(**RECORD)
    assert read_bytes(json.dumps(Ledger(report).to_json()).encode(), "x.json") == [report]


@settings(deadline=None)
@given(st.lists(st.text(max_size=40).filter(lambda text: text.strip() != ""), min_size=1, max_size=5))
def test_texts_of_json_lines_come_out_code_point_for_code_point(texts: list[str]) -> None:
    for ascii_only in (True, False):
        lines = "\n".join(json.dumps({"text": text}, ensure_ascii=ascii_only) for text in texts)
        try:
            reports = read_bytes(lines.encode(), "any.jsonl")
        except InputError as error:
            assert "reads English only" in str(error)
        else:
            assert [report.text for report in reports] == texts


def test_a_bad_line_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "desk.jsonl"
    lines = [
        '{"id": 7, "text": "One."}',
        "",
        "{broken",
        '{"title": "no text"}',
        "[1]",
        '{"text": "Two.", "published": ""}',
    ]
    path.write_text("\r\n".join(lines), "utf-8")
    found = [item if isinstance(item, Report) else str(item) for item in read_sources([str(path)])]
    assert found == [
        Report("7", "One."),
        f"{path}:3: no valid JSON: Expecting property name enclosed in double quotes, column 2",
        f"{path}:4: no field 'text'",
        f"{path}:5: not a record but a list",
        Report("desk-6", "Two."),
    ]


def test_a_broken_byte_spoils_only_its_line(tmp_path: Path) -> None:
    path = tmp_path / "desk.jsonl"
    path.write_bytes(b'{"text": "One."}\n{"text": "Gen\xe8ve"}\n{"text": "Two."}\n')
    items = list(read_sources([str(path)]))
    assert [isinstance(item, StandoffError) for item in items] == [False, True, False]
    assert str(items[1]).startswith(f"{path}:2: not UTF-8: byte 0xe8 at position 13")


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        ({"id": "x"}, "no field 'text'"),
        ({"text": None}, "the field 'text' is null, not a string"),
        ({"text": 5}, "the field 'text' is a number, not a string"),
        ({"text": " \n"}, "empty, no text to read"),
        ({"text": "Talks.", "published": "2016-02-30"}, "impossible publication date '2016-02-30'"),
        ({"text": "Talks.", "published": "2016-01-15T25:00"}, "impossible publication date '2016-01-15T25:00'"),
        ({"text": "Talks.", "published": "soon"}, "publication date 'soon' is not of the form YYYY-MM-DD"),
        ({"text": "Talks.", "published": 2016}, "the field 'published' is a number, not a string"),
        ({"text": "Talks.", "id": ["x"]}, "the field 'id' is a list, not a string"),
        ({"text": "half \ud83d a dove"}, "half a surrogate pair at character 5"),
        ({"format": "standoff-ledger/9", "document": {}}, "a ledger of the format 'standoff-ledger/9'"),
        ([], "an empty list, no record to read"),
        ("talks", "not a record but a string"),
    ],
)
def test_a_bad_record_is_refused(content: object, cause: str) -> None:
    with pytest.raises(InputError) as caught:
        read_bytes(json.dumps(content).encode(), "x.json")
    assert str(caught.value).startswith(f"x.json: {cause}")


def test_broken_json_is_named_with_its_place() -> None:
    with pytest.raises(InputError) as caught:
        read_bytes(b'{\n "text": }', "x.json")
    assert str(caught.value) == "x.json: no valid JSON: Expecting value, line 2, column 10"
    with pytest.raises(InputError, match=r"^x\.json: no JSON that can be read"):
        read_bytes(b"[" * 200_000, "x.json")


def test_json_without_a_suffix_is_known_by_its_form() -> None:
    one, two = json.dumps(RECORD), '{"text": "Two."}'
    assert [report.id for report in read_bytes(one.encode(), "stdin")] == ["r1"]
    assert [report.id for report in read_bytes(f"{one}\n{two}\n".encode(), "stdin")] == ["r1", "stdin-2"]
    assert read_bytes(b"{sic} The talks went on.", "stdin")[0].text == "{sic} The talks went on."


def test_a_time_of_day_leaves_the_day(only_error: Callable[..., str]) -> None:
    record = {"text": "Talks.", "published": "2016-01-15T23:30:00-05:00"}
    assert read_bytes(json.dumps(record).encode(), "x.json")[0].published == "2016-01-15"
