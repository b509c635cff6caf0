"""Quotation marks of a text: text in, where each quotation opens and closes out.

Double marks of every style are read (“ ” „ ‟ « » " and the typewriter pairs `` ''); single marks count only where
they stand at a word's edge, because most of them are apostrophes. A quotation that is never closed ends with its
paragraph: newspapers open each paragraph of a long quotation anew and close only the last.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from standoff.reading.statements.attribution import Kind

OUTSIDE, OPENING, INSIDE, CLOSING = range(4)
"""Quotation state of a piece: outside, the opening mark, within, the closing mark."""

_DOUBLE = re.compile(r"``|''|[“”„‟«»\"]")
_SINGLE = re.compile(r"(?<!\w)[‘‚‹'](?=\w)|(?<=[\w.,;:!?…])[’›'](?!\w)")
_OPENS = frozenset({"“", "„", "‟", "«", "``"})
_TURNED = frozenset({("„", "“"), ("»", "«")})  # „so“ and »so«
_WORD_OPENINGS = frozenset("’'‘[($£€….")
_PARAGRAPH = re.compile(r"[^\r\n]+")
_BLOCK = re.compile(r"^(?:[ ]{0,3}>[> ]*|\t+|[ ]{4,})(?P<body>[^\r\n]+)", re.MULTILINE)
DIRECT_SHARE = 0.9
"""Share of quoted letters from which a content counts as direct: a word of the reporter's may slip in."""


@dataclass(frozen=True)
class Quotation:
    """A stretch between quotation marks, marks included: half-open code point offsets. `closed` tells whether a
    closing mark was found before the paragraph ended."""

    start: int
    end: int
    open_width: int
    close_width: int

    @property
    def closed(self) -> bool:
        """Whether the quotation has its closing mark."""
        return self.close_width > 0


def double_quotations(text: str) -> list[Quotation]:
    """Quotations in double marks, in text order, not nested; an unclosed one ends with its paragraph."""
    found: list[Quotation] = []
    for paragraph in _PARAGRAPH.finditer(text):
        opened: re.Match[str] | None = None
        for mark in _DOUBLE.finditer(text, paragraph.start(), paragraph.end()):
            if opened is None:
                if mark[0] not in ("”", "''") or _stands_before_a_word(text, paragraph.start(), mark):
                    opened = mark
            elif mark[0] == opened[0] and _stands_before_a_word(text, paragraph.start(), mark):
                # The mark that should close is missing: what follows is another quotation.
                found.append(Quotation(opened.start(), mark.start(), len(opened[0]), 0))
                opened = mark
            elif mark[0] not in _OPENS or (opened[0], mark[0]) in _TURNED:
                found.append(Quotation(opened.start(), mark.end(), len(opened[0]), len(mark[0])))
                opened = None
        if opened is not None:
            found.append(Quotation(opened.start(), paragraph.end(), len(opened[0]), 0))
    return found


def _stands_before_a_word(text: str, first: int, mark: re.Match[str]) -> bool:
    """Whether a mark has white space, a bracket or the paragraph's start before it and a word right after it."""
    before = text[mark.start() - 1] if mark.start() > first else " "
    after = text[mark.end() : mark.end() + 1]
    return (before.isspace() or before in "([—–") and (after.isalnum() or after in _WORD_OPENINGS)


def single_quotations(text: str) -> list[Quotation]:
    """Quotations in single marks (‘ ’ ' ‚ ‹ ›) within one paragraph; only closed ones, the rest are apostrophes."""
    found: list[Quotation] = []
    for paragraph in _PARAGRAPH.finditer(text):
        opened: re.Match[str] | None = None
        for mark in _SINGLE.finditer(text, paragraph.start(), paragraph.end()):
            opening = mark.start() == 0 or not (text[mark.start() - 1].isalnum() or text[mark.start() - 1] in ".,;:!?…")
            if opened is None and opening:
                opened = mark
            elif opened is not None and not opening:
                found.append(Quotation(opened.start(), mark.end(), 1, 1))
                opened = None
    return found


def block_quotations(text: str) -> list[tuple[int, int]]:
    """Lines set as block quotations: marked with > or indented by a tab or four blanks, as half-open offsets."""
    return [(line.start("body"), line.end()) for line in _BLOCK.finditer(text)]


class Quoted:
    """Which characters of a text are quoted; made once for a text, asked for each attribution."""

    def __init__(self, text: str) -> None:
        self.text = text
        quotations = double_quotations(text)
        self._double = [(quotation.start, quotation.end) for quotation in quotations]
        ranges = [(quotation.start, quotation.end) for quotation in quotations + single_quotations(text)]
        self._ranges = sorted(set(ranges + block_quotations(text)))
        self._starts = [start for start, _ in self._ranges]

    def kind(self, content: tuple[tuple[int, int], ...], cue: tuple[tuple[int, int], ...]) -> Kind:
        """Direct, indirect or mixed speech, by the share of the content's letters and digits that is quoted.

        A quotation that holds the cue too is somebody else's around this attribution and does not count.
        """
        letters = quoted = 0
        for start, end in content:
            inside = [(max(start, a), min(end, b)) for a, b in self._touching(start, end) if not _holds(a, b, cue)]
            letters += _letters(self.text[start:end])
            reached = start
            for a, b in inside:
                if b > reached:
                    quoted += _letters(self.text[max(a, reached) : b])
                    reached = b
        if not quoted:
            return "indirect"
        return "direct" if quoted >= DIRECT_SHARE * letters else "mixed"

    def around(self, spans: tuple[tuple[int, int], ...]) -> tuple[int, int] | None:
        """The quotation in double marks that holds all the spans, or None. These quotations never overlap."""
        if not spans:
            return None
        place = bisect_right(self._double, (spans[0][0], len(self.text))) - 1
        if place < 0 or self._double[place][1] < spans[-1][1]:
            return None
        return self._double[place]

    def _touching(self, start: int, end: int) -> list[tuple[int, int]]:
        # A quotation is at most a paragraph, so those that may reach `start` are close before it.
        last = bisect_left(self._starts, end)
        first = bisect_left(self._starts, self.text.rfind("\n", 0, start) + 1)
        first = min(first, bisect_left(self._starts, self.text.rfind("\r", 0, start) + 1))
        return [(a, b) for a, b in self._ranges[first:last] if b > start]


def _holds(start: int, end: int, spans: tuple[tuple[int, int], ...]) -> bool:
    return any(start <= a and b <= end for a, b in spans)


def _letters(text: str) -> int:
    return sum(character.isalnum() for character in text)
