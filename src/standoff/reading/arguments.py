"""The arguments of a frame: the token that makes a stance goes in; its issues, with whom each is asked of, come out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from standoff.language import Parse
from standoff.ledger import Span
from standoff.reading.frames import lexicon
from standoff.reading.syntax import (
    CLAUSES,
    child,
    clause,
    conjuncts,
    first_conjunct,
    negated,
    phrase,
    verb_phrase,
)

# Dependents of a demanded thing that say when or on what condition, not what.
CONDITION_WORDS = frozenset(
    {
        "if",
        "unless",
        "until",
        "till",
        "before",
        "once",
        "provided",
        "providing",
        "because",
        "while",
        "although",
        "though",
        "as",
    }
)
PARTNERS = frozenset({"prep", "acl", "relcl"})
DESCRIBING = frozenset({"relcl", "acl", "appos"})
RESULT_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


@dataclass(frozen=True, slots=True)
class Issue:
    """What a stance is about. head: its token; asked: the noun of whom it is demanded, if any."""

    span: Span
    head: int
    asked: int | None = None


def issues(parse: Parse, index: int, slots: tuple[str, ...]) -> list[Issue]:
    """The issues of the frame at a token: the first slot that is filled, split where coordinated."""
    for slot in slots:
        if slot.startswith("prep:"):
            found = list(_preposition(parse, index, slot.removeprefix("prep:")))
        else:
            found = list(READERS[slot](parse, index))
        if found:
            return found
    return []


def conditions(parse: Parse, index: int) -> frozenset[int]:
    """Dependents of a verb that are clauses of time or condition, or set off as results: no part of what is wanted."""
    found = set()
    for c in parse.children[index]:
        token = parse.tokens[c]
        mark = child(parse, c, "mark")
        if token.dep == "advcl" and mark is not None and parse.tokens[mark].text.casefold() in CONDITION_WORDS:
            found.add(c)
        if token.dep == "advcl" and c > index and parse.tokens[min(parse.subtree(c)) - 1].text == ",":
            found.add(c)
        if token.dep == "prep" and token.text.casefold() in {"before", "until"} and c > index:
            found.add(c)
    return frozenset(found)


def _infinitives(parse: Parse, verb: int, asked: int | None = None) -> Iterator[Issue]:
    for v in conjuncts(parse, verb):
        if parse.tokens[v].pos in {"VERB", "AUX"} and (v == verb or child(parse, v, "nsubj", "nsubjpass") is None):
            yield Issue(with_negation(parse, verb_phrase(parse, v, conditions(parse, v)), v), v, asked)


def with_negation(parse: Parse, span: Span, verb: int) -> Span:
    """The span of an infinitive with what negates it: "agreed *not to strike*" promises the opposite of a strike."""
    denied = child(parse, verb, "neg")
    helpers = {parse.tokens[c].tag for c in parse.children[verb] if parse.tokens[c].dep == "aux"} - {"TO"}
    close = denied is not None and all(parse.tokens[i].tag in {"TO", "RB", "VB"} for i in range(denied, verb))
    if denied is None or not close or helpers or child(parse, verb, "nsubj", "nsubjpass") is not None:
        return span
    return min(span[0], parse.tokens[denied].start), span[1]


def _is_infinitive(parse: Parse, verb: int) -> bool:
    return any(parse.tokens[c].tag == "TO" for c in parse.children[verb])


def _to(parse: Parse, index: int) -> Iterator[Issue]:
    for c in parse.children[index]:
        if (
            parse.tokens[c].dep in {"xcomp", "acl", "advcl", "relcl", "ccomp"}
            and c > index
            and _is_infinitive(parse, c)
            and child(parse, c, "nsubj") is None
        ):
            yield from _infinitives(parse, c)
            return


def _object_to(parse: Parse, index: int) -> Iterator[Issue]:
    for c in parse.children[index]:
        token = parse.tokens[c]
        if token.dep not in {"ccomp", "xcomp", "advcl"} or c < index or not _is_infinitive(parse, c):
            continue
        asked = child(parse, c, "nsubj", "nsubjpass") or child(parse, index, "dobj", "dative", "nsubjpass")
        if asked is not None and child(parse, c, "nsubjpass") == asked:
            yield Issue(clause(parse, c, conditions(parse, c)), c)
        elif asked is not None:
            yield from _infinitives(parse, c, asked)
        return
    asked = child(parse, index, "dobj")
    if asked is not None:
        inner = next(
            (c for c in parse.children[asked] if parse.tokens[c].dep in {"acl", "relcl"} and _is_infinitive(parse, c)),
            None,
        )
        if inner is not None:
            yield from _infinitives(parse, inner, asked)


def _on_to(parse: Parse, index: int) -> Iterator[Issue]:
    for c in parse.children[index]:
        if parse.tokens[c].dep in {"prep", "dative"} and parse.tokens[c].text.casefold() in {
            "on",
            "upon",
            "to",
            "with",
        }:
            asked = child(parse, c, "pobj")
            places = [index, c] + ([asked] if asked is not None else [])
            below = [v for place in places for v in parse.children[place] if v > c and parse.tokens[v].dep in CLAUSES]
            verb = next((v for v in below if _is_infinitive(parse, v)), None)
            if asked is not None and verb is not None:
                yield from _infinitives(parse, verb, asked)
                return


def _that(parse: Parse, index: int) -> Iterator[Issue]:
    for c in parse.children[index]:
        token = parse.tokens[c]
        if (
            token.dep not in {"ccomp", "acl", "relcl"}
            or c < index
            or token.pos not in {"VERB", "AUX"}
            or token.tag in {"VBG", "VBN"}
            and token.dep != "ccomp"
        ):
            continue
        if token.dep != "ccomp" and child(parse, c, "mark") is None:
            continue
        if _is_infinitive(parse, c):
            continue
        for v in conjuncts(parse, c):
            yield clause_issue(parse, v)
        return


def clause_issue(parse: Parse, verb: int) -> Issue:
    """The issue of "(that) A (must) do B": B, asked of A; the whole clause where it is negated or passive."""
    doer = child(parse, verb, "nsubj")
    left = conditions(parse, verb)
    if doer is None and child(parse, verb, "nsubjpass") is None:
        return Issue(verb_phrase(parse, verb, left), verb)
    if negated(parse, verb) or doer is None:
        return Issue(clause(parse, verb, left), verb)
    return Issue(verb_phrase(parse, verb, left), verb, doer)


def _noun_issues(parse: Parse, noun: int) -> Iterator[Issue]:
    for n in conjuncts(parse, noun):
        if parse.tokens[n].pos in RESULT_NOUNS or parse.tokens[n].tag == "VBG":
            yield Issue(phrase(parse, n), n, _giver(parse, n))
            yield from _listed(parse, n)


def _listed(parse: Parse, noun: int) -> Iterator[Issue]:
    """What "steps including A and B" lists: each is an issue of its own."""
    for c in parse.children[noun]:
        if parse.tokens[c].text.casefold() in {"including", "namely"} and parse.tokens[c].dep == "prep":
            inner = child(parse, c, "pobj")
            if inner is not None:
                for n in conjuncts(parse, inner):
                    yield Issue(phrase(parse, n), n, _giver(parse, n))


def _giver(parse: Parse, noun: int) -> int | None:
    """From whom a thing is wanted: "guarantees from A"."""
    for c in parse.children[noun]:
        if parse.tokens[c].dep == "prep" and parse.tokens[c].text.casefold() == "from":
            return child(parse, c, "pobj")
    return None


def _object(parse: Parse, index: int) -> Iterator[Issue]:
    asked = None
    for c in parse.children[index]:
        if parse.tokens[c].dep == "prep" and parse.tokens[c].text.casefold() == "from":
            asked = child(parse, c, "pobj")
    for noun in _objects(parse, index):
        for issue in _noun_issues(parse, noun):
            yield Issue(issue.span, issue.head, issue.asked if issue.asked is not None else asked)


def _object_or_described(parse: Parse, index: int) -> Iterator[Issue]:
    found = list(_object(parse, index))
    yield from found or _described(parse, index)


def _objects(parse: Parse, index: int) -> list[int]:
    """The objects of a verb, or the subject of its passive; that of the passive it is coordinated with included."""
    own = [c for c in parse.children[index] if parse.tokens[c].dep in {"dobj", "nsubjpass"}]
    own = [c for c in own if parse.tokens[c].tag not in {"WDT", "WP"}]
    first = first_conjunct(parse, index)
    if not own and first != index and child(parse, index, "agent") is not None:
        own = [c for c in parse.children[first] if parse.tokens[c].dep == "nsubjpass"]
    return own


def _described(parse: Parse, index: int) -> Iterator[Issue]:
    """What a relative clause or participle tells of a noun: "an offer *that* the creditors dismissed", "a plan backed
    by Oslo". A noun that is put beside another one gives way to it: "a tax on fuel, *an idea* that Oslo opposes"."""
    token = parse.tokens[index]
    taken = [c for c in parse.children[index] if parse.tokens[c].dep == "dobj"]
    relative = token.dep == "relcl" and child(parse, index, "nsubj") is not None and (
        not taken or parse.tokens[taken[0]].tag in {"WDT", "WP"}
    )
    participle = token.dep == "acl" and token.tag == "VBN" and child(parse, index, "agent") is not None
    if not (relative or participle) or child(parse, index, "xcomp", "ccomp") is not None:
        return
    noun = token.head
    proposed = parse.tokens[noun].lemma.casefold() in lexicon().papers | lexicon().deals | lexicon().proposed
    while proposed and parse.tokens[noun].dep == "appos" and parse.tokens[noun].head < noun:
        noun = parse.tokens[noun].head
    if proposed and parse.tokens[noun].pos == "NOUN":
        yield Issue(phrase(parse, noun, leave=DESCRIBING), noun)


