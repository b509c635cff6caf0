"""Annotated training reports (YAML files) in; a line per fault and the counts out. Exit code 1 if there is a fault.

    python training/check_reports.py training/reports/*.yaml

A quote is an exact piece of the text; `issue_nth: 2` beside `issue` means its second occurrence.
A field left out is null.
Notes (repeated quotes without `_nth`) are printed too: they stand for the first occurrence, which is often meant.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

Entry = dict[str, Any]

ACTS = {"demand", "commit", "refuse", "support", "oppose"}
ACTOR_KINDS = {
    "state", "government", "opposition", "armed_group", "international_org", "company", "union", "person", "other",
}  # fmt: skip
MEETING_KINDS = {"talks", "meeting", "call", "conference", "summit", "visit", "vote", "hearing", "signing"}
STATUSES = {"planned", "ongoing", "held", "postponed", "cancelled", "failed"}
SECTIONS = ("positions", "preconditions", "meetings")
# Field → whether it must be filled.
QUOTES = {
    "positions": {"holder_words": True, "issue": True, "target_words": False, "evidence": False},
    "preconditions": {"holder_words": True, "requirement": True, "gate": True, "evidence": False},
    "meetings": {"evidence": True},
}
# Words for a party stand nearest to the issue, so repetition is no doubt.
NEAREST = {"holder_words", "target_words"}
ISO_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def quote_faults(entry: Entry, fields: dict[str, bool], text: str) -> Iterator[str]:
    """Quotes that are missing or do not occur often enough."""
    for field, required in fields.items():
        quote = entry.get(field)
        if quote is None:
            if required:
                yield f"no {field}"
        elif not isinstance(quote, str) or text.count(quote) < entry.get(f"{field}_nth", 1):
            yield f"{field} {quote!r} does not occur (often enough)"


def repeated(entry: Entry, fields: dict[str, bool], text: str) -> Iterator[str]:
    """Quotes that occur more than once and do not say which is meant."""
    for field in fields.keys() - NEAREST:
        quote = entry.get(field)
        if isinstance(quote, str) and text.count(quote) > 1 and f"{field}_nth" not in entry:
            yield f"{field} {quote!r} occurs {text.count(quote)} times, the first is taken"


def parties(entry: Entry) -> list[str]:
    """Every actor that an entry names."""
    named = [entry.get(field) for field in ("holder", "target", "stated_by")]
    return [name for name in [*named, *entry.get("participants", [])] if name is not None]


def value_faults(section: str, entry: Entry) -> Iterator[str]:
    """Fields with a value outside their list."""
    if section != "meetings" and entry.get("holder") is None:
        yield "no holder"
    if section == "positions" and entry.get("act") not in ACTS:
        yield f"act {entry.get('act')!r}"
    if section == "positions" and (entry.get("target") is None) != (entry.get("target_words") is None):
        yield "target and target_words go together"
    if section == "meetings":
        if entry.get("kind") not in MEETING_KINDS:
            yield f"kind {entry.get('kind')!r}"
        if entry.get("status") not in STATUSES:
            yield f"status {entry.get('status')!r}"
        for field in ("start", "end"):
            if entry.get(field) is not None and not ISO_DATE.fullmatch(str(entry[field])):
                yield f"{field} {entry[field]!r} is not an ISO date"


def actor_faults(actors: dict[str, Entry], text: str) -> Iterator[str]:
    """Actors of unknown kind, that speak for nobody declared, or with an alias that the text does not use."""
    for name, actor in actors.items():
        if actor.get("kind") not in ACTOR_KINDS:
            yield f"actor {name}: kind {actor.get('kind')!r}"
        if actor.get("of") is not None and actor["of"] not in actors:
            yield f"actor {name}: of {actor['of']!r} is not declared"
        for alias in actor.get("aliases", []):
            if alias not in text:
                yield f"actor {name}: alias {alias!r} does not occur"


def faults(report: Entry) -> Iterator[str]:
    """Everything that is wrong with one report."""
    text, actors = report["text"], report.get("actors") or {}
    if not ISO_DATE.fullmatch(str(report.get("published"))):
        yield f"published {report.get('published')!r} is not an ISO date"
    yield from actor_faults(actors, text)
    for section in SECTIONS:
        for number, entry in enumerate(report.get(section) or [], start=1):
            found = [*value_faults(section, entry), *quote_faults(entry, QUOTES[section], text)]
            found += [f"{name!r} is not declared" for name in parties(entry) if name not in actors]
            yield from (f"{section} {number}: {fault}" for fault in found)


def notes(report: Entry) -> Iterator[str]:
    """What may be meant otherwise."""
    for section in SECTIONS:
        for number, entry in enumerate(report.get(section) or [], start=1):
            yield from (f"{section} {number}: {note}" for note in repeated(entry, QUOTES[section], report["text"]))


def main(paths: list[str]) -> int:
    """Check the files, print faults, notes and counts."""
    counts: Counter[str] = Counter()
    bad = 0
    for path in map(Path, paths):
        try:
            report = yaml.safe_load(path.read_text(encoding="utf-8"))
        except (OSError, yaml.YAMLError) as error:
            print(f"{path}: cannot be read: {' '.join(str(error).split())}")
            bad += 1
            continue
        if not isinstance(report, dict) or not isinstance(report.get("text"), str):
            print(f"{path}: no text")
            bad += 1
            continue
        found = list(faults(report))
        bad += len(found)
        for line in [*found, *(f"note: {note}" for note in notes(report))]:
            print(f"{path}: {line}")
        counts["reports"] += 1
        counts["words"] += len(report["text"].split())
        counts["without entries"] += not any(report.get(section) for section in SECTIONS)
        for section in SECTIONS:
            counts[section] += len(report.get(section) or [])
        counts.update(f"act {entry.get('act')}" for entry in report.get("positions") or [])
    print(", ".join(f"{name} {count}" for name, count in sorted(counts.items())))
    print(f"faults {bad}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
