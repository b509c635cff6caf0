"""`standoff network`: discourse networks on the command line. Reads a file, prints ties; the work is in
`standoff.analysis.networks`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from standoff.cli.network_bars import bars
from standoff.cli.network_options import actors, coded, networks, selecting, selection, write_text
from standoff.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from standoff.analysis.networks.camps import Camps
    from standoff.analysis.networks.coded import CodedStatements
    from standoff.analysis.networks.graph import Graph
    from standoff.analysis.networks.network import Network
    from standoff.analysis.networks.request import Request

_MOST_PRINTED = 30
"""Ties, windows or events printed as text; --json and --out have them all."""

_FORMATS = (".csv", ".graphml", ".gexf", ".svg")


@click.command()
@selecting
@click.option("--mode", type=click.Choice(["onemode", "twomode", "barplot", "eventlist"]), default="onemode",
              show_default=True, help="Actors by actors, actors by concepts, agreement per concept, or the statements.")
@click.option("--aggregation", default="ignore", show_default=True, metavar="NAME",
              help="What the qualifier does: ignore, congruence, conflict, subtract, combine.")
@click.option("--normalization", default="no", show_default=True, metavar="NAME",
              help="no, average, jaccard, cosine (one-mode); activity, prominence (two-mode).")
@click.option("--isolates", is_flag=True, help="Keep those who have no statement that counts.")
@click.option("--camps", "method", metavar="METHOD",
              help="Part actors into camps: best, louvain, greedy, label-propagation, girvan-newman, hierarchical.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of the methods that draw lots.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE",
              help="Also write FILE: .csv, .graphml, .gexf, or a picture, .svg.")  # fmt: skip
def network(
    file: Path, mode: str, aggregation: str, normalization: str, isolates: bool, method: str | None, seed: int,
    out: Path | None, **options: Any,
) -> None:  # fmt: skip
    """Who agrees with whom, who speaks of what: the discourse network of FILE (a case or a .dna file).

    Names that begin with `dna-` (dna-cosine, dna-conflict, dna-triangular, dna-week …) do what the Discourse Network
    Analyzer does where it departs from the textbook; see docs/networks.md.
    """
    from standoff.analysis.networks.request import Request

    if out is not None and out.suffix.lower() not in _FORMATS:
        raise InputError(f"{out}: format not known; there are: {', '.join(_FORMATS)}")
    statements = coded(file, options["statement_type"])
    chosen = selection(options)
    variable1 = actors(statements, options["variable1"])
    if mode == "eventlist":
        _events(statements, chosen, (variable1, options["variable2"]), out, options["as_data"])
        return
    if mode == "barplot":
        bars(statements, chosen, options["variable2"], options["qualifier"], out, options["as_data"])
        return
    request = Request(
        mode, variable1, options["variable2"], options["qualifier"], aggregation, normalization, isolates, chosen
    )
    found = list(networks(statements, request, options))
    if not found:
        raise InputError(f"{file}: the range is shorter than one window")
    sides = _camps(request, found, method, seed)
    if out is not None:
        _write(out, statements, request, list(zip(found, sides, strict=True)), options["window"] is not None)
    if options["as_data"]:
        click.echo(json.dumps(_as_json(request, found, sides), ensure_ascii=False))
    elif options["window"] is not None:
        click.echo(_series_text(request, found, sides))
    else:
        click.echo(_text(request, found[0]) + _camps_text(found[0], sides[0]))


def _camps(request: Request, found: Sequence[Network], method: str | None, seed: int) -> list[Camps | None]:
    from standoff.analysis.networks.camps import camps_over_time

    if method is None:
        return [None] * len(found)
    if request.mode != "onemode":
        raise InputError("--camps needs a one-mode network")
    return list(camps_over_time(((one.rows.tolist(), one.matrix) for one in found), method, seed))


def _members(one: Network, camps: Camps) -> dict[int, list[str]]:
    """Actors by camp, the largest first."""
    sides: dict[int, list[str]] = {}
    for name, camp in zip(one.rows, camps.camp.tolist(), strict=True):
        sides.setdefault(camp, []).append(str(name))
    return dict(sorted(sides.items(), key=lambda side: (-len(side[1]), side[0])))


def _camps_text(one: Network, camps: Camps | None) -> str:
    from standoff.cli.table import table

    if camps is None:
        return ""
    rows = [(number, "; ".join(names)) for number, names in _members(one, camps).items()]
    head = f"{len(rows)} camps by {camps.method}, modularity {camps.modularity:.3f}"
    return f"\n\n{head}\n\n{table(('camp', 'actors'), rows)}" if rows else ""


def _events(
    statements: CodedStatements, chosen: Any, names: tuple[str, str], out: Path | None, as_data: bool
) -> None:
    from standoff.analysis.networks.events import event_list
    from standoff.analysis.networks.network import day
    from standoff.cli.table import table

    events = event_list(statements, chosen, names)
    events["time"] = [day(moment) for moment in events["time"]]
    if out is not None:
        if out.suffix.lower() != ".csv":
            raise InputError(f"{out}: an event list is written as .csv")
        write_text(out, events.to_csv(index=False))
    if as_data:
        click.echo(json.dumps(events.to_dict("records"), ensure_ascii=False))
        return
    rows = [
        (event["time"][:10], event[names[0]], event[names[1]], " ".join(str(event["text"]).split()))
        for event in events.head(_MOST_PRINTED).to_dict("records")
    ]
    click.echo(table(("day", *names, "words"), rows) if rows else "no statements")
    _rest(len(events), "statements")


def _rest(count: int, what: str) -> None:
    if count > _MOST_PRINTED:
        click.echo(f"… {count - _MOST_PRINTED} more {what} (--json or --out has all)")


def _variables(request: Request) -> list[str]:
    return [request.variable1] if request.mode == "onemode" else [request.variable1, request.variable2]


def _graph(statements: CodedStatements, request: Request, one: Network, camps: Camps | None) -> Graph:
    from standoff.analysis.networks.graph import as_graph, attributes_of

    tables = statements.entities
    known = {name: attributes_of(tables[name]) for name in _variables(request) if name in tables}
    if camps is not None:
        mine = known.setdefault(request.variable1, {})
        for name, camp in zip(one.rows, camps.camp.tolist(), strict=True):
            mine.setdefault(str(name), {})["camp"] = str(camp)
    return as_graph(one, _variables(request), known)


def _write(
    out: Path, statements: CodedStatements, request: Request, found: Sequence[tuple[Network, Camps | None]],
    windows: bool,
) -> None:  # fmt: skip
    """One file; of several windows one table, or as many graphs, numbered."""
    from standoff.analysis.networks.graph import gexf, graphml, matrix_csv, ties_csv
    from standoff.analysis.networks.network import day

    suffix = out.suffix.lower()
    if suffix == ".csv":
        plain = [one for one, _ in found]
        write_text(out, ties_csv(plain, request.mode == "onemode") if windows else matrix_csv(plain[0]))
        return
    digits = len(str(len(found)))
    for number, (one, camps) in enumerate(found, 1):
        name = f"{out.stem}-{number:0{digits}}-{day(one.middle)[:10]}{out.suffix}" if windows else out.name
        if suffix == ".svg":
            text = _picture(request, one, camps)
        else:
            text = (graphml if suffix == ".graphml" else gexf)(_graph(statements, request, one, camps))
        write_text(out.with_name(name), text)


def _picture(request: Request, one: Network, camps: Camps | None) -> str:
    from standoff.analysis.networks.network import day
    from standoff.analysis.pictures.network import network_picture
    from standoff.analysis.pictures.tables import heat_map

    what = request.aggregation if request.uses_qualifier else "statements"
    title = f"{' by '.join(_variables(request))}, {what}, {day(one.start)[:10]} to {day(one.stop)[:10]}"
    if request.mode == "twomode":
        return heat_map(one.rows.tolist(), one.cols.tolist(), one.matrix, title)
    sides = None if camps is None else camps.camp.tolist()
    return network_picture(one.rows.tolist(), one.matrix, sides, title)


def _as_json(request: Request, found: Sequence[Network], sides: Sequence[Camps | None]) -> dict[str, Any]:
    from standoff.analysis.networks.network import day

    return {
        "mode": request.mode,
        "variable1": request.variable1,
        "variable2": request.variable2,
        "qualifier": request.qualifier,
        "aggregation": request.aggregation,
        "normalization": request.normalization,
        "networks": [
            {
                "start": day(one.start), "middle": day(one.middle), "stop": day(one.stop),
                "statements": one.statements, "rows": one.rows.tolist(), "cols": one.cols.tolist(),
                "matrix": one.matrix.tolist(),
                **({} if camps is None else {
                    "camps": camps.camp.tolist(), "modularity": camps.modularity, "method": camps.method,
                }),
            }
            for one, camps in zip(found, sides, strict=True)
        ],
    }  # fmt: skip


def _series_text(request: Request, found: Sequence[Network], sides: Sequence[Camps | None]) -> str:
    from standoff.analysis.networks.network import day
    from standoff.cli.table import table

    head: Sequence[str] = ("from", "to", "statements", request.variable1, "ties", "sum")
    rows: list[tuple[object, ...]] = []
    for one, camps in zip(found[:_MOST_PRINTED], sides, strict=False):
        if camps is None:
            ties = _ties(one, request.mode == "onemode")
            rows.append((day(one.start)[:10], day(one.stop)[:10], one.statements, len(one.rows), *ties))
        else:
            head = ("from", "to", "modularity", "camps")
            members = _in_words(_members(one, camps))
            rows.append((day(one.start)[:10], day(one.stop)[:10], camps.modularity, members))
    return table(head, rows) + _more(len(found), "windows")


def _in_words(members: dict[int, list[str]]) -> str:
    return " | ".join(f"{number}: {', '.join(names)}" for number, names in members.items())


def _text(request: Request, one: Network) -> str:
    from standoff.analysis.networks.network import day
    from standoff.cli.table import table

    square = request.mode == "onemode"
    links = sorted(
        ((float(w), str(a), str(b)) for a, b, w in _links(one, square)), key=lambda tie: (-abs(tie[0]), tie[1:])
    )
    head = (
        f"{one.statements} statements, {day(one.start)[:10]} to {day(one.stop)[:10]}; "
        f"{len(one.rows)} {request.variable1}"
    )
    if not square:
        head += f", {len(one.cols)} {request.variable2}"
    if not links:
        return f"{head}; no ties"
    columns = (request.variable1, request.variable1 if square else request.variable2)
    text = table(("weight", *columns), links[:_MOST_PRINTED])
    return f"{head}, {len(links)} ties\n\n{text}{_more(len(links), 'ties')}"


def _more(count: int, what: str) -> str:
    return f"\n… {count - _MOST_PRINTED} more {what} (--json or --out has all)" if count > _MOST_PRINTED else ""


def _links(one: Network, square: bool) -> list[tuple[object, object, float]]:
    import numpy as np

    cells = np.triu(one.matrix, 1) if square else one.matrix
    return [(one.rows[row], one.cols[col], cells[row, col]) for row, col in zip(*np.nonzero(cells), strict=True)]


def _ties(one: Network, square: bool) -> tuple[int, float]:
    """How many ties, and their sum."""
    weights = [weight for _, _, weight in _links(one, square)]
    return len(weights), float(sum(weights))
