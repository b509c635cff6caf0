"""Words that somebody pasted, and what is known of them, go in; a checked report comes out."""

from standoff.errors import InputError
from standoff.ingest.dates import iso_day
from standoff.ingest.feeds import report_id
from standoff.ingest.languages import refuse_other_languages
from standoff.report import Report

WHERE = "the pasted text"
NAMED_BY = 8
"""Words of the text that name a report without a title."""


def pasted(text: str, title: str = "", published: str = "", publisher: str = "", url: str = "") -> Report:
    """The report. Raises InputError for an empty text or an impossible date, LanguageError for another language."""
    body = text.strip()
    if not body:
        raise InputError(f"{WHERE}: empty, no text to read")
    day = iso_day(published.strip(), "published") if published.strip() else None
    refuse_other_languages(body, WHERE)
    named = title.strip() or " ".join(body.split()[:NAMED_BY])
    id_ = report_id(day, named, "pasted")
    return Report(id_, body, title.strip() or None, day, publisher.strip() or None, url.strip() or None)
