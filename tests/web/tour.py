"""A state of the harbour's case goes in; an address of every page that its desk has comes out."""

from urllib.parse import quote

from harbour import HOSTILE

from standoff.case.codebook import move
from standoff.case.snapshot import Snapshot
from standoff.web.desk import Desk
from standoff.web.pages import routes

QUERIES = {"/search": "q=harbour", "/model/state": "state=1", "/model": "options=2"}
"""What a page must be asked to show something."""

NO_PAGES = (".ics", ".csv", ".md", ".html", "/progress", "/blind/entries/{entry}/form")
"""Ends of addresses that give a file, or a piece that a page fetches, not a page of the desk; the form of an entry that
was coded blind is that of any entry, but there is none."""

PIECES = ("/add/progress",)
"""Such pieces."""


def coded(desk: Desk) -> None:
    """Give the case a concept of a hostile name, so that there is a page of one."""
    move(desk.case, [position.id for position in desk.state().positions], HOSTILE, "ana")


def pages(state: Snapshot) -> list[str]:
    """An address for every page among the desk's routes, of hostile things where there are any."""
    hostile = next(party.id for party in state.parties if party.name == HOSTILE)
    report = next(source.id for source in state.sources if source.report.title == HOSTILE)
    concept = state.concepts[0].id
    particulars = {
        "{report:path}": quote(report, safe="/"),
        "{entry}": state.positions[-1].id,
        "{meeting}": state.meetings[0].id,
        "{party}": hostile,
        "{concept}": concept,
    }
    queries = QUERIES | {
        "/positions/cell": f"party={hostile}&issue={concept}",
        "/networks/words": f"one={hostile}&from=2024-04-01&to=2024-06-01",
    }
    found = []
    for path, _ in routes()[0]:
        if path.endswith(NO_PAGES):
            continue
        address = path
        for name, value in particulars.items():
            address = address.replace(name, value)
        assert "{" not in address, f"{path}: say here what to put into it"
        found.append(f"{address}?{queries[path]}" if path in queries else address)
    return found
