"""One case file: a path goes in, an open `Case` comes out, safe between threads, failing in plain words.

Reading goes through `Case.looking`, writing through `Case.action`: one transaction, one action in the log.
"""

import contextlib
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from standoff.case.founding import found
from standoff.case.schema import APPLICATION_ID, MIGRATIONS, migrate
from standoff.errors import CaseError

Value = TypeVar("Value")

HEADER = 100
"""Bytes of the header of a SQLite file."""

PATIENCE = 5.0
"""Seconds that a writer waits for another one before it says so."""

DAMAGED = "the file is damaged; restore a backup (`standoff case check` lists what is wrong)"

MACHINE = "machine"
"""The name of the machine among the coders."""


@dataclass(frozen=True, slots=True)
class Action:
    """One step in the record, open for what belongs to it."""

    id: int
    connection: sqlite3.Connection

    def fact(self, kind: str, subject: str, field: str, value: str | None) -> None:
        """Record that a field of a subject has a value from now on."""
        self.connection.execute(
            "INSERT INTO fact (action, kind, subject, field, value) VALUES (?, ?, ?, ?, ?)",
            (self.id, kind, subject, field, value),
        )

    def insert(self, table: str, **values: object) -> int:
        """Add a row that belongs to this action; its number."""
        names = ["action", *values]
        marks = ", ".join("?" * len(names))
        quoted = ", ".join(f'"{name}"' for name in names)
        cursor = self.connection.execute(
            f"INSERT INTO {table} ({quoted}) VALUES ({marks})", (self.id, *values.values())
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid


class Case:
    """An open case file. Threads may share it: one of them is in the file at a time."""

    def __init__(self, path: Path, connection: sqlite3.Connection, writable: bool) -> None:
        self.path = path
        self.writable = writable
        self._connection = connection
        self._lock = threading.RLock()
        self._depth = 0
        self._mode = ""
        self._sound = False
        self._kept: tuple[object, object] = (None, None)

    def __enter__(self) -> "Case":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. What was recorded is on disk already."""
        with self._lock:
            self._connection.close()

    @contextlib.contextmanager
    def looking(self) -> Iterator[sqlite3.Connection]:
        """A connection on which everything is read from one moment, whatever others write meanwhile."""
        with self._lock, plain_errors(self.path):
            yield from self._transaction("BEGIN")

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection in a transaction of writing: all of it is stored, or nothing.

        Raises CaseError if the file is read-only, full, damaged, or written by another program all the while.
        """
        if not self.writable:
            raise CaseError(f"{self.path}: the file or its folder is read-only, nothing can be recorded")
        with self._lock, plain_errors(self.path):
            yield from self._transaction("BEGIN IMMEDIATE")

    def is_sound(self) -> bool:
        """Whether SQLite finds every page in order; once it has, the answer is remembered.

        It is asked before the first step is recorded. Whoever cannot wait then asks beforehand. Raises CaseError if the
        file cannot be looked through at all.
        """
        with self._lock, plain_errors(self.path):
            if not self._sound:
                (found,) = self._connection.execute("PRAGMA quick_check(1)").fetchone()
                self._sound = found == "ok"
            return self._sound

    def _refuse_damaged(self) -> None:
        """Raise CaseError if a page is damaged: a step would else be written into a damaged file whenever it happens to
        need sound pages only."""
        if not self.is_sound():
            raise CaseError(f"{self.path}: {DAMAGED}")

    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        if self._depth:
            if begin != "BEGIN" and self._mode == "BEGIN":
                raise RuntimeError("writing inside of reading")
            yield self._connection
            return
        self._connection.execute(begin)
        self._mode = begin
        self._depth = 1
        try:
            if begin != "BEGIN":
                self._refuse_damaged()
            yield self._connection
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        finally:
            self._depth = 0

    @contextlib.contextmanager
    def action(
        self, by: str, verb: str, about: str = "", why: str = "", part_of: int | None = None
    ) -> Iterator[Action]:
        """One action of a person (or MACHINE): what is recorded in the block is stored as a whole, or not at all."""
        if not by.strip():
            raise CaseError("who decides this? a name is missing")
        with self.writing() as connection:
            cursor = connection.execute(
                "INSERT INTO action (at, by, verb, about, why, part_of) VALUES (?, ?, ?, ?, ?, ?)",
                (now(), by.strip(), verb, about, why, part_of),
            )
            assert cursor.lastrowid is not None
            yield Action(cursor.lastrowid, connection)

    def resume(self, action: int) -> contextlib.AbstractContextManager[Action]:
        """A further transaction of an action that was begun before."""
        return self._resume(action)

    @contextlib.contextmanager
    def _resume(self, action: int) -> Iterator[Action]:
        with self.writing() as connection:
            yield Action(action, connection)

    def unchanged(self, what: str, make: Callable[[sqlite3.Connection], Value]) -> Value:
        """What `make` reads out of the case; the same object again as long as nothing was written by anybody.

        what: names `make`. Only the last value is kept. Within an action nothing is kept, for that may be rolled back.
        """
        with self.looking() as connection:
            if self._mode != "BEGIN":
                return make(connection)
            foreign = connection.execute("PRAGMA data_version").fetchone()[0]
            key = (what, foreign, connection.total_changes)
            if self._kept[0] != key:
                self._kept = (key, make(connection))
            return self._kept[1]  # type: ignore[return-value]

    def version(self) -> int:
        """The number of the last action: as long as it stays the same, so does everything else."""
        with self.looking() as connection:
            number: int = connection.execute("SELECT COALESCE(MAX(id), 0) FROM action").fetchone()[0]
            return number

    def setting(self, field: str) -> str | None:
        """A setting of the case (`name`, `about`, …), or None."""
        with self.looking() as connection:
            row = connection.execute(
                "SELECT value FROM current WHERE kind = 'case' AND subject = '' AND field = ?", (field,)
            ).fetchone()
            return None if row is None else row[0]


def now() -> str:
    """The time in UTC, to the second, as ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def create(path: str | Path, name: str = "", about: str = "", by: str = "") -> Case:
    """Make a new case file. about: what the negotiation is about, by which the relevance of reports is judged.

    by: who makes it; the user's name where none is given. Raises CaseError if the file exists or cannot be written.
    """
    name = name or Path(path).stem

    def begin(case: Case) -> None:
        with case.action(person(by), "new", name) as action:
            found(action, name, about)

    return build(path, begin)


def build(path: str | Path, fill: Callable[[Case], None]) -> Case:
    """Make a new case file of what `fill` writes into the empty one; the file appears with all of it, or not at all.

    Raises CaseError if the file exists or cannot be written.
    """
    path = Path(path)
    if path.exists():
        raise CaseError(f"{path}: exists already; a case is never overwritten")
    if not path.parent.is_dir():
        raise CaseError(f"{path}: no folder {path.parent}")
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    with plain_errors(path):
        try:
            connection = _connect(partial)
            try:
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                migrate(connection)
                fill(Case(partial, connection, writable=True))
            finally:
                connection.close()
            _put_in_place(partial, path)
        except FileExistsError as error:
            raise CaseError(f"{path}: exists already; a case is never overwritten") from error
        except OSError as error:
            raise CaseError(f"{path}: cannot be made ({error.strerror or error})") from error
        finally:
            for left in (partial, Path(f"{partial}-wal"), Path(f"{partial}-shm"), Path(f"{partial}-journal")):
                left.unlink(missing_ok=True)
    return open(path)


def _put_in_place(partial: Path, target: Path) -> None:
    """Give a finished file its name. Raises FileExistsError if the name was taken meanwhile."""
    try:
        os.link(partial, target)  # unlike a rename, this never overwrites
    except FileExistsError:
        raise
    except OSError:  # a disk without links, such as a memory stick
        if target.exists():
            raise FileExistsError(target) from None
        partial.rename(target)


def open(path: str | Path) -> Case:
    """Open a case file; for reading only where the file or its folder cannot be written.

    Raises CaseError if there is no such file, it is no case, of a newer version, or damaged; the file stays untouched.
    """
    path = Path(path)
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    with plain_errors(path):
        _look_at(path, writable)
        connection = _connect(path) if writable else _connect_to_read(path)
        try:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            _refuse_newer(path, version)
            if version < len(MIGRATIONS) and not writable:
                raise CaseError(f"{path}: a case of version {version} has to be brought up to date, but is read-only")
            migrate(connection)
        except BaseException:
            connection.close()
            raise
    return Case(path, connection, writable)


def _look_at(path: Path, writable: bool) -> None:
    """Raise CaseError unless the file is a database of ours; it is only read.

    SQLite does the reading: to open and close the file past it would drop, by the rules of POSIX, the locks that other
    connections of this program hold on it, and another program could then take away the log that they write to.
    """
    if path.is_dir():
        raise CaseError(f"{path}: a folder, not a case file")
    if not path.exists():
        raise CaseError(f"{path}: no such case file; `standoff case new {path}` makes one")
    if not os.access(path, os.R_OK):
        raise CaseError(f"{path}: cannot be read (no permission)")
    if path.stat().st_size < HEADER:
        raise CaseError(f"{path}: no case file")
    if writable:
        uri = f"{path.resolve().as_uri()}?mode=ro"
        connection = sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None)
    else:
        connection = _connect_to_read(path)
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    finally:
        connection.close()
    if application != APPLICATION_ID:
        raise CaseError(f"{path}: a database, but no case of Standoff")
    _refuse_newer(path, version)


def _refuse_newer(path: Path, version: int) -> None:
    if version > len(MIGRATIONS):
        raise CaseError(
            f"{path}: a case of version {version}, this program reads up to {len(MIGRATIONS)}; update Standoff"
        )


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    # Every commit reaches the disk before it is reported, so that not even a power cut loses what was reported.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _connect_to_read(path: Path) -> sqlite3.Connection:
    """A file in a folder that cannot be written: without a log beside it, it cannot change while it is read."""
    wal = Path(f"{path}-wal")
    immutable = "&immutable=1" if not (wal.exists() and wal.stat().st_size) else ""
    uri = f"{path.resolve().as_uri()}?mode=ro{immutable}"
    return sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False)


@contextlib.contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Say in plain words what SQLite found wrong."""
    try:
        yield
    except sqlite3.Error as error:
        cause = _cause(error)
        if cause is None:
            raise
        raise CaseError(f"{path}: {cause}") from error


def _cause(error: sqlite3.Error) -> str | None:
    """What a person can do something about; None for a fault of the program."""
    primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
    causes = {
        sqlite3.SQLITE_BUSY: f"another program is writing to the case (waited {PATIENCE:.0f} s); try again",
        sqlite3.SQLITE_LOCKED: "another program is writing to the case; try again",
        sqlite3.SQLITE_FULL: "the disk is full; nothing of this step was recorded",
        sqlite3.SQLITE_READONLY: "the file or its folder is read-only; nothing was recorded",
        sqlite3.SQLITE_CORRUPT: DAMAGED,
        sqlite3.SQLITE_NOTADB: "no case file, or its beginning is damaged",
        sqlite3.SQLITE_CANTOPEN: "cannot be opened; is the folder there and writable?",
        sqlite3.SQLITE_IOERR: f"reading or writing the disk failed ({error}); nothing of this step was recorded",
    }
    return causes.get(primary)


def user() -> str:
    """The name under which decisions are recorded unless one is given: STANDOFF_USER, else the login name."""
    import getpass

    return os.environ.get("STANDOFF_USER") or getpass.getuser()


def person(by: str) -> str:
    """The name under which a decision is recorded: as given, else the user's. Raises CaseError for the machine's."""
    name = by.strip() or user()
    if name == MACHINE:
        raise CaseError(f"{MACHINE}: is the name of the machine among the coders; take another one")
    return name


def backup(case: Case, target: str | Path) -> Path:
    """Copy the case to a new file while others go on using it. Raises CaseError if the target exists."""
    target = Path(target)
    if target.exists():
        raise CaseError(f"{target}: exists already; a backup never overwrites")
    partial = target.with_name(f".{target.name}.{os.getpid()}.part")
    with plain_errors(target):
        try:
            copy = sqlite3.connect(partial, isolation_level=None)
            try:
                with case.looking() as connection:
                    connection.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
            finally:
                copy.close()
            _put_in_place(partial, target)
        except FileExistsError as error:
            raise CaseError(f"{target}: exists already; a backup never overwrites") from error
        except OSError as error:
            raise CaseError(f"{target}: cannot be written ({error.strerror or error})") from error
        finally:
            partial.unlink(missing_ok=True)
    return target
