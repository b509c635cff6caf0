"""A mention of a meeting that is put off or brought forward goes in; the day to which it is moved comes out."""

import re
from collections.abc import Sequence
from dataclasses import replace

from standoff.language import Parse
from standoff.reading.dates import DateExpression
from standoff.reading.meetings.lexicon import Lexicon
from standoff.reading.meetings.triggers import Trigger, lemma_of

TO_THE_DAY = re.compile(r"^[^,;:.–—“”\"]{0,70}?\b(?:to|until|till)\s+(?:the\s+|at\s+least\s+|early\s+|late\s+)?$")
"""What may stand between the verb and the new day: “… from Monday to”, “… off the talks until at least”."""
WITHIN = re.compile(r"(?:to|until|till)\s+")
NEAR = re.compile(r"^[^,;:.–—“”\"]{0,70}?$")
"""The same where the days are told as a range, “(delayed) from Monday to Friday”, “(suspended) on Monday until …”."""


def moved_to(
    parse: Parse, trigger: Trigger, dates: Sequence[DateExpression], words: Lexicon
) -> tuple[DateExpression, str] | None:
    """The new day of a meeting, and its status: `postponed`, or `planned` if it was brought forward. None if no verb
    of moving governs the meeting, or no day is told. “Moved from May 8 to May 15” is read as May 15."""
    for node in sorted({trigger.predicate, *trigger.nodes} - {None, trigger.index}):  # type: ignore[type-var]
        assert node is not None
        lemma = lemma_of(parse, node)
        later = lemma in words.status["postponed"] | words.status["moved"]
        if not later and lemma not in words.status["advanced"]:
            continue
        status = "postponed" if later else "planned"
        _, sentence_end = parse.sentence_span(parse.tokens[node].sentence)
        for date in dates:
            if not (parse.tokens[node].end <= date.start and date.end <= sentence_end) or date.value is None:
                continue
            prefix = WITHIN.match(parse.text, date.start, date.end)  # “until July” is an expression as a whole
            between = parse.text[parse.tokens[node].end : prefix.end() if prefix else date.start]
            if any(t.tag == "MD" or t.tag[:2] == "VB" for t in parse.tokens[node + 1 : _token_at(parse, date.start)]):
                continue  # “postponed the talks because the union strikes until Friday”
            if date.until is None and TO_THE_DAY.match(between):
                return date, status
            if date.until and NEAR.match(between):
                new = date.until
                return replace(date, value=new, until=None, earliest=new, latest=new), status
    return None


def _token_at(parse: Parse, start: int) -> int:
    inside = parse.tokens_in(start, start + 1)
    return inside[0] if inside else 0
