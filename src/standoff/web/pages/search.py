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
    """Hits of one kind, each place of a text once; `times`: how many entries rest on it."""

    name: str
    hits: tuple[tuple[Hit, int], ...]


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
    groups = [Group(GROUPS[kind], _once(list(found))) for kind, found in groupby(hits, key=lambda hit: hit.kind)]
    titles = {s.id: s.report.title or s.id for s in state.sources}
    return templating.page(
        request, "search.html", query=query, groups=groups, trouble=trouble, titles=titles,
        count=sum(len(group.hits) for group in groups),
    )


def _once(hits: list[Hit]) -> tuple[tuple[Hit, int], ...]:
    found: dict[tuple[str, ...], list[Hit]] = {}
    for hit in hits:
        place = (hit.report, hit.words) if hit.report else (hit.id,)
        found.setdefault(place, []).append(hit)
    return tuple((same[0], len(same)) for same in found.values())


SHOWS: Shows = (("/search", show),)
