"""A `.dna` file that was taken into a case goes in; what of it still holds comes out again as it was.

The tables are kept in the case as JSON, without the documents' texts, which the case has. An entry that was made of a
statement and says what it said then goes out as that statement, with all variables, colours and attributes.
"""

import hashlib
import json
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from standoff.case.exchange.coded import Carried, Coded
from standoff.case.exchange.dna import DnaFile
from standoff.case.exchange.dna_schema import TABLES
from standoff.case.exchange.dna_text import NOTE, DnaText
from standoff.case.snapshot import Snapshot
from standoff.case.store import Action, Case

SUBJECT = "dna:"
"""Facts on the case with such a subject are files that were taken in; none is a setting."""

OF_STATEMENTS = {"DATABOOLEAN": 1, "DATAINTEGER": 1, "DATASHORTTEXT": 1, "DATALONGTEXT": 1, "STATEMENTS": 0}
"""Tables with a row for each statement, and in which column its ID is."""

TEXT = list(TABLES["DOCUMENTS"]).index("Text")
DOCUMENT = list(TABLES["STATEMENTS"]).index("DocumentId")


@dataclass(frozen=True, slots=True)
class Kept:
    """One file. reports: document → report of the case; entries: statement → entry, and what it said then."""

    tables: dict[str, list[list[Any]]]
    reports: dict[str, str]
    entries: dict[str, tuple[str, str]]

    def standing(self, file: Carried) -> set[str]:
        """The entries of the case that still say what their statements said."""
        now = {entry.id: digest(entry) for entry in file.entries}
        return {entry for entry, then in self.entries.values() if now.get(entry) == then}

    def rows(self, state: Snapshot, standing: Container[str]) -> dict[str, list[list[Any]]]:
        """The tables: documents that are in the case, and of their statements those whose entries stand as they were,
        and those that were never made entries."""
        there = {int(id_): report for id_, report in self.reports.items() if report in state.source_by_id}
        gone = {int(id_) for id_, (entry, _) in self.entries.items() if entry not in standing}
        gone |= {int(row[0]) for row in self.tables["STATEMENTS"] if int(row[DOCUMENT]) not in there}
        found = {name: [list(row) for row in rows] for name, rows in self.tables.items()}
        ours = {int(row[3]) for row in self.tables["VARIABLES"] if row[1] == NOTE}  # these are written anew
        gone |= {int(row[0]) for row in self.tables["STATEMENTS"] if int(row[1]) in ours}
        for name, column in OF_STATEMENTS.items():
            found[name] = [row for row in found[name] if int(row[column]) not in gone]
        found["DOCUMENTS"] = [row for row in found["DOCUMENTS"] if int(row[0]) in there]
        for row in found["DOCUMENTS"]:
            row[TEXT] = DnaText(state.source_by_id[there[int(row[0])]].report.text).text
        return found


def tables_text(file: DnaFile) -> str:
    """The tables as JSON, without the documents' texts."""
    rows: dict[str, list[list[Any]]] = {}
    for name in TABLES:
        table = file[name].astype(object)
        rows[name] = table.where(pd.notna(table), None).to_numpy(object).tolist()
    for row in rows["DOCUMENTS"]:
        row[TEXT] = ""
    return json.dumps({name: [[_plain(value) for value in row] for row in table] for name, table in rows.items()})


def _plain(value: Any) -> Any:
    """A number as JSON has it: a column with gaps is of floats in pandas."""
    if hasattr(value, "item"):
        value = value.item()
    return int(value) if isinstance(value, float) and value.is_integer() else value


def keep(action: Action, file: Carried, reports: Mapping[str, str], entries: Mapping[str, Coded]) -> None:
    """Record a file with an import. reports: of the file → of the case; entries: of the file → of the case."""
    links = {
        "reports": {document: reports[report] for document, report in file.documents.items() if report in reports},
        "entries": {
            id_.removeprefix(SUBJECT): [entry.id, digest(entry)]
            for id_, entry in entries.items()
            if id_.startswith(SUBJECT)
        },
    }
    action.fact("case", f"{SUBJECT}{file.name}", "tables", file.whole)
    action.fact("case", f"{SUBJECT}{file.name}", "links", json.dumps(links, ensure_ascii=False))


def kept_of(case: Case) -> list[Kept]:
    """The files that were taken in, by name."""
    with case.looking() as connection:
        rows = connection.execute(
            "SELECT subject, field, value FROM current WHERE kind = 'case' AND subject LIKE 'dna:%' ORDER BY subject"
        ).fetchall()
    found: dict[str, dict[str, Any]] = {}
    for subject, field, value in rows:
        found.setdefault(subject, {})[field] = json.loads(value)
    return [
        Kept(one["tables"], one["links"]["reports"], {k: (v[0], v[1]) for k, v in one["links"]["entries"].items()})
        for one in found.values()
    ]


def digest(entry: Coded) -> str:
    """What an entry says, in short."""
    said = [entry.kind, entry.report, entry.evidence, sorted(entry.pieces.items()), sorted(entry.values.items())]
    return hashlib.sha256(json.dumps(said, ensure_ascii=True).encode()).hexdigest()[:20]
