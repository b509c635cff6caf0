"""The first action of a case goes in; what makes the case one of its own is recorded, and told from the file later."""

import hashlib
import json
import sqlite3
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from standoff.case.store import Action


def found(action: "Action", name: str, about: str = "") -> None:
    """Record what a new case is called, what it is about, and an id that no other case has."""
    action.fact("case", "", "id", uuid4().hex)
    action.fact("case", "", "name", name)
    action.fact("case", "", "about", about)


def identity(connection: sqlite3.Connection) -> str:
    """What tells a case from all others, whatever they are called; a renamed case and a copy keep it.

    A case made before cases had an id is told by who made it, when, under which name: nothing is written for that.
    """
    row = connection.execute(
        "SELECT value FROM current WHERE kind = 'case' AND subject = '' AND field = 'id'"
    ).fetchone()
    if row is not None:
        own: str = row[0]
        return own
    founding = connection.execute("SELECT at, by, about FROM action WHERE id = 1").fetchone()
    return hashlib.sha256(json.dumps(founding).encode()).hexdigest()[:16]
