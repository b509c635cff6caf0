"""A quote with its context and another text go in; where it stands there comes out, or None: no guessing.

The selectors are those of the W3C Web Annotation Data Model (2017): text position, text quote with prefix and suffix.
"""

from dataclasses import dataclass

from standoff.ledger import Span

CONTEXT = 32
"""Characters kept on each side of a quote."""

ONE_SIDE = 16
"""Characters that the context of one side must have to do alone."""


@dataclass(frozen=True, slots=True)
class Selector:
    """A piece of text by its place, its words, and what stands around them."""

    start: int
    exact: str
    prefix: str
    suffix: str


def selector(text: str, span: Span) -> Selector:
    """The selector of a piece of text."""
    start, end = span
    return Selector(start, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def anchor(text: str, wanted: Selector) -> Span | None:
    """Where the words stand in a text that may have changed around them.

    They must stand there exactly. The whole context on both sides decides; if that is nowhere, the whole context on
    one side, if it is long enough. Where two places are as good, or no context is left, the answer is None: a
    look-alike is no anchor.
    """
    if not wanted.exact:
        return None
    places = _places(text, wanted.exact)
    both = [place for place in places if _before(text, place, wanted) and _after(text, place, wanted)]
    if len(both) == 1:
        return both[0], both[0] + len(wanted.exact)
    if both:  # the very same context twice: only an unmoved place is certain
        return (wanted.start, wanted.start + len(wanted.exact)) if wanted.start in both else None
    one = [
        place
        for place in places
        if (len(wanted.prefix) >= ONE_SIDE and _before(text, place, wanted))
        or (len(wanted.suffix) >= ONE_SIDE and _after(text, place, wanted))
    ]
    return (one[0], one[0] + len(wanted.exact)) if len(one) == 1 else None


def _places(text: str, words: str) -> list[int]:
    found, place = [], text.find(words)
    while place >= 0:
        found.append(place)
        place = text.find(words, place + 1)
    return found


def _before(text: str, place: int, wanted: Selector) -> bool:
    """Whether the prefix stands before a place; a quote that opened its text must open this one, or a line."""
    if len(wanted.prefix) < CONTEXT and wanted.start <= CONTEXT:
        head = text[:place]
        return head.endswith(wanted.prefix) and (len(head) == len(wanted.prefix) or bool(wanted.prefix))
    return text[:place].endswith(wanted.prefix)


def _after(text: str, place: int, wanted: Selector) -> bool:
    rest = text[place + len(wanted.exact) :]
    return rest.startswith(wanted.suffix) and (bool(wanted.suffix) or not rest)
