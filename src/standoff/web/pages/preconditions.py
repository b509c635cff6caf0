"""`/preconditions`: who waits for whom, what blocks what, and the fewest concessions that would end it."""

from collections import Counter

from starlette.requests import Request
from starlette.responses import Response

from standoff.analysis.conditions import Condition
from standoff.analysis.deadlocks import Deadlocks, by_party, by_thing
from standoff.web import asked, templating
from standoff.web.desk import Work
from standoff.web.graph import Drawing, Link, draw
from standoff.web.pages import Shows, desk_of

MOST_PARTIES = 14
"""Parties in the drawing: those that wait for most and are waited for most."""
MOST_RINGS, MOST_CONDITIONS = 12, 80


def show(request: Request) -> Response:
    """The page."""

    def make(work: Work) -> tuple[Deadlocks, Drawing]:
        found = asked.findings(work).deadlocks
        return found, _drawn(found)

    answer = desk_of(request).ask("preconditions", make)
    found, drawing = answer.value
    return templating.page(
        request,
        "preconditions.html",
        behind=answer.behind,
        found=found,
        drawing=drawing,
        most_rings=MOST_RINGS,
        most=MOST_CONDITIONS,
    )


def _drawn(found: Deadlocks) -> Drawing:
    by_id = {c.id: c for c in found.conditions}
    pairs = dict.fromkeys([*by_thing(found.conditions), *by_party(found.conditions)])
    rings = [*found.locked.cycles, *found.mutual.cycles]
    on_ring = {
        (one.id, ring.conditions[(place + 1) % len(ring.conditions)].id)
        for ring in rings
        for place, one in enumerate(ring.conditions)
    }
    waits: dict[tuple[str, str], set[str]] = {}
    blocked: set[tuple[str, str]] = set()
    for one, other in pairs:
        link = (by_id[one].party, by_id[other].party)
        waits.setdefault(link, set()).add(one)
        if (one, other) in on_ring:
            blocked.add(link)
    for condition in found.conditions:  # also those who set no condition themselves are waited for
        if condition.controller is not None and condition.controller != condition.party:
            waits.setdefault((condition.party, condition.controller), set()).add(condition.id)
    weight: Counter[str] = Counter()
    for (start, end), ids in waits.items():
        weight[start] += len(ids)
        weight[end] += len(ids)
    names = _names(found.conditions)
    shown = sorted(weight, key=lambda p: (-weight[p], names.get(p, p)))[:MOST_PARTIES]
    links = [Link(a, b, len(ids), (a, b) in blocked) for (a, b), ids in waits.items()]
    return draw({party: names.get(party, party) for party in shown}, links)


def _names(conditions: tuple[Condition, ...]) -> dict[str, str]:
    names = {c.controller: c.controller_name for c in conditions if c.controller and c.controller_name}
    return names | {c.party: c.party_name for c in conditions}


SHOWS: Shows = (("/preconditions", show),)
