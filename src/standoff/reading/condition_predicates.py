"""Conditions told by a predicate or a noun: "Y hinges on X", "made Y subject to X", "X is a condition for Y", "any deal
must include X", "X opens the way to Y": the parse and a token go in, conditions come out."""

from collections.abc import Iterator

from standoff.language import Parse
from standoff.ledger import Span
from standoff.reading.condition_prepositions import happening, is_time, things
from standoff.reading.condition_words import Condition, conditions_lexicon
from standoff.reading.frames import lexicon
from standoff.reading.syntax import child, clause, conjuncts, modal, negated, phrase, subject, trimmed, verb_phrase
from standoff.reading.voices import Voices

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
VERBS = frozenset({"VERB", "AUX"})
REACH = 16  # tokens before "conditional" among which the verb of making stands
MADE = frozenset({"dobj", "oprd", "ccomp", "xcomp", "acomp", "attr"})  # how parsers hang what something is made
AHEAD = frozenset({"will", "would", "'ll", "’ll", "could", "can", "may", "might"})  # what would be, not what was


def predicated_conditions(parse: Parse, voices: Voices, index: int) -> Iterator[Condition]:
    """The conditions that the word at a token tells, as its predicate or as the noun that names them."""
    yield from _dependence(parse, voices, index)
    yield from _named(parse, voices, index)
    if parse.tokens[index].pos in VERBS:
        yield from _contained(parse, voices, index)
    if parse.tokens[index].pos == "VERB":
        yield from _needed(parse, voices, index)
        yield from _opened(parse, voices, index)


def _dependence(parse: Parse, voices: Voices, index: int) -> Iterator[Condition]:
    """ "talks depend on A", "any resolution can only follow A", "a truce conditional on A", "tied B to A"."""
    words = conditions_lexicon()
    token = parse.tokens[index]
    lemma = token.lemma.casefold()
    link = words.dependence.get(lemma)
    if link is None or negated(parse, index):
        return
    if lemma == "subject" and token.pos == "NOUN" and _made(parse, index) is None:
        return
    if any(parse.tokens[c].text.casefold() in words.degrees for c in parse.children[index]):
        return  # leaning on somebody is no condition
    only = any(parse.tokens[c].text.casefold() == "only" for c in parse.children[index])
    by = f"{'only ' if only else ''}{lemma}"
    found = _gate_and_setter(parse, voices, index)
    if found is None:
        return
    gate, setters = found
    if link == "object":
        thing = child(parse, index, "dobj")
        told = only or (modal(parse, index) in AHEAD and bool(voices.speaking_parties(index)))
        for span in things(parse, thing) if thing is not None and told else ():
            yield Condition(span, gate, index, by, setters)
        return
    # "was conditional on": parsers hang the preposition on the adjective or on its verb
    places = (index, token.head) if token.dep in {"acomp", "oprd", "dobj", "attr"} else (index,)
    below = [c for place in places for c in parse.children[place] if c > index]
    first = next((c for c in below if parse.tokens[c].text.casefold() in words.links[link]), None)
    if first is None:
        return
    told_so = happening(parse, first)
    if told_so is not None:
        yield Condition(told_so, gate, index, by, setters)
        return
    for prep in conjuncts(parse, first):
        thing = child(parse, prep, "pobj", "pcomp")
        for span in things(parse, thing) if thing is not None else ():
            yield Condition(span, gate, index, by, setters)
    if link == "to":  # "subject to A and to B", where B was taken for a verb
        for other in conjuncts(parse, index):
            to = next((c for c in parse.children[other] if parse.tokens[c].tag == "TO"), None)
            if other > index and to is not None:
                end = parse.tokens[max(parse.subtree(other))].end
                yield Condition(trimmed(parse.text, parse.tokens[to + 1].start, end), gate, index, by, setters)


