"""`standoff case export` and `import`: a case to and from the files of other tools."""

from pathlib import Path

import click

from standoff.cli.case_options import as_json, case_file, decided, say_json

SHOWN = 20
"""What could not be taken is listed up to here; `--json` has all."""


@click.command()
@case_file
@click.argument("form", metavar="FORMAT")
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace OUT, if it is a file, or a folder that an export made.")
@as_json
def export(case_file: Path, form: str, out: Path, force: bool, as_json: bool) -> None:
    """Write the case as it stands to OUT, a file or a folder, whole or not at all.

    FORMAT is json (everything), csv, parquet, web-annotation, brat, dna, refi-qda, uima (INCEpTION), graphml or gexf.
    What the format cannot carry is said.
    """
    from standoff.case.exchange.formats import export as write
    from standoff.case.store import open as open_case
    from standoff.cli.table import table

    with open_case(case_file) as case:
        done = write(case, form, out, force)
    if as_json:
        say_json(done)
        return
    click.echo(f"{done.path}: written, {len(done.files)} files" if len(done.files) > 1 else f"{done.path}: written")
    click.echo(table(("what", "number"), list(done.counts.items())))
    if done.losses:
        click.echo("\nNot in it:\n" + "\n".join(f"- {loss}" for loss in done.losses))


@click.command("import")
@case_file
@click.argument("form", metavar="FORMAT")
@click.argument("source", metavar="IN", type=click.Path(path_type=Path))
@click.option("--blind", is_flag=True, help="As the coder's blind coding, which changes no state.")
@decided
@as_json
def import_(case_file: Path, form: str, source: Path, blind: bool, by: str, why: str, as_json: bool) -> None:
    """Take the file or folder IN into the case; where there is no case yet, one is made of it.

    Entries become the coding of the person the file names, else of --by. In a file that this case wrote, what was
    changed since is a correction. What cannot be found in the reports is listed, never guessed.
    """
    from standoff.case.exchange.formats import bring
    from standoff.cli.table import table

    done = bring(case_file, form, source, by, why, blind)
    if as_json:
        say_json(done)
        return
    counts = {
        "reports added": len(done.new), "reports known": len(done.known), "entries added": len(done.added),
        "entries corrected": len(done.corrected), "entries accepted": len(done.accepted),
        "entries rejected": len(done.rejected), "entries the case has": done.same,
        "entries not taken": len(done.untaken), "entries no longer in the file": len(done.missing),
    }  # fmt: skip
    click.echo(table(("what", "number"), list(counts.items())))
    if done.untaken:
        more = f" (the first {SHOWN}; --json has all)" if len(done.untaken) > SHOWN else ""
        click.echo(f"\nNot taken{more}:\n" + table(("entry", "why"), done.untaken[:SHOWN]))
    if done.missing:
        click.echo(f"\nNo longer in the file, and not rejected for that: {', '.join(done.missing[:SHOWN])}")
