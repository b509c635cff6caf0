"""Where to draw: ties of actors in; places on a plane, and places for their names that overlap least, out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from standoff.analysis.pictures.svg import SIZE, width_of

Floats = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

ROUNDS = 300
LINE = 4.0
"""How wide a line counts beside what a name covers."""


def spread(ties: Floats, seed: int = 0) -> Floats:
    """Places (actors, 2) from 0 to 1: tied actors near each other, all apart from all (Fruchterman and Reingold 1991).

    ties: symmetric (actors, actors), not negative. Seeded; a network of none or one actor is a point in the middle.
    """
    count = len(ties)
    if count < 2:
        return np.full((count, 2), 0.5)
    random = np.random.default_rng(seed)
    angles = 2 * np.pi * np.arange(count) / count
    places = np.stack([np.cos(angles), np.sin(angles)], axis=1) + random.normal(0, 0.01, (count, 2))
    strength = ties / ties.max() if ties.any() else ties
    ideal = 2.0 / np.sqrt(count)
    for step in range(ROUNDS):
        apart = places[:, None, :] - places[None, :, :]
        distance = np.maximum(np.linalg.norm(apart, axis=2), 1e-3)
        push = ideal**2 / distance**2 - strength * distance / ideal
        move = (apart * push[:, :, None]).sum(axis=1) - 0.3 * places  # a slight pull keeps parts without ties in view
        length = np.maximum(np.linalg.norm(move, axis=1, keepdims=True), 1e-9)
        places = places + move / length * np.minimum(length, 0.2 * (1 - step / ROUNDS))
    low, high = places.min(axis=0), places.max(axis=0)
    return np.asarray((places - low) / np.where(high > low, high - low, 1.0))


def label_places(
    points: Sequence[tuple[float, float]], names: Sequence[str], radius: float, room: Box, lines: Sequence[Box] = ()
) -> list[tuple[float, float, str]]:
    """For each point the baseline's x, y and anchor of its name: right, left, below or above, where it covers least of
    points, of names placed before, and of lines (x1, y1, x2, y2)."""
    taken: list[Box] = [(x - radius, y - radius, x + radius, y + radius) for x, y in points]
    chosen = []
    for (x, y), name in zip(points, names, strict=True):
        wide = width_of(name)
        candidates = [
            (x + radius + 3, y + SIZE * 0.35, "start", x + radius + 3),
            (x - radius - 3, y + SIZE * 0.35, "end", x - radius - 3 - wide),
            (x, y + radius + SIZE, "middle", x - wide / 2),
            (x, y - radius - 4, "middle", x - wide / 2),
        ]
        boxes = [(left, base - SIZE * 0.8, left + wide, base + SIZE * 0.25) for _, base, _, left in candidates]
        best = min(range(len(boxes)), key=lambda k: (round(_cost(boxes[k], taken, room, lines), 3), k))
        taken.append(boxes[best])
        chosen.append(candidates[best][:3])
    return chosen


def _cost(box: Box, taken: Sequence[Box], room: Box, lines: Sequence[Box]) -> float:
    """Area that a box shares with others and with lines, plus what of it lies outside (ten times as bad)."""
    area = (box[2] - box[0]) * (box[3] - box[1])
    crossed = sum(_inside(line, box) for line in lines) * LINE
    return sum(_shared(box, other) for other in taken) + crossed + 10 * (area - _shared(box, room))


def _inside(line: Box, box: Box) -> float:
    """Length of the piece of a line that lies in a box (Liang and Barsky 1984)."""
    x, y, dx, dy = line[0], line[1], line[2] - line[0], line[3] - line[1]
    first, last = 0.0, 1.0
    for move, room in ((-dx, x - box[0]), (dx, box[2] - x), (-dy, y - box[1]), (dy, box[3] - y)):
        if move == 0 and room < 0:
            return 0.0
        if move < 0:
            first = max(first, room / move)
        elif move > 0:
            last = min(last, room / move)
    return max(0.0, last - first) * float(np.hypot(dx, dy))


def _shared(one: Box, other: Box) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide * high if wide > 0 and high > 0 else 0.0
