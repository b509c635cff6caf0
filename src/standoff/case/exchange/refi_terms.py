"""How a case is told in a REFI-QDA project: which codes there are, how they are named, and their GUIDs.

After the standard, version 1.5 (www.qdasoftware.org): positions count Unicode code points of the plain text file.
"""

import uuid

NAMESPACE = "urn:QDA-XML:project:1.0"
PROJECT = "project.qde"
SOURCES = ("sources/", "Sources/")
"""The folder of the texts; programs write both."""

INTERNAL = "internal://"
"""Before the name of a file in that folder."""

GROUPS = {
    "entry": "what kind of entry a selection is",
    "piece": "which part of an entry a selection is",
    "act": "what a position does",
    "status": "how a meeting stands",
    "holder": "whose stance or condition it is",
    "speaker": "who said it",
    "target": "of whom it is demanded",
    "stated_by": "who stated it",
    "participants": "who takes part",
    "concept": "the concept of an issue",
    "requirement_concept": "the concept of a requirement",
    "gate_concept": "the concept of a gate",
}
"""Codes that only hold others: a code under `holder` says whose position a selection is. In any QDA program a person
who names codes so makes entries that can be taken into a case."""


def guid(*parts: str) -> str:
    """The same GUID for the same thing."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "urn:standoff:" + "\x1f".join(parts)))
