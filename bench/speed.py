"""Words per second of each stage of the reading, in one run, and the share of each; the parse alone is the yardstick.

Usage: python bench/speed.py REPORTS.jsonl [--number N]
"""

import argparse
import json
import resource
import time
from collections import Counter
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import TypeVar

from standoff import Report
from standoff.actors import resolve
from standoff.language import parse
from standoff.reading.dates import read_dates
from standoff.reading.meetings import read_meetings
from standoff.reading.places import read_places
from standoff.reading.positions import read_positions
from standoff.reading.preconditions import read_preconditions
from standoff.reading.read import read
from standoff.reading.speakers import read_statements

Result = TypeVar("Result")


def reports(path: Path, number: int) -> list[Report]:
    """The first reports of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        return [Report.from_json(json.loads(line)) for line in islice(lines, number)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--number", type=int, default=60)
    options = parser.parse_args()
    batch = reports(options.reports, options.number)
    read(Report("warm-up", "Turkey said it would not sign the deal in Geneva on Friday."))
    spent: Counter[str] = Counter()

    def timed(stage: str, run: Callable[[], Result]) -> Result:
        start = time.perf_counter()
        result = run()
        spent[stage] += time.perf_counter() - start
        return result

    for report in batch:
        parsed = timed("parse", lambda r=report: parse(r.text))
        actors = timed("actors", lambda p=parsed: resolve(p))
        dates = timed("dates and places", lambda p=parsed, r=report: (read_dates(p, r.published), read_places(p)))
        statements = timed("statements", lambda p=parsed, a=actors, d=dates: read_statements(p, a, d[0]))
        conditions = timed("preconditions", lambda p=parsed, a=actors, s=statements: read_preconditions(p, a, s))
        timed("positions", lambda p=parsed, a=actors, s=statements, c=conditions: read_positions(p, a, s, c))
        timed("meetings", lambda p=parsed, a=actors, d=dates, r=report: read_meetings(p, a, *d, r.published))
    words = sum(len(report.text.split()) for report in batch)
    total = sum(spent.values())
    print(f"{len(batch)} reports, {words} words")
    print(f"{'stage':18} {'words/s':>10} {'share':>7} {'÷ parse':>8}")
    for stage, seconds in spent.most_common():
        print(f"{stage:18} {words / seconds:10.0f} {seconds / total:7.1%} {seconds / spent['parse']:8.2f}")
    print(f"{'all':18} {words / total:10.0f} {1:7.1%} {total / spent['parse']:8.2f}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
