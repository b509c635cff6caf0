"""`/networks`: who stands with whom, and how that changes; every dot and tie opens to the words it rests on."""

from datetime import date

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from standoff.errors import InputError
from standoff.web import templating
from standoff.web.camps import LENGTHS, camps_of, grounds, usual_length
from standoff.web.camps_drawing import busiest, curve, draw
from standoff.web.pages import Shows, desk_of

MOST_TIES = 60
"""Rows of the table of ties until all are asked for."""
MOST_GROUNDS = 30


def show(request: Request) -> Response:
    """The page. `length`: a key of LENGTHS; `window`: number of the stretch, the last one if none is given."""
    desk = desk_of(request)
    length = request.query_params.get("length", "")
    if length not in LENGTHS:
        length = desk.ask("length of a stretch", lambda work: usual_length(work.state)).value
    try:
        answer = desk.ask(f"camps {length}", lambda work: camps_of(work.state, length))
    except InputError as error:
        return templating.page(request, "no_networks.html", why=str(error))
    camps = answer.value
    chosen = request.query_params.get("window", "")
    last = len(camps.stretches) - 1
    number = min(int(chosen), last) if chosen.isdecimal() else last
    stretch = camps.stretches[number]
    whole = bool(request.query_params.get("all"))
    return templating.page(
        request,
        "networks.html",
        behind=answer.behind,
        camps=camps,
        stretch=stretch,
        number=number,
        length=length,
        lengths={key: name for key, (name, _) in LENGTHS.items()},
        drawing=draw(camps, stretch),
        curve=curve(camps, number),
        rows=busiest(camps),
        ties=stretch.ties if whole else stretch.ties[:MOST_TIES],
        whole=whole,
    )


def words(request: Request) -> Response:
    """What one party, or two (`one`, `other`), said between two days (`from`, `to`) and what it makes of them."""
    asked = request.query_params
    parties = tuple(dict.fromkeys(filter(None, (asked.get("one"), asked.get("other")))))
    first, last = _day(asked.get("from", "")), _day(asked.get("to", ""))
    state = desk_of(request).state()
    if not parties or any(party not in state.party_by_id for party in parties):
        raise HTTPException(404)
    found = grounds(state, parties, first, last)
    return templating.page(
        request,
        "network_words.html",
        parties=[state.party_by_id[party] for party in parties],
        grounds=found[:MOST_GROUNDS],
        more=max(0, len(found) - MOST_GROUNDS),
        first=first,
        last=last,
    )


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise InputError(f"{text!r} is no day (2016-01-29)") from error


SHOWS: Shows = (("/networks", show), ("/networks/words", words))
