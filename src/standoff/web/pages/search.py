"""`/search`: words go in; where they stand in texts, entries, names and the codebook comes out."""

from dataclasses import dataclass
from itertools import groupby

from starlette.requests import Request
from starlette.responses import Response

from standoff.case.search import Hit, search
from standoff.errors import InputError
from standoff.web import templating
from standoff.web.pages import Shows, desk_of

MOST = 60
"""Hits in texts, and as many in entries."""

GROUPS = {
    "party": "Actors", "concept": "Codebook", "report": "Reports", "position": "Positions",
    "precondition": "Preconditions", "meeting": "Meetings", "statement": "Statements",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one kind."""

    name: str
    hits: tuple[Hit, ...]


def show(request: Request) -> Response:
    """The page of a search. `q`: the words."""
    desk = desk_of(request)
    query = request.query_params.get("q", "").strip()
    trouble, hits = "", []
    state = desk.state()
    if query:
        try:
            hits = search(desk.reading, query, MOST, state)
        except InputError as error:
            trouble = str(error)
    order = list(GROUPS)
    hits.sort(key=lambda hit: order.index(hit.kind))
    groups = [Group(GROUPS[kind], tuple(found)) for kind, found in groupby(hits, key=lambda hit: hit.kind)]
    titles = {s.id: s.report.title or s.id for s in state.sources}
    return templating.page(
        request, "search.html", query=query, groups=groups, trouble=trouble, titles=titles, count=len(hits)
    )


SHOWS: Shows = (("/search", show),)
