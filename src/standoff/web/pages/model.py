"""`/model`: the conflict as the parties' words make it, what is stable, why, how to get there, and what if."""

from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from standoff.errors import InputError
from standoff.graphmodel.conflict import MAXIMUM_OPTIONS
from standoff.graphmodel.derive import USUAL_OPTIONS
from standoff.graphmodel.stability import Concept
from standoff.graphmodel.words import CONCEPT_NAMES
from standoff.web import modelling, templating
from standoff.web.desk import Asked, Work
from standoff.web.modelling import Answer
from standoff.web.pages import Shows, desk_of

MOST_OFFERED = 14
"""Options up to which a draft is offered: beyond, each answer takes seconds."""


def show(request: Request) -> Response:
    """The page. `options`: how many the draft may have; `swaps`: the what-if; `concept`: for the ways from today."""
    try:
        found = _asked(request)
    except InputError as error:
        return templating.page(request, "no_model.html", trouble=str(error))
    conflict = found.value.space.conflict
    concept = _concept(request)
    return templating.page(
        request,
        "model.html",
        behind=found.behind,
        found=found.value,
        conflict=conflict,
        owners={option: party.name for party in conflict.decision_makers for option in party.options},
        concept=concept,
        concepts=CONCEPT_NAMES,
        options=_options(request),
        most_offered=MOST_OFFERED,
        swaps=request.query_params.get("swaps", "").strip(),
        address=lambda **changes: _address(request, "/model", changes),
        state_address=lambda number: _address(request, "/model/state", {"state": number}),
        from_file=desk_of(request).model is not None,
    )


def state(request: Request) -> Response:
    """Why a state is or is not stable, party by party."""
    found = _asked(request)
    concept = _concept(request)
    number = request.query_params.get("state", "")
    if not number.isdecimal() or not 1 <= int(number) <= len(found.value.space.codes):
        raise HTTPException(404)
    return templating.page(
        request,
        "model_state.html",
        behind=found.behind,
        told=modelling.told(found.value.space, int(number)),
        reasons=modelling.reasons(found.value.space, int(number), concept),
        concept=concept,
        concepts=CONCEPT_NAMES,
    )


def _asked(request: Request) -> Asked[Answer]:
    desk = desk_of(request)
    swaps = modelling.swaps_of(request.query_params.get("swaps", ""))
    options, concept, file = _options(request), _concept(request), desk.model
    stamp = "" if file is None or not file.exists() else str(file.stat().st_mtime_ns)

    def make(work: Work) -> Answer:
        name = f"model {options} {stamp}"
        model = work.once(
            name, lambda now: modelling.drafted(now, options) if file is None else modelling.from_file(file)
        )
        before = work.once(f"{name} solved", lambda _: modelling.solved(model))
        return modelling.answer(model, swaps, concept, before)

    return desk.ask(f"model {options} {stamp} {concept} {swaps}", make)


def _options(request: Request) -> int:
    given = request.query_params.get("options", "")
    return min(int(given), MAXIMUM_OPTIONS, MOST_OFFERED) if given.isdecimal() and int(given) else USUAL_OPTIONS


def _concept(request: Request) -> Concept:
    given = request.query_params.get("concept", "")
    return Concept(given) if given in {concept.value for concept in Concept} else Concept.SEQ


def _address(request: Request, path: str, changes: dict[str, object]) -> str:
    """This page with other particulars."""
    kept = {k: v for k, v in request.query_params.items() if k in ("options", "swaps", "concept")} | changes
    return f"{path}?{urlencode({k: v for k, v in kept.items() if v != ''})}"


SHOWS: Shows = (("/model", show), ("/model/state", state))
