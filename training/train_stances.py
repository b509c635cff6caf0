"""Train the stance reader: annotated reports in, a checkpoint out.

python training/train_stances.py --corpus STREAM.jsonl --gold bench/gold/a … --reports training/reports --out FILE.pt
"""

from __future__ import annotations

import argparse
import pickle
import random
import sys
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

from network import HIDDEN  # noqa: E402
from stance_gold import IGNORED, Annotated, Window, from_reports, from_stand_off, windows_of  # noqa: E402
from stance_network import StanceNetwork  # noqa: E402

LAYERS = 2
"""How many of the attribution reader's upper layers are copied; the rest is shared (see export_attribution.py)."""
ATTRIBUTION = HERE.parent / "src/standoff/reading/statements/model/attribution.onnx"
Batch = dict[str, Any]


def collate(windows: Sequence[Window]) -> Batch:
    """Padded tensors of a batch; `links[k]`: (rows, columns as a 0/1 matrix, weights) of link k."""
    length, count = max(len(w.mentions) for w in windows), len(windows)
    lower = np.zeros((count, length, HIDDEN), dtype=np.float32)
    relations = np.zeros((count, length, length), dtype=np.uint8)
    mask = np.zeros((count, length), dtype=np.float32)
    numbers = {name: np.zeros((count, length), dtype=np.int64) for name in ("mentions", "frames", "roles")}
    numbers |= {name: np.full((count, length), IGNORED, dtype=np.int64) for name in ("tags", "acts", "conditions")}
    for row, window in enumerate(windows):
        size = len(window.mentions)
        lower[row, :size], mask[row, :size] = window.lower, 1
        relations[row, :size, :size] = window.relations
        for name, values in numbers.items():
            values[row, :size] = getattr(window, name)
    batch: Batch = {name: torch.from_numpy(values) for name, values in numbers.items()}
    batch |= {name: torch.from_numpy(v) for name, v in (("lower", lower), ("relations", relations), ("mask", mask))}
    batch["links"] = []
    for link in range(4):
        rows, columns, weights = [], [], []
        for row, window in enumerate(windows):
            for place, groups in window.links[link]:
                for group in groups:
                    line = np.zeros(length, dtype=np.float32)
                    line[group] = 1
                    rows.append((row, place))
                    columns.append(line)
                    weights.append(1 / len(groups))
        if rows:
            batch["links"].append((torch.tensor(rows), torch.tensor(np.array(columns)), torch.tensor(weights)))
        else:
            batch["links"].append(None)
    return batch


def loss_of(network: StanceNetwork, batch: Batch, config: dict[str, Any]) -> Tensor:
    """Cross-entropy of tags, acts and condition tags, and of the links: the mass on each group of right pieces."""
    tags, acts, conditions, links = network(
        batch["lower"], batch["mentions"], batch["frames"], batch["roles"], batch["mask"]
    )
    total = functional.cross_entropy(tags.flatten(0, 1), batch["tags"].flatten())
    total = total + config["condition_loss"] * functional.cross_entropy(
        conditions.flatten(0, 1), batch["conditions"].flatten()
    )
    if bool((batch["acts"] != IGNORED).any()):
        total = total + config["act_loss"] * functional.cross_entropy(acts.flatten(0, 1), batch["acts"].flatten())
    scores = network.link_scores(links, batch["relations"], batch["mask"])
    for one, targets, weight in zip(scores, batch["links"], config["link_losses"], strict=True):
        if targets is not None:
            rows, columns, shares = targets
            chances = functional.log_softmax(one[rows[:, 0], rows[:, 1]], -1)
            mass = torch.logsumexp(chances + torch.log(columns + 1e-9), -1)
            total = total - weight * (shares * mass).sum() / shares.sum()
    return total


def optimizer_of(network: StanceNetwork, config: dict[str, Any]) -> torch.optim.AdamW:
    """AdamW with a rate of its own for layers, heads and link weights; no decay on vectors."""
    groups = []
    for name, weight in network.named_parameters():
        kind = "" if name.startswith("layers.") else "link_" if name in ("distance", "relations") else "head_"
        rate = config[f"{kind}learning_rate"]
        decay = config["weight_decay"] if weight.dim() > 1 else 0.0
        groups.append({"params": [weight], "lr": rate, "weight_decay": decay, "peak": rate})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98))


def train(windows: list[Window], config: dict[str, Any]) -> dict[str, Tensor]:
    """The whole run: the moving average of the weights at its end."""
    torch.manual_seed(config["seed"])
    dice = random.Random(config["seed"])
    network = StanceNetwork(LAYERS, config["arc_size"], config["dropout"])
    network.take_layers(ATTRIBUTION)
    optimizer = optimizer_of(network, config)
    size = config["batch"]
    steps = config["epochs"] * -(-len(windows) // size)
    warm = max(1, int(steps * config["warm_up"]))
    average = {name: value.detach().clone() for name, value in network.named_parameters()}
    began, step = time.monotonic(), 0
    network.train()
    for epoch in range(config["epochs"]):
        dice.shuffle(windows)
        total = 0.0
        for start in range(0, len(windows), size):
            chosen = windows[start : start + size]
            step += 1
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * max(0.0, min(step / warm, (steps - step) / max(1, steps - warm)))
            loss = loss_of(network, collate(chosen), config)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            decay = min(config["average_decay"], (1 + step) / (10 + step))
            with torch.no_grad():
                for name, value in network.named_parameters():
                    average[name].lerp_(value, 1 - decay)
            total += loss.item() * len(chosen)
        print(f"epoch {epoch} loss {total / len(windows):.4f} seconds {time.monotonic() - began:.0f}", flush=True)
    return average


def examples(reports: list[Annotated], cache: Path | None) -> list[Window]:
    """The windows of all reports; kept in a file where one is given, since reading them takes longer than an epoch."""
    if cache and cache.exists():
        return pickle.loads(cache.read_bytes())
    found = [window for report in reports for window in windows_of(report)]
    if cache:
        cache.write_bytes(pickle.dumps(found))
    return found


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True, help="the news stream, JSON Lines")
    parser.add_argument("--gold", type=Path, nargs="*", default=[], help="folders of stand-off gold")
    parser.add_argument("--reports", type=Path, help="folder of invented reports")
    parser.add_argument("--out", type=Path, required=True, help="the checkpoint")
    parser.add_argument("--config", type=Path, default=HERE / "stances.toml")
    parser.add_argument("--cache", type=Path, help="where to keep the examples between runs")
    parser.add_argument("--share", type=float, default=1.0, help="train on this share of the reports (learning curve)")
    args = parser.parse_args()
    config = tomllib.loads(args.config.read_text("utf-8"))
    reports: dict[str, Annotated] = {}
    for folder in args.gold:
        reports |= {report.id: report for report in from_stand_off(folder, args.corpus) if report.id not in reports}
    if args.reports:
        reports |= {report.id: report for report in from_reports(args.reports)}
    chosen = sorted(reports.values(), key=lambda report: report.id)
    random.Random(config["seed"]).shuffle(chosen)
    chosen = chosen[: round(len(chosen) * args.share)]
    issues, conditions = (sum(len(getattr(r, name)) for r in chosen) for name in ("issues", "conditions"))
    windows = examples(chosen, args.cache)
    print(f"{len(chosen)} reports, {issues} issues, {conditions} conditions, {len(windows)} windows", flush=True)
    weights = train(windows, config)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"network": weights, "config": config}, args.out)


if __name__ == "__main__":
    main()
