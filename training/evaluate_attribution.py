"""Score a model folder on a split of PolNeAR: model and texts in, the scorer's table out.

python training/evaluate_attribution.py --shared FOLDER --model MODEL_FOLDER --out build/dev
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "src")]

from standoff.reading.statements.model_file import Model, open_model  # noqa: E402
from standoff.reading.statements.reader import read_with  # noqa: E402


def write_system_files(model: Model, texts: Path, out: Path) -> float:
    """Read each text into <name>.json as the scorer wants it; returns words a second."""
    out.mkdir(parents=True, exist_ok=True)
    words, began = 0, time.monotonic()
    for path in sorted(texts.glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        words += len(text.split())
        found = read_with(model, text)
        statements = [
            {"source": item.source, "cue": item.cue, "content": item.content, "confidence": item.confidence}
            for item in found
        ]
        (out / f"{path.stem}.json").write_text(json.dumps({"statements": statements}), encoding="utf-8")
    return words / (time.monotonic() - began)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder with corpus/polnear and eval/")
    parser.add_argument("--model", type=Path, required=True, help="model folder")
    parser.add_argument("--out", type=Path, required=True, help="folder for the system files")
    parser.add_argument("--split", default="dev")
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    split = args.shared / "corpus" / "polnear" / args.split
    speed = write_system_files(open_model(args.model, args.threads), split / "text", args.out)
    print(f"{speed:.0f} words/s on {args.threads} thread(s)")
    scorer = args.shared / "eval" / "score_attribution.py"
    subprocess.run([sys.executable, str(scorer), str(split), str(args.out)], check=True)


if __name__ == "__main__":
    main()
