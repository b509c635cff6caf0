"""E-mail: the body's text, subject, sender and day."""

from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.errors import InputError
from standoff.ingest import read_bytes

HEAD = b"From: The Desk <desk@example.org>\r\nSubject: Talks\r\nDate: Fri, 15 Jan 2016 23:30:00 -0500\r\n"


def message(plain: str | None, html: str | None = None) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Café Desk <desk@example.org>"
    mail["Subject"] = "Talks “to begin”"
    mail["Date"] = "Fri, 15 Jan 2016 23:30:00 -0500"
    if plain is not None:
        mail.set_content(plain)
    if html is not None:
        mail.add_alternative(html, subtype="html")
    return mail


def test_body_and_headers(english: str) -> None:
    (report,) = read_bytes(message(english + " Café.\n").as_bytes(), "note.eml")
    assert report.text == english + " Café.\n"
    assert (report.title, report.publisher, report.published) == ("Talks “to begin”", "Café Desk", "2016-01-15")


def test_plain_text_goes_before_html_and_attachments_are_left_out(english: str) -> None:
    mail = message(english + "\n", f"<html><body><p>HTML {english}</p></body></html>")
    mail.add_attachment(b"secret", maintype="application", subtype="octet-stream", filename="a.bin")
    mail.add_attachment("Attached words", filename="b.txt")
    assert read_bytes(mail.as_bytes(), "note.eml")[0].text == english + "\n"


def test_a_mail_of_html_alone_is_read_as_a_page(english: str) -> None:
    mail = message(
        None, f"<html><body><article><p>{english}</p><p>Café owners stayed away.</p></article></body></html>"
    )
    assert read_bytes(mail.as_bytes(), "note.eml")[0].text == f"{english}\n\nCafé owners stayed away."


def test_soft_line_breaks_are_joined() -> None:
    body = b"Content-Type: text/plain; charset=utf-8; format=flowed\r\n\r\nThe talks \r\nwent on.\r\n-- \r\nDesk\r\n"
    assert read_bytes(HEAD + body, "note.eml")[0].text == "The talks went on.\n-- \nDesk\n"


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"only words, no headers\n", "no e-mail, it has none of the headers From, Date and Subject"),
        (HEAD + b"\r\n \r\n", "empty, no text to read"),
        (
            HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\nCaf\xe9\r\n",
            "the e-mail's text is not in the encoding",
        ),
        (
            HEAD + b"Content-Type: text/plain; charset=klingon\r\n\r\nTalks\r\n",
            "the e-mail's text is not in the encoding",
        ),
        (HEAD + b"Content-Type: image/png\r\n\r\nxyz\r\n", "no text in the e-mail, only attachments"),
        (HEAD.replace(b"15 Jan", b"45 Jan") + b"\r\nTalks\r\n", "impossible date in the header Date"),
    ],
)
def test_bad_mail_is_refused(data: bytes, cause: str) -> None:
    with pytest.raises(InputError) as caught:
        read_bytes(data, "note.eml")
    assert str(caught.value).startswith(f"note.eml: {cause}")


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_damaged_headers_never_crash(noise: bytes) -> None:
    for data in (
        b"From: " + noise + b"\nDate: " + noise + b"\n\nTalks\n",
        HEAD + b"Content-Type: " + noise + b"\n\nTalks\n",
    ):
        try:
            read_bytes(data, "note.eml")
        except InputError as error:
            assert str(error).startswith("note.eml: ")
