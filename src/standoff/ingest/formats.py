"""Bytes with a name -> drafts: the format by the name's suffix, else by the first bytes."""

import re
from collections.abc import Iterator
from pathlib import PurePath

from standoff.errors import InputError
from standoff.ingest.draft import Draft

SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".eml": "mail",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
# How many bytes are looked at to tell a format.
SNIFF_BYTES = 4096


def format_of(data: bytes, name: str) -> str:
    """The format's name: by the suffix if it is known, else by the bytes; `text` if nothing else fits."""
    known = SUFFIXES.get(PurePath(name).suffix.lower())
    if known:
        return known
    head = data[:SNIFF_BYTES].removeprefix(b"\xef\xbb\xbf")
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx"
    if HTML_START.match(head):
        return "html"
    if head.lstrip()[:1] in (b"{", b"["):
        return _json_or_lines(data)
    return "text"


def drafts_of(data: bytes, name: str, stem: str) -> Iterator[Draft | InputError]:
    """The drafts of one file's bytes. Raises InputError if the file as a whole cannot be read."""
    kind = format_of(data, name)
    if kind == "json":
        from standoff.ingest import records

        yield from records.read(data, name, stem)
    elif kind == "jsonl":
        from standoff.ingest import records

        yield from records.read_lines(data.split(b"\n"), name, stem)
    else:
        yield _one(kind, data, name)


def _one(kind: str, data: bytes, name: str) -> Draft:
    from standoff.ingest import html, mail, markdown, pdf, plain, word

    readers = {
        "text": plain.read,
        "markdown": markdown.read,
        "html": html.read,
        "pdf": pdf.read,
        "docx": word.read,
        "mail": mail.read,
    }
    return readers[kind](data, name)


def _json_or_lines(data: bytes) -> str:
    """`json` if the whole is one JSON value, `jsonl` if its first line is an object, else `text`."""
    import json

    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    for kind, part in (("json", start), ("jsonl", start.split(b"\n", 1)[0])):
        try:
            value = json.loads(part)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict | list):
            return kind
    return "text"
