"""Markdown -> a draft. The text is the body, unchanged; YAML front matter is metadata and is not read as report."""

import re
from typing import Any

from standoff.errors import InputError
from standoff.ingest.draft import Draft
from standoff.ingest.encoding import decode

FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?)(?:(?<=\n))(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
HEADING = re.compile(r"^#[ \t]+(.+?)[ \t]*#*[ \t]*\r?$", re.MULTILINE)


def read(data: bytes, where: str) -> Draft:
    """The body, with title, published (or date), publisher and url of the front matter.

    Without a title there, the first `# heading` is the title.
    Raises InputError for another encoding and for front matter that is no YAML.
    """
    text = decode(data, where)
    found = FRONT_MATTER.match(text)
    facts = _facts(found.group(1), where) if found else None
    if found is None or facts is None:
        body, facts = text, {}
    else:
        body = text[found.end() :]
    heading = HEADING.search(body)
    return Draft(
        text=body,
        where=where,
        title=facts.get("title") or (heading.group(1) if heading else None),
        published=facts.get("published") or facts.get("date"),
        publisher=facts.get("publisher"),
        url=facts.get("url"),
    )


def _facts(source: str, where: str) -> dict[str, str] | None:
    """The plain fields of the front matter, or None if it is no mapping (then the lines were only rules)."""
    import yaml

    try:
        # BaseLoader leaves every scalar a string: dates are checked by us and named in our own words.
        facts: Any = yaml.load(source, yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 2}" if mark else ""
        raise InputError(f"{where}: the front matter is no valid YAML{line}") from error
    if facts is None:
        return {}
    if not isinstance(facts, dict):
        return None
    return {str(key).lower(): value.strip() for key, value in facts.items() if isinstance(value, str)}
