"""`standoff case log`, `undo`, `redo`, `diff`: the record of a case."""

from pathlib import Path
from typing import Any

import click

from standoff.cli.case_options import as_json, case_file, decided, plain, say_json


@click.command()
@case_file
@click.option("--last", type=click.IntRange(min=1), default=40, show_default=True, help="Only so many of the newest.")
@click.option("--all", "whole", is_flag=True, help="All of them.")
@as_json
def log(case_file: Path, last: int, whole: bool, as_json: bool) -> None:
    """What was done, by whom, when, and why. Undone steps stay in the log and are marked."""
    from standoff.case.history import log as steps_of
    from standoff.case.store import open as open_case
    from standoff.cli.table import table

    with open_case(case_file) as case:
        steps = steps_of(case, None if whole else last)
    if as_json:
        say_json(steps)
        return
    rows = [
        (
            step.id,
            step.at[:16].replace("T", " "),
            step.by,
            step.verb + ("" if step.in_force else " (undone)"),
            step.about + (f": {step.why}" if step.why else "") + (f" [{step.parts} parts]" if step.parts else ""),
        )
        for step in steps
    ]
    click.echo(table(("no", "when (UTC)", "who", "did", "what"), rows))


@click.command()
@case_file
@click.argument("action", type=int, required=False)
@decided
@as_json
def undo(case_file: Path, action: int | None, by: str, why: str, as_json: bool) -> None:
    """Undo the last thing you did, or ACTION, a number of the log. Undoing an undo brings back what it took away."""
    from standoff.case.history import undo as take_back
    from standoff.case.store import open as open_case

    with open_case(case_file) as case:
        step = take_back(case, action, by, why)
    say_json({"undone": step}) if as_json else click.echo(f"undone: {step.id} {step.verb} {step.about}")


@click.command()
@case_file
@decided
@as_json
def redo(case_file: Path, by: str, why: str, as_json: bool) -> None:
    """Bring back what your last undo took away."""
    from standoff.case.history import redo as bring_back
    from standoff.case.store import open as open_case

    with open_case(case_file) as case:
        step = bring_back(case, by, why)
    say_json({"undone": step}) if as_json else click.echo(f"brought back: {step.about}")


@click.command()
@case_file
@click.argument("before", metavar="A")
@click.argument("after", metavar="B", default="now")
@as_json
def diff(case_file: Path, before: str, after: str, as_json: bool) -> None:
    """What differs between two moments A and B.

    A moment is a number of the log, a day or time in UTC (2026-11-25, 2026-11-25T14:00), or `now`.
    """
    from standoff.case.history import diff as changes_of
    from standoff.case.history import moment
    from standoff.case.store import open as open_case
    from standoff.cli.table import table

    with open_case(case_file) as case:
        changes = changes_of(case, moment(case, before), moment(case, after))
    if as_json:
        say_json([_change(change) for change in changes])
        return
    rows = [(change.kind, change.id, change.field or "–", _told(change.before, change.after)) for change in changes]
    click.echo(table(("kind", "id", "field", "change"), rows) if rows else "nothing differs")


def _change(change: Any) -> dict[str, Any]:
    """A whole report is told by its id: its text is no difference."""
    data: dict[str, Any] = plain(change)
    for side in ("before", "after"):
        if isinstance(data[side], dict) and "report" in data[side] and isinstance(data[side]["report"], dict):
            data[side]["report"] = data[side]["report"]["id"]
    return data


def _told(before: Any, after: Any) -> str:
    if before is None:
        return f"new {getattr(after, 'name', '')}" if not isinstance(after, str | int | float) else f"– → {after}"
    if after is None:
        return f"gone {getattr(before, 'name', '')}" if not isinstance(before, str | int | float) else f"{before} → –"
    if isinstance(before, str | int | float | bool) or isinstance(after, str | int | float | bool):
        return f"{before} → {after}"
    return "changed"
