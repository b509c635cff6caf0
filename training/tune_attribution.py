"""Choose the settings of model.json on the development texts: model folder and PolNeAR dev in, model.json rewritten.

    python training/tune_attribution.py --shared FOLDER --model src/standoff/reading/statements/model

Coordinate ascent over a handful of biases, then an isotonic table from raw score to probability.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "src")]

from standoff.reading.statements.model_file import TAGS, Settings, open_model, settings_of  # noqa: E402
from standoff.reading.statements.pieces import Pieces, cut  # noqa: E402
from standoff.reading.statements.reader import scored_attributions  # noqa: E402
from standoff.reading.statements.windows import Reading, log_softmax, read_windows  # noqa: E402

CONTEXTS = (32, 64)
GRID: dict[str, tuple[float, ...]] = {
    "O": (-0.6, -0.3, 0.0, 0.3), "source": (0.0, 0.4, 0.8, 1.2), "cue": (0.0, 0.4, 0.8, 1.2, 1.6),
    "content": (-0.4, 0.0, 0.4), "B-content": (-0.5, 0.0, 0.5, 1.0), "no_source_bias": (0.0, 1.0, 2.0, 3.0, 4.0),
    "nest_bias": (-5.0, -3.0, -1.5, 0.0), "least_raw": (0.0, 0.03, 0.06, 0.1, 0.15),
}  # fmt: skip
CONTENT_WEIGHT = 0.25
"""Weight of the content token F1 beside the attribution F1 in what is maximised."""
BINS, ROUNDS = 16, 2


@dataclass(frozen=True)
class Document:
    """A development text with its gold token sets and what the model said of it, untuned."""

    text: str
    pieces: Pieces
    readings: list[Reading]
    tokens: Any
    gold: list[dict[str, frozenset[int]]]


def load_scorer(shared: Path) -> ModuleType:
    """The collection's own scorer as a module."""
    spec = importlib.util.spec_from_file_location("score_attribution", shared / "eval" / "score_attribution.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(shared)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def with_choice(description: dict[str, Any], choice: dict[str, float]) -> dict[str, Any]:
    """model.json with the chosen biases."""
    bias = {tag: choice["O"] if tag == "O" else choice[tag.partition("-")[2]] for tag in TAGS}
    bias["B-content"] += choice["B-content"]
    rest = {name: choice[name] for name in ("no_source_bias", "nest_bias", "least_raw")}
    return {**description, "tag_bias": bias, **rest}


def read_all(folder: Path, split: Path, scorer: ModuleType, context: int) -> list[Document]:
    """Run the model once over the split, without biases."""
    model = open_model(folder, 2)
    plain = replace(model.settings, context=context, tag_bias=np.zeros(len(TAGS), dtype=np.float32))
    model = replace(model, settings=plain)
    found = []
    for text_path, ann_path in scorer.gold_files(split).values():
        text = text_path.read_bytes().decode("utf-8")
        tokens = scorer.Tokens(text)
        annotated = scorer.to_tokens(scorer.parse_ann(ann_path.read_bytes().decode("utf-8")), tokens, ann_path)
        pieces = cut(text, model.tokenizer)
        gold = [item for item in annotated if item["content"]]
        found.append(Document(text, pieces, list(read_windows(pieces, model)), tokens, gold))
    return found


def outcomes(documents: list[Document], settings: Settings, scorer: ModuleType) -> tuple[float, float, list[Any]]:
    """Attribution F1, content token F1, and for each document (raw score, matched) of each statement."""
    names = [(m, r) for m in ("token", "span exact", "span partial") for r in scorer.ROLES]
    tallies = {name: scorer.Tally() for name in [*names, ("attribution", ""), ("content only", "")]}
    scored = []
    for document in documents:
        readings = [
            replace(reading, tags=log_softmax(reading.tags + settings.tag_bias)) for reading in document.readings
        ]
        found = scored_attributions(document.text, document.pieces, readings, settings)
        spans = [{role: getattr(item, role) for role in scorer.ROLES} for item, _ in found]
        system = scorer.to_tokens(spans, document.tokens, "")
        scorer.score_document(document.gold, system, tallies)
        matched = {number for _, number in scorer.match(document.gold, system, True)}
        scored.append([(raw, number in matched) for number, (_, raw) in enumerate(found)])
    return tallies["attribution", ""].scores()["f1"], tallies["token", "content"].scores()["f1"], scored


def isotonic(points: list[tuple[float, bool]]) -> list[list[float]]:
    """Ascending table (raw score, probability): bins of equal size, pooled until they ascend."""
    points = sorted(points)
    blocks = [
        [float(np.mean([raw for raw, _ in part])), float(sum(hit for _, hit in part)), float(len(part))]
        for part in (points[a:b] for a, b in _slices(len(points)))
    ]
    pooled: list[list[float]] = []
    for block in blocks:
        pooled.append(block)
        while len(pooled) > 1 and pooled[-2][1] / pooled[-2][2] >= pooled[-1][1] / pooled[-1][2]:
            raw, hits, size = pooled.pop()
            before = pooled[-1]
            pooled[-1] = [
                (before[0] * before[2] + raw * size) / (before[2] + size), before[1] + hits, before[2] + size,
            ]  # fmt: skip
    return [[round(raw, 4), round((hits + 0.5) / (size + 1), 4)] for raw, hits, size in pooled]


def _slices(count: int) -> list[tuple[int, int]]:
    edges = np.linspace(0, count, BINS + 1).astype(int).tolist()
    return list(zip(edges, edges[1:], strict=False))


def calibration_error(points: list[tuple[float, bool]], table: list[list[float]]) -> float:
    """Expected calibration error over ten bins of equal size."""
    raws, rates = zip(*table, strict=True)
    pairs = sorted((float(np.interp(raw, raws, rates)), hit) for raw, hit in points)
    parts = [part for part in np.array_split(np.array(pairs, dtype=float), 10) if len(part)]
    return float(sum(len(part) * abs(part[:, 0].mean() - part[:, 1].mean()) for part in parts) / len(pairs))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with corpus/polnear and eval/")
    parser.add_argument("--model", type=Path, required=True, help="model folder")
    args = parser.parse_args()
    scorer = load_scorer(args.shared)
    split = args.shared / "corpus" / "polnear" / "dev"
    path = args.model / "model.json"
    description = json.loads(path.read_text(encoding="utf-8"))
    start = dict.fromkeys(GRID, 0.0)

    def value(documents: list[Document], trial: dict[str, float]) -> float:
        attribution, content, _ = outcomes(documents, settings_of(with_choice(description, trial)), scorer)
        return attribution + CONTENT_WEIGHT * content

    def ascend(documents: list[Document]) -> dict[str, float]:
        choice, best = start, value(documents, start)
        for _ in range(ROUNDS):
            for name, values in GRID.items():
                for candidate in values:
                    trial = {**choice, name: candidate}
                    if candidate != choice[name] and (figure := value(documents, trial)) > best + 1e-4:
                        choice, best = trial, figure
        return choice

    runs = {context: read_all(args.model, split, scorer, context) for context in CONTEXTS}
    by_context = {context: value(documents, start) for context, documents in runs.items()}
    print({context: round(figure, 4) for context, figure in by_context.items()}, flush=True)
    description["context"] = max(by_context, key=lambda key: by_context[key])
    documents = runs[description["context"]]
    choice = ascend(documents)
    print(choice, flush=True)
    description = with_choice(description, choice)
    attribution, content, scored = outcomes(documents, settings_of(description), scorer)
    description["calibration"] = isotonic(sum(scored, []))
    path.write_text(json.dumps(description, indent=1) + "\n", encoding="utf-8")
    halves = [sum(scored[start::2], []) for start in (0, 1)]
    errors = [calibration_error(halves[1 - side], isotonic(halves[side])) for side in (0, 1)]
    print(
        f"attribution {attribution} content {content} calibration error across halves {np.mean(errors):.4f}", flush=True
    )
    # How much of the gain is only fitted to these texts: biases from one half, measured on the other.
    for side in (0, 1):
        other = with_choice(description, ascend(documents[side::2]))
        tuned, content, _ = outcomes(documents[1 - side :: 2], settings_of(other), scorer)
        plain = outcomes(documents[1 - side :: 2], settings_of(with_choice(description, start)), scorer)[0]
        print(
            f"biases of half {side} on the other: attribution {tuned} (untuned {plain}) content {content}", flush=True
        )


if __name__ == "__main__":
    main()
