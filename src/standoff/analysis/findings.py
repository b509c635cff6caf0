"""A snapshot goes in; what each analysis makes of it comes out, worked out when it is first asked for, and once."""

from functools import cached_property

from standoff.analysis.calendar import Appointment, calendar
from standoff.analysis.conditions import Condition, conditions
from standoff.analysis.contradictions import Contradiction, contradictions
from standoff.analysis.deadlocks import Deadlocks, deadlocks
from standoff.analysis.issues import Issues, find_issues
from standoff.analysis.positions import Positions, positions
from standoff.analysis.stances import Stance, stances
from standoff.case.snapshot import Snapshot


class Findings:
    """The analyses of one snapshot, each given what another one has found already."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    @cached_property
    def issues(self) -> Issues:
        """Which positions and conditions are about the same."""
        return find_issues(self.snapshot)

    @cached_property
    def stances(self) -> tuple[Stance, ...]:
        """Who is for or against what."""
        return stances(self.snapshot, self.issues)

    @cached_property
    def positions(self) -> Positions:
        """What each party holds on each issue over time."""
        return positions(self.snapshot, self.issues, self.stances)

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """What parties make depend on what."""
        return conditions(self.snapshot, self.issues, self.stances)

    @cached_property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """Who goes against himself."""
        return contradictions(self.snapshot, self.issues, self.stances)

    @cached_property
    def deadlocks(self) -> Deadlocks:
        """Which conditions block each other."""
        return deadlocks(self.snapshot, self.issues, self.conditions)

    @cached_property
    def calendar(self) -> tuple[Appointment, ...]:
        """All meetings by day."""
        return calendar(self.snapshot)
