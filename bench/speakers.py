"""Who speaks: statements picked by hand go in; the share that is led to the right actor, per kind of source, comes out.

Usage: bench/speakers.py --shared DIR [--cases bench/speakers.json] [--verbose]
DIR holds `corpus/`. `speakers_fresh.json` is a second set, on which nothing was mended. A case names a report by id
and three places in it by offset: the cue (null where a quotation goes on without one), what is said, and a place where
the text itself names the speaker; a speaker without a name is named by his own description. Kinds: pronoun, surname,
title, collective, anonymous, continuing.

Read is the statement whose content covers most of the case's, of those with the same cue if it has one. Right means
that its speaker, or one whom the speaker speaks for, is the actor at that place or has the name that stands there.
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from standoff import Ledger, Report, read
from standoff.ledger import Actor, Span, Statement

HERE = Path(__file__).resolve().parent
KINDS = ("pronoun", "surname", "title", "collective", "anonymous", "continuing")
COVER = 0.5  # share of the case's content that a statement must hold to be the one meant


def reports(shared: Path, wanted: set[str]) -> dict[str, Report]:
    """The reports with these ids; `seed` is the founding report."""
    found = {"seed": Report("seed", (shared / "corpus" / "seed.txt").read_text("utf-8"), published="2016-01-15")}
    with (shared / "corpus" / "stream-2016-01-to-04.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if record["id"] in wanted:
                found[record["id"]] = Report.from_json(record)
    return found


def overlap(a: Span, b: Span) -> int:
    """How many characters two spans share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def statement_of(ledger: Ledger, case: dict[str, Any]) -> Statement | None:
    """The statement that a case is about: with its cue, if it has one, and the most of its content."""
    content: Span = tuple(case["content"])
    best: tuple[float, float, Statement] | None = None
    for statement in ledger.statements:
        if case["cue"] and not any(overlap(span, tuple(case["cue"])) for span in statement.cue):
            continue
        shared = sum(overlap(span, content) for span in statement.content) / (content[1] - content[0])
        size = sum(end - start for start, end in statement.content)
        if (shared >= COVER or case["cue"]) and (best is None or (shared, -size) > best[:2]):
            best = (shared, -size, statement)
    return best[2] if best else None


def up(ledger: Ledger, actor_id: str) -> list[Actor]:
    """An actor and those whom it speaks for."""
    found: list[Actor] = []
    here = ledger.actor(actor_id)
    while here is not None and here not in found:
        found.append(here)
        here = ledger.actor(here.of)
    return found


def outcome(ledger: Ledger, case: dict[str, Any]) -> tuple[str, str]:
    """`right`, `wrong`, `nobody` (no speaker) or `unread` (no such statement), with the name that was found."""
    statement = statement_of(ledger, case)
    if statement is None:
        return "unread", ""
    if statement.speaker is None:
        return "nobody", ""
    place: Span = tuple(case["actor"])
    name = ledger.quote(place).casefold()
    chain = up(ledger, statement.speaker)
    fits = any(actor.name.casefold() == name or any(overlap(m, place) for m in actor.mentions) for actor in chain)
    return ("right" if fits else "wrong"), chain[0].name


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--cases", type=Path, default=HERE / "speakers.json")
    parser.add_argument("--verbose", action="store_true", help="one line for each case")
    options = parser.parse_args()
    if not (options.shared / "corpus").is_dir():
        sys.exit(f"{options.shared} is not here: the reports that the cases point into are in its corpus/")
    cases = json.loads(options.cases.read_text("utf-8"))
    texts = reports(options.shared, {case["id"] for case in cases})
    ledgers = {name: read(texts[name]) for name in sorted({case["id"] for case in cases})}
    counts: Counter[tuple[str, str]] = Counter()
    for case in cases:
        ledger = ledgers[case["id"]]
        result, found = outcome(ledger, case)
        counts[case["kind"], result] += 1
        if options.verbose:
            wanted = ledger.quote(tuple(case["actor"]))
            print(f"{case['kind']:11} {result:7} {wanted:35.35} {found:30.30} {case['id'][:30]}")
    print(f"{'kind':11} {'right':>6} {'wrong':>6} {'nobody':>7} {'unread':>7} {'accuracy':>9}")
    for kind in (*KINDS, "all"):
        row = [sum(n for (k, r), n in counts.items() if kind in (k, "all") and r == result)
               for result in ("right", "wrong", "nobody", "unread")]  # fmt: skip
        print(f"{kind:11} {row[0]:6} {row[1]:6} {row[2]:7} {row[3]:7} {row[0] / max(1, sum(row)):9.3f}")


if __name__ == "__main__":
    main()
