"""What is made conditional: the verb that a condition hangs on goes in; the words of its gate come out."""

from standoff.language import Parse
from standoff.ledger import Span
from standoff.reading.condition_refusals import against, refusals, thing_called
from standoff.reading.syntax import child, clause, negated, phrase, trimmed, verb_phrase
from standoff.reading.voices import Voices

NAMED = frozenset({"NOUN", "PROPN"})


def gate_of(parse: Parse, voices: Voices, verb: int, without: int) -> Span:
    """The action of a verb, the thing that is called impossible, or the clause where its subject is a thing.

    without: the dependent that tells the condition, left out with all that hangs on it.
    """
    left = frozenset({without})
    lacking = thing_called(parse, verb)
    if lacking is not None and parse.tokens[lacking].pos in NAMED:
        span = phrase(parse, lacking)
        cut = parse.tokens[without].start
        return trimmed(parse.text, span[0], cut if span[0] < cut < span[1] else span[1])
    refused = _refused_thing(parse, verb)
    if refused is not None:
        start, end = phrase(parse, refused) if parse.tokens[refused].pos in NAMED else verb_phrase(parse, refused)
        cut = parse.tokens[min(parse.subtree(without))].start
        return trimmed(parse.text, start, cut if start < cut < end else end)
    doer = child(parse, verb, "nsubj", "nsubjpass")
    inner = child(parse, verb, "xcomp")
    if parse.tokens[verb].pos in {"VERB", "AUX"} and inner is not None and inner < without:
        return verb_phrase(parse, inner, left)
    if (
        doer is not None
        and parse.tokens[doer].pos == "NOUN"
        and not voices.parties_of(doer)
        and negated(parse, verb) is False
        and child(parse, verb, "dobj") is None
    ):
        return clause(parse, verb, left)
    return verb_phrase(parse, verb, left)


def _refused_thing(parse: Parse, verb: int) -> int | None:
    """What a verb refuses or is against as a thing: "refused *a truce* before …", "is against *talks* until …"."""
    prep = against(parse, verb)
    if prep is not None:
        return child(parse, prep, "pobj", "pcomp")
    return child(parse, verb, "dobj") if parse.tokens[verb].lemma.casefold() in refusals() else None
