"""One mention of a meeting with its date, place, participants, status and the words that show it."""

from collections.abc import Sequence
from dataclasses import dataclass

from standoff.actors import ActorTable
from standoff.language import Parse, Token
from standoff.ledger import Span
from standoff.reading.dates import DateExpression, dates_a_saying
from standoff.reading.meetings.lexicon import Lexicon
from standoff.reading.meetings.moved import moved_to
from standoff.reading.meetings.parties import (
    GOALS,
    actors_of,
    coordinated,
    individuals_or_parties,
    is_paired,
    objects,
    party_heads,
)
from standoff.reading.meetings.status import NO_MEETING, status_of
from standoff.reading.meetings.triggers import Trigger, lemma_of
from standoff.reading.places import Place
from standoff.reading.syntax import trimmed

TIMES = frozenset(
    {"day", "week", "month", "year", "weekend", "hour", "evening", "morning", "afternoon", "night", "end", "time"}
)
ORIGIN = frozenset({"from"})
DEFINITE = frozenset({"the", "these", "those", "this", "that"})
WEEKDAYS = frozenset({"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"})
TELLING = frozenset({"with", "in", "at", "on", "by", "to"})
BREAKS = frozenset({",", ";", ":", "(", '"', "“", "”", "after", "before", "since", "until", "and"})
DASHES = frozenset({"-", "–", "—", "--"})
LONGEST_DATELINE = 12  # tokens
STEPS = 7  # heads between a date or place and its meeting
SHORT_SENTENCE = 240  # characters up to which the whole sentence is the quote: it shows why the status is what it is
LONGEST = 130  # characters of a phrase or clause of the noun beyond which it is not quoted


@dataclass(frozen=True, slots=True)
class Mention:
    """What one trigger tells. evidence: the words about the meeting, from the first to the last.

    paired: the parties are named as such. definite: “the talks”, not “talks”. topic: the nouns before it, “peace”.
    """

    trigger: Trigger
    kind: str
    status: str
    participants: tuple[str, ...]
    place: Place | None
    date: DateExpression | None
    evidence: Span
    definite: bool
    paired: bool
    topic: frozenset[str]

    @property
    def weight(self) -> int:
        """How much it tells."""
        day = 0 if self.date is None else 2 if self.date.value else 1
        return day + 2 * bool(self.place) + min(2, len(self.participants))


def mention_of(
    parse: Parse,
    trigger: Trigger,
    actors: ActorTable,
    dates: Sequence[DateExpression],
    places: Sequence[Place],
    words: Lexicon,
    others: frozenset[int],
) -> Mention:
    """The mention of one trigger. others: nodes of the other triggers, which keep their own dates and places."""
    sentence = parse.sentence_span(parse.tokens[trigger.index].sentence)
    tokens = _sentence(parse, trigger)
    verbless = not any(t.pos == "VERB" or t.tag[:2] == "VB" for t in tokens)

    def belongs(item: DateExpression | Place, refused: frozenset[str]) -> bool:
        if not (sentence[0] <= item.start and item.end <= sentence[1]) or _after(parse, item.start, refused):
            return False
        if isinstance(item, Place) and item.by == "modifier":
            return parse.tokens_in(item.start, item.end)[0] in parse.children[trigger.index]
        near = _adjacent(parse, item.start, trigger, others)
        return verbless or near or _attached(parse, item.start, item.end, trigger, words, others)

    here = parse.tokens[trigger.index].start
    own_dates = [d for d in dates if belongs(d, words.no_start)]
    date = min(own_dates, key=lambda d: (d.value is None, d.start < here, abs(d.start - here)), default=None)
    moved = moved_to(parse, trigger, dates, words)
    if moved is not None:
        date = moved[0]
    own_places = [p for p in places if p.by != "dateline" and belongs(p, ORIGIN)]
    place = min(own_places, key=lambda p: (not p.exact, p.start < here, abs(p.start - here)), default=None)
    heads = _caption(parse, trigger) if verbless else party_heads(parse, trigger, actors, words)
    heads = [i for head in heads for i in _named(parse, head, actors, words)]
    found = [a for a in actors_of(parse, heads, actors) if not _unnamed(actors.get(a).name, words)]
    used = [i for x in (date, place) if x is not None for i in parse.tokens_in(x.start, x.end)]
    shown = [t.index for t in tokens] if verbless else [*heads, *used]
    participants = individuals_or_parties(found, actors)
    no_meeting = _met_no_party(parse, trigger, words) or _with_nobody(parse, trigger, participants, actors, words)
    no_meeting = no_meeting or (date is None and _spoken(parse, trigger, words) in words.with_a_day)
    return Mention(
        trigger=trigger,
        kind=trigger.kind,
        status=NO_MEETING if no_meeting else moved[1] if moved else status_of(parse, trigger, words),
        participants=participants,
        place=place or _dateline_town(parse, trigger, places),
        date=date,
        evidence=_evidence(parse, trigger, shown),
        definite=_definite(parse, trigger),
        paired=is_paired(parse, trigger),
        topic=frozenset(
            parse.tokens[c].text.casefold()
            for c in parse.children[trigger.index]
            if c < trigger.index and parse.tokens[c].dep == "compound"
        ),
    )


