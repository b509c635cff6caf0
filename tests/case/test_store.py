"""One file: made, opened, guarded, copied. What can go wrong with it is said in one line, and nothing is lost."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from standoff.case import review, store
from standoff.case.schema import MIGRATIONS, RECORDS, migrate
from standoff.case.soundness import check
from standoff.case.state import snapshot
from standoff.case.store import Case, backup, create
from standoff.case.store import open as open_case
from standoff.errors import CaseError
from standoff.report import Report


def test_a_case_keeps_its_name_and_what_it_is_about(tmp_path: Path) -> None:
    create(tmp_path / "a.standoff", "Port", "Wages at the port", by="ana").close()
    with open_case(tmp_path / "a.standoff") as case:
        assert (case.setting("name"), case.setting("about")) == ("Port", "Wages at the port")
        assert check(case) == []


def test_a_case_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.standoff"
    path.write_text("mine")
    with pytest.raises(CaseError, match="exists already"):
        create(path)
    assert path.read_text() == "mine"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.standoff"]


def test_what_is_no_case_is_named_and_left_untouched(tmp_path: Path) -> None:
    text = tmp_path / "letter.txt"
    text.write_text("Dear all,")
    database = tmp_path / "other.db"
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    for path, cause in (
        (tmp_path / "none.standoff", "no such case file"),
        (tmp_path, "a folder"),
        (text, "no case file"),
        (database, "no case of Standoff"),
    ):
        before = path.read_bytes() if path.is_file() else None
        with pytest.raises(CaseError, match=cause):
            open_case(path)
        assert before is None or path.read_bytes() == before
    assert not list(tmp_path.glob("*-wal"))


def test_a_case_of_a_newer_version_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "a.standoff"
    create(path, by="ana").close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(CaseError, match=f"version {len(MIGRATIONS) + 1}.*update Standoff"):
        open_case(path)
    assert path.read_bytes() == before


def test_a_migration_is_done_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "m.db", isolation_level=None)
    good = "CREATE TABLE one (x INTEGER) STRICT;"
    assert migrate(connection, (good,)) == 1
    broken = "CREATE TABLE two (x INTEGER) STRICT;\nCREATE TABLE two (x INTEGER) STRICT;"
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, (good, broken))
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
    assert tables == {"one"} and connection.execute("PRAGMA user_version").fetchone()[0] == 1
    assert migrate(connection, (good, "CREATE TABLE two (x INTEGER) STRICT;")) == 1
    connection.close()


def test_a_case_of_an_older_version_is_brought_up_to_date_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.standoff"
    create(path, "Port", by="ana").close()
    with sqlite3.connect(path) as connection:
        connection.executescript("DROP INDEX entry_action; DROP INDEX review_action; PRAGMA user_version = 1;")
    connection.close()
    with open_case(path) as case:
        assert case.setting("name") == "Port"
        with case.looking() as connection:
            assert connection.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)
            plan = connection.execute("EXPLAIN QUERY PLAN SELECT report FROM entry WHERE action = 1").fetchall()
            assert "entry_action" in str(plan)


def test_tables_are_strict_and_the_record_cannot_be_changed(port: Case) -> None:
    with port.looking() as connection:
        strict = dict(connection.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table'"))
        assert all(strict[table] for table in RECORDS)
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    for table in RECORDS:
        with port.looking() as connection:
            filled = connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
        if filled:
            for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id"):
                with pytest.raises(sqlite3.IntegrityError, match="never changed"), port.writing() as connection:
                    connection.execute(statement)


def test_an_action_that_fails_leaves_nothing(port: Case) -> None:
    before, version = snapshot(port), port.version()
    with pytest.raises(ZeroDivisionError), port.action("ana", "try") as action:
        action.fact("case", "", "name", "other")
        raise ZeroDivisionError
    assert (snapshot(port), port.version()) == (before, version)


def test_two_read_while_one_writes(port: Case) -> None:
    with open_case(port.path) as one, open_case(port.path) as other:
        before = snapshot(one)
        with port.action("ana", "rename case") as action:
            action.fact("case", "", "name", "other")
            assert snapshot(one) == before == snapshot(other)
        assert snapshot(one).name == "other"


def test_a_state_is_kept_until_somebody_writes_and_never_out_of_what_was_rolled_back(port: Case) -> None:
    before = snapshot(port)
    assert snapshot(port) is before
    with pytest.raises(ZeroDivisionError), port.action("ana", "try") as action:
        action.fact("case", "", "name", "mine")
        assert snapshot(port).name == "mine"
        raise ZeroDivisionError
    assert snapshot(port) == before
    with open_case(port.path) as other, other.action("ben", "rename case") as action:
        action.fact("case", "", "name", "his")
    assert snapshot(port).name == "his"


def test_a_second_writer_waits(port: Case) -> None:
    begun, done = threading.Event(), []

    def write() -> None:
        with open_case(port.path) as other:
            begun.set()
            with other.action("ben", "wait") as action:
                done.append(action.id)

    with port.action("ana", "first") as action:
        thread = threading.Thread(target=write)
        thread.start()
        begun.wait()
        assert not done
    thread.join()
    assert done == [action.id + 1]


def test_a_second_writer_is_told_if_it_takes_too_long(port: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "PATIENCE", 0.05)
    with (
        open_case(port.path) as other,
        port.action("ana", "long"),
        pytest.raises(CaseError, match="another program is writing"),
        other.action("ben", "short"),
    ):
        pass


def test_threads_may_share_a_case(port: Case) -> None:
    def work(name: str) -> None:
        for number in range(20):
            with port.action(name, "note") as action:
                action.fact("case", "", f"note {name}", str(number))
            snapshot(port)

    threads = [threading.Thread(target=work, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {snapshot(port).settings[f"note {name}"] for name in "abc"} == {"19"}


def test_a_full_disk_is_told_and_the_case_stays_as_it_was(port: Case) -> None:
    before = snapshot(port)
    with port.looking() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(CaseError, match="disk is full"), port.action("ana", "much") as action:
        action.fact("case", "", "name", "x" * 1_000_000)
    assert snapshot(port) == before and check(port) == []


def test_a_damaged_page_is_told(port: Case) -> None:
    port.close()
    data = bytearray(port.path.read_bytes())
    page = int.from_bytes(data[16:18], "big")
    for start in range(2 * page, len(data) - page, page):
        data[start : start + 200] = b"\xff" * 200
    port.path.write_bytes(bytes(data))
    with pytest.raises(CaseError, match="damaged"), open_case(port.path) as case:
        faults = check(case)
        assert faults  # if SQLite gets through at all, it lists what is wrong
        snapshot(case)
    assert port.path.read_bytes() == bytes(data)


def test_nothing_is_recorded_in_a_damaged_file_though_the_step_needs_sound_pages_only(port: Case) -> None:
    """As an undo does, which reads the log alone; and the check lists the damage where SQLite cannot go through."""
    with port.looking() as connection:
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'report'").fetchone()
    port.close()
    data = bytearray(port.path.read_bytes())
    data[(root - 1) * size : (root - 1) * size + 200] = b"\xff" * 200
    port.path.write_bytes(bytes(data))
    with open_case(port.path) as case:
        with pytest.raises(CaseError, match="damaged"), case.action("ana", "try"):
            raise AssertionError("a step was begun")
        assert check(case) and all("\n" not in fault for fault in check(case))
    assert port.path.read_bytes() == bytes(data)


def test_a_cut_file_is_told(port: Case) -> None:
    port.close()
    port.path.write_bytes(port.path.read_bytes()[: 3 * 4096])
    with pytest.raises(CaseError), open_case(port.path) as case:
        snapshot(case)
        raise AssertionError("a third of the file was read as if it were whole")


READ_ONLY = """
import heapq, os, sys  # heapq: needed later, when this user may not read the interpreter
from standoff.case.store import open as open_case
from standoff.case.state import snapshot
from standoff.errors import CaseError
os.setuid(65534)
with open_case(sys.argv[1]) as case:
    print(len(snapshot(case).positions))
    try:
        with case.action("ana", "try"):
            pass
    except CaseError as error:
        print(error)
