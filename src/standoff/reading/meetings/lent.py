"""Days and places that one mention lends another: mentions of a report go in, and come out with what they were lent.

“Met on the sidelines of the summit in Oslo on Monday”: the meeting was in Oslo on Monday, of the summit nothing else is
told. “Flew to Oslo on Monday and held talks with …”: the talks were there and then, and the journey was to them.
"""

from collections.abc import Sequence
from dataclasses import replace

from standoff.language import Parse
from standoff.reading.meetings.mentions import Mention
from standoff.reading.meetings.status import NO_MEETING
from standoff.reading.meetings.triggers import JOURNEY

MARGINS = frozenset({"sideline", "margin", "fringe"})
HAPPENED = frozenset({"held", "ongoing", "planned"})


def lent(parse: Parse, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions in the same order; who has lent all that he tells is no meeting by himself."""
    found = list(mentions)
    for giver, mention in enumerate(mentions):
        taker = _beside_a_summit(parse, mentions, giver)
        if taker is None:
            taker = _at_the_goal(parse, mentions, giver)
        if taker is None:
            continue
        other = found[taker]
        found[taker] = replace(other, date=other.date or mention.date, place=other.place or mention.place)
        found[giver] = replace(mention, status=NO_MEETING)
    return found


def _beside_a_summit(parse: Parse, mentions: Sequence[Mention], giver: int) -> int | None:
    """The mention on whose margins another one stands: the last before it in the sentence."""
    index = mentions[giver].trigger.index
    sentence = parse.tokens[index].sentence
    over = parse.tokens[parse.tokens[index].head]
    if over.text.casefold() != "of" or parse.tokens[over.head].lemma.casefold() not in MARGINS:
        return None
    before = [
        k for k, m in enumerate(mentions)
        if m.trigger.index < over.head and parse.tokens[m.trigger.index].sentence == sentence
    ]  # fmt: skip
    return before[-1] if before else None


def _at_the_goal(parse: Parse, mentions: Sequence[Mention], giver: int) -> int | None:
    """The talks that are told of right after a journey, by a verb coordinated with it, without day and place."""
    journey = mentions[giver]
    if journey.trigger.by != JOURNEY or journey.status not in HAPPENED or not journey.participants:
        return None
    for k, other in enumerate(mentions[giver + 1 :], giver + 1):
        verb = other.trigger.predicate
        if verb is None or other.date is not None or other.place is not None or other.status not in HAPPENED:
            continue
        token = parse.tokens[verb]
        if token.dep == "conj" and token.head == journey.trigger.index and len(other.participants) > 1:
            return k
    return None
