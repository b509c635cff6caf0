"""Annotated reports in, examples for the judge of preconditions out: what the rules read, in marks, and what is right.

The annotation is that of `stance_gold.py`: stand-off files of the news stream and invented reports.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent / "src")]

from stance_gold import UNSURE, Annotated, Range, accepted, names_right  # noqa: E402

from standoff.actors import ActorTable, resolve  # noqa: E402
from standoff.language import Parse, parse  # noqa: E402
from standoff.ledger import Statement  # noqa: E402
from standoff.reading.conditions.marks import marks_of_condition  # noqa: E402
from standoff.reading.dates import read_dates  # noqa: E402
from standoff.reading.layout import lines_of, turns_of  # noqa: E402
from standoff.reading.preconditions import read_preconditions  # noqa: E402
from standoff.reading.relevance import is_negotiation  # noqa: E402
from standoff.reading.speakers import attributed, with_speakers  # noqa: E402
from standoff.reading.stances.surroundings import overlap, surroundings  # noqa: E402
from standoff.reading.statements import encode  # noqa: E402
from standoff.reading.turn_speakers import with_turn_speakers  # noqa: E402
from standoff.reading.unnamed import with_unnamed_sources  # noqa: E402
from standoff.reading.voices import voices_of  # noqa: E402


@dataclass
class Conditioned(Annotated):
    """A text with its preconditions: requirement and holder."""

    conditions: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Example:
    """What the rules read in a report. marks: of each entry; required: whether the requirement is one of gold's;
    right: whether the holder is gold's too. wanted: how many preconditions gold has."""

    id: str
    marks: list[list[str]]
    required: list[bool]
    right: list[bool]
    wanted: int
    invented: bool


def from_stand_off(folder: Path, corpus: Path) -> Iterator[Conditioned]:
    """The reports of a folder of stand-off gold, with their texts from the corpus."""
    records = {}
    for line in corpus.read_text("utf-8").splitlines():
        record = json.loads(line)
        records[record["id"]] = record
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        text = records[gold["id"]]["text"]
        called = {
            name: ([name, *(text[a:b] for a, b in actor["mentions"])], actor.get("of"))
            for name, actor in gold["actors"].items()
        }
        yield Conditioned(
            gold["id"], gold["published"], text, names=accepted(called),
            conditions=[
                {"holder": item["holder"], "requirement": tuple(item["requirement"])} for item in gold["preconditions"]
            ],
        )  # fmt: skip


def from_reports(folder: Path) -> Iterator[Conditioned]:
    """The invented reports of a folder. Raises ValueError, naming the file, for a quote that is not in its text."""
    for path in sorted(folder.glob("*.yaml")):
        data = yaml.safe_load(path.read_text("utf-8"))
        called = {
            name: ([name, *actor["aliases"]], actor.get("of")) for name, actor in (data["actors"] or {}).items()
        }
        text = data["text"]
        found = Conditioned(path.stem, str(data["published"]), text, names=accepted(called), invented=True)
        for item in data["preconditions"] or ():
            found.conditions.append({"holder": item["holder"], "requirement": _quote(path, text, item)})
        yield found


def _quote(path: Path, text: str, item: dict[str, Any]) -> Range:
    start = -1
    for _ in range(item.get("requirement_nth") or 1):
        start = text.find(item["requirement"], start + 1)
        if start < 0:
            raise ValueError(f"{path}: requirement is not in the text: {item['requirement']!r}")
    return start, start + len(item["requirement"])


def example_of(report: Conditioned) -> Example:
    """Read a report as `standoff.reading.read` does, up to its preconditions, and compare them with its annotation."""
    parsed = parse(report.text)
    actors = with_turn_speakers(resolve(parsed, ()), turns_of(report.text, lines_of(report.text)))
    attributions = attributed(parsed, encode(report.text))
    actors = with_unnamed_sources(parsed, actors, attributions)
    statements = with_speakers(parsed, actors, read_dates(parsed, report.published), attributions)
    return compared(report, parsed, actors, statements)


def compared(report: Conditioned, parsed: Parse, actors: ActorTable, statements: tuple[Statement, ...]) -> Example:
    """The rules' preconditions of a reading beside the annotation; none where the report is about no negotiation."""
    around = surroundings(parsed, voices_of(parsed, actors, statements), statements)
    rules = read_preconditions(parsed, actors, statements) if is_negotiation(parsed) else ()
    required, right = [], []
    for rule in rules:
        same = [item for item in report.conditions if overlap(item["requirement"], rule.requirement) >= UNSURE]
        required.append(bool(same))
        right.append(any(_held(report, actors, rule.holder, item["holder"]) for item in same))
    marks = [marks_of_condition(around, rule) for rule in rules]
    return Example(report.id, marks, required, right, len(report.conditions), report.invented)


def _held(report: Conditioned, actors: ActorTable, holder: str, named: str) -> bool:
    return names_right(actors, report.text, holder, report.names.get(named, frozenset()))
