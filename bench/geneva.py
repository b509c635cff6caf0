"""The Geneva thread of the stream as a case: about fifty reports go in, the brief of each week comes out.

python bench/geneva.py ../shared [--out build/geneva]
python bench/geneva.py CASE [--out build/geneva]      (the briefs of a case made before)

Writes OUT/thread.standoff and OUT/briefs/YYYY-Www.md, and prints counts and seconds. What is there is made anew.
"""

from __future__ import annotations

import argparse
import json
import time
from datetime import date, timedelta
from pathlib import Path

from standoff.analysis.brief import Brief, brief, published_before, published_until
from standoff.analysis.brief_page import page
from standoff.analysis.calendar import calendar
from standoff.analysis.contradictions import contradictions
from standoff.analysis.deadlocks import deadlocks
from standoff.analysis.issues import find_issues
from standoff.analysis.page import to_markdown
from standoff.analysis.positions import positions
from standoff.case.adding import add
from standoff.case.snapshot import Snapshot
from standoff.case.state import snapshot
from standoff.case.store import create
from standoff.case.store import open as open_case
from standoff.report import Report

HERE = Path(__file__).parent
STREAM = Path("corpus") / "stream-2016-01-to-04.jsonl"
SHOWN = 12
"""Lines of a section of a brief, as `standoff case brief` shows them."""


def reports_of(shared: Path, ids: set[str]) -> list[Report]:
    """The reports of the stream with these ids. Ends the run if the stream is not there."""
    stream = shared / STREAM
    if not stream.exists():
        raise SystemExit(f"{stream} is not here; nothing is measured")
    records = (json.loads(line) for line in stream.read_text("utf-8").splitlines())
    return [Report.from_json(record) for record in records if record["id"] in ids]


def thread(shared: Path) -> list[Report]:
    """The reports of the thread."""
    return reports_of(shared, set((HERE / "geneva.ids").read_text("utf-8").split()))


def case_of(reports: list[Report], path: Path) -> Snapshot:
    """The state of a new case of these reports; prints what was added and how long it took."""
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    began = time.perf_counter()
    with create(path, "Geneva", by="bench") as case:
        done = add(case, reports, "bench")
        state = snapshot(case)
    print(f"{len(done.new)} reports added, {len(done.read)} read: {time.perf_counter() - began:.0f} s")
    return state


def weeks(state: Snapshot) -> list[tuple[date, date]]:
    """First and last day of each week in which something was published, Monday to Sunday."""
    days = {date.fromisoformat(s.report.published) for s in state.sources if s.report.published}
    mondays = sorted({day - timedelta(day.weekday()) for day in days})
    return [(monday, monday + timedelta(6)) for monday in mondays]


def brief_of(state: Snapshot, first: date, last: date) -> Brief:
    """What a desk would have read at the end of a week."""
    return brief(published_before(state, first), published_until(state, last), last, first.isoformat())


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="the shared folder, or a case")
    parser.add_argument("--out", type=Path, default=Path("build") / "geneva")
    args = parser.parse_args()
    folder = args.out / "briefs"
    folder.mkdir(parents=True, exist_ok=True)
    if args.source.is_file():
        with open_case(args.source) as case:
            state = snapshot(case)
    else:
        state = case_of(thread(args.source), args.out / "thread.standoff")
    print(
        f"{len(state.statements)} statements, {len(state.positions)} positions, {len(state.preconditions)} "
        f"preconditions, {len(state.meetings)} meetings, {len(state.parties)} parties, {len(state.concepts)} concepts"
    )
    began = time.perf_counter()
    issues = find_issues(state)
    held = positions(state, issues)
    found = deadlocks(state, issues)
    clashes = contradictions(state, issues)
    dated = calendar(state)
    print(
        f"{len(held.lines)} lines of positions, {len(held.shifts)} shifts, {len(clashes)} contradictions, "
        f"{len(found.conditions)} conditions, {len(found.locked.cycles)} locked and {len(found.mutual.cycles)} mutual "
        f"cycles, {len(dated)} meetings of which {sum(bool(a.changes) for a in dated)} changed: "
        f"{time.perf_counter() - began:.1f} s"
    )
    print("week      reports  new  changed  demands  conditions  dropped  moved  contradictions  coming  seconds")
    for first, last in weeks(state):
        began = time.perf_counter()
        one = brief_of(state, first, last)
        year, week, _ = first.isocalendar()
        (folder / f"{year}-W{week:02}.md").write_text(to_markdown(page(one, SHOWN)), "utf-8")
        counts = (
            len(one.new), len(one.changed), len(one.first_demands), len(one.new_conditions), len(one.dropped),
            len(one.moved), len(one.contradictions), len(one.coming),
        )  # fmt: skip
        widths = (5, 9, 9, 12, 9, 7, 16, 8)
        cells = "".join(f"{count:>{width}}" for count, width in zip(counts, widths, strict=True))
        print(f"{year}-W{week:02}  {one.reports:>7}{cells}{time.perf_counter() - began:>9.1f}")
    print(f"{len(weeks(state))} briefs in {folder}")


if __name__ == "__main__":
    main()
