"""`/blind`: a coder works through reports without seeing what others or the machine found; then how they agree."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from standoff.case import review
from standoff.case.blind import blind_state, names_for, tasks
from standoff.case.coding import Agreement, agreement, coders
from standoff.case.fields import KINDS
from standoff.case.snapshot import Snapshot
from standoff.case.store import Case
from standoff.errors import CaseError
from standoff.web import cards, templating
from standoff.web.deciding import Done, Step
from standoff.web.desk import Desk
from standoff.web.judging import (
    Sight,
    add,
    body,
    bring_back,
    correct,
    entry_of,
    known,
    reject,
    set_edge,
    shift,
    take_back,
    take_words,
)
from standoff.web.pages import Decisions, Shows, desk_of


def _own_state(desk: Desk) -> Snapshot:
    """What this coder sees."""
    known = desk.state().sources  # read already, and kept from step to step
    return desk.reading.unchanged(f"blind {desk.by}", lambda _: blind_state(desk.reading, desk.by, known))


BLIND = Sight("/blind", _own_state, True)


@dataclass(frozen=True, slots=True)
class Compared:
    """How far this coder and another agree, over the reports that both finished."""

    other: str
    kinds: tuple[Agreement, ...]


def show(request: Request) -> Response:
    """The reports to code, those that are done, and how far the coder agrees with others on these."""
    desk = desk_of(request)
    found = tasks(desk.reading, desk.by, desk.state().sources)
    open_tasks = [task for task in found if task.done != "blind"]
    return templating.page(
        request,
        "blind.html",
        to_do=open_tasks,
        done=[task for task in found if task.done == "blind"],
        compared=_compared(desk.reading, desk.by) if len(open_tasks) < len(found) else (),
    )


def _compared(case: Case, coder: str) -> tuple[Compared, ...]:
    found = []
    for other in coders(case):
        if other == coder:
            continue
        try:
            found.append(Compared(other, tuple(agreement(case, [coder, other]))))
        except CaseError:  # there is no report that both have finished
            continue
    return tuple(found)


def report(request: Request) -> Response:
    """A report with the coder's own entries; of a report that does not count there is nothing to code."""
    desk = desk_of(request)
    state = BLIND.state(desk)
    source = known(state, request.path_params["report"])
    if not source.counts:
        raise HTTPException(404)
    to_do = [task.source.id for task in tasks(desk.reading, desk.by, state.sources) if task.done != "blind"]
    ids = to_do if source.id in to_do else [source.id]
    place = ids.index(source.id)
    return templating.page(
        request,
        "report.html",
        before=ids[place - 1] if place else None,
        after=ids[place + 1] if place + 1 < len(ids) else None,
        parties=names_for(desk.reading, state),
        forms={kind: cards.empty_fields(kind) for kind in KINDS},
        **body(BLIND, desk, state, source),
    )


def form(request: Request) -> Response:
    """The form of one of the coder's entries."""
    desk = desk_of(request)
    entry = entry_of(BLIND, desk, request.path_params["entry"])
    return templating.page(request, "entry_form.html", id=entry.id, fields=cards.fields(BLIND.state(desk), entry))


def finish(desk: Desk, step: Step) -> Done:
    """The coder has been through the report: what he has not entered there, he does not see there."""
    review.finish(desk.case, [step.path["report"]], desk.by, blind=True)
    return Done(f"you have been through {step.path['report']}", {"goto": BLIND.root})


def _own(decision: Callable[[Sight, Desk, Step], Done]) -> Callable[[Desk, Step], Done]:
    """The decision, for entries of this coder only."""

    def decide(desk: Desk, step: Step) -> Done:
        entry_of(BLIND, desk, step.path["entry"])
        return decision(BLIND, desk, step)

    return decide


SHOWS: Shows = (
    ("/blind", show),
    ("/blind/reports/{report:path}", report),
    ("/blind/entries/{entry}/form", form),
)
DECISIONS: Decisions = (
    ("/blind/entries/{entry}/reject", _own(reject)),
    ("/blind/entries/{entry}/correct", _own(correct)),
    ("/blind/entries/{entry}/shift", _own(shift)),
    ("/blind/entries/{entry}/edge", _own(set_edge)),
    ("/blind/entries/{entry}/take-words", _own(take_words)),
    ("/blind/reports/{report:path}/add", partial(add, BLIND)),
    ("/blind/reports/{report:path}/finish", finish),
    ("/blind/undo", partial(take_back, BLIND)),
    ("/blind/redo", partial(bring_back, BLIND)),
)
