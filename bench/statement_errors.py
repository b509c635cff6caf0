"""Errors on PolNeAR's development part: a sample to read by eye goes out, or the counts of a sample that was read.

Usage: bench/statement_errors.py count
       bench/statement_errors.py sample --shared DIR [--number 100] [--seed 2016]
An error is a gold attribution without a match, or one that was read and touches no gold attribution without a match.
`count` tells how often each kind stands in bench/statement-errors.json, where the kinds were set by reading.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from statement_tables import as_spans, load_scorer, read_dev

CLASSIFIED = Path(__file__).resolve().parent / "statement-errors.json"


def errors(shared: Path) -> Iterator[dict[str, Any]]:
    """All errors, report by report: id, whether missed or spurious, content and cue as spans, and the words."""
    scorer = load_scorer(shared)
    read = read_dev(shared)
    for document, (_, path) in scorer.gold_files(shared / "corpus" / "polnear" / "dev").items():
        text, attributions = read[document]
        tokens = scorer.Tokens(text)
        wanted = [a for a in scorer.parse_ann(path.read_bytes().decode("utf-8")) if a["content"]]
        found = [as_spans(attribution) for attribution in attributions]
        gold, system = scorer.to_tokens(wanted, tokens, document), scorer.to_tokens(found, tokens, document)
        pairs = scorer.match(gold, system, True)
        missed = [k for k in range(len(gold)) if k not in {g for g, _ in pairs}]
        for k in missed:
            yield _error(document, text, "missed", wanted[k])
        for k in range(len(system)):
            touches = any(system[k][role] & gold[m][role] for m in missed for role in ("content", "cue"))
            if not touches and k not in {s for _, s in pairs}:
                yield _error(document, text, "spurious", found[k])


def _error(document: str, text: str, error: str, item: dict[str, Any]) -> dict[str, Any]:
    spans = {role: [list(span) for span in sorted(item[role])] for role in ("source", "cue", "content")}
    words = {role: " … ".join(text[a:b] for a, b in spans[role]) for role in spans}
    return {"id": document, "error": error, "content": spans["content"], "cue": spans["cue"], "words": words}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["count", "sample"])
    parser.add_argument("--shared", type=Path)
    parser.add_argument("--number", type=int, default=100)
    parser.add_argument("--seed", type=int, default=2016)
    options = parser.parse_args()
    if options.what == "count":
        classified = json.loads(CLASSIFIED.read_text("utf-8"))
        for (error, kind), number in Counter((e["error"], e["kind"]) for e in classified).most_common():
            print(f"{error:9} {kind:20} {number:4}")
        return
    if options.shared is None or not (options.shared / "corpus").is_dir():
        parser.error("a sample needs --shared, the folder with corpus/ and eval/")
    found = list(errors(options.shared))
    print(f"{len(found)} errors, {sum(e['error'] == 'missed' for e in found)} missed")
    random.seed(options.seed)
    for error in random.sample(found, min(options.number, len(found))):
        print(json.dumps(error, ensure_ascii=False))


if __name__ == "__main__":
    main()
