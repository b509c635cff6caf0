"""Score the reader: gold ledgers and PolNeAR's dev part go in, figures come out in docs/quality*.md and on the screen.

Usage: python bench/evaluate.py --shared DIR [--no-write] [--only statements]
DIR holds `corpus/`, `gold/` and `eval/`. The text between the markers of docs/quality.md (ledgers) and of
docs/quality-statements.md (who said what) is replaced, the rest is kept.
"""

import argparse
import datetime
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from gold import write_expanded
from statement_tables import as_spans, pages, read_dev

from standoff import Report
from standoff.ledger import Ledger
from standoff.reading.read import read

ROOT = Path(__file__).resolve().parent.parent
OWN_GOLD = ROOT / "bench" / "gold"
QUALITY = ROOT / "docs" / "quality.md"
STATEMENTS = ROOT / "docs" / "quality-statements.md"
BEGIN, END = "<!-- figures: written by `make eval` -->", "<!-- end of figures -->"
KINDS = ("positions", "preconditions", "meetings")


def gold_reports(shared: Path, gold: Path) -> list[Report]:
    """The texts of the gold files of a folder."""
    wanted = {path.stem for path in gold.glob("*.json")}
    seed = Report("seed", (shared / "corpus" / "seed.txt").read_text("utf-8"), published="2016-01-15")
    found = [seed] if "seed" in wanted else []
    for line in (shared / "corpus" / "stream-2016-01-to-04.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        if record["id"] in wanted:
            found.append(Report.from_json(record))
    return found


def write_ledgers(reports: list[Report], folder: Path) -> list[Ledger]:
    """Read the reports and write their ledgers as <id>.json."""
    folder.mkdir(parents=True, exist_ok=True)
    ledgers = [read(report) for report in reports]
    for ledger in ledgers:
        (folder / f"{ledger.document.id}.json").write_text(json.dumps(ledger.to_json(), ensure_ascii=False))
    return ledgers


def scorer(shared: Path, name: str, *arguments: str | Path) -> dict:
    """Run one of the scorers; its last line is JSON. Its complaint ends the run."""
    command = [sys.executable, str(shared / "eval" / name), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{name}: {done.stderr.strip() or done.stdout.strip()}")
    return json.loads(done.stdout.splitlines()[-1])


def score_ledgers(shared: Path, gold: Path, work: Path) -> list[str]:
    """Read the reports of a gold folder and score their ledgers: the rows of a table."""
    write_ledgers(gold_reports(shared, gold), work)
    result = scorer(shared, "score_ledger.py", gold, work)
    rows = ["| entries | measure | P | R | F1 | hit | gold | read |", "|---|---|---|---|---|---|---|---|"]
    for kind in KINDS:
        for mode in ("lenient", "strict"):
            r = result[f"{kind}_{mode}"]
            rows.append(
                f"| {kind} | {mode} | {r['p']:.3f} | {r['r']:.3f} | {r['f1']:.3f} "
                f"| {r['hit']} | {r['gold']} | {r['system']} |"
            )
    return rows


def score_all_ledgers(shared: Path, work: Path) -> list[str]:
    """The tables of the development reports and of each folder of our own gold."""
    rows = ["### Ledgers: the 11 development reports", ""]
    rows += score_ledgers(shared, shared / "gold" / "dev", work / "dev")
    stream = shared / "corpus" / "stream-2016-01-to-04.jsonl"
    for folder in sorted(path for path in OWN_GOLD.iterdir() if path.is_dir()):
        expanded = work / f"gold-{folder.name}"
        write_expanded(folder, stream, expanded)
        number = len(list(expanded.glob("*.json")))
        rows += ["", f"### Ledgers: `bench/gold/{folder.name}`, {number} reports", ""]
        rows += score_ledgers(shared, expanded, work / f"own-{folder.name}")
    return rows


def score_attributions(shared: Path, work: Path) -> tuple[list[str], list[str]]:
    """Read and score PolNeAR's development part: the rows of the short table, and the page of tables by class."""
    out = work / "attributions"
    out.mkdir()
    found = read_dev(shared)
    for document, (_, attributions) in found.items():
        statements = [as_spans(attribution) for attribution in attributions]
        (out / f"{document}.json").write_text(json.dumps({"statements": statements}))
    result = scorer(shared, "score_attribution.py", shared / "corpus" / "polnear" / "dev", out)
    rows = ["| measure | P | R | F1 |", "|---|---|---|---|"]
    for name, r in result["scores"].items():
        rows.append(f"| {name} | {r['p']:.3f} | {r['r']:.3f} | {r['f1']:.3f} |")
    return rows, pages(shared, found, result["scores"])


def write_between_markers(page: Path, lines: list[str]) -> None:
    """Replace what stands between the markers of a page."""
    before, _, rest = page.read_text("utf-8").partition(BEGIN)
    page.write_text(f"{before}{BEGIN}\n{chr(10).join(lines)}\n{END}{rest.partition(END)[2]}", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--no-write", action="store_true", help="print only")
    parser.add_argument("--only", choices=["statements"], help="leave out the ledgers")
    options = parser.parse_args()
    if not (options.shared / "gold" / "dev").is_dir():
        sys.exit(f"{options.shared} is not here: the evaluation needs its corpora, gold reports and scorers")
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True
    ).stdout.strip()
    measured = f"Measured {datetime.date.today().isoformat()} on commit {commit} and the working tree upon it."
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        attributions, page = score_attributions(options.shared, work)
        ledgers = [] if options.only else score_all_ledgers(options.shared, work)
    statements = [measured, "", *page]
    figures = [measured, "", *ledgers, "", "### Attributions: PolNeAR, development part", "", *attributions]
    print("\n".join(statements if options.only else [*figures, *page]))
    if not options.no_write:
        write_between_markers(STATEMENTS, statements)
        if not options.only:
            write_between_markers(QUALITY, figures)


if __name__ == "__main__":
    main()
