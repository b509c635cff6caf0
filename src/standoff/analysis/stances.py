"""A snapshot goes in; who is for or against what, on which day and through whose mouth, comes out in one form.

Positions are stances, and so is the requirement of a precondition: whoever makes something depend on it wants it.
"""

from dataclasses import dataclass

from standoff.analysis.issues import Issues, Mention, find_issues
from standoff.case.snapshot import PositionEntry, PreconditionEntry, Snapshot

FOR = frozenset({"demand", "commit", "support"})
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


def stances(snapshot: Snapshot, issues: Issues | None = None) -> tuple[Stance, ...]:
    """All stances of relevant reports, each text once, in the order of the snapshot, positions before requirements."""
    issues = issues or find_issues(snapshot)
    known = snapshot.party_by_id
    found = []
    for p in snapshot.counted_positions():
        if p.holder not in known:
            continue
        camp = snapshot.camp(p.holder)
        target = snapshot.camp(p.target) if p.target in known and p.target is not None else None
        doer = camp if p.act in OWN else target if p.act == "demand" else None
        found.append(Stance(p, camp, p.act, issues.of(p), doer, p.stated_by))
    speakers = {s.id: s.speaker for s in snapshot.statements}
    for c in snapshot.counted_preconditions():
        if c.holder in known:
            mention = issues.of(c, "requirement")
            speaker = speakers.get(c.statement) if c.statement else None
            found.append(Stance(c, snapshot.camp(c.holder), "demand", mention, None, speaker))
    return tuple(found)
