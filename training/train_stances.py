"""Train the stance reader: annotated reports in, the package's model folder out.

python training/train_stances.py --corpus STREAM.jsonl --gold bench/gold/a … --reports training/reports --out FOLDER

One command, fixed seeds (`stances.toml`). `--folds N` trains N times instead, each time without one part of the
reports, and writes N folders `FOLDER-0` … with the ids of the reports left out (`left_out.txt`): thresholds are chosen
on what a model has not seen (tune_stances.py).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
import random
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

from stance_gold import NEITHER, Annotated, Example, example_of, from_reports, from_stand_off  # noqa: E402

from standoff.ledger import ACTS  # noqa: E402

Config = dict[str, Any]


class IssueNetwork(nn.Module):
    """One seed's network: a hidden layer over marks and encoder row, and direct weights of the marks."""

    def __init__(self, marks: int, row: int, config: Config) -> None:
        super().__init__()
        size, outputs = config["hidden"], 1 + len(ACTS)
        self.hidden_marks = nn.EmbeddingBag(marks, size, mode="sum")
        self.out_marks = nn.EmbeddingBag(marks, outputs, mode="sum")
        nn.init.normal_(self.hidden_marks.weight, std=0.02)
        nn.init.zeros_(self.out_marks.weight)
        self.norm, self.hidden_row = nn.LayerNorm(row), nn.Linear(row, size)
        self.row_dropout, self.dropout = nn.Dropout(config["row_dropout"]), nn.Dropout(config["dropout"])
        self.out = nn.Linear(size, outputs)

    def forward(self, rows: Tensor, flat: Tensor, starts: Tensor) -> Tensor:
        """Scores [candidates, 1 + acts]."""
        hidden = self.hidden_marks(flat, starts) + self.hidden_row(self.row_dropout(self.norm(rows)))
        scores: Tensor = self.out(self.dropout(torch.relu(hidden))) + self.out_marks(flat, starts)
        return scores


def vocabulary(told: Iterable[Sequence[str]], least: int) -> dict[str, int]:
    """The marks that are seen often enough, numbered in the order of the alphabet."""
    seen = Counter(mark for marks in told for mark in marks)
    return {mark: n for n, mark in enumerate(sorted(mark for mark, count in seen.items() if count >= least))}


def numbered(told: Iterable[Sequence[str]], known: dict[str, int]) -> list[NDArray[np.int64]]:
    """The numbers of the known marks of each."""
    return [np.array([known[mark] for mark in marks if mark in known], dtype=np.int64) for marks in told]


def bags(numbers: Sequence[NDArray[np.int64]]) -> tuple[Tensor, Tensor]:
    """The numbers of all, one after the other, and where those of each begin."""
    starts = np.cumsum([0, *map(len, numbers[:-1])])
    return torch.from_numpy(np.concatenate(numbers)), torch.from_numpy(starts)


def train_issues(examples: Sequence[Example], known: dict[str, int], config: Config, seed: int) -> IssueNetwork:
    """One network on all candidates that teach something."""
    torch.manual_seed(seed)
    dice = np.random.default_rng(seed)
    told = numbered((marks for example in examples for marks in example.marks), known)
    rows = np.concatenate([example.rows for example in examples])
    labels = np.concatenate([example.labels for example in examples])
    acts = np.concatenate([example.acts for example in examples])
    network = IssueNetwork(len(known), rows.shape[1], config)
    optimizer = torch.optim.AdamW(
        network.parameters(), lr=config["learning_rate"], weight_decay=config["weight_decay"]
    )
    chosen = np.flatnonzero(labels != NEITHER)
    steps = config["epochs"] * -(-len(chosen) // config["batch"])
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, config["learning_rate"], steps, pct_start=config["warm_up"]
    )
    network.train()
    for epoch in range(config["epochs"]):
        dice.shuffle(chosen)
        total = 0.0
        for start in range(0, len(chosen), config["batch"]):
            batch = chosen[start : start + config["batch"]]
            scores = network(torch.from_numpy(rows[batch].astype(np.float32)), *bags([told[k] for k in batch]))
            loss = functional.binary_cross_entropy_with_logits(scores[:, 0], torch.from_numpy(labels[batch]).float())
            held = torch.from_numpy(acts[batch].astype(np.int64))
            if bool((held != NEITHER).any()):
                loss = loss + config["act_loss"] * functional.cross_entropy(scores[:, 1:], held, ignore_index=NEITHER)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item() * len(batch)
        print(f"seed {seed} epoch {epoch} loss {total / len(chosen):.4f}", flush=True)
    return network.eval()


