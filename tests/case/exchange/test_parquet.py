"""Parquet: the same tables as CSV, typed, with the meaning of each column in the file."""

from pathlib import Path

import pyarrow.parquet
import pytest

from standoff.case.exchange.formats import bring, export
from standoff.case.exchange.tables import tables
from standoff.case.store import Case
from standoff.errors import InputError, StandoffError


def test_columns_have_types_and_meanings(port: Case, tmp_path: Path) -> None:
    export(port, "parquet", tmp_path / "out")
    kinds = {"text": "string", "integer": "int64", "number": "double", "yes/no": "bool"}
    for table in tables(port):
        found = pyarrow.parquet.read_table(tmp_path / f"out/{table.name}.parquet")
        assert found.num_rows == len(table.rows)
        for column, field in zip(table.columns, found.schema, strict=True):
            assert (field.name, str(field.type)) == (column.name, kinds[column.kind])
            assert field.metadata[b"meaning"].decode() == column.about


@pytest.mark.parametrize("content", [b"", b"PAR1", b"no parquet at all", b"PAR1" + b"\xff" * 100 + b"PAR1"])
def test_what_is_no_parquet_is_refused(port: Case, tmp_path: Path, content: bytes) -> None:
    export(port, "parquet", tmp_path / "out")
    (tmp_path / "out/positions.parquet").write_bytes(content)
    with pytest.raises(InputError, match=r"positions\.parquet: no Parquet") as caught:
        bring(tmp_path / "b.standoff", "parquet", tmp_path / "out", by="cleo")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("form", "module", "extra"), [("parquet", "pyarrow", "parquet"), ("uima", "cassis", "uima")])
def test_a_package_that_is_missing_is_named(
    port: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, module: str, extra: str
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(StandoffError, match=rf"{module} is not installed; pip install standoff\[{extra}\]"):
        export(port, form, tmp_path / "out")
    assert not (tmp_path / "out").exists()
