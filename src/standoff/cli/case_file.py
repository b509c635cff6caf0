"""`standoff case new`, `add`, `read`, `relevance`, `copy`, `check`, `backup`: the file and what is in it."""

import sys
from pathlib import Path

import click

from standoff.cli.case_options import as_json, case_file, confirm, decided, progress, progress_ends, say_json
from standoff.errors import InputError


@click.command()
@case_file
@click.option("--name", default="", help="Name of the negotiation; the file's name if none is given.")
@click.option(
    "--about",
    default="",
    metavar="TEXT",
    help="What the negotiation is about, in a sentence with its parties, place and issues. By it reports are told from "
    "others; without it every report counts.",
)
@decided
@as_json
def new(case_file: Path, name: str, about: str, by: str, why: str, as_json: bool) -> None:
    """Make a case file."""
    from standoff.case.store import create

    with create(case_file, name, about, by):
        pass
    if as_json:
        say_json({"case": str(case_file), "name": name or case_file.stem, "about": about})
    else:
        click.echo(f"{case_file}: made. `standoff case add {case_file} FILE…` adds reports.")


@click.command()
@case_file
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option("--published", metavar="DATE", help="Date of publication, YYYY-MM-DD, instead of what the file says.")
@click.option("--no-reading", is_flag=True, help="Only keep and screen the reports; `case read` reads them later.")
@decided
@as_json
def add(
    case_file: Path,
    sources: tuple[str, ...],
    published: str | None,
    no_reading: bool,
    by: str,
    why: str,
    as_json: bool,
) -> None:
    """Add reports, and read those that are about the negotiation.

    SOURCE is a file of any format of `standoff read`, a folder or glob of these, a feed (.rss, .atom, .xml), an address
    (http…, fetched only because you name it), or - for standard input. A text that the case has adds nothing.
    Reports that are not about the negotiation, and copies of others, are kept but not read.
    """
    from standoff.case import adding
    from standoff.case.state import snapshot
    from standoff.case.store import open as open_case
    from standoff.ingest.feeds import read_all

    with open_case(case_file) as case:
        step = adding.store if no_reading else adding.add
        result = step(case, read_all(sources, published), by, why, progress)
        progress_ends()
        known = snapshot(case).source_by_id
    for error in result.errors:
        click.echo(f"standoff: {error}", err=True)
    new = [known[id_] for id_ in result.new]
    copies = [source.id for source in new if source.cluster != source.id]
    apart = [source.id for source in new if not source.relevant]
    if as_json:
        data = {"new": result.new, "known": result.known, "copies": copies, "apart": apart, "read": result.read}
        say_json(data | {"errors": result.errors, "action": result.action})
    else:
        click.echo(
            f"{len(result.new)} new, {len(result.known)} known already, {len(copies)} copies of others, "
            f"{len(apart)} not about the negotiation; {len(result.read)} read"
        )
    if result.errors:
        sys.exit(1)


@click.command()
@case_file
@click.argument("reports", nargs=-1, metavar="[REPORT…]")
@as_json
def read(case_file: Path, reports: tuple[str, ...], as_json: bool) -> None:
    """Read reports that were kept apart: those named, or all that count and were not read yet."""
    from standoff.case.adding import connect, read_all, read_unread
    from standoff.case.screening import known_report
    from standoff.case.state import snapshot
    from standoff.case.store import open as open_case

    with open_case(case_file) as case:
        if reports:
            with case.looking() as connection:
                wanted = [known_report(connection, report) for report in reports]
            texts = [snapshot(case).source_by_id[report].report for report in wanted]
            done = list(read_all(case, texts, None, progress))
        else:
            done = list(read_unread(case, None, progress))
        connect(case, None, progress)
        progress_ends()
    if as_json:
        say_json({"read": done})
    else:
        click.echo(f"{len(done)} read")


