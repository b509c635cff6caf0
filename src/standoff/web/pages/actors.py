"""`/actors`: the parties of the case; rename, merge, split, say whom one speaks for; each of which can be undone."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from standoff.case import merging
from standoff.ledger import ACTOR_KINDS
from standoff.web import templating
from standoff.web.deciding import Done, Step
from standoff.web.desk import Desk
from standoff.web.pages import Decisions, Shows, desk_of
from standoff.web.pages.codebook import chosen

MOST, MOST_PAIRS = 120, 20
"""Actors on one page; pairs that look alike."""


def show(request: Request) -> Response:
    """The list, those in most reports first. `words`: in the name; `from`: the first one."""
    answer = desk_of(request).ask("alike", lambda work: merging.perhaps_the_same(work.state))
    state = answer.state
    words = request.query_params.get("words", "").strip()
    parties = [p for p in state.parties if all(w in p.name.casefold() for w in words.casefold().split())]
    parties.sort(key=lambda party: (-len({report for report, _ in party.members}), party.name.casefold()))
    first = request.query_params.get("from", "0")
    start = min(int(first), max(0, len(parties) - 1)) // MOST * MOST if first.isdecimal() else 0
    return templating.page(
        request,
        "actors.html",
        behind=answer.behind,
        parties=parties[start : start + MOST],
        named=state.party_by_id,
        pairs=answer.value[:MOST_PAIRS],
        count=len(parties),
        start=start,
        most=MOST,
        words=words,
    )


def one(request: Request) -> Response:
    """An actor, to be renamed, described, split."""
    state = desk_of(request).state()
    party = state.party_by_id.get(request.path_params["party"])
    if party is None:
        raise HTTPException(404)
    reports = [source for source in state.sources if source.id in {report for report, _ in party.members}]
    return templating.page(
        request,
        "actor.html",
        party=party,
        reports=reports,
        named=state.party_by_id,
        kinds=ACTOR_KINDS,
        names=sorted({p.name for p in state.parties if p.id != party.id}, key=str.casefold),
    )


def describe(desk: Desk, step: Step) -> Done:
    """Whom a party speaks for (`of`), and what it is (`kind`)."""
    values: dict[str, str] = {name: step.fields[name].strip() for name in ("of", "kind") if name in step.fields}
    merging.describe_party(desk.case, step.path["party"], values, desk.by)
    return Done("described", {"reload": True})


def split(desk: Desk, step: Step) -> Done:
    """In the chosen reports (`ids`, one a line) it is another party, of another `name`."""
    reports = [line for line in step.word("ids").split("\n") if line.strip()]
    new = merging.split_party(desk.case, step.path["party"], reports, step.word("name"), desk.by)
    return Done(f"in {len(reports)} reports it is {new}", {"goto": f"/actors/{new}"})


SHOWS: Shows = (("/actors", show), ("/actors/{party}", one))
DECISIONS: Decisions = (
    ("/actors/merge", chosen),
    ("/actors/{party}/describe", describe),
    ("/actors/{party}/split", split),
)
