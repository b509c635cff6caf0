"""DOCX -> a draft: paragraphs and table cells in the order of the document, the title of its properties."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from standoff.errors import InputError
from standoff.ingest.draft import Draft
from standoff.ingest.encoding import MAGIC

# A file that unpacks to more than this is refused before it is unpacked.
MAX_UNPACKED_BYTES = 200_000_000
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARAGRAPH = f"{W}p"
TEXT = f"{W}t"
MARKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011"}
# Text that the document shows elsewhere or no more: deleted, moved away, the copy of a drawing for old programs.
UNSHOWN = frozenset(
    (f"{W}del", f"{W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
)
DAMAGE = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, SyntaxError, AttributeError, EOFError, RuntimeError)


def read(data: bytes, where: str) -> Draft:
    """The body's paragraphs with a blank line between them; tracked insertions are text, deletions are not.

    Headers, footers, footnotes and comments are left out. Raises InputError for a damaged or encrypted file.
    """
    import docx

    _check_package(data, where)
    try:
        document = docx.Document(io.BytesIO(data))
        title = (document.core_properties.title or "").strip()
        body = document.element.body
    except DAMAGE as error:
        raise InputError(f"{where}: malformed DOCX, it cannot be opened ({_plain(error)})") from error
    paragraphs = ("".join(_words(paragraph)).strip() for paragraph in _paragraphs(body))
    return Draft(text="\n\n".join(p for p in paragraphs if p), where=where, title=title or None)


def _check_package(data: bytes, where: str) -> None:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError(f"{where}: an old .doc or an encrypted DOCX; save it as DOCX without a password first")
    if not data.startswith(b"PK\x03\x04"):
        kind = next((f" but {kind}" for magic, kind in MAGIC.items() if data.startswith(magic)), "")
        raise InputError(f"{where}: malformed DOCX, no ZIP package{kind}")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            unpacked = sum(entry.file_size for entry in package.infolist())
            names = package.namelist()
    except DAMAGE as error:
        raise InputError(f"{where}: malformed DOCX, the ZIP package is damaged") from error
    if "[Content_Types].xml" not in names:
        raise InputError(f"{where}: a ZIP file, no Word document")
    if unpacked > MAX_UNPACKED_BYTES:
        raise InputError(f"{where}: unpacks to {unpacked:,} bytes, the limit is {MAX_UNPACKED_BYTES:,}")


def _paragraphs(element: Any) -> Iterator[Any]:
    """All paragraphs below, in order: of the body, of tables, content controls and text boxes."""
    for child in element:
        if child.tag in UNSHOWN:
            continue
        if child.tag == PARAGRAPH:
            yield child
        yield from _paragraphs(child)


def _words(element: Any) -> Iterator[str]:
    """The text of one paragraph without that of paragraphs inside it (text boxes)."""
    for child in element:
        if child.tag in UNSHOWN or child.tag == PARAGRAPH:
            continue
        if child.tag == TEXT:
            yield child.text or ""
        elif child.tag in MARKS:
            yield MARKS[child.tag]
        else:
            yield from _words(child)


def _plain(error: BaseException) -> str:
    return " ".join(str(error).split())[:80] or type(error).__name__
