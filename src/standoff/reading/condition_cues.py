"""Conditions by their cue words: a parse with its voices goes in; requirement, gate and who sets it come out.

The parse is asked for tags and for what is coordinated, not for the link between the two clauses: that link is where
parsers err most, and the cue word says it already.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from standoff.language import Parse
from standoff.ledger import Span
from standoff.reading.condition_refusals import (
    against,
    called_impossible,
    called_possible,
    holds_back,
    none_of,
    thing_called,
)
from standoff.reading.condition_setters import setters, subject_above
from standoff.reading.requirement_clauses import FINITE, SAYING, STOPS, clause_end, requirements
from standoff.reading.syntax import child, modal, negated, subject, trimmed
from standoff.reading.voices import FIRST_PERSON, THIRD_PERSON, Voices

TIME_NAMES = frozenset({"DATE", "TIME"})
OWN_MODALS = frozenset({"will", "would", "'ll", "’ll", "could", "may", "might", "shall"})
DEONTIC = frozenset({"must", "should"})
ELSE = frozenset({"else", "otherwise"})
OPENERS = frozenset({"but", "and", "only", '"', "“", ",", "even"})
COMPLEMENTS = frozenset({"xcomp", "ccomp", "acl", "pcomp"})  # whose head says whether one will
PARTS = frozenset({"relcl", "aux", "auxpass", "amod"})  # they head no clause of the sentence
INVERSION = "if"  # what a verb before its subject says in other words
REACH = 40  # tokens before a cue among which its main verb is looked for


@dataclass(frozen=True, slots=True)
class Cue:
    """Tokens [first, last) that open a requirement; kind: firm, barring or own."""

    first: int
    last: int
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class CuedCondition:
    """requirement, gate: spans; verb: the token that heads the gate; holders: the parties that set it."""

    requirement: Span
    gate: Span
    verb: int
    holders: tuple[str, ...]
    by: str


@cache
def _words() -> dict[str, Any]:
    import yaml

    data: dict[str, Any] = yaml.safe_load(
        files("standoff.reading").joinpath("data/conditions.yaml").read_text("utf-8")
    )
    return data


def cued_conditions(parse: Parse, voices: Voices) -> Iterator[CuedCondition]:
    """The conditions of a text in order, one for each coordinated requirement."""
    for first, last in parse.sentences:
        for cue in _cues(parse, first, last):
            yield from _read(parse, voices, cue, first, last)


def _cues(parse: Parse, first: int, last: int) -> Iterator[Cue]:
    index = first
    while index < last:
        cue = _cue_at(parse, index, last)
        if cue is None or _even(parse, cue.first, first) or _contrasts(parse, cue, first):
            index += 1
            continue
        yield cue
        index = cue.last


def _even(parse: Parse, index: int, first: int) -> bool:
    """“even if”, “even when”: what does not matter is no condition."""
    return index > first and parse.tokens[index - 1].text.casefold() == "even"


def _contrasts(parse: Parse, cue: Cue, first: int) -> bool:
    """“…, while others …” sets beside; it tells no time."""
    return cue.words == "while" and cue.first > first and parse.tokens[cue.first - 1].text == ","


def _cue_at(parse: Parse, index: int, last: int) -> Cue | None:
    for words, kind in _phrases().get(parse.tokens[index].text.casefold(), ()):
        end = index + len(words)
        if end <= last and all(parse.tokens[index + k].text.casefold() == word for k, word in enumerate(words)):
            return Cue(index, end, kind, " ".join(words))
    if _inverted(parse, index, last):
        return Cue(index, index + 1, "own", INVERSION)
    return None


def _inverted(parse: Parse, index: int, last: int) -> bool:
    """A verb before its subject, in no question: "*should* the truce hold", "*were* the jobs secured"."""
    token = parse.tokens[index]
    if token.text.casefold() not in _words()["inverted"] or parse.tokens[last - 1].text == "?":
        return False
    doers = (c for c in parse.children[token.head] if parse.tokens[c].dep in {"nsubj", "nsubjpass"})
    doer = next(doers, None)
    behind = token.dep in {"aux", "auxpass"} and doer is not None and index < doer < token.head
    before = parse.tokens[index - 1] if index else token
    opens = before is token or before.sentence != token.sentence
    return behind and (opens or before.tag not in {"WP", "WRB", "WDT", "CC"})


@cache
def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """The cue phrases with their kinds by their first word, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind, phrases in _words()["cues"].items():
        for phrase in phrases:
            words = tuple(phrase.split())
            found.setdefault(words[0], []).append((words, kind))
    return {first: tuple(sorted(some, key=lambda item: -len(item[0]))) for first, some in found.items()}


