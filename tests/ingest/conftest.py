"""Makers of the files that the tests read: a PDF written by hand, a DOCX, an e-mail, a page."""

import io
from collections.abc import Callable, Sequence

import pytest

from standoff.errors import StandoffError
from standoff.ingest import read_sources
from standoff.report import Report

ENGLISH = (
    "The minister said on Friday that the talks would begin in Geneva next week. "
    "She added that the government would not attend unless the opposition named its delegation by Monday."
)
PrintedLine = tuple[float, float, float, str]  # x and y in points from the lower left corner, size, words


@pytest.fixture
def english() -> str:
    return ENGLISH


@pytest.fixture
def reports() -> Callable[..., list[Report]]:
    """Reads sources that are all expected to be good."""

    def read(*sources: object, published: str | None = None) -> list[Report]:
        found = []
        for item in read_sources([str(source) for source in sources], published):
            assert isinstance(item, Report), item
            found.append(item)
        return found

    return read


@pytest.fixture
def only_error() -> Callable[..., str]:
    """Reads a source that is expected to be bad, and gives the message."""

    def read(source: object, published: str | None = None) -> str:
        items = list(read_sources([str(source)], published))
        assert len(items) == 1, items
        assert isinstance(items[0], StandoffError), items
        return str(items[0])

    return read


@pytest.fixture
def make_pdf() -> Callable[..., bytes]:
    return _pdf


def _pdf(pages: Sequence[Sequence[PrintedLine]], title: str = "") -> bytes:
    """A PDF in Helvetica with a correct table of offsets, line for line where it is put."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b""]
    objects[2] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    kids = []
    for page in pages:
        stream = b"".join(
            b"BT /F1 %g Tf %g %g Td (%s) Tj ET\n" % (size, x, y, _escaped(words)) for x, y, size, words in page
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % kid for kid in kids), len(kids))
    objects.append(b"<< /Title (%s) >>" % _escaped(title))
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\n" % (len(objects) + 1, len(objects)))
    out.write(b"startxref\n%d\n%%%%EOF\n" % table)
    return out.getvalue()


def _escaped(words: str) -> bytes:
    return words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


@pytest.fixture
def make_docx() -> Callable[..., bytes]:
    return _docx


def _docx(blocks: Sequence[str | list[list[str]]], title: str = "") -> bytes:
    """A DOCX of paragraphs (strings) and tables (rows of cells) in that order."""
    import docx

    document = docx.Document()
    document.core_properties.title = title
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(len(block), len(block[0]))
        for row, cells in zip(table.rows, block, strict=True):
            for cell, words in zip(row.cells, cells, strict=True):
                cell.text = words
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
