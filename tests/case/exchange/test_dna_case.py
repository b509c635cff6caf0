"""`.dna` files: a coded file becomes a case and goes out again as it was; a case becomes coded statements."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from standoff.case.exchange.dna import DnaFile, empty_tables, read_dna, write_dna
from standoff.case.exchange.dna_text import DnaText
from standoff.case.exchange.formats import bring, export
from standoff.case.review import correct
from standoff.case.state import snapshot
from standoff.case.store import Case
from standoff.case.store import open as open_case
from standoff.ledger import Ledger

TEXT = "Wind 🌬️ parks, said Energy Forum, save the coast.\n«لا», said Lea Holt of the fishers."


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(rows))


def foreign(path: Path) -> DnaFile:
    """A file as a person codes one in DNA: two statement types, colours, an attribute, a half-filled variable."""
    tables = empty_tables()
    blank = {c: 0 for c in tables["CODERS"].columns}
    admin = blank | {"ID": 1, "Name": "Admin", "Password": "x", "Red": 9}
    tables["CODERS"] = frame(admin, blank | {"ID": 4, "Name": "Dora", "Password": ""})
    tables["DOCUMENTS"] = frame(
        {"ID": 7, "Title": "Coast", "Text": TEXT, "Coder": 4, "Author": "A. Writer", "Source": "Coast Post",
         "Section": "2", "Notes": "from the archive", "Type": "news", "Date": 1_462_190_400}
    )  # fmt: skip
    color = {"Red": 1, "Green": 2, "Blue": 3}
    tables["STATEMENTTYPES"] = frame(
        {"ID": 1, "Label": "DNA Statement", **color}, {"ID": 3, "Label": "Annotation", **color}
    )
    tables["VARIABLES"] = frame(
        {"ID": 1, "Variable": "person", "DataType": "short text", "StatementTypeId": 1},
        {"ID": 2, "Variable": "organization", "DataType": "short text", "StatementTypeId": 1},
        {"ID": 3, "Variable": "concept", "DataType": "short text", "StatementTypeId": 1},
        {"ID": 4, "Variable": "agreement", "DataType": "boolean", "StatementTypeId": 1},
        {"ID": 9, "Variable": "note", "DataType": "long text", "StatementTypeId": 3},
    )
    values = [(1, ""), (1, "Lea Holt"), (2, "Energy Forum"), (2, "Fishers"), (3, "wind parks")]
    tables["ENTITIES"] = frame(
        *({"ID": n, "VariableId": v, "Value": text, **color, "ChildOf": None} for n, (v, text) in enumerate(values, 11))
    )
    forum, fishers = TEXT.index("Wind"), TEXT.index("«لا»")
    spans = [DnaText(TEXT).there((forum, TEXT.index("\n"))), DnaText(TEXT).there((fishers, len(TEXT)))]
    tables["STATEMENTS"] = frame(
        *({"ID": n, "StatementTypeId": t, "DocumentId": 7, "Start": a, "Stop": b, "Coder": 4}
          for n, t, (a, b) in ((2, 1, spans[0]), (5, 1, spans[1]), (6, 3, spans[1])))
    )  # fmt: skip
    tables["DATASHORTTEXT"] = frame(
        *({"ID": n, "StatementId": s, "VariableId": v, "Entity": e}
          for n, (s, v, e) in enumerate([(2, 1, 11), (2, 2, 13), (2, 3, 15), (5, 1, 12), (5, 2, 14), (5, 3, 15)], 1))
    )  # fmt: skip
    tables["DATABOOLEAN"] = frame(
        {"ID": 1, "StatementId": 2, "VariableId": 4, "Value": 1},
        {"ID": 2, "StatementId": 5, "VariableId": 4, "Value": 0},
    )
    tables["DATALONGTEXT"] = frame({"ID": 1, "StatementId": 6, "VariableId": 9, "Value": "strong word"})
    tables["REGEXES"] = frame({"Label": "coast", **color})
    tables["ATTRIBUTEVARIABLES"] = frame({"ID": 1, "VariableId": 2, "AttributeVariable": "type"})
    tables["ATTRIBUTEVALUES"] = frame({"ID": 1, "EntityId": 13, "AttributeVariableId": 1, "AttributeValue": "firm"})
    file = DnaFile(tables, path.name)
    write_dna(file, path)
    return file


def rows(file: DnaFile) -> dict[str, list[tuple[Any, ...]]]:
    """All tables as plain rows."""
    return {
        name: [tuple(None if pd.isna(v) else v for v in row) for row in table.itertuples(index=False)]
        for name, table in file.tables.items()
    }


def test_a_coded_file_becomes_a_case_and_goes_out_as_it_was(tmp_path: Path) -> None:
    foreign(tmp_path / "coast.dna")
    done = bring(tmp_path / "coast.standoff", "dna", tmp_path / "coast.dna", by="cleo")
    assert len(done.added) == 2 and [name for name, _ in done.untaken] == ["Annotation"]
    with open_case(tmp_path / "coast.standoff") as case:
        state = snapshot(case)
        assert state.sources[0].report.published == "2016-05-02"
        told = [
            (state.party_by_id[p.holder].name, p.act, state.concept_by_id[p.concept or ""].name, p.by,
             state.quote(p.report, p.evidence))
            for p in state.positions
        ]  # fmt: skip
        assert told == [
            ("Energy Forum", "support", "wind parks", "Dora", "Wind 🌬️ parks, said Energy Forum, save the coast."),
            ("Fishers", "oppose", "wind parks", "Dora", "«لا», said Lea Holt of the fishers."),
        ]
        export(case, "dna", tmp_path / "again.dna")
    assert rows(read_dna(tmp_path / "again.dna")) == rows(read_dna(tmp_path / "coast.dna"))


def test_what_was_corrected_goes_out_corrected_and_the_rest_as_it_was(tmp_path: Path) -> None:
    foreign(tmp_path / "coast.dna")
    done = bring(tmp_path / "coast.standoff", "dna", tmp_path / "coast.dna", by="cleo")
    with open_case(tmp_path / "coast.standoff") as case:
        correct(case, done.added[1], {"act": "demand"}, by="cleo")
        export(case, "dna", tmp_path / "again.dna")
    before, after = rows(read_dna(tmp_path / "coast.dna")), rows(read_dna(tmp_path / "again.dna"))
    assert after["DOCUMENTS"] == before["DOCUMENTS"] and after["ATTRIBUTEVALUES"] == before["ATTRIBUTEVALUES"]
    assert [row[0] for row in after["STATEMENTS"]][:2] == [2, 6] and len(after["STATEMENTS"]) == 3
    again = bring(tmp_path / "b.standoff", "dna", tmp_path / "again.dna", by="cleo")
    with open_case(tmp_path / "b.standoff") as case:
        assert [p.act for p in snapshot(case).positions] == ["support", "demand"] and len(again.added) == 2


def test_positions_are_statements_of_dnas_own_kind(
    case: Case, ledger: Callable[..., Ledger], putting: Callable[..., None], tmp_path: Path
) -> None:
    from standoff.analysis.networks.coded import from_dna

    text = "🌬️ Parks?\r\nThe fishers refuse the parks."
    putting(
        case, ledger("sea", text, "2016-05-02", [("Fishers", "union")], positions=[("Fishers", "refuse", "the parks")])
    )
    export(case, "dna", tmp_path / "sea.dna")
    file = read_dna(tmp_path / "sea.dna")
    frame = from_dna(file, "DNA Statement").to_pandas()
    assert frame[["organization", "agreement", "act"]].to_numpy().tolist() == [["Fishers", 0, "refuse"]]
    assert file["DOCUMENTS"]["Text"][0] == text.replace("\r\n", "\n")
    start, stop = file["STATEMENTS"][["Start", "Stop"]].iloc[0]
    units = file["DOCUMENTS"]["Text"][0].encode("utf-16-le")
    assert (start, stop) == (0, len(units) // 2) == (0, len(text))  # one unit more for the emoji, one less for CR LF


def test_what_was_changed_in_dna_is_a_correction(port: Case, tmp_path: Path) -> None:
    export(port, "dna", tmp_path / "port.dna")
    file = read_dna(tmp_path / "port.dna")
    file["DATABOOLEAN"]["Value"] = 1 - file["DATABOOLEAN"]["Value"]
    write_dna(file, tmp_path / "port.dna")
    before = snapshot(port)
    done = bring(port.path, "dna", tmp_path / "port.dna", by="cleo")
    after = snapshot(port)
    assert set(done.corrected) == {p.id for p in before.positions} and not done.added
    assert [p.act for p in before.positions] == ["demand", "refuse"]
    assert [p.act for p in after.positions] == ["oppose", "support"]


@pytest.mark.parametrize("table", ["STATEMENTS", "DOCUMENTS"])
def test_a_file_with_a_hole_is_told(port: Case, tmp_path: Path, table: str) -> None:
    import sqlite3

    foreign(tmp_path / "coast.dna")
    with sqlite3.connect(tmp_path / "coast.dna") as connection:
        connection.execute(f"DELETE FROM {table} WHERE ID IN (2, 7)")
        connection.execute("UPDATE STATEMENTS SET Stop = 10000")
    done = bring(tmp_path / "b.standoff", "dna", tmp_path / "coast.dna", by="cleo")
    causes = " ".join(why for _, why in done.untaken)
    assert ("is of document 7" in causes) == (table == "DOCUMENTS") and not done.added