def _gate_and_setter(parse: Parse, voices: Voices, index: int) -> tuple[Span, tuple[str, ...]] | None:
    """What depends, and the parties that make it so: the subject of "made B conditional", "tied B to", else none."""
    words = conditions_lexicon()
    token = parse.tokens[index]
    over = token.head
    made = _made(parse, index) if token.pos != "VERB" else None
    if made is not None:
        return _between(parse, made + 1, index), _parties(parse, voices, made)
    thing = child(parse, index, "dobj")
    passive = child(parse, index, "auxpass") is not None
    if token.pos == "VERB" and thing is not None and not passive and words.dependence[token.lemma.casefold()] == "to":
        return phrase(parse, thing, frozenset({"prep"})), _parties(parse, voices, index)
    if token.dep in {"amod", "acl"} and token.pos in {"ADJ", "VERB"} and over < index:
        start = phrase(parse, over)[0]
        return trimmed(parse.text, start, token.start), ()
    if parse.tokens[over].pos == "VERB" and token.pos == "ADJ" and token.dep in {"advcl", "acl", "amod", "advmod"}:
        return verb_phrase(parse, over, frozenset({index})), ()  # "will send troops, subject to A"
    places = (index, over) if token.dep in {"acomp", "oprd"} else (index,)
    doer = next((c for place in places if (c := child(parse, place, *SUBJECTS)) is not None), None)
    doer = doer if doer is not None and parse.tokens[doer].tag not in {"WDT", "WP"} else subject(parse, index)
    if doer is None or parse.tokens[doer].pos == "PRON" or doer > index:
        return None
    if parse.tokens[doer].pos == "PROPN" and voices.parties_of(doer):
        return None  # a country dependent on its oil
    return phrase(parse, doer), ()


def _made(parse: Parse, index: int) -> int | None:
    """The verb of making before "conditional", with what is made so between them and no other clause; parsers hang the
    two in many ways."""
    for i in range(index - 1, max(0, index - REACH), -1):
        token = parse.tokens[i]
        if token.sentence != parse.tokens[index].sentence or token.text == ",":
            return None
        if token.pos in VERBS:
            active = child(parse, i, "auxpass") is None and i + 1 < index
            return i if active and token.lemma.casefold() in conditions_lexicon().making else None
    return None


def _between(parse: Parse, first: int, last: int) -> Span:
    """The words [first, last) without adverbs at their end: "made *its consent* entirely conditional"."""
    while last - 1 > first and parse.tokens[last - 1].pos == "ADV":
        last -= 1
    return trimmed(parse.text, parse.tokens[first].start, parse.tokens[max(first, last - 1)].end)


def _parties(parse: Parse, voices: Voices, verb: int) -> tuple[str, ...]:
    """The parties that do what a verb says; those that speak where it is a pronoun."""
    doer = subject(parse, verb)
    if doer is None:
        return ()
    if parse.tokens[doer].pos == "PRON" and voices.speaking_parties(verb):
        return voices.speaking_parties(verb)
    apposed = child(parse, doer, "appos")  # "its partner, the Alliance, has made …"
    return voices.parties_of(doer) or (voices.parties_of(apposed) if apposed is not None else ())


def _named(parse: Parse, voices: Voices, index: int) -> Iterator[Condition]:
    """ "A is a condition for B", "made A the price of B", "wants A as a first step to B", "a condition for B is A"."""
    words = conditions_lexicon()
    token = parse.tokens[index]
    lemma = token.lemma.casefold()
    if token.pos not in {"NOUN", "PROPN"} and token.tag != "NN" or lemma not in words.condition_nouns:
        return
    if lemma in words.first_only and not any(parse.tokens[c].text.casefold() == "first" for c in parse.children[index]):
        return
    gate = _what_for(parse, index)
    if gate is None:
        return
    over = token.head
    by = f"noun {lemma}"
    if over < index and token.dep in MADE and parse.tokens[over].lemma.casefold() in words.making:
        opens = (c for c in parse.children[index] if parse.tokens[c].dep in {"det", "poss"} and c > over + 1)
        article = next(opens, None)
        if article is not None:
            yield Condition(_between(parse, over + 1, article), gate, over, by, _parties(parse, voices, over))
        return
    if token.dep == "pobj" and parse.tokens[over].text.casefold() == "as":
        for span, verb in _set_as(parse, over):
            yield Condition(span, gate, verb, by, _parties(parse, voices, verb))
        return
    if token.dep == "attr" and not negated(parse, over):
        doer = child(parse, over, *SUBJECTS)
        if doer is not None and parse.tokens[doer].pos != "PRON":
            for n in conjuncts(parse, doer):
                yield Condition(phrase(parse, n), gate, over, by)
        return
    if token.dep in {"nsubj"} and parse.tokens[over].lemma == "be" and lemma in words.terms:
        told = child(parse, over, "attr", "ccomp")
        for n in conjuncts(parse, told) if told is not None and told > over else ():
            yield Condition(clause(parse, n) if parse.tokens[n].pos in VERBS else phrase(parse, n), gate, over, by)


