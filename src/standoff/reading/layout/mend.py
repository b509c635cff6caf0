"""Attributions that keep to how a page is set out: text and the reader's attributions in, mended ones out.

The reader learnt from running text. What a page says by its form is put in order here: a speaker's label has the floor
until the next; a colon at the end of a line leads in what is set below; a quotation that opens again in each
paragraph has one speaker; nobody's words run over a time stamp, a headline, a caption or the credits.
"""

from bisect import bisect_right
from dataclasses import replace

from standoff.ledger import Span, Spans
from standoff.reading.layout.blocks import Items, with_lead_ins, with_quotation_chains
from standoff.reading.layout.headlines import with_headline
from standoff.reading.layout.lines import BULLET, CREDIT, RULE, STAMP, Line, credits_of, in_first_person, lines_of
from standoff.reading.layout.spans import inside, meet, touch, trimmed, without
from standoff.reading.layout.turns import Turn, turns_of
from standoff.reading.statements.attribution import Attribution

LABEL = "speaker-label"
SPOKEN = "spoken"  # the kind of a line that belongs to a turn


def laid_out(text: str, attributions: tuple[Attribution, ...]) -> tuple[Attribution, ...]:
    """The attributions of a text, mended by its layout, in the reader's order (by content); `within` is kept or set.

    Turns of a transcript are added with by="speaker-label" and no confidence: there is no gold to calibrate on.
    """
    lines = lines_of(text)
    if not lines:
        return attributions
    turns = tuple(_until_told(text, turn, attributions) for turn in turns_of(text, lines))
    starts, credits = [line.start for line in lines], credits_of(text)
    grounds = _grounds(lines)
    items: Items = [
        None
        if any(touch(item.source, span) for span in credits)
        else _in_place(text, lines[max(0, bisect_right(starts, _home(item)) - 1)], grounds, item)
        for item in attributions
    ]
    items = _with_turns(text, items, turns)
    spoken = tuple(span for turn in turns for span in (turn.label, *turn.content))
    free = tuple(replace(line, kind=SPOKEN) if touch(spoken, (line.start, line.end)) else line for line in lines)
    items = with_quotation_chains(text, free, items)
    items = with_lead_ins(text, free, items)
    items = with_headline(text, free, items)
    return _ordered(items)


def _home(item: Attribution) -> int:
    """Where an attribution is made: at its cue, else at its source, else where its content begins."""
    return (item.cue or item.source or item.content)[0][0]


def _in_place(text: str, home: Line, grounds: dict[int, Spans], item: Attribution) -> Attribution | None:
    """An attribution made in the line `home`, without what belongs to another part of the page, or None."""
    if home.kind == CREDIT and item.cue:
        return None
    ground = ((home.body, home.end),) if home.kind == BULLET else grounds.get(home.block, ())
    content = trimmed(text, meet(item.content, ground))
    if not content:
        return None
    source, cue = (meet(part, ((home.start, home.end),)) or part[:1] for part in (item.source, item.cue))
    if inside(source, ((home.start, home.body),)) and not inside(cue, ((home.start, home.body),)):
        source = ()  # a place and a day before the line's own words are nobody's name
    return replace(item, content=content, source=source, cue=cue)


def _grounds(lines: tuple[Line, ...]) -> dict[int, Spans]:
    """Where the words of each part of the page stand: lines that follow each other are one span, breaks included."""
    found: dict[int, list[Span]] = {}
    before: Line | None = None
    for line in lines:
        if line.kind not in (CREDIT, STAMP, RULE):
            spans = found.setdefault(line.block, [])
            if spans and before is not None and before.end == spans[-1][1] and line.body == line.start:
                spans[-1] = (spans[-1][0], line.end)
            else:
                spans.append((line.body, line.end))
        before = line
    return {block: tuple(spans) for block, spans in found.items()}


def _until_told(text: str, turn: Turn, attributions: tuple[Attribution, ...]) -> Turn:
    """A turn without the paragraphs after which the reporter tells again: who quotes others with a "said" outside the
    marks and never says I or we is no speaker of a transcript."""
    for number, (start, end) in enumerate(turn.content):
        quoting = any(
            item.kind != "indirect" and item.cue and start <= item.cue[0][0] < end and not in_first_person(text[a:b])
            for item in attributions for a, b in (item.source or item.cue)[:1]
        )  # fmt: skip
        if number and quoting and not in_first_person(text[start:end]):
            return replace(turn, content=turn.content[:number])
    return turn


def _with_turns(text: str, items: Items, turns: tuple[Turn, ...]) -> Items:
    """The turns of a transcript as attributions; what the reader found in a turn is within it, and stays in it."""
    kept = list(items)
    for turn in turns:
        number = len(kept)
        kept.append(Attribution((turn.label,), (turn.colon,), turn.content, "direct", None, None, LABEL))
        floor = (turn.label, turn.colon, *turn.content)
        for place, item in enumerate(items):
            now = kept[place]
            if item is None or now is None:
                continue
            home = (item.cue or item.source or item.content)[0]
            if not touch(floor, home):
                outside = trimmed(text, without(now.content, floor))
                kept[place] = replace(now, content=outside) if outside else None
            elif not item.cue or touch((turn.label, turn.colon), home) or touch(item.source, turn.label):
                kept[place] = None  # the reader's own reading of the label
            else:
                content = trimmed(text, meet(item.content, turn.content))
                source = item.source if inside(item.source, turn.content) else ()
                within = number if item.within is None else item.within
                kept[place] = replace(item, content=content, source=source, within=within) if content else None
    return kept


def _ordered(items: Items) -> tuple[Attribution, ...]:
    """What is left, in text order. Who stood within a dropped attribution stands within the one around that."""
    places = [k for k, item in enumerate(items) if item is not None]

    def order(place: int) -> tuple[int, int, int]:
        item = items[place]
        assert item is not None
        return item.content[0][0], -item.content[-1][1], place

    number = {old: new for new, old in enumerate(sorted(places, key=order))}
    found = []
    for place in sorted(places, key=order):
        item = items[place]
        assert item is not None
        outer = item.within
        found.append(replace(item, within=number.get(outer) if outer is not None else None))
    return tuple(found)
