"""Choose the stance reader's thresholds and make its calibration table: models that each left reports out, in; out come
the settings of the model that ships.

python training/tune_stances.py --shared FOLDER --gold bench/gold/a … --folds build/fold --model MODEL_FOLDER

`train_stances.py --folds N --out build/fold` makes the models; each reads the reports that it was not trained on, so
that what is chosen and printed here is out of sample. The measure is strict F1 of positions by the shared scorer.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import tempfile
from dataclasses import asdict, dataclass, replace
from functools import cache
from multiprocessing import Pool
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "src"), str(HERE.parent / "bench")]

from gold import write_expanded  # noqa: E402

from standoff.actors import ActorTable, resolve  # noqa: E402
from standoff.language import Parse, parse  # noqa: E402
from standoff.ledger import Precondition  # noqa: E402
from standoff.reading.dates import read_dates  # noqa: E402
from standoff.reading.enrolment import Enrolment  # noqa: E402
from standoff.reading.positions import read_positions  # noqa: E402
from standoff.reading.preconditions import read_preconditions  # noqa: E402
from standoff.reading.relevance import is_negotiation  # noqa: E402
from standoff.reading.speakers import read_statements  # noqa: E402
from standoff.reading.stances import Stances  # noqa: E402
from standoff.reading.stances.model_file import Settings, StanceModel, open_model  # noqa: E402
from standoff.reading.stances.reader import Scored, score, stances_in  # noqa: E402
from standoff.reading.stances.surroundings import surroundings  # noqa: E402
from standoff.reading.statements import encode  # noqa: E402
from standoff.reading.voices import Voices, voices_of  # noqa: E402

GRID: dict[str, tuple[float, ...]] = {
    "least": (0.2, 0.25, 0.3, 0.35, 0.4, 0.45),
    "frame_least": (0.0, 0.05, 0.1, 0.15, 0.2),
    "target_bias": (-1.0, -0.5, 0.0, 0.5, 1.0),
    "joint": (0.2, 0.25, 0.3, 0.35, 0.4, 0.5),
}
BINS = 8
PLAIN = ((0.0, 0.0), (1.0, 1.0))
Counts = tuple[int, int, list[tuple[float | None, bool]]]


@dataclass
class Read:
    """A report read as far as the scores of a stance model that was not trained on it; None: no negotiation. folder: of
    its gold."""

    id: str
    folder: str
    gold: dict[str, Any]
    known: tuple[Parse, ActorTable, Voices, list[Scored], tuple[Precondition, ...]] | None


@cache
def model_of(folder: Path) -> StanceModel:
    """A fold's model, loaded once in a process."""
    return open_model(folder)


def read_scores(job: tuple[Path, str, dict[str, Any], dict[str, Any]]) -> Read:
    """Everything before the decoding, by the model of a folder."""
    folder, source, record, gold = job
    parsed = parse(record["text"])
    if not is_negotiation(parsed):
        return Read(record["id"], source, gold, None)
    actors, encoding = resolve(parsed), encode(record["text"])
    statements = read_statements(parsed, actors, read_dates(parsed, record["published"]), encoding)
    voices = voices_of(parsed, actors, statements)
    scored = score(model_of(folder), surroundings(parsed, voices, statements), encoding)
    known = (parsed, actors, voices, scored, read_preconditions(parsed, actors, statements))
    return Read(record["id"], source, gold, known)


def out_of_sample(shared: Path, sources: list[Path], folds: Path) -> list[Read]:
    """Every report of the gold folders, read by the model of the fold that left it out."""
    corpus = shared / "corpus" / "stream-2016-01-to-04.jsonl"
    gold: dict[str, Any] = {}
    folder_of: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for source in sources:
            write_expanded(source, corpus, Path(scratch, source.name))
            for path in sorted(Path(scratch, source.name).glob("*.json")):
                gold.setdefault(path.stem, json.loads(path.read_text("utf-8")))
                folder_of.setdefault(path.stem, source.name)
    records = {r["id"]: r for r in map(json.loads, corpus.read_text("utf-8").splitlines()) if r["id"] in gold}
    models = sorted(folds.parent.glob(f"{folds.name}-*"))
    left_out = {model: (model / "left_out.txt").read_text("utf-8").split() for model in models}
    jobs = [
        (model, folder_of[name], records[name], gold[name])
        for model, names in left_out.items() for name in names if name in gold
    ]  # fmt: skip
    with Pool() as pool:
        return pool.map(read_scores, jobs, chunksize=4)