def _unnamed(name: str, words: Lexicon) -> bool:
    """Descriptions (“sources”) and the meeting's own name (“the … Summit”) are no parties."""
    first, *rest = name.casefold().split(" ")
    return first in words.no_parties or (bool(rest) and rest[-1] in words.nouns)


def _named(parse: Parse, head: int, actors: ActorTable, words: Lexicon) -> list[int]:
    """A noun, or the parties by which it is described: “leaders of A and B”, “countries belonging to C”."""
    own = actors_of(parse, [head], actors)
    if own and not _unnamed(actors.get(own[0]).name, words):
        return [head]
    described = [head, *(c for c in parse.children[head] if parse.tokens[c].dep == "acl")]
    found = [
        i for node in described for c in parse.children[node]
        if parse.tokens[c].text.casefold() in {"of", "from", "to"} and parse.tokens[c].dep == "prep"
        for i in objects(parse, c)
    ]  # fmt: skip
    return [head, *found]


def _definite(parse: Parse, trigger: Trigger) -> bool:
    """“the talks”, “Thursday's talks”, “these”: a meeting that the reader knows already."""
    kids = [parse.tokens[c].text for c in parse.children[trigger.index]]
    return trigger.by == "meetings.pronoun" or any(word.casefold() in DEFINITE or word in WEEKDAYS for word in kids)


def _met_no_party(parse: Parse, trigger: Trigger, words: Lexicon) -> bool:
    """“meet the demands”: what is met is nobody."""
    if trigger.by != "meetings.verb" or trigger.kind != "meeting":
        return False
    objects = [i for c in parse.children[trigger.index] if parse.tokens[c].dep == "dobj" for i in coordinated(parse, c)]
    return any(parse.tokens[i].lemma.casefold() in words.never_met for i in objects)


def _spoken(parse: Parse, trigger: Trigger, words: Lexicon) -> str:
    """The verb of a mention that is one, with its particle where the lexicon has that; else an empty string."""
    if trigger.by != "meetings.verb":
        return ""
    whole = lemma_of(parse, trigger.index)
    return whole if whole in words.verbs else parse.tokens[trigger.index].lemma.casefold()


def _with_nobody(
    parse: Parse, trigger: Trigger, participants: tuple[str, ...], actors: ActorTable, words: Lexicon
) -> bool:
    """“Host”, “receive”, “talk” tell of a meeting only if both sides are named; “speak” only of persons."""
    lemma = _spoken(parse, trigger, words)
    if lemma not in words.two_sided:
        return False
    persons = sum(actors.get(p).kind == "person" for p in participants)
    return len(participants) < 2 or (lemma in words.of_persons and persons < 2)


def _dateline_town(parse: Parse, trigger: Trigger, places: Sequence[Place]) -> Place | None:
    """The town of the dateline, if the meeting's own noun phrase names its country (“talks with … in Saudi Arabia”)."""
    if trigger.role == "verb":
        return None
    tree = parse.subtree(trigger.index)
    start, end = parse.tokens[tree[0]].start, parse.tokens[tree[-1]].end
    countries = {p.country for p in places if start <= p.start < end and p.by != "dateline" and not p.exact}
    return next((p for p in places if p.by == "dateline" and p.country in countries), None)


def _caption(parse: Parse, trigger: Trigger) -> list[int]:
    """In a line without a verb all noun phrases take part, save what the meeting is about."""
    left = {
        i for t in _sentence(parse, trigger) if t.text.casefold() in {"on", "about", "over", "in", "at"}
        for c in parse.children[t.index] if c != trigger.anchor for i in parse.subtree(c)
    }  # fmt: skip
    inner = {"compound", "amod", "nmod", "poss"}
    return [t.index for t in _sentence(parse, trigger) if t.index not in left and t.dep not in inner]


def _sentence(parse: Parse, trigger: Trigger) -> Sequence[Token]:
    first, last = parse.sentences[parse.tokens[trigger.index].sentence]
    return parse.tokens[first:last]


def _after(parse: Parse, start: int, words: frozenset[str]) -> bool:
    """Whether one of the words stands right before a place in the text."""
    before = parse.text[max(0, start - 12) : start].split()
    return bool(before) and before[-1].casefold() in words


