"""A desk and its keys go in; the web application comes out: which address shows what, and how errors are told."""

from collections.abc import Awaitable, Callable
from typing import Any

from anyio import to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from standoff.errors import StandoffError
from standoff.web import templating
from standoff.web.deciding import Done, Step, decide
from standoff.web.desk import Desk, NotYetError
from standoff.web.guard import Guard, Keys
from standoff.web.pages import blind_routes, routes

Decision = Callable[[Desk, Step], Done]


def application(desk: Desk, keys: Keys, port: int) -> Guard:
    """The desk as an ASGI application that answers on `port` of loopback."""
    shows, decisions, uploads = blind_routes() if desk.blind else routes()
    table: list[BaseRoute] = [Mount("/static", _Static(directory=templating.HERE / "static"))]
    table += [Route(path, show, methods=["GET"]) for path, show in shows]
    table += [Route(path, upload, methods=["POST"]) for path, upload in uploads]
    table += [Route(path, _decision(decision), methods=["POST"]) for path, decision in decisions]
    app = Starlette(
        routes=table,
        exception_handlers={StandoffError: _told, HTTPException: _told, NotYetError: _not_yet},
    )
    templating.make_ready()
    app.state.desk = desk
    app.state.keys = keys
    # outside of everything, errors of the program included
    return Guard(app, keys, port, {path for path, _ in uploads})


class _Static(StaticFiles):
    """Files of the package; the browser asks again each time whether they changed (they do with a new version)."""

    def file_response(self, *args: Any, **options: Any) -> Response:
        response = super().file_response(*args, **options)
        response.headers["cache-control"] = "no-cache"
        return response


def _decision(decision: Decision) -> Callable[[Request], Awaitable[Response]]:
    """A change as an address: JSON in, JSON out. It runs outside of the event loop, for it waits for the disk."""

    async def answer(request: Request) -> Response:
        body = await request.body()
        desk: Desk = request.app.state.desk
        status, data = await to_thread.run_sync(decide, desk, decision, dict(request.path_params), body)
        return JSONResponse(data, status)

    return answer


async def _not_yet(request: Request, error: Exception) -> Response:
    """The page is being worked out for the first time; it asks again by itself."""
    return templating.page(request, "not_yet.html", behind=True)


async def _told(request: Request, error: Exception) -> Response:
    """What went wrong, in one line: as JSON where a change was asked for, else as a page."""
    status = error.status_code if isinstance(error, HTTPException) else 400
    words = {404: "There is no such page on this desk.", 405: "This address does not do that."}.get(status, str(error))
    if request.method == "POST":
        return JSONResponse({"error": words}, status)
    return templating.page(request, "error.html", status, words=words)