def _ing(parse: Parse, index: int) -> Iterator[Issue]:
    for c in parse.children[index]:
        if parse.tokens[c].dep in {"xcomp", "dobj", "ccomp", "pcomp"} and parse.tokens[c].tag == "VBG" and c > index:
            for v in conjuncts(parse, c):
                yield Issue(verb_phrase(parse, v, conditions(parse, v)), v)
            return


def _particle(word: str, parse: Parse, index: int) -> Iterator[Issue]:
    if any(
        parse.tokens[c].dep in {"prt", "advmod", "prep"} and parse.tokens[c].text.casefold() == word
        for c in parse.children[index]
    ):
        yield from _object_or_described(parse, index)
        yield from _ing(parse, index)


def _preposition(parse: Parse, index: int, word: str) -> Iterator[Issue]:
    for c in parse.children[index]:
        token = parse.tokens[c]
        if token.text.casefold() != word or token.dep not in {"prep", "dative", "agent", "mark", "aux"} or c < index:
            continue
        gerund = child(parse, c, "pcomp")
        noun = child(parse, c, "pobj")
        if gerund is not None:
            for v in conjuncts(parse, gerund):
                yield Issue(verb_phrase(parse, v, conditions(parse, v)), v)
        elif noun is not None:
            yield from _wanted(parse, index, c, noun)
    if word == "for":
        yield from _for_clause(parse, index)


