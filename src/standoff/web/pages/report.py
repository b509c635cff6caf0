"""`/reports/ID`: a report with its entries in the margin, and each decision on them."""

from functools import partial
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from standoff.case import review, screening
from standoff.case.fields import KINDS
from standoff.web import cards, templating
from standoff.web.deciding import Done, Step
from standoff.web.desk import Desk
from standoff.web.judging import (
    OPEN,
    accept,
    add,
    body,
    bring_back,
    correct,
    entry_of,
    known,
    reject,
    reopen,
    set_edge,
    shift,
    take_back,
    take_words,
)
from standoff.web.pages import Decisions, Shows, desk_of


def show(request: Request) -> Response:
    """The page of a report."""
    desk = desk_of(request)
    state = desk.state()
    source = known(state, request.path_params["report"])
    ids = [s.id for s in state.sources]
    place = ids.index(source.id)
    return templating.page(
        request,
        "report.html",
        before=ids[place - 1] if place else None,
        after=ids[place + 1] if place + 1 < len(ids) else None,
        parties=sorted({party.name for party in state.parties}, key=str.casefold),
        forms={kind: cards.empty_fields(kind) for kind in KINDS},
        **body(OPEN, desk, state, source),
    )


def form(request: Request) -> Response:
    """The form of an entry, when somebody wants to change it."""
    desk = desk_of(request)
    entry = entry_of(OPEN, desk, request.path_params["entry"])
    fields = cards.fields(desk.state(), entry)
    return templating.page(request, "entry_form.html", id=entry.id, fields=fields)


def entry_page(request: Request) -> Response:
    """The way from an entry's id to the place where it stands."""
    entry = entry_of(OPEN, desk_of(request), request.path_params["entry"])
    return RedirectResponse(f"/reports/{quote(entry.report)}#{entry.id}", 303)


def relevance(desk: Desk, step: Step) -> Done:
    """A person's word on whether a report is about the negotiation: `relevant` is yes or no."""
    about = step.word("relevant") == "yes"
    (report,) = screening.decide_relevance(desk.case, [step.path["report"]], about, desk.by)
    if about:
        desk.intake.read_unread(desk.case, report)  # what was kept apart was not read
    return Done(f"{step.path['report']}: {'counts' if about else 'kept apart'}", {"reload": True})


def finish(desk: Desk, step: Step) -> Done:
    """This person has been through the report."""
    review.finish(desk.case, [step.path["report"]], desk.by)
    return Done(f"you have been through {step.path['report']}")


SHOWS: Shows = (
    ("/reports/{report:path}", show),
    ("/entries/{entry}/form", form),
    ("/entries/{entry}", entry_page),
)
DECISIONS: Decisions = (
    ("/entries/{entry}/accept", partial(accept, OPEN)),
    ("/entries/{entry}/reject", partial(reject, OPEN)),
    ("/entries/{entry}/reopen", partial(reopen, OPEN)),
    ("/entries/{entry}/correct", partial(correct, OPEN)),
    ("/entries/{entry}/shift", partial(shift, OPEN)),
    ("/entries/{entry}/edge", partial(set_edge, OPEN)),
    ("/entries/{entry}/take-words", partial(take_words, OPEN)),
    ("/reports/{report:path}/add", partial(add, OPEN)),
    ("/reports/{report:path}/relevance", relevance),
    ("/reports/{report:path}/finish", finish),
    ("/undo", partial(take_back, OPEN)),
    ("/redo", partial(bring_back, OPEN)),
)
