"""Two states of one case go in, before and now; what is new comes out, each line with its words.

"Before" may be the case as somebody last saw it, or the part of it that was published before a day
(`published_before`). News are the entries of reports that were not in "before"; a reading by a newer model of an old
report is no news, a person's correction of it has a section of its own.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta

from standoff.analysis.calendar import Appointment, Change, appointment, coming
from standoff.analysis.citations import Citation, Result, cite
from standoff.analysis.clash import ALIKE
from standoff.analysis.conditions import Condition
from standoff.analysis.contradictions import Contradiction
from standoff.analysis.findings import Findings
from standoff.analysis.issues import Issues, Mention
from standoff.analysis.positions import Holding
from standoff.analysis.wording import same_talks
from standoff.case.snapshot import Entry, Gathering, Snapshot

UNKNOWN = 0.5
"""For the order only: how sure an entry is whose reader gives no confidence."""
AHEAD = 14
"""Days of the calendar that a brief looks ahead."""


@dataclass(frozen=True, slots=True)
class Stand(Result):
    """A party's new word on an issue. `before`: its word so far, where it turned round; `repeated`: in how many new
    reports it stands."""

    party: str
    party_name: str
    issue: str
    issue_name: str
    now: Holding
    before: Holding | None
    repeated: int


@dataclass(frozen=True, slots=True)
class Moved(Result):
    """A meeting of which new reports change something that was known."""

    appointment: Appointment
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Brief(Result):
    """What is new in a case. `since`, `until`: ISO days; `reports`: how many new ones count.

    first_demands are among new; `corrected`: what people accepted, corrected or added in reports known before.
    """

    case: str
    since: str | None
    until: str | None
    reports: int
    new: tuple[Stand, ...]
    changed: tuple[Stand, ...]
    first_demands: tuple[Stand, ...]
    new_conditions: tuple[Condition, ...]
    dropped: tuple[Condition, ...]
    moved: tuple[Moved, ...]
    contradictions: tuple[Contradiction, ...]
    coming: tuple[Appointment, ...]
    corrected: tuple[Citation, ...]


def brief(
    before: Snapshot,
    now: Snapshot,
    today: date | None = None,
    since: str | None = None,
    findings: Findings | None = None,
) -> Brief:
    """What is in `now` that was not in `before`. today: for what comes next; by default the day of the latest report.

    since: only shown; findings: of `now`, if there are some already.

    The sections keep the order of the case; contradictions come plainest first, new positions and demands by the number
    of reports that tell them, then the surest first.
    """
    known = {source.id for source in before.sources}
    fresh = {source.id for source in now.sources if source.counts and source.id not in known}
    findings = findings or Findings(now)
    issues = findings.issues
    until = max((d for s in now.sources if s.counts and (d := s.report.published)), default=None)
    day = today or (date.fromisoformat(until) if until else None)
    new, changed, first = [], [], []
    entries = {p.id: p for p in now.positions}
    asked: dict[str, list[Mention]] = defaultdict(list)
    asked_before = {
        (now.camp(c.holder), issues.of(c, "requirement").issue.id)
        for c in now.counted_preconditions()
        if c.report not in fresh and c.holder in now.party_by_id
    }
    for line in findings.positions.lines:
        old = [h for h in line.holdings if h.citation.report not in fresh]
        recent = [h for h in line.holdings if h.citation.report in fresh]
        asked[line.party] += [issues.of(entries[h.citation.entry]) for h in old if h.act == "demand"]
        if not recent:
            continue
        turns = [s for s in line.shifts if s.after.citation.report in fresh]
        stand = Stand(line.party, line.party_name, line.issue, line.issue_name, recent[-1], None, _reports(recent))
        if turns:
            changed.append(replace(stand, now=turns[-1].after, before=turns[-1].before))
        elif not old:
            new.append(stand)
        demands = [h for h in recent if h.act == "demand"]
        wanted = any(h.act == "demand" for h in old) or (line.party, line.issue) in asked_before
        if demands and not wanted:
            first.append(replace(stand, now=demands[0], repeated=_reports(demands)))
    demanded = []
    for stand in _in_order(now, first):
        mention = issues.of(entries[stand.now.citation.entry])
        if not any(_is_same(issues, mention, other) for other in asked[stand.party]):
            demanded.append(stand)
            asked[stand.party].append(mention)
    found = findings.conditions
    return Brief(
        case=now.name,
        since=since,
        until=day.isoformat() if day else None,
        reports=len(fresh),
        new=_in_order(now, new),
        changed=tuple(changed),
        first_demands=tuple(demanded),
        new_conditions=tuple(c for c in found if all(k.report in fresh for k in c.citations)),
        dropped=tuple(c for c in found if c.dropped is not None and c.dropped.report in fresh),
        moved=tuple(_moved(now, fresh)),
        contradictions=tuple(
            c for c in findings.contradictions if {c.first.citation.report, c.second.citation.report} & fresh
        ),
        coming=coming(findings.calendar, day, AHEAD) if day else (),
        corrected=_corrected(before, now),
    )


def _is_same(issues: Issues, one: Mention, other: Mention) -> bool:
    """Whether two demands are one in other words, whatever their concepts: alike, or one says more of the same."""
    a, b = one.subject, other.subject
    if a.turned != b.turned or a.pointing or b.pointing:
        return False
    return bool(same_talks(a, b)) or issues.likeness(one, other) >= ALIKE or a.stems <= b.stems or b.stems <= a.stems


def _in_order(now: Snapshot, stands: list[Stand]) -> tuple[Stand, ...]:
    """Most told first, then the surest: those at the top of a section are those that a page has room for."""
    sure = {p.id: p.confidence if p.review == "machine" else 1.0 for p in now.positions}

    def rank(stand: Stand) -> tuple[int, float]:
        known = sure.get(stand.now.citation.entry)
        return (-stand.repeated, -(UNKNOWN if known is None else known))

    return tuple(sorted(stands, key=rank))


def _reports(held: list[Holding]) -> int:
    return len({h.citation.report for h in held})


def published_before(snapshot: Snapshot, day: date) -> Snapshot:
    """The part of a case that had been published before a day. Reports without a date are left out."""
    last = day.isoformat()
    kept = {s.id for s in snapshot.sources if s.report.published is not None and s.report.published < last}
    meetings = []
    for gathering in snapshot.meetings:
        sightings = tuple(s for s in gathering.sightings if s.report in kept)
        if sightings:
            meetings.append(Gathering(gathering.id, sightings))
    return replace(
        snapshot,
        sources=tuple(s for s in snapshot.sources if s.id in kept),
        statements=tuple(e for e in snapshot.statements if e.report in kept),
        positions=tuple(e for e in snapshot.positions if e.report in kept),
        preconditions=tuple(e for e in snapshot.preconditions if e.report in kept),
        meetings=tuple(meetings),
    )


def published_until(snapshot: Snapshot, day: date) -> Snapshot:
    """The part of a case that had been published on a day or before."""
    return published_before(snapshot, day + timedelta(1))


def _moved(now: Snapshot, fresh: set[str]) -> list[Moved]:
    found = []
    for gathering in now.counted_meetings():
        one = appointment(now, gathering)
        changes = tuple(c for c in one.changes if c.citation.report in fresh)
        if changes:
            found.append(Moved(one, changes))
    return found


def _corrected(before: Snapshot, now: Snapshot) -> tuple[Citation, ...]:
    known = {source.id for source in before.sources}
    as_was = {entry.id: entry for entry in _entries(before)}
    return tuple(
        cite(now, entry)
        for entry in _entries(now)
        if entry.report in known and entry.review != "machine" and as_was.get(entry.id) != entry
    )


def _entries(snapshot: Snapshot) -> list[Entry]:
    sightings = [sighting for gathering in snapshot.meetings for sighting in gathering.sightings]
    return [*snapshot.statements, *snapshot.positions, *snapshot.preconditions, *sightings]
