"""`/codebook`: the concepts with their issues; rename, merge, move, describe, contradict; all can be undone."""

from collections import defaultdict

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from standoff.case import codebook, merging
from standoff.case.codebook import Issue
from standoff.case.snapshot import Snapshot
from standoff.errors import InputError
from standoff.web import templating
from standoff.web.deciding import Done, Step
from standoff.web.desk import Desk
from standoff.web.pages import Decisions, Shows, desk_of

MOST, MOST_ISSUES = 80, 200
"""Concepts on one page; issues of one concept."""


def _by_concept(state: Snapshot) -> dict[str, list[Issue]]:
    found: dict[str, list[Issue]] = defaultdict(list)
    for issue in codebook.issues(state):
        found[issue.concept or ""].append(issue)
    return found


def show(request: Request) -> Response:
    """The concepts, those with most issues first. `words`: in the name; `from`: the first one."""
    answer = desk_of(request).ask("codebook", lambda work: _by_concept(work.state))
    issues = answer.value
    words = request.query_params.get("words", "").strip()
    concepts = [c for c in answer.state.concepts if all(w in c.name.casefold() for w in words.casefold().split())]
    concepts.sort(key=lambda concept: (-len(issues.get(concept.id, ())), int(concept.id[1:])))
    first = request.query_params.get("from", "0")
    start = min(int(first), max(0, len(concepts) - 1)) // MOST * MOST if first.isdecimal() else 0
    return templating.page(
        request,
        "codebook.html",
        behind=answer.behind,
        concepts=concepts[start : start + MOST],
        counts={id_: len(found) for id_, found in issues.items()},
        count=len(concepts),
        loose=len(issues.get("", ())),
        start=start,
        most=MOST,
        words=words,
        names={c.id: c.name for c in answer.state.concepts},
    )


def one(request: Request) -> Response:
    """A concept with its issues, to be moved, renamed, described."""
    answer = desk_of(request).ask("codebook", lambda work: _by_concept(work.state))
    concept = answer.state.concept_by_id.get(request.path_params["concept"])
    if concept is None:
        raise HTTPException(404)
    issues = answer.value.get(concept.id, [])
    others = sorted((c for c in answer.state.concepts if c.id != concept.id), key=lambda c: c.name.casefold())
    return templating.page(
        request,
        "concept.html",
        behind=answer.behind,
        concept=concept,
        issues=issues[:MOST_ISSUES],
        more=max(0, len(issues) - MOST_ISSUES),
        others=others,
        names={c.id: c.name for c in answer.state.concepts},
    )


def chosen(desk: Desk, step: Step) -> Done:
    """Several concepts are one: those whose ids stand in `ids`, into the one named first or in `into`."""
    ids = step.word("ids").split()
    into = step.fields.get("into", "").strip() or ids[0]
    others = [id_ for id_ in ids if id_ != into]
    if not others:
        raise InputError("choose two or more")
    merging.merge(desk.case, into, others, desk.by)
    return Done(f"{', '.join(others)} merged into {into}; undo on the page Record", {"reload": True})


def rename(desk: Desk, step: Step) -> Done:
    """Another name for a concept or party."""
    merging.rename(desk.case, step.path["id"], step.word("name"), desk.by)
    return Done(f"renamed: {step.word('name')}", {"reload": True})


def describe(desk: Desk, step: Step) -> Done:
    """What belongs to a concept."""
    codebook.describe(desk.case, step.path["id"], step.fields.get("description", ""), desk.by)
    return Done("described", {"reload": True})


def move(desk: Desk, step: Step) -> Done:
    """Issues (`ids`: e12, e12.gate) belong to another concept, known or new (`to`)."""
    target = codebook.move(desk.case, step.word("ids").split(), step.word("to"), desk.by)
    return Done(f"moved to {target}", {"reload": True})


def contradict(desk: Desk, step: Step) -> Done:
    """Two concepts cannot both come about, or (`holds` is no) they can after all."""
    holds = step.fields.get("holds", "yes") == "yes"
    codebook.contradict(desk.case, step.path["id"], step.word("other"), holds, desk.by)
    return Done("noted", {"reload": True})


SHOWS: Shows = (("/codebook", show), ("/codebook/{concept}", one))
DECISIONS: Decisions = (
    ("/codebook/merge", chosen),
    ("/codebook/move", move),
    ("/things/{id}/rename", rename),
    ("/codebook/{id}/describe", describe),
    ("/codebook/{id}/contradict", contradict),
)
