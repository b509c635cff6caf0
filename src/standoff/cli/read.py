"""`standoff read`: reports in, ledgers out, as text for a person or as JSON."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from standoff.errors import InputError, StandoffError
from standoff.ledger import Ledger
from standoff.report import Report


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="FILE…")
@click.option(
    "--published", metavar="DATE", help="Date of publication, YYYY-MM-DD, instead of what the file says."
)
@click.option("--json", "as_json", is_flag=True, help="Print standoff-ledger/1 instead of text.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Write DIR/<id>.json for each report."
)
@click.option(
    "--actors",
    "actors_file",
    type=click.Path(path_type=Path),
    help="YAML file of actors you know beforehand.",
)
@click.option("--pipeline", metavar="NAME", help="Another installed spaCy pipeline for English.")
def read(
    sources: tuple[str, ...],
    published: str | None,
    as_json: bool,
    out: Path | None,
    actors_file: Path | None,
    pipeline: str | None,
) -> None:
    """Read reports into ledgers.

    FILE is a text, Markdown, HTML, PDF, DOCX, e-mail, JSON or JSON Lines file, a folder or glob of these, or - for
    standard input. What cannot be read is named on standard error, the rest is read; the exit code is then 1.
    """
    from standoff.actors import load_known
    from standoff.ingest import read_sources
    from standoff.reading.read import read as read_report
    from standoff.report import check_date

    if published is not None:
        check_date(published, "--published")
    known = load_known(actors_file) if actors_file else ()
    if out:
        out.mkdir(parents=True, exist_ok=True)
    failed = False
    ledgers: list[Ledger] = []
    for number, item in enumerate(read_sources(sources, published), 1):
        if isinstance(item, StandoffError):
            click.echo(f"standoff: {item}", err=True)
            failed = True
            continue
        if sys.stderr.isatty():
            click.echo(f"\rreading {number}: {item.id[:60]:<60}", err=True, nl=False)
        ledger = read_report(item, known, pipeline)
        if out:
            _write(out, item, ledger)
        elif as_json:
            ledgers.append(ledger)
        else:
            _print(ledger)
    if sys.stderr.isatty():
        click.echo("\r" + " " * 72 + "\r", err=True, nl=False)
    if as_json and not out and ledgers:
        click.echo("\n".join(_json_lines(ledgers)))
    if failed:
        sys.exit(1)


def _json_lines(ledgers: list[Ledger]) -> Iterator[str]:
    """One report: one indented object. Several: JSON Lines."""
    if len(ledgers) == 1:
        yield json.dumps(ledgers[0].to_json(), ensure_ascii=False, indent=1)
    else:
        yield from (json.dumps(ledger.to_json(), ensure_ascii=False) for ledger in ledgers)


def _write(out: Path, report: Report, ledger: Ledger) -> None:
    """Write one ledger; the file appears whole or not at all. Raises InputError for an id that is no file name."""
    name = report.id.replace("/", "_").replace("\\", "_")
    if not name.strip("."):
        raise InputError(f"{report.id!r}: the id of the report is no file name")
    target = out / f"{name}.json"
    partial = target.with_name(f".{target.name}.part")
    partial.write_text(json.dumps(ledger.to_json(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    partial.replace(target)


def _print(ledger: Ledger) -> None:
    from standoff.render import render

    click.echo(render(ledger))
