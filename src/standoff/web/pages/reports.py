"""`/reports`: the reports of the case, by day, with what waits in each."""

from collections import Counter
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from standoff.case.queue import entries_of
from standoff.case.snapshot import Snapshot, Source
from standoff.web import templating
from standoff.web.pages import Shows, desk_of

MOST = 100
"""Reports on one page."""

SHOWN = {
    "counting": "about the negotiation",
    "waiting": "with entries that wait",
    "apart": "kept apart",
    "copies": "repeating another",
    "all": "all",
}
"""Filter → its name on the page."""


@dataclass(frozen=True, slots=True)
class Line:
    """A report in the list. `entries`: how many stand; `waiting`: how many nobody has judged."""

    source: Source
    entries: int
    waiting: int


def show(request: Request) -> Response:
    """The list. `words`: in title, publisher or id; `show`: one of SHOWN; `from`: the first line."""
    desk = desk_of(request)
    answer = desk.ask("lines of reports", lambda work: _lines(work.state))
    lines = answer.value
    which = request.query_params.get("show", "counting")
    words = request.query_params.get("words", "").strip()
    kept = [line for line in lines if _is_kept(line, which) and _has(line, words)]
    first = request.query_params.get("from", "0")
    start = min(int(first), max(0, len(kept) - 1)) // MOST * MOST if first.isdecimal() else 0
    return templating.page(
        request,
        "reports.html",
        behind=answer.behind,
        lines=kept[start : start + MOST],
        count=len(kept),
        start=start,
        most=MOST,
        whole=len(lines),
        which=which if which in SHOWN else "counting",
        words=words,
        shown_names=SHOWN,
    )


def _lines(state: Snapshot) -> list[Line]:
    entries: Counter[str] = Counter()
    waiting: Counter[str] = Counter()
    for _, entry in entries_of(state):
        entries[entry.report] += 1
        waiting[entry.report] += entry.review == "machine"
    return [Line(source, entries[source.id], waiting[source.id]) for source in reversed(state.sources)]


def _is_kept(line: Line, which: str) -> bool:
    source = line.source
    if which == "all":
        return True
    if which == "apart":
        return not source.relevant
    if which == "copies":
        return source.cluster != source.id
    return source.counts and (which != "waiting" or line.waiting > 0)


def _has(line: Line, words: str) -> bool:
    report = line.source.report
    whole = " ".join(filter(None, (report.id, report.title, report.publisher, report.published))).casefold()
    return all(word in whole for word in words.casefold().split())


SHOWS: Shows = (("/reports", show),)
