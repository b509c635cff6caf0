"""`/who/ID`: the card of an actor: what it holds, asks and is asked, who speaks for it, where it meets."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from standoff.analysis.who import Card, who
from standoff.web import asked, templating
from standoff.web.desk import Work
from standoff.web.pages import Shows, desk_of

MOST = 20
"""Lines of a section of the card."""


def show(request: Request) -> Response:
    """The card."""
    desk = desk_of(request)
    id_ = request.path_params["party"]

    def make(work: Work) -> Card | None:
        party = work.state.party_by_id.get(id_)
        return who(work.state, party, asked.findings(work)) if party else None

    answer = desk.ask(f"who {id_}", make)
    if answer.value is None:
        raise HTTPException(404)
    return templating.page(request, "who.html", behind=answer.behind, card=answer.value, most=MOST)


SHOWS: Shows = (("/who/{party}", show),)
