"""How right a desk's brief is: the Geneva thread as a case and verdicts by hand go in, a table comes out.

python bench/brief.py CASE         (bench/geneva.py makes one)

brief.tsv has for each line of the weekly briefs that was looked at its kind, its places and a verdict:

- `demand` ("demanded for the first time", party and place of the issue): `yes`; `again`, a demand of its party that an
  earlier line tells in other words; `misread`, the entry is wrong in holder, act or issue;
- `dropped` (a condition and the words after which it no longer holds): `dropped`; `met`, it was fulfilled before;
  `no`, it still stands or never was one;
- `hands` (a condition, by the place of its requirement, and the party that it waits for): `yes`, `no`; the edges of
  mutual waiting are made of these.

What has no verdict is counted; what is labelled and no longer told, too.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from pathlib import Path

from geneva import HERE, SHOWN, brief_of, weeks

from standoff.analysis.brief import Brief
from standoff.analysis.brief_page import page
from standoff.analysis.deadlocks import deadlocks
from standoff.analysis.lines import told as told_as
from standoff.case.snapshot import Snapshot
from standoff.case.state import snapshot
from standoff.case.store import open as open_case
from standoff.ledger import Span

Key = tuple[str, str, str]
"""Kind, place, and party or second place."""


def place(report: str, span: Span) -> str:
    """How a place is written in the file of labels."""
    return f"{report}:{span[0]}-{span[1]}"


def told(state: Snapshot) -> list[Key]:
    """All that the weekly briefs and the deadlocks of a case tell of the three kinds, each once."""
    positions = {p.id: p for p in state.positions}
    conditions = {c.id: c for c in state.preconditions}
    found: dict[Key, None] = {}
    for first, last in weeks(state):
        one = brief_of(state, first, last)
        for stand in one.first_demands:
            entry = positions[stand.now.citation.entry]
            found["demand", place(entry.report, entry.issue), stand.party_name] = None
        for c in one.dropped:
            if c.dropped is not None:
                found["dropped", place(conditions[c.id].report, conditions[c.id].requirement), c.dropped.place] = None
    locks = deadlocks(state)
    for c in (*locks.conditions, *locks.dropped):
        if c.controller_name:
            entry_ = conditions[c.id]
            found["hands", place(entry_.report, entry_.requirement), f"{c.party_name} ← {c.controller_name}"] = None
    return list(found)


def _shown(state: Snapshot, one: Brief) -> list[Key]:
    """The demands that the page of a brief has room for."""
    positions = {p.id: p for p in state.positions}
    room = next((s.items for s in page(one, SHOWN).sections if s.title == "Demanded for the first time"), ())
    found: dict[Key, None] = {}
    for stand in one.first_demands:
        now = stand.now.citation
        if any(
            stand.party_name in item.who.split(", ")
            and item.citations[0].place == now.place
            and item.line.startswith(told_as(stand.now))
            for item in room
        ):
            found["demand", place(now.report, positions[now.entry].issue), stand.party_name] = None
    return list(found)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case", type=Path)
    args = parser.parse_args()
    with (HERE / "brief.tsv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    verdicts: dict[Key, str] = {(row["kind"], row["place"], row["other"]): row["verdict"] for row in rows}
    with open_case(args.case) as case:
        state = snapshot(case)
    now = told(state)
    for kind in ("demand", "dropped", "hands"):
        keys = [key for key in now if key[0] == kind]
        counts = Counter(verdicts.get(key, "no verdict") for key in keys)
        gone = sum(key[0] == kind and key not in now for key in verdicts)
        cells = ", ".join(f"{counts[verdict]} {verdict}" for verdict in sorted(counts))
        print(f"{kind}: {len(keys)} told: {cells}; {gone} labelled and no longer told")
        for key in keys:
            if key not in verdicts:
                print("\t".join(key))
    shown = [key for first, last in weeks(state) for key in _shown(state, brief_of(state, first, last))]
    counts = Counter(verdicts.get(key, "no verdict") for key in shown)
    cells = ", ".join(f"{counts[verdict]} {verdict}" for verdict in sorted(counts))
    print(f"demands that the pages show ({SHOWN} lines each, without those that are conditions): {len(shown)}: {cells}")
    held = deadlocks(state)
    for name, ring in (("locked", held.locked), ("mutual", held.mutual)):
        edges = {c.id: c for cycle in ring.cycles for c in cycle.conditions}
        print(f"{name}: {len(ring.cycles)} cycles over {len(edges)} conditions, {len(ring.concessions)} concessions")


if __name__ == "__main__":
    main()
