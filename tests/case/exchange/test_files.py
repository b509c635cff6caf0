"""Exports are whole or not there: whatever happens while they are written, and whatever lies there already."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from standoff.case.exchange.files import MANIFEST, read_xml, write_file, write_folder
from standoff.case.exchange.formats import FORMATS, export
from standoff.case.store import Case
from standoff.errors import InputError, StandoffError

KILLED = (0.0, 0.003, 0.008, 0.02, 0.05, 0.12)
"""Seconds after its first word at which a writing process is killed."""

WRITER = """
import sys
from pathlib import Path
from standoff.case.exchange.files import write_file, write_folder
target, kind = Path(sys.argv[1]), sys.argv[2]
content = sys.argv[3].encode() * 200_000
print("go", flush=True)
while True:
    if kind == "file":
        write_file(target, content, True)
    else:
        write_folder(target, {f"{n}.csv": content for n in range(8)}, {}, True)
"""


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_killed_at_any_moment_no_half_of_an_export_is_left(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "out"
    sizes = set()
    for number, wait in enumerate(KILLED):
        word = "ab"[number % 2]
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(target), kind, word],
            stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )  # fmt: skip
        assert writer.stdout is not None and writer.stdout.readline() == b"go\n"
        time.sleep(wait)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        files = [target] if target.is_file() else sorted(target.glob("*.csv"))
        contents = {path.read_bytes() for path in files}
        assert all(len(content) == 200_000 and len(set(content)) == 1 for content in contents)
        if kind == "folder" and target.exists():
            assert len(files) == 8 and len(contents) == 1 and (target / MANIFEST).exists()
        sizes.add(len(files))
    assert sizes & {1, 8}  # at least one of them came to an end


def contents(path: Path) -> dict[str, bytes]:
    """The files of an export."""
    return {one.name: one.read_bytes() for one in (path.iterdir() if path.is_dir() else [path])}


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_what_is_there_is_replaced_only_when_asked(port: Case, tmp_path: Path, form: str) -> None:
    out = tmp_path / "out"
    export(port, form, out)
    with pytest.raises(StandoffError, match="exists already"):
        export(port, form, out)
    before = contents(out)
    export(port, form, out, force=True)
    assert contents(out) == before  # the same case gives the same bytes
    left = [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]
    assert left == []


def test_a_folder_that_holds_anything_else_is_never_replaced(port: Case, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("dear", "utf-8")
    with pytest.raises(StandoffError, match="not a folder that an export made"):
        export(port, "csv", mine, force=True)
    export(port, "csv", tmp_path / "out")
    (tmp_path / "out/letter.txt").write_text("dear", "utf-8")
    with pytest.raises(StandoffError, match=r"holds letter\.txt"):
        export(port, "csv", tmp_path / "out", force=True)
    with pytest.raises(StandoffError, match="a folder; name a file"):
        export(port, "json", mine, force=True)
    with pytest.raises(StandoffError, match="a file; this format is a folder"):
        export(port, "csv", mine / "letter.txt", force=True)
    assert (mine / "letter.txt").read_text("utf-8") == (tmp_path / "out/letter.txt").read_text("utf-8") == "dear"


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(StandoffError, match="no folder"):
        write_file(tmp_path / "no/a", b"", False)
    with pytest.raises(StandoffError, match="cannot be written"):
        write_file(tmp_path / ("a" * 300), b"", True)
    with pytest.raises(StandoffError, match="cannot be written"):
        write_folder(tmp_path / "b", {"no/such": b""}, {}, False)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_format_is_told_with_those_there_are(port: Case, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="xls: no such format; there are json, csv"):
        export(port, "xls", tmp_path / "out")


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE x><x/>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
        b'<!DOCTYPE x SYSTEM "http://example.org/x.dtd"><x/>',
        b"<x>&unknown;</x>",
        b"<x",
        b"",
    ],
)
def test_xml_with_a_document_type_or_entities_is_refused(content: bytes) -> None:
    with pytest.raises(InputError, match=r"a\.xml: no XML that is read"):
        read_xml(content, "a.xml")