def _wanted(parse: Parse, index: int, preposition: int, noun: int) -> Iterator[Issue]:
    """ "for A" or "for A to do B", which parsers hang on the noun, the preposition or the verb."""
    for place in (noun, preposition, index):
        for v in parse.children[place]:
            if (
                v > noun
                and parse.tokens[v].dep in {"acl", "relcl", "xcomp", "advcl", "ccomp"}
                and _is_infinitive(parse, v)
            ):
                if place == index and parse.tokens[v].dep == "advcl" and parse.tokens[v].head == index and v - noun > 4:
                    continue  # a purpose of the asking, not of the asked
                yield Issue((parse.tokens[min(parse.subtree(noun))].start, verb_phrase(parse, v)[1]), v, noun)
                return
    yield from _noun_issues(parse, noun)


def _for_clause(parse: Parse, index: int) -> Iterator[Issue]:
    """ "for A to do B" parsed as one clause that `for` introduces."""
    for c in parse.children[index]:
        mark = child(parse, c, "mark")
        if mark is not None and parse.tokens[mark].text.casefold() == "for" and _is_infinitive(parse, c) and c > index:
            for v in conjuncts(parse, c):
                yield Issue(clause(parse, v, conditions(parse, v)), v, child(parse, v, "nsubj"))


def _deal(parse: Parse, index: int) -> Iterator[Issue]:
    noun = child(parse, index, "dobj", "nsubjpass")
    if noun is not None and parse.tokens[noun].lemma.casefold() in lexicon().deals:
        yield Issue(phrase(parse, noun, leave=PARTNERS), noun)


def partner(parse: Parse, index: int) -> int | None:
    """With whom a deal is made: "reached a deal *with the union*"."""
    noun = child(parse, index, "dobj")
    for place in (index, noun if noun is not None else index):
        for c in parse.children[place]:
            if parse.tokens[c].dep == "prep" and parse.tokens[c].text.casefold() == "with":
                return child(parse, c, "pobj")
    return None


def _nothing(parse: Parse, index: int) -> Iterator[Issue]:
    """A slot that names no issue."""
    yield from ()


READERS: dict[str, Callable[[Parse, int], Iterator[Issue]]] = {
    "to": _to,
    "object_to": _object_to,
    "on_to": _on_to,
    "that": _that,
    "object": _object_or_described,
    "ing": _ing,
    "deal": _deal,
    "jointly": _nothing,
    "out": partial(_particle, "out"),
    "down": partial(_particle, "down"),
}