def _read(parse: Parse, voices: Voices, cue: Cue, first: int, last: int) -> Iterator[CuedCondition]:
    end = clause_end(parse, cue.last, last)
    if not _acts(parse, cue.last, end):
        return  # no clause: “until Monday”, “on condition of anonymity”
    opening = _opens(parse, first, cue.first)
    verb = _verb_after(parse, end, last) if opening else _verb_before(parse, cue.first, first)
    if opening and cue.kind == "barring":
        return  # “before he returns, he will meet …” is mere sequence
    if verb is None or parse.tokens[verb].lemma.casefold() in _words()["no_gate"]:
        return  # “declined to comment while …”
    if not _binds(parse, voices, cue, verb, _done(parse, cue.last, end)):
        return
    gate = _gate(parse, voices, verb, end if opening else None, last if opening else cue.first)
    holders = _holders(parse, voices, verb)
    for a, b in requirements(parse, cue.last, end, last):
        words = {t.text.casefold() for t in parse.tokens[a:b]}
        opens = parse.tokens[a]
        beside = opens.lemma.casefold() in _words()["reporting"] and opens.pos == "VERB"
        if not beside and not words & set(_words()["no_requirement"]) and opens.text.casefold() not in ELSE:
            span = trimmed(parse.text, parse.tokens[a].start, parse.tokens[b - 1].end)
            yield CuedCondition(span, gate, verb, holders, cue.words)


def _acts(parse: Parse, start: int, end: int) -> bool:
    """Whether a stretch has a verb of its own, before "…, the agency said"."""
    if any(n.label in TIME_NAMES and n.first == start for n in parse.names):
        return False  # “before 2022, which …”
    for i in range(start, end):
        token = parse.tokens[i]
        if token.text == "," and any(t.lemma.casefold() in SAYING for t in parse.tokens[i:end]):
            return False
        if token.tag[:2] == "VB" or token.tag == "MD":
            return True
    return False


def _opens(parse: Parse, first: int, cue: int) -> bool:
    """Whether a condition opens its sentence, behind nothing or a phrase without a verb (“On our side, if …”)."""
    before = parse.tokens[first:cue]
    if {t.text.casefold() for t in before} <= OPENERS:
        return True
    return before[-1].text == "," and all(t.pos not in {"VERB", "AUX"} for t in before)


def _verb_before(parse: Parse, cue: int, first: int) -> int | None:
    """The main verb of the clause before a cue: the nearest with a modal or “to”, else the nearest finite one."""
    finite = None
    for i in range(cue - 1, max(first, cue - REACH) - 1, -1):
        token = parse.tokens[i]
        if token.text in STOPS - {"—", "–", "--"}:
            break
        if token.pos not in {"VERB", "AUX"} or token.dep in PARTS or _in_relative(parse, i):
            continue
        helpers = {parse.tokens[c].tag for c in parse.children[i] if c < i and parse.tokens[c].dep in {"aux", "neg"}}
        if token.lemma.casefold() in SAYING and "," in {t.text for t in parse.tokens[i + 1 : cue]}:
            continue  # “…, he said, but only if …”
        if finite is not None and _begins_clause(parse, finite, first):
            return finite  # "… would not sell, and unions want a promise before …": of the unions alone
        if "MD" in helpers or ("TO" in helpers and token.dep != "advcl"):
            return i
        if finite is None and token.tag in FINITE | {"VBN", "VBG"}:
            finite = i
    return finite


def _begins_clause(parse: Parse, verb: int, first: int) -> bool:
    """Whether a verb with a subject of its own stands behind a comma and a conjunction."""
    doer = next((c for c in parse.children[verb] if parse.tokens[c].dep in {"nsubj", "nsubjpass"} and c < verb), None)
    if doer is None:
        return False
    before = min(parse.subtree(doer)) - 1
    return before > first and parse.tokens[before].dep == "cc" and parse.tokens[before - 1].text == ","


def _in_relative(parse: Parse, index: int) -> bool:
    """Whether a verb stands in a relative clause that a relative pronoun opens."""
    kids = [parse.tokens[c] for c in parse.children[index]]
    return any(k.tag in {"WDT", "WP"} and k.dep in {"nsubj", "nsubjpass", "dobj"} and k.index < index for k in kids)


