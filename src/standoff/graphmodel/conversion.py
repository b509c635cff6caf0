"""A conflict from one file format to the other: two paths in, the second file and what it cannot say out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from standoff.errors import InputError
from standoff.graphmodel.conflict import Conflict, Prioritised, Ranked, Weighted
from standoff.graphmodel.entries import Entry, entries
from standoff.graphmodel.files import read_conflict, read_text, replace_text, write_conflict
from standoff.graphmodel.yaml_format import is_uncertain, read_yaml, write_yaml
from standoff.graphmodel.yaml_names import GROUNDS, PARTY, TOP, listed

_SUFFIXES = (".yaml", ".yml", ".gmcr")
# What a file may say beside the conflict, under which field, in words.
_BESIDE = {
    "today": "where things stand today",
    "hypergame": "how parties see the conflict (hypergame)",
    "definitions": "the names of definitions (what they stand for is written out)",
    "source": "the source",
    "note": "the note",
    "left_out": "what the draft left out",
    "derived": "what makes a draft follow its case",
}


def convert(source: Path, target: Path) -> tuple[Conflict, list[str]]:
    """Writes the conflict in `source` to `target`; the suffixes tell the formats. Gives what is lost on the way, a line
    each. From YAML to YAML the text is taken as it is, once it has been read without complaint.

    Raises InputError for a suffix that is none of a conflict's, for a file that cannot be read, for what a `.gmcr` file
    must not lose (irreversible moves between conditions, collapsed states), and if `target` cannot be written.
    """
    if target.suffix.lower() not in _SUFFIXES:
        raise InputError(f"{target}: the suffix tells the format; known are {', '.join(_SUFFIXES)}")
    conflict = read_conflict(source)
    if source.suffix.lower() == ".gmcr":
        if target.suffix.lower() != ".gmcr":
            try:
                read_yaml(write_yaml(conflict), str(target))
            except InputError as error:
                raise InputError(f"{source}: it would make a file that is refused: {error}") from None
        write_conflict(conflict, target)
        return conflict, []
    text = read_text(source)
    if target.suffix.lower() == ".gmcr":
        lost = list(_lost(conflict, entries(text, str(source))))
        write_conflict(conflict, target)
        return conflict, lost
    replace_text(target, text)
    return conflict, []


def _lost(conflict: Conflict, root: Entry) -> Iterator[str]:
    """What a `.gmcr` file cannot say of a conflict and of what its YAML file says beside it."""
    top = root.fields(TOP)
    parties = [entry.fields(PARTY) for entry in top["decision_makers"].items()]
    yield from (words for field, words in _BESIDE.items() if field in top)
    if any("attitudes" in party for party in parties):
        yield "attitudes"
    statements = [one for party in parties for one in listed(party, "statements")]
    if any(is_uncertain(one) for one in statements):
        yield "which statements are uncertain"
    items = [*statements, *(one for party in parties for one in listed(party, "options")), *listed(top, "infeasible")]
    if any(not one.is_text and set(GROUNDS) & one.mapping().keys() for one in items):
        yield "what options, statements and conditions rest on (keys, entries, notes)"
    preferences = [party.preference for party in conflict.decision_makers]
    if any(_strong(one) for one in preferences):
        yield "which preferences are strong"
    if any(isinstance(one, Weighted) for one in preferences):
        yield "weights (the order they give is kept)"
    if any(isinstance(one, Prioritised) for one in preferences) and not all(
        isinstance(one, Prioritised) for one in preferences
    ):
        yield "that statements count and not the rankings made of them (one switch for all parties)"


def _strong(preference: Prioritised | Ranked | Weighted) -> bool:
    match preference:
        case Prioritised(_, strong):
            return strong > 0
        case Ranked(_, gaps):
            return bool(gaps)
        case Weighted(_, strong_from):
            return strong_from is not None
