"""Annotated reports in, examples for the meeting reader out: mentions with marks, and what gold says of them.

Gold quotes the most telling mention of each meeting. Of the mentions in a quote the one that agrees best with the entry
is taken for it; other mentions of the same meeting teach nothing about what is entered.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "src"), str(HERE.parent / "bench")]

from gold import locate, write_expanded  # noqa: E402
from stance_gold import plain  # noqa: E402

from standoff.actors import resolve  # noqa: E402
from standoff.language import parse  # noqa: E402
from standoff.ledger import STATUSES  # noqa: E402
from standoff.reading.dates import read_dates  # noqa: E402
from standoff.reading.layout import lines_of, turns_of  # noqa: E402
from standoff.reading.meetings import days_of  # noqa: E402
from standoff.reading.meetings.lexicon import lexicon  # noqa: E402
from standoff.reading.meetings.trained.days import days_at_hand  # noqa: E402
from standoff.reading.meetings.trained.marks import marks_of, status_marks  # noqa: E402
from standoff.reading.meetings.trained.parties import parties_at_hand  # noqa: E402
from standoff.reading.meetings.trained.told import Told, told  # noqa: E402
from standoff.reading.meetings.triggers import WIDE  # noqa: E402
from standoff.reading.places import read_places  # noqa: E402
from standoff.reading.speakers import attributed  # noqa: E402
from standoff.reading.statements import encode  # noqa: E402
from standoff.reading.turn_speakers import with_turn_speakers  # noqa: E402
from standoff.reading.unnamed import with_unnamed_sources  # noqa: E402

NEITHER = -1
Json = dict[str, Any]


@dataclass(frozen=True)
class Annotated:
    """A report with its gold in the scorer's form; part: the folder that it stands in, or "invented"."""

    id: str
    part: str
    text: str
    published: str | None
    gold: Json


@dataclass
class Entered:
    """A mention that gold enters: marks of its status, of the days and of the actors at hand, and which are right."""

    status_marks: list[str]
    status: int
    days: list[list[str]]
    right_days: list[bool]
    parties: list[list[str]]
    take_part: list[bool]


@dataclass
class Example:
    """A report's mentions. labels: 1 entered, 0 not, NEITHER."""

    id: str
    part: str
    report: Told
    marks: list[list[str]]
    labels: list[int]
    entered: list[Entered] = field(default_factory=list)


def from_stand_off(folder: Path, corpus: Path) -> Iterator[Annotated]:
    """The reports of a folder of stand-off gold, with their texts from the corpus."""
    records = {record["id"]: record for record in map(json.loads, corpus.read_text("utf-8").splitlines())}
    with tempfile.TemporaryDirectory() as work:
        write_expanded(folder, corpus, Path(work))
        for path in sorted(Path(work).glob("*.json")):
            gold = json.loads(path.read_text("utf-8"))
            record = records[gold["id"]]
            yield Annotated(gold["id"], folder.name, record["text"], record["published"], gold)


def from_reports(folder: Path) -> Iterator[Annotated]:
    """The invented reports of a folder. Raises GoldError for a quote that is not in its text."""
    for path in sorted(folder.glob("*.yaml")):
        data = yaml.safe_load(path.read_text("utf-8"))
        actors = {name: {"of": None, **actor} for name, actor in (data["actors"] or {}).items()}
        gold: Json = {"actors": actors, "meetings": []}
        for item in data.get("meetings") or ():
            start, end = locate(data["text"], item["evidence"], item.get("evidence_nth") or 1)
            days = {name: None if item.get(name) is None else str(item[name]) for name in ("start", "end")}
            gold["meetings"].append({"place": None, **item, **days, "evidence": {"start": start, "end": end}})
        yield Annotated(path.stem, "invented", data["text"], str(data["published"]), gold)


def told_of(report: Annotated) -> Told:
    """A report read as far as its meetings need."""
    parsed = parse(report.text)
    actors = with_turn_speakers(resolve(parsed), turns_of(report.text, lines_of(report.text)))
    actors = with_unnamed_sources(parsed, actors, attributed(parsed, encode(report.text)))
    return told(parsed, actors, read_dates(parsed, report.published), read_places(parsed), report.published)


