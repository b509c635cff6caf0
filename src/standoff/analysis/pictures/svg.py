"""A small SVG writer: shapes and words in, one SVG 1.1 text out. Equal pictures are equal texts, byte for byte."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

FONT = "Helvetica, Arial, 'Liberation Sans', sans-serif"
SIZE = 12.0
"""Size of words in user units (CSS pixels)."""

INK, FAINT, PAPER = "#222222", "#888888", "#ffffff"

CAMP_COLORS = (
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c564b", "#7f7f7f", "#bcbd22", "#332288",
)  # fmt: skip
"""First the palette of Okabe and Ito (2008), told apart by the colour-blind too."""

AGAINST, FOR = (213, 94, 0), (0, 114, 178)
"""Ends of the scale from disagreement to agreement, with white between."""

_WIDE, _NARROW = frozenset("mwMWÄÖÜ@%—"), frozenset("iljtfrI.,:;'|()[] ")


def width_of(words: str, size: float = SIZE) -> float:
    """About how wide words are in a wide sans-serif face; letters of East Asian scripts count as full squares."""
    total = 0.0
    for letter in words:
        if ord(letter) >= 0x1100:
            total += 1.0
        elif letter in _WIDE:
            total += 0.85
        elif letter in _NARROW:
            total += 0.36
        else:
            total += 0.72 if letter.isupper() else 0.61
    return total * size


def shortened(words: str, room: float, size: float = SIZE) -> str:
    """The words, cut with an ellipsis to fit a width."""
    words = " ".join(words.split())
    if width_of(words, size) <= room:
        return words
    while words and width_of(words + "…", size) > room:
        words = words[:-1]
    return words.rstrip() + "…"


def number(value: float) -> str:
    """A coordinate with two decimals, without needless zeros."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def scale_color(value: float) -> str:
    """From -1 (disagreement) over 0 (white) to 1 (agreement); values beyond are cut."""
    value = max(-1.0, min(1.0, value))
    end = FOR if value > 0 else AGAINST
    return "#" + "".join(f"{round(255 + (part - 255) * abs(value)):02x}" for part in end)


class Drawing:
    """A picture that grows: shapes come later above those before. `title` and `about` are for who cannot see it."""

    def __init__(self, width: float, height: float, title: str, about: str = "") -> None:
        self.width, self.height = width, height
        self._parts = [f"<title>{_text(title)}</title>"]
        if about:
            self._parts.append(f"<desc>{_text(about)}</desc>")
        self.box(0, 0, width, height, PAPER)

    def _add(self, tag: str, attributes: dict[str, object], inside: str = "") -> None:
        shown = " ".join(
            f"{name}={quoteattr(number(value) if isinstance(value, float | int) else _allowed(str(value)))}"
            for name, value in attributes.items()
        )
        self._parts.append(f"<{tag} {shown}>{inside}</{tag}>" if inside else f"<{tag} {shown}/>")

    def line(
        self, x1: float, y1: float, x2: float, y2: float, color: str = INK, width: float = 1.0, dashes: str = "",
        opacity: float = 1.0,
    ) -> None:  # fmt: skip
        """A straight line; `dashes` such as `4 3`."""
        attributes: dict[str, object] = {"x1": x1, "y1": y1, "x2": x2, "y2": y2, "stroke": color, "stroke-width": width}
        if dashes:
            attributes["stroke-dasharray"] = dashes
        if opacity != 1.0:
            attributes["stroke-opacity"] = opacity
        self._add("line", attributes)

    def path(self, points: Sequence[tuple[float, float]], color: str = INK, width: float = 1.5) -> None:
        """A line through points, not filled."""
        where = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        self._add("polyline", {"points": where, "fill": "none", "stroke": color, "stroke-width": width,
                               "stroke-linejoin": "round"})  # fmt: skip

    def box(self, x: float, y: float, width: float, height: float, fill: str, hint: str = "") -> None:
        """A filled rectangle; `hint` is shown when a reader points at it."""
        self._add("rect", {"x": x, "y": y, "width": width, "height": height, "fill": fill}, _hint(hint))

    def dot(self, x: float, y: float, radius: float, fill: str, hint: str = "") -> None:
        """A filled circle with a thin white rim."""
        self._add("circle", {"cx": x, "cy": y, "r": radius, "fill": fill, "stroke": PAPER, "stroke-width": 1.0},
                  _hint(hint))  # fmt: skip

    def words(
        self, x: float, y: float, words: str, anchor: str = "start", size: float = SIZE, color: str = INK,
        turn: float = 0.0, halo: bool = False,
    ) -> None:  # fmt: skip
        """Words whose baseline starts (or ends, or is centred: `anchor` start, end, middle) at a point, turned by
        `turn` degrees; a halo keeps them legible above lines."""
        attributes: dict[str, object] = {"x": x, "y": y, "font-size": size, "fill": color, "text-anchor": anchor}
        if turn:
            attributes["transform"] = f"rotate({number(turn)} {number(x)} {number(y)})"
        if halo:
            attributes |= {"stroke": PAPER, "stroke-width": 3.0, "paint-order": "stroke", "stroke-linejoin": "round"}
        self._add("text", attributes, _text(words) or " ")

    def text(self) -> str:
        """The SVG."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{number(self.width)}" height="{number(self.height)}" '
            f'viewBox="0 0 {number(self.width)} {number(self.height)}" role="img" font-family="{FONT}">'
        )
        return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *self._parts, "</svg>", ""])


def _hint(words: str) -> str:
    return f"<title>{_text(words)}</title>" if words else ""


def _text(words: str) -> str:
    return escape(_allowed(words))


def _allowed(words: str) -> str:
    """Without the control characters and lone surrogates that XML cannot hold."""
    return "".join(
        letter for letter in words
        if letter in "\t\n\r" or (letter >= " " and not "\ud800" <= letter <= "\udfff" and letter not in "\ufffe\uffff")
    )  # fmt: skip
