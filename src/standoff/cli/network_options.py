"""What `standoff network` and `standoff polarisation` share: options in; coded statements, requests, windows out."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from standoff.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from standoff.analysis.networks.coded import CodedStatements
    from standoff.analysis.networks.filters import Selection
    from standoff.analysis.networks.network import Network
    from standoff.analysis.networks.request import Request

Command = TypeVar("Command", bound=Callable[..., Any])

SECONDS_OF_DAY = 86_400
_EPOCH = date(1970, 1, 1).toordinal()

_SELECTION = (
    click.argument("file", metavar="FILE", type=click.Path(path_type=Path)),
    click.option("--statement-type", metavar="LABEL", help="Statement type of a .dna file (default: its first)."),
    click.option("--variable1", metavar="NAME", help="Actors. Default: party; in a .dna file organization."),
    click.option("--variable2", metavar="NAME", default="concept", show_default=True, help="What they speak of."),
    click.option("--qualifier", metavar="NAME", default="agreement", show_default=True, help="Yes or no; how much."),
    click.option("--from", "first", metavar="DATE", help="First day, YYYY-MM-DD."),
    click.option("--to", "last", metavar="DATE", help="Last day, included."),
    click.option("--exclude", multiple=True, metavar="NAME=VALUE", help="Leave out statements with that value."),
    click.option("--only", multiple=True, metavar="NAME=VALUE", help="Take only those with that value."),
    click.option("--duplicates", default="include", show_default=True, metavar="PERIOD",
                 help="Count what is said again in a document, week, month, year or acrossrange once."),
    click.option("--window", metavar="UNIT", help="A series: events, days, weeks, months, years."),
    click.option("--size", type=click.IntRange(min=1), default=1, show_default=True, help="Units in a window."),
    click.option("--kernel", metavar="NAME",
                 help="Weigh statements by nearness: uniform, gaussian, epanechnikov, triangular."),
    click.option("--json", "as_data", is_flag=True, help="Print JSON."),
)  # fmt: skip


def selecting(command: Command) -> Command:
    """The file and the options that say which statements count, and over which windows."""
    for option in reversed(_SELECTION):
        command = option(command)
    return command


def coded(file: Path, statement_type: str | None) -> CodedStatements:
    """The statements of a `.dna` file or of a case. Raises InputError or CaseError for what is neither."""
    from standoff.case.exchange.dna import is_dna, read_dna

    if file.suffix.lower() == ".dna" or is_dna(file):
        from standoff.analysis.networks.coded import from_dna

        tables = read_dna(file)
        if not tables.statement_types:
            raise InputError(f"{file}: no statement types")
        return from_dna(tables, statement_type or tables.statement_types[0])
    if statement_type is not None:
        raise InputError(f"{file}: --statement-type is for .dna files; a case has one kind of statement")
    from standoff.analysis.networks.from_case import from_snapshot, undated
    from standoff.case.state import snapshot
    from standoff.case.store import open as open_case

    with open_case(file) as case:
        state = snapshot(case)
    if lost := undated(state):
        click.echo(f"{lost} position{'s' * (lost > 1)} without a date left out", err=True)
    return from_snapshot(state)


def actors(statements: CodedStatements, variable1: str | None) -> str:
    """Variable 1: as asked for, or party, or organization."""
    return variable1 or ("party" if "party" in statements.columns else "organization")


def selection(options: Mapping[str, Any]) -> Selection:
    """Which statements count. Raises InputError for an impossible date or an exclusion without `=`."""
    from standoff.analysis.networks.filters import Selection

    first, last = _seconds(options["first"], "--from"), _seconds(options["last"], "--to")
    return Selection(
        start=first,
        stop=None if last is None else last + SECONDS_OF_DAY - 1,
        exclude=_pairs(options["exclude"], "--exclude"),
        only=_pairs(options["only"], "--only"),
        duplicates=options["duplicates"],
    )


def _seconds(value: str | None, option: str) -> int | None:
    if value is None:
        return None
    from standoff.report import check_date

    return (check_date(value, option).toordinal() - _EPOCH) * SECONDS_OF_DAY


def _pairs(values: Sequence[str], option: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pair in values:
        name, sign, value = pair.partition("=")
        if not sign:
            raise InputError(f"{option} {pair!r}: write NAME=VALUE")
        found.setdefault(name, []).append(value)
    return found


def networks(statements: CodedStatements, request: Request, options: Mapping[str, Any]) -> Iterator[Network]:
    """One network, or one per window. Raises InputError for a kernel without windows."""
    from standoff.analysis.networks.kernels import Smoothing
    from standoff.analysis.networks.network import Moving, network, series, smooth_series

    window, size, kernel = options["window"], options["size"], options["kernel"]
    if kernel is not None:
        if window is None or window == "events":
            raise InputError("--kernel needs --window with days, weeks, months or years")
        yield from smooth_series(statements, request, Smoothing(kernel, window, size))
    elif window is not None:
        yield from series(statements, request, Moving(window, size))
    else:
        yield network(statements, request)


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all. Raises InputError if it cannot be written."""
    try:
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror})") from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        os.chmod(draft, 0o644)
        os.replace(draft, path)
    except OSError as error:
        Path(draft).unlink(missing_ok=True)
        raise InputError(f"{path}: cannot be written ({error.strerror})") from error
