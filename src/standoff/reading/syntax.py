"""Walks over the parse: a token goes in; its subject, objects, clause and the spans of phrases come out."""

import re
from collections.abc import Iterator

from standoff.language import Parse, Token
from standoff.ledger import Span

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp", "csubj", "parataxis"})
AUXILIARIES = frozenset({"aux", "auxpass"})
# A finite verb on a noun is its predicate, where the parse lost its way: "Brant, which holds a tenth, *called* on …".
FINITE_OR_ING = frozenset({"VBG", "VBD", "VBZ"})
NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor"})
OPENING = "([{“„«‘\"'`"
CLOSING = ")]}”“»’\"'"
DANGLING = re.compile(r"\s(?:and|or|but)$")  # a conjunction whose second half was left out
MARKS = ".,;:!?…-–— \t\n"


def child(parse: Parse, index: int, *deps: str) -> int | None:
    """The first dependent of a token that stands in one of the relations, or None."""
    return next((c for c in parse.children[index] if parse.tokens[c].dep in deps), None)


def head_of(parse: Parse, span: Span) -> int | None:
    """The token of a span that governs the others, or None for a span without tokens."""
    inside = parse.tokens_in(*span)
    return next((i for i in inside if parse.tokens[i].head not in inside or parse.tokens[i].head == i), None)


def conjuncts(parse: Parse, index: int) -> list[int]:
    """The token and all that is coordinated with it, in text order.

    Parsers often hang the second of three listed things as an apposition on the first ("A, B, and C"): an apposition
    that carries a conjunct of its own is read as a member of the list.
    """
    found = [index]
    for candidate in found:
        for c in parse.children[candidate]:
            dep = parse.tokens[c].dep
            if dep == "conj" or (dep == "appos" and c > candidate and child(parse, c, "conj") is not None):
                found.append(c)
    return sorted(found)


def first_conjunct(parse: Parse, index: int) -> int:
    """The head of a coordination: the token that a chain of `conj` hangs on."""
    while parse.tokens[index].dep == "conj":
        index = parse.tokens[index].head
    return index


def negated(parse: Parse, index: int) -> bool:
    """Whether a verb, adjective or noun is negated by a dependent or by its auxiliary."""
    kids = parse.children[index]
    words = [parse.tokens[c].text.casefold() for c in kids]
    if any(parse.tokens[c].dep == "neg" for c in kids) or NEGATIONS.intersection(words) or "longer" in words:
        return True  # "no longer insists"
    return any(child(parse, c, "neg") is not None for c in kids if parse.tokens[c].dep in AUXILIARIES)


def modal(parse: Parse, index: int) -> str | None:
    """The lemma of a verb's modal (`must`, `will`, `should`), or None."""
    for c in parse.children[index]:
        token = parse.tokens[c]
        if token.dep in AUXILIARIES and token.tag == "MD":
            return token.lemma.casefold()
    return None


def subject(parse: Parse, index: int) -> int | None:
    """The token that heads the subject of a predicate, through coordination, control, participles, relatives."""
    seen = set()
    while index not in seen:
        seen.add(index)
        agent = child(parse, index, "agent")
        if agent is not None and child(parse, agent, "pobj") is not None:
            return child(parse, agent, "pobj")
        own = child(parse, index, "nsubj") if agent is None else None
        if own is not None:
            return _antecedent(parse, index, own)
        if child(parse, index, "nsubjpass") is not None:
            return None  # "the bid is expected to …": by whom is not told
        token = parse.tokens[index]
        if token.dep == "relcl" or (token.dep == "acl" and token.tag in FINITE_OR_ING):
            return token.head
        if token.dep == "xcomp":
            controller = child(parse, token.head, "dobj")
            if (
                controller is not None
                and controller < index
                and parse.tokens[controller].pos in {"NOUN", "PROPN", "PRON"}
            ):
                return controller
        if token.dep not in {"conj", "xcomp", "advcl", "pcomp", "prep", "acomp", "aux"}:
            return None
        index = token.head
    return None


