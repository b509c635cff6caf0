"""Annotated reports in, examples for the stance reader out: candidates with marks, encoder rows and right answers.

Two kinds of annotation: stand-off files of the news stream (`bench/gold`, offsets only, the texts lie elsewhere), and
invented reports (`training/reports`, text and quotes in one YAML file).
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

sys.path[:0] = [str(Path(__file__).parent.parent / "src")]

from standoff.actors import ActorTable, resolve  # noqa: E402
from standoff.language import Parse, parse  # noqa: E402
from standoff.ledger import ACTS  # noqa: E402
from standoff.reading.dates import read_dates  # noqa: E402
from standoff.reading.speakers import read_statements  # noqa: E402
from standoff.reading.stances.candidates import candidates  # noqa: E402
from standoff.reading.stances.marks import marks_of  # noqa: E402
from standoff.reading.stances.parties import marks_of_nobody, parties_around  # noqa: E402
from standoff.reading.stances.referents import Phrase, Referent, phrase_name  # noqa: E402
from standoff.reading.stances.states import rows_of  # noqa: E402
from standoff.reading.stances.surroundings import overlap, surroundings  # noqa: E402
from standoff.reading.statements import encode  # noqa: E402
from standoff.reading.voices import voices_of  # noqa: E402

SURE, LEAST, UNSURE = 0.75, 0.5, 0.3
"""A candidate is an issue from SURE on, the best one from LEAST on; from UNSURE on it teaches nothing either way."""
NEITHER = -1
WORDS = ("holder_words", "target_words")
Range = tuple[int, int]


@dataclass
class Annotated:
    """A text with its issues; names: what each actor, and whom it speaks for, may be called (in small letters)."""

    id: str
    published: str | None
    text: str
    issues: list[dict[str, Any]] = field(default_factory=list)
    names: dict[str, frozenset[str]] = field(default_factory=dict)
    invented: bool = False


@dataclass
class PartyChoice:
    """The parties around one issue: the marks of each, and which of them is right. In `asked` the last is nobody."""

    holders: list[list[str]]
    held_by: list[bool]
    asked: list[list[str]]
    asked_of: list[bool] | None


@dataclass
class Example:
    """A report's candidates. labels: 1 an issue, 0 none, NEITHER; acts: index in ACTS, or NEITHER."""

    id: str
    marks: list[list[str]]
    rows: NDArray[np.float16]
    labels: NDArray[np.int8]
    acts: NDArray[np.int8]
    choices: list[PartyChoice]
    invented: bool


def from_stand_off(folder: Path, corpus: Path) -> Iterator[Annotated]:
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
        found = Annotated(gold["id"], gold["published"], text, names=accepted(called))
        for item in gold["positions"]:
            words = {name: item.get(name) for name in WORDS}
            found.issues.append({**item, "issue": tuple(item["issue"]), **words})
        yield found


def from_reports(folder: Path) -> Iterator[Annotated]:
    """The invented reports of a folder. Raises ValueError, naming the file, for a quote that is not in its text."""
    for path in sorted(folder.glob("*.yaml")):
        data = yaml.safe_load(path.read_text("utf-8"))
        called = {
            name: ([name, *actor["aliases"]], actor.get("of")) for name, actor in (data["actors"] or {}).items()
        }
        found = Annotated(path.stem, str(data["published"]), data["text"], names=accepted(called), invented=True)
        for item in data["positions"] or ():
            issue = _quote(path, data["text"], item)
            words = {name: _words(data["text"], item, name, issue) for name in WORDS}
            found.issues.append({**item, "issue": issue, "target": item.get("target"), **words})
        yield found


def accepted(called: dict[str, tuple[list[str], str | None]]) -> dict[str, frozenset[str]]:
    """For each actor its own names and those of all up its `of`."""
    found = {}
    for first in called:
        names: set[str] = set()
        seen: list[str] = []
        at: str | None = first
        while at is not None and at in called and at not in seen:
            seen.append(at)
            names |= {plain(name) for name in called[at][0]}
            at = called[at][1]
        found[first] = frozenset(names)
    return found


