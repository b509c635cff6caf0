"""Files that people take away: the brief as Markdown and HTML, the tables of the other pages as CSV."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from standoff.analysis.brief_page import page as brief_page
from standoff.analysis.page import Page, to_html, to_markdown
from standoff.web import asked, sheets
from standoff.web.desk import Work
from standoff.web.pages import Show, Shows, desk_of
from standoff.web.pages.today import morning, since_of


def _brief(name: str, kind: str, write: Callable[[Page], str]) -> Show:
    """Every line of the brief. `since`: as on the page Today."""

    def show(request: Request) -> Response:
        desk, since = desk_of(request), since_of(request)
        answer = desk.newest(f"today {since}", lambda work: morning(desk, work, since))
        return _file(name, kind, write(brief_page(answer.value.brief, None)).encode("utf-8", "replace"))

    return show


def _table(name: str, make: Callable[[Work], bytes]) -> Show:
    def show(request: Request) -> Response:
        return _file(name, "text/csv; charset=utf-8", desk_of(request).newest(name, make).value)

    return show


def _file(name: str, kind: str, content: bytes) -> Response:
    return Response(content, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})


SHOWS: Shows = (
    ("/brief.md", _brief("brief.md", "text/markdown; charset=utf-8", to_markdown)),
    ("/brief.html", _brief("brief.html", "text/html; charset=utf-8", to_html)),
    ("/positions.csv", _table("positions.csv", lambda work: sheets.positions(asked.findings(work).positions))),
    (
        "/preconditions.csv",
        _table("preconditions.csv", lambda work: sheets.preconditions(asked.findings(work).deadlocks)),
    ),
    (
        "/contradictions.csv",
        _table("contradictions.csv", lambda work: sheets.contradictions(asked.findings(work).contradictions)),
    ),
    ("/meetings.csv", _table("meetings.csv", lambda work: sheets.meetings(asked.findings(work).calendar))),
    ("/actors.csv", _table("actors.csv", lambda work: sheets.actors(work.state))),
    ("/codebook.csv", _table("codebook.csv", lambda work: sheets.codebook(work.state))),
)
