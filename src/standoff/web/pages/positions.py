"""`/positions`: who holds what, party by issue, at any day; who shifted when; the quotes behind each cell."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from standoff.analysis.positions import Holding, Line, Positions, Shift
from standoff.web import asked, templating
from standoff.web.pages import Shows, desk_of

MOST_PARTIES, MOST_ISSUES = 12, 30
"""Columns and rows of the matrix until all are asked for: what a screen holds and a person can compare."""

MOST_SHIFTS = 30


@dataclass(frozen=True, slots=True)
class Cell:
    """What a party holds on an issue at a day. `times`: how often it was said by then; `turned`: it has shifted."""

    last: Holding
    times: int
    turned: bool


@dataclass(frozen=True, slots=True)
class Row:
    """An issue with one cell for each party of the matrix, None where the party has not spoken by then."""

    issue: str
    name: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Parties (id, name) and rows; how many of both were left out; the days on which somebody spoke."""

    parties: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    more_parties: int
    more_issues: int
    days: tuple[str, ...]


def show(request: Request) -> Response:
    """The matrix. `day`: number of a day among those on which somebody spoke; `all`: everybody and everything."""
    answer = desk_of(request).ask("positions", lambda work: asked.findings(work).positions)
    found: Positions = answer.value
    days = spoken_days(found)
    chosen = request.query_params.get("day", "")
    number = min(int(chosen), len(days) - 1) if chosen.isdecimal() and days else len(days) - 1
    day = days[number] if days else None
    whole = bool(request.query_params.get("all"))
    shifts = [s for s in found.shifts if day is None or (s.after.date or "") <= day]
    return templating.page(
        request,
        "positions.html",
        behind=answer.behind,
        matrix=matrix(found, day, days, whole),
        day=day,
        number=number,
        whole=whole,
        shifts=shifts[:MOST_SHIFTS],
        more_shifts=max(0, len(shifts) - MOST_SHIFTS),
    )


def spoken_days(found: Positions) -> tuple[str, ...]:
    """The days of all holdings, in order."""
    return tuple(sorted({h.date for line in found.lines for h in line.holdings if h.date is not None}))


def matrix(found: Positions, day: str | None, days: tuple[str, ...], whole: bool) -> Matrix:
    """The matrix as of a day (None: no holding has one), those first who spoke most and what was most spoken of."""
    until: dict[tuple[str, str], Cell] = {}
    names: dict[str, str] = {}
    spoken: dict[str, int] = {}
    issues: dict[str, tuple[str, int]] = {}
    for line in found.lines:
        held = [h for h in line.holdings if day is None or h.date is None or h.date <= day]
        if not held:
            continue
        turned = any((s.after.date or "") <= (day or "9999") for s in line.shifts)
        until[line.issue, line.party] = Cell(held[-1], len(held), turned)
        names[line.party] = line.party_name
        spoken[line.party] = spoken.get(line.party, 0) + len(held)
        issues[line.issue] = (line.issue_name, issues.get(line.issue, ("", 0))[1] + len(held))
    parties = sorted(spoken, key=lambda p: (-spoken[p], names[p]))
    rows = sorted(issues, key=lambda i: (-issues[i][1], issues[i][0], i))
    shown_parties = parties if whole else parties[:MOST_PARTIES]
    shown_rows = rows if whole else rows[:MOST_ISSUES]
    return Matrix(
        tuple((p, names[p]) for p in shown_parties),
        tuple(Row(i, issues[i][0], tuple(until.get((i, p)) for p in shown_parties)) for i in shown_rows),
        len(parties) - len(shown_parties),
        len(rows) - len(shown_rows),
        days,
    )


def cell(request: Request) -> Response:
    """The words behind a cell: what a `party` held on an `issue`, in order of date; what is after `until` is marked."""
    answer = desk_of(request).ask("positions", lambda work: asked.findings(work).positions)
    party, issue = request.query_params.get("party"), request.query_params.get("issue")
    found: list[Line] = [one for one in answer.value.lines if one.party == party and one.issue == issue]
    if not found:
        raise HTTPException(404)
    line = found[0]
    turns: dict[str, Shift] = {shift.after.citation.entry: shift for shift in line.shifts}
    until = request.query_params.get("until", "")
    return templating.page(request, "cell.html", behind=answer.behind, line=line, turns=turns, until=until)


SHOWS: Shows = (("/positions", show), ("/positions/cell", cell))
