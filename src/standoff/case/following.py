"""An earlier state of a case goes in; the state as it is now comes out, the same as `snapshot` gives, but at once.

Most steps of people touch the entries of one report. Only that report is then read out of the file anew; whatever
touches more (readings, merged parties, undone additions of reports) makes the whole state be read.
"""

import sqlite3
from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeVar

from standoff.case.parties import BY_HAND
from standoff.case.readings import ACTOR_FIELDS, CONCEPT_FIELDS
from standoff.case.snapshot import Concept, Entry, Gathering, Party, Sighting, Snapshot, day_and_report
from standoff.case.standing import Facts, facts_at, rows_at
from standoff.case.state import Builder, built, place
from standoff.case.store import Case

Kind = TypeVar("Kind", bound=Entry)

MOST_REPORTS = 20
"""Reports read one by one; beyond that, reading everything is about as quick."""

FOLLOWED = ("fact", "review", "entry", "switch")
"""Tables whose new rows can be followed."""

WHOLE = ("report", "reading", "actor")
"""Tables whose new rows change the state as a whole."""

OF_ENTRIES = frozenset({"gathering", *(field for fields in CONCEPT_FIELDS.values() for field in fields)})
"""Facts of an entry that only its report's entries show."""

Marks = dict[str, int]
"""Table → number of its newest row."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A state, and how far the record had come."""

    state: Snapshot
    marks: Marks


def follow(case: Case, before: Followed | None = None) -> Followed:
    """The state now; `before` itself if nothing was recorded since."""
    with case.looking() as connection:
        marks = _marks(connection)
        if before is None:
            return Followed(built(connection), marks)
        if marks == before.marks:
            return before
        reports = _touched(connection, before)
        if reports is not None and len(reports) <= MOST_REPORTS:
            state = _with(connection, before.state, sorted(reports))
            if state is not None:
                return Followed(state, marks)
        return Followed(built(connection), marks)


def _marks(connection: sqlite3.Connection) -> Marks:
    found = {}
    for table in (*FOLLOWED, *WHOLE, "action"):
        found[table] = int(connection.execute(f"SELECT COALESCE(MAX(rowid), 0) FROM {table}").fetchone()[0])
    return found


def _touched(connection: sqlite3.Connection, before: Followed) -> set[str] | None:
    """The reports whose entries something happened to; None if more than that happened."""
    marks = before.marks
    new = {table: f"rowid > {marks[table]}" for table in (*FOLLOWED, *WHOLE)}
    switched = (
        f"action IN (WITH turned AS (SELECT target FROM switch WHERE id > {marks['switch']}) "
        "SELECT target FROM turned UNION SELECT id FROM action WHERE part_of IN (SELECT target FROM turned))"
    )
    reports: set[str] = set()
    turned = connection.execute(f"SELECT 1 FROM switch WHERE {new['switch']}").fetchone()
    for condition in (new, dict.fromkeys(new, switched)) if turned else (new,):
        for table in WHOLE:
            if table != "actor" and connection.execute(f"SELECT 1 FROM {table} WHERE {condition[table]}").fetchone():
                return None
        reports |= _column(connection, f"SELECT DISTINCT report FROM entry WHERE {condition['entry']}")
        reports |= _column(
            connection,
            f"SELECT DISTINCT report FROM entry WHERE id IN (SELECT entry FROM review WHERE {condition['review']})",
        )
        told = connection.execute(f"SELECT kind, subject, field FROM fact WHERE {condition['fact']}").fetchall()
        for kind, subject, field in told:
            if kind == "entry" and field in OF_ENTRIES:
                reports |= _column(connection, "SELECT report FROM entry WHERE id = ?", int(subject[1:]))
            elif not _is_read_anyway(kind, field):
                return None
    return reports if reports <= set(before.state.source_by_id) else None


def _is_read_anyway(kind: str, field: str) -> bool:
    """Facts that `_with` reads in any case, or that the state does not show."""
    return (
        kind == "case" and field != "threshold"
        or kind == "report" and field.startswith("done:")
        or kind in ("party", "concept") and field in ("made", "description", "contradicts")
        or kind == "concept" and field == "name"
    )  # fmt: skip


def _column(connection: sqlite3.Connection, query: str, *values: object) -> set[str]:
    return {row[0] for row in connection.execute(query, values)}


def _with(connection: sqlite3.Connection, old: Snapshot, reports: list[str]) -> Snapshot | None:
    """The old state with the entries of these reports, and what hangs on them, as they are now."""
    facts, which = _facts_of(connection, reports)
    made = Builder(connection, facts, rows_at(connection, facts, which=which))
    now = made.entries({id_: old.source_by_id[id_].report.published for id_ in reports})
    fresh = Snapshot(
        statements=tuple(now["statement"]),  # type: ignore[arg-type]
        positions=tuple(now["position"]),  # type: ignore[arg-type]
        preconditions=tuple(now["precondition"]),  # type: ignore[arg-type]
        meetings=made.gatherings(now["meeting"]),
    )
    here = frozenset(reports)
    places = [(old.source_by_id[id_].report.published or "9999", id_) for id_ in reports]
    state = replace(
        old,
        statements=_spliced(old.statements, places, fresh.statements),
        positions=_spliced(old.positions, places, fresh.positions),
        preconditions=_spliced(old.preconditions, places, fresh.preconditions),
        meetings=_meetings(old.meetings, here, fresh.meetings),
        settings=dict(facts["case"].get("", {})),
    )
    parties = _parties(made, old, state, fresh)
    if parties is None:
        return None
    used = {c for e in state.positions if (c := e.concept)}
    used |= {c for e in state.preconditions for c in (e.requirement_concept, e.gate_concept) if c}
    concepts: tuple[Concept, ...] = made.concepts(used)
    return replace(state, parties=parties, concepts=concepts)


