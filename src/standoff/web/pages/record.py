"""`/record`: what was done, by whom, when; each step can be undone, and an undo too."""

from starlette.requests import Request
from starlette.responses import Response

from standoff.case.history import FOUNDING, log, undo
from standoff.errors import InputError
from standoff.web import templating
from standoff.web.deciding import Done, Step
from standoff.web.desk import Desk
from standoff.web.pages import Decisions, Shows, desk_of

MOST = 200
"""Steps on the page, the newest first."""


def show(request: Request) -> Response:
    """The steps. `by`: only of this person."""
    by = request.query_params.get("by", "")
    steps = [step for step in reversed(log(desk_of(request).case, MOST * 5 if by else MOST)) if not by or step.by == by]
    people = sorted({step.by for step in steps})
    return templating.page(
        request, "record.html", steps=steps[:MOST], by=by, people=people, founding=FOUNDING, most=MOST
    )


def take_back(desk: Desk, step: Step) -> Done:
    """The step of that number is undone; an undo of an undo brings back."""
    number = step.path["number"]
    if not number.isdecimal():
        raise InputError(f"{number}: no number of a step")
    undone = undo(desk.case, int(number), desk.by)
    return Done(f"undone: {undone.verb} {undone.about}", {"reload": True})


SHOWS: Shows = (("/record", show),)
DECISIONS: Decisions = (("/record/{number}/undo", take_back),)
