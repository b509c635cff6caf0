"""`/contradictions`: who goes against himself, both sides next to each other."""

from starlette.requests import Request
from starlette.responses import Response

from standoff.web import asked, templating
from standoff.web.pages import Shows, desk_of

MOST = 60
"""Contradictions on one page, the plainest first."""


def show(request: Request) -> Response:
    """The list. `party`: only of this one."""
    answer = desk_of(request).ask("contradictions", lambda work: asked.findings(work).contradictions)
    party = request.query_params.get("party", "")
    parties = sorted({(c.party_name, c.party) for c in answer.value})
    found = [c for c in answer.value if not party or c.party == party]
    return templating.page(
        request,
        "contradictions.html",
        behind=answer.behind,
        found=found[:MOST],
        count=len(found),
        party=party,
        parties=parties,
    )


SHOWS: Shows = (("/contradictions", show),)
