"""`/add`: reports as pasted words or files go in; what became of each is told while they are read."""

from collections import Counter
from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from standoff.case.adding import unread
from standoff.errors import InputError, StandoffError
from standoff.ingest.feeds import read_given
from standoff.ingest.formats import SUFFIXES
from standoff.ingest.pasted import pasted
from standoff.ingest.sources import MAX_BYTES
from standoff.web import templating
from standoff.web.deciding import AGAIN, REFUSED, Done, Step, may_pass
from standoff.web.desk import Desk
from standoff.web.intake import STATES, Arrival
from standoff.web.pages import Decisions, Shows, Uploads, desk_of

FILE_ADDRESS = "/add/file"
"""Where the bytes of a file are sent; the only address that takes more than a decision has."""

FEEDS = (".rss", ".atom", ".xml")


def show(request: Request) -> Response:
    """The page: what to give, and what became of what was given."""
    desk = desk_of(request)
    suffixes = sorted({*SUFFIXES, *FEEDS})
    return templating.page(request, "add.html", suffixes=suffixes, most_bytes=MAX_BYTES, **_told(desk))


def progress(request: Request) -> Response:
    """Only what became of what was given, for a page that is there already."""
    return templating.page(request, "add_progress.html", **_told(desk_of(request)))


def _told(desk: Desk) -> dict[str, Any]:
    arrivals = desk.intake.arrivals()
    busy = desk.intake.busy()
    left = [] if busy else unread(desk.reading, desk.state().sources)
    return {
        "arrivals": arrivals, "busy": busy, "left": len(left), "states": STATES, "summary": _summary(arrivals),
    }  # fmt: skip


def _summary(arrivals: tuple[Arrival, ...]) -> str:
    """How many of each state, in the order of STATES: `2 read, 1 repeats another report`."""
    counts = Counter(one.state for one in arrivals)
    return ", ".join(f"{counts[state]} {name}" for state, name in STATES.items() if counts[state])


def add_text(desk: Desk, step: Step) -> Done:
    """A pasted `text` with its `title`, `published`, `publisher`, `url` becomes a report."""
    about = {name: step.fields.get(name, "") for name in ("title", "published", "publisher", "url")}
    (arrival,) = desk.intake.take(desk.case, [pasted(step.fields.get("text", ""), **about)], desk.by)
    return Done(f"{arrival.name}: {STATES[arrival.state]}", {"kept": True})


def read_left(desk: Desk, step: Step) -> Done:
    """Reports that were kept but not read are read now."""
    count = desk.intake.read_unread(desk.case)
    return Done(f"{count} to be read" if count else "nothing is left to read")


async def add_file(request: Request) -> Response:
    """The bytes of one file become reports. `name`: its name; `published`: the day, instead of what the file says.

    To send it again adds nothing: a text that the case has is known.
    """
    data = await request.body()
    desk: Desk = request.app.state.desk
    name = request.query_params.get("name", "").replace("\\", "/").rpartition("/")[2].strip()
    status, answer = await to_thread.run_sync(_file, desk, data, name, request.query_params.get("published", ""))
    return JSONResponse(answer, status)


def _file(desk: Desk, data: bytes, name: str, published: str) -> tuple[int, dict[str, object]]:
    try:
        if not name:
            raise InputError("a file without a name cannot be told from others")
        items = list(read_given(data, name, published.strip() or None))
        with desk.answers.lock:  # one change at a time, as with every decision
            arrivals = desk.intake.take(desk.case, items, desk.by)
    except StandoffError as error:
        return AGAIN if may_pass(error) else REFUSED, {"error": str(error)}
    return 200, {"said": f"{name}: {_summary(arrivals)}"}


SHOWS: Shows = (("/add", show), ("/add/progress", progress))
DECISIONS: Decisions = (("/add/text", add_text), ("/add/read", read_left))
UPLOADS: Uploads = ((FILE_ADDRESS, add_file),)
