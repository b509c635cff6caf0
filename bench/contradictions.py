"""How precise the contradictions are: pairs labelled by hand and the reports they stand in go in, figures come out.

python bench/contradictions.py CASE                                     (bench/geneva.py makes one)
python bench/contradictions.py ../shared [--out build/contradictions]   (makes a case of all labelled reports)

The labels (contradictions.tsv) are places, report:start-end of both sides, and whether the party goes against itself
there. Of a case those count whose reports are in it. Pairs that are found without having a label are printed, to be
labelled; precision is that of the labelled ones.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from geneva import HERE, case_of, reports_of, thread

from standoff.analysis.contradictions import contradictions
from standoff.case.state import snapshot
from standoff.case.store import open as open_case


def labels() -> dict[frozenset[str], tuple[bool, str]]:
    """Pair of places → whether it is a contradiction, and which part the pair belongs to."""
    with (HERE / "contradictions.tsv").open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t")
        return {
            frozenset((row["first"], row["second"])): (row["goes_against_itself"] == "yes", row["part"]) for row in rows
        }


def report_of(place: str) -> str:
    """The report of a place."""
    return place.rsplit(":", 1)[0]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="a case file, or the shared folder")
    parser.add_argument("--out", type=Path, default=Path("build") / "contradictions")
    args = parser.parse_args()
    known = labels()
    if args.source.is_file():
        with open_case(args.source) as case:
            state = snapshot(case)
    else:
        ids = {report_of(place) for pair in known for place in pair}
        args.out.mkdir(parents=True, exist_ok=True)
        reports = {report.id: report for report in [*thread(args.source), *reports_of(args.source, ids)]}
        state = case_of(list(reports.values()), args.out / "labelled.standoff")
    known = {pair: value for pair, value in known.items() if all(report_of(p) in state.source_by_id for p in pair)}
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
