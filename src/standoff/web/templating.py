"""The name of a template and values go in; a whole page or a piece of one comes out, everything escaped."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from standoff.analysis.positions import VERB, shortened
from standoff.web.segments import shown
from standoff.web.timeline import SIGNS

HERE = Path(__file__).parent
FRAGMENT = "x-fragment"
"""Header by which a script asks for the main part of a page only."""

NAVIGATION = (
    ("/", "Today"),
    ("/reports", "Reports"),
    ("/add", "Add"),
    ("/positions", "Positions"),
    ("/meetings", "Meetings"),
    ("/preconditions", "Preconditions"),
    ("/contradictions", "Contradictions"),
    ("/networks", "Networks"),
    ("/model", "Model"),
    ("/codebook", "Codebook"),
    ("/actors", "Actors"),
    ("/record", "Record"),
)
"""Address and name of each page of the desk."""

BLIND_NAVIGATION = (("/blind", "Blind coding"),)
"""That of a desk for coding blind."""

ACT_SIGNS = {"demand": "!", "commit": "✓", "refuse": "✗", "support": "+", "oppose": "−"}
"""A sign beside the word, so that neither colour nor words alone carry an act."""


@cache
def environment() -> Environment:
    """The templates of the package. What is not defined is an error, not an empty place."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["shown"] = lambda text: shown(str(text or ""))
    made.filters["short"] = lambda text, most=160: shown(shortened(str(text or ""), most))
    made.filters["plural"] = _plural
    made.globals.update(VERB=VERB, ACT_SIGNS=ACT_SIGNS, STATUS_SIGNS=SIGNS)
    return made


def make_ready() -> None:
    """Have all templates at hand: the first step on a report need not wait for them."""
    for name in environment().list_templates():
        environment().get_template(name)


def _plural(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def piece(template: str, **values: Any) -> str:
    """A piece of a page, for a page that is there already."""
    return environment().get_template(template).render(**values)


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A whole page; only its main part if a script asks for that."""
    app = request.app.state
    whole = FRAGMENT not in request.headers
    values.setdefault("behind", False)
    html = environment().get_template(template).render(
        base="base.html" if whole else "fragment.html",
        here=request.url.path,
        csrf=app.keys.csrf,
        case_name=app.desk.name(),
        case_key=app.desk.key(),
        coder=app.desk.by,
        writable=app.desk.case.writable,
        blind=app.desk.blind,
        navigation=BLIND_NAVIGATION if app.desk.blind else NAVIGATION,
        **values,
    )  # fmt: skip
    return HTMLResponse(html.encode("utf-8", "replace"), status)
