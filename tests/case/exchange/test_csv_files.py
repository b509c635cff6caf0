"""Tables as CSV: everything that stands comes back; rows that people changed or added are their coding."""

import csv
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from standoff.case.exchange.coded import words_on
from standoff.case.exchange.formats import bring, export
from standoff.case.exchange.tables import columns_of, tables
from standoff.case.review import accept, correct
from standoff.case.state import snapshot
from standoff.case.store import Case
from standoff.case.store import open as open_case
from standoff.errors import InputError

AnyCase = Callable[[st.DataObject], AbstractContextManager[Case]]
Telling = Callable[..., list[Any]]


def differing(found: list[Any], wanted: list[Any]) -> list[Any]:
    """What is in one list and not in the other."""
    return [one for one in found if one not in wanted] + [one for one in wanted if one not in found]


def edit(path: Path, change: Callable[[list[dict[str, str]]], object]) -> None:
    """Change a CSV file as a spreadsheet would."""
    rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode(), newline="")))
    change(rows)
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(stream.getvalue().encode())


@settings(max_examples=12, deadline=None, phases=(Phase.generate,))
@given(st.data())
def test_what_stands_comes_back(any_case: AnyCase, telling: Telling, data: st.DataObject) -> None:
    with any_case(data) as case:
        out, copy = case.path.with_name("tables"), case.path.with_name("b.standoff")
        export(case, "csv", out)
        done = bring(copy, "csv", out, by="cleo")
        assert not done.untaken
        with open_case(copy) as again:
            assert differing(telling(again), telling(case)) == []
            assert [s.report.text for s in snapshot(again).sources] == [s.report.text for s in snapshot(case).sources]
            assert bring(copy, "csv", out, by="cleo").action is None  # the same again adds nothing
        back = bring(case.path, "csv", out, by="cleo")
        assert back.action is None and not back.untaken and not back.missing


def test_a_rejection_and_a_moved_piece_are_the_words_of_who_brings_them(port: Case, tmp_path: Path) -> None:
    first, second = snapshot(port).positions
    accept(port, [first.id, second.id], by="ana")
    export(port, "csv", tmp_path / "t")

    def change(rows: list[dict[str, str]]) -> None:
        rows[0] |= {"review": "rejected", "act": "oppose"}
        rows[1] |= {"end": "29", "issue_end": "29", "issue_start": "19"}

    edit(tmp_path / "t/positions.csv", change)
    correct(port, first.id, {"act": "demand"}, by="ana")
    done = bring(port.path, "csv", tmp_path / "t", by="cleo")
    (left,) = snapshot(port).positions
    assert (done.rejected, done.corrected, done.untaken) == ((first.id,), (second.id,), ())
    assert (left.by, left.evidence, left.issue) == ("cleo", (0, 29), (19, 29))
    assert words_on(port)[first.id].coder == "cleo"


def test_what_changed_on_both_sides_is_left_to_a_person(port: Case, tmp_path: Path) -> None:
    entry = snapshot(port).positions[0].id
    export(port, "csv", tmp_path / "t")
    edit(tmp_path / "t/positions.csv", lambda rows: rows[0].update(act="oppose"))
    correct(port, entry, {"act": "support"}, by="ana")
    done = bring(port.path, "csv", tmp_path / "t", by="cleo")
    assert done.action is None and [id_ for id_, why in done.untaken if "otherwise, in the case" in why] == [entry]
    assert snapshot(port).positions[0].act == "support"


def test_every_column_is_in_the_dictionary(port: Case, tmp_path: Path) -> None:
    export(port, "csv", tmp_path / "t")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "t/dictionary.csv").read_bytes().decode(), newline="")))
    for table in tables(port):
        names = [column.name for column in columns_of(table.name)]
        assert len(set(names)) == len(names)
        head = (tmp_path / f"t/{table.name}.csv").read_bytes().decode().split("\r\n")[0].split(",")
        assert head == names == [row["column"] for row in rows if row["table"] == table.name and row["column"]]
        assert all(row["meaning"] for row in rows)


def test_changed_and_new_rows_are_the_coding_of_who_brings_them(port: Case, tmp_path: Path) -> None:
    export(port, "csv", tmp_path / "t")

    def change(rows: list[dict[str, str]]) -> None:
        rows[0] |= {"act": "support", "target": "Port owners"}
        blank = dict.fromkeys(rows[0], "")
        new = blank | {"report": "refusing", "issue_words": "a pay rise", "act": "oppose", "holder": "Holt"}
        rows.append(new | {"words": "Port owners refuse a pay rise", "concept": "pay"})
        rows.append(new | {"words": "no such words"})

    edit(tmp_path / "t/positions.csv", change)
    before = snapshot(port)
    done = bring(port.path, "csv", tmp_path / "t", by="cleo", why="seen in the table")
    after = snapshot(port)
    assert done.corrected == (before.positions[0].id,) and len(done.added) == 1
    assert done.untaken == (("row 5", "the words “no such words” are not in the report"),)
    corrected = next(p for p in after.positions if p.id in done.corrected)
    added = next(p for p in after.positions if p.id in done.added)
    assert (corrected.act, corrected.review, corrected.by) == ("support", "corrected", "cleo")
    assert after.party_by_id[corrected.target or ""].name == "Port owners"
    assert (added.act, added.review, added.by) == ("oppose", "added", "cleo")
    assert after.concept_by_id[added.concept or ""].name == "pay"
    assert after.quote(added.report, added.issue) == "a pay rise"


@pytest.mark.parametrize(
    ("table", "content", "cause"),
    [
        ("reports", b"", "empty"),
        ("reports", b"report\r\nx\r\n", "no column text"),
        ("reports", b'report,text\r\n"x', "no CSV"),
        ("reports", b"report,text\r\nx\r\n", "row 2: 1 cells"),
        ("reports", b"report,text,published\r\nx,y,soon\r\n", "row 2.*'soon' is no date"),
        ("positions", b"\xff\xfe", "not UTF-8"),
    ],
)
def test_what_is_no_such_table_is_refused(port: Case, tmp_path: Path, table: str, content: bytes, cause: str) -> None:
    export(port, "csv", tmp_path / "t")
    (tmp_path / f"t/{table}.csv").write_bytes(content)
    with pytest.raises(InputError, match=cause) as caught:
        bring(tmp_path / "b.standoff", "csv", tmp_path / "t")
    assert f"{table}.csv" in str(caught.value) and not (tmp_path / "b.standoff").exists()


def test_a_folder_without_the_reports_is_refused(port: Case, tmp_path: Path) -> None:
    export(port, "csv", tmp_path / "t")
    (tmp_path / "t/reports.csv").unlink()
    with pytest.raises(InputError, match="missing"):
        bring(tmp_path / "b.standoff", "csv", tmp_path / "t")
