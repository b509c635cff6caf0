"""`.dna` files: written, read again, and refused where they are not what they seem."""

import sqlite3
from pathlib import Path

import pandas as pd
import pytest

from standoff.case.exchange.dna import DnaFile, empty_tables, is_dna, read_dna, write_dna
from standoff.errors import InputError


def written(path: Path) -> DnaFile:
    tables = empty_tables()
    tables["STATEMENTTYPES"] = pd.DataFrame([{"ID": 1, "Label": "Claim", "Red": 9, "Green": 9, "Blue": 9}])
    file = DnaFile(tables, path.name)
    write_dna(file, path)
    return file


def test_a_file_comes_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "talks.dna"
    file = written(path)
    again = read_dna(path)
    assert is_dna(path) and again.statement_types == file.statement_types
    assert {name: len(table) for name, table in again.tables.items()} == {
        name: len(table) for name, table in file.tables.items()
    }
    with pytest.raises(InputError, match="no statement type 'Event'"):
        again.statement_type("Event")


def test_another_version_and_no_database_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "old.dna"
    written(path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE SETTINGS SET Value = '2.0' WHERE Property = 'version'")
    with pytest.raises(InputError, match="2.0"):
        read_dna(path)
    text = tmp_path / "text.dna"
    text.write_text("no database")
    assert not is_dna(text)
    with pytest.raises(InputError, match=r"text\.dna"):
        read_dna(text)
