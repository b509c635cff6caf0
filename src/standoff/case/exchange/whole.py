"""Everything in a case as JSON `standoff-case/1`, out and in: the whole record, from which a new case is made.

`record` holds the tables of the file as they are, every reading, review and undone step included; `state` says what
holds now, for readers of the JSON: it is made from the record, and not read again.
"""

import base64
import json
import sqlite3
from dataclasses import asdict
from pathlib import Path
from typing import Any

from standoff.case.exchange.files import read_json
from standoff.case.exchange.made import Made
from standoff.case.schema import RECORD_VERSION, RECORDS
from standoff.case.soundness import check as faults_of
from standoff.case.state import snapshot
from standoff.case.store import Case, build
from standoff.errors import CaseError, InputError

FORMAT = "standoff-case/1"
TABLES = (*RECORDS, "trace", "meaning")
"""All tables that hold anything; the search index is made from them."""

DAMAGE = (
    sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError, ArithmeticError, AttributeError,
    LookupError, TypeError, ValueError,
)  # fmt: skip
"""What goes wrong with a record that somebody changed. A full disk is none of these, and is told as such."""


def write_whole(case: Case) -> Made:
    """The JSON of a case, in UTF-8."""
    with case.looking() as connection:
        record = {table: _rows(connection, table) for table in TABLES}
        state = asdict(snapshot(case))
    for source in state["sources"]:
        del source["report"]["text"]  # is in the record
    data = {"format": FORMAT, "version": RECORD_VERSION, "state": state, "record": record}
    counts = {table: len(content["rows"]) for table, content in record.items()}
    return Made((json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode(), counts)


def _rows(connection: sqlite3.Connection, table: str) -> dict[str, Any]:
    cursor = connection.execute(f"SELECT * FROM {table} ORDER BY rowid")
    columns = [column[0] for column in cursor.description]
    return {"columns": columns, "rows": [[_out(value) for value in row] for row in cursor]}


def _out(value: Any) -> Any:
    return {"base64": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def _in(value: Any) -> Any:
    return base64.b64decode(value["base64"], validate=True) if isinstance(value, dict) else value


def read_whole(path: Path, target: Path) -> Case:
    """Make the case file `target` from a JSON file, with all of its record; the open case.

    Raises InputError if the file is no JSON, of another format or version, or damaged; CaseError if `target` exists.
    """
    data = read_json(path)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        found = data.get("format") if isinstance(data, dict) else None
        raise InputError(f"{path}: no {FORMAT}: format is {found!r}")
    if data.get("version") != RECORD_VERSION:
        raise InputError(
            f"{path}: the record of a case of version {data.get('version')!r}; this program reads {RECORD_VERSION}"
        )
    record = data.get("record")
    if not isinstance(record, dict) or sorted(record) != sorted(TABLES):
        raise InputError(f"{path}: damaged: the record must have the tables {', '.join(TABLES)}")
    if target.exists():
        raise CaseError(f"{target}: exists already; JSON of everything makes a new case, name a new file")

    def fill(case: Case) -> None:
        try:
            with case.writing() as connection:
                connection.execute("PRAGMA defer_foreign_keys = ON")
                for table in TABLES:
                    _insert(connection, table, record[table])
                _index(connection)
            snapshot(case)
        except DAMAGE as error:
            raise InputError(f"{path}: damaged: its record makes no case ({error})") from error
        faults = faults_of(case)
        if faults:
            raise InputError(f"{path}: damaged: {faults[0]}")

    return build(target, fill)


def _index(connection: sqlite3.Connection) -> None:
    """The words of entries are searched in an index of their own; that of reports fills itself."""
    texts = dict(connection.execute("SELECT id, text FROM report"))
    entries = connection.execute('SELECT id, report, start, "end" FROM entry').fetchall()
    connection.executemany(
        "INSERT INTO entry_words (rowid, words) VALUES (?, ?)",
        [(number, texts[report][start:end]) for number, report, start, end in entries],
    )


def _insert(connection: sqlite3.Connection, table: str, content: Any) -> None:
    there = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    columns = content["columns"]
    if sorted(columns) != sorted(there):
        raise ValueError(f"table {table} has the columns {', '.join(there)}")
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" for _ in columns)
    rows = [[_in(value) for value in row] for row in content["rows"]]
    connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
