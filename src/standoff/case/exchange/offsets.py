"""Offsets of other tools: code points go in, UTF-16 units (or code points of a text with other line ends) come out.

Inside Standoff all offsets count code points. Tools written in Java (DNA, UIMA) count UTF-16 units, in which a
character beyond U+FFFF, such as an emoji, is two. The conversion happens here and nowhere else.
"""

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate

from standoff.ledger import Span

LINE_END = re.compile("\r\n?")
WIDEST_BMP = 0xFFFF


class Utf16:
    """The units of a text: `span` counts them for a span in code points, `back` the other way."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *accumulate(2 if ord(character) > WIDEST_BMP else 1 for character in text)]

    def span(self, span: Span) -> Span:
        """A span in code points, in UTF-16 units."""
        return self._starts[span[0]], self._starts[span[1]]

    def back(self, start: int, end: int) -> Span | None:
        """A span in UTF-16 units, in code points; None if it is not in the text or cuts a character in two."""
        places = [bisect_left(self._starts, unit) for unit in (start, end)]
        if any(
            place == len(self._starts) or self._starts[place] != unit
            for place, unit in zip(places, (start, end), strict=True)
        ):
            return None
        return places[0], places[1]


class PlainLineEnds:
    """A text whose lines end in LF alone, as many tools make it; offsets from the one to the other and back."""

    def __init__(self, text: str) -> None:
        self.text = LINE_END.sub("\n", text)
        pairs = [m.end() for m in LINE_END.finditer(text) if m.end() - m.start() == 2]
        self._long = pairs  # ends of CR LF in the text
        self._short = [end - number for number, end in enumerate(pairs, 1)]  # and in the text with LF alone

    def there(self, span: Span) -> Span:
        """A span of the text, in the text with LF alone. An offset between CR and LF becomes that before LF."""
        return self._there(span[0]), self._there(span[1])

    def back(self, span: Span) -> Span:
        """A span of the text with LF alone, in the text."""
        return self._back(span[0]), self._back(span[1])

    def _there(self, place: int) -> int:
        return place - bisect_right(self._long, place + 1)

    def _back(self, place: int) -> int:
        return place + bisect_right(self._short, place)
