"""Feeds (RSS, Atom; a file's bytes or an address that the user gives) and web pages -> reports.

Nothing is fetched but the addresses that were given: of a feed, its entries as they stand in it, not the pages behind.
"""

import re
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path, PurePath
from typing import Any

from standoff.errors import InputError, StandoffError
from standoff.ingest.dates import iso_day
from standoff.ingest.languages import refuse_other_languages
from standoff.ingest.sources import MAX_BYTES, Item, read_bytes, read_parts, read_sources
from standoff.report import Report

FEED_SUFFIXES = frozenset({".rss", ".atom", ".xml", ".rdf"})
ADDRESS = re.compile(r"https?://", re.IGNORECASE)
SECONDS = 20
"""How long a server may keep us waiting."""

BLOCKS = frozenset({"p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "blockquote", "tr", "table"})
LONGEST_SLUG = 60


def read_all(sources: Sequence[str], published: str | None = None) -> Iterator[Item]:
    """As `standoff.ingest.read_sources`, for feeds and addresses too. What cannot be read is an error in its place."""
    for source in sources:
        try:
            if ADDRESS.match(source):
                yield from read_address(source, published)
            elif Path(source).suffix.lower() in FEED_SUFFIXES and Path(source).is_file():
                yield from read_feed(_file(source), source, published)
            else:
                yield from read_sources([source], published)
        except StandoffError as error:
            yield error


def read_given(data: bytes, name: str, published: str | None = None) -> Iterator[Item]:
    """The reports in the bytes of one file, a feed or any format of `read_sources`; its name tells which.

    What cannot be read is an error in its place, and names the file; the rest is still read.
    """
    try:
        if PurePath(name).suffix.lower() in FEED_SUFFIXES:
            yield from read_feed(data, name, published)
        else:
            yield from read_parts(data, name, published)
    except StandoffError as error:
        yield error


def _file(source: str) -> bytes:
    path = Path(source)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"{source}: {path.stat().st_size:,} bytes, the limit is {MAX_BYTES:,}")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{source}: cannot be read ({error.strerror or error})") from error


def read_address(address: str, published: str | None = None) -> list[Item]:
    """The reports of a feed, or the one of a page or document, at an address. Raises InputError if it cannot be had."""
    data, kind = fetch(address)
    if "xml" in kind or "rss" in kind or "atom" in kind:
        try:
            return read_feed(data, address, published)
        except InputError:
            if "html" not in kind:
                raise
    name = PurePath(re.sub(r"[?#].*", "", address)).name or "page"
    if "html" in kind and not name.endswith((".html", ".htm")):
        name += ".html"
    reports = read_bytes(data, name, published)
    return [Report(r.id, r.text, r.title, r.published, r.publisher, r.url or address) for r in reports]


def fetch(address: str) -> tuple[bytes, str]:
    """What is at an address, and its media type. Raises InputError, naming address and cause."""
    request = urllib.request.Request(address, headers={"User-Agent": "standoff"})
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            data: bytes = answer.read(MAX_BYTES + 1)
            kind = answer.headers.get_content_type()
    except urllib.error.HTTPError as error:
        raise InputError(f"{address}: the server answers {error.code} {error.reason}") from error
    except (OSError, ValueError) as error:
        raise InputError(f"{address}: cannot be fetched ({getattr(error, 'reason', None) or error})") from error
    if len(data) > MAX_BYTES:
        raise InputError(f"{address}: more than {MAX_BYTES:,} bytes, which is the limit")
    return data, kind


def read_feed(data: bytes, name: str, published: str | None = None) -> list[Item]:
    """The entries of a feed, in its order. Raises InputError if it is no feed, or an empty one."""
    import feedparser

    if not data.strip():
        raise InputError(f"{name}: empty, no feed to read")
    feed = feedparser.parse(data)
    if not feed.version and not feed.entries:
        raise InputError(f"{name}: no feed (RSS or Atom) that can be read")
    if not feed.entries:
        raise InputError(f"{name}: a feed without any entry")
    day = iso_day(published, "published") if published else None
    publisher = feed.feed.get("title") or None
    return [_entry(entry, number, name, day, publisher) for number, entry in enumerate(feed.entries, 1)]


def _entry(entry: Any, number: int, name: str, day: str | None, publisher: str | None) -> Item:
    where = f"{name}, entry {number}"
    try:
        bodies = [part.get("value", "") for part in entry.get("content", ())] or [entry.get("summary", "")]
        text = plain_text(max(bodies, key=len))
        title = plain_text(entry.get("title", "")) or None
        if not text:
            raise InputError(f"{where}: empty, no text to read")
        refuse_other_languages(text, where)
        stated = entry.get("published_parsed") or entry.get("updated_parsed")
        date = day or (f"{stated.tm_year:04}-{stated.tm_mon:02}-{stated.tm_mday:02}" if stated else None)
        source = entry.get("source", {}).get("title") or publisher
        return Report(report_id(date, title, where), text, title, date, source, entry.get("link") or None)
    except StandoffError as error:
        return error


def report_id(date: str | None, title: str | None, where: str) -> str:
    """An id for a report that brings none: its day and title; `where` in the place of a title."""
    slug = re.sub(r"[^a-z0-9]+", "-", (title or where).lower()).strip("-")[:LONGEST_SLUG].strip("-")
    return "-".join(part for part in (date, slug) if part)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.parts.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def plain_text(fragment: str) -> str:
    """The words of a piece of HTML, paragraphs apart. Feeds hold pieces, not pages, so that nothing is left out."""
    parser = _Text()
    parser.feed(fragment)
    parser.close()
    paragraphs = (" ".join(part.split()) for part in "".join(parser.parts).split("\n\n"))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
