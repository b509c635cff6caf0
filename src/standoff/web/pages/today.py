"""`/`: the brief since the last look, what comes next, what to look at first."""

from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from standoff.analysis.brief import AHEAD, brief, published_before
from standoff.analysis.brief_page import page as brief_page
from standoff.analysis.calendar import coming
from standoff.case.history import last_look, log, look
from standoff.case.snapshot import Snapshot
from standoff.errors import InputError
from standoff.web import asked, templating
from standoff.web.deciding import Done, Step
from standoff.web.desk import Desk
from standoff.web.pages import Decisions, Shows, desk_of

MOST = 12
"""Lines of a section until all are asked for: what a person reads at a glance."""


def show(request: Request) -> Response:
    """Today's page. `since`: a day from which on the brief counts; `all`: every line."""
    desk = desk_of(request)
    state = desk.state()
    since = request.query_params.get("since", "")
    seen = last_look(desk.reading, desk.by)
    before, begin = _before(desk, state, since, seen)
    found = desk.result(f"brief {begin} {seen}", lambda now: brief(before, now, None, begin))
    whole = bool(request.query_params.get("all"))
    last = max((s.report.published for s in state.sources if s.counts and s.report.published), default=None)
    day = date.fromisoformat(last) if last else None
    sections = brief_page(found, None if whole else MOST)
    return templating.page(
        request,
        "today.html",
        page=sections,
        since=since,
        whole=whole,
        cut=any(section.left_out for section in sections.sections),
        coming=coming(asked.meetings(desk), day, AHEAD) if day else (),
        doubts=asked.doubts(desk),
        last=last,
        counted=sum(source.counts for source in state.sources),
        waiting=_waiting(desk),
        is_empty=not state.sources,
    )


def _before(desk: Desk, state: Snapshot, since: str, seen: int | None) -> tuple[Snapshot, str | None]:
    """The state that the brief counts from, and what that is called."""
    if since:
        try:
            return published_before(state, date.fromisoformat(since)), since
        except ValueError as error:
            raise InputError(f"since: {since!r} is no day (2016-01-29)") from error
    if seen is None:
        return Snapshot(state.name), None
    return desk.state_after(seen), _time_of(desk, seen)


def _time_of(desk: Desk, action: int) -> str | None:
    return next((step.at[:16].replace("T", " ") for step in log(desk.reading) if step.id == action), None)


def _waiting(desk: Desk) -> int:
    return desk.result(
        "waiting",
        lambda state: sum(
            entry.review == "machine" and state.source_by_id[entry.report].counts
            for entry in (*state.positions, *state.preconditions, *(s for g in state.meetings for s in g.sightings))
        ),
    )


def seen(desk: Desk, step: Step) -> Done:
    """This person has read the brief: the next one begins here."""
    look(desk.case, desk.by)
    return Done("noted: your next brief begins here", {"reload": True})


SHOWS: Shows = (("/", show),)
DECISIONS: Decisions = (("/seen", seen),)
