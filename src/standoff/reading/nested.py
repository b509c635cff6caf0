"""Statements inside statements: attributions and the parse go in; the same with those that stand in another's content.

"Kirby said that Kerry had urged Russia to …": the trained reader marks the outer statement alone, since its training
text has no nested ones. Inside a content the parse is asked for verbs of saying with a subject and a clause each.
"""

from dataclasses import replace
from functools import cache
from importlib.resources import files

import yaml

from standoff.language import Parse
from standoff.ledger import Span, Spans
from standoff.reading.statements import Attribution
from standoff.reading.statements.quotation import Quoted
from standoff.reading.syntax import AUXILIARIES, child

NESTED = "nested-clause"
CLAUSE_RELATIONS = ("ccomp", "xcomp")


@cache
def speech_verbs() -> frozenset[str]:
    """Lemmas of verbs of saying and asking, from `data/speech.yaml`."""
    text = files("standoff.reading").joinpath("data/speech.yaml").read_text("utf-8")
    return frozenset(yaml.safe_load(text)["verbs"])


def with_nested(parse: Parse, attributions: tuple[Attribution, ...]) -> tuple[Attribution, ...]:
    """The attributions and those found inside them, in text order; `within` points into the new tuple."""
    quoted = Quoted(parse.text)
    found = list(attributions)
    for outer, attribution in enumerate(attributions):
        for start, end in attribution.content:
            for index in parse.tokens_in(start, end):
                inner = _inner(parse, index, (start, end), attributions, outer, quoted)
                if inner is not None:
                    found.append(inner)
    order = sorted(range(len(found)), key=lambda k: (found[k].content[0][0], -found[k].content[-1][1], k))
    place = {old: new for new, old in enumerate(order)}
    return tuple(replace(a, within=None if a.within is None else place[a.within]) for a in (found[k] for k in order))


def _inner(
    parse: Parse, index: int, span: Span, attributions: tuple[Attribution, ...], outer: int, quoted: Quoted
) -> Attribution | None:
    """The attribution that a verb of saying makes inside a content, unless the reader has it already."""
    verb = parse.tokens[index]
    if verb.pos != "VERB" or verb.lemma.casefold() not in speech_verbs():
        return None
    speaker = child(parse, index, "nsubj")
    said = child(parse, index, *CLAUSE_RELATIONS)
    if speaker is None or said is None or said < index or speaker > index:
        return None
    helpers = [c for c in parse.children[index] if parse.tokens[c].dep in AUXILIARIES and speaker < c < index]
    cue = ((parse.tokens[min([index, *helpers])].start, verb.end),)
    source = (_hull(parse, speaker),)
    last = parse.tokens[parse.subtree(said)[-1]]
    content = ((parse.tokens[index + 1].start, last.end),)
    parts: Spans = cue + source + content
    if not all(span[0] <= a < b <= span[1] for a, b in parts):
        return None
    if any(_touch(mark, cue[0]) for a in attributions for mark in a.cue):
        return None
    kind = quoted.kind(content, cue)
    return Attribution(source, cue, content, kind, outer, None, NESTED)


def _hull(parse: Parse, index: int) -> Span:
    below = parse.subtree(index)
    return parse.tokens[below[0]].start, parse.tokens[below[-1]].end


def _touch(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]
