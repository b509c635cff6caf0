"""The pages of the desk: what the addresses of each module show (`SHOWS`), change (`DECISIONS`), take (`UPLOADS`)."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from standoff.web.deciding import Done, Step
from standoff.web.desk import Desk

Show = Callable[[Request], Response]
Decision = Callable[[Desk, Step], Done]
Upload = Callable[[Request], Awaitable[Response]]
Shows = tuple[tuple[str, Show], ...]
Decisions = tuple[tuple[str, Decision], ...]
Uploads = tuple[tuple[str, Upload], ...]


def routes() -> tuple[Shows, Decisions, Uploads]:
    """All addresses of the desk."""
    from standoff.web.pages import (
        actors,
        add,
        blind,
        codebook,
        contradictions,
        files,
        meetings,
        model,
        networks,
        positions,
        preconditions,
        record,
        report,
        reports,
        search,
        today,
        who,
    )

    return _of(
        today, add, blind, reports, report, search, positions, meetings, preconditions, contradictions, networks, who,
        codebook, actors, model, record, files,
    )  # fmt: skip


def blind_routes() -> tuple[Shows, Decisions, Uploads]:
    """The addresses of a desk on which reports are coded blind, and nothing else is shown."""
    from standoff.web.pages import blind

    shows, decisions, uploads = _of(blind)
    return (("/", blind.show), *shows), decisions, uploads


def _of(*modules: Any) -> tuple[Shows, Decisions, Uploads]:
    shows = tuple(entry for module in modules for entry in module.SHOWS)
    decisions = tuple(entry for module in modules for entry in getattr(module, "DECISIONS", ()))
    uploads = tuple(entry for module in modules for entry in getattr(module, "UPLOADS", ()))
    return shows, decisions, uploads


def desk_of(request: Request) -> Desk:
    """The desk that a page is shown from."""
    desk: Desk = request.app.state.desk
    return desk
