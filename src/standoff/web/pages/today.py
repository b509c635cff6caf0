"""`/`: the brief since the last look, what comes next, what to look at first."""

from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from standoff.analysis.attention import Doubt
from standoff.analysis.brief import AHEAD, Brief, brief, published_before
from standoff.analysis.brief_page import page as brief_page
from standoff.analysis.calendar import Appointment, coming
from standoff.case.history import log, look
from standoff.case.snapshot import Entry, Snapshot
from standoff.errors import InputError
from standoff.web import asked, templating
from standoff.web.deciding import Done, Step
from standoff.web.desk import Desk, Work
from standoff.web.pages import Decisions, Shows, desk_of

MOST = 12
"""Lines of a section until all are asked for: what a person reads at a glance."""


@dataclass(frozen=True, slots=True)
class Morning:
    """All that the page shows. `last`: day of the latest report that counts."""

    brief: Brief
    coming: tuple[Appointment, ...]
    doubts: tuple[Doubt, ...]
    last: str | None
    counted: int
    waiting: int


def show(request: Request) -> Response:
    """Today's page. `since`: a day from which on the brief counts; `all`: every line."""
    desk = desk_of(request)
    since = since_of(request)
    answer = desk.ask(f"today {since}", lambda work: morning(desk, work, since))
    whole = bool(request.query_params.get("all"))
    sections = brief_page(answer.value.brief, None if whole else MOST)
    return templating.page(
        request,
        "today.html",
        behind=answer.behind,
        page=sections,
        since=since,
        whole=whole,
        cut=any(section.left_out for section in sections.sections),
        morning=answer.value,
        is_empty=not answer.state.sources,
    )


def since_of(request: Request) -> str:
    """The day in the address from which on the brief counts, or "". Raises InputError if it is none."""
    since = request.query_params.get("since", "")
    if since:
        try:
            date.fromisoformat(since)
        except ValueError as error:
            raise InputError(f"since: {since!r} is no day (2016-01-29)") from error
    return since


def morning(desk: Desk, work: Work, since: str) -> Morning:
    """What the page shows, from a day on or since this person's last look."""
    state = work.state
    before, begin = _before(desk, state, since)
    last = max((s.report.published for s in state.sources if s.counts and s.report.published), default=None)
    day = date.fromisoformat(last) if last else None
    waiting: list[Entry] = [*state.positions, *state.preconditions]
    waiting += [sighting for meeting in state.meetings for sighting in meeting.sightings]
    return Morning(
        brief=brief(before, state, None, begin, asked.findings(work)),
        coming=coming(asked.findings(work).calendar, day, AHEAD) if day else (),
        doubts=asked.doubts(work),
        last=last,
        counted=sum(source.counts for source in state.sources),
        waiting=sum(entry.review == "machine" and state.source_by_id[entry.report].counts for entry in waiting),
    )


def _before(desk: Desk, state: Snapshot, since: str) -> tuple[Snapshot, str | None]:
    """The state that the brief counts from, and what that is called."""
    if since:
        return published_before(state, date.fromisoformat(since)), since
    seen = state.settings.get(f"seen:{desk.by}")
    if seen is None:
        return Snapshot(state.name), None
    return desk.state_after(int(seen)), _time_of(desk, int(seen))


def _time_of(desk: Desk, action: int) -> str | None:
    return next((step.at[:16].replace("T", " ") for step in log(desk.reading) if step.id == action), None)


def seen(desk: Desk, step: Step) -> Done:
    """This person has read the brief: the next one begins here."""
    look(desk.case, desk.by)
    return Done("noted: your next brief begins here", {"reload": True})


SHOWS: Shows = (("/", show),)
DECISIONS: Decisions = (("/seen", seen),)
