"""Quotations over several paragraphs, and blocks that a colon leads in: attributions in, with all of the block, out."""

import re
from bisect import bisect_right
from dataclasses import replace

from standoff.ledger import Span, Spans
from standoff.reading.layout.lines import BULLET, TEXT, Line, in_first_person
from standoff.reading.layout.spans import inside, joined, touch, trimmed, without
from standoff.reading.statements.attribution import Attribution
from standoff.reading.statements.quotation import Quoted, double_quotations

Items = list[Attribution | None]
_MARK = re.compile(r"[“„«\"]|``|‘(?=\w)")


def with_quotation_chains(text: str, lines: tuple[Line, ...], items: Items) -> Items:
    """One speaker for a quotation that opens in each paragraph and closes in the last.

    A paragraph that names its own speaker outside the marks keeps it.
    """
    kept, quoted = list(items), Quoted(text)
    for first, parts in _chains(text, lines):
        owner = _owner(kept, first, lines)
        if owner is None:
            continue
        for part in parts:
            if not _has_own(kept, part, owner, lines):
                _give(quoted, kept, owner, (part,))
    return kept


def _chains(text: str, lines: tuple[Line, ...]) -> list[tuple[Span, list[Span]]]:
    """Unclosed quotations with the quotations that go on in the lines below."""
    quotations = double_quotations(text)
    starts = [line.start for line in lines]
    by_line: dict[int, list[tuple[int, int, bool]]] = {start: [] for start in starts}
    for q in quotations:
        by_line[starts[max(0, bisect_right(starts, q.start) - 1)]].append((q.start, q.end, q.closed))
    found: list[tuple[Span, list[Span]]] = []
    open_one = False
    for line in lines:
        here = by_line[line.start]
        goes_on = open_one and line.kind == TEXT and bool(here) and here[0][0] == line.body
        if goes_on:
            found[-1][1].append(here[0][:2])
        if here and not here[-1][2]:
            if not (goes_on and len(here) == 1):
                found.append((here[-1][:2], []))
            open_one = True
        else:
            open_one = False
    return [(first, parts) for first, parts in found if parts]


def _owner(items: Items, quotation: Span, lines: tuple[Line, ...]) -> int | None:
    """Who speaks in a quotation: the attribution that holds its end and whose cue stands outside it."""
    fits = [
        place for place, item in enumerate(items)
        if item is not None and item.cue and not touch(item.cue, quotation) and touch(item.content, quotation)
    ]  # fmt: skip
    line = next(line for line in lines if line.start <= quotation[0] < line.end)
    near = [p for p in fits if touch(items[p].cue, (line.start, line.end))]  # type: ignore[union-attr]
    found = near or fits
    return found[-1] if found else None


def _has_own(items: Items, part: Span, owner: int, lines: tuple[Line, ...]) -> bool:
    """Whether another attribution has a part and its own cue in the same line, outside the marks."""
    end = next(line.end for line in lines if line.start <= part[0] < line.end)
    return any(
        item is not None and place != owner and item.cue and touch(item.content, part)
        and not touch(item.cue, part) and any(part[1] <= a < end for a, _ in item.cue)
        for place, item in enumerate(items)
    )  # fmt: skip


def _give(quoted: Quoted, items: Items, owner: int, block: Spans) -> None:
    """Make a block the owner's; others whose cue stands in it are within the owner, the rest leave it."""
    mine = items[owner]
    assert mine is not None
    content = joined((*without(mine.content, block), *block))
    items[owner] = replace(mine, content=trimmed(quoted.text, content), kind=quoted.kind(content, mine.cue))
    for place, item in enumerate(items):
        if item is None or place == owner or not any(touch(item.content, span) for span in block):
            continue
        if item.cue and inside(item.cue, block):
            if item.within is None and not _below(items, owner, place):
                items[place] = replace(item, within=owner)
            continue
        rest = trimmed(quoted.text, without(item.content, block))
        items[place] = replace(item, content=rest) if rest else None


def _below(items: Items, inner: int, outer: int) -> bool:
    seen: set[int] = set()
    here: int | None = inner
    while here is not None and here not in seen:
        if here == outer:
            return True
        seen.add(here)
        item = items[here]
        here = item.within if item is not None else None
    return False


def with_lead_ins(text: str, lines: tuple[Line, ...], items: Items) -> Items:
    """What is set below a line that ends with a cue and a colon belongs to the speaker named there.

    All items of a list; a quoted paragraph; an unquoted paragraph and those below it in which somebody says I or we.
    """
    kept, quoted = list(items), Quoted(text)
    for number, line in enumerate(lines[:-1]):
        if not text[line.start : line.end].endswith(":"):
            continue
        owner = _leads_in(text, line, kept)
        if owner is None:
            continue
        block = _set_below(text, lines, number)
        item = kept[owner]
        if block and item is not None and (lines[number + 1].kind == BULLET or _tells_nothing(text, line, item)):
            _give(quoted, kept, owner, block)
    return kept


def _leads_in(text: str, line: Line, items: Items) -> int | None:
    """The last attribution whose cue stands in a line that ends with a colon, if nothing else is said after it."""
    fits = [
        (item.cue[-1][1], place) for place, item in enumerate(items)
        if item is not None and item.cue and line.start <= item.cue[-1][0] < line.end
        and not re.search(r"[.;!?]\s", text[item.cue[-1][1] : line.end])
    ]  # fmt: skip
    return max(fits)[1] if fits else None


def _tells_nothing(text: str, line: Line, item: Attribution) -> bool:
    """Whether the content has no words of its own between the cue and the colon."""
    return not touch(item.content, (item.cue[-1][1], line.end))


def _set_below(text: str, lines: tuple[Line, ...], number: int) -> Spans:
    below = lines[number + 1]
    if below.block != lines[number].block:
        return ()
    if below.kind == BULLET:
        stop = number + 1
        while stop < len(lines) and lines[stop].kind == BULLET:
            stop += 1
        return tuple((line.body, line.end) for line in lines[number + 1 : stop])
    if below.kind != TEXT:
        return ()
    opening = _MARK.match(text, below.body, below.end)
    if opening:
        return ()  # marks tell the extent themselves
    found = [(below.body, below.end)]
    for line in lines[number + 2 :]:
        if line.kind != TEXT or line.block != below.block or not in_first_person(text[line.body : line.end]):
            break
        found.append((line.body, line.end))
    return tuple(found)
