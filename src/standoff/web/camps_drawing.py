"""The camps of a stretch of time go in; where dots, ties, names and the curve of polarisation are drawn comes out."""

from dataclasses import dataclass

import numpy as np

from standoff.analysis.pictures.layout import Floats, label_places, spread
from standoff.web.camps import Camps, Stretch, Tie
from standoff.web.segments import shown

WIDTH, HEIGHT, MARGIN_X, MARGIN_Y = 900, 560, 150, 50
"""Units of the drawing, and the room at its edges for names."""
NODE = 15
"""Radius of a dot: a letter must fit."""
MOST_PARTIES, MOST_TIES = 24, 60
"""What is drawn, the busiest parties and the strongest ties; the table has all."""
NEAREST = 58.0
"""Units between two dots at least, so that names can be read."""
ROUNDS = 60
LONGEST_NAME = 28
WIDEST = 7.0
CURVE_HEIGHT, STEP, MOST_WIDE = 90, 34, 860


@dataclass(frozen=True, slots=True)
class Dot:
    """A party in its place, the same in every stretch."""

    party: str
    name: str
    letter: str
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Line:
    """A tie. kind: `together`, `against` or `even`; the figure stands at `x`, `y`."""

    tie: Tie
    kind: str
    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn, and how much was left out. silent: name and place of those who have no tie in this stretch."""

    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    more_parties: int
    more_ties: int
    silent: tuple[tuple[str, float, float], ...] = ()
    width: int = WIDTH
    height: int = HEIGHT
    radius: int = NODE


@dataclass(frozen=True, slots=True)
class Curve:
    """Polarisation over time: points of a line, a mark for the stretch that is shown."""

    points: tuple[tuple[float, float], ...]
    at: tuple[float, float]
    width: float
    height: int = CURVE_HEIGHT


def busiest(camps: Camps) -> list[str]:
    """The parties that are drawn: those with ties, most pairs of statements over all stretches first."""
    weight = dict.fromkeys(camps.names, 0)
    for stretch in camps.stretches:
        for tie in stretch.ties:
            for party in (tie.one, tie.other):
                weight[party] += tie.agreements + tie.conflicts
    tied = [party for party in weight if weight[party]]
    return sorted(tied, key=lambda party: (-weight[party], camps.names[party]))[:MOST_PARTIES]


def draw(camps: Camps, stretch: Stretch) -> Drawing:
    """The parties of a stretch that have ties, and their strongest ties."""
    kept = busiest(camps)
    order = {party: number for number, party in enumerate(camps.names)}
    rows = [order[party] for party in kept]
    places = spread(camps.agreement[np.ix_(rows, rows)])
    places = _apart(places * (WIDTH - 2 * MARGIN_X, HEIGHT - 2 * MARGIN_Y) + (MARGIN_X, MARGIN_Y))
    at = {party: (x, y) for party, (x, y) in zip(kept, places.tolist(), strict=True)}
    tied = {party for tie in stretch.ties for party in (tie.one, tie.other)}
    here = [party for party in kept if party in tied]
    known = [tie for tie in stretch.ties if tie.one in at and tie.other in at]
    heaviest = max((abs(tie.weight) for tie in known), default=1) or 1
    names = [_short(camps.names[party]) for party in here]
    drawn = known[:MOST_TIES]
    between = [(*at[tie.one], *at[tie.other]) for tie in drawn]
    labels = label_places([at[party] for party in here], names, NODE, (0, 0, WIDTH, HEIGHT), between)
    return Drawing(
        tuple(
            Dot(party, name, stretch.camps.get(party, ""), *_r(*at[party]), *_r(x, y), anchor)
            for party, name, (x, y, anchor) in zip(here, names, labels, strict=True)
        ),
        tuple(_line(tie, at, heaviest) for tie in reversed(drawn)),
        len(tied) - len(here),
        len(stretch.ties) - len(drawn),
        tuple((camps.names[party], *_r(*at[party])) for party in kept if party not in tied),
    )


def _apart(places: Floats) -> Floats:
    """Places moved as little as it takes that no two are nearer than NEAREST, inside of the margins."""
    for _ in range(ROUNDS):
        away = places[:, None, :] - places[None, :, :]
        distance = np.maximum(np.linalg.norm(away, axis=2), 1e-6)
        lacking = np.maximum(NEAREST - distance, 0.0)
        np.fill_diagonal(lacking, 0.0)
        if not lacking.any():
            break
        places = places + (away / distance[:, :, None] * lacking[:, :, None] / 2).sum(axis=1)
        places = np.clip(places, (MARGIN_X / 2, MARGIN_Y / 2), (WIDTH - MARGIN_X / 2, HEIGHT - MARGIN_Y / 2))
    return places


def _line(tie: Tie, at: dict[str, tuple[float, float]], heaviest: int) -> Line:
    (x1, y1), (x2, y2) = at[tie.one], at[tie.other]
    kind = "together" if tie.weight > 0 else "against" if tie.weight < 0 else "even"
    width = round(1.2 + (WIDEST - 1.2) * abs(tie.weight) / heaviest, 1)
    return Line(tie, kind, *_r(x1, y1), *_r(x2, y2), width, *_r((x1 + x2) / 2, (y1 + y2) / 2 + 4))


def _short(name: str) -> str:
    name = shown(name)
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"


def _r(x: float, y: float) -> tuple[float, float]:
    return round(x, 1), round(y, 1)


def curve(camps: Camps, chosen: int) -> Curve:
    """The line of polarisation; from the bottom (0) to the top (1)."""
    count = len(camps.stretches)
    wide = min(MOST_WIDE, STEP * max(count, 2))
    step = wide / max(1, count - 1)
    points = tuple(
        _r(10 + number * step, 8 + (CURVE_HEIGHT - 16) * (1 - one.score)) for number, one in enumerate(camps.stretches)
    )
    return Curve(points, points[chosen], wide + 60)
