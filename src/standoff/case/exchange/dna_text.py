"""A report's text as the Discourse Network Analyzer shows it goes in with spans; its own offsets come out, and back.

The analyzer is a Java program: `Start` and `Stop` count UTF-16 units, and its text pane has LF alone at line ends.
"""

import base64
import hashlib

from standoff.case.exchange.offsets import PlainLineEnds, Utf16
from standoff.ledger import Span

NOTE = "standoff"
"""The variable of a statement type that holds what has no other place."""

PASSWORD = "standoff"
"""Of the coders in a file that we write. The analyzer asks for one; it keeps nobody out of a SQLite file."""

ROUNDS = 100_000
SALT = 16


class DnaText:
    """One document. text: as it stands in the file."""

    def __init__(self, text: str) -> None:
        self._lines = PlainLineEnds(text)
        self.text = self._lines.text
        self._units = Utf16(self.text)

    def there(self, span: Span) -> Span:
        """A span of the report, in the units of the file."""
        return self._units.span(self._lines.there(span))

    def plain(self, span: Span) -> Span:
        """A span of the report, in code points of the text of the file."""
        return self._lines.there(span)

    def back(self, start: int, stop: int) -> Span | None:
        """A span of the file, in code points of its text; None if it is outside of it or cuts a character in two."""
        found = self._units.back(start, stop)
        return None if found is None or found[0] >= found[1] else found


def password_hash(password: str, of: str) -> str:
    """A password as the analyzer stores it: salt, then SHA-256 of salt and password, a hundred thousand times over.

    of: whose password; the salt is made of it, so that the same case gives the same file. The form is that of Jasypt's
    StrongPasswordEncryptor, which the analyzer uses.
    """
    salt = hashlib.sha256(of.encode()).digest()[:SALT]
    digest = salt + password.encode()
    for _ in range(ROUNDS):
        digest = hashlib.sha256(digest).digest()
    return base64.b64encode(salt + digest).decode()