def _verb_after(parse: Parse, start: int, last: int) -> int | None:
    """The main verb behind a requirement that opens the sentence."""
    for i in range(start, last):
        token = parse.tokens[i]
        told = any(parse.tokens[c].dep == "ccomp" and c > i for c in parse.children[i])
        said = told and token.lemma.casefold() in SAYING
        if token.pos in {"VERB", "AUX"} and token.dep not in {"aux", "auxpass", "relcl"} and not said:
            return i
    return None


def _done(parse: Parse, start: int, end: int) -> bool:
    """Whether a clause tells what will have been done by others, "when *its ship is returned*": no hour of the day."""
    tags = [parse.tokens[i].tag for i in range(start, end)]
    present = {"VBZ", "VBP"} & set(tags)
    return bool(present) and "VBN" in tags


def _binds(parse: Parse, voices: Voices, cue: Cue, verb: int, done_first: bool) -> bool:
    """Whether cue and main verb make a condition that somebody sets. done_first: what _done says of its clause."""
    speaking = voices.speaking_parties(verb)
    doer = subject(parse, verb)
    party = doer is not None and bool(voices.parties_of(doer))
    if not speaking and not party and not subject_above(parse, voices, verb):
        return False
    if cue.kind == "firm":
        return True
    lemma = parse.tokens[verb].lemma.casefold()
    over = parse.tokens[parse.tokens[verb].head].lemma.casefold()
    if cue.kind == "barring":
        below = parse.tokens[verb].dep in COMPLEMENTS
        refused = holds_back(parse, verb) or (below and negated(parse, parse.tokens[verb].head))
        withheld = {"refuse", "decline", "reject"} if cue.words == "while" else set(_words()["withholding"])
        return refused or bool({lemma, over if below else lemma} & withheld)
    kids = [parse.tokens[c] for c in parse.children[verb]]
    complements = {t.lemma.casefold() for t in kids if t.dep in {"acomp", "oprd"}}
    ready = bool({lemma, over, *complements} & _readiness(parse, verb)) or called_possible(parse, verb)
    if speaking and called_impossible(parse, verb):
        return True  # “it is impossible to negotiate when …”
    if cue.words == "when" and not ready and not done_first:
        return False
    if speaking and lemma == "be" and none_of(parse, verb) and (modal(parse, verb) or "") in OWN_MODALS:
        return True  # “there would be no returns if …”
    own = doer is not None and (
        parse.tokens[doer].text.casefold() in FIRST_PERSON | THIRD_PERSON
        or voices.is_own_side(doer, speaking)
        or (parse.tokens[doer].lemma.casefold() in _words()["own_people"] and not voices.parties_of(doer))
    )
    would = (modal(parse, verb) or "") in OWN_MODALS and lemma != "be"
    if speaking and would and lemma in _words()["facing"] and party and not own:
        return True  # “the North would face sanctions if …”
    if bool(speaking) and own and (ready or would):
        return True
    if party and would and _told_by_others(parse, voices, verb):
        return True  # “the rebels would free the men if …, a mediator said”
    return ready and (party or bool(subject_above(parse, voices, verb)))


def _readiness(parse: Parse, verb: int) -> set[str]:
    """The predicates of readiness; of a verb those that are no adjectives: to "open the strait" is a deed."""
    words = set(_words()["readiness"])
    return words - {"open", "right"} if parse.tokens[verb].lemma.casefold() in {"open", "right"} else words


def _told_by_others(parse: Parse, voices: Voices, verb: int) -> bool:
    """Whether who speaks is nobody's spokesman: a mediator, a source, officials."""
    statement = voices.innermost[verb]
    if statement is None:
        return False
    tellers = set(_words()["tellers"])
    return any(parse.tokens[i].lemma.casefold() in tellers for a, b in statement.source for i in parse.tokens_in(a, b))


