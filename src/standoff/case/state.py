"""A case and a moment go in; the state that held then comes out, as a `Snapshot` of plain values."""

import json
import sqlite3
from collections import Counter, defaultdict
from dataclasses import replace
from typing import Any

from standoff.case.founding import identity
from standoff.case.parties import BY_HAND, end_of
from standoff.case.readings import ACTOR_FIELDS, CONCEPT_FIELDS, STATEMENT_FIELDS
from standoff.case.relevance import DEFAULT_THRESHOLD
from standoff.case.schema import NOW
from standoff.case.snapshot import (
    Concept,
    Entry,
    Gathering,
    Party,
    PositionEntry,
    PreconditionEntry,
    Sighting,
    Snapshot,
    Source,
    StatementEntry,
)
from standoff.case.standing import Facts, Row, facts_at, rows_at
from standoff.case.store import Case
from standoff.ledger import Span
from standoff.report import Report


def snapshot(case: Case, at: int | None = None) -> Snapshot:
    """The state of the case, now or after action number `at`; the same object while nothing changes."""
    moment = NOW if at is None else str(int(at))
    return case.unchanged(moment, lambda connection: built(connection, moment))


def sources(case: Case) -> tuple[Source, ...]:
    """The reports of the case as a snapshot has them, without the work that their entries would make."""
    with case.looking() as connection:
        return Builder(connection, facts_at(connection, which="kind IN ('case', 'report')"), []).sources()


def built(connection: sqlite3.Connection, at: str = NOW) -> Snapshot:
    """The state after an action, read out of the file anew."""
    facts = facts_at(connection, at)
    return Builder(connection, facts, rows_at(connection, facts, at)).build()


