"""A case goes in; its tables come out, each column described; and tables of that form are read as what they carry.

Offsets count code points of the report's text, half-open. A piece that may be in several parts is written as
`120-156 170-180`.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from standoff.case.anchoring import Selector
from standoff.case.exchange.coded import CONCEPTS, PARTIES, PIECES, VALUES, Carried, Coded, Place, carried, party_names
from standoff.case.exchange.table_columns import COLUMNS, SHARED, TABLES
from standoff.case.snapshot import Concept, Party
from standoff.case.state import snapshot
from standoff.case.store import Case
from standoff.errors import InputError
from standoff.ledger import Span
from standoff.report import Report

Cell = str | int | float | bool | None
TABLE_OF = {"statement": "statements", "position": "positions", "precondition": "preconditions", "meeting": "sightings"}
PARTS = re.compile(r"\d+-\d+(?: \d+-\d+)*")
JOINT = "; "
"""Between several names in one cell."""

COLUMN_NAME = {"start": "begins", "end": "ends"}
"""Of values whose own names are those of the evidence's offsets."""

GAP = " … "
"""Between the words of several parts."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. kind: `text`, `integer`, `number` or `yes/no`; about: its meaning, with its unit."""

    name: str
    kind: str
    about: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name, what a row is, its columns, its rows."""

    name: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def columns_of(table: str) -> tuple[Column, ...]:
    """The columns of a table, in order."""
    kind = next((kind for kind, name in TABLE_OF.items() if name == table), None)
    if kind is None:
        return tuple(Column(*column) for column in COLUMNS[table])
    found = [Column(*column) for column in SHARED[:6]]
    for name, several in PIECES[kind].items():
        if several:
            found.append(Column(name, "text", f"where the {name} is: code points, `start-end`, parts by spaces"))
        else:
            found.append(Column(f"{name}_start", "integer", f"first code point of the {name}"))
            found.append(Column(f"{name}_end", "integer", f"code point after the last of the {name}"))
        found.append(Column(f"{name}_words", "text", f"the words of the {name}"))
    known = {column[0]: column for column in COLUMNS["values"]}
    for name in VALUES[kind]:
        found.append(Column(*known[f"{kind}.{name}" if f"{kind}.{name}" in known else name]))
        found[-1] = Column(COLUMN_NAME.get(name, name), found[-1].kind, found[-1].about)
        if name in PARTIES or name in CONCEPTS:
            found.append(Column(f"{name}_id", "text", f"id of the {name.replace('_', ' ')} in the case"))
    return (*found, *(Column(*column) for column in SHARED[6:]))


def tables(case: Case) -> tuple[Table, ...]:
    """All tables of a case as it stands."""
    with case.looking():
        state, file = snapshot(case), carried(case)
    texts = {report.id: report.text for report in file.reports}
    dates = {report.id: report.published for report in file.reports}
    called = party_names(file.parties)
    ids = {name: id_ for id_, name in called.items()} | {("C", c.name): c.id for c in reversed(file.concepts)}
    rows: dict[str, list[tuple[Cell, ...]]] = {name: [] for name in TABLES}
    for source in state.sources:
        r = source.report
        rows["reports"].append(
            (r.id, r.title, r.published, r.publisher, r.url, source.relevance, source.relevant, source.cluster,
             source.added, r.sha256, r.text)
        )  # fmt: skip
    for party in state.parties:
        where = JOINT.join(dict.fromkeys(report for report, _ in party.members))
        rows["parties"].append(
            (party.id, called[party.id], party.kind, party.of, called.get(party.of or ""), party.wikidata, party.iso3,
             where)
        )  # fmt: skip
    for concept in state.concepts:
        rows["concepts"].append((concept.id, concept.name, concept.description, JOINT.join(concept.contradicts)))
    for gathering in state.meetings:
        last = gathering.latest
        who = JOINT.join(called[party] for party in last.participants)
        rows["meetings"].append(
            (gathering.id, last.kind, last.status, last.start, last.end, last.place, who, len(gathering.sightings),
             last.id)
        )  # fmt: skip
    for entry in file.entries:
        rows[TABLE_OF[entry.kind]].append(tuple(_cells(entry, texts[entry.report], dates[entry.report], ids)))
    return tuple(Table(name, about, columns_of(name), tuple(rows[name])) for name, about in TABLES.items())


def _cells(entry: Coded, text: str, date: str | None, ids: Mapping[Any, str]) -> Iterator[Cell]:
    start, end = _span(entry.evidence)
    yield from (entry.id, entry.report, date, start, end, text[start:end])
    for name, several in PIECES[entry.kind].items():
        parts = [_span(part) for part in entry.pieces[name]]
        if several:
            yield " ".join(f"{a}-{b}" for a, b in parts)
        else:
            yield from parts[0]
        yield GAP.join(text[a:b] for a, b in parts)
    for name in VALUES[entry.kind]:
        value = entry.values.get(name)
        if name in ("latitude", "longitude"):
            yield None if value is None else float(entry.text(name))
            continue
        these: tuple[str, ...] = (value,) if isinstance(value, str) else value or ()
        yield JOINT.join(these) or None
        if name in CONCEPTS:
            yield JOINT.join(ids["C", one] for one in these) or None
        elif name in PARTIES:
            yield JOINT.join(ids[one] for one in these) or None
    yield from (entry.review, entry.coder or None, entry.by or None, entry.confidence)
    yield from (entry.at or None, entry.why or None)


def _span(place: Place) -> Span:
    assert not isinstance(place, Selector)
    return place


Rows = Sequence[Mapping[str, Cell]]


def from_tables(found: Mapping[str, Rows], case: str, where: Callable[[str], str]) -> Carried:
    """What tables carry. case: the mark of the case that wrote them; where: table → the file, for error messages.

    Raises InputError if there are no reports, or a column is missing that is needed.
    """
    if "reports" not in found:
        raise InputError(f"{where('reports')}: missing; without the reports' texts nothing has a place")
    reports = []
    for number, row in enumerate(found["reports"], 2):
        _need(row, ("report", "text"), where("reports"))
        title, published, publisher, url = (_said(row, n) for n in ("title", "published", "publisher", "url"))
        try:
            reports.append(Report(str(row["report"]), str(row["text"] or ""), title, published, publisher, url))
        except InputError as error:
            raise InputError(f"{where('reports')}, row {number}: {error}") from error
    parties = []
    for row in found.get("parties", ()):
        _need(row, ("party", "name"), where("parties"))
        parties.append(
            Party(str(row["party"]), str(row["name"] or ""), str(row.get("kind") or "other"), _said(row, "of"), (),
                  _said(row, "wikidata"), _said(row, "iso3"))
        )  # fmt: skip
    concepts = []
    for row in found.get("concepts", ()):
        _need(row, ("concept", "name"), where("concepts"))
        others = tuple(filter(None, str(row.get("contradicts") or "").split(JOINT)))
        concepts.append(Concept(str(row["concept"]), str(row["name"] or ""), str(row.get("description") or ""), others))
    named = {party.id: party.name for party in parties}
    entries: list[Coded] = []
    untaken: list[tuple[str, str]] = []
    for kind, table in TABLE_OF.items():
        for number, row in enumerate(found.get(table, ()), 2):
            _need(row, ("entry", "report", "start", "end"), where(table))
            try:
                entries.append(_entry(kind, row, named, number))
            except (InputError, ValueError) as error:
                untaken.append((str(row["entry"] or f"{table} row {number}"), str(error)))
    return Carried(tuple(reports), tuple(parties), tuple(concepts), tuple(entries), case, True, tuple(untaken))


def _entry(kind: str, row: Mapping[str, Cell], named: Mapping[str, str], number: int) -> Coded:
    pieces: dict[str, tuple[Place, ...]] = {}
    for name, several in PIECES[kind].items():
        if several:
            parts = str(row.get(name) or "").strip()
            if parts and not PARTS.fullmatch(parts):
                raise InputError(f"{name}: {parts!r} is no list of offsets like 120-156 170-180")
            pieces[name] = tuple((int(a), int(b)) for a, _, b in (part.partition("-") for part in parts.split()))
        else:
            pieces[name] = (_place(row, f"{name}_start", f"{name}_end", f"{name}_words"),)
    values: dict[str, str | tuple[str, ...]] = {}
    for name in VALUES[kind]:
        said = _said(row, COLUMN_NAME.get(name, name))
        if said is None:
            continue
        ids = (_said(row, f"{name}_id") or "").split(JOINT)
        if name == "participants":
            known = tuple(named.get(id_, "") for id_ in ids)
            values[name] = known if JOINT.join(known) == said else tuple(filter(None, said.split(JOINT)))
        else:
            values[name] = said
    sure = _said(row, "confidence")
    return Coded(
        _said(row, "entry") or f"row {number}", kind, str(row["report"]), _place(row, "start", "end", "words"), pieces,
        values, _said(row, "review") or "added", _said(row, "coder") or "", _said(row, "by") or "",
        None if sure is None else float(sure),
    )  # fmt: skip


def _place(row: Mapping[str, Cell], start: str, end: str, words: str) -> Place:
    """Offsets; or, where somebody wrote only words into a row, these."""
    if _said(row, start) is None and _said(row, end) is None:
        if not _said(row, words):
            raise InputError(f"neither {start} and {end} nor {words}")
        return Selector(-1, str(row[words]), "", "")
    try:
        return int(str(row.get(start))), int(str(row.get(end)))
    except ValueError as error:
        raise InputError(f"{start}, {end}: no whole numbers") from error


def _said(row: Mapping[str, Cell], name: str) -> str | None:
    value = row.get(name)
    return None if value is None or value == "" else str(value)


def _need(row: Mapping[str, Cell], names: Sequence[str], where: str) -> None:
    for name in names:
        if name not in row:
            raise InputError(f"{where}: no column {name}")
