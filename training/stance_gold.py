"""Annotated reports in, examples for the stance reader out: windows with features and targets, piece by piece.

Two kinds of annotation: stand-off files of the news stream (`bench/gold`, offsets only, the texts lie elsewhere), and
invented reports (`training/reports`, text and quotes in one YAML file).
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

sys.path[:0] = [str(Path(__file__).parent.parent / "src")]

from standoff.actors import resolve  # noqa: E402
from standoff.language import parse  # noqa: E402
from standoff.ledger import ACTS  # noqa: E402
from standoff.reading.dates import read_dates  # noqa: E402
from standoff.reading.speakers import read_statements  # noqa: E402
from standoff.reading.stances.features import Features, features_of, piece_slice  # noqa: E402
from standoff.reading.statements import encode  # noqa: E402
from standoff.reading.statements.windows import Reading  # noqa: E402
from standoff.reading.voices import voices_of  # noqa: E402

IGNORED = -100
Range = tuple[int, int]
Ints = NDArray[np.int64]
Links = list[tuple[int, list[list[int]]]]


@dataclass
class Annotated:
    """A text with its annotation as character spans; `holders`, `targets`: the words that name them nearest by."""

    id: str
    published: str | None
    text: str
    issues: list[dict[str, Any]] = field(default_factory=list)
    conditions: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Window:
    """One window of a report: inputs, and targets over its own pieces (IGNORED elsewhere). Position 0 is CLS.

    links: for each of the four links, the rows that have it and the groups of positions that it leads to.
    """

    id: str
    lower: NDArray[np.float16]
    mentions: Ints
    frames: Ints
    roles: Ints
    relations: NDArray[np.uint8]
    tags: Ints
    acts: Ints
    conditions: Ints
    links: list[Links]


def from_stand_off(folder: Path, corpus: Path) -> Iterator[Annotated]:
    """The reports of a folder of stand-off gold, with their texts from the corpus."""
    records = {}
    for line in corpus.read_text("utf-8").splitlines():
        record = json.loads(line)
        records[record["id"]] = record
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        text = records[gold["id"]]["text"]
        found = Annotated(gold["id"], gold["published"], text)
        for item in gold["positions"]:
            found.issues.append(
                {
                    "issue": tuple(item["issue"]), "act": item["act"], "asked": item["target"] is not None,
                    "holder": item.get("holder_words"), "target": item.get("target_words"),
                }
            )  # fmt: skip
        for item in gold["preconditions"]:
            found.conditions.append(
                {name: item.get(name) for name in ("requirement", "gate")} | {"holder": item.get("holder_words")}
            )
        yield found


def from_reports(folder: Path) -> Iterator[Annotated]:
    """The invented reports of a folder. Raises ValueError, naming the file, for a quote that is not in its text."""
    for path in sorted(folder.glob("*.yaml")):
        data = yaml.safe_load(path.read_text("utf-8"))
        text = data["text"]
        found = Annotated(path.stem, str(data["published"]), text)
        for item in data["positions"] or ():
            issue = _quote(path, text, item, "issue")
            found.issues.append(
                {
                    "issue": issue, "act": item["act"], "asked": item.get("target") is not None,
                    "holder": _words(text, item, "holder_words", issue),
                    "target": _words(text, item, "target_words", issue),
                }
            )  # fmt: skip
        for item in data["preconditions"] or ():
            gate = _quote(path, text, item, "gate")
            found.conditions.append(
                {
                    "requirement": _quote(path, text, item, "requirement"), "gate": gate,
                    "holder": _words(text, item, "holder_words", gate),
                }
            )  # fmt: skip
        yield found


def _quote(path: Path, text: str, item: dict[str, Any], name: str) -> Range:
    start = -1
    for _ in range(item.get(f"{name}_nth") or 1):
        start = text.find(item[name], start + 1)
        if start < 0:
            raise ValueError(f"{path}: {name} is not in the text: {item[name]!r}")
    return start, start + len(item[name])


def _words(text: str, item: dict[str, Any], name: str, near: Range) -> Range | None:
    """The occurrence that the file numbers, else the nearest in the sentence, else the last one before it."""
    words = item.get(name)
    if not words:
        return None
    if item.get(f"{name}_nth"):
        start = -1
        for _ in range(item[f"{name}_nth"]):
            start = text.find(words, start + 1)
        return (start, start + len(words)) if start >= 0 else None
    starts = [match.start() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    first = max(text.rfind("\n", 0, near[0]), text.rfind(". ", 0, near[0])) + 1
    ends = [end for end in (text.find("\n", near[1]), text.find(". ", near[1])) if end >= 0]
    inside = [start for start in starts if first <= start < min(ends, default=len(text))]
    before = [start for start in starts if start < near[0]]
    if inside:
        start = min(inside, key=lambda s: abs(s - near[0]))
    elif before or starts:
        start = before[-1] if before else starts[0]
    else:
        return None
    return start, start + len(words)


def windows_of(report: Annotated) -> list[Window]:
    """Read a report as far as its statements, and lay its annotation over the windows."""
    parsed = parse(report.text)
    actors = resolve(parsed)
    encoding = encode(report.text)
    pieces = encoding.pieces
    statements = read_statements(parsed, actors, read_dates(parsed, report.published), encoding)
    voices = voices_of(parsed, actors, statements)
    features = features_of(parsed, actors, statements, voices, pieces)

    def numbers(span: Any) -> Range | None:
        if span is None:
            return None
        inside = piece_slice(pieces, *span)
        return (inside.start, inside.stop) if inside.stop > inside.start else None

    count = len(pieces)
    tags, conditions = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    acts = np.full(count, IGNORED, dtype=np.int64)
    links: list[dict[int, list[Range | None]]] = [{}, {}, {}, {}]
    joined: dict[Range, list[dict[str, Any]]] = {}
    for item in report.issues:
        if (place := numbers(item["issue"])) is not None:
            joined.setdefault(place, []).append(item)
    for (first, last), items in joined.items():
        if tags[first:last].any():
            continue  # one of two overlapping issues; a tag is one
        tags[first], tags[first + 1 : last] = 1, 2
        acts[first:last] = ACTS.index(items[0]["act"])
        holders = sorted({place for item in items if (place := numbers(item["holder"]))})
        targets: list[Range | None] = sorted({place for item in items if (place := numbers(item["target"]))})
        if not targets or not all(item["asked"] for item in items):
            targets = [*targets, None]
        for row in range(first, last):
            if holders:
                links[0][row] = list(holders)
            links[1][row] = targets
    for item in report.conditions:
        requirement, gate = numbers(item["requirement"]), numbers(item["gate"])
        for place, begin in ((requirement, 1), (gate, 3)):
            if place is not None and not conditions[slice(*place)].any():
                conditions[place[0]], conditions[place[0] + 1 : place[1]] = begin, begin + 1
        if requirement is not None and gate is not None:
            for row in range(*requirement):
                links[3][row] = [gate]
                if (holder := numbers(item["holder"])) is not None:
                    links[2][row] = [holder]
    return [_window(report.id, features, reading, (tags, acts, conditions), links) for reading in encoding.readings]


def _window(
    name: str, features: Features, reading: Reading, targets: tuple[Ints, Ints, Ints],
    links: list[dict[int, list[Range | None]]],
) -> Window:  # fmt: skip
    shown, owned, end = reading.shown, reading.owned, reading.end

    def own(values: Ints) -> Ints:
        inside = np.where(np.arange(shown, end) >= owned, values[shown:end], IGNORED)
        return np.pad(inside, 1, constant_values=IGNORED)

    def positions(place: Range | None) -> list[int]:
        inside = range(max(place[0], shown), min(place[1], end)) if place else ()
        return [number - shown + 1 for number in inside] or [0]

    found: list[Links] = [
        [(row - shown + 1, [positions(p) for p in link[row]]) for row in range(owned, end) if row in link]
        for link in links
    ]
    inputs = (np.pad(values[shown:end], 1) for values in (features.mentions, features.frames, features.roles))
    return Window(name, reading.lower, *inputs, features.relations(shown, end), *map(own, targets), found)
