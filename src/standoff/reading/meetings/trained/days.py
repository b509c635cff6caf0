"""On which day: a mention goes in; the days at hand, with the marks of how they stand to it, come out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from standoff.reading.dates import DateExpression, dates_a_saying
from standoff.reading.meetings import days_of
from standoff.reading.meetings.mentions import Mention
from standoff.reading.meetings.trained.marks import lies, tense
from standoff.reading.meetings.trained.told import Told
from standoff.reading.syntax import ancestors

MONTHS = frozenset({"month", "part of a month"})
NEAR = 2  # sentences on each side in which a day is at hand
Day = tuple[str | None, str | None]
UNDATED: Day = (None, None)


def days_at_hand(told: Told, number: int) -> dict[Day, list[str]]:
    """Start and end of each day that a mention may be on, with its marks; the first is that there is none."""
    mention = told.mentions[number]
    found: dict[Day, list[str]] = {UNDATED: list(_no_day(told, mention))}
    for day, mark in (*_by_rules(told, number), *_today(told, mention), *_expressed(told, number)):
        if day != UNDATED:
            found.setdefault(day, []).append(mark)
    context = _context(told, mention)
    return {
        day: list(dict.fromkeys(m for mark in marks for m in _in_context(mark, context)))
        for day, marks in found.items()
    }


def _in_context(mark: str, context: list[str]) -> list[str]:
    """A mark by itself and with what it is seen beside; single words stay by themselves."""
    return [mark] if mark.startswith("today,") else [mark, *(f"{mark}|{c}" for c in context)]


def _context(told: Told, mention: Mention) -> list[str]:
    trigger = mention.trigger
    return [
        f"k={mention.kind}", f"s={mention.status}", f"r={trigger.role},{trigger.preposition}", f"by={trigger.by}",
        f"has={mention.date is not None}", f"t={tense(told, mention)}",
    ]  # fmt: skip


def _no_day(told: Told, mention: Mention) -> Iterator[str]:
    yield "none"
    yield f"none,paired={mention.paired}"
    yield f"none,place={mention.place is not None}"
    start, end = told.parse.sentence_span(told.token(mention.trigger.index).sentence)
    yield f"none,sdates={min(2, sum(start <= d.start < end for d in told.dates))}"


def _by_rules(told: Told, number: int) -> Iterator[tuple[Day, str]]:
    mention, group = told.mentions[number], told.group_of.get(number)
    if mention.date is not None:
        yield days_of(mention.date), "rule"
        yield days_of(mention.date), f"rule:{mention.date.rule}"
    if group is None:
        return
    entry = told.rules.meetings[group]
    if entry is not None:
        yield (entry.start, entry.end), "entry"
    for other in told.rules.groups[group].mentions:
        if other is not mention and other.date is not None:
            yield days_of(other.date), "group"


def _today(told: Told, mention: Mention) -> Iterator[tuple[Day, str]]:
    """The day that the report tells of, with the words of the quote that may stand for it (“later in the day”)."""
    if told.published is None or told.today is None:
        return
    yield (told.today, None), "today"
    yield (told.published, None), "published"
    for index in told.parse.tokens_in(*mention.evidence):
        token = told.token(index)
        if token.pos in {"ADV", "NOUN", "ADP", "VERB", "AUX", "SCONJ"}:
            yield (told.today, None), f"today,{token.text.casefold()}"


def _expressed(told: Told, number: int) -> Iterator[tuple[Day, str]]:
    mention = told.mentions[number]
    here = told.token(mention.trigger.index).sentence
    others = [m for m in told.mentions if m is not mention and m.date is not None]
    inside = [d for d in told.dates if _offset(told, d, here) == 0]
    for when in told.dates:
        offset = _offset(told, when, here)
        if offset is None or abs(offset) > NEAR:
            continue
        day = days_of(when)
        way = lies(when.earliest, when.latest, told.published)
        names = [f"at{offset}", f"at{offset},{when.precision}", f"at{offset},lies={way}", f"rule={when.rule}"]
        if any(m.date == when for m in others):
            names.append(f"taken,at{offset}")
        if offset == 0:
            names.extend(_relation(told, mention, when))
            names.append(f"of={min(3, len(inside))}")
        for name in names:
            yield day, name
        other = _other_way(when, told.published)
        if other is not None:
            for name in names:
                yield days_of(other), f"turned,{name}"
            yield days_of(other), f"turned,lies={lies(other.earliest, other.latest, told.published)}"


def _other_way(when: DateExpression, published: str | None) -> DateExpression | None:
    """The same weekday or month on the other side of the day of publication: tense decides badly between them."""
    if published is None or when.value is None or when.earliest is None or when.until is not None:
        return None
    later = when.earliest < published
    if when.rule == "weekday":
        day = date.fromisoformat(when.value) + timedelta(days=7 if later else -7)
        value = first = last = day.isoformat()
    elif when.rule in MONTHS and len(when.value) == len("2016-01"):
        value = f"{int(when.value[:4]) + (1 if later else -1):04}{when.value[4:]}"
        first, last = f"{value}-01", f"{value}-28"
    else:
        return None
    return replace(when, value=value, earliest=first, latest=last)


def _offset(told: Told, when: DateExpression, here: int) -> int | None:
    tokens = told.parse.tokens_in(when.start, when.end)
    return told.token(tokens[0]).sentence - here if tokens else None


def _relation(told: Told, mention: Mention, when: DateExpression) -> Iterator[str]:
    """How an expression of the same sentence stands to the mention."""
    parse, trigger = told.parse, mention.trigger
    inside = parse.tokens_in(when.start, when.end)
    side = "before" if inside[0] < trigger.index else "after"
    first, last = sorted((inside[0], trigger.index))
    between = parse.tokens[first + 1 : last]
    verbs = sum(t.tag[:2] == "VB" or t.tag == "MD" for t in between)
    yield f"{side},far={min(8, len(between)).bit_length()}"
    yield f"{side},verbs={min(2, verbs)}"
    yield f"{side},comma={any(t.text in {',', ';'} for t in between)}"
    if dates_a_saying(parse, when.start):
        yield "saying"
    if mention.evidence[0] <= when.start < mention.evidence[1]:
        yield "quoted"
    before = told.token(inside[0] - 1).text.casefold() if inside[0] else ""
    yield f"prep={before}"
    top = next((i for i in inside if told.token(i).head not in inside), inside[0])
    for depth, above in enumerate(ancestors(parse, top)):
        if above.index == trigger.index or above.index in trigger.nodes:
            yield f"hangs={'own' if above.index == trigger.index else 'node'}{min(3, depth)}"
            return
        if above.tag[:2] == "VB":
            over = {t.index for t in ancestors(parse, trigger.index)}
            yield f"hangs={'above' if above.index in over else 'elsewhere'}"
            yield f"verb={above.lemma.casefold()},{'above' if above.index in over else 'elsewhere'}"
            return
    yield "hangs=nowhere"
