"""Exchanges: the words "in return for" go in; what is given for what, as conditions, comes out."""

from collections.abc import Iterator

from standoff.language import Parse
from standoff.ledger import Span
from standoff.reading.arguments import issues
from standoff.reading.condition_words import Condition, conditions_lexicon
from standoff.reading.frames import Frame, lexicon
from standoff.reading.syntax import ancestors, child, clause, conjuncts, modal, phrase, trimmed, verb_phrase


def exchange(parse: Parse, index: int, noun: int) -> Iterator[Condition]:
    """ "A in return for B" at a preposition and its noun: the maker of an offer lets A happen for B; the maker of a
    demand gives B for A."""
    phrase_text = f"{parse.tokens[index].text} {parse.tokens[noun].text}".casefold()
    exchanging = conditions_lexicon().exchange
    if phrase_text not in exchanging or "anonymity" in {parse.tokens[i].text for i in parse.subtree(noun)}:
        return
    link = next((c for c in parse.children[noun] if parse.tokens[c].text.casefold() in {"for", "of"}), None)
    given = child(parse, link, "pobj", "pcomp") if link is not None else None
    if given is None:
        given = child(parse, noun, "acl", "ccomp", "relcl")
    if given is None:
        return
    returned = [_part(parse, other, index) for other in conjuncts(parse, given)]
    below = parse.tokens[index].head
    head = _past_relatives(parse, below)
    demand = _demand(parse, head)
    if demand is not None:
        verb, told, frame = demand
        cut = parse.tokens[index].start
        for issue in issues(parse, told, frame.slots):
            wanted = trimmed(parse.text, issue.span[0], cut if issue.span[0] < cut < issue.span[1] else issue.span[1])
            for part in returned:
                yield Condition(wanted, part, verb, phrase_text)
        return
    verb = head
    wanted_parts = [head]
    if parse.tokens[head].pos in {"NOUN", "PROPN"}:
        verb = next((t.index for t in ancestors(parse, head) if t.pos == "VERB"), head)
    over = parse.tokens[verb].head
    if parse.tokens[verb].dep == "xcomp" and _offers(parse, over):
        wanted_parts, verb = [verb], over  # "offered to raise pay by three per cent in return …": all of that
    elif verb == head and head == below:
        direct = child(parse, head, "xcomp") if _offers(parse, head) else child(parse, head, "dobj", "xcomp")
        wanted_parts = [direct] if direct is not None and parse.tokens[direct].pos != "PRON" else [head]
    for outer in wanted_parts:
        for one in conjuncts(parse, outer):
            for part in returned:
                yield Condition(part, _part(parse, one, index), verb, phrase_text)


def _demand(parse: Parse, head: int) -> tuple[int, int, Frame] | None:
    """The demand that an exchange belongs to, as its verb, the word that demands and its frame: "*asked* for A in
    return …", "*made* a *call* for A in return …"."""
    words = lexicon()
    above = [head, *(t.index for t in ancestors(parse, head))]
    for index in above:
        token = parse.tokens[index]
        lemma = token.lemma.casefold()
        if token.pos == "NOUN" and lemma in words.nouns:
            return (index, index, words.nouns[lemma]) if words.nouns[lemma].act == "demand" else None
        if token.pos != "VERB":
            continue
        thing = child(parse, index, "dobj") if lemma in words.light_verbs else None
        noun = words.nouns.get(parse.tokens[thing].lemma.casefold()) if thing is not None else None
        if thing is not None and noun is not None and noun.act == "demand":
            return index, thing, noun
        if lemma in words.verbs:
            return (index, index, words.verbs[lemma]) if words.verbs[lemma].act == "demand" else None
        if token.dep not in {"pcomp", "xcomp", "acl", "conj", "relcl"}:
            return None
    return None


def _offers(parse: Parse, verb: int) -> bool:
    """Whether a verb of commitment has what it promises as an infinitive: "offered *to raise* pay"."""
    frame = lexicon().verbs.get(parse.tokens[verb].lemma.casefold())
    return frame is not None and frame.act == "commit" and child(parse, verb, "xcomp") is not None


def _past_relatives(parse: Parse, head: int) -> int:
    """The promised action above a relative clause: “will take back those *who enter* in return for …”."""
    token = parse.tokens[head]
    if token.dep != "relcl":
        return head
    above = next((t.index for t in ancestors(parse, head) if t.pos == "VERB" and modal(parse, t.index)), None)
    return above if above is not None else head


def _part(parse: Parse, index: int, without: int) -> Span:
    """One side of an exchange, without the words of exchange that hang on it."""
    if parse.tokens[index].pos in {"VERB", "AUX"} and child(parse, index, "nsubj") is not None and index > without:
        return clause(parse, index)
    if parse.tokens[index].pos in {"VERB", "AUX"}:
        return verb_phrase(parse, index, frozenset({without}))
    start, end = phrase(parse, index)
    cut = parse.tokens[without].start
    return trimmed(parse.text, start, cut if start < cut < end else end)