def _antecedent(parse: Parse, index: int, own: int) -> int:
    """A relative pronoun gives way to the noun that its clause describes."""
    token = parse.tokens[index]
    if parse.tokens[own].tag in {"WDT", "WP"} and token.dep == "relcl":
        return token.head
    return own


def ancestors(parse: Parse, index: int) -> Iterator[Token]:
    """The heads above a token, nearest first."""
    while parse.tokens[index].head != index:
        index = parse.tokens[index].head
        yield parse.tokens[index]


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without marks and white space at its edges, and without a lone quotation mark or bracket there."""
    while start < end and text[start] in MARKS:
        start += 1
    while start < end and text[end - 1] in MARKS:
        end -= 1
    piece = text[start:end]
    if dangling := DANGLING.search(piece):
        return trimmed(text, start, start + dangling.start())
    if piece and piece[0] in OPENING and not any(c in piece[1:] for c in CLOSING):
        return trimmed(text, start + 1, end)
    if piece and piece[-1] in CLOSING and not any(c in piece[:-1] for c in OPENING):
        return trimmed(text, start, end - 1)
    return start, end


def phrase(parse: Parse, index: int, leave: frozenset[str] = frozenset(), split: bool = True) -> Span:
    """Span of a noun phrase or clause with its dependents.

    leave: relations of direct dependents that are left out with all that hangs on them; with `split`, what is
    coordinated after it and non-restrictive clauses are left out too. The span is the stretch around the head.
    """
    kept = {index}
    for c in parse.children[index]:
        token = parse.tokens[c]
        if token.dep in leave or token.dep in {"punct", "parataxis", "preconj"}:
            continue
        if split and (token.dep in {"cc", "conj"} or _after_comma(parse, c)):
            continue
        kept.update(parse.subtree(c))
    start = min(kept)
    end = max(kept)
    first, last = parse.tokens[start], parse.tokens[end]
    return trimmed(parse.text, first.start, last.end)


def _after_comma(parse: Parse, index: int) -> bool:
    """A relative clause or apposition that a comma sets apart adds nothing to what is named."""
    token = parse.tokens[index]
    if token.dep not in {"relcl", "appos", "acl"}:
        return False
    before = min(parse.subtree(index)) - 1
    return before >= 0 and parse.tokens[before].text in {",", "-", "–", "—", "("}


def verb_phrase(parse: Parse, index: int, leave: frozenset[int] = frozenset()) -> Span:
    """Span from a verb (with its passive or copular auxiliary) to the end of its own complements.

    Subject, modal, `to`, negation and coordinated verbs are left out; `leave`: further dependents to leave out.
    """
    start = index
    end = index
    for c in parse.children[index]:
        token = parse.tokens[c]
        if token.dep == "auxpass" and token.tag == "VB":
            start = min(start, c)
        if (
            c < index
            or c in leave
            or token.dep in {"punct", "cc", "conj", "parataxis", "mark"}
            or token.dep in SUBJECTS
        ):
            continue
        end = max(end, *parse.subtree(c))
    return trimmed(parse.text, parse.tokens[start].start, parse.tokens[end].end)


def clause(parse: Parse, index: int, leave: frozenset[int] = frozenset()) -> Span:
    """Span of a clause with its subject, without the word that introduces it and without coordinated clauses."""
    kept = {index}
    for c in parse.children[index]:
        token = parse.tokens[c]
        if c in leave or token.dep in {"punct", "cc", "conj", "mark", "parataxis"}:
            continue
        kept.update(parse.subtree(c))
    first = min(kept)
    if parse.tokens[first].text.casefold() == "that" and first < index:
        first += 1  # the conjunction, where the parse took it for a pronoun
    return trimmed(parse.text, parse.tokens[first].start, parse.tokens[max(kept)].end)
