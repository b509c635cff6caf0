"""The encoder's view of candidates: its states of the word pieces in; for each candidate one row of numbers out.

A row joins the states at the candidate's head, over its whole span (their mean), at the predicate that governs it, and
right before it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from standoff.reading.stances.candidates import Candidate
from standoff.reading.stances.surroundings import Surroundings
from standoff.reading.statements import Encoding
from standoff.reading.statements.model_file import Floats
from standoff.reading.statements.pieces import Pieces

VIEWS = 4


def rows_of(around: Surroundings, encoding: Encoding, chosen: Sequence[Candidate]) -> Floats:
    """Rows [candidates, VIEWS * size of a state], float32; a place without pieces is all zeros."""
    pieces = encoding.pieces
    states = states_of(encoding)
    size = states.shape[1]
    sums = np.zeros((len(pieces) + 1, size), dtype=np.float64)
    np.cumsum(states, axis=0, out=sums[1:])
    rows = np.zeros((len(chosen), VIEWS, size), dtype=np.float32)
    for row, candidate in zip(rows, chosen, strict=True):
        span = piece_slice(pieces, *candidate.span)
        _, predicate = around.governor(candidate)
        for view, index in ((0, candidate.head), (2, predicate)):
            token = around.token(index)
            place = piece_slice(pieces, token.start, token.end)
            if place.stop > place.start:
                row[view] = states[place.start]
        if span.stop > span.start:
            row[1] = (sums[span.stop] - sums[span.start]) / (span.stop - span.start)
        if span.start > 0:
            row[3] = states[span.start - 1]
    return rows.reshape(len(chosen), VIEWS * size)


def states_of(encoding: Encoding) -> Floats:
    """The encoder's state of each piece [pieces, size], from the window that owns it."""
    size = encoding.readings[0].lower.shape[1] if encoding.readings else 0
    states = np.zeros((len(encoding.pieces), size), dtype=np.float32)
    for reading in encoding.readings:
        states[reading.owned : reading.end] = reading.lower[1 + reading.owned - reading.shown : -1]
    return states


def piece_slice(pieces: Pieces, start: int, end: int) -> slice:
    """The pieces that share a character with [start, end)."""
    first = int(np.searchsorted(pieces.ends, start, "right"))
    return slice(first, max(first, int(np.searchsorted(pieces.starts, end, "left"))))
