"""A candidate told in marks: a report's surroundings and a candidate go in; short strings for what it is come out.

The marks are what the trained network reads beside the encoder's state; training and reading share this module. A mark
is a name and a value ("g=urge": what governs the candidate); which marks count is learnt.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from standoff.language import Token
from standoff.reading.frames import lexicon
from standoff.reading.stances.candidates import VERBS, Candidate
from standoff.reading.stances.surroundings import SAME_ISSUE, Surroundings, overlap
from standoff.reading.syntax import modal, negated, subject
from standoff.reading.voices import Voices

LONGEST_TOLD = 12  # tokens from which a length is told no more exactly
OPENING_SENTENCES = 5
CONTEXT = 25  # characters before a candidate in which the word before it is looked for


def marks_of(around: Surroundings, candidate: Candidate) -> list[str]:
    """The marks of a candidate, each once, in a fixed order."""
    groups = (_syntax, _predicates, _subject, _statement, _frames, _surface)
    return list(dict.fromkeys(mark for group in groups for mark in group(around, candidate)))


def _syntax(around: Surroundings, candidate: Candidate) -> Iterator[str]:
    token, kind = around.token(candidate.head), candidate.kind
    top, predicate = around.governor(candidate)
    first, above = around.token(top), around.token(around.token(top).head)
    lemma = above.lemma.casefold()
    yield f"k={kind}"
    yield f"d={token.dep}"
    yield f"t={token.tag}"
    yield f"l={token.lemma.casefold()}"
    yield f"kd={kind},{token.dep}"
    if top != candidate.head:
        yield "conj"
    yield f"hd={first.dep}"
    yield f"g={lemma}"
    yield f"gt={above.tag}"
    yield f"gdep={above.dep}"
    yield f"g,d={lemma},{first.dep}"
    if predicate != above.index:
        yield f"gg={around.token(predicate).lemma.casefold()}"
        yield f"gg,p={around.token(predicate).lemma.casefold()},{lemma}"


def _predicates(around: Surroundings, candidate: Candidate) -> Iterator[str]:
    top, predicate = around.governor(candidate)
    words = lexicon()
    for index, name in ((predicate, "P"), (top, "H")):
        lemma = around.token(index).lemma.casefold()
        for table, kind in ((words.verbs, "v"), (words.nouns, "n"), (words.adjectives, "a")):
            if lemma in table:
                yield f"{name}fr={kind},{table[lemma].act}"
                yield f"{name}fr"
        if negated(around.parse, index):
            yield f"{name}neg"
        verb_modal = modal(around.parse, index)
        if verb_modal:
            yield f"{name}mod={verb_modal}"
        if any(around.token(c).tag == "TO" for c in around.parse.children[index]):
            yield f"{name}to"
    above = around.token(around.token(predicate).head)
    yield f"pp={above.lemma.casefold()}"
    yield f"pdep={around.token(predicate).dep}"


def _subject(around: Surroundings, candidate: Candidate) -> Iterator[str]:
    index = subject_of(around, candidate)
    if index is None:
        yield "nosubj"
        return
    token, voices = around.token(index), around.voices
    yield f"s={token.text.casefold()}" if token.pos == "PRON" else f"s:{token.pos}"
    if index in voices.named:
        yield "snamed"
    yield from _kind(voices, voices.actors_of(index)[:1], "sk")


def subject_of(around: Surroundings, candidate: Candidate) -> int | None:
    """The subject of a candidate that is a verb, else of the verb that governs it."""
    top, predicate = around.governor(candidate)
    if around.token(candidate.head).pos in VERBS:
        return subject(around.parse, top)
    return subject(around.parse, predicate) if around.token(predicate).pos in VERBS else None


def _statement(around: Surroundings, candidate: Candidate) -> Iterator[str]:
    top, _ = around.governor(candidate)
    voices = around.voices
    statement = voices.innermost[candidate.head]
    kind = statement.kind if statement else "none"
    yield f"st={kind}"
    yield f"st,d={kind},{around.token(top).dep}"
    if statement is None:
        return
    index = subject_of(around, candidate)
    if statement.speaker:
        yield from _kind(voices, (voices.actors.party_of(statement.speaker),), "spk")
        if index is not None and voices.is_own_side(index, voices.speaking_parties(candidate.head)):
            yield "own"
            yield f"own,{modal(around.parse, top)}"
    if statement.content and statement.content[0][0] == candidate.span[0]:
        yield "starts"
    if statement.cue:
        yield f"cue={around.parse.text[slice(*statement.cue[0])].casefold()}"
    share = max((overlap(content, candidate.span) for content in statement.content), default=0.0)
    yield f"cov={int(share * 5)}"


def _frames(around: Surroundings, candidate: Candidate) -> Iterator[str]:
    for stance, _, share in around.frames_of(candidate):
        if share >= SAME_ISSUE:
            yield f"F={stance.act}"
            yield "F"
            yield f"Fn={stance.frame}"
        else:
            yield "Fover"


def _surface(around: Surroundings, candidate: Candidate) -> Iterator[str]:
    text, (start, end) = around.parse.text, candidate.span
    said = text[start:end]
    yield f"len={int(math.log2(end - start))}"
    yield f"nt={min(LONGEST_TOLD, len(around.parse.tokens_in(start, end)))}"
    if said[:1].isupper():
        yield "upper"
    if any(character.isdigit() for character in said):
        yield "digit"
    if candidate.head in around.voices.named:
        yield "hnamed"
    yield f"first={_first_word(said)}"
    before = text[max(0, start - CONTEXT) : start].split()
    if before:
        yield f"b={before[-1].casefold()}"
    token: Token = around.token(candidate.head)
    yield f"sent={min(OPENING_SENTENCES, token.sentence)}"


def _first_word(said: str) -> str:
    words = said.split()
    return words[0].casefold() if words else ""


def _kind(voices: Voices, actors: tuple[str, ...], name: str) -> Iterator[str]:
    for actor in actors:
        yield f"{name}={voices.actors.get(actor).kind}"
