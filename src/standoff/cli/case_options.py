"""What the commands of `standoff case` share: options, the opened file, JSON and progress on the terminal."""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

case_file = click.argument("case_file", metavar="CASE", type=click.Path(path_type=Path))
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def decided(command: Command) -> Command:
    """The options of a decision: who takes it, and why."""
    by = click.option("--by", default="", metavar="NAME", help="Who decides (STANDOFF_USER, else the login name).")
    why = click.option("--why", default="", metavar="TEXT", help="The reason, for the log.")
    return by(why(command))


def say_json(value: Any) -> None:
    """Print a value as JSON; dataclasses become objects."""
    click.echo(json.dumps(plain(value), ensure_ascii=False, indent=1))


def plain(value: Any) -> Any:
    """Dataclasses, tuples and errors as JSON has them."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [plain(item) for item in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def confirm(as_json: bool, value: Any, words: str) -> None:
    """Say what was done: as JSON for a program, in words for a person."""
    say_json(value) if as_json else click.echo(words)


def progress(what: str, done: int, whole: int) -> None:
    """One line on standard error that is written over; nothing where nobody looks."""
    if sys.stderr.isatty():
        of = f" of {whole}" if whole else ""
        click.echo(f"\r{what} {done}{of}".ljust(60), err=True, nl=False)


def progress_ends() -> None:
    """Wipe the line."""
    if sys.stderr.isatty():
        click.echo("\r" + " " * 60 + "\r", err=True, nl=False)