"""


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="needs a user who may not write")
def test_a_case_in_a_read_only_folder_can_be_read_but_not_written(port: Case, tmp_path: Path) -> None:
    port.close()
    folder = Path(shutil.copytree(port.path.parent, Path(tempfile.gettempdir()) / f"standoff-{os.getpid()}"))
    try:
        folder.chmod(0o555)
        for file in folder.iterdir():
            file.chmod(0o444)
        done = subprocess.run(
            [sys.executable, "-c", READ_ONLY, str(folder / port.path.name)], capture_output=True, text=True
        )
        assert done.stdout.splitlines()[0] == "2", done.stderr
        assert "read-only" in done.stdout
    finally:
        shutil.rmtree(folder)


def test_a_case_opened_for_reading_refuses_to_write(port: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    port.close()
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    before = port.path.read_bytes()
    with open_case(port.path) as case:
        assert len(snapshot(case).positions) == 2
        with pytest.raises(CaseError, match="read-only"), case.action("ana", "try"):
            pass
    assert port.path.read_bytes() == before


def test_a_backup_is_the_same_case_and_overwrites_nothing(port: Case, tmp_path: Path) -> None:
    copy = backup(port, tmp_path / "copy.standoff")
    with open_case(copy) as other:
        assert snapshot(other) == snapshot(port) and check(other) == []
    with pytest.raises(CaseError, match="exists already"):
        backup(port, copy)


def test_a_backup_may_be_made_while_another_writes(port: Case, tmp_path: Path) -> None:
    with open_case(port.path) as other, port.action("ana", "rename case") as action:
        action.fact("case", "", "name", "other")
        backup(other, tmp_path / "copy.standoff")
    with open_case(tmp_path / "copy.standoff") as copy:
        assert snapshot(copy).name == "Port"


def test_who_decides_must_have_a_name(port: Case) -> None:
    with pytest.raises(CaseError, match="name is missing"), port.action("  ", "try"):
        pass


def test_nobody_decides_in_the_name_of_the_machine(port: Case) -> None:
    with pytest.raises(CaseError, match="name of the machine"):
        review.accept(port, ["e2"], "machine")


KILLED = """
import sys
import tempfile
from standoff.case import readings
from standoff.case.adding import store
from standoff.case.store import open as open_case
from standoff.ledger import Actor, Ledger, Position
from standoff.report import Report
run = sys.argv[2]
with open_case(sys.argv[1]) as case:
    for number in range(10_000):
        text = f"Report {run}.{number}: the union demands a rise."
        report = Report(f"r{run}-{number}", text)
        store(case, [report], "ana")
        ledger = Ledger(report, (Actor("a1", "Union", "union"),), (),
                        (Position("p1", "a1", None, "demand", (0, 6), None, (0, len(text)), by="t"),))
        readings.record_reading(case, ledger, "m")
        print(report.id, flush=True)
