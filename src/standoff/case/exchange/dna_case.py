"""A case goes in; a `.dna` file of the Discourse Network Analyzer 3 comes out. (`dna_reading` is the way back.)

A position is a `DNA Statement` (person, organization, concept, agreement); attributions, preconditions and meetings
have types of their own. What the analyzer has no variable for is one line of JSON in the variable `standoff`. The
tables of a file that was taken in are kept in the case, and what nobody changed goes out again as it was.
"""

from datetime import datetime
from typing import Any

import pandas as pd

from standoff.case.exchange.coded import Carried, Coded, Place, carried
from standoff.case.exchange.dna import DnaFile, dna_bytes, empty_tables
from standoff.case.exchange.dna_kept import Kept, kept_of
from standoff.case.exchange.dna_schema import PERMISSIONS, TABLES
from standoff.case.exchange.dna_text import NOTE, PASSWORD, DnaText, password_hash
from standoff.case.exchange.made import Made
from standoff.case.exchange.notes import note, said
from standoff.case.snapshot import Snapshot
from standoff.case.state import snapshot
from standoff.case.store import Case
from standoff.report import Report

CASE = "standoff-case"
"""The setting that says which case wrote a file, and when."""

LONGEST = 190
"""Characters of a short text, a title, a name."""

AGREEING = ("demand", "commit", "support")
READER = "Standoff"
"""The coder of what the machine read."""

TYPES: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "position": ("DNA Statement", (
        ("person", "short text"), ("organization", "short text"), ("concept", "short text"), ("agreement", "boolean"),
        ("act", "short text"), ("target", "short text"), (NOTE, "long text"))),
    "precondition": ("Precondition", (
        ("organization", "short text"), ("requirement", "short text"), ("gate", "short text"), (NOTE, "long text"))),
    "statement": ("Attribution", (("person", "short text"), ("organization", "short text"), (NOTE, "long text"))),
    "meeting": ("Meeting", (
        ("kind", "short text"), ("status", "short text"), ("place", "short text"), (NOTE, "long text"))),
}  # fmt: skip
"""Kind of entry → label of the statement type, and its variables."""

COLORS = {
    "position": (255, 255, 100), "precondition": (255, 190, 120), "statement": (180, 220, 255),
    "meeting": (190, 240, 190),
}  # fmt: skip
DEFAULTS: dict[str, Any] = {
    "Red": 0, "Green": 0, "Blue": 0, "Refresh": 0, "FontSize": 14, "Password": "", "PopupWidth": 300,
    "ColorByCoder": 0, "PopupDecoration": 0, "PopupAutoComplete": 1, **dict.fromkeys(PERMISSIONS, 1),
}  # fmt: skip
"""What a new row has where nothing is said."""

VALUE_TABLES = {
    "short text": "DATASHORTTEXT", "long text": "DATALONGTEXT", "boolean": "DATABOOLEAN", "integer": "DATAINTEGER",
}  # fmt: skip


def write_dna_case(case: Case) -> Made:
    """The `.dna` file of a case as it stands."""
    with case.looking():
        file, state, kept = carried(case), snapshot(case), kept_of(case)
    writing = _Writing(state, file, kept[0] if len(kept) == 1 else None)
    losses = []
    if len(kept) > 1:
        losses.append(f"{len(kept)} .dna files were taken in: types, colours and settings of them are not carried")
    if writing.cut:
        losses.append(
            f"{writing.cut} names of more than {LONGEST} characters are cut; the variable {NOTE} has them whole"
        )
    if writing.undated:
        losses.append(f"{writing.undated} reports without a date are dated 1970-01-01")
    tables = {name: pd.DataFrame(rows, columns=list(TABLES[name])) for name, rows in writing.rows.items()}
    counts = {"documents": len(tables["DOCUMENTS"]), "statements": len(tables["STATEMENTS"])}
    return Made(dna_bytes(DnaFile(tables, "case")), counts, tuple(losses))


