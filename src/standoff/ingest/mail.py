"""An e-mail (.eml) -> a draft: the text of its body; subject, day and sender from the headers."""

import email
import email.errors
import email.policy
import email.utils
from email.message import EmailMessage

from standoff.errors import InputError
from standoff.ingest.draft import Draft

# What the standard library's parser lets out when headers are damaged.
DAMAGE = (email.errors.MessageError, IndexError, KeyError, ValueError, AttributeError, TypeError)


def read(data: bytes, where: str) -> Draft:
    """The `text/plain` body, else the article of the `text/html` one; attachments are left out.

    published: the day of the Date header in the sender's time zone; publisher: the sender's name, else address.
    Raises InputError if there are no headers or damaged ones, no text, an impossible date, or another encoding
    than the declared one.
    """
    try:
        return _draft(email.message_from_bytes(data, policy=email.policy.default), where)
    except DAMAGE as error:
        raise InputError(f"{where}: malformed e-mail, its headers cannot be read") from error


def _draft(message: EmailMessage, where: str) -> Draft:
    if not any(message.get(header) for header in ("From", "Date", "Subject", "Received")):
        raise InputError(f"{where}: no e-mail, it has none of the headers From, Date and Subject")
    name, address = email.utils.parseaddr(str(message.get("From", "")))
    return Draft(
        text=_body(message, where),
        where=where,
        title=" ".join(str(message.get("Subject", "")).split()) or None,
        published=_day(message, where),
        publisher=name or address or None,
    )


def _body(message: EmailMessage, where: str) -> str:
    part = message.get_body(("plain", "html"))
    if part is None:
        raise InputError(f"{where}: no text in the e-mail, only attachments")
    try:
        text = part.get_content(errors="strict")
    except (UnicodeDecodeError, LookupError) as error:
        charset = part.get_content_charset("us-ascii")
        raise InputError(f"{where}: the e-mail's text is not in the encoding it declares ({charset})") from error
    if part.get_content_type() == "text/html":
        from standoff.ingest.html import read_page

        return read_page(text, where).text
    text = text.replace("\r\n", "\n")
    if str(part.get_param("format", "")).lower() == "flowed":
        text = _unflowed(text, str(part.get_param("delsp", "")).lower() == "yes")
    return str(text)


def _unflowed(text: str, delete_space: bool) -> str:
    """Soft line breaks (a line that ends in a space) joined as RFC 3676 says; `-- ` starts a signature and stays."""
    joined: list[str] = []
    flowing = False
    for line in text.split("\n"):
        line = line.removeprefix(" ")
        if flowing:
            joined[-1] += line
        else:
            joined.append(line)
        flowing = line.endswith(" ") and line != "-- "
        if flowing and delete_space:
            joined[-1] = joined[-1][:-1]
    return "\n".join(joined)


def _day(message: EmailMessage, where: str) -> str | None:
    header = message.get("Date")
    if header is None or not str(header).strip():
        return None
    try:
        return email.utils.parsedate_to_datetime(str(header)).date().isoformat()
    except ValueError as error:
        raise InputError(f"{where}: impossible date in the header Date: {str(header)!r}") from error
