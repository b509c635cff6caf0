"""Temporal expressions: a parse and the day of publication go in; what each expression means in ISO 8601 comes out.

The grammar is data (`data/dates.yaml`), the reckoning is in `dates_reckoning`. Nothing is guessed: “next week” has
no day.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from standoff.language import Parse
from standoff.reading.dates_reckoning import UNKNOWN, Clock, Meaning, Tense, reckon

FROM_NAMED = "from the day named"  # the reckoning that counts from the day named last
BEHIND = 24  # characters before an expression in which a preposition is looked for


@dataclass(frozen=True, slots=True)
class DateExpression:
    """What text[start:end] means.

    value: ISO 8601 as precise as known (`2016-01-25`, `2016-01`, `2014`), None if unknown; until: the end of a range;
    precision: day, week, month, year or unknown; earliest, latest: ISO days between which it lies, where they are known
    (“next week” has no value but seven days); rule: the rule of the grammar that found it.
    """

    start: int
    end: int
    value: str | None
    until: str | None
    precision: str
    earliest: str | None = None
    latest: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the grammar."""

    name: str
    means: str
    pattern: re.Pattern[str]
    shift: int


@dataclass(frozen=True, slots=True)
class Grammar:
    """The rules, and the words that decide between past and future."""

    rules: tuple[Rule, ...]
    clock: Clock
    before: dict[str, Tense]
    planned: frozenset[str]
    done: frozenset[str]
    saying: frozenset[str]


def read_dates(parse: Parse, published: str | None) -> tuple[DateExpression, ...]:
    """All temporal expressions of a text, in order, none within another.

    Without `published` what is relative to it has no value. Raises ValueError if `published` is no ISO date.
    """
    grammar = _grammar()
    today = date.fromisoformat(published) if published else None
    found: list[DateExpression] = []
    for match, rule in _matches(parse.text, grammar):
        tense = _direction(parse, match, grammar)
        counted_from = _named_last(parse, match.start(), found) if rule.means == FROM_NAMED else None
        meaning = reckon(rule.means, match, rule.shift, tense, counted_from or today, grammar.clock)
        if meaning is not None:
            found.append(_expression(match, rule, meaning))
    return tuple(found)


def _named_last(parse: Parse, start: int, found: Sequence[DateExpression]) -> date | None:
    """The day named last, in the same sentence or the one before: “on Monday … and in Paris the day after”."""
    inside = parse.tokens_in(start, start + 1)
    last = next((d for d in reversed(found) if d.precision == "day" and d.value), None)
    if last is None or last.value is None or not inside:
        return None
    first = parse.sentence_span(max(0, parse.tokens[inside[0]].sentence - 1))[0]
    return date.fromisoformat(last.until or last.value) if last.start >= first else None


def _expression(match: re.Match[str], rule: Rule, meaning: Meaning) -> DateExpression:
    m = meaning
    return DateExpression(match.start(), match.end(), m.value, m.until, m.precision, m.earliest, m.latest, rule.name)


def _matches(text: str, grammar: Grammar) -> list[tuple[re.Match[str], Rule]]:
    """The longest match at each place, from left to right, none over another."""
    every = [
        (match.start(), -match.end(), number, match, rule)
        for number, rule in enumerate(grammar.rules)
        for match in rule.pattern.finditer(text)
    ]
    kept: list[tuple[re.Match[str], Rule]] = []
    reached = 0
    for start, _, _, match, rule in sorted(every, key=lambda item: item[:3]):
        if start >= reached:
            kept.append((match, rule))
            reached = match.end()
    return kept


def _direction(parse: Parse, match: re.Match[str], grammar: Grammar) -> Tense:
    """Whether the words around look back or ahead: the preposition first, then the verb that governs."""
    start, own = match.start(), match.group().casefold().split()
    if len(own) > 1 and own[0] in grammar.before:
        return grammar.before[own[0]]  # “until July” as a whole
    if dates_a_saying(parse, start):
        return Tense.PAST
    ahead = parse.text[max(0, start - BEHIND) : start].casefold().split()
    for length in (2, 1):
        tense = grammar.before.get(" ".join(ahead[-length:]))
        if tense is not None and len(ahead) >= length:
            return tense
    inside = parse.tokens_in(start, start + 1)
    if not inside:
        return Tense.UNKNOWN
    return tense_of(parse, inside[0], grammar.planned, grammar.done)


