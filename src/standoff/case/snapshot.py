"""The current state of a case as plain values: what analyses, networks, models, exports and pages are given.

A snapshot holds every entry that stands (as read by the machine and corrected by people; rejected ones are left
out), with the actors, meetings and concepts of the whole case. Nothing in it knows the store it came from.

Ids are strings, unique in the case. Spans count code points of the report's text; a quote is `snapshot.quote(entry)`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from standoff.ledger import Span, Spans
from standoff.report import Report

REVIEWS = ("machine", "accepted", "corrected", "added")
"""How an entry stands: as the machine read it; accepted, corrected or added by a person."""


@dataclass(frozen=True, slots=True)
class Source:
    """A report of the case. `cluster`: id of the report whose text it repeats (its own if it is the first).

    relevant: whether it is about the negotiation, by `relevance` (0 to 1) or by a person's word.
    """

    report: Report
    cluster: str
    relevance: float
    relevant: bool
    added: str

    @property
    def id(self) -> str:
        """The id of the report."""
        return self.report.id

    @property
    def counts(self) -> bool:
        """Whether analyses count it: relevant, and no copy of an earlier report."""
        return self.relevant and self.cluster == self.report.id


@dataclass(frozen=True, slots=True)
class Party:
    """An actor of the case, merged over reports. `of`: whom it speaks for; `members`: (report id, actor id) pairs."""

    id: str
    name: str
    kind: str
    of: str | None = None
    members: tuple[tuple[str, str], ...] = ()
    wikidata: str | None = None
    iso3: str | None = None


@dataclass(frozen=True, slots=True)
class Concept:
    """A code of the codebook. `contradicts`: ids of concepts that cannot both come about with this one."""

    id: str
    name: str
    description: str = ""
    contradicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """What all entries share. `date`: ISO day of the report, or None; `review` is one of REVIEWS."""

    id: str
    report: str
    date: str | None
    evidence: Span
    review: str = "machine"
    by: str = ""
    confidence: float | None = None


def day_and_report(entry: Entry) -> tuple[str, str]:
    """By which the entries of a snapshot are in order; within a report it is their place in the text."""
    return (entry.date or "9999", entry.report)


@dataclass(frozen=True, slots=True)
class StatementEntry(Entry):
    """An attribution; `speaker` is an actor of the case. `evidence` is the hull of its parts."""

    speaker: str | None = None
    source: Spans = ()
    cue: Spans = ()
    content: Spans = ()
    kind: str = "indirect"
    within: str | None = None


@dataclass(frozen=True, slots=True)
class PositionEntry(Entry):
    """A stance of `holder` on `issue`, an act of `standoff.ledger.ACTS`; `concept` is an id of the codebook."""

    holder: str = ""
    stated_by: str | None = None
    act: str = "demand"
    issue: Span = (0, 0)
    target: str | None = None
    statement: str | None = None
    concept: str | None = None


@dataclass(frozen=True, slots=True)
class PreconditionEntry(Entry):
    """`holder` lets `gate` happen only if `requirement` does; both may belong to a concept."""

    holder: str = ""
    requirement: Span = (0, 0)
    gate: Span = (0, 0)
    statement: str | None = None
    requirement_concept: str | None = None
    gate_concept: str | None = None


@dataclass(frozen=True, slots=True)
class Sighting(Entry):
    """One report's word on a meeting."""

    kind: str = "meeting"
    participants: tuple[str, ...] = ()
    place: str | None = None
    start: str | None = None
    end: str | None = None
    status: str = "planned"
    latitude: float | None = None
    longitude: float | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Gathering:
    """One meeting over all reports. `sightings` in order of date; the last word counts."""

    id: str
    sightings: tuple[Sighting, ...]

    @property
    def latest(self) -> Sighting:
        """The latest report's word on it."""
        return self.sightings[-1]


@dataclass(frozen=True)
class Snapshot:
    """The case as it stands. Every tuple is in order of date (undated last), then report, then place in the text."""

    name: str = ""
    sources: tuple[Source, ...] = ()
    parties: tuple[Party, ...] = ()
    concepts: tuple[Concept, ...] = ()
    statements: tuple[StatementEntry, ...] = ()
    positions: tuple[PositionEntry, ...] = ()
    preconditions: tuple[PreconditionEntry, ...] = ()
    meetings: tuple[Gathering, ...] = ()
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def identity(self) -> str:
        """What tells the case from all others, also those of the same name; a renamed case keeps it."""
        return self.settings.get("id", self.name)

    @cached_property
    def source_by_id(self) -> dict[str, Source]:
        """Report id → its source."""
        return {source.report.id: source for source in self.sources}

    @cached_property
    def party_by_id(self) -> dict[str, Party]:
        """Actor id → actor."""
        return {party.id: party for party in self.parties}

    @cached_property
    def concept_by_id(self) -> dict[str, Concept]:
        """Concept id → concept."""
        return {concept.id: concept for concept in self.concepts}

    @cached_property
    def sightings_in(self) -> dict[str, tuple[Sighting, ...]]:
        """Report id → what it says of meetings; reports that say nothing of any are not in it."""
        found: dict[str, list[Sighting]] = {}
        for gathering in self.meetings:
            for sighting in gathering.sightings:
                found.setdefault(sighting.report, []).append(sighting)
        return {report: tuple(sightings) for report, sightings in found.items()}

    def entries_in(self, report: str) -> list[Entry]:
        """Everything that stands in a report, kind by kind. Raises KeyError for a report that is not in the case."""
        place = (self.source_by_id[report].report.published or "9999", report)
        found: list[Entry] = []
        for entries in (self.statements, self.positions, self.preconditions):
            start = bisect_left(entries, place, key=day_and_report)
            found += entries[start : bisect_right(entries, place, start, key=day_and_report)]
        return found + list(self.sightings_in.get(report, ()))

    def quote(self, report: str, span: Span) -> str:
        """The words that a span of a report stands for. Raises KeyError for a report that is not in the case."""
        return self.source_by_id[report].report.text[span[0] : span[1]]

    def camp(self, actor: str) -> str:
        """The actor at the end of the chain of `of`: the party that a person or an organ speaks for."""
        seen: set[str] = set()
        while actor not in seen and (of := self.party_by_id[actor].of) is not None and of in self.party_by_id:
            seen.add(actor)
            actor = of
        return actor

    def counted_positions(self) -> tuple[PositionEntry, ...]:
        """Positions of relevant reports, each syndicated text once."""
        return tuple(entry for entry in self.positions if self.source_by_id[entry.report].counts)

    def counted_preconditions(self) -> tuple[PreconditionEntry, ...]:
        """Preconditions of relevant reports, each syndicated text once."""
        return tuple(entry for entry in self.preconditions if self.source_by_id[entry.report].counts)

    def counted_meetings(self) -> tuple[Gathering, ...]:
        """Meetings that a relevant report speaks of, with the sightings of those reports only, each text once."""
        kept = []
        for gathering in self.meetings:
            sightings = tuple(s for s in gathering.sightings if self.source_by_id[s.report].counts)
            if sightings:
                kept.append(Gathering(gathering.id, sightings))
        return tuple(kept)
