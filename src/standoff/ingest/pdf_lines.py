"""The printed lines of a PDF's pages -> running text: furniture dropped, wrapped lines and hyphenation joined."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

BULLET = re.compile(r"[•◦‣▪■●]")
# How many lines at the top and at the foot of a page may be a running header or footer.
EDGE_LINES = 2
# A line that stands at the same edge of this many pages is a running header or footer (in short documents: of two).
FURNITURE_PAGES = 3
SHORT_DOCUMENT_PAGES = 3
# Leading above this multiple of the usual one starts a paragraph.
WIDE_GAP = 1.3
# In mid-sentence (lower case goes on) only leading above this multiple does.
MID_SENTENCE_GAP = 2.0
# A height of the letters that differs by more than this factor starts a paragraph (headings).
OTHER_SIZE = 1.15
# An indent of at least this many letter heights starts a paragraph.
INDENT = 0.7
# A line that ends a sentence before this share of the column's width ends a paragraph.
SHORT_LINE = 0.85
PAGE_NUMBER = re.compile(r"\W*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.IGNORECASE)
SENTENCE_END = re.compile(r"""[.!?:…]["'’”»)\]]*$""")
HYPHENS = "-\u2010\u00ad"
# First parts of compounds whose hyphen is spelt, so it stays when the line breaks there.
SPELT_PARTS = frozenset(
    ("all", "anti", "co", "cross", "ex", "half", "long", "mid", "non", "post", "pre", "pro", "self", "short", "vice")
)


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its words, where it stands on the page in points, and how high its letters are."""

    text: str
    left: float
    right: float
    bottom: float
    height: float


Page = Sequence[Line]


def running_text(pages: Sequence[Page]) -> str:
    """The text of the pages: one paragraph for each printed paragraph, with a blank line between them."""
    pages = _without_furniture(pages)
    paragraphs: list[list[str]] = []
    gap = _usual_gap(pages)
    previous: Line | None = None
    for page in pages:
        width = max((line.right for line in page), default=0.0)
        new_page = True
        for line in page:
            if previous is None or _starts_paragraph(previous, line, gap, width, new_page):
                paragraphs.append([line.text])
            else:
                paragraphs[-1].append(line.text)
            previous, new_page = line, False
    words = Counter(re.findall(r"\w+(?:-\w+)*", " ".join(line.text for page in pages for line in page).lower()))
    return "\n\n".join(_joined(lines, words) for lines in paragraphs)


def _without_furniture(pages: Sequence[Page]) -> list[list[Line]]:
    """The pages without running headers, footers and page numbers."""
    seen = Counter(key for page in pages for key in {(edge, _shape(line)) for edge, line in _edges(page)})
    enough = 2 if len(pages) <= SHORT_DOCUMENT_PAGES else FURNITURE_PAGES
    kept = []
    for page in pages:
        drop = {
            id(line)
            for edge, line in _edges(page)
            if seen[edge, _shape(line)] >= enough or (len(page) > 1 and PAGE_NUMBER.match(line.text))
        }
        kept.append([line for line in page if id(line) not in drop])
    return kept


def _edges(page: Page) -> list[tuple[str, Line]]:
    """The first and last lines of the page by their height on it, whatever the order they are stored in."""
    by_height = sorted(page, key=lambda line: -line.bottom)
    return [("top", line) for line in by_height[:EDGE_LINES]] + [("foot", line) for line in by_height[-EDGE_LINES:]]


def _shape(line: Line) -> str:
    """The line with its numbers made equal, so that `Page 1` and `Page 2` are the same line."""
    return re.sub(r"\d+", "#", line.text.strip().lower())


def _usual_gap(pages: Sequence[Page]) -> float:
    gaps = [a.bottom - b.bottom for page in pages for a, b in zip(page, page[1:], strict=False) if a.bottom > b.bottom]
    return median(gaps) if gaps else 0.0


def _starts_paragraph(previous: Line, line: Line, gap: float, width: float, new_page: bool) -> bool:
    if previous.text[-1:] in HYPHENS and line.text[:1].islower():
        return False
    if BULLET.match(line.text):
        return True
    finished = bool(SENTENCE_END.search(previous.text))
    moved = previous.bottom - line.bottom
    if not finished and line.text[:1].islower() and (new_page or moved < MID_SENTENCE_GAP * gap):
        return False
    sizes = sorted((previous.height, line.height))
    if sizes[0] > 0 and sizes[1] > OTHER_SIZE * sizes[0]:
        return True
    if new_page or moved < 0:  # the next page or column: a full line without an end goes on there
        return finished or previous.right < SHORT_LINE * width
    if moved > WIDE_GAP * gap:
        return True
    if line.left - previous.left > INDENT * line.height and moved > 0 and not line.text[:1].islower():
        return True
    return finished and previous.right < SHORT_LINE * width


def _joined(lines: Sequence[str], words: Counter[str]) -> str:
    text = lines[0].strip()
    for line in lines[1:]:
        line = line.strip()
        if text[-1:] in HYPHENS and text[-2:-1].isalnum() and line[:1].isalnum():
            text = _dehyphenated(text, line, words)
        else:
            text = f"{text} {line}"
    return text


def _dehyphenated(text: str, line: str, words: Counter[str]) -> str:
    """The two lines joined, with the hyphen if it is spelt: the document itself decides where it can."""
    soft = text[-1] == "\u00ad"
    first = re.split(r"[^\w]", text[:-1])[-1]
    second = re.match(r"\w+", line)
    rest = second.group() if second else ""
    whole, compound = words[(first + rest).lower()], words[f"{first}-{rest}".lower()]
    keep = not soft and (
        compound > whole
        or (
            whole == 0 and (first.isupper() or first.isdigit() or first.lower() in SPELT_PARTS or not line[0].islower())
        )
    )
    return f"{text[:-1]}-{line}" if keep else text[:-1] + line
