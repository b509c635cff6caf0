"""Windows over a document: pieces and model in, tag scores and link vectors window by window out.

Each piece is owned by one window; what a window shows to the left of its own pieces is context, so that a content can
find a cue a little before. Windows run one at a time: the shipped model quantises activations over the whole input, so
a batch would make the result of one window depend on its neighbours (and pad memory for nothing).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from standoff.reading.statements.model_file import Floats, Halves, Model
from standoff.reading.statements.pieces import CLS, SEP, WINDOW, Ints, Pieces


@dataclass(frozen=True)
class Reading:
    """What the model says of one window. `shown` ≤ `owned` < `end` are piece numbers: pieces shown..owned are context.
    `tags` [end - owned, 7] are log probabilities; `links` [1 + end - shown, 4 * arc_size] has CLS in front; `lower`
    [2 + end - shown, 384] is the encoder's state below the layers that are attribution's own, CLS and SEP included:
    other readers build on it, so that the encoder's pass is paid once."""

    shown: int
    owned: int
    end: int
    tags: Floats
    links: Floats
    lower: Halves


def plan(pieces: Pieces, context: int) -> list[tuple[int, int, int]]:
    """Windows as (shown, owned, end): whole paragraphs where they fit, at most WINDOW - 2 pieces shown."""
    room = WINDOW - 2 - context
    bounds = [*np.flatnonzero(np.diff(pieces.unit, prepend=-1)).tolist(), len(pieces)] if len(pieces) else [0]
    cuts = [0]
    for first, last in zip(bounds, bounds[1:], strict=False):
        # A paragraph that fits the window but not the room is owned whole, with less context.
        step = room if last - first > WINDOW - 2 or _continues(pieces, first) else WINDOW - 2
        if last - cuts[-1] > room and first > cuts[-1]:
            cuts.append(first)
        while last - cuts[-1] > step:
            cuts.append(cuts[-1] + step)
    if len(pieces) and cuts[-1] < len(pieces):
        cuts.append(len(pieces))
    found = []
    starts = np.array(bounds[:-1], dtype=np.int64)
    for owned, end in zip(cuts, cuts[1:], strict=False):
        least = max(0, owned - min(context, WINDOW - 2 - (end - owned)))
        whole = int(starts[np.searchsorted(starts, least)]) if least <= starts[-1] else owned
        found.append((min(whole, owned) if whole < owned or not _continues(pieces, owned) else least, owned, end))
    return found


def _continues(pieces: Pieces, number: int) -> bool:
    """Whether the piece stands in the same line as the one before."""
    return number > 0 and int(pieces.breaks[number]) == 0


def read_windows(pieces: Pieces, model: Model) -> Iterator[Reading]:
    """Run the model over a document, one window after the other."""
    for shown, owned, end in plan(pieces, model.settings.context):
        tags, links, lower = model.session.run(
            ["tags", "links", "lower"],
            {
                "ids": _row(pieces.ids[shown:end], CLS, SEP),
                "case": _row(pieces.case[shown:end], 0, 0),
                "quotation": _row(pieces.quotation[shown:end], 0, 0),
                "breaks": _row(pieces.breaks[shown:end], 0, 0),
            },
        )
        scores = tags[0, 1 + owned - shown : 1 + end - shown].astype(np.float32) + model.settings.tag_bias
        yield Reading(
            shown, owned, end, log_softmax(scores), links[0, : 1 + end - shown], lower[0].astype(np.float16)
        )


def log_softmax(scores: Floats) -> Floats:
    """Log probabilities along the last axis."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    result: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result


def _row(values: Ints, first: int, last: int) -> Ints:
    return np.concatenate([[first], values, [last]]).astype(np.int64)[None, :]
