"""What more annotation gives the stance reader: annotated reports in, F1 of positions by number of reports out.

python training/learning_curve.py --shared FOLDER --learn bench/gold/a … \
    --choose bench/gold/e --reports training/reports

Trains on 10, 20, 40, … of the learning reports, drawn once and growing, each time alone and with all invented reports
beside them, and scores the positions of the choosing reports with the thresholds that ship.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import tomllib
from dataclasses import replace
from multiprocessing import Pool
from pathlib import Path

import torch

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "bench"), str(HERE), str(HERE.parent / "src")]

from gold import write_expanded  # noqa: E402
from stance_gold import Annotated, from_reports, from_stand_off  # noqa: E402
from train_stances import examples_of, train  # noqa: E402
from tune_stances import PLAIN, f1, matches, read_scores, scorer_of  # noqa: E402

from standoff.reading.stances.model_file import shipped_model  # noqa: E402

SIZES = (10, 20, 40, 60)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with corpus/ and eval/")
    parser.add_argument("--learn", type=Path, nargs="+", required=True, help="folders of stand-off gold to learn from")
    parser.add_argument("--choose", type=Path, required=True, help="folder of stand-off gold to score on")
    parser.add_argument("--reports", type=Path, required=True, help="folder of invented reports")
    parser.add_argument("--cache", type=Path, help="where train_stances.py keeps its examples")
    args = parser.parse_args()
    config = tomllib.loads((HERE / "stances.toml").read_text("utf-8"))
    corpus = args.shared / "corpus" / "stream-2016-01-to-04.jsonl"
    apart = {path.stem for path in args.choose.glob("*.json")}
    reports: dict[str, Annotated] = {}
    for folder in args.learn:
        reports |= {report.id: report for report in from_stand_off(folder, corpus) if report.id not in apart}
    real = sorted(reports)
    random.Random(config["seeds"][0]).shuffle(real)
    reports |= {report.id: report for report in from_reports(args.reports)}
    examples = {example.id: example for example in examples_of(list(reports.values()), args.cache)}
    invented = [example for example in examples.values() if example.invented]
    torch.set_num_threads(1)
    scorer = scorer_of(args.shared)
    settings = replace(shipped_model().settings, calibration=PLAIN)
    records = {r["id"]: r for r in map(json.loads, corpus.read_text("utf-8").splitlines()) if r["id"] in apart}
    print("| reports | invented beside them | strict F1 | lenient F1 |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as scratch:
        write_expanded(args.choose, corpus, Path(scratch, "gold"))
        gold = {path.stem: json.loads(path.read_text("utf-8")) for path in Path(scratch, "gold").glob("*.json")}
        for size in (*(size for size in SIZES if size < len(real)), len(real)):
            for beside in ([], invented):
                folder = Path(scratch, f"{size}-{len(beside)}")
                train([*(examples[name] for name in real[:size]), *beside], config, folder)
                with Pool() as pool:
                    reads = pool.map(read_scores, [(folder, "", records[name], gold[name]) for name in sorted(gold)])
                strict, lenient = (f1(matches(scorer, reads, settings, mode)) for mode in (True, False))
                print(f"| {size} | {len(beside)} | {strict:.3f} | {lenient:.3f} |", flush=True)


if __name__ == "__main__":
    main()