def _holders(parse: Parse, voices: Voices, verb: int) -> tuple[str, ...]:
    """Who sets the condition: who would act, if it is a party that is named and wills it; else who speaks."""
    speaking = voices.speaking_parties(verb)
    doer = subject(parse, verb)
    named = voices.parties_of(doer) if doer is not None else ()
    pronoun = doer is not None and parse.tokens[doer].pos == "PRON"
    able = (modal(parse, verb) or "") in DEONTIC | {"can", "could"}
    if speaking and parse.tokens[verb].lemma.casefold() in _words()["facing"] and not set(named) <= set(speaking):
        return setters(parse, voices, verb, speaking)  # who threatens, not who is threatened
    owner = next((c for c in parse.children[doer] if parse.tokens[c].dep == "poss"), None) if doer is not None else None
    if owner is not None and all(voices.actors.get(a).kind in {"other", "person"} for a in named):
        if parse.tokens[owner].pos == "PRON" and speaking:
            return setters(parse, voices, verb, speaking)  # “his members would …”
        named = voices.parties_of(owner) or named  # “the union's delegates”
    if named and not pronoun and not (able and speaking):
        return named
    if pronoun and speaking and all(voices.actors.get(a).kind == "other" for a in speaking):
        # “Tusk told them he would …, officials said”
        return subject_above(parse, voices, parse.tokens[verb].head) or speaking
    if speaking:
        return setters(parse, voices, verb, speaking)
    return named or subject_above(parse, voices, verb)


def _gate(parse: Parse, voices: Voices, verb: int, after: int | None, end: int) -> Span:
    """The words of the gate: the action, what one is ready for, or the thing that would be."""
    stop = _without_saying(parse, verb, end if after is None else clause_end(parse, verb + 1, end))
    opposing = against(parse, verb)
    if opposing is not None and opposing + 1 < stop:
        return trimmed(parse.text, parse.tokens[opposing + 1].start, parse.tokens[stop - 1].end)
    called = thing_called(parse, verb)
    if called is not None and called < stop and parse.tokens[called].pos in {"NOUN", "PROPN"}:
        first = min(parse.subtree(called))
        last = called if called < verb else stop - 1
        inside = [i for i in parse.subtree(called) if first <= i <= max(last, called) and (called > verb or i < verb)]
        return trimmed(parse.text, parse.tokens[first].start, parse.tokens[max(inside)].end)
    start = verb
    readiness = _readiness(parse, verb)
    ready = next((c for c in parse.children[verb] if c > verb and parse.tokens[c].lemma.casefold() in readiness), None)
    if parse.tokens[verb].lemma == "be" and ready is not None:
        start = ready
    if parse.tokens[start].lemma.casefold() in readiness and start + 1 < stop:
        link = parse.tokens[start + 1]
        start += 2 if link.text.casefold() in {"to", "for", "that"} and start + 2 < stop else 1
    elif parse.tokens[verb].tag in {"VBD", "VBZ", "VBP"} and parse.tokens[verb].pos == "VERB":
        thing = next((c for c in parse.children[verb] if parse.tokens[c].dep == "dobj" and c > verb), None)
        if thing is not None:
            start = min(i for i in parse.subtree(thing) if i > verb)
    elif parse.tokens[verb].lemma == "be" and none_of(parse, verb):
        start = next((c for c in range(verb + 1, stop) if parse.tokens[c].text.casefold() == "no"), start)
    passive = next((c for c in parse.children[verb] if parse.tokens[c].dep == "auxpass" and c < verb), None)
    if start == verb and passive is not None:
        start = passive
    span = trimmed(parse.text, parse.tokens[start].start, parse.tokens[max(start, stop - 1)].end)
    doer = child(parse, verb, "nsubj", "nsubjpass")
    if doer is None or start not in {verb, passive} or parse.tokens[doer].pos != "NOUN" or doer > verb:
        return span
    people = bool(voices.parties_of(doer)) or parse.tokens[doer].lemma.casefold() in _words()["own_people"]
    intransitive = child(parse, verb, "dobj") is None and not people
    if parse.tokens[verb].tag != "VB" or intransitive:  # “*talks* cannot begin until …”
        return trimmed(parse.text, parse.tokens[min(parse.subtree(doer))].start, span[1])
    return span


def _without_saying(parse: Parse, verb: int, cue: int) -> int:
    """The end of the words before a cue: without “but”, “only”, a comma, and without “, he said,”."""
    stop = cue
    while stop > verb + 1 and parse.tokens[stop - 1].text.casefold() in {"but", "only", ",", "and", "even"}:
        stop -= 1
    for i in range(verb + 1, stop):
        if parse.tokens[i].text == "," and any(t.lemma.casefold() in SAYING for t in parse.tokens[i:stop]):
            return i
    return stop