class Builder:
    """Resolves what rows refer to. One is made for one snapshot, of all facts and rows or of those of some reports."""

    def __init__(self, connection: sqlite3.Connection, facts: Facts, rows: list[Row]) -> None:
        self.connection = connection
        self.facts = facts
        self.rows = rows
        self.merged = {
            kind: {subject: fields["merged"] for subject, fields in self.facts[kind].items() if fields.get("merged")}
            for kind in ("party", "concept", "gathering")
        }
        self.party_of = {
            int(subject): end_of(self.merged["party"], fields["party"])
            for subject, fields in self.facts["actor"].items()
        }
        self.standing = {row.number: row.id for row in self.rows}
        for row in self.rows:  # what stood for an entry that a newer reading has found again
            same = self.facts["entry"].get(row.id, {}).get("same_as")
            if same is not None:
                self.standing.setdefault(int(same[1:]), row.id)

    def entries(self, dates: dict[str, str | None]) -> dict[str, list[Entry]]:
        """Kind → entries in order. dates: report → day."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for row in self.rows:
            found[row.kind].append(self.entry(row, dates[row.report]))
        for kind in found:
            found[kind].sort(key=place)
        return found

    def build(self) -> Snapshot:
        sources = self.sources()
        entries = self.entries({source.id: source.report.published for source in sources})
        settings = {"id": identity(self.connection)} | self.facts["case"].get("", {})
        return Snapshot(
            name=settings.get("name", ""),
            sources=sources,
            parties=self.parties(),
            concepts=self.concepts(self.used_concepts()),
            statements=tuple(entries["statement"]),  # type: ignore[arg-type]
            positions=tuple(entries["position"]),  # type: ignore[arg-type]
            preconditions=tuple(entries["precondition"]),  # type: ignore[arg-type]
            meetings=self.gatherings(entries["meeting"]),
            settings=settings,
        )

    def sources(self) -> tuple[Source, ...]:
        threshold = float(self.facts["case"].get("", {}).get("threshold", DEFAULT_THRESHOLD))
        added = {
            subject: at
            for subject, at, _ in self.connection.execute(
                "SELECT subject, a.at, MIN(f.id) FROM fact f JOIN action a ON a.id = f.action "
                "WHERE kind = 'report' AND field = 'in' GROUP BY subject"
            )
        }
        found = []
        for id_, text, title, published, publisher, url in self.connection.execute(
            "SELECT id, text, title, published, publisher, url FROM report ORDER BY number"
        ):
            fields = self.facts["report"].get(id_, {})
            if fields.get("in") != "1":
                continue
            score = float(fields.get("relevance", "1"))
            said = fields.get("relevant")
            found.append(
                Source(
                    report=Report(id_, text, title, published, publisher, url),
                    cluster=self.first_of(id_),
                    relevance=score,
                    relevant=score >= threshold if said is None else said == "1",
                    added=added[id_],
                )
            )
        # Where a cluster's first report was put away, the next one that is about the negotiation counts for it.
        relevant = {source.id for source in found if source.relevant}
        first = {cluster: cluster for cluster in relevant}
        for source in found:
            if source.relevant:
                first.setdefault(source.cluster, source.id)
        found = [replace(source, cluster=first.get(source.cluster, source.cluster)) for source in found]
        found.sort(key=lambda source: (source.report.published or "9999", source.id))
        return tuple(found)

    def first_of(self, report: str) -> str:
        """The report at the beginning of the chain of copies that are in the case."""
        seen: set[str] = set()
        while report not in seen:
            seen.add(report)
            earlier = self.facts["report"].get(report, {}).get("cluster", report)
            if self.facts["report"].get(earlier, {}).get("in") == "1":
                report = earlier
        return report

    def parties(self) -> tuple[Party, ...]:
        members: dict[str, list[tuple[str, str]]] = defaultdict(list)
        kinds: dict[str, Counter[str]] = defaultdict(Counter)
        names: dict[str, Counter[str]] = defaultdict(Counter)
        wikidata: dict[str, str] = {}
        iso3: dict[str, str] = {}
        above: dict[str, Counter[str]] = defaultdict(Counter)
        readings: dict[int, dict[str, int]] = defaultdict(dict)
        rows = list(
            self.connection.execute(
                "SELECT a.id, a.reading, a.local, a.name, a.kind, a.of, a.wikidata, a.iso3, r.report FROM actor a "
                "JOIN reading r ON r.id = a.reading ORDER BY a.id"
            )
        )
        rows = [
            row for row in rows if row[0] in self.party_of and self.facts["report"].get(row[8], {}).get("in") == "1"
        ]
        for number, reading, local, *_ in rows:
            readings[reading][local] = number
        for number, reading, local, name, kind, of, qid, code, report in rows:
            party = self.party_of[number]
            members[party].append((report, local))
            names[party][name] += 1
            kinds[party][kind] += 1
            if qid:
                wikidata.setdefault(party, qid)
            if code:
                iso3.setdefault(party, code)
            if of is not None and of in readings[reading]:
                upper = self.party_of[readings[reading][of]]
                if upper != party:
                    above[party][upper] += 1
        base = {
            f"A{number}": (name, kind)
            for number, name, kind in self.connection.execute("SELECT id, name, kind FROM party")
        }
        ids = set(members) | {
            party
            for party, fields in self.facts["party"].items()
            if fields.get("made") == BY_HAND and "merged" not in fields
        }
        ids |= self.referenced()
        said = self.facts["party"]
        of_party = {
            party: end_of(self.merged["party"], of)
            for party in base
            if (of := said[party]["of"] or None if "of" in said.get(party, {}) else _most(above[party])) is not None
        }
        waiting = list(ids)
        while waiting:  # whom a party speaks for is a party too
            of = of_party.get(waiting.pop())
            if of is not None and of not in ids:
                ids.add(of)
                waiting.append(of)
        found = []
        for party in sorted(ids, key=_number):
            fields = said.get(party, {})
            own_kinds = Counter({kind: count for kind, count in kinds[party].items() if kind != "other"})
            kind = fields.get("kind") or _most(own_kinds) or base[party][1]
            found.append(
                Party(
                    id=party,
                    name=fields.get("name")
                    or _name(Counter() if fields.get("made") == BY_HAND else names[party], kind)
                    or base[party][0],
                    kind=kind,
                    of=None if of_party.get(party) == party else of_party.get(party),
                    members=tuple(dict.fromkeys(members[party])),
                    wikidata=fields.get("wikidata") or wikidata.get(party),
                    iso3=fields.get("iso3") or iso3.get(party),
                )
            )
        return tuple(found)

    def referenced(self) -> set[str]:
        """The parties that entries name."""
        found: set[str] = set()
        for row in self.rows:
            for field in ACTOR_FIELDS[row.kind]:
                value = row.body[field]
                found |= {
                    p for v in (value if isinstance(value, list) else [value]) if (p := self.party(v)) is not None
                }
        return found

    def used_concepts(self) -> set[str]:
        return {
            end_of(self.merged["concept"], value)
            for row in self.rows
            for field in CONCEPT_FIELDS.get(row.kind, ())
            if (value := self.facts["entry"].get(row.id, {}).get(field))
        }

    def concepts(self, used: set[str]) -> tuple[Concept, ...]:
        made = {
            concept
            for concept, fields in self.facts["concept"].items()
            if fields.get("made") and "merged" not in fields
        }
        base = {f"C{number}": name for number, name in self.connection.execute("SELECT id, name FROM concept")}
        found = []
        for concept in sorted(used | made, key=_number):
            fields = self.facts["concept"].get(concept, {})
            others = {end_of(self.merged["concept"], other) for other in json.loads(fields.get("contradicts", "[]"))}
            found.append(
                Concept(
                    id=concept,
                    name=fields.get("name") or base[concept],
                    description=fields.get("description", ""),
                    contradicts=tuple(sorted(others - {concept}, key=_number)),
                )
            )
        return tuple(found)

    def gatherings(self, entries: list[Entry]) -> tuple[Gathering, ...]:
        groups: dict[str, list[Sighting]] = defaultdict(list)
        for entry in entries:
            assert isinstance(entry, Sighting)
            gathering = self.facts["entry"].get(entry.id, {}).get("gathering")
            groups[end_of(self.merged["gathering"], gathering) if gathering else f"M-{entry.id}"].append(entry)
        found = [Gathering(id_, tuple(sightings)) for id_, sightings in groups.items()]
        found.sort(key=lambda gathering: place(gathering.sightings[0]))
        return tuple(found)

    def entry(self, row: Row, date: str | None) -> Entry:
        body = dict(row.body)
        for field in ACTOR_FIELDS[row.kind]:
            value = body[field]
            body[field] = tuple(self.party(v) for v in value) if isinstance(value, list) else self.party(value)
        if "participants" in body:
            body["participants"] = tuple(dict.fromkeys(p for p in body["participants"] if p is not None))
        for field in STATEMENT_FIELDS:
            if field in body:
                body[field] = self.standing.get(body[field])
        for field in CONCEPT_FIELDS.get(row.kind, ()):
            concept = self.facts["entry"].get(row.id, {}).get(field)
            body[field] = None if concept is None else end_of(self.merged["concept"], concept)
        if body.get("holder", "") is None:
            body["holder"] = ""
        common: dict[str, Any] = {
            "id": row.id,
            "report": row.report,
            "date": date,
            "evidence": row.span,
            "review": row.review,
        }
        types: dict[str, type[Entry]] = {
            "statement": StatementEntry,
            "position": PositionEntry,
            "precondition": PreconditionEntry,
            "meeting": Sighting,
        }
        if row.coder:
            body["by"] = row.coder
        return types[row.kind](**common, **{name: _frozen(value) for name, value in body.items()})

    def party(self, reference: int | str | None) -> str | None:
        if isinstance(reference, int):
            return self.party_of.get(reference)
        return None if reference is None else end_of(self.merged["party"], reference)


def place(entry: Entry) -> tuple[str, str, Span, str]:
    """Where an entry stands in the order of a snapshot."""
    return (entry.date or "9999", entry.report, entry.evidence, entry.id)


def _name(names: Counter[str], kind: str) -> str | None:
    """A person's fullest name; of others the most frequent."""
    if kind != "person":
        return _most(names)
    return max(names, key=lambda name: (len(name.split()), names[name], name), default=None)


def _number(id_: str) -> int:
    return int(id_[1:])


def _most(counts: Counter[str]) -> str | None:
    """The most frequent one; of several, the first that was met."""
    return counts.most_common(1)[0][0] if counts else None


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
