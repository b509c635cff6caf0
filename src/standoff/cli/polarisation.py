"""`standoff polarisation`: how far the actors of a case or `.dna` file fall into two hostile camps, over time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from standoff.cli.network_options import actors, coded, networks, selecting, selection, write_text
from standoff.errors import InputError

if TYPE_CHECKING:
    from standoff.analysis.networks.network import Network
    from standoff.analysis.networks.polarisation import Polarisation

_MOST_PRINTED = 60


@click.command()
@selecting
@click.option("--seed", type=int, default=0, show_default=True, help="Of the search among many actors.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Also draw the curve over time: .svg.")
def polarisation(file: Path, seed: int, out: Path | None, **options: Any) -> None:
    """How far the actors of FILE fall into two camps that agree inside and fight each other: 0 not at all, 1 wholly.

    Every split is tried for up to 16 actors; among more, the best that a seeded search finds is taken.
    """
    from dataclasses import replace

    from standoff.analysis.networks.polarisation import polarisation as polarised
    from standoff.analysis.networks.request import Request

    if out is not None and (out.suffix.lower() != ".svg" or options["window"] is None):
        raise InputError(f"{out}: a curve needs --window, and is written as .svg")
    statements = coded(file, options["statement_type"])
    request = Request(
        variable1=actors(statements, options["variable1"]), variable2=options["variable2"],
        qualifier=options["qualifier"], aggregation="congruence", normalization="average",
        selection=selection(options),
    )  # fmt: skip
    pairs = zip(
        networks(statements, request, options),
        networks(statements, replace(request, aggregation="conflict"), options),
        strict=True,
    )
    found = [(one, polarised(one.matrix, other.matrix, seed)) for one, other in pairs]
    if out is not None:
        _draw(out, found)
    if options["as_data"]:
        click.echo(json.dumps([_as_json(*pair) for pair in found], ensure_ascii=False))
    else:
        click.echo(_text(found, options["window"] is not None))


def _draw(out: Path, found: list[tuple[Network, Polarisation]]) -> None:
    from standoff.analysis.pictures.curve import curve_picture

    scores = [result.score if one.matrix.any() or any(result.camp) else None for one, result in found]
    write_text(out, curve_picture([one.middle for one, _ in found], scores, "Polarisation, 0 to 1"))


def _as_json(one: Network, result: Polarisation) -> dict[str, Any]:
    from standoff.analysis.networks.network import day

    return {
        "start": day(one.start), "middle": day(one.middle), "stop": day(one.stop), "statements": one.statements,
        "score": result.score, "exact": result.exact, "camps": _camps(one, result),
    }  # fmt: skip


def _camps(one: Network, result: Polarisation) -> list[list[str]]:
    return [[str(name) for name, camp in zip(one.rows, result.camp, strict=True) if camp == side] for side in (0, 1)]


def _text(found: list[tuple[Network, Polarisation]], windows: bool) -> str:
    from standoff.analysis.networks.network import day
    from standoff.cli.table import table

    if not found:
        return "the range is shorter than one window"
    if windows:
        rows = [
            (day(one.start)[:10], day(one.stop)[:10], one.statements, result.score, "; ".join(_camps(one, result)[1]))
            for one, result in found[:_MOST_PRINTED]
        ]
        text = table(("from", "to", "statements", "score", "the smaller or later camp"), rows)
        rest = len(found) - _MOST_PRINTED
        return text + (f"\n… {rest} more windows (--json has all)" if rest > 0 else "")
    ((one, result),) = found
    how = "every split tried" if result.exact else "best split found"
    head = f"polarisation {result.score:.3f} ({how}), {one.statements} statements, {len(one.rows)} actors"
    if not any(result.camp):
        return f"{head}\n\nno two camps"
    sides = [(f"camp {number}", "; ".join(names)) for number, names in enumerate(_camps(one, result), 1)]
    return f"{head}\n\n{table(('camp', 'actors'), sides)}"
