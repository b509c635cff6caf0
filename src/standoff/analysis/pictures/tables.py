"""Two tables as pictures: positions of actors on concepts as a heat map, agreement per concept as bars. SVG out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from standoff.analysis.pictures.layout import Floats
from standoff.analysis.pictures.svg import FAINT, INK, SIZE, Drawing, scale_color, shortened, width_of

CELL = 26.0
MOST_ROOM = 260.0
"""Room for the names of rows and columns: longer ones are cut; pointing at a cell shows them in full."""

TURN = -60.0
BAR, GAP, HALF = 16.0, 8.0, 220.0


def heat_map(rows: Sequence[str], cols: Sequence[str], matrix: Floats, title: str) -> str:
    """The SVG of a two-mode network (actors, concepts): blue for, orange against, white neither or nothing said.

    Rows and columns are put in an order that brings alike ones together (by the first singular vectors). Cells show
    their value.
    """
    cells = np.array(matrix, dtype=np.float64).reshape(len(rows), len(cols))
    by_row, by_col = _order(cells)
    left = _room(rows) + 16
    top = 40 + _room(cols) * 0.9
    tail = _room(cols) * 0.5  # turned names of the last columns reach beyond the cells
    width, height = left + CELL * len(cols) + tail + 16, top + CELL * len(rows) + 16
    drawing = Drawing(width, height, title, f"{len(rows)} rows by {len(cols)} columns")
    most = float(np.abs(cells).max()) if cells.size and cells.any() else 1.0
    for place, col in enumerate(by_col):
        drawing.words(left + CELL * (place + 0.6), top - 6, shortened(str(cols[col]), MOST_ROOM), turn=TURN)
    for down, row in enumerate(by_row):
        y = top + CELL * down
        drawing.words(left - 8, y + CELL / 2 + SIZE * 0.35, shortened(str(rows[row]), MOST_ROOM), "end")
        for across, col in enumerate(by_col):
            value = float(cells[row, col])
            hint = f"{rows[row]} · {cols[col]}: {value:g}"
            x = left + CELL * across
            drawing.box(x, y, CELL - 1, CELL - 1, scale_color(value / most) if value else "#f4f4f4", hint)
            if value:
                color = "#ffffff" if abs(value) > 0.6 * most else INK
                shown = f"{value:.0f}" if value.is_integer() else f"{value:.1f}"
                drawing.words(x + CELL / 2 - 0.5, y + CELL / 2 + 3.5, shown, "middle", 10.0, color)
    drawing.words(12, 22, title, size=SIZE + 2)
    return drawing.text()


def _room(names: Sequence[str]) -> float:
    return min(MOST_ROOM, max((width_of(str(name)) for name in names), default=0.0))


def _order(cells: Floats) -> tuple[list[int], list[int]]:
    if min(cells.shape, default=0) < 2:
        return list(range(cells.shape[0])), list(range(cells.shape[1]))
    left, _, right = np.linalg.svd(cells, full_matrices=False)
    sign = 1.0 if left[np.argmax(np.abs(left[:, 0])), 0] > 0 else -1.0  # a singular vector's sign is arbitrary
    by_row = np.argsort(-sign * np.round(left[:, 0], 9), kind="stable")
    by_col = np.argsort(-sign * np.round(right[0], 9), kind="stable")
    return by_row.tolist(), by_col.tolist()


def bar_picture(names: Sequence[str], against: Sequence[float], in_favour: Sequence[float], title: str) -> str:
    """The SVG of one line per concept: how often it was turned down (to the left) and wanted (to the right).

    Lines are in order of how often a concept was spoken of.
    """
    order = sorted(range(len(names)), key=lambda k: (-(against[k] + in_favour[k]), k))
    most = max([*against, *in_favour, 1.0])
    left = _room(names) + 24
    middle = left + HALF + 40
    top = 62.0
    drawing = Drawing(middle + HALF + 56, top + (BAR + GAP) * len(names) + 16, title, f"{len(names)} concepts")
    drawing.words(middle - 8, top - 12, "against", "end", color=FAINT)
    drawing.words(middle + 8, top - 12, "in favour", color=FAINT)
    for line, k in enumerate(order):
        y = top + (BAR + GAP) * line
        drawing.words(left - 8, y + BAR * 0.75, shortened(str(names[k]), MOST_ROOM), "end")
        for value, side in ((against[k], -1.0), (in_favour[k], 1.0)):
            wide = HALF * value / most
            x = middle if side > 0 else middle - wide
            if value:
                drawing.box(x, y, wide, BAR, scale_color(side * 0.85), f"{names[k]}: {value:g}")
            anchor = "start" if side > 0 else "end"
            drawing.words(middle + side * (wide + 5), y + BAR * 0.75, f"{value:g}", anchor, 10.0)
    drawing.line(middle, top - 6, middle, top + (BAR + GAP) * len(names), INK, 1.0)
    drawing.words(12, 22, title, size=SIZE + 2)
    return drawing.text()
