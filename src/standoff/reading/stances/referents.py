"""Parties without a name: a noun in, its phrase and name out.

Not everybody who holds a position has a name: "net neutrality advocates", "the ferry workers". A noun phrase that no
known actor is named by can still be pointed at; it becomes an actor of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from standoff.language import Parse
from standoff.ledger import Span

LEFT = frozenset({"det", "amod", "compound", "poss", "nummod", "nmod", "advmod", "quantmod", "punct", "case"})
DETERMINER = re.compile(r"^(?:the|an?|some|its|their|his|her|our|this|that|these|those)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase that names no known actor."""

    span: Span


Referent = str | Phrase


def phrase_name(text: str, phrase: Phrase) -> str:
    """The words of a noun phrase without its article or possessive."""
    words = re.sub(r"\s+", " ", text[phrase.span[0] : phrase.span[1]])
    return DETERMINER.sub("", words) or words


def noun_phrase(parse: Parse, head: int) -> Span:
    """The span of a noun with the modifiers right before it."""
    return parse.tokens[_first(parse, head)].start, parse.tokens[head].end


def _first(parse: Parse, head: int) -> int:
    """The leftmost token of the unbroken run of modifiers before a noun."""
    first = head
    while first > 0:
        token = parse.tokens[first - 1]
        inside = first - 1 <= token.head <= head
        if token.dep not in LEFT or not inside or token.sentence != parse.tokens[head].sentence:
            break
        first -= 1
    return first
