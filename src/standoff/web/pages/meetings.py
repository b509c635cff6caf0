"""`/meetings`: all meetings by month, and on an axis of days, with their status and what reports changed."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from standoff.analysis.calendar import Appointment
from standoff.analysis.icalendar_file import to_ics
from standoff.ledger import STATUSES
from standoff.web import asked, templating
from standoff.web.desk import Work
from standoff.web.pages import Shows, desk_of
from standoff.web.timeline import sheet, usual_week, weeks

MOST = 150
"""Meetings on one page."""


@dataclass(frozen=True, slots=True)
class Month:
    """The meetings of a month (`2016-01`), or those whose day is not known."""

    name: str
    meetings: tuple[Appointment, ...]


def show(request: Request) -> Response:
    """The list. `status`: only those; `from`: the first one."""
    answer = desk_of(request).ask("calendar", lambda work: asked.findings(work).calendar)
    status = request.query_params.get("status", "")
    kept = [one for one in answer.value if status not in STATUSES or one.status == status]
    first = request.query_params.get("from", "0")
    start = min(int(first), max(0, len(kept) - 1)) // MOST * MOST if first.isdecimal() else 0
    months = [
        Month(name, tuple(found))
        for name, found in groupby(kept[start : start + MOST], key=lambda one: (one.start or "day not known")[:7])
    ]
    return templating.page(
        request,
        "meetings.html",
        behind=answer.behind,
        months=months,
        count=len(kept),
        start=start,
        most=MOST,
        chosen=status,
        statuses=STATUSES,
    )


def timeline(request: Request) -> Response:
    """Six weeks on an axis of days. `week`: number of the Monday to begin with."""

    def make(work: Work) -> tuple[tuple[Appointment, ...], tuple[date, ...]]:
        found = asked.findings(work).calendar
        return found, weeks(found)

    answer = desk_of(request).ask("timeline", make)
    meetings, mondays = answer.value
    published = [s.report.published for s in answer.state.sources if s.counts and s.report.published]
    today = date.fromisoformat(max(published)) if published else None
    chosen = request.query_params.get("week", "")
    number = min(int(chosen), len(mondays) - 1) if chosen.isdecimal() and mondays else usual_week(mondays, today)
    return templating.page(
        request,
        "timeline.html",
        behind=answer.behind,
        sheet=sheet(meetings, mondays[number], today) if mondays else None,
        mondays=mondays,
        number=number,
        undated=sum(one.start is None for one in meetings),
    )


def one(request: Request) -> Response:
    """One meeting with every report's word on it."""
    answer = desk_of(request).ask("calendar", lambda work: asked.findings(work).calendar)
    found = [meeting for meeting in answer.value if meeting.id == request.path_params["meeting"]]
    if not found:
        raise HTTPException(404)
    return templating.page(request, "meeting.html", behind=answer.behind, meeting=found[0])


def ics(request: Request) -> Response:
    """The meetings as a calendar file."""

    def make(work: Work) -> bytes:
        return to_ics(work.state.identity, work.state.name, asked.findings(work).calendar)

    headers = {"content-disposition": 'attachment; filename="meetings.ics"'}
    return Response(desk_of(request).newest("meetings.ics", make).value, media_type="text/calendar", headers=headers)


SHOWS: Shows = (
    ("/meetings", show),
    ("/meetings.ics", ics),
    ("/meetings/timeline", timeline),
    ("/meetings/{meeting}", one),
)
