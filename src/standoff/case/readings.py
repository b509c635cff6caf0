"""A ledger goes in; its actors and entries are recorded as one reading, linked to the parties of the case.

References in a stored body are numbers: of rows of `actor` for parties, of rows of `entry` for statements. A person's
correction names parties by their id in the case (`A3`) instead.
"""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from standoff.case.parties import link_actors
from standoff.case.store import MACHINE, Action, Case
from standoff.errors import CaseError
from standoff.ledger import Ledger, Span

ACTOR_FIELDS = {
    "statement": ("speaker",),
    "position": ("holder", "stated_by", "target"),
    "precondition": ("holder",),
    "meeting": ("participants",),
}
"""The fields of a body that refer to actors."""

CONCEPT_FIELDS = {"position": ("concept",), "precondition": ("requirement_concept", "gate_concept")}
"""The fields of an entry that a concept of the codebook is given to."""

STATEMENT_FIELDS = ("statement", "within")


def model_version() -> str:
    """What reads: the version of Standoff and of its attribution model, for the record."""
    from standoff import __version__
    from standoff.reading.statements.model_file import model_folder

    description = json.loads((model_folder() / "model.json").read_text(encoding="utf-8"))
    return f"standoff {__version__}, attribution {description['sha256']['attribution.onnx'][:12]}"


def record_reading(case: Case, ledger: Ledger, model: str, part_of: int | None = None) -> int:
    """Store what was read in a report of the case; the number of the reading. Earlier readings stay in the record.

    Raises CaseError if the report is not in the case or its text is another one.
    """
    with case.action(MACHINE, "read", ledger.document.id, part_of=part_of) as action:
        row = action.connection.execute("SELECT sha256 FROM report WHERE id = ?", (ledger.document.id,)).fetchone()
        if row is None:
            raise CaseError(f"{ledger.document.id}: no such report in the case")
        if row[0] != ledger.document.sha256:
            raise CaseError(f"{ledger.document.id}: the ledger is of another text than the case has")
        reading = action.insert("reading", report=ledger.document.id, model=model)
        actors = _record_actors(action.connection, reading, ledger)
        link_actors(action, ledger, actors)
        _record_entries(action, reading, ledger, actors)
        return reading


def _record_actors(connection: sqlite3.Connection, reading: int, ledger: Ledger) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for actor in ledger.actors:
        cursor = connection.execute(
            "INSERT INTO actor (reading, local, name, kind, of, wikidata, iso3, mentions) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                reading, actor.id, actor.name, actor.kind, actor.of, actor.wikidata, actor.iso3,
                json.dumps(actor.mentions),
            ),
        )  # fmt: skip
        assert cursor.lastrowid is not None
        numbers[actor.id] = cursor.lastrowid
    return numbers


def _record_entries(action: Action, reading: int, ledger: Ledger, actors: dict[str, int]) -> None:
    connection = action.connection
    first: int = connection.execute("SELECT COALESCE(MAX(id), 0) + 1 FROM entry").fetchone()[0]
    found = list(_entries(ledger))
    statements = {local: number for number, (kind, local, _, _) in enumerate(found, first) if kind == "statement"}
    for number, (kind, local, span, body) in enumerate(found, first):
        for field in ACTOR_FIELDS[kind]:
            value = body[field]
            body[field] = [actors[item] for item in value] if isinstance(value, list | tuple) else actors.get(value)
        for field in STATEMENT_FIELDS:
            if field in body:
                body[field] = statements.get(body[field])
        add_entry(action, number, ledger.document.text, ledger.document.id, kind, span, body, local, reading=reading)


def _entries(ledger: Ledger) -> Iterator[tuple[str, str, Span, dict[str, Any]]]:
    """Kind, id in the ledger, span and body of every entry, in the order of the ledger."""
    for statement in ledger.statements:
        parts = statement.source + statement.cue + statement.content
        if parts:  # an attribution without any words is pinned to nothing
            span = (min(a for a, _ in parts), max(b for _, b in parts))
            yield "statement", statement.id, span, _body(statement, "id", "date")
    for position in ledger.positions:
        yield "position", position.id, position.evidence, _body(position, "id", "evidence", "concept")
    for precondition in ledger.preconditions:
        yield "precondition", precondition.id, precondition.evidence, _body(precondition, "id", "evidence")
    for meeting in ledger.meetings:
        yield "meeting", meeting.id, meeting.evidence, _body(meeting, "id", "evidence")


def _body(entry: Any, *without: str) -> dict[str, Any]:
    return {name: value for name, value in asdict(entry).items() if name not in without}


def add_entry(
    action: Action, number: int, text: str, report: str, kind: str, span: Span, body: dict[str, Any], local: str,
    reading: int | None = None, coder: str = "", blind: bool = False,
) -> None:  # fmt: skip
    """Store one entry under a number that is free."""
    action.insert(
        "entry", id=number, report=report, reading=reading, coder=coder, blind=int(blind), kind=kind, local=local,
        start=span[0], end=span[1], body=json.dumps(body, ensure_ascii=False),
    )  # fmt: skip
    action.connection.execute("INSERT INTO entry_words (rowid, words) VALUES (?, ?)", (number, text[span[0] : span[1]]))
