"""The work on a state goes in; what each analysis found comes out. They share what they have in common."""

from standoff.analysis.attention import Doubt, worth_a_look
from standoff.analysis.findings import Findings
from standoff.web.desk import Work


def findings(work: Work) -> Findings:
    """All analyses of the state."""
    return work.once("findings", Findings)


def ahead(work: Work) -> None:
    """Work out what most pages rest on."""
    doubts(work)
    _ = findings(work).calendar


def doubts(work: Work) -> tuple[Doubt, ...]:
    """What to look at first."""
    found = findings(work)
    return work.once(
        "doubts", lambda state: worth_a_look(state, found.positions, found.contradictions, found.deadlocks)
    )
