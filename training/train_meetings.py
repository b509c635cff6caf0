"""Train the meeting reader: annotated reports in, the package's model folder out, with what it does out of sample.

python training/train_meetings.py --shared FOLDER --gold bench/gold/a … --reports training/reports --out FOLDER

First one part of the stand-off reports after the other is left out and read by weights trained on the rest (the
invented reports teach in all): the threshold, the calibration table and the figures printed come from there, by the
shared scorer. Then all reports train what ships. `meetings.toml` is the configuration. NumPy and SciPy suffice.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import pickle
import random
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from multiprocessing import Pool
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from meeting_gold import HERE, NEITHER, Annotated, Example, example_of, from_reports, from_stand_off
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from standoff.ledger import STATUSES, Meeting
from standoff.reading.meetings import in_order
from standoff.reading.meetings.trained.model_file import PARTS, MeetingModel, Settings, Weights
from standoff.reading.meetings.trained.reader import Scored as Chances
from standoff.reading.meetings.trained.reader import beside_rules, meetings_in, score
from standoff.reading.meetings.trained.told import Told

Config = dict[str, Any]
Floats = NDArray[np.float64]
Loss = Callable[[Floats], tuple[float, Floats]]
Scored = list[tuple[Annotated, Told, tuple[Meeting, ...]]]
PLAIN = ((0.0, 0.0), (1.0, 1.0))


def vocabulary(told: Iterable[Sequence[str]], least: int) -> dict[str, int]:
    """The marks that are seen often enough, numbered in the order of the alphabet."""
    seen = Counter(mark for marks in told for mark in marks)
    return {mark: n for n, mark in enumerate(sorted(mark for mark, count in seen.items() if count >= least))}


def matrix(told: Sequence[Sequence[str]], known: dict[str, int]) -> csr_matrix:
    """Marks as rows of ones."""
    numbers = [[known[mark] for mark in marks if mark in known] for marks in told]
    starts = np.cumsum([0, *map(len, numbers)])
    flat = np.array([number for one in numbers for number in one], dtype=np.int64)
    return csr_matrix((np.ones(len(flat)), flat, starts), shape=(len(told), len(known)))


def minimised(loss: Loss, size: int, steps: int) -> Floats:
    """The weights of least loss."""
    found: Floats = minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B", options={"maxiter": steps}).x
    return found


def binary(
    told: Sequence[Sequence[str]], so: Floats, weight: Floats, least: int, penalty: float, steps: int
) -> Weights:
    """Logistic regression: how likely something is so."""
    known = vocabulary(told, least)
    rows = matrix(told, known)

    def loss(w: Floats) -> tuple[float, Floats]:
        scores = rows @ w[:-1] + w[-1]
        slope = weight * (1 / (1 + np.exp(-scores)) - so)
        value = float(weight @ (np.logaddexp(0, scores) - so * scores)) + penalty / 2 * float(w[:-1] @ w[:-1])
        return value, np.append(rows.T @ slope + penalty * w[:-1], slope.sum())

    w = minimised(loss, len(known) + 1, steps)
    return Weights(known, w[:-1, None], w[-1:])


def one_of(
    told: Sequence[Sequence[str]], which: Sequence[int], weight: Floats, least: int, penalty: float, steps: int
) -> Weights:
    """Multinomial regression: which of the statuses holds."""
    known = vocabulary(told, least)
    rows, size = matrix(told, known), len(STATUSES)
    wanted = np.eye(size)[list(which)]

    def loss(flat: Floats) -> tuple[float, Floats]:
        w = flat.reshape(-1, size)
        scores = rows @ w[:-1] + w[-1]
        scores -= scores.max(axis=1, keepdims=True)
        log = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        slope = weight[:, None] * (np.exp(log) - wanted)
        value = -float(weight @ (log * wanted).sum(axis=1)) + penalty / 2 * float((w[:-1] ** 2).sum())
        return value, np.vstack([rows.T @ slope + penalty * w[:-1], slope.sum(axis=0)]).ravel()

    w = minimised(loss, (len(known) + 1) * size, steps).reshape(-1, size)
    return Weights(known, w[:-1], w[-1])


def choice(
    told: Sequence[Sequence[Sequence[str]]], right: Sequence[Sequence[bool]], weight: Floats, least: int,
    penalty: float, steps: int,
) -> Weights:  # fmt: skip
    """Conditional logit: by its weights the right ones among those at hand score best."""
    flat = [marks for each in told for marks in each]
    known = vocabulary(flat, least)
    rows = matrix(flat, known)
    starts = np.cumsum([0, *(len(each) for each in told)])[:-1]
    of = np.repeat(np.arange(len(told)), [len(each) for each in told])
    hits = np.array([hit for each in right for hit in each])

    def total(scores: Floats) -> Floats:
        most = np.maximum.reduceat(scores, starts)
        summed: Floats = most + np.log(np.add.reduceat(np.exp(scores - most[of]), starts))
        return summed

    def loss(w: Floats) -> tuple[float, Floats]:
        scores = rows @ w
        hit = np.where(hits, scores, -1e9)
        every, good = total(scores), total(hit)
        slope = (np.exp(scores - every[of]) - np.exp(hit - good[of])) * weight[of]
        return float(weight @ (every - good)) + penalty / 2 * float(w @ w), rows.T @ slope + penalty * w

    w = minimised(loss, len(known), steps)
    return Weights(known, w[:, None], np.zeros(1))


def train(examples: Sequence[Example], config: Config, settings: Settings) -> MeetingModel:
    """All four parts."""
    least, penalty, steps = config["least_seen"], config["penalty"], config["steps"]
    trust = {example.id: config["invented"] if example.part == "invented" else 1.0 for example in examples}
    mentions = [
        (marks, label, trust[e.id])
        for e in examples for marks, label in zip(e.marks, e.labels, strict=True) if label != NEITHER
    ]  # fmt: skip
    entered = [(item, trust[e.id]) for e in examples for item in e.entered]
    dated = [(item, weight) for item, weight in entered if any(item.right_days)]
    parties = [
        (marks, so, config["invented_party"] if e.part == "invented" else 1.0)
        for e in examples for item in e.entered for marks, so in zip(item.parties, item.take_part, strict=True)
    ]  # fmt: skip
    return MeetingModel(
        entry=binary(
            [m for m, _, _ in mentions], np.array([float(label) for _, label, _ in mentions]),
            np.array([w for _, _, w in mentions]), least["entry"], penalty["entry"], steps,
        ),
        status=one_of(
            [item.status_marks for item, _ in entered], [item.status for item, _ in entered],
            np.array([w for _, w in entered]), least["status"], penalty["status"], steps,
        ),
        day=choice(
            [item.days for item, _ in dated], [item.right_days for item, _ in dated], np.array([w for _, w in dated]),
            least["day"], penalty["day"], steps,
        ),
        party=binary(
            [m for m, _, _ in parties], np.array([float(so) for _, so, _ in parties]),
            np.array([w for _, _, w in parties]), least["party"], penalty["party"], steps,
        ),
        settings=settings,
    )  # fmt: skip


def scorer_of(shared: Path) -> ModuleType:
    """The shared scorer as a module."""
    spec = importlib.util.spec_from_file_location("score_ledger", shared / "eval" / "score_ledger.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def counted(scorer: ModuleType, read: Scored, least: float, strict: bool) -> tuple[list[int], list[tuple[float, bool]]]:
    """Right, gold's and read entries of at least some score, and each one's score with whether it is right."""
    counts, marks = [0, 0, 0], []
    for report, told, meetings in read:
        items = [asdict(m) for m in meetings if m.confidence is None or m.confidence >= least]
        names = scorer.Names(report.gold, {"actors": [asdict(actor) for actor in told.actors.actors]})
        pairs = scorer.pairs(report.gold["meetings"], items, scorer.meeting_score(names, strict))
        right = {pair[1]["id"] for pair in pairs}
        counts = [a + b for a, b in zip(counts, (len(pairs), len(report.gold["meetings"]), len(items)), strict=True)]
        marks += [(item["confidence"], item["id"] in right) for item in items]
    return counts, marks


def calibration(marks: Sequence[tuple[float, bool]], bins: int) -> tuple[tuple[float, float], ...]:
    """Raw score → share of right entries, over bins of equal size, never falling."""
    table: list[tuple[float, float]] = []
    floor = 0.0
    for part in np.array_split(np.array(sorted(marks), dtype=float), bins):
        floor = max(floor, float(part[:, 1].mean()))
        table.append((round(float(part[:, 0].mean()), 4), round(floor, 4)))
    return (0.0, table[0][1]), *table, (1.0, table[-1][1])


def left_out(
    examples: Sequence[Example], reports: Sequence[Annotated], config: Config, settings: Settings, folds: int
) -> tuple[Scored, dict[str, list[Chances]]]:
    """Each stand-off report read by weights that it took no part in, and what these make of its mentions, by its id."""
    real = sorted({report.id for report in reports if report.part != "invented"})
    random.Random(config["seed"]).shuffle(real)
    read, chances = {}, {}
    for fold in range(folds):
        out = set(real[fold::folds])
        model = train([e for e in examples if e.id not in out], config, settings)
        for example in examples:
            if example.id in out:
                chances[example.id] = score(model, example.report)
                read[example.id] = example.report, meetings_in(example.report, chances[example.id], settings)
    return [(report, *read[report.id]) for report in reports if report.part != "invented"], chances


def show(scorer: ModuleType, name: str, read: Scored, least: float) -> None:
    """Print the figures of each part and of all."""
    for part in (*sorted({report.part for report, _, _ in read}), None):
        some = [one for one in read if part in (None, one[0].part)]
        (strict, _), (lenient, _) = (counted(scorer, some, least, mode) for mode in (True, False))
        print(f"{name}, {part or 'all'}: strict F1 {f1(strict):.3f} {strict}, lenient F1 {f1(lenient):.3f}", flush=True)


def f1(counts: Sequence[int]) -> float:
    """F1 of right, gold's and read entries."""
    return 2 * counts[0] / max(1, counts[1] + counts[2])


