"""`standoff case review`, `agreement`, `reread`, `revise`: what people make of the entries."""

from pathlib import Path

import click

from standoff.cli.case_options import as_json, case_file, confirm, decided, progress, progress_ends, say_json
from standoff.cli.lazy import lazy_group
from standoff.errors import InputError

HERE = "standoff.cli.case_review"
review = lazy_group(
    "review",
    "Accept, reject, correct and add entries. With --blind you work without seeing what others, or the machine, found.",
    {
        "list": (HERE, "list_entries", "List the entries that wait for a word."),
        "accept": (HERE, "accept", "Entries are right."),
        "reject": (HERE, "reject", "Entries are wrong."),
        "reopen": (HERE, "reopen", "Take back what was said of entries."),
        "correct": (HERE, "correct", "Change fields of an entry."),
        "add": (HERE, "add_entry", "Enter what the machine has not found."),
        "finish": (HERE, "finish", "You have been through a report."),
        "adopt": (HERE, "adopt", "Take over what a coder entered blind."),
    },
)

blind = click.option("--blind", is_flag=True, help="Your coding alone; the state of the case stays as it is.")
entries_argument = click.argument("entries", nargs=-1, required=True, metavar="ENTRY…")
settings = click.option("--set", "values", multiple=True, metavar="FIELD=VALUE", help="A field; may be repeated.")


@click.command("list")
@case_file
@click.option("--report", help="Only of this report.")
@click.option("--kind", type=click.Choice(["statement", "position", "precondition", "meeting"]))
@click.option("--all", "whole", is_flag=True, help="Reviewed ones too.")
@click.option("--blind", "coder", metavar="NAME", help="Only what this coder entered blind.")
@as_json
def list_entries(
    case_file: Path, report: str | None, kind: str | None, whole: bool, coder: str | None, as_json: bool
) -> None:
    """List entries of reports that count: those without a person's word, in order of date and place."""
    from standoff.case.queue import blind_entries, waiting
    from standoff.case.store import open as open_case
    from standoff.cli.table import table

    with open_case(case_file) as case:
        items = blind_entries(case, coder, report) if coder else waiting(case, report, kind, whole)
    if as_json:
        say_json(items)
        return
    rows = [(item.id, item.kind, item.review, item.date, f"{item.summary} [{item.report}]") for item in items[:200]]
    click.echo(table(("id", "kind", "review", "date", "entry"), rows) if rows else "nothing waits")
    if len(items) > len(rows):
        click.echo(f"and {len(items) - len(rows)} more (--json has all)")


@click.command()
@case_file
@entries_argument
@blind
@decided
@as_json
def accept(case_file: Path, entries: tuple[str, ...], blind: bool, by: str, why: str, as_json: bool) -> None:
    """ENTRYs are right as they stand."""
    _judge("accept", case_file, entries, blind, by, why, as_json)


@click.command()
@case_file
@entries_argument
@blind
@decided
@as_json
def reject(case_file: Path, entries: tuple[str, ...], blind: bool, by: str, why: str, as_json: bool) -> None:
    """ENTRYs are wrong and leave the case; the record keeps them."""
    _judge("reject", case_file, entries, blind, by, why, as_json)


@click.command()
@case_file
@entries_argument
@blind
@decided
@as_json
def reopen(case_file: Path, entries: tuple[str, ...], blind: bool, by: str, why: str, as_json: bool) -> None:
    """What was said of ENTRYs no longer holds."""
    _judge("reopen", case_file, entries, blind, by, why, as_json)


def _judge(what: str, case_file: Path, entries: tuple[str, ...], blind: bool, by: str, why: str, as_json: bool) -> None:
    from standoff.case import review as reviewing
    from standoff.case.store import open as open_case

    with open_case(case_file) as case:
        getattr(reviewing, what)(case, entries, by, why, blind)
    confirm(as_json, {"entries": entries, "verdict": what}, f"{what}: {', '.join(entries)}")


@click.command()
@case_file
@click.argument("entry")
@settings
@blind
@decided
@as_json
def correct(
    case_file: Path, entry: str, values: tuple[str, ...], blind: bool, by: str, why: str, as_json: bool
) -> None:
    """Change fields of ENTRY, e.g. --set act=refuse --set issue="attend the talks" --set holder=A3.

    Words of the report are given as they stand there, or as offsets 120-156; parties by id or name; several
    participants with semicolons between them.
    """
    from standoff.case.review import correct as change
    from standoff.case.store import open as open_case

    with open_case(case_file) as case:
        change(case, entry, _pairs(values), by, why, blind)
    confirm(as_json, {"entries": [entry], "verdict": "correct", "set": _pairs(values)}, f"{entry}: corrected")


