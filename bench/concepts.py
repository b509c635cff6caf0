"""How well issues meet in one concept: a case of the Geneva thread and meanings given by hand go in, B-cubed comes out.

python bench/concepts.py CASE         (bench/geneva.py makes one)

concepts.tsv has the place of an issue (report:start-end) and what it means; "alone-…" are issues that mean what no
other listed one does. Precision: of what shares an issue's concept, the share that means the same; recall: of what
means the same, the share that shares its concept (Bagga and Baldwin 1998).
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from pathlib import Path

from standoff.case.snapshot import Snapshot
from standoff.case.state import snapshot
from standoff.case.store import open as open_case

HERE = Path(__file__).parent


def concepts_by_place(state: Snapshot) -> dict[str, str | None]:
    """The concept of each issue of a case by its place."""
    found: dict[str, str | None] = {}
    for p in state.positions:
        found[f"{p.report}:{p.issue[0]}-{p.issue[1]}"] = p.concept
    for c in state.preconditions:
        found.setdefault(f"{c.report}:{c.requirement[0]}-{c.requirement[1]}", c.requirement_concept)
        found.setdefault(f"{c.report}:{c.gate[0]}-{c.gate[1]}", c.gate_concept)
    return found


def b_cubed(meaning: dict[str, str], concept: dict[str, str], over: list[str]) -> tuple[float, float, float]:
    """Precision, recall and F1, the mean over some places."""
    by_meaning, by_concept = defaultdict(set), defaultdict(set)
    for place in meaning:
        by_meaning[meaning[place]].add(place)
        by_concept[concept[place]].add(place)
    both = [len(by_meaning[meaning[place]] & by_concept[concept[place]]) for place in over]
    precision = sum(b / len(by_concept[concept[p]]) for b, p in zip(both, over, strict=True)) / len(over)
    recall = sum(b / len(by_meaning[meaning[p]]) for b, p in zip(both, over, strict=True)) / len(over)
    return precision, recall, 2 * precision * recall / (precision + recall)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case", type=Path)
    args = parser.parse_args()
    with (HERE / "concepts.tsv").open(encoding="utf-8", newline="") as stream:
        meant = {row["place"]: row["meaning"] for row in csv.DictReader(stream, delimiter="\t")}
    with open_case(args.case) as case:
        known = concepts_by_place(snapshot(case))
    concept = {place: found for place in meant if (found := known.get(place)) is not None}
    meaning = {place: meant[place] for place in concept}
    shared = [place for place in meaning if not meaning[place].startswith("alone-")]
    print(f"{len(meant)} issues labelled, {len(concept)} of them in the case, {len(shared)} with a meaning they share")
    for name, over in (("all", list(meaning)), ("shared meanings", shared)):
        precision, recall, f1 = b_cubed(meaning, concept, over)
        print(f"{name:<16} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")


if __name__ == "__main__":
    main()
