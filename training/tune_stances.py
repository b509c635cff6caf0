"""Choose the stance reader's biases and make its calibration table: model folder and gold in, model.json out.

python training/tune_stances.py --shared FOLDER --gold bench/gold/d --model src/standoff/reading/stances/model

The measure is strict F1 of positions by the shared scorer, on reports that took no part in the training.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import tempfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "src"), str(HERE.parent / "bench")]

from gold import write_expanded  # noqa: E402

from standoff.actors import ActorTable, resolve  # noqa: E402
from standoff.language import Parse, parse  # noqa: E402
from standoff.ledger import Position, Precondition  # noqa: E402
from standoff.reading.dates import read_dates  # noqa: E402
from standoff.reading.enrolment import Enrolment  # noqa: E402
from standoff.reading.positions import read_positions  # noqa: E402
from standoff.reading.preconditions import read_preconditions  # noqa: E402
from standoff.reading.relevance import is_negotiation  # noqa: E402
from standoff.reading.speakers import read_statements  # noqa: E402
from standoff.reading.stances.decode import Scores, stances_in  # noqa: E402
from standoff.reading.stances.features import features_of  # noqa: E402
from standoff.reading.stances.model_file import Settings, StanceModel, open_model  # noqa: E402
from standoff.reading.stances.reader import scores_of  # noqa: E402
from standoff.reading.stances.referents import Referent, referents  # noqa: E402
from standoff.reading.statements import Encoding, encode  # noqa: E402
from standoff.reading.voices import Voices, voices_of  # noqa: E402

GRID: dict[str, tuple[float, ...]] = {
    "issue_bias": (0.0, 0.5, 1.0, 1.5, 2.0),
    "target_bias": (-1.0, -0.5, 0.0, 0.5),
    "joint_share": (0.2, 0.25, 0.3, 0.4),
    "least_raw": (0.0, 0.1, 0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8),
}
BINS = 5


@dataclass
class Read:
    """A report read as far as the scores of the stance model."""

    id: str
    parse: Parse
    actors: ActorTable
    voices: Voices
    encoding: Encoding
    named: list[Referent | None]
    scores: list[Scores]
    preconditions: tuple[Precondition, ...]


def read_scores(model: StanceModel, record: dict[str, Any]) -> Read | None:
    """Everything before the decoding; None where the report is no negotiation."""
    parsed = parse(record["text"])
    if not is_negotiation(parsed):
        return None
    actors, encoding = resolve(parsed), encode(record["text"])
    statements = read_statements(parsed, actors, read_dates(parsed, record["published"]), encoding)
    voices = voices_of(parsed, actors, statements)
    features = features_of(parsed, actors, statements, voices, encoding.pieces)
    named = referents(parsed, actors, voices, encoding.pieces)
    scores = list(scores_of(model, features, encoding))
    preconditions = read_preconditions(parsed, actors, statements)
    return Read(record["id"], parsed, actors, voices, encoding, named, scores, preconditions)


def positions_of(read: Read, settings: Settings) -> tuple[tuple[Position, ...], list[dict[str, Any]]]:
    """Positions and actors as the scorer takes them."""
    enrolment = Enrolment(read.actors, read.parse.text)
    stances = [s for one in read.scores for s in stances_in(one, read.encoding.pieces, read.named, settings)]
    found = read_positions(read.parse, read.voices, enrolment, tuple(stances), read.preconditions)
    return found, [asdict(actor) for actor in enrolment.actors]


def scorer_of(shared: Path) -> ModuleType:
    """The shared scorer as a module."""
    spec = importlib.util.spec_from_file_location("score_ledger", shared / "eval" / "score_ledger.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def matches(
    scorer: ModuleType, gold: dict[str, Any], reads: dict[str, Read | None], settings: Settings
) -> tuple[int, int, list[tuple[float | None, bool]]]:
    """Gold and system entries counted, and each system entry's confidence with whether it is right (strict)."""
    wanted, marks = 0, []
    for name, annotated in gold.items():
        wanted += len(annotated["positions"])
        read = reads[name]
        if read is None:
            continue
        positions, actors = positions_of(read, settings)
        items = [asdict(position) for position in positions]
        score = scorer.position_score(scorer.Names(annotated, {"actors": actors}), True)
        right = {pair[1]["id"] for pair in scorer.pairs(annotated["positions"], items, score)}
        marks += [(item["confidence"], item["id"] in right) for item in items]
    return wanted, sum(right for _, right in marks), marks


def f1(counts: tuple[int, int, list[tuple[float | None, bool]]]) -> float:
    wanted, hits, marks = counts
    return 2 * hits / max(1, wanted + len(marks))


def calibration(marks: list[tuple[float | None, bool]]) -> list[list[float]]:
    """Raw score → share of right entries, over bins of equal size, never falling."""
    ordered = sorted((raw, right) for raw, right in marks if raw is not None)
    table, floor = [[0.0, 0.0]], 0.0
    for part in np.array_split(np.array(ordered, dtype=float), BINS):
        floor = max(floor, float(part[:, 1].mean()))
        table.append([round(float(part[:, 0].mean()), 4), round(floor, 4)])
    return [*table, [1.0, table[-1][1]]]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with corpus/ and eval/")
    parser.add_argument("--gold", type=Path, nargs="+", required=True, help="folders of gold kept for choosing")
    parser.add_argument("--model", type=Path, required=True)
    args = parser.parse_args()
    corpus = args.shared / "corpus" / "stream-2016-01-to-04.jsonl"
    gold: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        for number, source in enumerate(args.gold):
            write_expanded(source, corpus, Path(folder, str(number)))
        for path in sorted(Path(folder).glob("*/*.json")):
            gold[path.stem] = json.loads(path.read_text("utf-8"))
    model = open_model(args.model, 1)
    reads = {}
    for line in corpus.read_text("utf-8").splitlines():
        record = json.loads(line)
        if record["id"] in gold:
            reads[record["id"]] = read_scores(model, record)
    scorer = scorer_of(args.shared)
    plain = replace(model.settings, calibration=((0.0, 0.0), (1.0, 1.0)), least_raw=0.0)
    chosen = plain
    for _ in range(2):  # one setting at a time, twice round
        for name, values in GRID.items():
            tried = [replace(chosen, **{name: value}) for value in values]
            scored = [f1(matches(scorer, gold, reads, settings)) for settings in tried]
            chosen = tried[int(np.argmax(scored))]
            print(name, {value: round(score, 4) for value, score in zip(values, scored, strict=True)}, flush=True)
    counts = matches(scorer, gold, reads, chosen)
    file = args.model / "model.json"
    description = json.loads(file.read_text("utf-8"))
    description |= {name: getattr(chosen, name) for name in GRID} | {"calibration": calibration(counts[2])}
    file.write_text(json.dumps(description, indent=1) + "\n", "utf-8")

    print(f"strict F1 {f1(counts):.4f}, {counts[1]} of {counts[0]} found, {len(counts[2])} read")


if __name__ == "__main__":
    main()
