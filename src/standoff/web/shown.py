"""The text and margin of a report go in; once a page has them, only what differs from that comes out after a step.

A step changes a paragraph and a card or two of a report that may have hundreds: to send, read and compare all of them
each time would be felt.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from standoff.case.snapshot import Entry, Snapshot, Source
from standoff.web import cards, templating
from standoff.web.cards import Card
from standoff.web.segments import Paragraph, paragraphs

REMEMBERED = 24
"""Bodies of reports that pages may still have before them: some windows, some steps each."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A report as a page shows it, drawn: the paragraphs of the text, the head of the margin, the cards by entry."""

    report: str
    paragraphs: tuple[Markup, ...]
    head: Markup
    cards: dict[str, Markup]

    @property
    def seen(self) -> str:
        """By what the page calls what it has before it."""
        whole = "\n".join((self.report, *self.paragraphs, self.head, *self.cards.values()))
        return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def parts_of(state: Snapshot, source: Source, entries: list[Entry], root: str) -> Parts:
    """The parts of a report with its entries in order. root: before the addresses of decisions."""
    drawn = {entry.id: drawn_card(cards.card(state, entry), root) for entry in entries}
    marks = [mark for entry in entries for mark in cards.marks(entry)]
    waiting = sum(entry.review == "machine" for entry in entries)
    head = templating.piece("margin_head.html", root=root, count=len(entries), waiting=waiting)
    text = tuple(drawn_paragraph(paragraph) for paragraph in paragraphs(source.report.text, marks))
    return Parts(source.id, text, Markup(head), drawn)


@lru_cache(2000)
def drawn_paragraph(paragraph: Paragraph) -> Markup:
    """A paragraph with its marks; those that a step does not touch are drawn already."""
    return Markup(templating.piece("paragraph.html", pieces=paragraph.pieces))


@lru_cache(4000)
def drawn_card(card: Card, root: str) -> Markup:
    """A card of the margin."""
    return Markup(templating.piece("card.html", card=card, root=root))


class Shown:
    """What pages have before them, as far as it is remembered."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Parts] = OrderedDict()

    def keep(self, parts: Parts) -> str:
        """Remember what a page is given; by what it is called."""
        seen = parts.seen
        with self._lock:
            self._kept[seen] = parts
            self._kept.move_to_end(seen)
            while len(self._kept) > REMEMBERED:
                self._kept.popitem(last=False)
        return seen

    def answer(self, parts: Parts, before: str, painted: Collection[str]) -> dict[str, Any]:
        """What a page needs to show these parts: all of them (`body`), or, if it is known what it has `before` it, what
        differs (`changed`). painted: entries whose cards the page has changed by itself; they are sent in any case."""
        seen = self.keep(parts)
        with self._lock:
            old = self._kept.get(before)
        if old is None or old.report != parts.report or len(old.paragraphs) != len(parts.paragraphs):
            return {"seen": seen, "body": templating.piece("report_body.html", parts=parts)}
        changed = {
            "paragraphs": {
                number: now
                for number, (was, now) in enumerate(zip(old.paragraphs, parts.paragraphs, strict=True))
                if was != now
            },
            "cards": {
                entry: card for entry, card in parts.cards.items() if entry in painted or old.cards.get(entry) != card
            },
            "order": list(parts.cards),
            "head": parts.head,
        }
        return {"seen": seen, "before": before, "changed": changed}
