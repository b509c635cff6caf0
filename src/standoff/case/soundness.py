"""An open case goes in; a list of what is wrong with its file comes out, empty if it is sound."""

import sqlite3

from standoff.case.store import Case
from standoff.errors import CaseError


def check(case: Case) -> list[str]:
    """What is wrong with the file: SQLite's integrity check, foreign keys, spans outside of texts. Empty: nothing."""
    faults: list[str] = []
    for what, find in (("pages", _pages), ("references", _references), ("spans", _spans)):
        found: list[str] = []
        try:
            with case.looking() as connection:
                found = find(connection)
        except CaseError as error:  # damaged so that SQLite cannot even go through
            found = found or [f"{what} cannot be gone through: {error.__cause__}"]
        faults += found
    return faults


def _pages(connection: sqlite3.Connection) -> list[str]:
    return [" ".join(row[0].split()) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]


def _references(connection: sqlite3.Connection) -> list[str]:
    return [
        f"table {table}, row {row}: refers to nothing in {parent}"
        for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check")
    ]


def _spans(connection: sqlite3.Connection) -> list[str]:
    lengths = {report: len(text) for report, text in connection.execute("SELECT id, text FROM report")}
    return [
        f"entry e{number}: its span is not inside the text of {report}"
        for number, report, start, end in connection.execute('SELECT id, report, start, "end" FROM entry')
        if report in lengths and not 0 <= start <= end <= lengths[report]
    ]