@click.command("add")
@case_file
@click.argument("report")
@click.argument("kind", type=click.Choice(["statement", "position", "precondition", "meeting"]))
@settings
@blind
@decided
@as_json
def add_entry(
    case_file: Path, report: str, kind: str, values: tuple[str, ...], blind: bool, by: str, why: str, as_json: bool
) -> None:
    """Enter in REPORT what the machine has not found: a position needs evidence, holder, act and issue."""
    from standoff.case.adding import connect
    from standoff.case.review import add_by_hand
    from standoff.case.store import open as open_case

    with open_case(case_file) as case:
        entry = add_by_hand(case, report, kind, _pairs(values), by, why, blind)
        if not blind:
            connect(case)
    say_json({"entry": entry}) if as_json else click.echo(f"{entry}: added")


@click.command()
@case_file
@click.argument("reports", nargs=-1, required=True, metavar="REPORT…")
@blind
@decided
@as_json
def finish(case_file: Path, reports: tuple[str, ...], blind: bool, by: str, why: str, as_json: bool) -> None:
    """You have been through REPORTs: what you have not entered there, you do not see there. Agreement needs this."""
    from standoff.case.review import finish as done
    from standoff.case.store import open as open_case

    with open_case(case_file) as case:
        done(case, reports, by, blind, why)
    confirm(as_json, {"finished": reports}, f"finished: {', '.join(reports)}")


@click.command()
@case_file
@click.argument("report")
@click.argument("coder")
@decided
@as_json
def adopt(case_file: Path, report: str, coder: str, by: str, why: str, as_json: bool) -> None:
    """Take over into the case what CODER entered blind in REPORT."""
    from standoff.case.adding import connect
    from standoff.case.review import adopt as take_over
    from standoff.case.store import open as open_case

    with open_case(case_file) as case:
        entries = take_over(case, report, coder, by, why)
        connect(case)
    say_json({"entries": entries}) if as_json else click.echo(f"taken over: {', '.join(entries)}")


@click.command()
@case_file
@click.argument("coders", nargs=-1, metavar="[CODER…]")
@as_json
def agreement(case_file: Path, coders: tuple[str, ...], as_json: bool) -> None:
    """How far CODERs (all who finished a report; `machine` is one) agree, for each kind of entry.

    Krippendorff's alpha for units (where) and labels (what), Cohen's kappa of the labels and F1 of the spans of the
    first two.
    """
    from standoff.case.coding import agreement as measure
    from standoff.case.coding import coders as who
    from standoff.case.store import open as open_case
    from standoff.cli.table import table

    with open_case(case_file) as case:
        names = list(coders) or [name for name, count in who(case).items() if count]
        results = measure(case, names)
    if as_json:
        say_json(results)
        return
    click.echo(f"{', '.join(names)}: {results[0].reports} reports")
    head = ("kind", "units", "α units", "α labels", "kappa", "F1", "F1 exact")
    rows = [
        (r.kind, " / ".join(map(str, r.units)), r.alpha_units, r.alpha_labels, r.kappa, r.f1, r.f1_exact)
        for r in results
    ]
    click.echo(table(head, rows))


@click.command()
@case_file
@click.argument("reports", nargs=-1, metavar="[REPORT…]")
@decided
@as_json
def reread(case_file: Path, reports: tuple[str, ...], by: str, why: str, as_json: bool) -> None:
    """Read again REPORTs, or all whose reading is by an older version. What people decided is kept."""
    from standoff.case.rereading import outdated
    from standoff.case.rereading import reread as again
    from standoff.case.store import open as open_case
    from standoff.cli.table import table

    with open_case(case_file) as case:
        results = again(case, reports or outdated(case), by, why=why, progress=progress)
        progress_ends()
    if as_json:
        say_json(results)
        return
    click.echo(f"{len(results)} reports read again")
    rows = [(r.report, f"{new} is close to {old}, which a person decided") for r in results for new, old in r.near]
    rows += [(r.report, f"{old} was not found again; it stands by a person's word") for r in results for old in r.alone]
    if rows:
        click.echo(table(("report", "to look at"), rows))


@click.command()
@case_file
@click.argument("report")
@click.argument("source")
@decided
@as_json
def revise(case_file: Path, report: str, source: str, by: str, why: str, as_json: bool) -> None:
    """Put the text of the file SOURCE in the place of REPORT; decisions go over where their words still stand."""
    from standoff.case.rereading import revise as replace
    from standoff.case.store import open as open_case
    from standoff.errors import StandoffError
    from standoff.ingest.feeds import read_all

    items = list(read_all([source]))
    if len(items) != 1:
        raise InputError(f"{source}: {len(items)} reports, one is meant")
    if isinstance(items[0], StandoffError):
        raise items[0]
    with open_case(case_file) as case:
        result = replace(case, report, items[0], by, why, progress)
        progress_ends()
    if as_json:
        say_json(result)
        return
    kept = len(result.found) + len(result.alone)
    click.echo(f"{result.report}: takes the place of {report}; {kept} decisions kept, {len(result.lost)} lost")
    for entry in result.lost:
        click.echo(f"  {entry}: its words are not in the new text")


def _pairs(values: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for value in values:
        name, found, written = value.partition("=")
        if not found:
            raise InputError(f"--set {value}: write FIELD=VALUE")
        pairs[name.strip()] = written
    return pairs