def _facts_of(connection: sqlite3.Connection, reports: list[str]) -> tuple[Facts, str]:
    """The facts that entries of these reports need, and the condition that means these reports."""
    named = ", ".join("'" + report.replace("'", "''") + "'" for report in reports)
    which = f"report IN ({named})"
    facts = facts_at(connection, which="kind IN ('case', 'party', 'concept', 'gathering')")
    wanted = (
        f"kind = 'report' AND subject IN ({named})",
        f"kind = 'entry' AND subject IN (SELECT 'e' || id FROM entry WHERE {which})",
        "kind = 'actor' AND subject IN (SELECT CAST(a.id AS TEXT) FROM actor a "
        f"JOIN reading r ON r.id = a.reading WHERE r.{which})",
    )
    for condition in wanted:
        for kind, subjects in facts_at(connection, which=condition).items():
            facts[kind].update(subjects)
    return facts, which


def _spliced(old: tuple[Kind, ...], places: list[tuple[str, str]], now: tuple[Kind, ...]) -> tuple[Kind, ...]:
    """Both in order, and the entries of one report stand together: each report's (day, id) take the old ones' place."""
    fresh = {report: list(group) for report, group in groupby(now, key=lambda entry: entry.report)}
    found = list(old)
    for spot in places:
        start = bisect_left(found, spot, key=day_and_report)
        found[start : bisect_right(found, spot, start, key=day_and_report)] = fresh.get(spot[1], [])
    return tuple(found)


def _meetings(old: tuple[Gathering, ...], reports: frozenset[str], now: tuple[Gathering, ...]) -> tuple[Gathering, ...]:
    fresh = {gathering.id: list(gathering.sightings) for gathering in now}
    touched = {g.id for g in old for sighting in g.sightings if sighting.report in reports} | set(fresh)
    found = [gathering for gathering in old if gathering.id not in touched]
    for gathering in [gathering for gathering in old if gathering.id in touched]:
        kept: list[Sighting] = [s for s in gathering.sightings if s.report not in reports]
        kept += fresh.pop(gathering.id, [])
        if kept:
            _insert(found, Gathering(gathering.id, tuple(sorted(kept, key=place))))
    for id_, sightings in fresh.items():
        _insert(found, Gathering(id_, tuple(sightings)))
    return tuple(found)


def _insert(found: list[Gathering], gathering: Gathering) -> None:
    insort(found, gathering, key=lambda one: place(one.sightings[0]))


def _parties(made: Builder, old: Snapshot, state: Snapshot, now: Snapshot) -> tuple[Party, ...] | None:
    """The parties now; None if one comes or goes that only the whole record tells about."""
    said = made.facts["party"]
    by_hand = {party for party, fields in said.items() if fields.get("made") == BY_HAND and "merged" not in fields}
    # Who was in a report, or was made by hand, stays; others stay as long as somebody names them.
    loose = any(not party.members and party.id not in by_hand for party in old.parties)
    needed = _referenced(state if loose else now) | by_hand
    needed |= {party.of for party in old.parties if party.of is not None}
    kept = [party for party in old.parties if party.members or party.id in needed]
    known = {party.id for party in old.parties}
    new = needed - known
    if not new <= by_hand:
        return None
    gone = known - {party.id for party in kept}
    if any(old.party_by_id[party].of for party in gone) or any(said[party].get("of") for party in new):
        return None
    for id_ in new:
        query = "SELECT name, kind FROM party WHERE id = ?"
        name, kind = made.connection.execute(query, (int(id_[1:]),)).fetchone()
        fields = said[id_]
        one = Party(id_, fields.get("name") or name, fields.get("kind") or kind)
        kept.append(replace(one, wikidata=fields.get("wikidata"), iso3=fields.get("iso3")))
    return tuple(sorted(kept, key=lambda party: int(party.id[1:])))


def _referenced(state: Snapshot) -> set[str]:
    """The parties that entries name."""
    found: set[str] = set()
    kinds = (
        ("statement", state.statements),
        ("position", state.positions),
        ("precondition", state.preconditions),
        ("meeting", [sighting for gathering in state.meetings for sighting in gathering.sightings]),
    )
    for kind, entries in kinds:
        for field in ACTOR_FIELDS[kind]:
            for entry in entries:
                value = getattr(entry, field)
                if isinstance(value, tuple):
                    found.update(value)
                elif value:
                    found.add(value)
    return found
