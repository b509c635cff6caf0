"""Standoff reads the reports of a negotiation and keeps its ledger, every entry pinned to its words.

>>> from standoff import Report, read
>>> ledger = read(Report(id="a", text="...", published="2016-01-15"))
"""

from standoff.errors import InputError, LanguageError, ModelError, StandoffError
from standoff.ledger import Actor, Ledger, Meeting, Position, Precondition, Statement
from standoff.report import Report

__version__ = "0.1.0"
__all__ = [
    "Actor", "InputError", "LanguageError", "Ledger", "Meeting", "ModelError", "Position", "Precondition", "Report",
    "StandoffError", "Statement", "read",
]  # fmt: skip


def __getattr__(name: str) -> object:
    # `read` pulls in the language layer; it is loaded only when asked for.
    if name == "read":
        from standoff.reading.read import read

        return read
    raise AttributeError(f"module 'standoff' has no attribute {name!r}")
