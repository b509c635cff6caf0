"""Who could hold an issue, or be asked for it: a candidate goes in; parties with the marks of how they stand to it come
out.

A party is one that the sentence names, the speaker of the statements around, or a noun phrase without a name that is a
subject above the issue.
"""

from __future__ import annotations

from collections.abc import Iterator

from standoff.reading.frames import lexicon
from standoff.reading.stances.candidates import Candidate
from standoff.reading.stances.marks import subject_of
from standoff.reading.stances.referents import Phrase, Referent, noun_phrase
from standoff.reading.stances.surroundings import SAME_ISSUE, Surroundings
from standoff.reading.voices import FIRST_PERSON, THIRD_PERSON

MOST_BETWEEN = 4  # parties between a mention and the issue beyond which it is far
MODIFIERS = frozenset({"amod", "compound", "nmod"})
NO_PARTIES = FIRST_PERSON | lexicon().papers
NOBODY = "nobody"
Marks = dict[Referent, list[str]]


def parties_around(around: Surroundings, candidate: Candidate) -> Marks:
    """The parties at hand with their marks, in the order in which they come up."""
    found: Marks = {}
    for who, mark in _relations(around, candidate):
        found.setdefault(who, []).append(mark)
    context = _context(around, candidate)
    return {
        who: list(dict.fromkeys(told for mark in marks for told in (mark, *(f"{mark}|{c}" for c in context))))
        for who, marks in found.items()
    }


def named_together(around: Surroundings, candidate: Candidate) -> list[tuple[Referent, ...]]:
    """The parties that the sentence names together ("Iran and China"), or that speak together where a subject is
    a pronoun ("the two said they …"): who of them holds an issue, or is asked for it, does so with the others."""
    first, last = around.parse.sentences[around.token(candidate.head).sentence]
    voices = around.voices
    found: list[tuple[Referent, ...]] = [voices.parties_of(i) for i in range(first, last) if i in voices.named]
    for index in around.subjects_above(candidate):
        found.append(tuple(_who(around, index)))
        if around.token(index).text.casefold() in FIRST_PERSON | THIRD_PERSON:
            found.append(voices.speaking_parties(candidate.head))
    return [group for group in found if len(group) > 1]


def marks_of_nobody(around: Surroundings, candidate: Candidate) -> list[str]:
    """The marks for that nobody is asked."""
    return [NOBODY, *(f"{NOBODY}|{c}" for c in _context(around, candidate))]


def _context(around: Surroundings, candidate: Candidate) -> list[str]:
    top, predicate = around.governor(candidate)
    statement = around.voices.innermost[candidate.head]
    lemma, above = around.token(predicate).lemma.casefold(), around.token(around.token(top).head).lemma.casefold()
    return [
        candidate.kind, f"d={around.token(top).dep}", f"st={statement.kind if statement else 'none'}",
        f"p={lemma}", f"p,d={lemma},{above},{around.token(top).dep}", f"h={around.token(top).lemma.casefold()}",
    ]  # fmt: skip


def _relations(around: Surroundings, candidate: Candidate) -> Iterator[tuple[Referent, str]]:
    yield from _speakers(around, candidate)
    yield from _framed(around, candidate)
    yield from _subjects(around, candidate)
    yield from _mentions(around, candidate)


def _speakers(around: Surroundings, candidate: Candidate) -> Iterator[tuple[Referent, str]]:
    actors = around.voices.actors
    inner = 0
    for statement in around.around(candidate.head):
        if statement.speaker is not None:
            yield actors.party_of(statement.speaker), f"speaker{min(inner, 2)}"
            yield actors.party_of(statement.speaker), f"speaker{min(inner, 2)}:{statement.kind}"
            inner += 1


def _framed(around: Surroundings, candidate: Candidate) -> Iterator[tuple[Referent, str]]:
    for stance, issue, share in around.frames_of(candidate):
        if share < SAME_ISSUE:
            continue
        for holder in stance.holders:
            yield holder, "frame holds"
            yield holder, f"frame holds:{stance.act}"
        for asked in around.voices.parties_of(issue.asked) if issue.asked is not None else ():
            yield asked, "frame asks"
            yield asked, f"frame asks:{stance.act}"


def _subjects(around: Surroundings, candidate: Candidate) -> Iterator[tuple[Referent, str]]:
    own = subject_of(around, candidate)
    for depth, index in enumerate(around.subjects_above(candidate)):
        names = [f"subject{depth}", *(["own subject"] if index == own else [])]
        for who in _who(around, index):
            unnamed = [f"phrase={around.token(index).lemma.casefold()}", "phrase"] if isinstance(who, Phrase) else []
            for name in (*names, *unnamed):
                yield who, name


def _who(around: Surroundings, index: int) -> Iterator[Referent]:
    """Whom a noun names; a noun phrase without a name is a party of its own."""
    token, voices = around.token(index), around.voices
    if token.tag in {"WP", "WDT"}:
        clause = token
        while clause.dep not in {"relcl", "ROOT"} and clause.head != clause.index:
            clause = around.token(clause.head)
        if clause.dep == "relcl":
            yield from _who(around, clause.head)
        return
    parties = voices.parties_of(index) or _apposed(around, index)
    if parties:
        yield from parties
    elif token.pos in {"NOUN", "PROPN"} and not {token.text.casefold(), token.lemma.casefold()} & NO_PARTIES:
        yield Phrase(noun_phrase(around.parse, index))


def _apposed(around: Surroundings, index: int) -> tuple[str, ...]:
    """Whom a noun is put beside: "the conglomerate *United Technologies*"."""
    apposed = (c for c in around.parse.children[index] if around.token(c).dep == "appos" and c > index)
    return next((parties for c in apposed if (parties := around.voices.parties_of(c))), ())


def _mentions(around: Surroundings, candidate: Candidate) -> Iterator[tuple[Referent, str]]:
    parse, actors = around.parse, around.voices.actors
    start, end = candidate.span
    top, predicate = around.governor(candidate)
    sentence = parse.sentence_span(around.token(candidate.head).sentence)
    mentions = actors.mentions_in(*sentence)
    for mention in mentions:
        inside = start <= mention.start < end
        side = "in" if inside else "before" if mention.start < start else "after"
        between = sum(
            min(mention.start, start) < other.start < max(mention.start, start)
            and other.actor != mention.actor for other in mentions
        )  # fmt: skip
        tokens = parse.tokens_in(mention.start, mention.end)
        if not tokens:
            continue
        head = next((i for i in tokens if parse.tokens[i].head not in tokens), tokens[0])
        over = parse.tokens[parse.tokens[head].head]
        if parse.tokens[head].dep in MODIFIERS and over.index in around.voices.named:
            continue  # "the *Taiwanese* company": told by the noun
        names = [
            side, f"{side}{min(between, MOST_BETWEEN)}", f"form={mention.form}",
            f"kind={actors.get(mention.actor).kind}", f"{side},dep={parse.tokens[head].dep}",
        ]  # fmt: skip
        if over.index in (top, predicate, candidate.head):
            place = "own" if over.index in (top, candidate.head) else "governor"
            names.append(f"{place},{parse.tokens[head].dep}")
        elif over.pos == "ADP" and over.head in (top, predicate, candidate.head):
            place = "own" if over.head in (top, candidate.head) else "governor"
            names.append(f"{place},{over.text.casefold()}")
        for party in actors.parties_of(mention.actor):
            for name in names:
                yield party, name
