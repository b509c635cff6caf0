"""`standoff network --mode barplot`: how often each concept was wanted and turned down; a table, JSON, CSV or SVG."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from standoff.cli.network_options import write_text
from standoff.errors import InputError

if TYPE_CHECKING:
    from standoff.analysis.networks.coded import CodedStatements
    from standoff.analysis.networks.filters import Selection


def bars(
    statements: CodedStatements, chosen: Selection, variable: str, qualifier: str, out: Path | None, as_data: bool
) -> None:
    """Print the counts of each value of the variable per level of the qualifier, the most spoken of first."""
    from standoff.analysis.networks.barplot import bar_plot
    from standoff.cli.table import table

    found = bar_plot(statements, variable, qualifier, chosen)
    if found.empty:
        raise InputError(f"{statements.name}: no statements of any {variable}")
    found = found.loc[found.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    levels = [str(level) for level in found.columns]
    if out is not None:
        _write(out, statements, found.index.tolist(), found.to_numpy().tolist(), levels, variable, qualifier)
    rows = [(*counts, str(name)) for name, counts in zip(found.index, found.to_numpy().tolist(), strict=True)]
    if as_data:
        data = [{variable: row[-1], **dict(zip(levels, row[:-1], strict=True))} for row in rows]
        click.echo(json.dumps(data, ensure_ascii=False))
    else:
        click.echo(table((*(f"{qualifier} {level}" for level in levels), variable), rows))


def _write(
    out: Path, statements: CodedStatements, names: list[str], counts: list[list[int]], levels: list[str],
    variable: str, qualifier: str,
) -> None:  # fmt: skip
    from standoff.analysis.networks.graph import csv_text
    from standoff.analysis.pictures.tables import bar_picture

    if out.suffix.lower() == ".csv":
        rows = [[name, *map(str, row)] for name, row in zip(names, counts, strict=True)]
        write_text(out, csv_text([["", *levels], *rows]))
        return
    if out.suffix.lower() != ".svg":
        raise InputError(f"{out}: a bar plot is written as .csv or .svg")
    if statements.column(qualifier).kind != "boolean":
        raise InputError(f"{out}: bars are drawn for a qualifier of yes and no; {qualifier!r} has other levels")
    title = f"{qualifier} per {variable}"
    write_text(out, bar_picture(names, [row[0] for row in counts], [row[1] for row in counts], title))
