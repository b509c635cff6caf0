"""A mention told in marks: a report and the number of a mention go in; short strings for what it is come out.

Trained weights and reading share this module. A mark is a name and a value ("l=talks"); which marks count is learnt.
"""

from __future__ import annotations

from collections.abc import Iterator

from standoff.language import Token
from standoff.reading.dates import DateExpression
from standoff.reading.meetings.lexicon import lexicon
from standoff.reading.meetings.mentions import Mention
from standoff.reading.meetings.status import tense_of
from standoff.reading.meetings.trained.told import Told
from standoff.reading.meetings.triggers import lemma_of
from standoff.reading.syntax import ancestors, modal, negated

MANY = 4
NEAR = 4  # tokens on each side of a mention that are told by themselves
OPENING_SENTENCES = 6
ABOVE = 3  # predicates above a mention
CONTENT = frozenset({"VERB", "NOUN", "PROPN", "ADJ", "ADV", "ADP", "AUX", "PART", "SCONJ"})


def marks_of(told: Told, number: int) -> list[str]:
    """The marks of a mention, each once, in a fixed order."""
    mention = told.mentions[number]
    groups = (_word(told, mention), _clause(told, mention), _rules(told, number), _place_in_report(told, number))
    return list(dict.fromkeys(mark for group in groups for mark in group))


def status_marks(told: Told, number: int) -> list[str]:
    """Further marks of a mention that bear on how it stands: the words around it and how its day lies."""
    mention = told.mentions[number]
    return list(dict.fromkeys((*_standing(told, mention), *_words_around(told, mention))))


def _word(told: Told, mention: Mention) -> Iterator[str]:
    trigger = mention.trigger
    token = told.token(trigger.index)
    word = token.text.casefold()
    yield f"l={word}"
    yield f"k={mention.kind}"
    yield f"by={trigger.by}"
    yield f"by,l={trigger.by},{token.lemma.casefold()}"
    yield f"t={token.tag}"
    yield f"d={token.dep}"
    yield f"r={trigger.role}"
    yield f"k,r={mention.kind},{trigger.role}"
    yield f"l,r={word},{trigger.role},{trigger.preposition}"
    if trigger.anchor != trigger.index:
        yield f"anchor={told.token(trigger.anchor).lemma.casefold()}"
    for c in told.parse.children[trigger.index]:
        kid = told.token(c)
        if kid.dep in {"prep", "agent", "dobj", "prt", "aux", "auxpass", "neg", "mark", "acl", "relcl", "advcl"}:
            yield f"has={kid.dep},{kid.lemma.casefold() if kid.dep != 'dobj' else ''}"
            yield f"k,has={mention.kind},{kid.dep}"
        elif c < trigger.index:
            yield f"mod={kid.text.casefold()}"
            yield f"moddep={kid.dep}"
    if token.text.casefold() != token.lemma.casefold():
        yield "inflected"


def _clause(told: Told, mention: Mention) -> Iterator[str]:
    trigger, parse = mention.trigger, told.parse
    if trigger.predicate is None:
        yield "nopred"
        return
    lemma = lemma_of(parse, trigger.predicate)
    yield f"p={lemma}"
    yield f"p,r={lemma},{trigger.role},{trigger.preposition}"
    yield f"k,p={mention.kind},{lemma}"
    yield f"pt={told.token(trigger.predicate).tag}"
    yield f"pdep={told.token(trigger.predicate).dep}"
    yield f"tense={tense_of(parse, trigger.predicate, lexicon())}"
    verb_modal = modal(parse, trigger.predicate)
    if verb_modal:
        yield f"modal={verb_modal}"
    if negated(parse, trigger.predicate):
        yield "neg"
    for depth, above in enumerate(ancestors(parse, trigger.predicate)):
        if depth == ABOVE:
            break
        yield f"up{depth}={above.lemma.casefold()}"
        yield f"up={above.lemma.casefold()}"


