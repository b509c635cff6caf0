"""The tables of a case as a folder of Parquet files with a data dictionary, out and in; needs the extra `parquet`."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from standoff.case.exchange.coded import Carried
from standoff.case.exchange.csv_files import DICTIONARY, dictionary, mark_of
from standoff.case.exchange.files import read_file
from standoff.case.exchange.made import Made
from standoff.case.exchange.packages import needed
from standoff.case.exchange.table_columns import TABLES
from standoff.case.exchange.tables import Cell, Table, from_tables, tables
from standoff.case.store import Case
from standoff.errors import InputError


def write_parquet(case: Case) -> Made:
    """The folder: a file for each table, each column with its meaning in the file's schema; and the dictionary."""
    made = tables(case)
    files = {f"{table.name}.parquet": _parquet(table) for table in made}
    files[DICTIONARY] = dictionary(made)
    return Made(files, {table.name: len(table.rows) for table in made})


def _parquet(table: Table) -> bytes:
    pyarrow: Any = needed("pyarrow", "parquet")
    writer: Any = needed("pyarrow.parquet", "parquet")
    kinds = {
        "text": pyarrow.string(), "integer": pyarrow.int64(), "number": pyarrow.float64(), "yes/no": pyarrow.bool_(),
    }  # fmt: skip
    schema = pyarrow.schema(
        [pyarrow.field(c.name, kinds[c.kind], metadata={"meaning": c.about}) for c in table.columns],
        metadata={"meaning": f"A row is {table.about}."},
    )
    columns = [pyarrow.array([row[number] for row in table.rows], field.type) for number, field in enumerate(schema)]
    stream = io.BytesIO()
    writer.write_table(pyarrow.Table.from_arrays(columns, schema=schema), stream)
    return stream.getvalue()


def read_parquet(path: Path) -> Carried:
    """What a folder of Parquet files carries. Raises InputError, naming the file."""
    if not path.is_dir():
        raise InputError(f"{path}: no folder of Parquet files")
    found = {name: _rows(path / f"{name}.parquet") for name in TABLES if (path / f"{name}.parquet").exists()}
    return from_tables(found, mark_of(path), lambda table: str(path / f"{table}.parquet"))


def _rows(path: Path) -> list[Mapping[str, Cell]]:
    pyarrow: Any = needed("pyarrow", "parquet")
    reader: Any = needed("pyarrow.parquet", "parquet")
    try:
        rows: list[Mapping[str, Cell]] = reader.read_table(pyarrow.BufferReader(read_file(path))).to_pylist()
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise InputError(f"{path}: no Parquet, or damaged ({' '.join(str(error).split())[:200]})") from error
    return rows
