"""Files, folders, globs and standard input, in order; every bad one named, every good one read."""

import io
import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from standoff.errors import InputError
from standoff.ingest import MAX_BYTES, read_bytes, read_sources
from standoff.report import Report

Read = Callable[..., list[Report]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("2016-01-16-z.txt", "a.MD", "b/a.txt", "b/notes.xyz", ".hidden.txt", ".git/c.txt"):
        (tmp_path / name).write_text(f"Talks of {name}.", "utf-8")
    return tmp_path


def test_a_folder_is_read_sorted_with_known_suffixes_only(folder: Path, reports: Read) -> None:
    found = reports(folder)
    assert [(report.id, report.text) for report in found] == [
        ("2016-01-16-z", "Talks of 2016-01-16-z.txt."),
        ("a", "Talks of a.MD."),
        ("a-2", "Talks of b/a.txt."),
    ]
    assert found[0].published == "2016-01-16"


def test_a_glob_matches_files_and_folders_each_once(folder: Path, reports: Read) -> None:
    assert [report.text for report in reports(folder / "*.txt")] == ["Talks of 2016-01-16-z.txt."]
    assert len(reports(folder / "**")) == 4  # a file named by the glob itself may have any suffix


def test_a_file_whose_name_looks_like_a_glob_is_a_file(tmp_path: Path, reports: Read) -> None:
    (tmp_path / "talks[1].txt").write_text("Talks.", "utf-8")
    assert [report.id for report in reports(tmp_path / "talks[1].txt")] == ["talks[1]"]


def test_the_good_files_of_a_call_are_read(folder: Path) -> None:
    (folder / "empty.txt").touch()
    sources = ["missing.txt", "a.MD", "empty.txt", "*.pdf", "b/a.txt"]
    items = list(read_sources([str(folder / source) for source in sources]))
    assert [item.id if isinstance(item, Report) else str(item) for item in items] == [
        f"{folder}/missing.txt: no such file or folder",
        "a",
        f"{folder}/empty.txt: empty, no text to read",
        f"{folder}/*.pdf: no file matches",
        "a-2",
    ]


def test_a_folder_with_nothing_to_read_is_an_error(tmp_path: Path, only_error: Callable[..., str]) -> None:
    (tmp_path / "notes.xyz").write_text("Talks.", "utf-8")
    assert only_error(tmp_path).startswith(f"{tmp_path}: no file in this folder that can be read (.docx .eml")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read(folder: Path, only_error: Callable[..., str]) -> None:
    (folder / "a.MD").chmod(0)
    assert only_error(folder / "a.MD") == f"{folder}/a.MD: cannot be read (Permission denied)"


def test_standard_input(monkeypatch: pytest.MonkeyPatch, reports: Read) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO("Talks.\r\nCafé".encode())))
    assert reports("-") == [Report("stdin", "Talks.\r\nCafé")]


def test_reports_come_as_they_are_asked_for(folder: Path) -> None:
    items = read_sources([str(folder / "a.MD"), str(folder / "late.txt")])
    assert isinstance(next(items), Report)
    (folder / "late.txt").write_text("Late talks.", "utf-8")
    assert isinstance(next(items), Report)


def test_made_up_ids_never_meet_given_ones(tmp_path: Path, reports: Read) -> None:
    (tmp_path / "a.jsonl").write_text(
        "\n".join(f'{{"id": "{i}", "text": "T."}}' for i in ("a", "a-2", "a", "a")), "utf-8"
    )
    assert [report.id for report in reports(tmp_path / "a.jsonl")] == ["a", "a-2", "a-3", "a-4"]


def test_a_given_date_goes_before_all_others(folder: Path, reports: Read) -> None:
    (folder / "bad.md").write_text("---\npublished: 2016-02-30\n---\nTalks.", "utf-8")
    assert {report.published for report in reports(folder, published="2016-01-15")} == {"2016-01-15"}


def test_an_impossible_date_is_one_error(folder: Path, only_error: Callable[..., str]) -> None:
    assert only_error(folder, published="2016-02-30").startswith("published: impossible publication date '2016-02-30'")
    (folder / "2016-02-30-talks.txt").write_text("Talks.", "utf-8")
    assert "impossible publication date" in only_error(folder / "2016-02-30-talks.txt")


def test_a_text_above_the_limit_is_refused_unread(tmp_path: Path, only_error: Callable[..., str]) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)  # sparse: takes no room
    assert only_error(path) == f"{path}: 50,000,000 bytes, the limit is 20,000,000"
    with pytest.raises(InputError, match=r"^huge: 20,000,001 bytes, the limit is 20,000,000"):
        read_bytes(b"a" * (MAX_BYTES + 1), "huge")


def test_standard_input_above_the_limit(monkeypatch: pytest.MonkeyPatch, only_error: Callable[..., str]) -> None:
    monkeypatch.setattr("standoff.ingest.sources.MAX_BYTES", 10)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"more than ten bytes")))
    assert only_error("-") == "stdin: more than 10 bytes, which is the limit"


def test_the_limit_of_json_lines_is_that_of_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("standoff.ingest.sources.MAX_BYTES", 40)
    path = tmp_path / "desk.jsonl"
    path.write_text("\n".join(['{"text": "One."}', f'{{"text": "{"long " * 50}"}}', '{"text": "Two."}']), "utf-8")
    items = list(read_sources([str(path)]))
    assert [item.text if isinstance(item, Report) else str(item) for item in items] == [
        "One.",
        f"{path}:2: more than 40 bytes in one line, which is the limit",
        "Two.",
    ]