class _Writing:
    """The tables as they fill."""

    def __init__(self, state: Snapshot, file: Carried, kept: Kept | None) -> None:
        self.rows: dict[str, list[list[Any]]] = {n: t.to_numpy(object).tolist() for n, t in empty_tables().items()}
        self.state = state
        self.cut = self.undated = 0
        self.camps = {p.name: state.party_by_id[state.camp(p.id)].name for p in state.parties}
        self.persons = {party.name for party in state.parties if party.kind == "person"}
        self.texts: dict[str, DnaText] = {}
        self.documents: dict[str, int] = {}
        self.types: dict[str, tuple[int, dict[str, tuple[int, str]]]] = {}
        self.entities: dict[tuple[int, str], int] = {}
        self.coders: dict[str, int] = {}
        self.free: dict[str, int] = {}
        done: set[str] = set()
        if kept is not None:
            done = kept.standing(file)
            self.rows = kept.rows(state, done)
            self.documents = {report: int(id_) for id_, report in kept.reports.items() if report in state.source_by_id}
            self.coders = {str(row[1]): int(row[0]) for row in self.rows["CODERS"]}
            self.entities = {(int(row[1]), str(row[2])): int(row[0]) for row in self.rows["ENTITIES"]}
        self.rows["SETTINGS"] = [row for row in self.rows["SETTINGS"] if row[0] != CASE]
        if kept is None or any(entry.id not in done for entry in file.entries):
            self.rows["SETTINGS"].append([CASE, file.case])
        for report in file.reports:
            self.document(report)
        for entry in file.entries:
            if entry.id not in done:
                self.statement(entry)

    def add(self, table: str, **values: Any) -> int:
        """Add a row; its ID."""
        if table not in self.free:
            self.free[table] = max((int(row[0]) for row in self.rows[table]), default=0)
        number = self.free[table] = self.free[table] + 1
        row = DEFAULTS | {"ID": number} | values
        self.rows[table].append([row.get(column) for column in TABLES[table]])
        return number

    def short(self, text: str) -> str:
        if len(text) <= LONGEST:
            return text
        self.cut += 1
        return text[:LONGEST]

    def coder(self, name: str) -> int:
        if name not in self.coders:
            self.coders[name] = self.add("CODERS", Name=self.short(name), Password=password_hash(PASSWORD, name))
        return self.coders[name]

    def document(self, report: Report) -> None:
        text = self.texts[report.id] = DnaText(report.text)
        if report.id in self.documents:
            return
        self.undated += report.published is None
        day = datetime.fromisoformat(f"{report.published or '1970-01-01'}T00:00:00+00:00")
        about = {"id": report.id, "title": report.title, "published": report.published, "publisher": report.publisher,
                 "url": report.url}  # fmt: skip
        self.documents[report.id] = self.add(
            "DOCUMENTS", Title=self.short(report.title or report.id), Text=text.text, Coder=self.coder(READER),
            Author="", Source=self.short(report.publisher or ""), Section="", Notes=note(about), Type="",
            Date=int(day.timestamp()),
        )  # fmt: skip

    def type_(self, kind: str) -> tuple[int, dict[str, tuple[int, str]]]:
        if kind not in self.types:
            label, variables = TYPES[kind]
            types = {str(row[1]): int(row[0]) for row in self.rows["STATEMENTTYPES"]}
            if label in types:
                label = f"Standoff {kind}"
            if label in types:
                there = {str(r[1]): (int(r[0]), str(r[2])) for r in self.rows["VARIABLES"] if int(r[3]) == types[label]}
                self.types[kind] = types[label], there
                return self.types[kind]
            red, green, blue = COLORS[kind]
            number = self.add("STATEMENTTYPES", Label=label, Red=red, Green=green, Blue=blue)
            made = {
                name: (self.add("VARIABLES", Variable=name, DataType=form, StatementTypeId=number), form)
                for name, form in variables
            }
            self.types[kind] = number, made
        return self.types[kind]

    def entity(self, variable: int, value: str) -> int:
        value = self.short(value)
        if (variable, value) not in self.entities:
            self.entities[variable, value] = self.add("ENTITIES", VariableId=variable, Value=value)
        return self.entities[variable, value]

    def statement(self, entry: Coded) -> None:
        text = self.texts[entry.report]
        start, stop = text.there(_span(entry.evidence))
        number, variables = self.type_(entry.kind)
        if stop <= start:  # nothing but half of a line end
            stop = start + 1
        id_ = self.add(
            "STATEMENTS", StatementTypeId=number, DocumentId=self.documents[entry.report], Start=start, Stop=stop,
            Coder=self.coder(entry.coder or READER),
        )  # fmt: skip
        shown = self.shown(entry)
        exact: dict[str, Any] = {n: [text.plain(_span(p)) for p in parts] for n, parts in entry.pieces.items()}
        exact["evidence"] = text.plain(_span(entry.evidence))
        shown[NOTE] = note({**said(entry), "shown": shown.copy(), "at_start": [start, stop], "places": exact})
        for name, (variable, form) in variables.items():
            value = shown.get(name, "")
            values = {"StatementId": id_, "VariableId": variable}
            if form == "short text":
                self.add("DATASHORTTEXT", **values, Entity=self.entity(variable, str(value)))
            else:
                self.add(VALUE_TABLES[form], **values, Value=value)

    def shown(self, entry: Coded) -> dict[str, Any]:
        """The values that the analyzer makes networks of."""
        if entry.kind == "meeting":
            return {name: entry.text(name) for name in ("kind", "status", "place")}
        holder = entry.text("speaker" if entry.kind == "statement" else "holder")
        speaker = entry.text("stated_by") if entry.text("stated_by") in self.persons else ""
        camp = self.camps.get(holder, holder)
        person = holder if holder in self.persons else speaker
        shown: dict[str, Any] = {"organization": "" if camp in self.persons else camp, "person": person}
        if entry.kind == "position":
            shown |= {"concept": entry.text("concept"), "agreement": int(entry.text("act") in AGREEING)}
            shown |= {"act": entry.text("act"), "target": entry.text("target")}
        if entry.kind == "precondition":
            del shown["person"]
            shown["organization"] = holder
            shown |= {"requirement": entry.text("requirement_concept"), "gate": entry.text("gate_concept")}
        return {name: self.short(value) if isinstance(value, str) else value for name, value in shown.items()}


def _span(place: Place) -> tuple[int, int]:
    assert isinstance(place, tuple)
    return place
