"""Rows in, lines of text out that fit a terminal: columns as wide as needed, the last one wrapped."""

import shutil
import textwrap
from collections.abc import Iterator, Sequence

WIDTH = 80
GAP = "  "
NARROWEST_LAST = 36


def width() -> int:
    """Columns of the terminal, at least 60; 80 where there is none."""
    return max(60, shutil.get_terminal_size((WIDTH, 24)).columns)


def table(head: Sequence[str], rows: Sequence[Sequence[object]], columns: int | None = None) -> str:
    """The table as text. Cells are strings or numbers (right-aligned); None is shown as a dash."""
    total = columns or width()
    cells = [[_cell(value) for value in row] for row in rows]
    numeric = [all(isinstance(row[k], int | float) or row[k] is None for row in rows) for k in range(len(head))]
    widths = [max(len(line[k]) for line in [list(head), *cells]) for k in range(len(head))]
    last = min(NARROWEST_LAST, widths[-1])
    room = total - last - len(GAP) * (len(head) - 1)
    while sum(widths[:-1]) > room and max(widths[:-1], default=0) > 8:
        widths[widths.index(max(widths[:-1]))] -= 1
    widths[-1] = max(last, total - sum(widths[:-1]) - len(GAP) * (len(head) - 1))
    lines = [
        _line(list(head), widths, numeric),
        GAP.join("-" * min(w, max(len(h), 1)) for w, h in zip(widths, head, strict=True)),
    ]
    for row in cells:
        lines += _wrapped(row, widths, numeric)
    return "\n".join(line.rstrip() for line in lines)


def _cell(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.3f}"
    return " ".join(str(value).split())


def _wrapped(row: list[str], widths: list[int], numeric: list[bool]) -> Iterator[str]:
    last = textwrap.wrap(row[-1], widths[-1]) or [""]
    yield _line([*row[:-1], last[0]], widths, numeric)
    indent = " " * (sum(widths[:-1]) + len(GAP) * (len(widths) - 1))
    yield from (indent + line for line in last[1:])


def _line(row: list[str], widths: list[int], numeric: list[bool]) -> str:
    parts = []
    for cell, size, number in zip(row[:-1], widths[:-1], numeric[:-1], strict=True):
        shown = cell if len(cell) <= size else cell[: size - 1] + "…"
        parts.append(shown.rjust(size) if number else shown.ljust(size))
    return GAP.join([*parts, row[-1].rjust(min(8, widths[-1])) if numeric[-1] else row[-1]])
