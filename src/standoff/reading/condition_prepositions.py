"""Conditions told by a preposition: "before", "only after", "without" or "pending" goes in; conditions come out."""

from collections.abc import Iterator

from standoff.language import Parse
from standoff.ledger import Span
from standoff.reading.condition_gates import gate_of
from standoff.reading.condition_obligations import obliged, required_of, wanted
from standoff.reading.condition_refusals import denied, holds_back, refusals
from standoff.reading.condition_words import Condition, conditions_lexicon
from standoff.reading.exchanges import exchange
from standoff.reading.requirement_clauses import clause_end
from standoff.reading.syntax import child, clause, conjuncts, phrase, trimmed, verb_phrase
from standoff.reading.voices import Voices

VERBS = frozenset({"VERB", "AUX"})
PART = "part"  # "only as part of a deal"


def prepositional_conditions(parse: Parse, voices: Voices, index: int) -> Iterator[Condition]:
    """The conditions of the preposition at a token."""
    words = conditions_lexicon()
    word = parse.tokens[index].text.casefold()
    thing = child(parse, index, "pobj", "pcomp")
    head = parse.tokens[index].head
    if thing is None:
        return
    if word in words.before and not holds_back(parse, head):
        yield from _before(parse, index, thing)
    if word == "without":
        yield from _without(parse, voices, index, thing)
    if word in {"in", "on"}:
        yield from exchange(parse, index, thing)
    if parse.tokens[head].pos not in VERBS:
        return
    if word in words.after | words.only_with and _only_before(parse, index):
        yield from _each(parse, voices, index, _of_which(parse, thing), head, f"only {word}")
    refused = holds_back(parse, head) or parse.tokens[head].lemma.casefold() in refusals()
    if word in words.needs_refusal | words.before and refused:
        yield from _each(parse, voices, index, thing, head, word)
    if word in words.pending and (voices.speaking_parties(head) or voices.parties_of(_doer(parse, head))):
        yield from _each(parse, voices, index, thing, head, word)


def things(parse: Parse, thing: int) -> list[Span]:
    """The coordinated things behind a preposition, each for itself, without times."""
    spans = []
    for n in conjuncts(parse, thing):
        if parse.tokens[n].pos in VERBS:
            own = child(parse, n, "nsubj", "nsubjpass") is not None
            spans.append(clause(parse, n) if own else verb_phrase(parse, n))
        elif not is_time(parse, n):
            spans.append(phrase(parse, n))
    return spans


def is_time(parse: Parse, index: int) -> bool:
    """Whether a noun names a time rather than something that somebody could do: "Monday", "the end of the meeting"."""
    token = parse.tokens[index]
    named = any(n.label in {"DATE", "TIME"} and n.first <= index < n.last for n in parse.names)
    deed = any(parse.tokens[c].text.casefold() == "to" for c in parse.children[index])  # "an end to the siege"
    timely = token.pos == "NOUN" and token.lemma.casefold() in conditions_lexicon().times and not deed
    return named or timely or token.pos == "NUM"


def happening(parse: Parse, prep: int) -> Span | None:
    """The words behind a preposition where they tell that something happens, "on *the army leaving the town*": a noun,
    then a participle before the clause ends. None where they name a thing."""
    last = parse.sentences[parse.tokens[prep].sentence][1]
    end = clause_end(parse, prep + 1, last)
    told = parse.tokens[prep + 1 : end]
    nouns = [t.index for t in told if t.pos in {"NOUN", "PROPN", "PRON"}]
    if not nouns or any(t.text.casefold() in {"and", "or"} for t in told):
        return None
    doing = next((t for t in told if t.tag == "VBG" and t.pos in VERBS and t.index > nouns[0]), None)
    if doing is None or parse.tokens[doing.index - 1].pos == "ADP":
        return None
    return trimmed(parse.text, told[0].start, told[-1].end)


def _before(parse: Parse, index: int, thing: int) -> Iterator[Condition]:
    head = parse.tokens[index].head
    acts = parse.tokens[thing].pos in VERBS
    if not acts and is_time(parse, thing):
        return
    if acts and parse.tokens[thing].lemma.casefold() in conditions_lexicon().calendar:
        return
    gate = verb_phrase(parse, thing) if acts else phrase(parse, thing)
    demanded = wanted(parse, head)
    for issue in demanded:
        yield Condition(issue.span, gate, head, "before")
    verb = obliged(parse, head) if not demanded else None
    for required in required_of(parse, verb, index) if verb is not None else ():
        yield Condition(required, gate, head, "before")


def _without(parse: Parse, voices: Voices, index: int, thing: int) -> Iterator[Condition]:
    """ "will not come without A", "without A there will be no B", "B is out of the question without A"."""
    verb = parse.tokens[index].head
    if parse.tokens[verb].pos not in VERBS and denied(parse, parse.tokens[verb].head) == verb:
        verb = parse.tokens[verb].head  # “no truce without …”, hung on the truce
    if parse.tokens[verb].pos not in VERBS or not holds_back(parse, verb):
        return
    told = happening(parse, index)
    if told is not None:
        yield Condition(told, gate_of(parse, voices, verb, index), verb, "without")
        return
    yield from _each(parse, voices, index, thing, verb, "without")


def _each(parse: Parse, voices: Voices, index: int, thing: int, verb: int, by: str) -> Iterator[Condition]:
    for required in things(parse, thing):
        yield Condition(required, gate_of(parse, voices, verb, index), verb, by)


def _of_which(parse: Parse, thing: int) -> int:
    """ "only as part of *a deal*": the deal."""
    link = child(parse, thing, "prep") if parse.tokens[thing].lemma == PART else None
    whole = child(parse, link, "pobj") if link is not None else None
    return whole if whole is not None else thing


def _only_before(parse: Parse, index: int) -> bool:
    return index > 0 and parse.tokens[index - 1].text.casefold() == "only"


def _doer(parse: Parse, verb: int) -> int:
    doer = child(parse, verb, "nsubj", "nsubjpass")
    return doer if doer is not None else verb
