"""Preconditions: a parsed report with its voices goes in; "holder lets gate happen only if requirement" comes out.

The conditional words and constructions are data (`data/conditions.yaml`); a condition counts only where somebody sets
it: in what a party says, or on a stance that a party holds.
"""

from collections.abc import Iterator

from standoff.actors import ActorTable
from standoff.language import Parse
from standoff.ledger import Precondition, Span, Statement
from standoff.reading.arguments import Issue, issues
from standoff.reading.condition_cues import cued_conditions
from standoff.reading.condition_words import Condition, conditions_lexicon
from standoff.reading.exchanges import exchange
from standoff.reading.frames import lexicon, without_comment
from standoff.reading.requirement_clauses import clause_end
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
        yield from _provided(parse, voices, index)
    if token.dep in {"prep", "mark"} or token.pos == "ADP":
        yield from _prepositional(parse, voices, index)
    if token.pos in {"VERB", "ADJ", "AUX"}:
        yield from _dependence(parse, index)


def _gate(parse: Parse, voices: Voices, verb: int, without: int) -> Span:
    """What is made conditional: the action of the main verb, or the main clause where its subject is the thing."""
    left = frozenset({without})
    doer = child(parse, verb, "nsubj", "nsubjpass")
    frame_complement = child(parse, verb, "xcomp")
    if parse.tokens[verb].pos in {"VERB", "AUX"} and frame_complement is not None and frame_complement < without:
        return verb_phrase(parse, frame_complement, left)
    if (
        doer is not None
        and parse.tokens[doer].pos in {"NOUN"}
        and not voices.parties_of(doer)
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
        wanted = _wanted(parse, main)
        for issue in wanted:
            yield Condition(issue.span, clause(parse, index), main, "before")
        verb = _obliged_above(parse, main) if not wanted else None
        for v in conjuncts(parse, verb) if verb is not None else ():
            start, end = verb_phrase(parse, v, frozenset({index}))
            cut = parse.tokens[mark].start
            requirement = trimmed(parse.text, start, cut if start < cut < end else end)
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
            yield Condition(required, _gate(parse, voices, main, index), main, f"{'only ' if only else ''}{word}")


def _refusals() -> set[str]:
    return {lemma for lemma, frame in lexicon().verbs.items() if frame.act == "refuse"}


def _provided(parse: Parse, voices: Voices, index: int) -> Iterator[Condition]:
    """ "provided (that) A does B", where the parse takes the conjunction for a verb with a clause."""
    required = child(parse, index, "ccomp")
    if required is not None:
        for v in conjuncts(parse, required):
            word = parse.tokens[index].text.casefold()
            yield Condition(
                clause(parse, v), _gate(parse, voices, parse.tokens[index].head, index), parse.tokens[index].head, word
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


def _obliged_above(parse: Parse, main: int) -> int | None:
    """The obliged verb at or above the one that a "before" hangs on, which parsers often put too low: "needs to *show*
    that it is serious before …"."""
    for index in (main, *(t.index for t in ancestors(parse, main))):
        verb = _obliged(parse, index) if parse.tokens[index].pos in {"VERB", "AUX"} else None
        if verb is not None:
            return verb
        if parse.tokens[index].dep not in {"acl", "ccomp", "xcomp", "pobj", "prep", "advcl", "pcomp", "dobj"}:
            return None
    return None


def _obliged(parse: Parse, main: int) -> int | None:
    """The verb that must happen first in "X must do A before B": the main verb itself or what it is obliged to do."""
    words = conditions_lexicon()
    if modal(parse, main) in words.obligation:
        return main
    token = parse.tokens[main]
    if token.lemma.casefold() in words.obligation:
        inner = child(parse, main, "xcomp")
        return inner if inner is not None else main
    over = parse.tokens[token.head].lemma.casefold()
    purpose = token.dep == "advcl" and any(parse.tokens[c].tag == "TO" for c in parse.children[main])
    infinitive = token.dep == "xcomp" or purpose
    if (infinitive and over in words.obligation) or (token.dep in {"acl", "ccomp"} and over in words.terms):
        return main
    demand = lexicon().verbs.get(parse.tokens[token.head].lemma.casefold())
    if token.dep in {"xcomp", "ccomp"} and demand is not None and demand.act == "demand":
        return main
    return None


def _prepositional(parse: Parse, voices: Voices, index: int) -> Iterator[Condition]:
    words = conditions_lexicon()
    token = parse.tokens[index]
    word = token.text.casefold()
    head = token.head
    noun = child(parse, index, "pobj", "pcomp")
    if word in words.before and noun is not None:
        gate = phrase(parse, noun) if parse.tokens[noun].pos not in {"VERB", "AUX"} else verb_phrase(parse, noun)
        wanted = _wanted(parse, head)
        for issue in wanted:
            yield Condition(issue.span, gate, head, "before")
        verb = _obliged(parse, head) if not wanted else None
        if verb is not None:
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
            yield Condition(phrase(parse, n), _gate(parse, voices, head, index), head, f"only {word}")
    if (
        word in words.needs_refusal
        and noun is not None
        and parse.tokens[head].pos in {"VERB", "AUX"}
        and negated(parse, head)
    ):
        for n in conjuncts(parse, noun):
            if not _is_time(parse, n):
                yield Condition(phrase(parse, n), _gate(parse, voices, head, index), head, word)
    if word == "without" and noun is not None and parse.tokens[head].pos in {"VERB", "AUX"} and negated(parse, head):
        for n in conjuncts(parse, noun):
            yield Condition(phrase(parse, n), _gate(parse, voices, head, index), head, "without")
    if word in {"in", "on"} and noun is not None:
        yield from exchange(parse, index, noun)


def _only_before(parse: Parse, index: int) -> bool:
    before = [i for i in (index - 1, min(parse.subtree(index))) if i >= 0]
    return any(parse.tokens[i].text.casefold() == "only" for i in before)


def _is_time(parse: Parse, index: int) -> bool:
    token = parse.tokens[index]
    return any(n.label in {"DATE", "TIME"} and n.first <= index < n.last for n in parse.names) or token.pos == "NUM"


def _dependence(parse: Parse, index: int) -> Iterator[Condition]:
    """ "talks depend on A", "any resolution can only follow A", "conditional on A"."""
    words = conditions_lexicon()
    token = parse.tokens[index]
    link = words.dependence.get(token.lemma.casefold())
    if link is None:
        return
    only = any(parse.tokens[c].text.casefold() == "only" for c in parse.children[index])
    prep = None
    if link == "object":
        thing = child(parse, index, "dobj") if only else None
    else:
        # "was conditional on": parsers hang the preposition on the adjective or on its verb
        places = (index, token.head) if token.dep in {"acomp", "oprd"} else (index,)
        below = (c for place in places for c in parse.children[place] if c > index)
        prep = next((c for c in below if parse.tokens[c].text.casefold() == link), None)
        thing = child(parse, prep, "pobj", "pcomp") if prep is not None else None
    doer = subject(parse, index)
    if thing is None or doer is None or negated(parse, index):
        return
    by = f"{'only ' if only else ''}{token.lemma.casefold()}"
    happening = _happening(parse, prep) if prep is not None else None
    if happening is not None:
        yield Condition(happening, phrase(parse, doer), index, by)
        return
    for n in conjuncts(parse, thing):
        requirement = phrase(parse, n) if parse.tokens[n].pos not in {"VERB", "AUX"} else verb_phrase(parse, n)
        yield Condition(requirement, phrase(parse, doer), index, by)


def _happening(parse: Parse, prep: int) -> Span | None:
    """The words behind "on" where they tell that something happens, "on *the army leaving the town*": a noun, then a
    participle before the clause ends. None where they name a thing."""
    last = parse.sentences[parse.tokens[prep].sentence][1]
    end = clause_end(parse, prep + 1, last)
    told = parse.tokens[prep + 1 : end]
    nouns = [t.index for t in told if t.pos in {"NOUN", "PROPN", "PRON"}]
    if not nouns or any(t.text.casefold() in {"and", "or"} for t in told):
        return None
    doing = next((t for t in told if t.tag == "VBG" and t.pos in {"VERB", "AUX"} and t.index > nouns[0]), None)
    if doing is None or parse.tokens[doing.index - 1].pos == "ADP":
        return None
    return trimmed(parse.text, told[0].start, told[-1].end)


def _wanted(parse: Parse, verb: int) -> list[Issue]:
    """What a verb of demand wants as a thing, each for itself: "*demanded* better terms before …"."""
    frame = lexicon().verbs.get(parse.tokens[verb].lemma.casefold())
    if frame is None or frame.act != "demand" or child(parse, verb, "xcomp", "ccomp") is not None:
        return []
    return _listed_apart(issues(parse, verb, frame.slots))


def _listed_apart(found: list[Issue]) -> list[Issue]:
    """Issues without one that only holds the others: "guarantees of steps including A and B" gives A and B."""
    return [
        one for one in found
        if not any(
            other is not one and one.span[0] <= other.span[0] and other.span[1] <= one.span[1] for other in found
        )
    ]  # fmt: skip


def _holders(parse: Parse, voices: Voices, condition: Condition) -> tuple[str, ...]:
    """Who sets the condition: whose condition it is called, the speaker of the statement around it, else the party
    whose own action is the gate."""
    above = (t.index for t in ancestors(parse, condition.anchor) if t.pos != "VERB")
    terms = next(above, None)
    if terms is not None and parse.tokens[terms].lemma.casefold() in conditions_lexicon().terms:
        owner = child(parse, terms, "poss")
        owners = voices.parties_of(owner) if owner is not None else ()
        doer = subject(parse, parse.tokens[terms].head)
        if owners or doer is not None:
            return owners or voices.parties_of(doer if doer is not None else terms)
    told = condition.by in conditions_lexicon().exchange or bool(_wanted(parse, condition.anchor))
    doer = subject(parse, condition.anchor) if told else None
    named = doer is not None and parse.tokens[doer].pos != "PRON" and not voices.is_own_side(doer, ())
    if doer is not None and named and voices.parties_of(doer):
        return voices.parties_of(doer)  # "Kiev asks for A in return for B", whoever tells it
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
