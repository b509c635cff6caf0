"""The tables of a case as a folder of CSV files with a data dictionary, out and in.

RFC 4180 in UTF-8: commas, quotes doubled, CR LF between rows; inside of a cell everything is as it was.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from standoff.case.exchange.coded import Carried
from standoff.case.exchange.files import MANIFEST, read_json, read_text
from standoff.case.exchange.made import Made
from standoff.case.exchange.table_columns import TABLES
from standoff.case.exchange.tables import Cell, Table, from_tables, tables
from standoff.case.store import Case
from standoff.errors import InputError

DICTIONARY = "dictionary.csv"
LONGEST_CELL = 2**27
"""Characters of a cell that are read: the module's own limit is shorter than some reports."""


def write_csv(case: Case) -> Made:
    """The folder: a file for each table, and the dictionary."""
    made = tables(case)
    files = {f"{table.name}.csv": _csv([c.name for c in table.columns], table.rows) for table in made}
    files[DICTIONARY] = dictionary(made)
    return Made(files, {table.name: len(table.rows) for table in made})


def dictionary(made: tuple[Table, ...]) -> bytes:
    """What each column of each table means, as CSV."""
    rows: list[tuple[Cell, ...]] = []
    for table in made:
        rows.append((table.name, "", "", f"A row is {table.about}."))
        rows += [(table.name, column.name, column.kind, column.about) for column in table.columns]
    return _csv(["table", "column", "kind", "meaning"], rows)


def _csv(head: list[str], rows: Sequence[tuple[Cell, ...]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return stream.getvalue().encode("utf-8")


def _cell(value: Cell) -> Cell:
    return ("yes" if value else "no") if isinstance(value, bool) else value


def read_csv(path: Path) -> Carried:
    """What a folder of CSV files carries. Raises InputError, naming the file."""
    if not path.is_dir():
        raise InputError(f"{path}: no folder of CSV files")
    found = {name: _rows(path / f"{name}.csv") for name in TABLES if (path / f"{name}.csv").exists()}
    return from_tables(found, mark_of(path), lambda table: str(path / f"{table}.csv"))


def mark_of(path: Path) -> str:
    """The mark of the case that wrote a folder; "" if no case did."""
    if not (path / MANIFEST).exists():
        return ""
    manifest = read_json(path / MANIFEST)
    return str(manifest.get("case", "")) if isinstance(manifest, dict) else ""


def _rows(path: Path) -> list[Mapping[str, Cell]]:
    text = read_text(path).removeprefix("\ufeff")
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise InputError(f"{path}: no CSV with commas and doubled quotes ({error})") from error
    finally:
        csv.field_size_limit(before)
    if not rows:
        raise InputError(f"{path}: empty")
    head = rows[0]
    for number, row in enumerate(rows[1:], 2):
        if len(row) != len(head):
            raise InputError(f"{path}, row {number}: {len(row)} cells under {len(head)} columns")
    return [dict(zip(head, row, strict=True)) for row in rows[1:]]
