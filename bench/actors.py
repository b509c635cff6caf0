"""Measure actors against gold: how many of the words by which gold names its actors lead to the right actor.

Usage: bench/actors.py GOLD_DIR STREAM.jsonl [--errors]
GOLD_DIR holds gold files with `actors` (name, kind, aliases, of); STREAM the texts by id; the text of `seed` is
`seed.txt` beside STREAM.
Right: the actor's name, or that of one up its `of`, is gold's name or an alias of it or of one up gold's `of`.
"""

import argparse
import json
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from standoff.actors import ActorTable, resolve
from standoff.language import parse


def accepted(gold: dict[str, Any], name: str) -> set[str]:
    found: set[str] = set()
    at: str | None = name
    while at:
        found |= {x.casefold().removeprefix("the ") for x in [at, *gold[at]["aliases"]]}
        at = gold[at].get("of")
    return found


def right(table: ActorTable, actor: str, names: set[str]) -> bool:
    return any(table.get(a).name.casefold().removeprefix("the ") in names for a in table.chain(actor))


def check(gold: dict[str, Any], table: ActorTable, text: str, counts: Counter[tuple[str, str]], errors: bool) -> None:
    for name, actor in gold.items():
        names = accepted(gold, name)
        for alias in dict.fromkeys([name, *actor["aliases"]]):
            places = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(alias)}(?!\w)", text)]
            found = [table.actor_at(at, at + len(alias)) for at in places]
            for at, got in zip(places, found, strict=True):
                outcome = "none" if got is None else "right" if right(table, got, names) else "wrong"
                counts[actor["kind"], outcome] += 1
                if errors and outcome != "right":
                    said = table.get(got).name if got else None
                    around = text[max(0, at - 30) : at + len(alias) + 20].replace("\n", " ")
                    print(f"  {outcome:5} {name} [{alias}] -> {said}: …{around}…")


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("gold", type=Path)
    ap.add_argument("stream", type=Path)
    ap.add_argument("--errors", action="store_true", help="print each place that leads elsewhere or nowhere")
    args = ap.parse_args()
    texts = {"seed": (args.stream.parent / "seed.txt").read_text(encoding="utf-8")}
    with args.stream.open(encoding="utf-8") as lines:
        texts |= {item["id"]: item["text"] for item in map(json.loads, lines)}
    counts: Counter[tuple[str, str]] = Counter()
    parsing = resolving = 0.0
    for path in sorted(args.gold.glob("*.json")):
        if args.errors:
            print(path.stem)
        start = time.perf_counter()
        parsed = parse(texts[path.stem])
        middle = time.perf_counter()
        table = resolve(parsed)
        resolving += time.perf_counter() - middle
        parsing += middle - start
        check(json.loads(path.read_text(encoding="utf-8"))["actors"], table, texts[path.stem], counts, args.errors)
    for kind in sorted({k for k, _ in counts}):
        row = {outcome: counts[kind, outcome] for outcome in ("right", "wrong", "none")}
        print(f"{kind:18} {row['right'] / sum(row.values()):6.1%} of {sum(row.values()):4}  {row}")
    total = sum(counts.values())
    print(f"{'all':18} {sum(n for (_, o), n in counts.items() if o == 'right') / total:6.1%} of {total:4}")
    print(f"actors take {resolving / parsing:.1%} of the time of the parse")
    return 0


if __name__ == "__main__":
    sys.exit(main())
