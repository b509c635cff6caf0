"""Whom a piece of text names: a parse with its actors and voices in; for each piece a party, or a noun phrase, out.

Not everybody who holds a position has a name: "net neutrality advocates", "the ferry workers". A noun phrase that no
known actor is named by can still be pointed at; it becomes an actor of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from standoff.actors import ActorTable
from standoff.actors.table import FORMS
from standoff.language import Parse
from standoff.ledger import Span
from standoff.reading.stances.features import piece_slice
from standoff.reading.statements.pieces import Pieces
from standoff.reading.voices import FIRST_PERSON, Voices

NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
LEFT = frozenset({"det", "amod", "compound", "poss", "nummod", "nmod", "advmod", "quantmod", "punct", "case"})
DETERMINER = re.compile(r"^(?:the|an?|some|its|their|his|her|our|this|that|these|those)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase that names no known actor."""

    span: Span


Referent = str | Phrase


def referents(parse: Parse, actors: ActorTable, voices: Voices, pieces: Pieces) -> list[Referent | None]:
    """For each piece the id of the party it names, else its noun phrase, else None. `we` and `I` are the speaker."""
    found: list[Referent | None] = [None] * len(pieces)
    order: list[tuple[int, int]] = [(len(FORMS), 0)] * len(pieces)
    for mention in actors.mentions:
        rank = (FORMS.index(mention.form), mention.end - mention.start)
        for number in _numbers(pieces, mention.start, mention.end):
            if rank < order[number]:
                order[number], found[number] = rank, actors.party_of(mention.actor)
    for token in parse.tokens:
        numbers = _numbers(pieces, token.start, token.end)
        if token.text.casefold() in FIRST_PERSON:
            speaker = voices.speaker_at(token.index)
            if speaker is not None:
                for number in numbers:
                    found[number] = actors.party_of(speaker)
        elif token.pos in NOMINAL and token.dep != "compound" and all(found[n] is None for n in numbers):
            span = (parse.tokens[_first(parse, token.index)].start, token.end)
            for number in _numbers(pieces, *span):
                if found[number] is None or number in numbers:
                    found[number] = Phrase(span)
    return found


def phrase_name(text: str, phrase: Phrase) -> str:
    """The words of a noun phrase without its article or possessive."""
    words = re.sub(r"\s+", " ", text[phrase.span[0] : phrase.span[1]])
    return DETERMINER.sub("", words) or words


def _numbers(pieces: Pieces, start: int, end: int) -> range:
    inside = piece_slice(pieces, start, end)
    return range(inside.start, inside.stop)


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
