"""JSON and JSON Lines -> drafts.

A record is `{id, title, published, publisher, url, text}`, or a ledger `standoff-ledger/1`: then its document is read.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from standoff.errors import InputError
from standoff.ingest.draft import Draft
from standoff.ingest.encoding import decode
from standoff.ledger import FORMAT

FACTS = ("title", "published", "publisher", "url")


def read(data: bytes, name: str, stem: str) -> Iterator[Draft | InputError]:
    """The drafts of one JSON file: one record, a list of records, or one ledger, in their order.

    A record without `id` in a list is called `STEM-NUMBER`. A bad record of a list is given as an error in its
    place. Raises InputError if the file as a whole is no JSON.
    """
    content = _parse(data, name)
    if not isinstance(content, list):
        yield _draft(content, name)
        return
    if not content:
        raise InputError(f"{name}: an empty list, no record to read")
    for number, item in enumerate(content, 1):
        yield _attempt(item, f"{name}, record {number}", f"{stem}-{number}")


def read_lines(lines: Iterable[bytes | InputError], name: str, stem: str) -> Iterator[Draft | InputError]:
    """The drafts of a JSON Lines file, one for each line that is not blank; a bad line is an error `NAME:LINE: cause`.

    A record without `id` is called `STEM-LINE`. Raises InputError if there is no record at all.
    """
    empty = True
    for number, line in enumerate(lines, 1):
        if isinstance(line, InputError):
            yield line
            empty = False
        elif line.strip():
            empty = False
            where = f"{name}:{number}"
            try:
                content = _parse(line, where)
            except InputError as error:
                yield error
            else:
                yield _attempt(content, where, f"{stem}-{number}")
    if empty:
        raise InputError(f"{name}: empty, no record to read")


def _parse(data: bytes, where: str) -> Any:
    text = decode(data, where)
    if not text.strip():
        raise InputError(f"{where}: empty, no text to read")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        line = f"line {error.lineno}, " if "\n" in text.strip() else ""
        raise InputError(f"{where}: no valid JSON: {error.msg}, {line}column {error.colno}") from error
    except (RecursionError, ValueError) as error:  # nested too deep; a number of too many digits
        raise InputError(f"{where}: no JSON that can be read ({error})") from error


def _attempt(content: Any, where: str, fallback_id: str) -> Draft | InputError:
    try:
        return _draft(content, where, fallback_id)
    except InputError as error:
        return error


def _draft(content: Any, where: str, fallback_id: str | None = None) -> Draft:
    if not isinstance(content, dict):
        raise InputError(f"{where}: not a record but {_kind(content)}")
    if "format" in content and "document" in content:
        if content["format"] != FORMAT:
            raise InputError(f"{where}: a ledger of the format {content['format']!r}; this version reads {FORMAT}")
        return _draft(content["document"], where, fallback_id)
    text = content.get("text")
    if not isinstance(text, str):
        cause = "no field 'text'" if "text" not in content else f"the field 'text' is {_kind(text)}, not a string"
        raise InputError(f"{where}: {cause}")
    facts = {fact: _string(content, fact, where) for fact in FACTS}
    return Draft(text=text, where=where, id=_id(content.get("id"), where) or fallback_id, **facts)


def _string(content: dict[str, Any], fact: str, where: str) -> str | None:
    value = content.get(fact)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise InputError(f"{where}: the field {fact!r} is {_kind(value)}, not a string")
    return value


def _id(value: Any, where: str) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise InputError(f"{where}: the field 'id' is {_kind(value)}, not a string")
    return str(value)


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
