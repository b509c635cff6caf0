"""A case and a coder go in; what he entered blind, and nothing of the machine or of others, comes out.

A blind coding is a coder's alone: the state of the case (`standoff.case.state`) does not show it until it is adopted.
"""

import json
import sqlite3
from dataclasses import dataclass

from standoff.actors import KnownActor
from standoff.case.adding import known_actors
from standoff.case.snapshot import Party, Snapshot, Source
from standoff.case.standing import Facts, Row, facts_at
from standoff.case.state import Builder, sources
from standoff.case.store import Case


@dataclass(frozen=True, slots=True)
class Task:
    """A report that a coder may code. entries: how many he entered blind; done: `blind`, `open` or empty."""

    source: Source
    entries: int
    done: str


def blind_state(case: Case, coder: str, known: tuple[Source, ...] | None = None) -> Snapshot:
    """All reports with what one coder entered blind, and the parties that he named. Concepts and meetings have none.

    known: the reports of the case, if they are at hand.
    """
    with case.looking() as connection:
        facts = facts_at(connection, which="kind IN ('case', 'party')")
        rows = blind_rows(connection, coder)
        builder = Builder(connection, facts, rows)
        found = sources(case) if known is None else known
        entries = builder.entries({source.id: source.report.published for source in found})
        return Snapshot(
            name=facts["case"].get("", {}).get("name", ""),
            sources=found,
            parties=_parties(connection, facts, builder.referenced()),
            statements=tuple(entries["statement"]),  # type: ignore[arg-type]
            positions=tuple(entries["position"]),  # type: ignore[arg-type]
            preconditions=tuple(entries["precondition"]),  # type: ignore[arg-type]
            meetings=builder.gatherings(entries["meeting"]),
        )


def blind_rows(connection: sqlite3.Connection, coder: str) -> list[Row]:
    """The entries that a coder entered blind, as he left them, in reports that are in the case."""
    said = {
        number: (verdict, json.loads(patch))
        for number, verdict, patch, _ in connection.execute(
            "SELECT r.entry, r.verdict, r.patch, MAX(r.id) FROM review r JOIN live ON live.id = r.action "
            "WHERE r.coder = ? AND r.blind = 1 GROUP BY r.entry",
            (coder,),
        )
    }
    rows = []
    for number, report, kind, start, end, body in connection.execute(
        'SELECT e.id, e.report, e.kind, e.start, e."end", e.body FROM entry e JOIN live ON live.id = e.action '
        "JOIN current i ON i.kind = 'report' AND i.subject = e.report AND i.field = 'in' AND i.value = '1' "
        "WHERE e.coder = ? AND e.blind = 1 AND e.reading IS NULL ORDER BY e.id",
        (coder,),
    ):
        verdict, patch = said.get(number, ("", {}))
        if verdict == "rejected":
            continue
        content = json.loads(body) | (patch if verdict != "open" else {})
        span = tuple(content.pop("evidence", (start, end)))
        rows.append(Row(number, report, kind, (span[0], span[1]), content, "added", coder))
    return rows


def _parties(connection: sqlite3.Connection, facts: Facts, wanted: set[str]) -> tuple[Party, ...]:
    found = []
    for number, name, kind in connection.execute("SELECT id, name, kind FROM party ORDER BY id"):
        id_ = f"A{number}"
        if id_ in wanted:
            said = facts["party"].get(id_, {})
            found.append(Party(id_, said.get("name") or name, said.get("kind") or kind))
    return tuple(found)


def names_for(case: Case, own: Snapshot) -> list[str]:
    """Names that a blind coder may be offered: those he used (`own`, his `blind_state`), and those named beforehand for
    the whole case."""
    known: tuple[KnownActor, ...] = known_actors(case)
    names = {party.name for party in own.parties} | {actor.name for actor in known}
    return sorted(names, key=str.casefold)


def tasks(case: Case, coder: str, known: tuple[Source, ...] | None = None) -> list[Task]:
    """The reports that count, in order, with how far the coder is. known: the reports of the case, if at hand."""
    with case.looking() as connection:
        counts: dict[str, int] = {}
        for row in blind_rows(connection, coder):
            counts[row.report] = counts.get(row.report, 0) + 1
        done = dict(
            connection.execute(
                "SELECT subject, value FROM current WHERE kind = 'report' AND field = ?", (f"done:{coder}",)
            ).fetchall()
        )
        found = [source for source in (sources(case) if known is None else known) if source.counts]
    return [Task(source, counts.get(source.id, 0), done.get(source.id) or "") for source in found]