def _what_for(parse: Parse, noun: int) -> Span | None:
    """What a condition is for: "a condition *for a truce*", "the price *of its vote*", "a first step *to talks*"."""
    links = conditions_lexicon().noun_links
    places = (noun, parse.tokens[noun].head)
    prep = next(
        (
            c for place in places for c in parse.children[place]
            if c > noun and parse.tokens[c].dep == "prep" and parse.tokens[c].text.casefold() in links
        ),
        None,
    )  # fmt: skip
    thing = child(parse, prep, "pobj", "pcomp") if prep is not None else None
    if thing is None or is_time(parse, thing):
        return None
    return verb_phrase(parse, thing) if parse.tokens[thing].pos in VERBS else phrase(parse, thing)


def _set_as(parse: Parse, prep: int) -> Iterator[tuple[Span, int]]:
    """What somebody demands or names "as a condition", with the verb that does so."""
    verb = parse.tokens[prep].head
    thing = None
    if parse.tokens[verb].pos not in VERBS:
        thing, verb = verb, parse.tokens[verb].head
        if parse.tokens[verb].dep == "prep":
            verb = parse.tokens[verb].head
    else:
        thing = child(parse, verb, "dobj")
        asked = child(parse, verb, "prep") if thing is None else None
        thing = child(parse, asked, "pobj") if asked is not None and asked < prep else thing
    lemma = parse.tokens[verb].lemma.casefold()
    frame = lexicon().verbs.get(lemma)
    if thing is None or not ((frame and frame.act == "demand") or lemma in conditions_lexicon().setting):
        return
    cut = parse.tokens[prep].start
    for n in conjuncts(parse, thing):
        start, end = phrase(parse, n)
        if start < cut:
            yield trimmed(parse.text, start, min(end, cut)), verb


def _contained(parse: Parse, voices: Voices, index: int) -> Iterator[Condition]:
    """ "any deal must include A", "a solution has to be based on A": what every such deal needs."""
    words = conditions_lexicon()
    lemma = parse.tokens[index].lemma.casefold()
    over = parse.tokens[index].head
    bound = modal(parse, index) == "must" or (
        parse.tokens[index].dep == "xcomp" and parse.tokens[over].lemma.casefold() in words.bound
    )
    if not bound or lemma not in words.containing:
        return
    doer = child(parse, index, *SUBJECTS) or child(parse, over, *SUBJECTS)
    if doer is None or parse.tokens[doer].lemma.casefold() not in words.deals:
        return
    if not any(parse.tokens[c].text.casefold() in words.any_deal for c in parse.children[doer]):
        return
    thing = child(parse, index, "dobj")
    if thing is None:
        place = child(parse, index, "attr") if lemma == "be" else index  # "must be the result of A"
        if place is None or (lemma == "be" and parse.tokens[place].lemma.casefold() not in words.made_of):
            return
        prep = next((c for c in parse.children[place] if parse.tokens[c].dep == "prep" and c > index), None)
        thing = child(parse, prep, "pobj") if prep is not None else None
    for span in things(parse, thing) if thing is not None else ():
        yield Condition(span, phrase(parse, doer), index, f"must {lemma}")


def _needed(parse: Parse, voices: Voices, index: int) -> Iterator[Condition]:
    """ "a return would require A", said by a party."""
    token = parse.tokens[index]
    if token.lemma.casefold() not in conditions_lexicon().needing or modal(parse, index) not in AHEAD:
        return
    doer, thing = child(parse, index, "nsubj", "csubj"), child(parse, index, "dobj")
    if doer is None or thing is None or not voices.speaking_parties(index) or negated(parse, index):
        return
    if parse.tokens[doer].pos in {"PRON", "PROPN"} or voices.parties_of(doer):
        return
    if child(parse, index, "xcomp") is not None:
        return
    for span in things(parse, thing):
        yield Condition(span, phrase(parse, doer), index, f"would {token.lemma.casefold()}")


def _opened(parse: Parse, voices: Voices, index: int) -> Iterator[Condition]:
    """ "A opens the way to B", "A would unlock B", said by a party of what would be."""
    token = parse.tokens[index]
    ways = conditions_lexicon().opening.get(token.lemma.casefold())
    doer, thing = child(parse, index, "nsubj", "csubj"), child(parse, index, "dobj")
    doer = doer if doer is not None or token.dep != "conj" else subject(parse, index)
    if ways is None or doer is None or thing is None or parse.tokens[doer].pos == "PRON":
        return
    if token.tag in {"VBD", "VBN", "VBG"} or voices.parties_of(doer) or negated(parse, index):
        return
    gate = phrase(parse, thing)
    if ways:
        if parse.tokens[thing].lemma.casefold() not in ways:
            return
        found = _what_for(parse, thing)
        if found is None:
            return
        gate = found
    yield Condition(phrase(parse, doer), gate, index, f"opens {token.lemma.casefold()}")
