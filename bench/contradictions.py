"""How precise the contradictions are: pairs labelled by hand and the reports they stand in go in, figures come out.

python bench/contradictions.py ../shared [--out build/contradictions]

The labels (contradictions.tsv) are places, report:start-end of both sides, and whether the party goes against itself
there. A case is made of the Geneva thread and of every report with a label. Pairs that are found without having a label
are printed, to be labelled; precision is that of the labelled ones.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from geneva import HERE, case_of, reports_of, thread

from standoff.analysis.contradictions import contradictions


def labels() -> dict[frozenset[str], tuple[bool, str]]:
    """Pair of places → whether it is a contradiction, and which part the pair belongs to."""
    with (HERE / "contradictions.tsv").open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t")
        return {
            frozenset((row["first"], row["second"])): (row["goes_against_itself"] == "yes", row["part"]) for row in rows
        }


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--out", type=Path, default=Path("build") / "contradictions")
    args = parser.parse_args()
    known = labels()
    ids = {place.rsplit(":", 1)[0] for pair in known for place in pair}
    args.out.mkdir(parents=True, exist_ok=True)
    reports = {report.id: report for report in [*thread(args.shared), *reports_of(args.shared, ids)]}
    state = case_of(list(reports.values()), args.out / "labelled.standoff")
    found = {frozenset((c.first.citation.place, c.second.citation.place)): c for c in contradictions(state)}
    for pair, c in found.items():
        verdict = "no label" if pair not in known else "right" if known[pair][0] else "wrong"
        print(f"{verdict:<9}{c.party_name} ({c.kind}): {c.why}")
        print(f"         {c.first.citation.place}\t{c.second.citation.place}")
    for part in sorted({part for _, part in known.values()}):
        inside = {pair: right for pair, (right, of) in known.items() if of == part}
        hits = [right for pair, right in inside.items() if pair in found]
        share = f"precision {sum(hits) / len(hits):.2f}" if hits else "none found"
        print(
            f"{part}: {len(inside)} pairs labelled, {sum(inside.values())} of them contradictions; "
            f"found {len(hits)}, {sum(hits)} of them right, {share}"
        )
    print(f"without a label: {sum(pair not in known for pair in found)} of {len(found)} found")


if __name__ == "__main__":
    main()
