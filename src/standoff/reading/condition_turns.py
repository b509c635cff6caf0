"""Conditions told by the turn of a sentence: "A, otherwise B", "no A, no B" go in; requirement and gate come out."""

from collections.abc import Iterator

from standoff.language import Parse
from standoff.ledger import Span
from standoff.reading.condition_obligations import obliged
from standoff.reading.condition_words import Condition, conditions_lexicon
from standoff.reading.requirement_clauses import clause_end
from standoff.reading.syntax import SUBJECTS, child, modal, trimmed, verb_phrase
from standoff.reading.voices import Voices

VERBS = frozenset({"VERB", "AUX"})
BREAKS = frozenset({",", ";", ":", "—", "–", "-", "--", "“", "”", '"'})
THREATS = frozenset({"will", "would", "shall", "'ll", "’ll"})
SHORT = 12  # tokens at most on each side of "no A, no B"
SAID_BEFORE = frozenset({"want", "need", "say", "be"})


def turned_conditions(parse: Parse, voices: Voices, first: int, last: int) -> Iterator[Condition]:
    """The conditions that the sentence of tokens [first, last) tells without a conjunction."""
    for index in range(first, last):
        word = parse.tokens[index].text.casefold()
        if word == "otherwise" or (word == "or" and index > first):
            yield from _or_else(parse, index, first, last)
        elif word == "no" and (index == first or parse.tokens[index - 1].text in BREAKS):
            yield from _no_no(parse, voices, index, last)
        elif word == "first" and index > first:
            yield from _first_then(parse, voices, index, first, last)


def _or_else(parse: Parse, index: int, first: int, last: int) -> Iterator[Condition]:
    """ "must do A, otherwise B", "do A or B": A is required, or B comes. A plain "or" counts before what threatens."""
    link = index + 1 if parse.tokens[min(index + 1, last - 1)].text.casefold() == "else" else index
    end = clause_end(parse, link + 1, last)
    behind = [t for t in parse.tokens[link + 1 : end] if t.pos in VERBS and t.dep not in {"aux", "auxpass", "relcl"}]
    before = [t.index for t in parse.tokens[first:index] if t.pos in VERBS and t.dep not in {"aux", "auxpass"}]
    if not behind or not before:
        return
    doers = [t for t in parse.tokens[link + 1 : end] if t.dep in SUBJECTS]
    if link == index and parse.tokens[index].text.casefold() == "or":
        facing = behind[0].lemma.casefold() in conditions_lexicon().facing
        threatens = bool(doers) and any(modal(parse, t.index) in THREATS for t in behind)
        if not facing and not threatens:
            return
    for verb in reversed(before):
        must = obliged(parse, verb)
        if must is None and not _commands(parse, verb):
            continue
        start, stop = verb_phrase(parse, must if must is not None else verb)
        cut = parse.tokens[index].start
        required = trimmed(parse.text, start, cut if start < cut < stop else stop)
        gate = trimmed(parse.text, parse.tokens[link + 1].start, parse.tokens[end - 1].end)
        yield Condition(required, gate, verb, "otherwise")
        return


def _commands(parse: Parse, verb: int) -> bool:
    """Whether a verb is an imperative: "*free* our men or …"."""
    token = parse.tokens[verb]
    bare = all(parse.tokens[c].dep not in SUBJECTS | {"aux"} for c in parse.children[verb])
    return token.tag == "VB" and bare and token.dep in {"ROOT", "ccomp"}


def _no_no(parse: Parse, voices: Voices, index: int, last: int) -> Iterator[Condition]:
    """ "No A, no B", without a verb."""
    comma = next((i for i in range(index + 1, min(last, index + SHORT)) if parse.tokens[i].text == ","), None)
    if comma is None or comma + 1 >= last or parse.tokens[comma + 1].text.casefold() != "no":
        return
    end = comma + 2
    while end < last and end < comma + SHORT and parse.tokens[end].text not in BREAKS | {"."}:
        end += 1
    inside = parse.tokens[index:end]
    if end == comma + 2 or any(t.tag in {"VBD", "VBZ", "VBP", "MD"} for t in inside):
        return
    required = trimmed(parse.text, parse.tokens[index + 1].start, parse.tokens[comma - 1].end)
    gate = trimmed(parse.text, parse.tokens[comma + 2].start, parse.tokens[end - 1].end)
    if voices.speaking_parties(index):
        yield Condition(required, gate, index, "no no", voices.speaking_parties(index))


def _first_then(parse: Parse, voices: Voices, index: int, first: int, last: int) -> Iterator[Condition]:
    """ "A first, then B", "We want A first. Then we can do B": what is wanted or stands without a verb comes first."""
    speaking = voices.speaking_parties(index)
    then = _then_after(parse, index + 1)
    if not speaking or then is None:
        return
    start = index - 1
    while start > first and parse.tokens[start - 1].text not in BREAKS:
        start -= 1
    told = parse.tokens[start:index]
    verb = next((t for t in told if t.tag in {"VBP", "VBZ", "VBD", "MD"}), None)
    if verb is not None:
        if verb.lemma.casefold() not in SAID_BEFORE | conditions_lexicon().obligation:
            return
        start = verb.index + 1
    elif not any(t.pos in {"NOUN", "PROPN"} for t in told):
        return
    if start >= index:
        return
    gate = _what_comes(parse, then)
    if gate is not None:
        required = trimmed(parse.text, parse.tokens[start].start, parse.tokens[index - 1].end)
        yield Condition(required, gate, index, "first then", speaking)


def _then_after(parse: Parse, index: int) -> int | None:
    """The "then" that stands behind "first," or opens the next sentence."""
    for i in range(index, min(index + 5, len(parse.tokens))):
        token = parse.tokens[i]
        if token.text.casefold() == "then":
            return i
        if token.text not in BREAKS | {"."} and token.text.casefold() not in {"and", "only"}:
            return None
    return None


def _what_comes(parse: Parse, then: int) -> Span | None:
    """What comes then: the action of the verb behind, else the words up to a break."""
    last = parse.sentences[parse.tokens[then].sentence][1]
    end = clause_end(parse, then + 1, last)
    verb = next((t for t in parse.tokens[then + 1 : end] if t.pos in VERBS and t.dep not in {"aux", "auxpass"}), None)
    if verb is not None and child(parse, verb.index, "nsubj", "nsubjpass") is not None:
        return trimmed(parse.text, verb.start, parse.tokens[end - 1].end)
    stop = next((i for i in range(then + 1, last) if parse.tokens[i].text in BREAKS | {"."}), last)
    if stop <= then + 1:
        return None
    return trimmed(parse.text, parse.tokens[then + 1].start, parse.tokens[stop - 1].end)
