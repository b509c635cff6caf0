"""Statements with their speakers: a parsed report goes in; attributions, each led back to an actor, come out."""

from standoff.actors import ActorTable
from standoff.language import Parse
from standoff.ledger import Spans, Statement
from standoff.reading.dates import DateExpression
from standoff.reading.layout import laid_out
from standoff.reading.nested import with_nested
from standoff.reading.statements import Attribution, Encoding, read_encoded

FIRST_PERSON = frozenset({"i", "we", "us", "me"})
NEAR = 400  # characters within which a quotation without source goes on with the speaker before


def read_statements(
    parse: Parse, actors: ActorTable, dates: tuple[DateExpression, ...], encoding: Encoding
) -> tuple[Statement, ...]:
    """The statements of a report in text order, with ids s1, s2, …; `within` names the enclosing statement."""
    attributions = with_nested(parse, laid_out(parse.text, read_encoded(parse.text, encoding)))
    speakers: list[str | None] = []
    for k, attribution in enumerate(attributions):
        speakers.append(_speaker(parse, actors, attributions, speakers, k, attribution))
    return tuple(
        Statement(
            f"s{k + 1}", speaker, a.source, a.cue, a.content, a.kind,
            None if a.within is None else f"s{a.within + 1}", _date(parse, a, dates),
            a.by, a.confidence,
        )
        for k, (a, speaker) in enumerate(zip(attributions, speakers, strict=True))
    )  # fmt: skip


def _speaker(
    parse: Parse,
    actors: ActorTable,
    attributions: tuple[Attribution, ...],
    before: list[str | None],
    index: int,
    attribution: Attribution,
) -> str | None:
    """The actor that the source names; `I` and `we`: who speaks around or just before; no source: the one before."""
    if attribution.source:
        words = " ".join(parse.text[a:b] for a, b in attribution.source).casefold()
        if words in FIRST_PERSON:
            outer = attribution.within
            if outer is not None and outer < index:
                return before[outer]
            return before[-1] if index and _near(attributions, index) else None
        return _named(actors, attribution.source)
    if attribution.kind == "direct" and index and _near(attributions, index):
        return before[-1]
    return None


def _named(actors: ActorTable, source: Spans) -> str | None:
    for start, end in source:
        actor = actors.actor_at(start, end)
        if actor is not None:
            return actor
    return None


def _near(attributions: tuple[Attribution, ...], index: int) -> bool:
    """Whether a statement follows closely on the one before it."""
    before, here = attributions[index - 1].content, attributions[index].content
    return bool(before and here) and min(b[0] for b in here) - max(a[1] for a in before) <= NEAR


def _date(parse: Parse, attribution: Attribution, dates: tuple[DateExpression, ...]) -> str | None:
    """The date of the saying: the expression nearest to the cue in its sentence, outside what is said."""
    if not attribution.cue:
        return None
    tokens = parse.tokens_in(*attribution.cue[0])
    if not tokens:
        return None
    start, end = parse.sentence_span(parse.tokens[tokens[0]].sentence)
    cue = attribution.cue[0][0]
    near = [
        (abs(d.start - cue), d.value)
        for d in dates
        if start <= d.start < end and d.value and not any(a <= d.start < b for a, b in attribution.content)
    ]
    return min(near)[1] if near else None
