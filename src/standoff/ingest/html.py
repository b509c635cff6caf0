"""HTML -> a draft: the main text of the page without its boilerplate, and the facts its metadata states."""

import codecs
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

from standoff.errors import InputError
from standoff.ingest.dates import day_of_metadata, day_of_url
from standoff.ingest.draft import Draft
from standoff.ingest.encoding import decode, refuse_binary

CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
# How far into a page the declaration may stand (the HTML standard says 1024; pages in the wild are looser).
CHARSET_WINDOW = 4096
# What is left of a page without an article is a word of its menu; the shortest report is a sentence.
SHORTEST_ARTICLE = 5
XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
ARTICLE_TYPES = re.compile(r"(?:Article|Posting|Report|WebPage|PressRelease)$")
DATE_META = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "parsely-pub-date",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "dcterms.date", "citation_publication_date",
    "sailthru.date", "pubdate", "publishdate", "publish-date", "publication_date", "date",
)  # fmt: skip
TITLE_META = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title")
PUBLISHER_META = ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher", "application-name")


def read(data: bytes, where: str) -> Draft:
    """The article of the page. Raises InputError for an unknown encoding and for a page without an article."""
    return read_page(_decode(data, where), where)


def read_page(page: str, where: str) -> Draft:
    """The same for a page that is already text (the HTML part of an e-mail)."""
    import trafilatura

    # What goes wrong is said in one line of ours, not in the library's log as well.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    page = XML_DECLARATION.sub("", page)
    if not page.strip():
        raise InputError(f"{where}: empty, no text to read")
    tree = trafilatura.load_html(page)
    if tree is None:
        raise InputError(f"{where}: no HTML that can be read")
    # deduplicate=False: a sentence that stands twice is news; the cache behind it would also make runs differ.
    text = trafilatura.extract(
        page, include_comments=False, include_tables=True, deduplicate=False, with_metadata=False
    )
    if text is None or len(text.split()) < SHORTEST_ARTICLE:
        raise InputError(f"{where}: no article found in the HTML page")
    text = re.sub(r"\s*\n\s*", "\n\n", text.strip())
    meta = _meta(tree)
    linked = list(_linked(tree))
    url = _first(meta, ("og:url",)) or _attribute(tree, "//link[@rel='canonical']/@href")
    return Draft(
        text=text,
        where=where,
        title=_first(meta, TITLE_META)
        or _linked_string(linked, "headline")
        or _element(tree, "h1")
        or _element(tree, "title"),
        published=_published(tree, meta, linked, url),
        publisher=_first(meta, PUBLISHER_META) or _linked_publisher(linked),
        url=url,
    )


def _decode(data: bytes, where: str) -> str:
    """The page by its byte order mark, else by the charset it declares, else as UTF-8; strictly."""
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(data, where)
    refuse_binary(data, where)
    declared = CHARSET.search(data[:CHARSET_WINDOW])
    if declared is None:
        return decode(data, where)
    name = declared.group(1).decode("ascii")
    # Browsers read Latin-1 as Windows-1252, and so pages mean it.
    codec = "cp1252" if name.lower() in {"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"} else name
    try:
        return data.decode(codec)
    except LookupError as error:
        raise InputError(f"{where}: the page declares an unknown encoding, {name!r}") from error
    except UnicodeDecodeError as error:
        raise InputError(
            f"{where}: the page declares {name} but byte 0x{data[error.start]:02x} at position {error.start} is not"
        ) from error


def _meta(tree: Any) -> dict[str, str]:
    """The `meta` elements by lower-case name; the first of a name counts."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _linked(tree: Any) -> Iterator[dict[str, Any]]:
    """The objects of the page's JSON-LD that describe an article or page. Broken JSON-LD describes nothing."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            content = json.loads(script.text_content(), strict=False)
        except (ValueError, RecursionError):
            continue
        queue = content if isinstance(content, list) else [content]
        for item in queue:
            if not isinstance(item, dict):
                continue
            graph = item.get("@graph")
            for node in [item, *(graph if isinstance(graph, list) else [])]:
                if isinstance(node, dict) and _is_article(node.get("@type")):
                    yield node


def _is_article(kind: Any) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(one, str) and ARTICLE_TYPES.search(one) for one in kinds)


def _published(tree: Any, meta: dict[str, str], linked: list[dict[str, Any]], url: str | None) -> str | None:
    """The first full date that the page states: meta, JSON-LD, `<time>`, address. None is looked for in the prose."""
    candidates = [
        _first(meta, DATE_META[:4]),
        _linked_string(linked, "datePublished"),
        *(meta.get(name) for name in DATE_META[4:]),
        _attribute(tree, "//article//time[@pubdate or @itemprop='datePublished']/@datetime"),
        _attribute(tree, "//time[@pubdate or @itemprop='datePublished']/@datetime"),
        _attribute(tree, "//article//time/@datetime"),
        _attribute(tree, "//time/@datetime"),
    ]
    for candidate in candidates:
        day = day_of_metadata(candidate) if candidate else None
        if day:
            return day
    return day_of_url(url) if url else None


def _linked_string(linked: list[dict[str, Any]], field: str) -> str | None:
    return next((v.strip() for node in linked if isinstance(v := node.get(field), str) and v.strip()), None)


def _linked_publisher(linked: list[dict[str, Any]]) -> str | None:
    for node in linked:
        publisher = node.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else publisher
        if isinstance(name, str) and name.strip():
            return name.strip()
    return None


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _attribute(tree: Any, path: str) -> str | None:
    return next((str(value).strip() for value in tree.xpath(path) if str(value).strip()), None)


def _element(tree: Any, tag: str) -> str | None:
    texts = (" ".join(element.text_content().split()) for element in tree.iter(tag))
    return next((text for text in texts if text), None)