"""


def test_killed_at_any_moment_a_case_has_all_that_was_reported_and_nothing_half(tmp_path: Path) -> None:
    path = tmp_path / "k.standoff"
    create(path, by="ana").close()
    told: set[str] = set()
    for run in range(6):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(path), str(run)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        for _ in range(3 + 2 * run):
            told.add(process.stdout.readline().strip())
        process.kill()
        rest, _ = process.communicate()
        told |= set(rest.splitlines()[:-1] if not rest.endswith("\n") else rest.splitlines())
        with open_case(path) as case:
            assert check(case) == []
            state = snapshot(case)
            assert told <= {source.id for source in state.sources}
            read = {position.report for position in state.positions}
            assert told <= read
            with case.looking() as connection:  # every reading has its entries and actors: none is half-written
                halves = connection.execute(
                    "SELECT COUNT(*) FROM reading r WHERE (SELECT COUNT(*) FROM entry WHERE reading = r.id) <> 1 "
                    "OR (SELECT COUNT(*) FROM actor WHERE reading = r.id) <> 1"
                ).fetchone()[0]
            assert halves == 0


def test_hostile_text_comes_back_unchanged(
    case: Case, putting: Callable[..., None], ledger: Callable[..., object]
) -> None:
    text = "Null \x00 byte, emoji 🕊️, Arabic هدنة, quotes '\" and \x01marks\x02."
    putting(case, ledger("odd", text, None, [("X", "other")], (), [("X", "demand", "هدنة")]))
    state = snapshot(case)
    assert state.sources[0].report == Report("odd", text)
    assert state.quote("odd", state.positions[0].issue) == "هدنة"
    assert check(case) == []


def test_two_connections_here_and_another_program_that_comes_and_goes_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "shared.standoff"
    create(path, "Shared", by="ana").close()
    look = "import sys; from standoff.case.store import open; c = open(sys.argv[1]); print(c.version()); c.close()"

    def elsewhere() -> int:
        told = subprocess.run([sys.executable, "-c", look, str(path)], capture_output=True, text=True, check=True)
        return int(told.stdout)

    with open_case(path) as one, open_case(path) as other:
        assert elsewhere() == one.version()  # it is the last to close, as far as it can see
        with one.action("ana", "rename", "something"):
            pass
        assert other.version() == one.version() == elsewhere()


def test_a_case_is_told_from_others_of_its_name_and_its_copy_is_the_same_case(tmp_path: Path) -> None:
    with create(tmp_path / "b.standoff", "Port", by="ana") as other:
        of_other = snapshot(other).identity
    with create(tmp_path / "a.standoff", "Port", by="ana") as one:
        identity = snapshot(one).identity
        assert identity != of_other
        with one.action("ana", "rename case") as action:
            action.fact("case", "", "name", "Harbour")
        assert snapshot(one).identity == identity
        backup(one, tmp_path / "copy.standoff")
    with open_case(tmp_path / "copy.standoff") as copy:
        assert snapshot(copy).identity == identity


def test_a_case_from_before_cases_had_an_id_is_told_by_its_beginning_and_not_written_to(tmp_path: Path) -> None:
    path = tmp_path / "old.standoff"

    def begin(case: Case) -> None:
        with case.action("ana", "new", "Port") as action:
            action.fact("case", "", "name", "Port")

    store.build(path, begin).close()
    before = path.read_bytes()
    with open_case(path) as case:
        first = snapshot(case).identity
    assert path.read_bytes() == before and len(first) == 16
    with open_case(path) as case, case.action("ana", "rename case") as action:
        action.fact("case", "", "name", "Harbour")
    with open_case(path) as case:
        assert snapshot(case).identity == first
