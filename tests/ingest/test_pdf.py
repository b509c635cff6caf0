"""PDF: printed lines become running text; what has no text is refused."""

from collections.abc import Callable

import pytest

from standoff.errors import InputError
from standoff.ingest import read_bytes


def lines(top: float, *words: str, size: float = 11) -> list[tuple[float, float, float, str]]:
    return [(72, top - 14 * number, size, text) for number, text in enumerate(words)]


BODY = (
    "The foreign minister said on Friday that the government would take part in the",
    "talks in Geneva, and that the nego-",
    "tiations could not begin before the cease-fire holds. He rejected a new cease-",
    "fire line and the US-",
    "backed plan.",
)


def test_wrapped_lines_and_hyphenation_are_joined(make_pdf: Callable[..., bytes]) -> None:
    data = make_pdf([[*lines(780, "Talks in Geneva", size=18), *lines(740, *BODY)]], title="Talks")
    (report,) = read_bytes(data, "talks.pdf")
    assert report.title == "Talks"
    assert report.text == (
        "Talks in Geneva\n\n"
        "The foreign minister said on Friday that the government would take part in the talks in Geneva, "
        "and that the negotiations could not begin before the cease-fire holds. "
        "He rejected a new cease-fire line and the US-backed plan."
    )


def test_paragraphs_stay_apart(make_pdf: Callable[..., bytes]) -> None:
    first = lines(780, "The union said it would not go back to work unless the company", "withdrew the dismissals.")
    second = lines(738, "The company said that it would answer the union on Monday, and that", "it had no comment.")
    (report,) = read_bytes(make_pdf([[*first, *second]]), "strike.pdf")
    assert [p.split()[:2] for p in report.text.split("\n\n")] == [["The", "union"], ["The", "company"]]


def test_running_headers_footers_and_page_numbers_are_dropped(make_pdf: Callable[..., bytes]) -> None:
    texts = [
        ("The envoy said that the parties", "had agreed to meet again and that the"),
        ("date would be named by the host", "after consultations with both of the sides."),
        ("The opposition said it would come.", "It named three delegates for the meeting."),
    ]
    pages = [
        [*lines(810, "Daily Bulletin of the Desk"), *lines(700, *text), *lines(40, f"Page {number} of 3")]
        for number, text in enumerate(texts, 1)
    ]
    (report,) = read_bytes(make_pdf(pages), "bulletin.pdf")
    assert report.text == (
        "The envoy said that the parties had agreed to meet again and that the date would be named by the host "
        "after consultations with both of the sides.\n\n"
        "The opposition said it would come. It named three delegates for the meeting."
    )


def test_a_pdf_without_a_suffix_is_known_by_its_first_bytes(make_pdf: Callable[..., bytes]) -> None:
    (report,) = read_bytes(make_pdf([lines(700, *BODY)]), "download")
    assert report.text.startswith("The foreign minister")


@pytest.mark.parametrize("data", [b"%PDF-1.7\nnothing behind the head", b"no PDF at all"])
def test_a_malformed_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^bad\.pdf: malformed PDF"):
        read_bytes(data, "bad.pdf")


def test_a_pdf_cut_in_the_middle_never_crashes(make_pdf: Callable[..., bytes]) -> None:
    data = make_pdf([lines(700, *BODY)])
    for end in range(0, len(data), 37):
        try:
            read_bytes(data[:end], "cut.pdf")
        except InputError as error:
            assert str(error).startswith("cut.pdf: ")


def test_a_scanned_pdf_is_refused(make_pdf: Callable[..., bytes]) -> None:
    with pytest.raises(InputError, match=r"^scan\.pdf: no text in the PDF's 2 pages"):
        read_bytes(make_pdf([[], []]), "scan.pdf")


def test_an_encrypted_pdf_is_refused(make_pdf: Callable[..., bytes]) -> None:
    lock = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"1f" * 32, b"2e" * 32)
    data = make_pdf([lines(700, *BODY)]).replace(b"/Root 1 0 R", b"/Root 1 0 R /ID [<00> <00>] /Encrypt " + lock)
    with pytest.raises(InputError) as caught:
        read_bytes(data, "secret.pdf")
    assert str(caught.value) == "secret.pdf: the PDF is encrypted; save it without a password first"


def test_columns_are_read_one_after_the_other(make_pdf: Callable[..., bytes]) -> None:
    left = lines(700, "The envoy said that both", "sides would come to the")
    right = [(320, y, size, text) for _, y, size, text in lines(700, "talks. The union said that", "it was ready.")]
    (report,) = read_bytes(make_pdf([[*left, *right]]), "columns.pdf")
    assert report.text == "The envoy said that both sides would come to the talks. The union said that it was ready."


def test_a_sentence_goes_on_over_the_page_even_before_a_name(make_pdf: Callable[..., bytes]) -> None:
    first = lines(
        700,
        "The envoy said that the talks would be opened by the president of the host",
        "country, and that they would be led for the time of the conference by Ms",
    )
    (report,) = read_bytes(make_pdf([first, lines(760, "Dupont. Nobody objected.")]), "over.pdf")
    assert "\n" not in report.text


def test_bullets_are_paragraphs(make_pdf: Callable[..., bytes]) -> None:
    (report,) = read_bytes(make_pdf([lines(700, "They demand", "• a rise of 5%", "• no dismissals")]), "list.pdf")
    assert report.text.split("\n\n") == ["They demand", "• a rise of 5%", "• no dismissals"]
