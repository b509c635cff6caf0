"""What could be an issue: a parse goes in; verb phrases, clauses and noun phrases with their heads come out.

The guidelines take for an issue the shortest piece that names what is demanded, offered or refused. Of the issues that
people marked in 95 reports nine in ten are, to at least half of their characters, one of these pieces.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from standoff.language import Parse
from standoff.ledger import Span
from standoff.reading.arguments import conditions
from standoff.reading.syntax import clause, phrase, verb_phrase

VERBS = frozenset({"VERB", "AUX"})
NOMINALS = frozenset({"NOUN", "PROPN", "NUM", "ADJ", "PRON"})
SHORTEST, LONGEST = 3, 200  # characters of an issue


@dataclass(frozen=True, slots=True)
class Candidate:
    """A piece of text. head: its token; kind: `vp`, `clause`, `np`, or with `+` what is usually left out of it."""

    span: Span
    head: int
    kind: str


def candidates(parse: Parse) -> list[Candidate]:
    """All pieces that could be an issue, each span once, by head."""
    found: dict[Span, Candidate] = {}
    for candidate in _all(parse):
        start, end = candidate.span
        if SHORTEST <= end - start <= LONGEST and "\n" not in parse.text[start:end]:
            found.setdefault(candidate.span, candidate)
    return list(found.values())


def _all(parse: Parse) -> Iterator[Candidate]:
    for token in parse.tokens:
        i = token.index
        if token.pos in VERBS:
            left = conditions(parse, i)
            yield Candidate(verb_phrase(parse, i, left), i, "vp")
            yield Candidate(clause(parse, i, left), i, "clause")
            yield Candidate(verb_phrase(parse, i), i, "vp+")
            yield Candidate(clause(parse, i), i, "clause+")
        elif token.pos in NOMINALS:
            yield Candidate(phrase(parse, i), i, "np")
            yield Candidate(phrase(parse, i, split=False), i, "np+")
