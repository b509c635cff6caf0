"""The lines of a report and what each is: text in; lines with their kind, and where their own words begin, out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from standoff.actors.roster import BYLINE, CREDITS
from standoff.language import paragraphs
from standoff.ledger import Span

TEXT, STAMP, BULLET, RULE, STAGE, CREDIT, CAPTION, HEADING = (
    "text", "stamp", "bullet", "rule", "stage", "credit", "caption", "heading",
)  # fmt: skip

_ZONE = r"(?:\s?(?:GMT|UTC|CET|CEST|BST|E[SD]?T|P[SD]?T|local time))?"
_CLOCK = rf"(?:\d{{1,2}}:\d{{2}}\s?(?:[ap]\.?\s?m\b\.?)?|\d{{1,2}}(?:\.\d{{2}})?\s?[ap]\.?\s?m\b\.?){_ZONE}"
_STAMP = re.compile(rf"[\[(]?{_CLOCK}[\])]?(?:\s*[-–—|:•]+(?=\s)|(?=\s|$))\s*", re.IGNORECASE)
_BULLET = re.compile(r"(?:[•●▪■◦‣·*+–—-]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+(?=\S)")
_STAGE = re.compile(r"[(\[][^()\[\]]{2,80}[)\]][.]?")
_CAPTION = re.compile(
    r"[“\"]?(?:file\s+)?(?:photo|image|picture|video|caption|pictured|above|below)s?\s?:\s*", re.IGNORECASE
)
_PHOTO_BY = re.compile(r"\(?\b(?:photo(?:graph)?|picture|image)s? (?:by|courtesy of)\b[^\n]*", re.IGNORECASE)
_HEADING = re.compile(r"#{1,6}\s+")

_REPORTED = re.compile(r"[“„«\"][^”“»\"]*[”“»\"]?")
_WORD = re.compile(r"[\w'’]+")
LONGEST_HEADLINE = 25  # words


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph without the white space around it. `body`: where its words begin, after a time stamp, the mark of a
    list, a dateline or the word "PHOTO:". `block` counts the parts of a report over which nobody's words go on."""

    start: int
    end: int
    body: int
    kind: str
    block: int


@cache
def lexicon() -> dict[str, frozenset[str]]:
    """The word lists of `data/layout.yaml`."""
    data: dict[str, Any] = yaml.safe_load(files("standoff.reading").joinpath("data/layout.yaml").read_text("utf-8"))
    return {name: frozenset(map(str, words)) for name, words in data.items()}


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a text, in order."""
    return tuple(_lines(text))


def unquoted(line: str) -> str:
    """A line without what stands between double quotation marks, with plain apostrophes."""
    return _REPORTED.sub(" ", line).replace("’", "'")


def in_first_person(line: str) -> bool:
    """Whether somebody says I or we outside quotation marks: reporters do not."""
    return any(word.casefold() in lexicon()["first_person"] for word in _WORD.findall(unquoted(line)))


def credits_of(text: str) -> tuple[Span, ...]:
    """Where a text names those who wrote it and who took its pictures."""
    return tuple(m.span() for pattern in (CREDITS, _PHOTO_BY) for m in pattern.finditer(text))


def _lines(text: str) -> Iterator[Line]:
    credits = credits_of(text)
    block = 0
    alone = False  # the line before stands for itself: whatever follows is another part
    spans = list(paragraphs(text))
    for number, (start, end) in enumerate(spans):
        kind, body = _kind(text, start, end)
        if any(a <= start and end <= b + 1 for a, b in credits):
            kind = CREDIT
        stamped = _STAMP.match(text, start, end) is not None
        if alone or kind in (STAMP, RULE, CREDIT, CAPTION, HEADING) or stamped:
            block += 1
        headline = number == 0 and len(spans) > 1 and _is_headline(text[start:end])
        alone = headline or kind in (CREDIT, CAPTION, RULE, HEADING)
        yield Line(start, end, body, kind, block)


def _is_headline(line: str) -> bool:
    """Whether a first line has the form of a headline: short, and without the point of a sentence."""
    return line.rstrip("”’\"'")[-1:] not in (".", "!", "?", ":", ",", ";") and len(line.split()) <= LONGEST_HEADLINE


def _kind(text: str, start: int, end: int) -> tuple[str, int]:
    stamp = _STAMP.match(text, start, end)
    if stamp:
        return (STAMP, end) if stamp.end() >= end else (TEXT, stamp.end())
    if not any(character.isalnum() for character in text[start:end]):
        return (STAGE if "…" in text[start:end] or "..." in text[start:end] else RULE), end
    for kind, pattern in ((CAPTION, _CAPTION), (HEADING, _HEADING), (BULLET, _BULLET)):
        found = pattern.match(text, start, end)
        if found and found.end() < end:
            return kind, found.end()
    if _STAGE.fullmatch(text, start, end):
        return STAGE, end
    dateline = BYLINE.match(text, start, end)
    if dateline and dateline.group().rstrip()[-1] != ":" and dateline.end() < end:
        return TEXT, dateline.end()
    return TEXT, start