def plain(name: str) -> str:
    """A name as the scorer compares it."""
    return name.casefold().removeprefix("the ")


def _quote(path: Path, text: str, item: dict[str, Any]) -> Range:
    start = -1
    for _ in range(item.get("issue_nth") or 1):
        start = text.find(item["issue"], start + 1)
        if start < 0:
            raise ValueError(f"{path}: issue is not in the text: {item['issue']!r}")
    return start, start + len(item["issue"])


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


def example_of(report: Annotated) -> Example:
    """Read a report as far as its statements, and lay its annotation over the candidates."""
    parsed = parse(report.text)
    actors, encoding = resolve(parsed), encode(report.text)
    statements = read_statements(parsed, actors, read_dates(parsed, report.published), encoding)
    voices = voices_of(parsed, actors, statements)
    around = surroundings(parsed, voices, statements)
    found = candidates(parsed)
    issues = list(dict.fromkeys(item["issue"] for item in report.issues))
    shares = np.array([[overlap(issue, c.span) for issue in issues] for c in found]).reshape(len(found), len(issues))
    labels, acts = np.zeros(len(found), dtype=np.int8), np.full(len(found), NEITHER, dtype=np.int8)
    nearest = shares.argmax(axis=1) if issues else np.zeros(len(found), dtype=np.int64)
    if issues and found:
        most = shares.max(axis=1)
        labels[most >= UNSURE] = NEITHER
        labels[most >= SURE] = 1
        best = shares.argmax(axis=0)
        labels[best[shares.max(axis=0) >= LEAST]] = 1
    choices = []
    for k in np.flatnonzero(labels == 1).tolist():
        items = [item for item in report.issues if item["issue"] == issues[nearest[k]]]
        acts[k] = ACTS.index(items[0]["act"])
        at_hand = parties_around(around, found[k])
        holders = frozenset().union(*(report.names.get(item["holder"], frozenset()) for item in items))
        named = frozenset().union(*(_named(parsed, actors, item["holder_words"], at_hand) for item in items))
        asked_of = None
        if items[0]["act"] == "demand":
            targets = {item["target"] for item in items}
            wanted = frozenset().union(*(report.names.get(t, frozenset()) for t in targets if t))
            told = frozenset().union(*(_named(parsed, actors, item["target_words"], at_hand) for item in items))
            right = [who in told or names_right(actors, report.text, who, wanted) for who in at_hand]
            asked_of = [*right, None in targets]
        choices.append(
            PartyChoice(
                list(at_hand.values()),
                [who in named or names_right(actors, report.text, who, holders) for who in at_hand],
                [*at_hand.values(), marks_of_nobody(around, found[k])], asked_of,
            )  # fmt: skip
        )
    rows = rows_of(around, encoding, found).astype(np.float16)
    return Example(report.id, [marks_of(around, c) for c in found], rows, labels, acts, choices, report.invented)


def _named(
    parsed: Parse, actors: ActorTable, words: Range | None, at_hand: Iterable[Referent]
) -> frozenset[Referent]:
    """The parties that the words for a holder or target name, whatever the actors call them."""
    if words is None:
        return frozenset()
    actor = actors.actor_at(*words)
    phrases = {who for who in at_hand if isinstance(who, Phrase) and overlap(who.span, tuple(words)) >= LEAST}
    return frozenset(phrases) | frozenset(actors.parties_of(actor) if actor else ())


def names_right(actors: ActorTable, text: str, who: Referent, names: frozenset[str]) -> bool:
    if isinstance(who, Phrase):
        return plain(phrase_name(text, who)) in names
    members = actors.members.get(who, (who,))
    return any(plain(actors.get(up).name) in names for one in members for up in actors.chain(one))