def train_parties(
    choices: Sequence[tuple[list[list[str]], list[bool]]], known: dict[str, int], rate: float, config: Config
) -> Tensor:
    """Weights of the marks, by which the right ones among the parties of an issue score best (conditional logit)."""
    torch.manual_seed(config["seeds"][0])
    dice = random.Random(config["seeds"][0])
    weights = nn.EmbeddingBag(len(known), 1, mode="sum")
    nn.init.zeros_(weights.weight)
    optimizer = torch.optim.AdamW(
        weights.parameters(), lr=rate, weight_decay=config["party_weight_decay"]
    )
    useful = [(numbered(told, known), right) for told, right in choices if any(right) and not all(right)]
    for _ in range(config["party_epochs"]):
        dice.shuffle(useful)
        for start in range(0, len(useful), 64):
            batch = useful[start : start + 64]
            scores = weights(*bags([marks for told, _ in batch for marks in told]))[:, 0]
            loss, at = torch.zeros(()), 0
            for told, right in batch:
                own = scores[at : at + len(told)]
                loss = loss + torch.logsumexp(own, 0) - torch.logsumexp(own[torch.tensor(right)], 0)
                at += len(told)
            optimizer.zero_grad()
            (loss / len(batch)).backward()
            optimizer.step()
    return weights.weight.detach()[:, 0]


def train(examples: Sequence[Example], config: Config, out: Path) -> None:
    """Train all parts and write the model folder; settings that are tuned get plain values."""
    known = vocabulary((marks for example in examples for marks in example.marks), config["least_seen"])
    networks = [train_issues(examples, known, config, seed) for seed in config["seeds"]]
    # Invented reports teach what an issue is and whether somebody is asked. Whose it is they teach less well than the
    # real ones do alone: the actors know less of invented names.
    holders = [(c.holders, c.held_by) for example in examples if not example.invented for c in example.choices]
    asked = [(c.asked, c.asked_of) for example in examples for c in example.choices if c.asked_of is not None]
    party_known = vocabulary((m for told, _ in (*holders, *asked) for m in told), config["party_least_seen"])
    weights = {
        "hidden_marks": torch.cat([n.hidden_marks.weight for n in networks], 1),
        "hidden_row": torch.cat([(n.hidden_row.weight * n.norm.weight).T for n in networks], 1),
        "hidden_bias": torch.cat([n.hidden_row.bias + n.hidden_row.weight @ n.norm.bias for n in networks]),
        "out": torch.cat([n.out.weight.T for n in networks]) / len(networks),
        "out_marks": sum(n.out_marks.weight for n in networks) / len(networks),
        "out_bias": sum(n.out.bias for n in networks) / len(networks),
        "holder": train_parties(holders, party_known, config["holder_learning_rate"], config),
        "target": train_parties(asked, party_known, config["target_learning_rate"], config),
    }
    out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(out / "stances.npz", **{k: v.detach().numpy().astype(np.float16) for k, v in weights.items()})
    for name, marks in (("marks.txt", known), ("party_marks.txt", party_known)):
        (out / name).write_text("".join(mark + "\n" for mark in marks), "utf-8")
    description = {
        "acts": list(ACTS), "least": 0.4, "frame_least": 0.1, "joint": 0.3, "target_bias": 0.0,
        "calibration": [[0.0, 0.0], [1.0, 1.0]],
        "sha256": {
            name: hashlib.sha256((out / name).read_bytes()).hexdigest()
            for name in ("stances.npz", "marks.txt", "party_marks.txt")
        },
    }  # fmt: skip
    (out / "model.json").write_text(json.dumps(description, indent=1) + "\n", "utf-8")


def examples_of(reports: list[Annotated], cache: Path | None) -> list[Example]:
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
    parser.add_argument("--gold", type=Path, nargs="*", default=[], help="folders of stand-off gold")
    parser.add_argument("--reports", type=Path, help="folder of invented reports")
    parser.add_argument("--out", type=Path, required=True, help="the model folder")
    parser.add_argument("--config", type=Path, default=HERE / "stances.toml")
    parser.add_argument("--cache", type=Path, help="where to keep the examples between runs")
    parser.add_argument("--share", type=float, default=1.0, help="train on this share of the reports (learning curve)")
    parser.add_argument("--folds", type=int, default=1, help="train on all but one part of the stand-off gold, in turn")
    args = parser.parse_args()
    config = tomllib.loads(args.config.read_text("utf-8"))
    reports: dict[str, Annotated] = {}
    for folder in args.gold:
        reports |= {report.id: report for report in from_stand_off(folder, args.corpus) if report.id not in reports}
    real = sorted(reports)
    if args.reports:
        reports |= {report.id: report for report in from_reports(args.reports)}
    chosen = sorted(reports.values(), key=lambda report: report.id)
    random.Random(config["seeds"][0]).shuffle(chosen)
    chosen = chosen[: round(len(chosen) * args.share)]
    began = time.monotonic()
    examples = examples_of(chosen, args.cache)
    issues = sum(int((example.labels == 1).sum()) for example in examples)
    print(f"{len(examples)} reports, {issues} issues, {sum(len(e.marks) for e in examples)} candidates, "
          f"{time.monotonic() - began:.0f} s", flush=True)  # fmt: skip
    torch.set_num_threads(1)  # more threads add in another order, and the last digits differ
    if args.folds < 2:
        train(examples, config, args.out)
        return
    random.Random(config["seeds"][0]).shuffle(real)
    for fold in range(args.folds):
        left_out = set(real[fold :: args.folds])
        folder = Path(f"{args.out}-{fold}")
        train([example for example in examples if example.id not in left_out], config, folder)
        (folder / "left_out.txt").write_text("".join(name + "\n" for name in sorted(left_out)), "utf-8")


if __name__ == "__main__":
    main()
