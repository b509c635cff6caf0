"""Parties and who waits for whom go in; places and curves of a drawing come out, the same each time."""

import math
from dataclasses import dataclass

WIDTH, HEIGHT = 760, 460
"""Units of the drawing; it is scaled to the page."""
RADIUS_X, RADIUS_Y = 230, 165
NODE = 15
"""Radius of a node."""
BEND = 0.22
"""How far a curve bows out, as a share of its length: two opposite curves must not lie on each other."""
LONGEST_NAME = 26


@dataclass(frozen=True, slots=True)
class Link:
    """One party waits for another: by so many conditions; `blocked`: some of them are part of a deadlock."""

    start: str
    end: str
    count: int
    blocked: bool


@dataclass(frozen=True, slots=True)
class Node:
    """A party in its place; the label's `anchor` is start, middle or end."""

    id: str
    name: str
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Curve:
    """A link as an SVG path; `head`: the points of its arrow; the count stands at `x`, `y`."""

    link: Link
    path: str
    head: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn, in units of WIDTH × HEIGHT."""

    nodes: tuple[Node, ...]
    curves: tuple[Curve, ...]
    width: int = WIDTH
    height: int = HEIGHT
    radius: int = NODE


def draw(names: dict[str, str], links: list[Link]) -> Drawing:
    """Parties on an ellipse in the order given, links as bowed arrows, what is blocked on top."""
    nodes: dict[str, Node] = {}
    for number, (id_, name) in enumerate(names.items()):
        angle = 2 * math.pi * number / max(1, len(names)) - math.pi / 2
        x, y = WIDTH / 2 + RADIUS_X * math.cos(angle), HEIGHT / 2 + RADIUS_Y * math.sin(angle)
        side = math.cos(angle)
        anchor = "middle" if abs(side) < 0.25 else "start" if side > 0 else "end"
        away_x = 0 if anchor == "middle" else math.copysign(NODE + 7, side)
        away_y = 5 if anchor != "middle" else math.copysign(NODE + 14, math.sin(angle)) + 4
        short = name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"
        nodes[id_] = Node(id_, short, _r(x), _r(y), _r(x + away_x), _r(y + away_y), anchor)
    known = [link for link in links if link.start in nodes and link.end in nodes and link.start != link.end]
    known.sort(key=lambda link: (link.blocked, link.count, link.start, link.end))
    return Drawing(tuple(nodes.values()), tuple(_curve(link, nodes[link.start], nodes[link.end]) for link in known))


def _curve(link: Link, a: Node, b: Node) -> Curve:
    dx, dy = b.x - a.x, b.y - a.y
    length = math.hypot(dx, dy) or 1.0
    middle_x, middle_y = (a.x + b.x) / 2 - dy * BEND, (a.y + b.y) / 2 + dx * BEND
    start_x, start_y = _towards(a.x, a.y, middle_x, middle_y, NODE + 2)
    tip_x, tip_y = _towards(b.x, b.y, middle_x, middle_y, NODE + 3)
    base_x, base_y = _towards(tip_x, tip_y, middle_x, middle_y, 12)
    across_x, across_y = (base_y - tip_y) / 12 * 5, -(base_x - tip_x) / 12 * 5
    head = (
        f"{_r(tip_x)},{_r(tip_y)} {_r(base_x + across_x)},{_r(base_y + across_y)} "
        f"{_r(base_x - across_x)},{_r(base_y - across_y)}"
    )
    path = f"M{_r(start_x)} {_r(start_y)}Q{_r(middle_x)} {_r(middle_y)} {_r(base_x)} {_r(base_y)}"
    label = 0.25 + 0.5 * BEND * min(1.0, length / 300)  # a little beside the middle of the curve
    x = (a.x + b.x) / 2 - dy * BEND * (0.5 + label / 4)
    y = (a.y + b.y) / 2 + dx * BEND * (0.5 + label / 4)
    return Curve(link, path, head, _r(x), _r(y + 4))


def _towards(x: float, y: float, to_x: float, to_y: float, far: float) -> tuple[float, float]:
    length = math.hypot(to_x - x, to_y - y) or 1.0
    return x + (to_x - x) / length * far, y + (to_y - y) / length * far


def _r(value: float) -> float:
    return round(value, 1)
