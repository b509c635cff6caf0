"""How well a case tells reports of its negotiation from others: a stream of reports and hand labels in, a table out.

python bench/relevance.py --shared ../shared

`geneva-talks.tsv` names the reports of the stream that tell of a stance, a condition or a meeting of the Syria talks in
Geneva or of the truce that went with them (`yes`), and those that mention them in passing (`maybe`, not counted). All
others count as no. Three descriptions that a desk might give at `case new --about` are tried, then each again after ten
decisions of a person on the reports nearest to the threshold.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np

from standoff.case.relevance import DEFAULT_THRESHOLD, Topic, relevance, topic
from standoff.report import Report

ABOUTS = (
    "Peace talks on Syria in Geneva between the government and the opposition, mediated by the United Nations",
    "Syria peace talks",
    "Geneva talks on Syria: ceasefire, release of detainees, aid access, political transition, Assad",
)
DECISIONS = 10


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    args = parser.parse_args()
    stream = args.shared / "corpus" / "stream-2016-01-to-04.jsonl"
    if not stream.exists():
        raise SystemExit(f"{stream} is not here; nothing is measured")
    reports = [Report.from_json(json.loads(line)) for line in stream.read_text(encoding="utf-8").splitlines()]
    lines = Path(__file__).with_name("geneva-talks.tsv").read_text(encoding="utf-8").splitlines()[1:]
    labels = dict(line.split("\t") for line in lines)
    print(f"{len(reports)} reports, {sum(label == 'yes' for label in labels.values())} on the talks")
    print("description                        decisions  average   at threshold               best F1")
    print("                                              precision precision recall  F1")
    leads: dict[str, np.ndarray] = {}
    for about in ABOUTS:
        began = time.perf_counter()
        scores = score(reports, topic(about), leads)
        took = time.perf_counter() - began
        print(line_of(about, 0, reports, scores, labels), f"({took:.0f} s)")
        asked = [r for r in sorted(reports, key=lambda r: abs(scores[r.id] - DEFAULT_THRESHOLD)) if _told(labels, r)]
        yes = [r for r in asked[:DECISIONS] if labels.get(r.id) == "yes"]
        no = [r for r in asked[:DECISIONS] if labels.get(r.id) != "yes"]
        rest = [r for r in reports if r not in yes and r not in no]
        print(line_of("", DECISIONS, rest, score(rest, topic(about, yes, no, leads), leads), labels))


def _told(labels: dict[str, str], report: Report) -> bool:
    return labels.get(report.id) != "maybe"


def score(reports: list[Report], subject: Topic, leads: dict[str, np.ndarray]) -> dict[str, float]:
    """Relevance by report id; vectors are kept for the next time."""
    scores = {}
    for report in reports:
        scores[report.id], lead = relevance(report, subject, leads.get(report.id))
        if lead is not None:
            leads[report.id] = lead
    return scores


def line_of(about: str, decisions: int, reports: list[Report], scores: dict[str, float], labels: dict[str, str]) -> str:
    """One row of the table; average precision is over the ranking, the reports decided by hand left out."""
    ranked = sorted((r for r in reports if _told(labels, r)), key=lambda r: (-scores[r.id], r.id))
    right = np.array([labels.get(r.id) == "yes" for r in ranked])
    found = right.cumsum()
    places = np.arange(1, len(ranked) + 1)
    average = (found / places)[right].mean()
    f1 = 2 * found / (places + right.sum())
    above = sum(scores[r.id] >= DEFAULT_THRESHOLD for r in ranked)
    hits = int(found[above - 1]) if above else 0
    precision, recall = hits / max(above, 1), hits / right.sum()
    best = int(f1.argmax())
    at = 2 * hits / (above + right.sum())
    return (
        f"{about[:34]:<34} {decisions:>9}  {average:>9.3f} {precision:>9.3f} {recall:>6.3f} {at:>6.3f}"
        f"   {f1[best]:.3f} at {scores[ranked[best].id]:.2f}"
    )


if __name__ == "__main__":
    main()
