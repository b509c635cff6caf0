"""The pages of the desk: each module has what its addresses show (`SHOWS`) and what they change (`DECISIONS`)."""

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from standoff.web.deciding import Done, Step
from standoff.web.desk import Desk

Show = Callable[[Request], Response]
Decision = Callable[[Desk, Step], Done]
Shows = tuple[tuple[str, Show], ...]
Decisions = tuple[tuple[str, Decision], ...]


def routes() -> tuple[Shows, Decisions]:
    """All addresses of the desk."""
    from standoff.web.pages import (
        actors,
        codebook,
        contradictions,
        meetings,
        model,
        positions,
        preconditions,
        record,
        report,
        reports,
        search,
        today,
        who,
    )

    modules: tuple[Any, ...] = (
        today, reports, report, search, positions, meetings, preconditions, contradictions, who, codebook, actors,
        model, record,
    )  # fmt: skip
    shows = tuple(entry for module in modules for entry in module.SHOWS)
    decisions = tuple(entry for module in modules for entry in getattr(module, "DECISIONS", ()))
    return shows, decisions


def desk_of(request: Request) -> Desk:
    """The desk that a page is shown from."""
    desk: Desk = request.app.state.desk
    return desk
