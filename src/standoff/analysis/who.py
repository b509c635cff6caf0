"""A snapshot and an actor go in; the actor's card comes out: its speakers, stances, conditions, meetings."""

from collections import Counter
from dataclasses import dataclass

from standoff.analysis.calendar import Appointment, appointment
from standoff.analysis.citations import Citation, Result, cite
from standoff.analysis.conditions import Condition
from standoff.analysis.contradictions import Contradiction
from standoff.analysis.findings import Findings
from standoff.analysis.positions import Line
from standoff.case.snapshot import Party, Snapshot
from standoff.errors import InputError


@dataclass(frozen=True, slots=True)
class Asked(Result):
    """Something that another party demands of the actor."""

    by: str
    date: str | None
    words: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Card(Result):
    """An actor of the case. `speakers`: who speaks for it, by number of statements; `camp`: the party it belongs to.

    lines, conditions, contradictions: of the camp; meetings: where the actor or one who speaks for it takes part.
    """

    id: str
    name: str
    kind: str
    camp: str
    wikidata: str | None
    iso3: str | None
    reports: int
    first: str | None
    last: str | None
    statements: int
    speakers: tuple[tuple[str, int], ...]
    lines: tuple[Line, ...]
    asked: tuple[Asked, ...]
    conditions: tuple[Condition, ...]
    contradictions: tuple[Contradiction, ...]
    meetings: tuple[Appointment, ...]


def find_party(snapshot: Snapshot, name: str) -> Party:
    """The actor of that id or name; part of a name will do if only one has it. Raises InputError otherwise."""
    wanted = " ".join(name.casefold().split())
    found = (
        [p for p in snapshot.parties if name == p.id]
        or [p for p in snapshot.parties if p.name.casefold() == wanted]
        or [p for p in snapshot.parties if wanted and wanted in p.name.casefold()]
    )
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(f"{p.name} ({p.id})" for p in found[:8])
        raise InputError(f"“{name}” may be {names}{' …' if len(found) > 8 else ''}; give the name or id in full")
    raise InputError(f"no actor “{name}” in the case; `standoff case party` lists them")


def who(snapshot: Snapshot, party: Party, findings: Findings | None = None) -> Card:
    """The card of an actor of the snapshot. findings: of this snapshot, if there are some already."""
    findings = findings or Findings(snapshot)
    issues = findings.issues
    camp = snapshot.camp(party.id)
    own = {p.id for p in snapshot.parties if _speaks_for(snapshot, p.id, party.id)}
    counted = {source.id for source in snapshot.sources if source.counts}
    reports = {report for p in own for report, _ in snapshot.party_by_id[p].members if report in counted}
    days = sorted(d for r in reports if (d := snapshot.source_by_id[r].report.published))
    said = Counter(s.speaker for s in snapshot.statements if s.speaker in own and s.report in counted)
    names = snapshot.party_by_id
    speakers = [(names[p].name, count) for p, count in said.items() if p is not None and p != party.id]
    asked = [
        Asked(names[p.holder].name, p.date, issues.of(p).words, cite(snapshot, p))
        for p in snapshot.counted_positions()
        if p.act == "demand" and p.target in own and p.holder in names
    ]
    meetings = [
        appointment(snapshot, g)
        for g in snapshot.counted_meetings()
        if any(participant in own for s in g.sightings for participant in s.participants)
    ]
    return Card(
        id=party.id,
        name=party.name,
        kind=party.kind,
        camp=names[camp].name,
        wikidata=party.wikidata,
        iso3=party.iso3,
        reports=len(reports),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        statements=sum(said.values()),
        speakers=tuple(sorted(speakers, key=lambda item: (-item[1], item[0]))),
        lines=tuple(line for line in findings.positions.lines if line.party == camp),
        asked=tuple(asked),
        conditions=tuple(c for c in findings.conditions if c.party == camp),
        contradictions=tuple(c for c in findings.contradictions if c.party == camp),
        meetings=tuple(sorted(meetings, key=lambda a: (a.start or "9999", a.id))),
    )


def _speaks_for(snapshot: Snapshot, actor: str | None, party: str) -> bool:
    """Whether an actor is a party or speaks for it, by however many steps."""
    seen: set[str] = set()
    while actor is not None and actor in snapshot.party_by_id and actor not in seen:
        if actor == party:
            return True
        seen.add(actor)
        actor = snapshot.party_by_id[actor].of
    return False
