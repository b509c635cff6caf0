"""What must come first: the verb that a "before" hangs on goes in; what is obliged or demanded there comes out."""

from collections.abc import Iterator

from standoff.language import Parse
from standoff.ledger import Span
from standoff.reading.arguments import Issue, issues
from standoff.reading.condition_words import conditions_lexicon
from standoff.reading.frames import lexicon
from standoff.reading.syntax import ancestors, child, conjuncts, modal, phrase, trimmed, verb_phrase


def obliged_above(parse: Parse, main: int) -> int | None:
    """The obliged verb at or above the one that a "before" hangs on, which parsers often put too low: "needs to *show*
    that it is serious before …"."""
    for index in (main, *(t.index for t in ancestors(parse, main))):
        verb = obliged(parse, index) if parse.tokens[index].pos in {"VERB", "AUX"} else None
        if verb is not None:
            return verb
        if parse.tokens[index].dep not in {"acl", "ccomp", "xcomp", "pobj", "prep", "advcl", "pcomp", "dobj"}:
            return None
    return None


def obliged(parse: Parse, main: int) -> int | None:
    """The verb that must happen first in "X must do A before B": the main verb itself or what it is obliged to do."""
    words = conditions_lexicon()
    if modal(parse, main) in words.obligation:
        return main
    token = parse.tokens[main]
    if token.lemma.casefold() in words.obligation:
        inner = child(parse, main, "xcomp")
        return inner if inner is not None else main
    over = parse.tokens[token.head].lemma.casefold()
    purpose = token.dep == "advcl" and any(parse.tokens[c].tag == "TO" for c in parse.children[main])
    infinitive = token.dep == "xcomp" or purpose
    if (infinitive and over in words.obligation) or (token.dep in {"acl", "ccomp"} and over in words.terms):
        return main
    demand = lexicon().verbs.get(parse.tokens[token.head].lemma.casefold())
    if token.dep in {"xcomp", "ccomp"} and demand is not None and demand.act == "demand":
        return main
    return None


def required_of(parse: Parse, verb: int, before: int) -> Iterator[Span]:
    """What an obliged verb and those coordinated with it require, up to the token `before`.

    "Relief must *come* before …" and "a plan must *be agreed* before …" require their subject, a thing; where nobody
    and nothing is named ("this must happen before …"), nothing is.
    """
    cut = parse.tokens[before].start
    for v in conjuncts(parse, verb):
        thing = _thing_required(parse, v)
        empty = parse.tokens[v].lemma.casefold() in conditions_lexicon().empty
        if thing is not None:
            span = phrase(parse, thing)
            yield span if empty else (span[0], parse.tokens[v].end)
        elif not empty:
            start, end = verb_phrase(parse, v, frozenset({before}))
            yield trimmed(parse.text, start, cut if start < cut < end else end)


def _thing_required(parse: Parse, verb: int) -> int | None:
    """The noun that must come or be done, as the subject of the verb or of the obligation above it."""
    token = parse.tokens[verb]
    passive = child(parse, verb, "auxpass") is not None
    if not passive and token.lemma.casefold() not in conditions_lexicon().empty:
        return None
    places = (verb, token.head) if token.dep == "xcomp" else (verb,)
    things = (child(parse, place, "nsubj", "nsubjpass") for place in places)
    thing = next((t for t in things if t is not None), None)
    return thing if thing is not None and parse.tokens[thing].pos == "NOUN" and thing < verb else None


def wanted(parse: Parse, verb: int) -> list[Issue]:
    """What a verb of demand wants as a thing, each for itself: "*demanded* better terms before …"."""
    frame = lexicon().verbs.get(parse.tokens[verb].lemma.casefold())
    if frame is None or frame.act != "demand" or child(parse, verb, "xcomp", "ccomp") is not None:
        return []
    return _listed_apart(issues(parse, verb, frame.slots))


def _listed_apart(found: list[Issue]) -> list[Issue]:
    """Issues without one that only holds the others: "guarantees of steps including A and B" gives A and B."""
    return [
        one for one in found
        if not any(
            other is not one and one.span[0] <= other.span[0] and other.span[1] <= one.span[1] for other in found
        )
    ]  # fmt: skip
