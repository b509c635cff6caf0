"""The day that a report tells of: an undated mention that its words tie to the saying gets the day of the saying."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from standoff.language import Parse
from standoff.reading.dates import DateExpression, dates_a_saying
from standoff.reading.meetings.lexicon import Lexicon
from standoff.reading.meetings.mentions import Mention
from standoff.reading.meetings.triggers import JOURNEY

DAY_OF_SAYING = "day of saying"  # the rule of a date that no words give: the latest day it may be is meant
HEAD = 6  # sentences at the head of a report in which it says of which day it tells
FRESH = 2  # days before publication within which a report's own day lies


def news_day(parse: Parse, dates: Sequence[DateExpression], published: str | None) -> str | None:
    """The first recent day that the head of a report names, else the day of publication."""
    if published is None:
        return None
    oldest = (date.fromisoformat(published) - timedelta(days=FRESH)).isoformat()
    last = parse.sentence_span(min(HEAD, len(parse.sentences)) - 1)[1] if parse.sentences else 0
    recent = (
        d.value for d in dates
        if d.end <= last and d.precision == "day" and d.value and oldest <= d.value <= published
    )  # fmt: skip
    return next(recent, published)


def with_day_of_saying(
    parse: Parse, mention: Mention, dates: Sequence[DateExpression], today: str | None, words: Lexicon
) -> Mention:
    """The mention with the day on which it is spoken of, where it is told as news.

    “Speaking after talks with …”, “told reporters during a visit”: the talks were on the day of the speaking. “Said on
    Sunday that X had arrived”: he arrived then.
    """
    trigger = mention.trigger
    if mention.date is not None or today is None or mention.status not in {"held", "ongoing"}:
        return mention
    if not (_spoken_at(parse, mention, words) or trigger.by == JOURNEY):
        return mention
    start, end = parse.sentence_span(parse.tokens[trigger.index].sentence)
    said = [d for d in dates if start <= d.start < end and d.precision == "day" and dates_a_saying(parse, d.start)]
    where = parse.tokens[trigger.index]
    if said and said[0].value:
        return replace(mention, date=replace(said[0], start=where.start, end=where.end))
    if trigger.by == JOURNEY:
        return mention
    eve = (date.fromisoformat(today) - timedelta(days=1)).isoformat()  # told after midnight
    weak = DateExpression(where.start, where.end, None, None, "unknown", eve, today, DAY_OF_SAYING)
    return replace(mention, date=weak)


def _spoken_at(parse: Parse, mention: Mention, words: Lexicon) -> bool:
    """Whether somebody speaks during or after the meeting."""
    trigger = mention.trigger
    if trigger.role != "pp" or trigger.predicate is None or not mention.participants:
        return False
    near = words.status["past_prepositions"] | words.status["present_prepositions"]
    return trigger.preposition in near and parse.tokens[trigger.predicate].lemma.casefold() in words.speech
