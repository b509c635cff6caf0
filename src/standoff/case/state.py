"""A case and a moment go in; the state that held then comes out, as a `Snapshot` of plain values."""

import json
import sqlite3
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import Any

from standoff.case.parties import end_of
from standoff.case.readings import ACTOR_FIELDS, CONCEPT_FIELDS, STATEMENT_FIELDS
from standoff.case.relevance import DEFAULT_THRESHOLD
from standoff.case.schema import LIVE, NOW
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
from standoff.case.store import Case
from standoff.ledger import Span
from standoff.report import Report

Facts = dict[str, dict[str, dict[str, str]]]
"""Kind → subject → field → value that holds."""


@dataclass(frozen=True, slots=True)
class Row:
    """An entry that stands, before its references are resolved. `review`: one of `snapshot.REVIEWS`.

    coder: who corrected or added it; empty where its words are the machine's.
    """

    number: int
    report: str
    kind: str
    span: Span
    body: dict[str, Any]
    review: str
    coder: str

    @property
    def id(self) -> str:
        """The id of the entry in the case."""
        return f"e{self.number}"


def snapshot(case: Case, at: int | None = None) -> Snapshot:
    """The state of the case, now or after action number `at`; the same object while nothing changes."""
    moment = NOW if at is None else str(int(at))
    return case.unchanged(moment, lambda connection: _Builder(connection, moment).build())


def facts_at(connection: sqlite3.Connection, at: str = NOW) -> Facts:
    """All facts that hold after an action."""
    found: Facts = defaultdict(lambda: defaultdict(dict))
    rows = connection.execute(
        f"WITH alive AS ({LIVE.format(at=at)}) SELECT kind, subject, field, value, MAX(fact.id) FROM fact "
        "JOIN alive ON alive.id = fact.action GROUP BY kind, subject, field"
    )
    for kind, subject, field, value, _ in rows:
        if value is not None:
            found[kind][subject][field] = value
    return found


def rows_at(connection: sqlite3.Connection, facts: Facts, at: str = NOW) -> list[Row]:
    """The entries that stand after an action: of the latest reading, or reviewed, or added; not rejected; not blind."""
    alive = f"WITH alive AS ({LIVE.format(at=at)}) "
    latest = {
        number
        for number, _ in connection.execute(
            alive
            + "SELECT MAX(reading.id), report FROM reading JOIN alive ON alive.id = reading.action GROUP BY report"
        )
    }
    reviews = {
        entry: (verdict, json.loads(patch), coder)
        for entry, verdict, patch, coder, _ in connection.execute(
            alive + "SELECT entry, verdict, patch, coder, MAX(review.id) FROM review "
            "JOIN alive ON alive.id = review.action WHERE blind = 0 GROUP BY entry"
        )
        if verdict != "open"
    }
    rows = []
    for number, report, reading, coder, blind, kind, start, end, body in connection.execute(
        alive + 'SELECT e.id, e.report, e.reading, e.coder, e.blind, e.kind, e.start, e."end", e.body FROM entry e '
        "JOIN alive ON alive.id = e.action ORDER BY e.id"
    ):
        verdict, patch, reviewer = reviews.get(number, ("", {}, ""))
        if verdict == "rejected" or facts["report"].get(report, {}).get("in") != "1":
            continue
        if not verdict:
            if reading is not None and reading not in latest:
                continue
            if reading is None and blind:
                continue
            same = facts["entry"].get(f"e{number}", {}).get("same_as")
            if same is not None and int(same[1:]) in reviews:
                continue
        review = "added" if reading is None else verdict or "machine"
        content = json.loads(body) | patch
        span = tuple(content.pop("evidence", (start, end)))
        decided = coder if reading is None else reviewer if verdict == "corrected" else ""
        rows.append(Row(number, report, kind, (span[0], span[1]), content, review, decided))
    return rows


class _Builder:
    """Resolves what rows refer to. One is made for one snapshot."""

    def __init__(self, connection: sqlite3.Connection, at: str) -> None:
        self.connection = connection
        self.facts = facts_at(connection, at)
        self.rows = rows_at(connection, self.facts, at)
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

    def build(self) -> Snapshot:
        sources = self.sources()
        dates = {source.id: source.report.published for source in sources}
        entries: dict[str, list[Entry]] = defaultdict(list)
        for row in self.rows:
            entries[row.kind].append(self.entry(row, dates[row.report]))
        for kind in entries:
            entries[kind].sort(key=_order)
        settings = dict(self.facts["case"].get("", {}))
        return Snapshot(
            name=settings.get("name", ""),
            sources=sources,
            parties=self.parties(),
            concepts=self.concepts(),
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
            party for party, fields in self.facts["party"].items() if fields.get("made") and "merged" not in fields
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
                    or _name(Counter() if fields.get("made") else names[party], kind)
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

    def concepts(self) -> tuple[Concept, ...]:
        used = {
            end_of(self.merged["concept"], value)
            for row in self.rows
            for field in CONCEPT_FIELDS.get(row.kind, ())
            if (value := self.facts["entry"].get(row.id, {}).get(field))
        }
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
        found.sort(key=lambda gathering: _order(gathering.sightings[0]))
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


def _order(entry: Entry) -> tuple[str, str, Span, str]:
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