@click.command()
@case_file
@click.argument("reports", nargs=-1, metavar="[REPORT…]")
@click.option("--yes", "verdict", flag_value="yes", help="They are about the negotiation.")
@click.option("--no", "verdict", flag_value="no", help="They are not.")
@click.option("--by-score", "verdict", flag_value="score", help="Leave it to the score again.")
@click.option("--again", is_flag=True, help="Score all reports anew, with what was learnt from decisions since.")
@click.option("--threshold", type=click.FloatRange(0, 1), help="From which score on a report counts.")
@decided
@as_json
def relevance(
    case_file: Path,
    reports: tuple[str, ...],
    verdict: str | None,
    again: bool,
    threshold: float | None,
    by: str,
    why: str,
    as_json: bool,
) -> None:
    """Say whether reports are about the negotiation, or list how relevant they are.

    Without --yes or --no: the reports nearest to the threshold, where a word of yours teaches most.
    """
    from standoff.case import screening
    from standoff.case.state import snapshot
    from standoff.case.store import open as open_case
    from standoff.cli.table import table

    if bool(verdict) != bool(reports):
        raise InputError("name reports together with --yes, --no or --by-score")
    with open_case(case_file) as case:
        if threshold is not None:
            screening.set_threshold(case, threshold, by, why)
        if verdict:
            meaning = {"yes": True, "no": False, "score": None}[verdict]
            ids = screening.decide_relevance(case, reports, meaning, by, why)
            many = f"{len(ids)} report{'' if len(ids) == 1 else 's'}"
            say_json({"reports": ids, "relevant": meaning}) if as_json else click.echo(f"{many}: {verdict}")
            return
        if again:
            changed = screening.score_again(case, by)
            say_json({"changed": changed}) if as_json else click.echo(f"{changed} scores changed")
            return
        state = snapshot(case)
        limit = screening.threshold_of(state.settings)
    near = sorted(state.sources, key=lambda source: (abs(source.relevance - limit), source.id))
    if as_json:
        say_json([{"id": s.id, "relevance": s.relevance, "relevant": s.relevant} for s in near])
    else:
        rows = [(s.relevance, "yes" if s.relevant else "no", s.report.title or s.id) for s in near[:30]]
        click.echo(table(("score", "counts", "report"), rows))


@click.command()
@case_file
@click.argument("report")
@click.option("--of", metavar="REPORT", help="The report that it repeats.")
@click.option("--alone", is_flag=True, help="It repeats none.")
@decided
@as_json
def copy(case_file: Path, report: str, of: str | None, alone: bool, by: str, why: str, as_json: bool) -> None:
    """Say that a report repeats another (and does not count twice), or that it stands for itself."""
    from standoff.case.screening import decide_copy
    from standoff.case.store import open as open_case

    if (of is None) != alone:
        raise InputError("say either --of REPORT or --alone")
    with open_case(case_file) as case:
        decide_copy(case, report, of, by, why)
    words = f"{report}: {'stands for itself' if alone else f'repeats {of}'}"
    confirm(as_json, {"report": report, "repeats": of}, words)


@click.command()
@case_file
@as_json
def check(case_file: Path, as_json: bool) -> None:
    """Check the file for damage: SQLite's integrity check, references, spans inside their texts."""
    from standoff.case.soundness import check as faults_of
    from standoff.case.store import open as open_case

    with open_case(case_file) as case:
        faults = faults_of(case)
    if as_json:
        say_json({"faults": faults})
    else:
        click.echo("\n".join(f"{case_file}: {fault}" for fault in faults) or f"{case_file}: sound")
    if faults:
        sys.exit(1)


@click.command()
@case_file
@click.argument("target", type=click.Path(path_type=Path))
@as_json
def backup(case_file: Path, target: Path, as_json: bool) -> None:
    """Copy the case to a new file TARGET, as it is at one moment, while others go on working."""
    from standoff.case.store import backup as copy_to
    from standoff.case.store import open as open_case

    with open_case(case_file) as case:
        copy_to(case, target)
    say_json({"backup": str(target)}) if as_json else click.echo(f"{target}: written")
