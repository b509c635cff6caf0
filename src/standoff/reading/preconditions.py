"""Preconditions: a parsed report with its voices goes in; "holder lets gate happen only if requirement" comes out.

The conditional words and constructions are data (`data/conditions.yaml`); a condition counts only where somebody sets
it: in what a party says, or on a stance that a party holds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from standoff.actors import ActorTable
from standoff.language import Parse
from standoff.ledger import Precondition, Span, Statement
from standoff.reading.arguments import issues
from standoff.reading.condition_cues import cued_conditions
from standoff.reading.frames import lexicon, without_comment
from standoff.reading.syntax import (
    ancestors,
    child,
    clause,
    conjuncts,
    modal,
    negated,
    phrase,
    subject,
    trimmed,
    verb_phrase,
)
from standoff.reading.voices import Voices, voices_of

LONGEST_EVIDENCE = 320
LONGEST_PART = 220


@dataclass(frozen=True, slots=True)
class Conditions:
    """The words of condition; each field is a list of the data file."""

    needs_refusal: frozenset[str]
    always: frozenset[str]
    conditional: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    obligation: frozenset[str]
    exchange: tuple[str, ...]
    dependence: dict[str, str]
    open_modals: frozenset[str]
    empty: frozenset[str]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition found: spans, the token that carries it, and the construction."""

    requirement: Span
    gate: Span
    anchor: int
    by: str


@cache
def conditions_lexicon() -> Conditions:
    """The word lists that ship with the package, loaded once."""
    data = yaml.safe_load(files("standoff.reading").joinpath("data/conditions.yaml").read_text("utf-8"))
    return Conditions(
        **{
            name: frozenset(data[name])
            for name in (
                "needs_refusal", "always", "conditional", "before", "after", "obligation", "open_modals", "empty",
            )
        },  # fmt: skip
        exchange=tuple(data["exchange"]),
        dependence=data["dependence"],
    )


def read_preconditions(parse: Parse, actors: ActorTable, statements: tuple[Statement, ...]) -> tuple[Precondition, ...]:
    """The preconditions of a report, in text order; each coordinated requirement is one."""
    voices = voices_of(parse, actors, statements)
    found: dict[tuple[str, Span, Span], Precondition] = {}
    for cued in cued_conditions(parse, voices):
        condition = Condition(cued.requirement, cued.gate, cued.verb, cued.by)
        if _sound(parse, condition):
            for holder in cued.holders:
                found.setdefault((holder, cued.requirement, cued.gate), _entry(parse, voices, condition, holder))
    entries: dict[tuple[str, Span, Span], Precondition] = {}
    for index in range(len(parse.tokens)):
        for raw in _conditions(parse, voices, index):
            condition = Condition(
                without_comment(parse.text, raw.requirement),
                without_comment(parse.text, raw.gate),
                raw.anchor,
                raw.by,
            )
            known = any(_touch(c.requirement, condition.requirement) for c in found.values())
            if known or not _sound(parse, condition):
                continue
            for holder in _holders(parse, voices, condition):
                entries.setdefault(
                    (holder, condition.requirement, condition.gate), _entry(parse, voices, condition, holder)
                )
    found |= entries
    ordered = sorted(found.values(), key=lambda c: (c.evidence, c.requirement, c.holder))
    return tuple(
        Precondition(f"c{k}", c.holder, c.requirement, c.gate, c.evidence, c.statement, c.by)
        for k, c in enumerate(ordered, 1)
    )


