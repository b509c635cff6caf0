"""A headline that names its source at the end: "Talks to resume on Monday - envoy"."""

import re

from standoff.actors.knowledge import is_role, words, world
from standoff.reading.layout.blocks import Items
from standoff.reading.layout.lines import TEXT, Line
from standoff.reading.layout.spans import touch
from standoff.reading.statements.attribution import Attribution
from standoff.reading.statements.quotation import Quoted

HEADLINE = "headline"
_SAYS = re.compile(r"(?P<claim>\S.{12,}?)(?P<cue>\s[-–—]|:)\s(?P<source>[^\s:–—-][^:–—]{1,48})$")
LONGEST_SOURCE = 5  # words


def with_headline(text: str, lines: tuple[Line, ...], items: Items) -> Items:
    """The attribution that the first line makes by a dash or colon before its source, unless one is there."""
    first = lines[0]
    if len(lines) < 2 or first.kind != TEXT or first.block == lines[1].block:
        return items
    if any(item is not None and touch(item.cue or item.content, (first.start, first.end)) for item in items):
        return items
    match = _SAYS.match(text, first.body, first.end)
    if match is None or not _speaks(match["source"]):
        return items
    claim, cue = match.span("claim"), (match.end("cue") - 1, match.end("cue"))
    kind = Quoted(text).kind((claim,), (cue,))
    return [*items, Attribution((match.span("source"),), (cue,), (claim,), kind, None, None, HEADLINE)]


def _speaks(source: str) -> bool:
    """Whether the words after the dash end with a noun for who speaks, or are a known name."""
    parts = source.split()
    if len(parts) > LONGEST_SOURCE:
        return False
    last = parts[-1].strip(".,'’").casefold()
    return source in world().phrases or last in words().collectives or is_role(last) or is_role(last.removesuffix("s"))