def _attached(parse: Parse, start: int, end: int, trigger: Trigger, words: Lexicon, others: frozenset[int]) -> bool:
    """Whether an expression hangs on the trigger or on one of its nodes with no other clause between."""
    inside = parse.tokens_in(start, end)
    if not inside or (dates_a_saying(parse, start) and trigger.role != "pp"):
        return False
    top = next((i for i in inside if parse.tokens[i].head not in inside), inside[0])
    index = top
    lends = trigger.role == "pp" and _lends(parse, trigger, words) and trigger.predicate not in others
    for _ in range(STEPS):
        if index in trigger.nodes:
            return True
        if lends and index == trigger.predicate:
            return True
        token = parse.tokens[index]
        if index in others and index not in inside:
            return False
        through = token.pos != "NOUN" or index in inside or token.dep == "npadvmod"
        if not through and token.lemma.casefold() not in words.seats | words.containers | TIMES:
            return False
        verb = token.tag[:2] == "VB" and token.dep not in {"aux", "auxpass", "amod"}
        if verb and index not in inside:
            return False
        if token.head == index:
            return False
        index = token.head
    return False


def _adjacent(parse: Parse, start: int, trigger: Trigger, others: frozenset[int]) -> bool:
    """Whether an expression follows the trigger with no verb, mark or other trigger between: parsers often hang
    “voting last week”, “a meeting with the leaders of A in B on Friday” on something farther off."""
    inside = parse.tokens_in(start, start + 1)
    if not inside or inside[0] <= trigger.index or trigger.role == "verb":
        return False
    between = parse.tokens[trigger.index + 1 : inside[0]]
    return not any(
        t.tag[:2] == "VB" or t.tag in {"MD", "WDT", "WP"} or t.index in others or t.dep == "mark"
        or (t.text in BREAKS and not _within_names(parse, t, between[-1]))
        for t in between
    )  # fmt: skip


def _within_names(parse: Parse, mark: Token, last: Token) -> bool:
    """A comma right before the expression (“in Vienna, Friday”), an “and” between two names."""
    named = parse.tokens[mark.index - 1].pos == "PROPN"
    joined = mark.text == "and" and parse.tokens[mark.index + 1].pos == "PROPN"
    return named and (joined or (mark.text == "," and mark is last))


def _lends(parse: Parse, trigger: Trigger, words: Lexicon) -> bool:
    """Whether the verb around a phrase lends it its day: “said on Saturday after talks”, “fly on Sunday to talks”."""
    verb = trigger.predicate
    if verb is None or trigger.preposition in words.status["future_prepositions"]:
        return False
    lemma = parse.tokens[verb].lemma.casefold()
    if trigger.preposition in words.status["past_prepositions"] | words.status["present_prepositions"]:
        return lemma in words.speech | words.going
    return trigger.preposition in GOALS and lemma in words.going | words.attending | set(words.verbs)


def _own_phrase(parse: Parse, preposition: int, trigger: Trigger) -> bool:
    return trigger.role != "verb" or parse.tokens[preposition].text.casefold() in TELLING


def _behind_dateline(parse: Parse, first: int) -> int:
    """The first token after “BERLIN - ” at the head of a text; elsewhere the token given."""
    if first > 0:
        return first
    for token in parse.tokens[1:LONGEST_DATELINE]:
        if token.text in DASHES:
            return token.index + 1 if parse.tokens[0].text.isupper() else first
    return first


def _evidence(parse: Parse, trigger: Trigger, used: Sequence[int]) -> Span:
    """From the first to the last word that tells of the meeting: noun phrase, predicate, parties, date, place."""
    first, last = parse.sentences[parse.tokens[trigger.index].sentence]
    kept = {trigger.index, trigger.anchor, *used}
    if trigger.predicate is not None and trigger.role in {"subject", "passive", "verb"}:
        kept.add(trigger.predicate)
        kept.update(
            c for c in parse.children[trigger.predicate] if parse.tokens[c].dep in {"aux", "auxpass", "neg", "prt"}
        )
    for node in list(kept):
        for c in parse.children[node]:
            if parse.tokens[c].dep in {"det", "amod", "compound", "poss", "nummod", "case", "nmod", "prt"}:
                kept.update(parse.subtree(c))
    for node in (trigger.index, trigger.anchor):
        for c in parse.children[node]:
            if (parse.tokens[c].dep == "prep" and _own_phrase(parse, c, trigger)) or (
                parse.tokens[c].dep in {"acl", "relcl"} and c in trigger.nodes
            ):
                tree = parse.subtree(c)
                if parse.tokens[tree[-1]].end - parse.tokens[tree[0]].start <= LONGEST:
                    kept.update(tree)
    first = _behind_dateline(parse, first)
    whole = trimmed(parse.text, parse.tokens[first].start, parse.tokens[last - 1].end)
    if whole[1] - whole[0] <= SHORT_SENTENCE:
        return whole
    inside = [i for i in kept if first <= i < last]
    return trimmed(parse.text, parse.tokens[min(inside)].start, parse.tokens[max(inside)].end)
