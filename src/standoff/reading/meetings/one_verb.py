"""Several meetings under one verb: a mention goes in; it and what is coordinated with it come out, each by itself.

“Will meet A in Vienna on Thursday and B in Moscow the day after” tells of two meetings. Parsers hang B on Thursday;
therefore this goes by the order of the words: each piece names somebody first and then its own day or place.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from standoff.actors import ActorTable
from standoff.language import Parse
from standoff.reading.dates import DateExpression
from standoff.reading.meetings.mentions import Mention
from standoff.reading.meetings.parties import individuals_or_parties
from standoff.reading.places import Place
from standoff.reading.syntax import trimmed

JOINTS = frozenset({"and", ","})
ENDS = frozenset({";", ":", "(", "“", '"', "after", "before", "while", "when"})
KINDS = frozenset({"meeting", "call", "talks"})


@dataclass(frozen=True)
class Piece:
    """Tokens from first up to end that name somebody and then a day or a place."""

    first: int
    end: int
    named: tuple[str, ...]
    date: DateExpression | None
    place: Place | None
    last: int  # character at which the last of these ends


def each_by_itself(
    parse: Parse, mention: Mention, actors: ActorTable, dates: Sequence[DateExpression], places: Sequence[Place]
) -> tuple[Mention, ...]:
    """The mention, and one more for each further piece; the mention alone where there is none."""
    trigger = mention.trigger
    if mention.kind not in KINDS or not mention.paired or (mention.date is None and mention.place is None):
        return (mention,)
    pieces = _pieces(parse, trigger.index, actors, dates, places)
    if len(pieces) < 2:
        return (mention,)
    objects = {actor for piece in pieces for actor in piece.named}
    up = {above for actor in objects for above in actors.chain(actor)}
    hosts = [actor for actor in mention.participants if actor not in up]
    if not hosts:
        return (mention,)
    start, found = mention.evidence[0], []
    for number, piece in enumerate(pieces):
        evidence = trimmed(parse.text, parse.tokens[piece.first].start, piece.last)
        found.append(
            replace(
                mention,
                trigger=trigger if number == 0 else replace(trigger, index=piece.first, anchor=piece.first),
                participants=individuals_or_parties((*hosts, *piece.named), actors),
                date=piece.date or mention.date,
                place=piece.place,
                evidence=(min(start, evidence[0]), evidence[1]) if number == 0 else evidence,
            )
        )
    return tuple(found)


def _pieces(
    parse: Parse, index: int, actors: ActorTable, dates: Sequence[DateExpression], places: Sequence[Place]
) -> list[Piece]:
    """The pieces behind a verb or noun of meeting, as far as they follow each other without another verb."""
    end = _end(parse, index, dates)
    joints = [t.index for t in parse.tokens[index + 1 : end] if t.text in JOINTS]
    found: list[Piece] = []
    first = index + 1
    for stop in (*joints, end):
        piece = _piece(parse, first, stop, actors, dates, places)
        if piece is None:
            if stop in joints and parse.tokens[stop].text in JOINTS:
                continue  # “A and B on Monday”: the piece is longer
            break
        found.append(piece)
        first = stop + 1
    return found


def _piece(
    parse: Parse, first: int, stop: int, actors: ActorTable, dates: Sequence[DateExpression], places: Sequence[Place]
) -> Piece | None:
    if first >= stop:
        return None
    start, end = parse.tokens[first].start, parse.tokens[stop - 1].end
    days = [d for d in dates if start <= d.start and d.end <= end and d.precision == "day"]
    towns = [p for p in places if start <= p.start and p.end <= end and p.by != "dateline"]
    expressed: list[DateExpression | Place] = [*days, *towns]
    told = min((x.start for x in expressed), default=start)
    named = [m.actor for m in actors.mentions_in(start, told) if not _owns(parse, m.start)]
    named = [one for actor in named for one in actors.members.get(actor, (actor,))]
    if not named:
        return None
    last = max(x.end for x in expressed)
    day, town = (days[0] if days else None), (towns[0] if towns else None)
    return Piece(first, stop, individuals_or_parties(named, actors), day, town, last)


def _owns(parse: Parse, start: int) -> bool:
    """“his counterpart”, “Iran's president”: the first is nobody who meets."""
    inside = parse.tokens_in(start, start + 1)
    return bool(inside) and parse.tokens[inside[0]].dep == "poss"


def _end(parse: Parse, index: int, dates: Sequence[DateExpression]) -> int:
    """Where the clause behind a verb or noun of meeting ends: at another verb, a mark, or the end of the sentence."""
    _, last = parse.sentences[parse.tokens[index].sentence]
    for token in parse.tokens[index + 1 : last]:
        if any(d.start <= token.start < d.end for d in dates):
            continue  # “the day after”
        if token.tag[:2] in {"VB", "MD", "WD", "WP"} or token.text.casefold() in ENDS:
            return token.index
    return last
