"""DOCX: paragraphs and tables in order; damaged, encrypted and foreign packages refused."""

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from standoff.errors import InputError
from standoff.ingest import read_bytes


def test_paragraphs_and_tables_in_their_order(make_docx: Callable[..., bytes]) -> None:
    data = make_docx(
        ["Positions", [["Union", "a rise of 5%"], ["Company", "no rise"]], "", "Talks go on."], title="Wages"
    )
    (report,) = read_bytes(data, "2016-01-15 wages.docx")
    assert report.text.split("\n\n") == ["Positions", "Union", "a rise of 5%", "Company", "no rise", "Talks go on."]
    assert (report.title, report.published, report.id) == ("Wages", "2016-01-15", "2016-01-15 wages")


def test_the_date_of_a_template_is_no_publication_date(make_docx: Callable[..., bytes]) -> None:
    assert read_bytes(make_docx(["Talks go on."]), "wages.docx")[0].published is None


def test_tracked_changes_read_as_accepted() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("The union ")
    for xml in (
        f"<w:del {nsdecls('w')}><w:r><w:delText>will not</w:delText></w:r></w:del>",
        f"<w:ins {nsdecls('w')}><w:r><w:t>will</w:t></w:r></w:ins>",
        f"<w:r {nsdecls('w')}><w:t xml:space='preserve'> come.</w:t></w:r>",
    ):
        paragraph._p.append(parse_xml(xml))
    out = io.BytesIO()
    document.save(out)
    assert read_bytes(out.getvalue(), "x.docx")[0].text == "The union will come."


def test_a_docx_without_a_suffix_is_known_by_its_first_bytes(make_docx: Callable[..., bytes]) -> None:
    assert read_bytes(make_docx(["Talks go on."]), "download")[0].text == "Talks go on."


def package(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("types", "[Content_Types].xml"), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"PK\x03\x04 and then nothing", "malformed DOCX, the ZIP package is damaged"),
        (b"just words", "malformed DOCX, no ZIP package"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "an old .doc or an encrypted DOCX; save it as DOCX without a password first",
        ),
        (package(notes="talks"), "a ZIP file, no Word document"),
        (package(types="<Types/>"), "malformed DOCX, it cannot be opened"),
    ],
)
def test_what_is_no_docx_is_refused(data: bytes, cause: str) -> None:
    with pytest.raises(InputError) as caught:
        read_bytes(data, "x.docx")
    assert str(caught.value).startswith(f"x.docx: {cause}")


def test_a_package_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("standoff.ingest.word.MAX_UNPACKED_BYTES", 1000)
    with pytest.raises(InputError, match=r"^bomb\.docx: unpacks to 100,005 bytes, the limit is 1,000"):
        read_bytes(package(types="talks", bomb="0" * 100_000), "bomb.docx")


def test_a_docx_without_words_is_empty(make_docx: Callable[..., bytes]) -> None:
    with pytest.raises(InputError, match="empty, no text to read"):
        read_bytes(make_docx([" "]), "x.docx")


def test_a_docx_cut_in_the_middle_never_crashes(make_docx: Callable[..., bytes]) -> None:
    data = make_docx(["Talks go on."])
    for end in range(1, len(data), 997):
        with pytest.raises(InputError, match=r"^x\.docx: "):
            read_bytes(data[:end], "x.docx")