def _rules(told: Told, number: int) -> Iterator[str]:
    mention = told.mentions[number]
    yield f"s={mention.status}"
    yield f"k,s={mention.kind},{mention.status}"
    yield f"date={_lies(told, mention.date)}"
    yield f"s,date={mention.status},{_lies(told, mention.date)}"
    place = "none" if mention.place is None else "exact" if mention.place.exact else "country"
    yield f"place={place}"
    here = min(MANY, len(mention.participants))
    persons = sum(told.actors.get(p).kind == "person" for p in mention.participants)
    yield f"n={here}"
    yield f"persons={min(MANY, persons)}"
    yield f"k,n={mention.kind},{here}"
    yield f"n,date,place={min(2, here)},{mention.date is not None},{place}"
    yield f"w={mention.weight}"
    for flag, name in ((mention.definite, "definite"), (mention.paired, "paired")):
        if flag:
            yield name
            yield f"{name},date={_lies(told, mention.date)}"
    for kind in sorted({told.actors.get(p).kind for p in mention.participants}):
        yield f"party={kind}"
    group = told.group_of.get(number)
    if group is None:
        yield "ungrouped"
        return
    entry, best = told.rules.meetings[group], told.rules.groups[group].best
    state = "none" if entry is None else "best" if best is mention else "other"
    if entry is not None:
        yield f"es={entry.status}"
        yield f"es,s={entry.status},{mention.status}"
    for other in told.rules.groups[group].mentions:
        if other is not mention:
            yield f"gs={other.status}"
    yield f"entry={state}"
    yield f"entry,by={state},{mention.trigger.by}"
    yield f"k,entry={mention.kind},{state}"
    if best is not mention:
        yield f"less={best.weight - mention.weight}"
    elif entry is not None:
        yield f"size={min(MANY, len(told.rules.groups[group].mentions))}"


def _place_in_report(told: Told, number: int) -> Iterator[str]:
    mention = told.mentions[number]
    token = told.token(mention.trigger.index)
    yield f"sent={min(OPENING_SENTENCES, token.sentence)}"
    yield f"third={3 * token.sentence // max(1, len(told.parse.sentences))}"
    before = [m for m in told.mentions[:number] if m.kind == mention.kind]
    yield f"before={min(MANY, len(before))}"
    if not any(m.date for m in before) and mention.date:
        yield "firstdated"
    if any(m.date and mention.date and m.date.value == mention.date.value for m in before):
        yield "again"
    shared = [m for m in told.mentions if m is not mention and told.token(m.trigger.index).sentence == token.sentence]
    yield f"beside={min(MANY, len(shared))}"
    if any(m.weight > mention.weight for m in shared):
        yield "beaten"
    start, end = told.parse.sentence_span(token.sentence)
    yield f"sdates={min(2, sum(start <= d.start < end for d in told.dates))}"
    yield f"splaces={min(2, sum(start <= p.start < end for p in told.places))}"
    yield f"sactors={min(MANY, len({m.actor for m in told.actors.mentions_in(start, end)}))}"
    for offset in range(-NEAR, NEAR + 1):
        at = token.index + offset
        if offset and 0 <= at < len(told.parse.tokens) and told.token(at).sentence == token.sentence:
            yield f"{'b' if offset < 0 else 'a'}={_told(told.token(at))}"
            if abs(offset) == 1:
                yield f"{offset}={_told(told.token(at))}"


def _standing(told: Told, mention: Mention) -> Iterator[str]:
    trigger, parse = mention.trigger, told.parse
    yield f"st={mention.status},{_lies(told, mention.date)},{mention.kind}"
    if trigger.predicate is not None:
        tag, tense = told.token(trigger.predicate).tag, tense_of(parse, trigger.predicate, lexicon())
        yield f"tense,date={tense},{_lies(told, mention.date)}"
        yield f"prep,tense={trigger.preposition},{tense}"
        yield f"tag,role={tag},{trigger.role}"
    for node in sorted(trigger.nodes - {trigger.index}):
        yield f"node={lemma_of(parse, node)}"
        for c in parse.children[node]:
            if told.token(c).dep in {"aux", "auxpass", "neg", "mark"}:
                yield f"aux={told.token(c).text.casefold()}"


def _words_around(told: Told, mention: Mention) -> Iterator[str]:
    start, end = mention.evidence
    for index in told.parse.tokens_in(start, end):
        if told.token(index).pos in {"VERB", "AUX", "ADP", "ADV", "NOUN", "SCONJ"}:
            yield f"e={told.token(index).lemma.casefold()}"


def tense(told: Told, mention: Mention) -> str:
    """The tense of the verb that governs a mention, as the rules see it."""
    predicate = mention.trigger.predicate
    return "none" if predicate is None else tense_of(told.parse, predicate, lexicon())


def _lies(told: Told, when: DateExpression | None) -> str:
    """How a day lies to that of publication."""
    return "none" if when is None else lies(when.earliest, when.latest, told.published)


def lies(earliest: str | None, latest: str | None, published: str | None) -> str:
    """past, same, future or around, or unknown."""
    if earliest is None or latest is None or published is None:
        return "unknown"
    if latest < published:
        return "past"
    if earliest > published:
        return "future"
    return "same" if earliest == latest else "around"


def _told(token: Token) -> str:
    """A word, but names and numbers by their kind."""
    if token.pos in {"PROPN", "NUM"}:
        return token.pos
    return token.lemma.casefold()
