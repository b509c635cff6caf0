"""Where the positions go wrong: models that each left reports out, in; tables by act, negotiation and cause out.

python training/stance_tables.py --shared FOLDER --gold bench/gold/a … --folds build/fold --negotiations TSV

Each report is read by the model that did not see it (see tune_stances.py), with the thresholds that ship; the tables
are Markdown. `--negotiations` names the negotiation of each report (bench/gold/negotiations.tsv).
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from tune_stances import PLAIN, Read, entered, out_of_sample, scorer_of

from standoff.ledger import ACTS
from standoff.reading.stances.model_file import Settings, shipped_model

Entry = dict[str, Any]
Told = tuple[str, Entry | None, Entry | None, str]
Row = tuple[str, int, int, int, int]
SAME_SPAN = 0.5  # share of characters from which the strict measure takes two issues for the same


def causes(scorer: ModuleType, read: Read, settings: Settings) -> Iterator[tuple[Entry | None, Entry | None, str]]:
    """Every gold entry, its counterpart and what became of it; every entry without a counterpart."""
    items, names = entered(scorer, read, settings)
    gold = read.gold["positions"]
    lenient = scorer.pairs(gold, items, scorer.position_score(names, False))
    partner = {id(wanted): item for wanted, item in lenient}
    used = {id(item) for item in partner.values()}
    for wanted in gold:
        item = partner.get(id(wanted))
        if item is not None:
            yield wanted, item, _detail(scorer, names, wanted, item)
            continue
        touching = [other for other in items if scorer.iou(scorer.span(wanted["issue"]), other["issue"]) > 0]
        if not touching:
            yield wanted, None, "issue not found"
        elif all(id(other) in used for other in touching):
            yield wanted, None, "one of several holders or targets missing"
        else:
            yield wanted, None, "wrong holder"
    for item in items:
        if id(item) not in used:
            touches = any(scorer.iou(scorer.span(wanted["issue"]), item["issue"]) > 0 for wanted in gold)
            yield None, item, "entered with a wrong holder, or twice" if touches else "entered, but no position"


def _detail(scorer: ModuleType, names: Any, wanted: Entry, item: Entry) -> str:
    """What is wrong of an entry with the right holder."""
    wrong = [
        name
        for name, is_right in (
            ("act", wanted["act"] == item["act"]),
            ("target", names.same(wanted.get("target"), item["target"])),
            ("span", scorer.iou(scorer.span(wanted["issue"]), item["issue"]) >= SAME_SPAN),
        )
        if not is_right
    ]
    return f"holder right; wrong {', '.join(wrong)}" if wrong else "right in every detail"


def table(head: str, rows: Iterable[Row]) -> str:
    """Rows of (name, gold, read, lenient hits, strict hits) as Markdown with F1."""
    lines = [f"| {head} | gold | read | lenient F1 | strict F1 |", "|---|---|---|---|---|"]
    for name, gold, read, lenient, strict in rows:
        shares = (2 * hits / max(1, gold + read) for hits in (lenient, strict))
        lines.append(f"| {name} | {gold} | {read} | " + " | ".join(f"{share:.3f}" for share in shares) + " |")
    return "\n".join(lines)


def counted(told: list[Told], key: str) -> Iterator[Row]:
    """The counts of one group: gold entries by their own name, entries read by theirs."""
    gold = [why for name, wanted, _, why in told if wanted is not None and name == key]
    alone = sum(1 for name, wanted, item, _ in told if wanted is None and item is not None and name == key)
    lenient = sum(why.startswith(("holder right", "right")) for why in gold)
    yield key, len(gold), lenient + alone, lenient, sum(why.startswith("right") for why in gold)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with corpus/ and eval/")
    parser.add_argument("--gold", type=Path, nargs="+", required=True, help="the folders that the folds were made of")
    parser.add_argument("--folds", type=Path, required=True, help="what the folders of the folds begin with")
    parser.add_argument("--negotiations", type=Path, required=True, help="a table of ids and negotiations")
    args = parser.parse_args()
    lines = args.negotiations.read_text("utf-8").splitlines()[1:]
    negotiation = dict(line.split("\t") for line in lines)
    scorer = scorer_of(args.shared)
    settings = replace(shipped_model().settings, calibration=PLAIN)
    told = [
        (read, *one) for read in out_of_sample(args.shared, args.gold, args.folds)
        for one in causes(scorer, read, settings)
    ]  # fmt: skip
    by_act = [((wanted or item or {})["act"], wanted, item, why) for _, wanted, item, why in told]
    by_talks = [(negotiation[read.id], wanted, item, why) for read, wanted, item, why in told]
    print(table("act", (row for act in ACTS for row in counted(by_act, act))), "\n")
    print(table("negotiation", (row for name in sorted(set(negotiation.values())) for row in counted(by_talks, name))))
    reasons = Counter(why for *_, why in told)
    print("\n| what became of it | entries |\n|---|---|")
    for why, count in reasons.most_common():
        print(f"| {why} | {count} |")


if __name__ == "__main__":
    main()