def dates_a_saying(parse: Parse, start: int) -> bool:
    """Whether the expression at `start` follows a verb of saying at once: “said on Friday it would come”."""
    ahead = parse.text[max(0, start - BEHIND) : start].casefold().split()
    while ahead and ahead[-1] in {"on", "late", "early", "later", "earlier"}:
        ahead.pop()
    return bool(ahead) and ahead[-1] in _grammar().saying


def tense_of(parse: Parse, index: int, planned: frozenset[str], done: frozenset[str]) -> Tense:
    """Past or future of the verb that governs a token, through infinitives and participles."""
    seen: set[int] = set()
    while index not in seen:
        seen.add(index)
        token = parse.tokens[index]
        helpers = [parse.tokens[c] for c in parse.children[index] if parse.tokens[c].dep in {"aux", "auxpass"}]
        modal = any(t.tag == "MD" for t in helpers)
        if modal:
            return Tense.PAST if any(t.lemma == "have" for t in helpers) else Tense.FUTURE
        if any(t.tag == "VBD" for t in helpers) and token.lemma not in planned:
            going = token.tag == "VBG" and token.lemma == "go"
            return Tense.FUTURE if going else Tense.PAST
        if any(t.tag in {"VBP", "VBZ"} for t in helpers) and token.pos in {"VERB", "AUX"}:
            return Tense.PAST if any(t.lemma == "have" for t in helpers) else Tense.FUTURE
        if token.pos in {"VERB", "AUX"}:
            if token.tag == "VBD":
                return Tense.PAST
            if token.tag in {"VBP", "VBZ"}:
                return Tense.FUTURE
            if token.tag == "VB":
                return _infinitive(parse, index, planned, done)
        elif token.lemma in planned and token.pos == "ADJ":
            return Tense.FUTURE
        index = token.head
    return Tense.UNKNOWN


def _infinitive(parse: Parse, index: int, planned: frozenset[str], done: frozenset[str]) -> Tense:
    """“were due to begin” looks ahead; “had been due to begin”, “were meant to begin”, “failed to agree” look back."""
    head = parse.tokens[parse.tokens[index].head]
    if head.tag == "VBD" and head.lemma in done and head.index < index:
        return Tense.PAST
    over = {head.lemma, head.text.casefold()} & {"mean", "meant", "suppose", "supposed"}
    helpers = {parse.tokens[c].text.casefold() for c in parse.children[head.index]}
    verb = parse.tokens[head.head]
    helpers |= {parse.tokens[c].text.casefold() for c in parse.children[verb.index]} if head.dep == "acomp" else set()
    if "had" in helpers or (over and helpers & {"was", "were"}):
        return Tense.PAST
    return Tense.FUTURE


@cache
def _grammar() -> Grammar:
    import yaml

    data: dict[str, Any] = yaml.safe_load(
        files("standoff.reading").joinpath("data/dates.yaml").read_text(encoding="utf-8")
    )
    months = {name: n for n, names in enumerate(data["months"], 1) for name in names}
    weekdays = {name: n for n, name in enumerate(data["weekdays"])}
    words = dict(data["words"])
    long = sorted(months, key=len, reverse=True)
    words["month"] = "(?:" + "|".join(name + (r"\.?" if len(name) < 5 else "") for name in long) + r")(?![a-z])"
    words["weekday"] = "(?:" + "|".join(weekdays) + ")"
    words["number"] = "(?:" + "|".join(sorted(data["numbers"], key=len, reverse=True)) + ")"
    before = {word: tense for tense in (Tense.FUTURE, Tense.PAST) for word in data["direction"][tense.value]}
    rules = tuple(
        Rule(item["name"], item["means"], _compiled(item["pattern"], words), item.get("shift", 0))
        for item in data["rules"]
    )
    return Grammar(
        rules, Clock(months, weekdays, data["numbers"]), before, frozenset(data["planned"]), frozenset(data["done"]),
        frozenset(data["saying"]),
    )


def _compiled(pattern: str, words: dict[str, str]) -> re.Pattern[str]:
    for _ in range(2):  # a word may name another word
        for name, alternatives in words.items():
            pattern = pattern.replace("{" + name + "}", alternatives)
    return re.compile(r"(?<![\w$€£/.-])" + pattern + r"(?!\w)")


__all__ = ["UNKNOWN", "DateExpression", "Tense", "dates_a_saying", "read_dates", "tense_of"]