def scorer_of(shared: Path) -> ModuleType:
    """The shared scorer as a module."""
    spec = importlib.util.spec_from_file_location("score_ledger", shared / "eval" / "score_ledger.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def entered(scorer: ModuleType, read: Read, settings: Settings) -> tuple[list[dict[str, Any]], Any]:
    """The positions that are entered with these settings, and the scorer's names of their actors."""
    if read.known is None:
        return [], scorer.Names(read.gold, {})
    parsed, actors, voices, scored, preconditions = read.known
    enrolment = Enrolment(actors, parsed.text)
    stances = Stances(stances_in(scored, settings), tuple(scored), settings)
    items = [asdict(p) for p in read_positions(parsed, voices, enrolment, stances, preconditions)]
    return items, scorer.Names(read.gold, {"actors": [asdict(actor) for actor in enrolment.actors]})


def matches(scorer: ModuleType, reads: list[Read], settings: Settings, strict: bool = True) -> Counts:
    """Gold and right entries counted, and each entry's confidence with whether it is right."""
    wanted, marks = 0, []
    for read in reads:
        wanted += len(read.gold["positions"])
        items, names = entered(scorer, read, settings)
        pairs = scorer.pairs(read.gold["positions"], items, scorer.position_score(names, strict))
        right = {pair[1]["id"] for pair in pairs}
        marks += [(item["confidence"], item["id"] in right) for item in items]
    return wanted, sum(right for _, right in marks), marks


def f1(counts: Counts) -> float:
    """F1 of counted entries."""
    wanted, hits, marks = counts
    return 2 * hits / max(1, wanted + len(marks))


def calibration(marks: list[tuple[float | None, bool]]) -> list[list[float]]:
    """Raw score → share of right entries, over bins of equal size, never falling."""
    ordered = np.array(sorted((raw, right) for raw, right in marks if raw is not None), dtype=float)
    table: list[list[float]] = []
    floor = 0.0
    for part in np.array_split(ordered, BINS):
        floor = max(floor, float(part[:, 1].mean()))
        table.append([round(float(part[:, 0].mean()), 4), round(floor, 4)])
    return [[0.0, table[0][1]], *table, [1.0, table[-1][1]]]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with corpus/ and eval/")
    parser.add_argument("--gold", type=Path, nargs="+", required=True, help="the folders that the folds were made of")
    parser.add_argument("--folds", type=Path, required=True, help="what the folders of the folds begin with")
    parser.add_argument("--model", type=Path, required=True, help="the model folder whose settings are written")
    parser.add_argument("--rounds", type=int, default=2, help="times that each setting is chosen; 0: none")
    args = parser.parse_args()
    reads = out_of_sample(args.shared, args.gold, args.folds)
    scorer = scorer_of(args.shared)
    chosen = replace(open_model(args.model).settings, calibration=PLAIN)
    for _ in range(args.rounds):
        for name, values in GRID.items():
            tried = [replace(chosen, **{name: value}) for value in values]
            scored = [f1(matches(scorer, reads, settings)) for settings in tried]
            chosen = tried[int(np.argmax(scored))]
            print(name, {value: round(found, 4) for value, found in zip(values, scored, strict=True)}, flush=True)
    counts = matches(scorer, reads, chosen)
    file = args.model / "model.json"
    description = json.loads(file.read_text("utf-8"))
    description |= {name: getattr(chosen, name) for name in GRID} | {"calibration": calibration(counts[2])}
    file.write_text(json.dumps(description, indent=1) + "\n", "utf-8")
    for name in (*dict.fromkeys(read.folder for read in reads), None):
        part = [read for read in reads if name in (None, read.folder)]
        strict, lenient = (matches(scorer, part, chosen, mode) for mode in (True, False))
        print(
            f"out of sample, {name or 'all'}: {len(part)} reports, strict F1 {f1(strict):.3f}, "
            f"lenient {f1(lenient):.3f}, {strict[1]} of {strict[0]} found in every detail, {len(strict[2])} read"
        )


if __name__ == "__main__":
    main()
