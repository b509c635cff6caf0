"""A text as the model sees it: text in, word pieces with their offsets and surface features out.

The encoder is uncased and drops line breaks, so case, quotation state and breaks travel beside the piece ids.
Training and reading share this module, so that both see the same pieces.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from standoff.reading.statements.quotation import CLOSING, INSIDE, OPENING, double_quotations

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WINDOW = 256
"""Pieces in one window, the two special ones included. A model reads windows of the length it was trained on."""
CLS, SEP = 101, 102
CASES, QUOTATION_STATES, BREAKS = 4, 4, 3
"""Sizes of the three feature vocabularies."""

_LINE = re.compile(r"[^\r\n]+")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_LOWER, _TITLE, _UPPER, _MIXED = range(CASES)

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Pieces:
    """Word pieces of a text. `starts` and `ends` are code point offsets; `unit` numbers the paragraph (or, where a
    paragraph is longer than a window, the part of it) that a piece belongs to."""

    ids: Ints
    starts: Ints
    ends: Ints
    case: Ints
    quotation: Ints
    breaks: Ints
    unit: Ints

    def __len__(self) -> int:
        return len(self.ids)


def case_of(piece: str) -> int:
    """Lower or caseless, Title, UPPER (two letters or more) or mixed."""
    if not any(character.isupper() for character in piece):
        return _LOWER
    if len(piece) > 1 and piece.isupper():
        return _UPPER
    return _TITLE if piece[0].isupper() and not any(c.isupper() for c in piece[1:]) else _MIXED


def cut(text: str, tokenizer: Tokenizer) -> Pieces:
    """Cut a text into pieces, line by line, so that memory stays bounded whatever the length."""
    ids: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    breaks: list[int] = []
    units: list[int] = []
    unit = -1
    last_end = 0
    for line in _LINE.finditer(text):
        encoding = tokenizer.encode(line[0], add_special_tokens=False)
        first = True
        room = 0
        for piece, (start, end) in zip(encoding.ids, encoding.offsets, strict=True):
            if start >= end:
                continue
            start, end = start + line.start(), end + line.start()
            gap = 2 if not ids else min(2, len(_LINE_BREAK.findall(text, last_end, start))) if first else 0
            if first or room == 0:
                unit, room, first = unit + 1, WINDOW - 2, False
            room -= 1
            ids.append(piece)
            starts.append(start)
            ends.append(end)
            breaks.append(gap)
            units.append(unit)
            last_end = end
    start_array = np.array(starts, dtype=np.int64)
    return Pieces(
        np.array(ids, dtype=np.int64),
        start_array,
        np.array(ends, dtype=np.int64),
        np.array([case_of(text[s:e]) for s, e in zip(starts, ends, strict=True)], dtype=np.int64),
        _quotation_states(text, start_array),
        np.array(breaks, dtype=np.int64),
        np.array(units, dtype=np.int64),
    )


def _quotation_states(text: str, starts: Ints) -> Ints:
    states = np.zeros(len(starts), dtype=np.int64)
    for quotation in double_quotations(text):
        opened, closing, end = np.searchsorted(
            starts,
            [quotation.start + quotation.open_width, quotation.end - quotation.close_width, quotation.end],
        )
        states[np.searchsorted(starts, quotation.start) : opened] = OPENING
        states[opened:closing] = INSIDE
        states[closing:end] = CLOSING
    return states


def pack(pieces: Pieces, first_room: int = WINDOW - 2) -> list[tuple[int, int]]:
    """Windows of whole units, as half-open piece ranges one after the other; the first holds at most `first_room`
    pieces (a unit longer than that still fits whole)."""
    windows: list[tuple[int, int]] = []
    if not len(pieces):
        return windows
    bounds = [*np.flatnonzero(np.diff(pieces.unit, prepend=-1)).tolist(), len(pieces)]
    start, room = 0, first_room
    for unit_start, unit_end in zip(bounds, bounds[1:], strict=False):
        if unit_end - start > room and unit_start > start:
            windows.append((start, unit_start))
            start, room = unit_start, WINDOW - 2
    windows.append((start, len(pieces)))
    return windows
