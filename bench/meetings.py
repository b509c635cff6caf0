"""Score the meetings of reports against gold by the scorer's own functions, and list what is missed and wrong.

Usage: meetings.py GOLD_DIR SCORER.py REPORTS.jsonl [SEED.txt]      scores and errors
       meetings.py --show REPORTS.jsonl N SEED_NUMBER               the meetings of N random reports that speak of talks
"""

import importlib.util
import json
import random
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from standoff.actors import resolve
from standoff.language import parse
from standoff.ledger import Ledger
from standoff.reading.dates import read_dates
from standoff.reading.meetings import read_meetings
from standoff.reading.places import read_places
from standoff.report import Report

TALKS = re.compile(r"\b(?:talks|negotiat\w+|summit|met with)\b")


def ledger_of(report: Report) -> Ledger:
    """A ledger with actors and meetings alone."""
    parsed = parse(report.text)
    actors = resolve(parsed)
    dates = read_dates(parsed, report.published)
    meetings = read_meetings(parsed, actors, dates, read_places(parsed), report.published)
    return Ledger(report, actors.actors, meetings=meetings)


def line(ledger: Ledger, meeting: Any) -> str:
    """One meeting as one line."""
    names = [ledger.actor(p).name for p in meeting.participants]  # type: ignore[union-attr]
    days = f"{meeting.start}..{meeting.end}" if meeting.end else meeting.start
    told = f"{meeting.kind} {names} {meeting.place} {days} {meeting.status} [{meeting.by}]"
    return f"{told} {ledger.quote(meeting.evidence)!r}"


def scorer(path: Path) -> ModuleType:
    """The scorer as a module."""
    spec = importlib.util.spec_from_file_location("score_ledger", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def reports(path: Path) -> dict[str, Report]:
    """Reports of a JSON Lines file by id."""
    return {(r := Report.from_json(json.loads(text))).id: r for text in path.read_text().splitlines()}


def score(gold_dir: Path, scores: ModuleType, known: dict[str, Report], seed: Path | None) -> None:
    """Print errors, then precision, recall and F1, lenient and strict."""
    counts = {"lenient": [0, 0, 0], "strict": [0, 0, 0]}
    for path in sorted(gold_dir.glob("*.json")):
        gold = json.loads(path.read_text())
        report = known.get(gold["id"])
        if report is None and seed is not None:
            report = Report(gold["id"], seed.read_text(), published=gold["published"])
        if report is None:
            continue
        ledger = ledger_of(report)
        data = ledger.to_json()
        print("==", gold["id"], report.published)
        for mode, count in counts.items():
            make = scores.meeting_score(scores.Names(gold, data), mode == "strict")
            hits = scores.pairs(gold["meetings"], data["meetings"], make)
            for k, n in enumerate((len(hits), len(gold["meetings"]), len(data["meetings"]))):
                count[k] += n
            if mode == "strict":
                hit = {id(x) for pair in hits for x in pair}
                for g in gold["meetings"]:
                    mark = "  " if id(g) in hit else "M "
                    print(
                        mark,
                        g["kind"],
                        g["participants"],
                        g["place"],
                        g["start"],
                        g["status"],
                        "|",
                        g["evidence"]["quote"][:90],
                    )
                for s, meeting in zip(data["meetings"], ledger.meetings, strict=True):
                    print("+ " if id(s) in hit else "W ", line(ledger, meeting))
    for mode, count in counts.items():
        print(mode, scores.prf(*count))


def show(known: dict[str, Report], number: int, seed: int) -> None:
    """Print the meetings of random reports that speak of talks."""
    about = [r for r in known.values() if len(TALKS.findall(r.text)) >= 3]
    for report in random.Random(seed).sample(sorted(about, key=lambda r: r.id), number):
        ledger = ledger_of(report)
        print("==", report.id, report.published)
        for meeting in ledger.meetings:
            print("  ", line(ledger, meeting))


if __name__ == "__main__":
    if sys.argv[1] == "--show":
        show(reports(Path(sys.argv[2])), int(sys.argv[3]), int(sys.argv[4]))
    else:
        gold, scorer_path, jsonl, *rest = (Path(a) for a in sys.argv[1:])
        score(gold, scorer(scorer_path), reports(jsonl), rest[0] if rest else None)