def example_of(report: Annotated) -> Example:
    """Read a report, and lay its annotation over the mentions."""
    read = told_of(report)
    chosen, unclear = _chosen(read, report.gold)
    labels = [1 if k in chosen else NEITHER if k in unclear else 0 for k in range(len(read.mentions))]
    marks = [marks_of(read, k) for k in range(len(read.mentions))]
    example = Example(report.id, report.part, read, marks, labels)
    for number, meeting in chosen.items():
        days, parties = days_at_hand(read, number), parties_at_hand(read, number)
        right = {actor for name in meeting["participants"] for actor in _called(read, report.gold, name)}
        example.entered.append(
            Entered(
                [*marks[number], *status_marks(read, number)], STATUSES.index(meeting["status"]),
                list(days.values()), [same_day(meeting["start"], day[0]) for day in days],
                list(parties.values()), [actor in right for actor in parties],
            )
        )  # fmt: skip
    return example


def same_day(gold: str | None, day: str | None) -> bool:
    """Whether a day is gold's, or more exact."""
    return gold == day or bool(gold and day and day.startswith(gold))


def _called(read: Told, gold: Json, name: str) -> frozenset[str]:
    """The actors of a report that gold's actor, or whom it speaks for, may be, as the scorer compares them."""
    accepted: set[str] = set()
    seen: list[str] = []
    at: str | None = name
    while at is not None and at in gold["actors"] and at not in seen:
        seen.append(at)
        accepted |= {plain(alias) for alias in (at, *gold["actors"][at]["aliases"])}
        at = gold["actors"][at].get("of")
    actors = read.actors
    return frozenset(
        a.id for a in actors.actors if any(plain(actors.get(up).name) in accepted for up in actors.chain(a.id))
    )


def _chosen(read: Told, gold: Json) -> tuple[dict[int, Json], set[int]]:
    """The mention of each entry of gold, by number, and the mentions that may be of the same meetings."""
    chosen: dict[int, Json] = {}
    unclear: set[int] = set()
    mentions = range(len(read.mentions))
    parties = [[_called(read, gold, name) for name in meeting["participants"]] for meeting in gold["meetings"]]
    for meeting, named in zip(gold["meetings"], parties, strict=True):
        first, last = meeting["evidence"]["start"], meeting["evidence"]["end"]
        inside = [k for k in mentions if first <= read.token(read.mentions[k].trigger.index).start < last]
        if not inside:
            continue
        best = max(inside, key=lambda k: (_agreement(read, k, meeting, named), -k))
        chosen.setdefault(best, meeting)
        unclear.update(k for k in inside if k != best)
    for k in mentions:
        for meeting, named in zip(gold["meetings"], parties, strict=True):
            day, place, company = _shared(read, k, meeting, named)
            if (day and meeting["start"] and (place or company)) or (place and company):
                unclear.add(k)
    return chosen, unclear


def _shared(read: Told, number: int, meeting: Json, named: list[frozenset[str]]) -> tuple[bool, bool, float]:
    """Whether a mention, by the rules, has the day and place of an entry, and the F1 of its parties."""
    mention = read.mentions[number]
    day = days_of(mention.date)[0] if mention.date else None
    here, there = (mention.place.name if mention.place else "").casefold(), (meeting["place"] or "").casefold()
    right = sum(any(actor in ours for actor in mention.participants) for ours in named)
    company = 2 * right / max(1, len(named) + len(mention.participants))
    return same_day(meeting["start"], day), bool(here and there and (here in there or there in here)), company


def _agreement(read: Told, number: int, meeting: Json, named: list[frozenset[str]]) -> float:
    """How well a mention of the quote fits the entry."""
    mention = read.mentions[number]
    classes = lexicon().classes
    day, place, company = _shared(read, number, meeting, named)
    kind = classes.get(meeting["kind"], "talks") == classes[mention.kind]
    rules = mention.trigger.by != WIDE
    dated = day and meeting["start"] is not None
    return 2 * dated + place + company + kind + 2 * rules + (mention.status == meeting["status"])
