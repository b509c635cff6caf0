"""`.dna` files of the Discourse Network Analyzer 3: a file in, its tables out, and the same the other way.

A `DnaFile` holds the tables as they are; nothing of the file is lost on the way through. The format: a SQLite
database whose SETTINGS say `version` 3.x. A statement has no date of its own: it happened when its document did.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from standoff.case.exchange.dna_schema import OPTIONAL, TABLES, VERSIONS, WRITTEN_VERSION, create_sql
from standoff.errors import InputError

SQLITE_MAGIC = b"SQLite format 3\x00"


@dataclass(frozen=True, eq=False)
class DnaFile:
    """All tables of a `.dna` file by name; each a DataFrame with the columns of `dna_schema.TABLES`.

    Equal only to itself. The tables are not meant to be changed: what is made of them is kept.
    """

    tables: Mapping[str, pd.DataFrame]
    name: str = ""

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.tables[table]

    @property
    def statement_types(self) -> list[str]:
        """Labels of the statement types, in order of their ids."""
        return [str(label) for label in self["STATEMENTTYPES"].sort_values("ID")["Label"]]

    def statement_type(self, label: str) -> int:
        """Id of a statement type. Raises InputError, naming those there are, if there is none of that label."""
        types = self["STATEMENTTYPES"]
        found = types.loc[types["Label"] == label, "ID"]
        if found.empty:
            raise InputError(f"{self.name}: no statement type {label!r}; there are: {', '.join(self.statement_types)}")
        return int(found.iloc[0])

    def variables(self, statement_type: str) -> pd.DataFrame:
        """Variables of a statement type: ID, Variable, DataType, in order of their ids."""
        table = self["VARIABLES"]
        mine = table[table["StatementTypeId"] == self.statement_type(statement_type)]
        return mine.sort_values("ID")[["ID", "Variable", "DataType"]].reset_index(drop=True)


def is_dna(path: Path) -> bool:
    """Whether a file is an SQLite database with the tables that only a `.dna` file has."""
    try:
        with path.open("rb") as file:
            if file.read(len(SQLITE_MAGIC)) != SQLITE_MAGIC:
                return False
        return {"SETTINGS", "STATEMENTTYPES", "DATASHORTTEXT"} <= _table_names(path)
    except (OSError, sqlite3.DatabaseError):
        return False


def read_dna(path: Path) -> DnaFile:
    """Read a `.dna` file of version 3.

    Raises InputError for a file that is missing, no database, of another version, or with tables or columns missing.
    """
    if not path.is_file():
        raise InputError(f"{path}: no such file")
    try:
        names = _table_names(path)
        if "SETTINGS" not in names:
            raise InputError(f"{path}: no .dna file (no table SETTINGS)")
        with contextlib.closing(_open(path)) as connection:
            _check_version(connection, path)
            tables = {table: _read_table(connection, path, table, table in names) for table in TABLES}
    except sqlite3.DatabaseError as error:
        raise InputError(f"{path}: no .dna file ({error})") from error
    return DnaFile(tables, path.name)


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)


def _table_names(path: Path) -> set[str]:
    with contextlib.closing(_open(path)) as connection:
        return {str(name) for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def _check_version(connection: sqlite3.Connection, path: Path) -> None:
    row = connection.execute("SELECT Value FROM SETTINGS WHERE Property = 'version'").fetchone()
    if row is None:
        raise InputError(f"{path}: SETTINGS name no version; only .dna files of version 3 are read")
    if not str(row[0]).startswith(VERSIONS):
        raise InputError(f"{path}: .dna version {row[0]}; only version 3 is read (open it in DNA 3 to convert it)")


def _read_table(connection: sqlite3.Connection, path: Path, table: str, there: bool) -> pd.DataFrame:
    wanted = list(TABLES[table])
    if not there:
        if table in OPTIONAL:
            return pd.DataFrame(columns=wanted)
        raise InputError(f"{path}: broken .dna file: table {table} is missing")
    columns = [str(row[1]) for row in connection.execute(f"PRAGMA table_info({table})")]
    if missing := [name for name in wanted if name not in columns]:
        raise InputError(f"{path}: broken .dna file: table {table} has no column {missing[0]}")
    rows = connection.execute(f"SELECT {', '.join(wanted)} FROM {table}").fetchall()
    return pd.DataFrame(rows, columns=wanted, dtype=None if rows else object)


def write_dna(file: DnaFile, path: Path) -> None:
    """Write a `.dna` file that DNA 3 opens; the file appears whole or not at all.

    Raises InputError if the tables break the format (two values for one variable of a statement, a reference to
    nothing, a label of more than 190 characters).
    """
    handle, draft = tempfile.mkstemp(suffix=".dna", dir=path.parent)
    os.close(handle)
    try:
        with contextlib.closing(sqlite3.connect(draft)) as connection, connection:
            _fill(connection, file, str(path))
        os.replace(draft, path)
    finally:
        Path(draft).unlink(missing_ok=True)


def dna_bytes(file: DnaFile) -> bytes:
    """The bytes of a `.dna` file that DNA 3 opens. Raises InputError as `write_dna`."""
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        with connection:
            _fill(connection, file, file.name)
        return connection.serialize()


def _fill(connection: sqlite3.Connection, file: DnaFile, where: str) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA defer_foreign_keys = ON")
    try:
        for table, columns in TABLES.items():
            connection.execute(create_sql(table))
            rows = _plain_rows(file.tables[table], list(columns))
            marks = ", ".join("?" for _ in columns)
            connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.IntegrityError as error:
        raise InputError(f"{where}: cannot be written as .dna: {error}") from error
    if broken is not None:
        raise InputError(f"{where}: row {broken[1]} of {broken[0]} refers to no row of {broken[2]}")


def _plain_rows(table: pd.DataFrame, columns: Sequence[str]) -> list[tuple[Any, ...]]:
    """Rows as SQLite takes them: whole numbers as int (a column with gaps is float in pandas), gaps as NULL."""
    plain = []
    for name in columns:
        column = [None if pd.isna(value) else value for value in table[name].tolist()]
        plain.append([int(v) if isinstance(v, float) and v.is_integer() else v for v in column])
    return list(zip(*plain, strict=True))


def empty_tables() -> dict[str, pd.DataFrame]:
    """The tables of a new file, all empty but for the version: fill them and pass them to `DnaFile`."""
    tables = {table: pd.DataFrame(columns=list(columns)) for table, columns in TABLES.items()}
    tables["SETTINGS"] = pd.DataFrame({"Property": ["version"], "Value": [WRITTEN_VERSION]})
    return tables
