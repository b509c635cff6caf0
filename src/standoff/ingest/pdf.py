"""PDF -> a draft: the text layer of the pages as running text, the title of the document information."""

import re
from typing import Any

from standoff.errors import InputError
from standoff.ingest.draft import Draft
from standoff.ingest.pdf_lines import Line, running_text

HYPHEN = 2  # pdfium's code of a hyphen that ends a line
REPLACED = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", HYPHEN: "-"}


def read(data: bytes, where: str) -> Draft:
    """The text of all pages, in the order in which the pages store it.

    Raises InputError for a damaged PDF, one with a password, and one without text (scanned pages).
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise InputError(f"{where}: the PDF is encrypted; save it without a password first") from error
        raise InputError(f"{where}: malformed PDF, it cannot be opened") from error
    try:
        pages = [_lines(document, number, where) for number in range(len(document))]
        title = document.get_metadata_value("Title").strip()
    finally:
        document.close()
    text = running_text(pages)
    if not text.strip():
        raise InputError(f"{where}: no text in the PDF's {len(pages)} pages (scanned?); run text recognition first")
    return Draft(text=text, where=where, title=title or None)


def _lines(document: Any, number: int, where: str) -> list[Line]:
    import pypdfium2

    try:
        page = document[number]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise InputError(f"{where}: malformed PDF, page {number + 1} cannot be read") from error
    get_unicode = pypdfium2.raw.FPDFText_GetUnicode
    codes = [get_unicode(text_page, index) for index in range(text_page.count_chars())]
    # A hyphen at a line's end comes as HYPHEN with no line break behind it: the line ends there all the same.
    ends = [index + (code == HYPHEN) for index, code in enumerate(codes) if code in (10, 13, HYPHEN)]
    bounds = zip([0, *ends], [*ends, len(codes)], strict=True)
    found = [line for start, end in bounds if (line := _line(text_page, codes, start, end))]
    text_page.close()
    page.close()
    return found


def _line(text_page: Any, codes: list[int], start: int, end: int) -> Line | None:
    """The characters start to end as a line, or None if there is nothing to see in them."""
    while start < end and chr(codes[start]).isspace():
        start += 1
    while end > start and chr(codes[end - 1]).isspace():
        end -= 1
    units = [code for code in codes[start:end] if code != 0]
    if not units:
        return None
    # Older files give characters beyond U+FFFF as two surrogates; a lone one is no character.
    text = "".join(map(chr, units)).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    left, bottom, _, top = text_page.get_charbox(start, loose=True)
    _, _, right, _ = text_page.get_charbox(end - 1, loose=True)
    text = re.sub(r"[^\S\u00a0]+", " ", text.translate(REPLACED))
    return Line(text, left, right, bottom, top - bottom)
