"""Plain text and Markdown: the text unchanged, another encoding refused."""

import codecs
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.errors import InputError
from standoff.ingest import read_bytes

AWKWARD = (
    "\u202bقال الوزير\u202c — caf\u00e9 / cafe\u0301 \U0001f54a\ufe0f\r\n10\u00a0000 soldiers.\r\rNext\u2028line\t\n"
)


def test_nothing_in_a_text_is_normalised() -> None:
    (report,) = read_bytes(AWKWARD.encode(), "awkward.txt")
    assert report.text == AWKWARD


@settings(deadline=None)
@given(st.text().filter(lambda text: text.strip() and "\0" not in text and text[0] != "\ufeff"))
def test_any_short_text_comes_out_code_point_for_code_point(text: str) -> None:
    for data in (text.encode(), codecs.BOM_UTF8 + text.encode(), text.encode("utf-16")):
        # A long text of other letters may well be refused as another language.
        try:
            (report,) = read_bytes(data, "any.txt")
        except InputError as error:
            assert "reads English only" in str(error)
        else:
            assert report.text == text


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_unicode_with_and_without_a_mark(codec: str, english: str) -> None:
    data = english.encode(codec)
    mark = codecs.BOM_UTF16_BE if codec == "utf-16-be" else b""
    (report,) = read_bytes(mark + data, "talks.txt")
    assert report.text == english


def test_another_encoding_is_named_with_its_byte_and_the_way_out() -> None:
    with pytest.raises(InputError) as caught:
        read_bytes("The “talks” in Genève".encode("cp1252"), "old.txt")
    assert str(caught.value) == (
        "old.txt: not UTF-8: byte 0x93 at position 4; convert it first, for example: iconv -f WINDOWS-1252 -t UTF-8"
    )


def test_the_position_counts_a_byte_order_mark() -> None:
    with pytest.raises(InputError, match="byte 0xff at position 5;"):
        read_bytes(codecs.BOM_UTF8 + b"ab\xff", "old.txt")


def test_utf_16_cut_in_half_is_refused() -> None:
    with pytest.raises(InputError, match=r"^half\.txt: not UTF-16"):
        read_bytes("talks".encode("utf-16")[:-1], "half.txt")


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"MZ\x90\x00\x03\x00", "binary file (NUL at byte 3)"),
        (b"\x89PNG\r\n\x1a\n", "binary file (a PNG image, though its name says otherwise)"),
        (bytes(range(1, 256)), "binary file, not text (control characters, no UTF-8)"),
        (b"%PDF-1.7", "binary file (a PDF, though its name says otherwise)"),
    ],
)
def test_a_binary_file_is_said_to_be_one(data: bytes, cause: str) -> None:
    with pytest.raises(InputError) as caught:
        read_bytes(data, "thing.txt")
    assert str(caught.value) == f"thing.txt: {cause}"


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", codecs.BOM_UTF8, "\u00a0\n".encode(), "\u3000".encode("utf-16")])
def test_an_empty_or_blank_file_is_refused(data: bytes) -> None:
    for name in ("blank.txt", "blank.md", "blank"):
        with pytest.raises(InputError) as caught:
            read_bytes(data, name)
        assert str(caught.value) == f"{name}: empty, no text to read"


def test_markdown_without_front_matter_is_its_text(english: str) -> None:
    source = f"# Talks *in* Geneva #\r\n\r\n{english}\r\n"
    (report,) = read_bytes(source.encode(), "2016-01-15-talks.md")
    assert (report.text, report.title, report.published) == (source, "Talks *in* Geneva", "2016-01-15")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_front_matter_is_facts_and_the_body_is_the_text(end: str, english: str) -> None:
    head = [
        "---",
        "title: 'Talks: day one'",
        "date: 2016-01-15",
        "publisher: The Desk",
        "url: https://desk.example/1",
        "---",
    ]
    source = end.join([*head, "", english])
    (report,) = read_bytes(source.encode(), "talks.md")
    assert report.text == end + english
    assert (report.title, report.published) == ("Talks: day one", "2016-01-15")
    assert (report.publisher, report.url) == ("The Desk", "https://desk.example/1")


def test_rules_in_a_text_are_no_front_matter() -> None:
    source = "---\nThe talks went on.\n---\nNobody spoke.\n"
    assert read_bytes(source.encode(), "talks.md")[0].text == source
    assert read_bytes(b"---\nThe talks went on.\n", "talks.md")[0].text == "---\nThe talks went on.\n"


def test_broken_front_matter_is_named_with_its_line() -> None:
    with pytest.raises(InputError, match=r"^talks\.md: the front matter is no valid YAML, line \d"):
        read_bytes(b"---\ntitle: [open\npublished: 2016-01-15\n---\nText.\n", "talks.md")


@pytest.mark.parametrize("day", ["2016-02-30", "2016-13-01", "yesterday", "2016-01", "15/01/2016"])
def test_an_impossible_date_is_refused(day: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^talks\.md: (impossible )?publication date"):
        read_bytes(f"---\npublished: {day}\n---\nText.\n".encode(), "talks.md")
