"""What an entry says in words, for formats that have only a note or tags for it; and an entry out of such words.

A note that Standoff writes is one line of JSON. One that a person writes may be `holder: Turkey | act: refuse`.
"""

import json
from collections.abc import Mapping
from typing import Any

from standoff.case.exchange.coded import PIECES, VALUES, Coded, Place
from standoff.errors import InputError

ABOUT = ("review", "coder", "by", "at", "why")
BETWEEN = "|"


def said(entry: Coded, *without: str) -> dict[str, Any]:
    """What an entry says beside its places, by name: its values, who found or judged it, and how."""
    data: dict[str, Any] = {"id": entry.id}
    data |= {name: value if isinstance(value, str) else list(value) for name, value in entry.values.items()}
    data |= {name: getattr(entry, name) for name in ABOUT if getattr(entry, name)}
    if entry.confidence is not None:
        data["confidence"] = entry.confidence
    return {name: value for name, value in data.items() if name not in without}


def note(data: Mapping[str, Any]) -> str:
    """One line of JSON."""
    return json.dumps(data, ensure_ascii=False).translate({0x2028: "\\u2028", 0x2029: "\\u2029", 0x85: "\\u0085"})


def read_note(text: str) -> dict[str, Any]:
    """The names and values of a note; none if it is only prose."""
    try:
        data = json.loads(text)
        if isinstance(data, dict):
            return data
    except (ValueError, RecursionError):
        pass
    pairs = [part.partition(":") for line in text.splitlines() for part in line.split(BETWEEN)]
    return {name.strip().casefold(): value.strip() for name, colon, value in pairs if colon and value.strip()}


def rebuilt(
    kind: str, id_: str, report: str, evidence: Place, pieces: Mapping[str, tuple[Place, ...]], data: Mapping[str, Any]
) -> Coded:
    """The entry that places and words make. A piece that is not marked on its own is the whole evidence.

    Raises InputError for a value of another kind than a text or a list of texts.
    """
    own = {name: pieces.get(name, ()) for name in PIECES[kind]}
    for name, several in PIECES[kind].items():
        if not own[name] and (not several or (kind == "statement" and name == "content")):
            own[name] = (evidence,)
    values: dict[str, str | tuple[str, ...]] = {}
    for name in VALUES[kind]:
        value = data.get(name)
        if value is None or value == "":
            continue
        if name == "participants":
            many = value.split(";") if isinstance(value, str) else value
            if not isinstance(many, list) or not all(isinstance(one, str) for one in many):
                raise InputError("participants: no list of names")
            values[name] = tuple(one.strip() if isinstance(value, str) else one for one in many if one.strip())
        else:
            values[name] = _text(name, value)
    about = {name: _text(name, data.get(name, "")) for name in ABOUT}
    sure = data.get("confidence")
    if sure is not None and not isinstance(sure, int | float):
        raise InputError(f"confidence: {sure!r} is no number")
    about["review"] = about["review"] or "added"
    return Coded(id_, kind, report, evidence, own, values, confidence=sure, **about)


def _text(name: str, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise InputError(f"{name}: {value!r} is no text")
    return str(value)
