"""A network as a picture: names, ties and camps in; SVG out. Solid ties are agreement, dashed ones conflict."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from standoff.analysis.pictures.layout import Floats, label_places, spread
from standoff.analysis.pictures.svg import AGAINST, CAMP_COLORS, FAINT, SIZE, Drawing, shortened

WIDTH, HEIGHT, MARGIN = 900.0, 640.0, 60.0
MOST_TIES = 400
"""Ties drawn, the strongest: more cannot be told apart on a page."""

_CONFLICT = f"#{AGAINST[0]:02x}{AGAINST[1]:02x}{AGAINST[2]:02x}"


def network_picture(
    names: Sequence[str], matrix: Floats, camp: Sequence[int] | None = None, title: str = "Network", seed: int = 0
) -> str:
    """The SVG of a one-mode network (actors, actors); negative ties are conflict. camp: number of each actor's camp.

    Dots grow with the sum of an actor's ties; ties grow with their weight.
    """
    ties = np.array(matrix, dtype=np.float64)
    np.fill_diagonal(ties, 0.0)
    drawing = Drawing(WIDTH, HEIGHT, title, f"{len(names)} actors; agreement solid, conflict dashed")
    places = spread(np.maximum(ties, 0.0), seed)
    points = [
        (MARGIN + x * (WIDTH - 2 * MARGIN), MARGIN + y * (HEIGHT - 2 * MARGIN)) for x, y in places.tolist()
    ]
    rows, cols = np.nonzero(np.triu(ties))
    order = np.argsort(-np.abs(ties[rows, cols]), kind="stable")[:MOST_TIES]
    heaviest = float(np.abs(ties).max()) if len(order) else 1.0
    for row, col in reversed(list(zip(rows[order].tolist(), cols[order].tolist(), strict=True))):
        weight = float(ties[row, col])
        wide = 0.6 + 4.4 * abs(weight) / heaviest
        color, dashes = (FAINT, "") if weight > 0 else (_CONFLICT, "5 4")
        (x1, y1), (x2, y2) = points[row], points[col]
        drawing.line(x1, y1, x2, y2, color, wide, dashes, 0.35 + 0.4 * abs(weight) / heaviest)
    strength = np.abs(ties).sum(axis=1)
    most = float(strength.max()) if len(strength) and strength.any() else 1.0
    shown = [shortened(str(name), 200) for name in names]
    largest = 12.0
    labels = label_places(points, shown, largest * 0.7, (0, 0, WIDTH, HEIGHT))
    for place, (x, y) in enumerate(points):
        color = CAMP_COLORS[camp[place] % len(CAMP_COLORS)] if camp is not None else CAMP_COLORS[0]
        hint = f"{names[place]}: ties {strength[place]:.3g}"
        drawing.dot(x, y, 4 + (largest - 4) * float(np.sqrt(strength[place] / most)), color, hint)
    for words, (x, y, anchor) in zip(shown, labels, strict=True):
        drawing.words(x, y, words, anchor, halo=True)
    drawing.words(12, 20, title, size=SIZE + 2)
    if len(rows) > MOST_TIES:
        drawing.words(12, HEIGHT - 10, f"the strongest {MOST_TIES} of {len(rows)} ties", color=FAINT)
    return drawing.text()