def _touch(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _entry(parse: Parse, voices: Voices, condition: Condition, holder: str) -> Precondition:
    statement = voices.innermost[condition.anchor]
    evidence = evidence_of(parse, condition.anchor, condition.requirement, condition.gate)
    told_by = statement.id if statement else None
    return Precondition("", holder, condition.requirement, condition.gate, evidence, told_by, condition.by)


def _conditions(parse: Parse, voices: Voices, index: int) -> Iterator[Condition]:
    token = parse.tokens[index]
    if token.pos in {"VERB", "AUX"} and token.dep == "advcl":
        yield from _adverbial(parse, voices, index)
    if token.text.casefold() in conditions_lexicon().always and token.head != index:
        yield from _provided(parse, index)
    if token.dep in {"prep", "mark"} or token.pos == "ADP":
        yield from _prepositional(parse, index)
    if token.pos in {"VERB", "ADJ", "AUX"}:
        yield from _dependence(parse, index)


def _gate(parse: Parse, verb: int, without: int) -> Span:
    """What is made conditional: the action of the main verb, or the main clause where its subject is the thing."""
    left = frozenset({without})
    doer = child(parse, verb, "nsubj", "nsubjpass")
    frame_complement = child(parse, verb, "xcomp")
    if parse.tokens[verb].pos in {"VERB", "AUX"} and frame_complement is not None and frame_complement < without:
        return verb_phrase(parse, frame_complement, left)
    if (
        doer is not None
        and parse.tokens[doer].pos in {"NOUN"}
        and negated(parse, verb) is False
        and child(parse, verb, "dobj") is None
    ):
        return clause(parse, verb, left)
    return verb_phrase(parse, verb, left)


def _adverbial(parse: Parse, voices: Voices, index: int) -> Iterator[Condition]:
    words = conditions_lexicon()
    mark = child(parse, index, "mark") or child(parse, index, "advmod")
    if mark is None:
        return
    if mark > 0 and parse.tokens[mark - 1].text.casefold() == "even":
        return  # what does not matter is no condition
    word = parse.tokens[mark].text.casefold()
    restriction = frozenset(c for c in parse.children[index] if parse.tokens[c].text.casefold() == "only") | {mark}
    main = parse.tokens[index].head
    only = _only(parse, index, mark)
    refusal = negated(parse, main) or parse.tokens[main].lemma.casefold() in _refusals()
    if word in words.before and not refusal:
        verb = _obliged(parse, main)
        if verb is not None:
            for v in conjuncts(parse, verb):
                requirement = verb_phrase(parse, v, frozenset({index}))
                yield Condition(requirement, clause(parse, index), main, "before")
        return
    stands = (
        word in words.always
        or (word in words.needs_refusal | words.before and refusal)
        or (word in words.after and only)
        or (word in words.conditional and (only or _own_action(parse, voices, main)))
    )
    if not stands:
        return
    for v in conjuncts(parse, index):
        if parse.tokens[v].pos in {"VERB", "AUX", "ADJ", "NOUN"}:
            required = clause(parse, v, restriction)
            yield Condition(required, _gate(parse, main, index), main, f"{'only ' if only else ''}{word}")


def _refusals() -> set[str]:
    return {lemma for lemma, frame in lexicon().verbs.items() if frame.act == "refuse"}


def _provided(parse: Parse, index: int) -> Iterator[Condition]:
    """ "provided (that) A does B", where the parse takes the conjunction for a verb with a clause."""
    required = child(parse, index, "ccomp")
    if required is not None:
        for v in conjuncts(parse, required):
            word = parse.tokens[index].text.casefold()
            yield Condition(
                clause(parse, v), _gate(parse, parse.tokens[index].head, index), parse.tokens[index].head, word
            )


def _only(parse: Parse, index: int, mark: int) -> bool:
    """ "only" on the condition or right before it, or on the verb that it conditions ("can only succeed if")."""
    first = min(parse.subtree(index))
    near = {mark, first, max(0, first - 1), max(0, mark - 1), *parse.children[parse.tokens[index].head]}
    return any(parse.tokens[i].text.casefold() == "only" for i in near)


def _own_action(parse: Parse, voices: Voices, main: int) -> bool:
    """A bare "if" binds the one who says what it would do itself: a commitment, "we would …", "Athens could …"."""
    words = lexicon()
    lemma = parse.tokens[main].lemma.casefold()
    adjective = child(parse, main, "acomp")
    complement = parse.tokens[adjective].lemma.casefold() if adjective is not None else lemma
    committed = words.verbs.get(lemma) or words.adjectives.get(complement)
    if committed is not None and committed.act == "commit":
        return True
    doer = subject(parse, main)
    if doer is None or modal(parse, main) not in conditions_lexicon().open_modals:
        return False
    speaking = voices.speaking_parties(main)
    return voices.is_own_side(doer, speaking) if speaking else bool(voices.parties_of(doer))


def _obliged(parse: Parse, main: int) -> int | None:
    """The verb that must happen first in "X must do A before B": the main verb itself or what it is obliged to do."""
    words = conditions_lexicon()
    if modal(parse, main) in words.obligation:
        return main
    token = parse.tokens[main]
    if token.lemma.casefold() in words.obligation:
        inner = child(parse, main, "xcomp")
        return inner if inner is not None else main
    if token.dep == "xcomp" and parse.tokens[token.head].lemma.casefold() in words.obligation:
        return main
    demand = lexicon().verbs.get(parse.tokens[token.head].lemma.casefold())
    if token.dep in {"xcomp", "ccomp"} and demand is not None and demand.act == "demand":
        return main
    return None


def _prepositional(parse: Parse, index: int) -> Iterator[Condition]:
    words = conditions_lexicon()
    token = parse.tokens[index]
    word = token.text.casefold()
    head = token.head
    noun = child(parse, index, "pobj", "pcomp")
    if word in words.before and noun is not None:
        verb = _obliged(parse, head)
        sought = lexicon().verbs.get(parse.tokens[head].lemma.casefold())
        if verb is None and sought is not None and sought.act == "demand":
            gate = phrase(parse, noun) if parse.tokens[noun].pos not in {"VERB", "AUX"} else verb_phrase(parse, noun)
            for issue in issues(parse, head, sought.slots):
                yield Condition(issue.span, gate, head, "before")
        if verb is not None:
            gate = phrase(parse, noun) if parse.tokens[noun].pos not in {"VERB", "AUX"} else verb_phrase(parse, noun)
            for v in conjuncts(parse, verb):
                if parse.tokens[v].lemma.casefold() not in words.empty:
                    yield Condition(verb_phrase(parse, v, frozenset({index})), gate, head, "before")
    if (
        word in words.after
        and noun is not None
        and _only_before(parse, index)
        and parse.tokens[head].pos in {"VERB", "AUX"}
    ):
        for n in conjuncts(parse, noun):
            yield Condition(phrase(parse, n), _gate(parse, head, index), head, f"only {word}")
    if (
        word in words.needs_refusal
        and noun is not None
        and parse.tokens[head].pos in {"VERB", "AUX"}
        and negated(parse, head)
    ):
        for n in conjuncts(parse, noun):
            if not _is_time(parse, n):
                yield Condition(phrase(parse, n), _gate(parse, head, index), head, word)
    if word == "without" and noun is not None and parse.tokens[head].pos in {"VERB", "AUX"} and negated(parse, head):
        for n in conjuncts(parse, noun):
            yield Condition(phrase(parse, n), _gate(parse, head, index), head, "without")
    if word in {"in", "on"} and noun is not None:
        yield from _exchange(parse, index, noun)


def _only_before(parse: Parse, index: int) -> bool:
    before = [i for i in (index - 1, min(parse.subtree(index))) if i >= 0]
    return any(parse.tokens[i].text.casefold() == "only" for i in before)


def _is_time(parse: Parse, index: int) -> bool:
    token = parse.tokens[index]
    return any(n.label in {"DATE", "TIME"} and n.first <= index < n.last for n in parse.names) or token.pos == "NUM"


def _exchange(parse: Parse, index: int, noun: int) -> Iterator[Condition]:
    """ "A in return for B": the maker of the offer lets A happen for B; the maker of a demand gives B for A."""
    words = conditions_lexicon()
    head = parse.tokens[index].head
    phrase_text = f"{parse.tokens[index].text} {parse.tokens[noun].text}".casefold()
    if phrase_text not in words.exchange or "anonymity" in {parse.tokens[i].text for i in parse.subtree(noun)}:
        return
    link = child(parse, noun, "prep")
    given = child(parse, link, "pobj", "pcomp") if link is not None else None
    if given is None:
        given = child(parse, noun, "acl", "ccomp", "relcl")
    if given is None:
        return
    head = _past_relatives(parse, head)
    wanted = [head] if parse.tokens[head].pos in {"NOUN", "PROPN"} else []
    verb = head
    if wanted:
        verb = next((t.index for t in ancestors(parse, head) if t.pos == "VERB"), head)
    else:
        direct = child(parse, head, "dobj", "xcomp")
        wanted = [direct] if direct is not None else [head]
    frame = lexicon().verbs.get(parse.tokens[verb].lemma.casefold()) or lexicon().nouns.get(
        parse.tokens[verb].lemma.casefold()
    )
    demanded = frame is not None and frame.act == "demand"
    for outer in wanted:
        for one in conjuncts(parse, outer):
            for other in conjuncts(parse, given):
                a = _part(parse, one, index)
                b = _part(parse, other, index)
                yield Condition(a, b, verb, phrase_text) if demanded else Condition(b, a, verb, phrase_text)


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


def _dependence(parse: Parse, index: int) -> Iterator[Condition]:
    """ "talks depend on A", "any resolution can only follow A", "conditional on A"."""
    words = conditions_lexicon()
    token = parse.tokens[index]
    link = words.dependence.get(token.lemma.casefold())
    if link is None:
        return
    only = any(parse.tokens[c].text.casefold() == "only" for c in parse.children[index])
    if link == "object":
        thing = child(parse, index, "dobj") if only else None
    else:
        prep = next((c for c in parse.children[index] if parse.tokens[c].text.casefold() == link), None)
        thing = child(parse, prep, "pobj", "pcomp") if prep is not None else None
    doer = subject(parse, index)
    if thing is None or doer is None or negated(parse, index):
        return
    for n in conjuncts(parse, thing):
        requirement = phrase(parse, n) if parse.tokens[n].pos not in {"VERB", "AUX"} else verb_phrase(parse, n)
        yield Condition(requirement, phrase(parse, doer), index, f"{'only ' if only else ''}{token.lemma.casefold()}")


def _holders(parse: Parse, voices: Voices, condition: Condition) -> tuple[str, ...]:
    """Who sets the condition: the speaker of the statement around it, else the party whose own action is the gate."""
    speaking = voices.speaking_parties(condition.anchor)
    if speaking:
        return speaking
    anchor: int | None = condition.anchor
    for candidate in (condition.anchor, *(t.index for t in ancestors(parse, condition.anchor))):
        lemma = parse.tokens[candidate].lemma.casefold()
        if lemma in lexicon().verbs or lemma in lexicon().adjectives:
            anchor = candidate
    start = subject(parse, anchor) if anchor is not None else None
    return voices.parties_of(start) if start is not None else ()


def _sound(parse: Parse, condition: Condition) -> bool:
    spans = (condition.requirement, condition.gate)
    return all(2 < b - a <= LONGEST_PART and "\n" not in parse.text[a:b] for a, b in spans) and (
        condition.requirement[1] <= condition.gate[0] or condition.gate[1] <= condition.requirement[0]
    )


def evidence_of(parse: Parse, anchor: int, requirement: Span, gate: Span) -> Span:
    """The words that show a condition: the sentence of its anchor, or from gate to requirement where that is long."""
    sentence = parse.sentence_span(parse.tokens[anchor].sentence)
    low = min(requirement[0], gate[0])
    high = max(requirement[1], gate[1])
    if sentence[1] - sentence[0] <= LONGEST_EVIDENCE:
        low, high = min(low, sentence[0]), max(high, sentence[1])
    return trimmed(parse.text, low, high)
