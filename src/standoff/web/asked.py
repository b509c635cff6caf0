"""A desk goes in; each answer of the analyses comes out. Answers share what they have in common."""

from standoff.analysis.attention import Doubt, worth_a_look
from standoff.analysis.calendar import Appointment
from standoff.analysis.calendar import calendar as find_calendar
from standoff.analysis.contradictions import Contradiction
from standoff.analysis.contradictions import contradictions as find_contradictions
from standoff.analysis.deadlocks import Deadlocks
from standoff.analysis.deadlocks import deadlocks as find_deadlocks
from standoff.analysis.issues import Issues, find_issues
from standoff.analysis.positions import Positions
from standoff.analysis.positions import positions as find_positions
from standoff.web.desk import Work


def issues(work: Work) -> Issues:
    """Which positions and conditions are about the same."""
    return work.once("issues", find_issues)


def positions(work: Work) -> Positions:
    """What each party holds on each issue over time."""
    return work.once("positions", lambda state: find_positions(state, issues(work)))


def contradictions(work: Work) -> tuple[Contradiction, ...]:
    """Who goes against himself."""
    return work.once("contradictions", lambda state: find_contradictions(state, issues(work)))


def deadlocks(work: Work) -> Deadlocks:
    """Which conditions block each other."""
    return work.once("deadlocks", lambda state: find_deadlocks(state, issues(work)))


def calendar(work: Work) -> tuple[Appointment, ...]:
    """All meetings by day."""
    return work.once("calendar", find_calendar)


def doubts(work: Work) -> tuple[Doubt, ...]:
    """What to look at first."""
    return work.once(
        "doubts", lambda state: worth_a_look(state, positions(work), contradictions(work), deadlocks(work))
    )
