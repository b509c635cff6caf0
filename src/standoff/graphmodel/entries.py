"""YAML and JSON with line numbers: in goes the text of a file, out come entries that know where they stand,
so that every complaint names file and line."""

from __future__ import annotations

import difflib
import math
from collections.abc import Collection
from dataclasses import dataclass

import yaml

from standoff.errors import InputError

# Programs write JSON on one line; from this column on the line alone does not help to find a place.
FAR_ALONG = 120
# Nobody nests by hand as deep as this; Python's own limit comes later.
MOST_NESTED = 100


@dataclass(frozen=True)
class Entry:
    """One node of a file."""

    file: str
    node: yaml.Node

    def wrong(self, cause: str) -> InputError:
        """The error to raise about this entry; in a file that is one long line the column is told too."""
        mark = self.node.start_mark
        column = f"{mark.column + 1}:" if mark.column >= FAR_ALONG else ""
        return InputError(f"{self.file}:{mark.line + 1}:{column} {cause}")

    def fields(self, known: Collection[str], needed: Collection[str] = ()) -> dict[str, Entry]:
        """The entry as a mapping. Raises InputError for a field that is unknown, doubled or missing."""
        found = self.mapping()
        for key, entry in found.items():
            if key not in known:
                near = difflib.get_close_matches(key, known, n=1)
                hint = f"did you mean `{near[0]}`?" if near else f"known are {', '.join(sorted(known))}"
                raise entry.wrong(f"unknown field `{key}`; {hint}")
        for key in needed:
            if key not in found:
                raise self.wrong(f"field `{key}` is missing")
        return found

    def mapping(self) -> dict[str, Entry]:
        """The entry as a mapping of any keys."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.wrong("`name: value` fields were expected here")
        found: dict[str, Entry] = {}
        for key_node, value_node in self.node.value:
            key = Entry(self.file, key_node).text()
            if key in found:
                raise Entry(self.file, key_node).wrong(f"`{key}` stands here twice")
            found[key] = Entry(self.file, value_node)
        return found

    def items(self) -> list[Entry]:
        """The entry as a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.wrong("a list was expected here")
        return [Entry(self.file, node) for node in self.node.value]

    @property
    def is_list(self) -> bool:
        return isinstance(self.node, yaml.SequenceNode)

    @property
    def is_text(self) -> bool:
        return isinstance(self.node, yaml.ScalarNode)

    def text(self) -> str:
        if not isinstance(self.node, yaml.ScalarNode) or not str(self.node.value).strip():
            raise self.wrong("a text was expected here")
        value = str(self.node.value)
        if not value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value):
            raise self.wrong("a character is cut in half (a lone surrogate)")
        return value

    def integer(self) -> int:
        try:
            return int(self.text())
        except ValueError:
            raise self.wrong(f"`{self.text()}` is not a whole number") from None

    def number(self) -> float:
        try:
            value = float(self.text())
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise self.wrong(f"`{self.text()}` is not a number")
        return value

    def truth(self) -> bool:
        if self.text() not in ("true", "false"):
            raise self.wrong(f"`{self.text()}` is neither true nor false")
        return self.text() == "true"


def entries(text: str, file: str) -> Entry:
    """The root entry of a YAML text. Raises InputError with the line where it cannot be read, nests too deep or is
    empty."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MOST_NESTED:
                line = event.start_mark.line + 1 if event.start_mark is not None else 1
                raise InputError(f"{file}:{line}: lists and fields are nested more than {MOST_NESTED} deep")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else text.count("\n", 0, getattr(error, "position", 0)) + 1
        raise InputError(f"{file}:{line}: not YAML: {_cause(error)}") from None
    if node is None:
        raise InputError(f"{file}: the file is empty")
    return Entry(file, node)


def _cause(error: yaml.YAMLError) -> str:
    """What the parser says, on one line, with the cure where it is known."""
    cause = " ".join(str(getattr(error, "problem", None) or error).split())
    if "'\\t'" in cause:
        return f"{cause}; write spaces in place of the tab"
    return cause
