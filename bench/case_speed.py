"""How long a case takes: the stream of reports goes in, seconds of adding and milliseconds of each step come out.

python bench/case_speed.py --shared ../shared --case build/geneva.standoff

The case is made from the whole stream (reading only what is about the talks), and stays for looking at.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from standoff.case import codebook, merging, review, screening
from standoff.case.adding import add
from standoff.case.history import log, undo
from standoff.case.queue import waiting
from standoff.case.search import search
from standoff.case.state import snapshot
from standoff.case.store import Case, backup, create
from standoff.case.store import open as open_case
from standoff.ingest import read_sources

ABOUT = "Peace talks on Syria in Geneva between the government and the opposition, mediated by the United Nations"
TIMES = 10


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--case", type=Path, default=Path("build/geneva.standoff"))
    args = parser.parse_args()
    stream = args.shared / "corpus" / "stream-2016-01-to-04.jsonl"
    if not stream.exists():
        raise SystemExit(f"{stream} is not here; nothing is measured")
    args.case.parent.mkdir(parents=True, exist_ok=True)
    if not args.case.exists():
        with create(args.case, "Geneva", ABOUT, "bench") as case:
            began = time.perf_counter()
            done = add(case, read_sources([str(stream)]), "bench")
            print(f"adding {len(done.new)} reports, {len(done.read)} of them read: {time.perf_counter() - began:.0f} s")
            began = time.perf_counter()
            add(case, read_sources([str(stream)]), "bench")
            print(f"adding them again: {time.perf_counter() - began:.1f} s")
    print(f"{args.case}: {args.case.stat().st_size / 1e6:.1f} MB")
    with TemporaryDirectory() as folder:
        with open_case(args.case) as case:
            copied = backup(case, Path(folder) / "copy.standoff")
        with open_case(copied) as copy:
            steps(copy)


def steps(case: Case) -> None:
    """Print the mean milliseconds of each step; a write before each reading makes it start anew."""
    ids = [position.id for position in snapshot(case).positions]
    report = snapshot(case).sources[0].id

    def afresh(read: Callable[[], object]) -> Callable[[], object]:
        def run() -> object:
            review.accept(case, ids[:1], "bench")
            return read()

        return run

    measured: dict[str, Callable[[], object]] = {
        "accept": lambda: review.accept(case, ids[3:4], "bench"),
        "reject": lambda: review.reject(case, ids[5:6], "bench"),
        "correct": lambda: review.correct(case, ids[4], {"act": "support", "holder": "Russia"}, "bench"),
        "undo": lambda: undo(case, by="bench"),
        "merge, unmerge": lambda: (merging.merge(case, "A1", ["A2"], "bench"), merging.unmerge(case, "A2", "bench")),
        "move to a concept": lambda: codebook.move(case, ids[6:7], "C1", "bench"),
        "relevance": lambda: screening.decide_relevance(case, [report], True, "bench"),
        "log": lambda: log(case),
        "state after a change": afresh(lambda: snapshot(case)),
        "queue after a change": afresh(lambda: waiting(case)),
        "search": lambda: search(case, "ceasefire"),
    }
    for name, step in measured.items():
        began = time.perf_counter()
        for _ in range(TIMES):
            step()
        print(f"{name:<22} {(time.perf_counter() - began) / TIMES * 1000:7.1f} ms")


if __name__ == "__main__":
    main()
