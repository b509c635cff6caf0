"""Preconditions: a parsed report with its voices goes in; "holder lets gate happen only if requirement" comes out.

The conditional words and constructions are data (`data/conditions.yaml`); a condition counts only where somebody sets
it: in what a party says, or on a stance that a party holds.
"""

from collections.abc import Iterator

from standoff.actors import ActorTable
from standoff.language import Parse
from standoff.ledger import Precondition, Span, Statement
from standoff.reading.condition_cues import cued_conditions
from standoff.reading.condition_gates import gate_of
from standoff.reading.condition_obligations import obliged_above, required_of, wanted
from standoff.reading.condition_predicates import predicated_conditions
from standoff.reading.condition_prepositions import prepositional_conditions
from standoff.reading.condition_refusals import holds_back, refusals
from standoff.reading.condition_setters import setters, subject_above
from standoff.reading.condition_turns import turned_conditions
from standoff.reading.condition_words import Condition, conditions_lexicon
from standoff.reading.frames import lexicon, without_comment
from standoff.reading.syntax import ancestors, child, clause, conjuncts, modal, subject, trimmed
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
                raw.setters,
            )
            known = any(_touch(c.requirement, condition.requirement) for c in found.values())
            if known or not _sound(parse, condition):
                continue
            for holder in condition.setters or _holders(parse, voices, condition):
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
        yield from prepositional_conditions(parse, voices, index)
    if token.pos in {"VERB", "AUX", "ADJ", "NOUN"}:
        yield from predicated_conditions(parse, voices, index)
    first, last = parse.sentences[token.sentence]
    if index == first:
        yield from turned_conditions(parse, voices, first, last)


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
    refusal = holds_back(parse, main) or parse.tokens[main].lemma.casefold() in refusals()
    if word in words.before and not refusal:
        told = parse.tokens[index].tag == "VBD" and voices.innermost[index] is None
        if told or parse.tokens[index].lemma.casefold() in words.calendar:
            return  # a tale, or the calendar
        demanded = wanted(parse, main)
        for issue in demanded:
            yield Condition(issue.span, clause(parse, index), main, "before")
        verb = obliged_above(parse, main) if not demanded else None
        for requirement in required_of(parse, verb, mark) if verb is not None else ():
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
            yield Condition(required, gate_of(parse, voices, main, index), main, f"{'only ' if only else ''}{word}")


def _provided(parse: Parse, voices: Voices, index: int) -> Iterator[Condition]:
    """ "provided (that) A does B", where the parse takes the conjunction for a verb with a clause."""
    required = child(parse, index, "ccomp")
    if required is not None:
        for v in conjuncts(parse, required):
            main = parse.tokens[index].head
            gate = gate_of(parse, voices, main, index)
            yield Condition(clause(parse, v), gate, main, parse.tokens[index].text.casefold())


def _only(parse: Parse, index: int, mark: int) -> bool:
    """ "only" on the condition or right before it, or on the verb that it conditions ("can only succeed if")."""
    near = {mark, max(0, mark - 1), *parse.children[parse.tokens[index].head]}
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
    if doer is None or lemma == "be" or modal(parse, main) not in conditions_lexicon().open_modals:
        return False
    speaking = voices.speaking_parties(main)
    return bool(speaking) and voices.is_own_side(doer, speaking)  # the reporter's own "if" foretells


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
    told = condition.by in conditions_lexicon().exchange or bool(wanted(parse, condition.anchor))
    doer = subject(parse, condition.anchor) if told else None
    named = doer is not None and parse.tokens[doer].pos != "PRON" and not voices.is_own_side(doer, ())
    if doer is not None and named and voices.parties_of(doer):
        return voices.parties_of(doer)  # "Kiev asks for A in return for B", whoever tells it
    speaking = voices.speaking_parties(condition.anchor)
    if speaking:
        return setters(parse, voices, condition.anchor, speaking)
    anchor: int | None = condition.anchor
    for candidate in (condition.anchor, *(t.index for t in ancestors(parse, condition.anchor))):
        lemma = parse.tokens[candidate].lemma.casefold()
        if lemma in lexicon().verbs or lemma in lexicon().adjectives:
            anchor = candidate
    start = subject(parse, anchor) if anchor is not None else None
    found = voices.parties_of(start) if start is not None else ()
    return found or subject_above(parse, voices, condition.anchor)


def _sound(parse: Parse, condition: Condition) -> bool:
    words = conditions_lexicon()
    if condition.by != "before" and parse.tokens[condition.anchor].lemma.casefold() in words.no_gate:
        return False
    gate = parse.tokens_in(*condition.gate)
    first = next(iter(parse.tokens_in(*condition.requirement)), None)
    if first is None or (len(gate) == 1 and parse.tokens[gate[0]].pos == "PRON"):
        return False  # "keep them out in return for aid": them is no gate
    if parse.tokens[first].lemma.casefold() in words.reporting and parse.tokens[first].tag == "VBD":
        return False
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
