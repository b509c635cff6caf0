"""Texts and places of a foreign file go in; where they are in the reports of the case comes out, or why nowhere.

A piece of text keeps its offsets if the case has the same text; if only line ends differ they are reckoned over; in
any other text the words are looked for with what stands around them, and no look-alike is taken (see
`standoff.case.anchoring`).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from standoff.case.anchoring import Selector, anchor, selector
from standoff.case.exchange.coded import Coded, Place
from standoff.case.exchange.offsets import LINE_END, PlainLineEnds
from standoff.case.exchange.xml_text import plain_xml
from standoff.ledger import Span
from standoff.report import Report


class UnplacedError(Exception):
    """Where a piece of text is cannot be told; `str()` says why."""


@dataclass(frozen=True)
class Home:
    """A report of the case, and the text that the foreign file has of it (None: the file has only words)."""

    report: Report
    foreign: str | None

    @cached_property
    def _lines(self) -> tuple[PlainLineEnds, PlainLineEnds] | None:
        """Both texts with LF alone, if they are then the same but for characters that XML cannot hold."""
        own, other = PlainLineEnds(self.report.text), PlainLineEnds(self.foreign or "")
        return (own, other) if plain_xml(own.text) == plain_xml(other.text) else None

    def place(self, place: Place) -> Span:
        """The span in the report's text. Raises UnplacedError."""
        text = self.report.text
        if isinstance(place, Selector):
            return find_words(text, place)
        if self.foreign is None:
            raise UnplacedError("has offsets but no words, and the file has no text to look them up in")
        start, end = place
        if not 0 <= start < end <= len(self.foreign):
            raise UnplacedError(f"{start}-{end} is no piece of a text of {len(self.foreign)} characters")
        if plain_xml(self.foreign) == plain_xml(text):  # character for character, also between CR and LF
            return start, end
        if self._lines is not None:
            own, other = self._lines
            return own.back(other.there((start, end)))
        return find_words(text, selector(self.foreign, (start, end)))


def find_words(text: str, wanted: Selector) -> Span:
    """Where the words stand: where they are said to be, or where their context is. Raises UnplacedError."""
    if not wanted.exact:
        raise UnplacedError("names no words")
    end = wanted.start + len(wanted.exact)
    there = wanted.start >= 0 and text[wanted.start : end] == wanted.exact
    before = text[: max(wanted.start, 0)].endswith(wanted.prefix)
    if there and before and text[end:].startswith(wanted.suffix):
        return wanted.start, end
    if wanted.prefix or wanted.suffix:
        found = anchor(text, wanted)
    else:
        first = text.find(wanted.exact)
        alone = first >= 0 and text.find(wanted.exact, first + 1) < 0
        found = (first, first + len(wanted.exact)) if alone else None
    if found is None:
        count = text.count(wanted.exact)
        raise UnplacedError(
            f"the words {_short(wanted.exact)} "
            + (f"stand {count} times in the report, none in this context" if count else "are not in the report")
        )
    return found


def _short(words: str) -> str:
    words = " ".join(words.split())
    return f"“{words if len(words) <= 40 else words[:39] + '…'}”"


class Known:
    """The reports of a case, to be found again by what a file says of a report."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self._by_text = {digest(report.text): report for report in reversed(reports)}
        self._by_address = {report.url: report for report in reversed(reports) if report.url is not None}
        self._by_id = {report.id: report for report in reports}

    def home(self, report: Report, same_case: bool, with_text: bool) -> Report | None:
        """The report of the case that a foreign one is: by its text, but for line ends; or by its address; or its id.

        An id alone tells only within one case, or where the file has no texts: elsewhere another report may have it.
        """
        found = self._by_text.get(digest(report.text)) if with_text else None
        if found is None and report.url is not None:
            found = self._by_address.get(report.url)
        if found is None and (same_case or not with_text):
            found = self._by_id.get(report.id)
        return found


def digest(text: str) -> bytes:
    """Tells texts apart, but for their line ends and for characters that XML cannot hold."""
    return hashlib.sha256(plain_xml(LINE_END.sub("\n", text)).encode()).digest()


def placed(entry: Coded, home: Home) -> Coded:
    """The entry with its places in the text of the case. Raises UnplacedError."""
    pieces = {name: tuple(home.place(part) for part in parts) for name, parts in entry.pieces.items()}
    return replace(entry, report=home.report.id, evidence=home.place(entry.evidence), pieces=pieces)
