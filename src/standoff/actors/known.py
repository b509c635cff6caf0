"""The user's own actors: a YAML file goes in; known actors come out."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from standoff.errors import InputError
from standoff.ledger import ACTOR_KINDS

FIELDS = frozenset({"name", "kind", "aliases", "of", "wikidata", "iso3"})


@dataclass(frozen=True, slots=True)
class KnownActor:
    """An actor that the user names. `of`: the name of the actor that it speaks for or is a part of."""

    name: str
    kind: str = "other"
    aliases: tuple[str, ...] = ()
    of: str | None = None
    wikidata: str | None = None
    iso3: str | None = None


def load_known(path: str | Path) -> tuple[KnownActor, ...]:
    """Read an actors file: a list of actors, or a mapping with the list under `actors` (see docs/actors.md).

    Raises InputError, naming the file and the cause, if it cannot be read or an entry is wrong.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: no UTF-8 text ({error.reason} at byte {error.start})") from error
    return parse_known(text, str(path))


def parse_known(text: str, where: str) -> tuple[KnownActor, ...]:
    """The actors of a file's text; `where` is named in what is wrong with it (InputError)."""
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise InputError(f"{where}: no YAML ({' '.join(str(error).split())})") from error
    if isinstance(data, dict):
        data = data.get("actors")
    if not isinstance(data, list):
        raise InputError(f"{where}: no list of actors")
    return tuple(_actor(item, f"{where}: actor {number}") for number, item in enumerate(data, 1))


def _actor(item: Any, where: str) -> KnownActor:
    if not isinstance(item, dict):
        raise InputError(f"{where}: is no mapping with a name")
    unknown = sorted(str(key) for key in item if key not in FIELDS)
    if unknown:
        raise InputError(f"{where}: unknown field {unknown[0]!r} (known: {', '.join(sorted(FIELDS))})")
    name = item.get("name")
    if not isinstance(name, str) or not name.strip():
        raise InputError(f"{where}: has no name")
    kind = item.get("kind", "other")
    if kind not in ACTOR_KINDS:
        raise InputError(f"{where} ({name}): kind {kind!r} is none of {', '.join(ACTOR_KINDS)}")
    aliases = item.get("aliases") or []
    if not isinstance(aliases, list) or not all(isinstance(alias, str) and alias.strip() for alias in aliases):
        raise InputError(f"{where} ({name}): aliases is no list of texts")
    for field in ("of", "wikidata", "iso3"):
        if item.get(field) is not None and not isinstance(item[field], str):
            raise InputError(f"{where} ({name}): {field} is no text")
    return KnownActor(
        name.strip(), kind, tuple(" ".join(alias.split()) for alias in aliases), item.get("of"), item.get("wikidata"),
        item.get("iso3"),
    )  # fmt: skip
