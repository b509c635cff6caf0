"""A `.dna` file of the Discourse Network Analyzer 3 goes in; what a case can take of it comes out.

Of a statement type with an actor (a variable `organization`, `actor`, `party` or `person`) each statement becomes a
position: concept as it is coded, agreement as support or opposition. Other types stay in the tables, which the case
keeps. Statements that Standoff wrote are read by what they say of themselves.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from standoff.case.exchange.coded import PIECES, Carried, Coded, Place
from standoff.case.exchange.dna import DnaFile, read_dna
from standoff.case.exchange.dna_case import CASE, TYPES, VALUE_TABLES
from standoff.case.exchange.dna_kept import SUBJECT, tables_text
from standoff.case.exchange.dna_text import NOTE, DnaText
from standoff.case.exchange.notes import read_note, rebuilt
from standoff.errors import InputError
from standoff.report import Report

HOLDERS = ("organization", "actor", "party", "person")
"""Names of variables that say whose statement it is, the first that is coded counting."""


def read_dna_case(path: Path) -> Carried:
    """What a `.dna` file carries. Raises InputError as `read_dna`."""
    file = read_dna(path)
    coders = dict(zip(file["CODERS"]["ID"], file["CODERS"]["Name"], strict=True))
    reports: dict[int, Report] = {}
    for row in file["DOCUMENTS"].to_dict("records"):
        report = _report(row)
        if any(report.id == other.id for other in reports.values()):
            report = replace(report, id=f"{report.id} ({row['ID']})")
        reports[int(row["ID"])] = report
    texts = {number: DnaText(report.text) for number, report in reports.items()}
    entries: list[Coded] = []
    untaken: list[tuple[str, str]] = []
    values = _values(file)
    for label in file.statement_types:
        number = file.statement_type(label)
        names = [str(name) for name in file.variables(label)["Variable"]]
        rows = file["STATEMENTS"][file["STATEMENTS"]["StatementTypeId"] == number].to_dict("records")
        if rows and NOTE not in names and not any(name.casefold() in HOLDERS for name in names):
            untaken.append((label, f"no kind of entry: {len(rows)} statements without an actor; the tables are kept"))
            continue
        for row in rows:
            name = f"{SUBJECT}{row['ID']}"
            try:
                coder = str(coders.get(row["Coder"], ""))
                entries.append(_statement(name, row, reports, texts, values.get(int(row["ID"]), {}), coder))
            except InputError as error:
                untaken.append((name, str(error)))
    own = file["SETTINGS"].set_index("Property")["Value"].get(CASE, "")
    ours = all(NOTE in list(file.variables(label)["Variable"]) for label in file.statement_types)
    return Carried(
        tuple(reports.values()), (), (), tuple(entries), str(own), True, tuple(untaken), path.name,
        "" if ours and own else tables_text(file), {str(id_): report.id for id_, report in reports.items()},
    )  # fmt: skip


def _statement(
    name: str, row: Mapping[Any, Any], reports: Mapping[int, Report], texts: Mapping[int, DnaText],
    values: dict[str, Any], coder: str,
) -> Coded:  # fmt: skip
    document = int(row["DocumentId"])
    if document not in reports:
        raise InputError(f"is of document {document}, which is not in the file")
    written = [int(row["Start"]), int(row["Stop"])]
    span = texts[document].back(written[0], written[1])
    if span is None:
        raise InputError(f"{written[0]}-{written[1]} is no piece of its document")
    return _entry(name, reports[document], span, written, values, coder)


def _report(row: Mapping[Any, Any]) -> Report:
    about = read_note(str(row["Notes"]))
    if {"id", "title", "published", "publisher", "url"} <= about.keys():
        return Report.from_json({**about, "text": str(row["Text"])})
    day = datetime.fromtimestamp(int(row["Date"]), UTC).date().isoformat()
    title = str(row["Title"])
    return Report(title or f"document {row['ID']}", str(row["Text"]), title or None, day, str(row["Source"]) or None)


def _values(file: DnaFile) -> dict[int, dict[str, Any]]:
    """Statement → variable → value."""
    entities = dict(zip(file["ENTITIES"]["ID"], file["ENTITIES"]["Value"], strict=True))
    names = dict(zip(file["VARIABLES"]["ID"], file["VARIABLES"]["Variable"], strict=True))
    found: dict[int, dict[str, Any]] = {}
    for form, table in VALUE_TABLES.items():
        for row in file[table].to_dict("records"):
            value = entities.get(row["Entity"], "") if form == "short text" else row["Value"]
            found.setdefault(int(row["StatementId"]), {})[str(names.get(row["VariableId"], ""))] = value
    return found


def _entry(name: str, report: Report, span: Place, written: list[int], values: dict[str, Any], coder: str) -> Coded:
    if NOTE in values:
        data = read_note(str(values[NOTE]))
        kind = next((kind for kind in TYPES if set(n for n, _ in TYPES[kind][1]) <= values.keys()), None)
        if kind is None or "places" not in data:
            raise InputError(f"its variable {NOTE} is not as Standoff wrote it")
        return _own(kind, report, span, written, values, data)
    known = {variable.casefold(): value for variable, value in values.items()}
    holders = [str(known[h]) for h in HOLDERS if known.get(h)]
    if not holders:
        raise InputError("names no actor")
    agreement = known.get("agreement", 1)
    data = {"holder": holders[0], "act": "support" if int(agreement or 0) > 0 else "oppose", "coder": coder}
    if known.get("person") and known["person"] != holders[0]:
        data["stated_by"] = known["person"]
    if known.get("concept"):
        data["concept"] = known["concept"]
    return rebuilt("position", name, report.id, span, {}, data)


def _own(
    kind: str, report: Report, span: Place, written: list[int], values: dict[str, Any], data: dict[str, Any]
) -> Coded:
    """An entry that Standoff wrote; what was changed in the analyzer since overrides the note."""
    shown, places = data.get("shown"), data["places"]
    if not isinstance(shown, dict):
        raise InputError(f"its variable {NOTE} is not as Standoff wrote it")
    changed = {name: value for name, value in values.items() if name != NOTE and value != shown.get(name)}
    fields: dict[str, Callable[[Any], dict[str, Any]]] = {
        "agreement": lambda value: {} if "act" in changed else {"act": "support" if int(value) > 0 else "oppose"},
        "organization": lambda value: {"speaker": value} if kind == "statement" else {"holder": value},
        "person": lambda value: {"speaker": value} if kind == "statement" else {"stated_by": value},
        "requirement": lambda value: {"requirement_concept": value},
        "gate": lambda value: {"gate_concept": value},
    }
    for name, value in changed.items():
        data |= fields[name](value) if name in fields else {name: value}
    try:
        if written == data.get("at_start"):
            span = _pair(places["evidence"])
        pieces = {name: tuple(_pair(part) for part in places.get(name, ())) for name in PIECES[kind]}
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise InputError(f"its variable {NOTE} is not as Standoff wrote it") from error
    return rebuilt(kind, str(data.get("id")), report.id, span, pieces, data)


def _pair(value: Any) -> tuple[int, int]:
    start, end = value
    return int(start), int(end)
