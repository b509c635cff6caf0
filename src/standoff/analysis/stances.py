"""A snapshot goes in; who is for or against what, on which day and through whose mouth, comes out in one form.

Positions are stances, and so is the requirement of a precondition: whoever makes something depend on it wants it.
"""

from collections import defaultdict
from dataclasses import dataclass

from standoff.analysis.bonds import CLAUSE, REACH, bond_of
from standoff.analysis.issues import Issues, Mention, find_issues
from standoff.analysis.wording import is_left_open
from standoff.case.snapshot import PositionEntry, PreconditionEntry, Snapshot
from standoff.ledger import Span

FOR = frozenset({"demand", "commit", "support"})
LEAST = 0.2
"""Confidence below which a position that nobody reviewed is left out: the share of such entries that are right in every
detail; about twice as many are right in issue and holder."""
FROM_CONDITION = "precondition:"
"""What a position is `by` that the reader took from a precondition."""
OWN = frozenset({"commit", "refuse"})
"""Acts about what the holder does itself."""


@dataclass(frozen=True, slots=True)
class Stance:
    """What one entry says of a camp. `doer`: who would have to act, where the words tell; `speaker`: who says so."""

    entry: PositionEntry | PreconditionEntry
    camp: str
    act: str
    mention: Mention
    doer: str | None
    speaker: str | None

    @property
    def is_for(self) -> bool:
        """Whether the act is in favour of its issue."""
        return self.act in FOR

    @property
    def wants(self) -> bool:
        """Whether the camp wants the subject of the issue: to oppose a halt is to want what would be halted."""
        return self.is_for != self.mention.subject.turned


def stances(snapshot: Snapshot, issues: Issues | None = None, least: float = LEAST) -> tuple[Stance, ...]:
    """All stances of relevant reports, each text once, in the order of the snapshot, positions before requirements.

    Left out, unless a person has looked at it: what is below the confidence `least`, what only repeats a part of a
    wider stance, and what its words leave open ("has yet to say whether it will").
    """
    issues = issues or find_issues(snapshot)
    known = snapshot.party_by_id
    required = {c.id: "oppose" if bond_of(snapshot, c).need_ends else "demand" for c in snapshot.preconditions}
    conditions: dict[tuple[str, str], list[PreconditionEntry]] = defaultdict(list)
    for c in snapshot.preconditions:
        conditions[c.report, c.holder].append(c)
    found = []
    for p in snapshot.counted_positions():
        if p.holder not in known or (p.review == "machine" and p.confidence is not None and p.confidence < least):
            continue
        if p.review == "machine" and _is_left_open(snapshot, p):
            continue
        camp = snapshot.camp(p.holder)
        target = snapshot.camp(p.target) if p.target in known and p.target is not None else None
        act, mention = p.act, issues.of(p)
        rests_on = _condition_of(p, conditions[p.report, p.holder]) if p.by.startswith(FROM_CONDITION) else None
        if rests_on is not None:  # what is demanded is the requirement, as the condition's words turn it
            act = required[rests_on.id]
            mention = issues.of(rests_on, "requirement")
        doer = camp if act in OWN else target if p.act == "demand" else None
        found.append(Stance(p, camp, act, mention, doer, p.stated_by))
    found = _without_parts(found)
    speakers = {s.id: s.speaker for s in snapshot.statements}
    for c in snapshot.counted_preconditions():
        if c.holder in known:
            mention = issues.of(c, "requirement")
            speaker = speakers.get(c.statement) if c.statement else None
            found.append(Stance(c, snapshot.camp(c.holder), required[c.id], mention, None, speaker))
    return tuple(found)


def _is_left_open(snapshot: Snapshot, position: PositionEntry) -> bool:
    """Whether the clause before an issue leaves it open. What depends on "whether …" is asked for, and stays."""
    if position.by.startswith(FROM_CONDITION):
        return False
    start = max(position.evidence[0], position.issue[0] - REACH)
    before = snapshot.quote(position.report, (min(start, position.issue[0]), position.issue[0]))
    return is_left_open(CLAUSE.split(before)[-1])


def _without_parts(found: list[Stance]) -> list[Stance]:
    """Without the stances that lie inside another one's issue: who “refuses to accept the clause” accepts no clause."""
    places: dict[tuple[str, str], list[tuple[Span, str]]] = defaultdict(list)
    for stance in found:
        if isinstance(stance.entry, PositionEntry):
            places[stance.camp, stance.entry.report].append((stance.entry.issue, stance.act))
    return [
        stance
        for stance in found
        if not isinstance(stance.entry, PositionEntry)
        or not any(
            act != stance.act and issue != stance.entry.issue
            and issue[0] <= stance.entry.issue[0] and stance.entry.issue[1] <= issue[1]
            for issue, act in places[stance.camp, stance.entry.report]
        )
    ]  # fmt: skip


def _condition_of(position: PositionEntry, conditions: list[PreconditionEntry]) -> PreconditionEntry | None:
    """The precondition, of those of its report and holder, whose requirement a position repeats."""
    for c in conditions:
        start, end = c.requirement
        if start <= position.issue[0] and position.issue[1] <= end:
            return c
    return None
