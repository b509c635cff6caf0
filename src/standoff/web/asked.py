"""A desk goes in; each answer of the analyses comes out, computed once for each state of the case."""

from standoff.analysis.attention import Doubt, worth_a_look
from standoff.analysis.calendar import Appointment, calendar
from standoff.analysis.contradictions import Contradiction
from standoff.analysis.contradictions import contradictions as find_contradictions
from standoff.analysis.deadlocks import Deadlocks
from standoff.analysis.deadlocks import deadlocks as find_deadlocks
from standoff.analysis.issues import Issues, find_issues
from standoff.analysis.positions import Positions
from standoff.analysis.positions import positions as find_positions
from standoff.web.desk import Desk


def issues(desk: Desk) -> Issues:
    """Which positions and conditions are about the same."""
    return desk.result("issues", find_issues)


def positions(desk: Desk) -> Positions:
    """What each party holds on each issue over time."""
    return desk.result("positions", lambda state: find_positions(state, issues(desk)))


def contradictions(desk: Desk) -> tuple[Contradiction, ...]:
    """Who goes against himself."""
    return desk.result("contradictions", lambda state: find_contradictions(state, issues(desk)))


def deadlocks(desk: Desk) -> Deadlocks:
    """Which conditions block each other."""
    return desk.result("deadlocks", lambda state: find_deadlocks(state, issues(desk)))


def meetings(desk: Desk) -> tuple[Appointment, ...]:
    """All meetings by day."""
    return desk.result("meetings", calendar)


def doubts(desk: Desk) -> tuple[Doubt, ...]:
    """What to look at first."""
    return desk.result(
        "doubts", lambda state: worth_a_look(state, positions(desk), contradictions(desk), deadlocks(desk))
    )
