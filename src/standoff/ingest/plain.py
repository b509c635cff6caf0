"""Plain text -> a draft: the text unchanged, code point for code point."""

from standoff.ingest.draft import Draft
from standoff.ingest.encoding import decode


def read(data: bytes, where: str) -> Draft:
    """The decoded text. Raises InputError for a binary file or another encoding."""
    return Draft(text=decode(data, where), where=where)
