"""`standoff read` as a person calls it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

TEXT = (
    "Peace talks on a truce deal are due to open in Geneva on February 12.\n\n"
    "France urged Turkey to reopen the border. “We will not attend the talks until Russia stops the air strikes,” "
    "Turkish Foreign Minister Mevlut Cavusoglu said on Tuesday.\n"
)


def standoff(*arguments: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from standoff.cli.main import main; main()", *arguments]
    return subprocess.run(command, input=text, capture_output=True, text=True, encoding="utf-8")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "2016-02-10-border.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_person_gets_sections_within_eighty_columns(report: Path) -> None:
    done = standoff("read", str(report))
    assert done.returncode == 0, done.stderr
    for title in ("Who said what", "Positions by party", "Preconditions", "Meetings"):
        assert title in done.stdout
    assert "demands of Turkey" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_json_is_the_same_byte_for_byte_and_its_offsets_quote_the_file(report: Path) -> None:
    first, second = standoff("read", "--json", str(report)), standoff("read", "--json", str(report))
    assert first.stdout == second.stdout
    ledger = json.loads(first.stdout)
    assert ledger["document"]["text"] == TEXT
    assert ledger["document"]["published"] == "2016-02-10"
    start, end = ledger["positions"][0]["issue"]
    assert TEXT[start:end].strip()


def test_standard_input_and_out_folder(tmp_path: Path) -> None:
    done = standoff("read", "-", "--published", "2016-02-10", "--out", str(tmp_path / "ledgers"), text=TEXT)
    assert done.returncode == 0, done.stderr
    assert [path.name for path in (tmp_path / "ledgers").iterdir()] == ["stdin.json"]


def test_a_bad_file_among_good_ones_is_named_and_the_good_are_read(report: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    done = standoff("read", str(empty), str(report), str(tmp_path / "missing.txt"), "--out", str(tmp_path / "out"))
    assert done.returncode == 1
    lines = [line for line in done.stderr.splitlines() if line.startswith("standoff: ")]
    assert len(lines) == 2 and "empty.txt" in lines[0] and "missing.txt" in lines[1]
    assert (tmp_path / "out" / "2016-02-10-border.json").exists()


def test_an_impossible_date_is_one_line(report: Path) -> None:
    done = standoff("read", str(report), "--published", "2016-02-31")
    assert done.returncode == 1
    assert done.stderr.startswith("standoff: --published: '2016-02-31' is no date")
    assert "Traceback" not in done.stderr


def test_help_loads_no_language_model() -> None:
    code = (
        "import sys; from standoff.cli.main import standoff\n"
        "standoff.main(['--help'], standalone_mode=False)\n"
        "assert not {'spacy', 'onnxruntime', 'numpy', 'yaml'} & set(sys.modules), sys.modules.keys()"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0
