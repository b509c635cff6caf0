"""Train the judge of preconditions: annotated reports in, the package's model folder out.

python training/train_conditions.py --corpus STREAM.jsonl --gold bench/gold/a … --reports training/reports --out FOLDER

One command, no dice but for the folds (`conditions.toml`). The calibration table and the figures printed come from
models that had not seen the report: four folds over the news stream, the invented reports in every training.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
import random
import sys
import tomllib
from collections import Counter
from collections.abc import Sequence
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import diags, hstack

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

from condition_gold import Conditioned, Example, example_of, from_reports, from_stand_off  # noqa: E402
from logits import fit_binary, matrix_of  # noqa: E402

from standoff.reading.conditions.model_file import VERSION, ConditionModel  # noqa: E402

Config = dict[str, Any]
FREE = 0.01  # the penalty of the one weight that tells the news stream from invented reports


def trained(examples: Sequence[Example], config: Config) -> ConditionModel:
    """A model for the news stream, not yet calibrated.

    In invented reports a condition is nearly always somebody's; in the news it often is not. Each mark has therefore
    one weight for both and one more for the news (Daumé 2007, "Frustratingly easy domain adaptation"); what counts is
    their sum.
    """
    told = [marks for example in examples for marks in example.marks]
    seen = Counter(mark for marks in told for mark in marks)
    known = {mark: n for n, mark in enumerate(sorted(m for m, count in seen.items() if count >= config["least_seen"]))}
    real = np.concatenate([np.full(len(e.marks), not e.invented) for e in examples]).astype(np.float32)
    matrix = matrix_of(told, known)
    both = hstack([matrix, diags(real) @ matrix, real[:, None]]).tocsr()
    penalty = np.append(np.full(2 * len(known), config["penalty"]), FREE)
    required = np.array([one for example in examples for one in example.required], dtype=float)
    weights, base = fit_binary(both, required, penalty)
    total = (weights[: len(known)] + weights[len(known) : -1]).astype(np.float32)
    base += float(weights[-1])
    return ConditionModel(dict(zip(known, total.tolist(), strict=True)), base, config["least"], ((0, 0), (1, 1)))


def out_of_sample(examples: Sequence[Example], config: Config) -> list[tuple[str, float, bool]]:
    """For each entry of the news stream the report, the chance by a model that had not seen it, and whether all is
    right."""
    real = sorted(example.id for example in examples if not example.invented)
    random.Random(config["seed"]).shuffle(real)
    found = []
    for fold in range(config["folds"]):
        left_out = set(real[fold :: config["folds"]])
        model = trained([example for example in examples if example.id not in left_out], config)
        for example in examples:
            if example.id in left_out:
                chances = [model.chance(marks) for marks in example.marks]
                found += [(example.id, *one) for one in zip(chances, example.right, strict=True)]
    return found


def calibration(judged: list[tuple[str, float, bool]], bins: int) -> list[list[float]]:
    """Chance → share of entries with the right requirement and holder, over bins of equal size, never falling."""
    ordered = np.array(sorted((chance, right) for _, chance, right in judged), dtype=float)
    table: list[list[float]] = []
    floor = 0.0
    for part in np.array_split(ordered, bins):
        floor = max(floor, float(part[:, 1].mean()))
        table.append([round(float(part[:, 0].mean()), 4), round(floor, 4)])
    return [[0.0, table[0][1]], *table, [1.0, table[-1][1]]]


def write(model: ConditionModel, table: list[list[float]], out: Path) -> None:
    """The model folder: marks, weights, and model.json with their SHA-256."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "marks.txt").write_text("".join(mark + "\n" for mark in model.weights), "utf-8")
    np.save(out / "weights.npy", np.array(list(model.weights.values()), dtype=np.float32))
    sums = {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in ("marks.txt", "weights.npy")}
    description = {
        "version": VERSION, "base": round(model.base, 6), "least": model.least, "calibration": table, "sha256": sums,
    }  # fmt: skip
    (out / "model.json").write_text(json.dumps(description, indent=1) + "\n", "utf-8")


def examples_of(reports: list[Conditioned], cache: Path | None) -> list[Example]:
    """The examples of all reports; kept in a file where one is given, since reading takes longer than training."""
    if cache and cache.exists():
        kept: list[Example] = pickle.loads(cache.read_bytes())
        return kept
    with Pool() as pool:
        found = pool.map(example_of, reports, chunksize=4)
    if cache:
        cache.write_bytes(pickle.dumps(found))
    return found


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True, help="the news stream, JSON Lines")
    parser.add_argument("--gold", type=Path, nargs="+", required=True, help="folders of stand-off gold")
    parser.add_argument("--reports", type=Path, required=True, help="folder of invented reports")
    parser.add_argument("--out", type=Path, required=True, help="the model folder")
    parser.add_argument("--config", type=Path, default=HERE / "conditions.toml")
    parser.add_argument("--cache", type=Path, help="where to keep the examples between runs")
    args = parser.parse_args()
    config = tomllib.loads(args.config.read_text("utf-8"))
    folders: dict[str, set[str]] = {}
    reports: dict[str, Conditioned] = {}
    for folder in args.gold:
        for report in from_stand_off(folder, args.corpus):
            reports.setdefault(report.id, report)
            folders.setdefault(folder.name, set()).add(report.id)
    reports |= {report.id: report for report in from_reports(args.reports)}
    examples = examples_of(sorted(reports.values(), key=lambda report: report.id), args.cache)
    judged = out_of_sample(examples, config)
    write(trained(examples, config), calibration(judged, config["bins"]), args.out)
    for name, ids in (*folders.items(), ("all", set(reports))):
        wanted = sum(e.wanted for e in examples if e.id in ids and not e.invented)
        for least in (0.0, config["least"]):
            entered = [right for report, chance, right in judged if report in ids and chance >= least]
            f1 = 2 * sum(entered) / max(1, wanted + len(entered))
            counts = f"{sum(entered)} right of {len(entered)} read, {wanted} in gold"
            print(f"{name}, chance from {least}: {counts}, F1 {f1:.3f}")


if __name__ == "__main__":
    main()
