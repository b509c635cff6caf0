"""A change that a page asks for goes in; it is recorded once, however often it is sent, and the answer comes out."""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from standoff.errors import InputError, StandoffError
from standoff.web.desk import Desk

REFUSED = 409
"""The case does not take the change: sending it again would not help."""

AGAIN = 503
"""The case could not take the change now: another program writes, the disk is full."""

PASSING = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
"""Errors of the case file that may be over when the change is sent again."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is asked for: words of the address, and fields of the body."""

    path: dict[str, str]
    fields: dict[str, str]

    def word(self, name: str) -> str:
        """A field that must be there. Raises InputError if it is missing or empty."""
        value = self.fields.get(name, "").strip()
        if not value:
            raise InputError(f"{name}: is missing")
        return value


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a change. `said`: one line for the person; `data`: what the page needs to show it."""

    said: str
    data: dict[str, Any] = field(default_factory=dict)


def decide(
    desk: Desk, decision: Callable[[Desk, Step], Done], path: dict[str, str], body: bytes
) -> tuple[int, dict[str, Any]]:
    """The status and answer of a change. One at a time, so that they are recorded in the order in which they came."""
    try:
        fields = _fields(body)
    except InputError as error:
        return 400, {"error": str(error)}
    key = fields.pop("key", "")
    with desk.answers.lock:
        before = desk.answers.get(key) if key else None
        if before is not None:
            return before
        try:
            done = decision(desk, Step(path, fields))
            answer: tuple[int, dict[str, Any]] = (200, {"said": done.said} | done.data)
        except StandoffError as error:
            if may_pass(error):  # not remembered: the page keeps the change and sends it again
                return AGAIN, {"error": str(error)}
            answer = (REFUSED, {"error": str(error)})
        if key:
            desk.answers.keep(key, answer)
        return answer


def may_pass(error: StandoffError) -> bool:
    """Whether sending the same change later may succeed."""
    return getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF in PASSING


def _fields(body: bytes) -> dict[str, str]:
    try:
        data = json.loads(body or b"{}")
    except (ValueError, UnicodeDecodeError) as error:
        raise InputError(f"the change cannot be read ({error})") from error
    if not isinstance(data, dict) or not all(isinstance(value, str) for value in data.values()):
        raise InputError("a change is an object whose values are texts")
    return {str(name): value.encode("utf-8", "replace").decode("utf-8") for name, value in data.items()}