def write(model: MeetingModel, out: Path) -> None:
    """The model folder."""
    out.mkdir(parents=True, exist_ok=True)
    arrays = {}
    for part in PARTS:
        weights: Weights = getattr(model, part)
        arrays[part] = weights.weights.astype(np.float16)
        arrays[f"{part}_bias"] = weights.bias.astype(np.float32)
        (out / f"{part}_marks.txt").write_text("".join(mark + "\n" for mark in weights.marks), "utf-8")
    np.savez_compressed(out / "meetings.npz", **arrays)
    files = ["meetings.npz", *(f"{part}_marks.txt" for part in PARTS)]
    description = {
        "statuses": list(STATUSES), **asdict(model.settings),
        "sha256": {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in files},
    }  # fmt: skip
    (out / "model.json").write_text(json.dumps(description, indent=1) + "\n", "utf-8")


def examples_of(reports: Sequence[Annotated], cache: Path | None) -> list[Example]:
    """The examples of all reports, each once; kept in a file where one is given: reading takes longest."""
    if cache and cache.exists():
        kept: list[Example] = pickle.loads(cache.read_bytes())
        return kept
    with Pool() as pool:
        found = pool.map(example_of, list({report.id: report for report in reversed(reports)}.values()), chunksize=4)
    found.sort(key=lambda example: example.id)
    if cache:
        cache.write_bytes(pickle.dumps(found))
    return found


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with corpus/ and eval/")
    parser.add_argument("--gold", type=Path, nargs="+", required=True, help="folders of stand-off gold")
    parser.add_argument("--reports", type=Path, help="folder of invented reports")
    parser.add_argument("--out", type=Path, required=True, help="the model folder")
    parser.add_argument("--config", type=Path, default=HERE / "meetings.toml")
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--cache", type=Path, help="where to keep the examples between runs")
    args = parser.parse_args()
    config = tomllib.loads(args.config.read_text("utf-8"))
    corpus = args.shared / "corpus" / "stream-2016-01-to-04.jsonl"
    reports = [report for folder in args.gold for report in from_stand_off(folder, corpus)]
    reports += list(from_reports(args.reports)) if args.reports else []
    examples = examples_of(reports, args.cache)
    print(f"{len(examples)} reports, {sum(len(e.marks) for e in examples)} mentions, "
          f"{sum(e.labels.count(1) for e in examples)} entered", flush=True)  # fmt: skip
    scorer = scorer_of(args.shared)
    trusted = {name: config[name] for name in ("trust_day", "trust_status", "trust_parties", "unseen")}
    settings = Settings(least=0.0, calibration=PLAIN, **trusted)
    read, chances = left_out(examples, reports, config, settings, args.folds)
    by_rules = [(r, told, in_order(m for m in told.rules.meetings if m)) for r, told, _ in read]
    show(scorer, "rules", by_rules, 0.0)
    tried = {least: f1(counted(scorer, read, least, strict=True)[0]) for least in config["least"]}
    print("thresholds", {least: round(found, 4) for least, found in tried.items()}, flush=True)
    best = max(tried, key=lambda least: tried[least])
    show(scorer, "left out", read, best)
    joined = [
        (r, told, beside_rules(told, [m for m in meetings if (m.confidence or 0.0) >= best], chances[r.id], settings))
        for r, told, meetings in read
    ]
    show(scorer, "left out, beside the rules", joined, 0.0)
    table = calibration(counted(scorer, read, best, strict=True)[1], config["bins"])
    write(train(examples, config, replace(settings, least=best, calibration=table)), args.out)


if __name__ == "__main__":
    main()
