"""Which statements count: coded statements in; those in range, not excluded, complete and no duplicates, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from standoff.analysis.networks.coded import DOCUMENT, CodedStatements, Column, Ints
from standoff.errors import InputError

DUPLICATES = (
    "include", "document", "week", "month", "year", "acrossrange", "dna-week", "dna-week-us", "dna-month",
)  # fmt: skip
"""When a statement repeats an earlier one: never, or within a document, an ISO week of a year, a month of a year, a
year, or at all. The `dna-` names compare week and month numbers without the year, as DNA does: a statement of March
2016 repeats one of March 2015. `dna-week-us` counts weeks from Sunday, the week with 1 January being the first."""


@dataclass(frozen=True)
class Selection:
    """Which statements to take. Times are seconds since 1970 UTC, both ends inclusive; None: from the first document,
    to the last. Exclusions map a variable to values (booleans are "0" and "1"); for a variable in `only`, the listed
    values are kept and all others dropped."""

    start: int | None = None
    stop: int | None = None
    exclude: Mapping[str, Sequence[str]] = field(default_factory=dict)
    only: Mapping[str, Sequence[str]] = field(default_factory=dict)
    duplicates: str = "include"


def time_range(statements: CodedStatements, selection: Selection) -> tuple[int, int]:
    """Start and stop in seconds; no statement is in range if stop is before start. Raises InputError if there is no
    document."""
    start = statements.first if selection.start is None else selection.start
    stop = statements.last if selection.stop is None else selection.stop
    if start is None or stop is None:
        raise InputError(f"{statements.name}: no documents")
    return start, stop


def loaded(statements: CodedStatements, selection: Selection) -> CodedStatements:
    """Statements in range whose document is not excluded: the *original* statements, which name isolates and levels."""
    start, stop = time_range(statements, selection)
    keep = (statements.time >= start) & (statements.time <= stop)
    for exclusions, inverted in ((selection.exclude, False), (selection.only, True)):
        for name, values in exclusions.items():
            if name.startswith(DOCUMENT):
                keep &= listed(statements.column(name), values) == inverted
    return statements.take(np.flatnonzero(keep))


def not_excluded(statements: CodedStatements, selection: Selection) -> npt.NDArray[np.bool_]:
    """Which statements pass the exclusions of statement variables."""
    keep = np.ones(len(statements), dtype=bool)
    for exclusions, inverted in ((selection.exclude, False), (selection.only, True)):
        for name, values in exclusions.items():
            if not name.startswith(DOCUMENT):
                keep &= listed(statements.column(name), values) == inverted
    return keep


def listed(column: Column, values: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Which statements have one of the values; numbers are compared as text."""
    wanted = {str(value) for value in values}
    hit = np.array([str(level) in wanted for level in column.levels], dtype=bool)
    found: npt.NDArray[np.bool_] = hit[column.codes] if len(hit) else np.zeros(len(column.codes), dtype=bool)
    return found


def complete(columns: Sequence[Column]) -> npt.NDArray[np.bool_]:
    """Which statements have a value (no empty text) in every column."""
    keep = np.ones(len(columns[0].codes), dtype=bool)
    for column in columns:
        if column.is_text and len(column.levels):
            keep &= column.levels[column.codes] != ""
    return keep


def first_of_kind(statements: CodedStatements, columns: Sequence[Column], duplicates: str) -> npt.NDArray[np.bool_]:
    """Which statements are the first with their values of `columns` in their period. Raises InputError for an unknown
    period."""
    if duplicates not in DUPLICATES:
        raise InputError(f"duplicates {duplicates!r} unknown; there are: {', '.join(DUPLICATES)}")
    if duplicates == "include" or not len(statements):
        return np.ones(len(statements), dtype=bool)
    key = np.zeros(len(statements), dtype=np.int64)
    for codes in (*(column.codes for column in columns), period(statements, duplicates)):
        _, small = np.unique(codes, return_inverse=True)
        _, key = np.unique(key * (int(small.max()) + 1) + small, return_inverse=True)
    _, first = np.unique(key, return_index=True)
    keep = np.zeros(len(statements), dtype=bool)
    keep[first] = True
    return keep


def period(statements: CodedStatements, duplicates: str) -> Ints:
    """A number for each statement: equal numbers, same period."""
    if duplicates == "document":
        return statements.document
    if duplicates == "acrossrange":
        return np.zeros(len(statements), dtype=np.int64)
    days = np.floor_divide(statements.time, 86400)
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    years = np.floor_divide(months, 12)
    thursdays = days - (days + 3) % 7 + 3  # 1970-01-01 was a Thursday; an ISO week belongs to the year of its Thursday
    thursday_year = thursdays.astype("datetime64[D]").astype("datetime64[Y]")
    iso_week = np.floor_divide(thursdays - thursday_year.astype("datetime64[D]").astype(np.int64), 7) + 1
    if duplicates == "dna-week-us":
        return us_weeks(days)
    found: dict[str, Any] = {
        "week": np.floor_divide(days + 3, 7),
        "month": months,
        "year": years,
        "dna-month": months % 12,
        "dna-week": iso_week,
    }
    numbers: Ints = found[duplicates]
    return numbers


def us_weeks(days: Ints) -> Ints:
    """Week numbers that count from Sunday; the week that holds 1 January is week 1, even of the year before."""
    saturdays = days + (2 - days % 7) % 7  # day 2 of the epoch was a Saturday: the last day of its week
    of_year = saturdays.astype("datetime64[D]").astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64)
    weeks: Ints = np.floor_divide(saturdays - of_year, 7) + 1
    return weeks
