"""A text and marks on it go in; the text cut at every edge of a mark comes out, each piece with the marks over it.

Spans count code points, as everywhere in Standoff; a page is told where each piece begins and never has to count in the
browser's units.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from standoff.ledger import Span

LINE_END = re.compile(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
WORD = re.compile(r"\w+(?:['’\-]\w+)*")
NOT_SHOWN = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What no page can hold: shown as U+FFFD, one for one, so that places stay right."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of an entry on the text. `part`: the field of the entry (`issue`, `gate`, …)."""

    entry: str
    kind: str
    part: str
    start: int
    end: int


KINDS = ("statement", "position", "precondition", "meeting")
"""Kinds of entries, in the order in which their lines lie under the text, the nearest first."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks. `end` is after its last code point."""

    start: int
    end: int
    text: str
    marks: tuple[Mark, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of entries whose lines are drawn here: of evidence only a meeting's, for it has no other words."""
        if not self.marks:
            return ()
        here = {mark.kind for mark in self.marks if mark.part != "evidence" or mark.kind == "meeting"}
        return tuple(kind for kind in KINDS if kind in here)

    @property
    def names(self) -> str:
        """The marks as `e12:issue e13:gate`."""
        return " ".join(f"{mark.entry}:{mark.part}" for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text without its end."""

    start: int
    pieces: tuple[Piece, ...]


def paragraphs(text: str, marks: Iterable[Mark]) -> tuple[Paragraph, ...]:
    """The lines of a text that are not empty, cut at the edges of marks. Marks beyond the text are cut off."""
    text = shown(text)
    by_place = sorted((m for m in marks if m.start < m.end), key=lambda m: (m.start, -m.end, m.entry, m.part))
    found: list[Paragraph] = []
    first = 0  # marks before this one have ended
    for start, end in lines(text):
        while first < len(by_place) and by_place[first].end <= start and by_place[first].start < start:
            first += 1
        here = []
        for mark in by_place[first:]:
            if mark.start >= end:
                break
            if mark.end > start:
                here.append(mark)
        found.append(Paragraph(start, _pieces(text, (start, end), here)))
    return tuple(found)


def lines(text: str) -> list[Span]:
    """The spans of lines that hold more than white space."""
    found, start = [], 0
    for gap in [*LINE_END.finditer(text), None]:
        end = len(text) if gap is None else gap.start()
        if text[start:end].strip():
            found.append((start, end))
        if gap is not None:
            start = gap.end()
    return found


def _pieces(text: str, line: Span, marks: list[Mark]) -> tuple[Piece, ...]:
    start, end = line
    edges = {start, end}
    for mark in marks:
        edges |= {max(start, mark.start), min(end, mark.end)}
    found: list[Piece] = []
    open_: list[Mark] = []  # marks over the piece, in the order of the text
    coming = 0
    for a, b in pairwise(sorted(edges)):
        open_ = [mark for mark in open_ if mark.end > a]
        while coming < len(marks) and marks[coming].start <= a:
            if marks[coming].end > a:
                open_.append(marks[coming])
            coming += 1
        found.append(Piece(a, b, text[a:b], tuple(open_)))
    return tuple(found)


def shown(text: str) -> str:
    """The text with U+FFFD for what a page cannot hold; as long as before."""
    return NOT_SHOWN.sub("\ufffd", text)


def moved(text: str, span: Span, edge: str, words: int) -> Span:
    """The span with one edge (`start` or `end`) moved by whole words (back if `words` is below 0), never empty."""
    start, end = span
    if edge == "start":
        start = _beyond([m.start() for m in WORD.finditer(text)], start, words)
        return (start, end) if start < end else span
    end = _beyond([m.end() for m in WORD.finditer(text)], end, words)
    return (start, end) if start < end else span


def _beyond(places: list[int], place: int, steps: int) -> int:
    """The place so many steps further on in a sorted list; the last one there is, or the same if there is none."""
    later = [p for p in places if p > place] if steps > 0 else [p for p in reversed(places) if p < place]
    return later[min(abs(steps), len(later)) - 1] if later and steps else place
