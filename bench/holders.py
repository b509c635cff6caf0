"""Measure actors where it matters: how many of gold's words for holders and targets lead to the right actor.

Usage: bench/holders.py STANDOFF_DIR GOLD_DIR STREAM.jsonl
STANDOFF_DIR holds stand-off gold files with `holder_words` and `target_words` (bench/gold/a), GOLD_DIR the same
expanded by bench/gold.py. Right is what the ledger scorer calls right: the actor's name, or that of one up its `of`,
is gold's name, an alias of it, or the same of one up gold's `of`; of "both sides", any of the parties that it counts.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from actors import accepted, right
from standoff.actors import resolve
from standoff.language import parse


def whole_words(text: str, start: int, end: int) -> bool:
    """Whether a span neither begins nor ends inside a word."""
    opens = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    return not opens and not (end < len(text) and text[end].isalnum())


def main() -> None:
    standoff, expanded, stream = map(Path, sys.argv[1:4])
    texts = {item["id"]: item["text"] for item in map(json.loads, stream.read_text("utf-8").splitlines())}
    counts: Counter[tuple[str, str]] = Counter()
    for path in sorted(standoff.glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        names = json.loads((expanded / path.name).read_text("utf-8"))["actors"]
        table = resolve(parse(texts[path.stem]))
        for entry in (*gold["positions"], *gold["preconditions"]):
            for role in ("holder", "target"):
                span, name = entry.get(f"{role}_words"), entry.get(role)
                if not span or not name:
                    continue
                if not whole_words(texts[path.stem], *span):
                    continue  # a fault of packing: "he" in "the"
                found = table.actor_at(*span)
                meant = () if found is None else table.members.get(found, (found,))
                fits = any(right(table, one, accepted(names, name)) for one in meant)
                counts[role, "right" if fits else "none" if found is None else "wrong"] += 1
    for role in ("holder", "target"):
        told = {outcome: counts[role, outcome] for outcome in ("right", "wrong", "none")}
        print(f"{role:7} {told} accuracy {told['right'] / max(1, sum(told.values())):.3f}")


if __name__ == "__main__":
    main()
