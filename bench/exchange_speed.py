"""How long a case takes to other formats and back: a made-up case in; seconds of the processor for each format out.

    python bench/exchange_speed.py [--reports 300] [--entries 15]

Every report has as many positions as `--entries` says. Disks are left out of it: what counts is the processor's time.
"""

import argparse
import resource
import tempfile
from pathlib import Path

from standoff.case.adding import store
from standoff.case.exchange.formats import FORMATS, bring, export
from standoff.case.readings import record_reading
from standoff.case.store import Case, create
from standoff.ledger import Actor, Ledger, Position
from standoff.report import Report

PARTIES = 37


def made_up(number: int, entries: int) -> Ledger:
    """A report in which one party refuses one thing after the other."""
    name = f"Party {number % PARTIES}"
    text, positions = f"Report {number}.", []
    for k in range(entries):
        start = len(text) + 1
        text += f" {name} refuses issue {number * entries + k} today, and gives {k} reasons for that, all of them new."
        issue = (text.index("issue", start), text.index(" today", start))
        positions.append(Position(f"p{k}", "a", None, "refuse", issue, None, (start, len(text)), by="made up"))
    return Ledger(
        Report(f"report-{number}", text, None, "2024-05-01"), (Actor("a", name, "other"),), (), tuple(positions)
    )


def fill(case: Case, reports: int, entries: int) -> None:
    """Add and record the made-up reports."""
    ledgers = [made_up(number, entries) for number in range(reports)]
    action = store(case, [ledger.document for ledger in ledgers], "bench").action
    for ledger in ledgers:
        record_reading(case, ledger, "made up", action)


def processor() -> float:
    """Seconds that this process has used the processor."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print a line for each format."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--reports", type=int, default=300)
    parser.add_argument("--entries", type=int, default=15)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, create(Path(name) / "case.standoff", "made up", by="bench") as case:
        fill(case, arguments.reports, arguments.entries)
        print(f"{arguments.reports} reports, {arguments.reports * arguments.entries} entries; seconds of the processor")
        for form, about in FORMATS.items():
            began = processor()
            export(case, form, Path(name) / form)
            line = f"{form:15} out {processor() - began:5.1f}"
            if about.read:
                began = processor()
                target = case.path if form == "web-annotation" else Path(name) / f"{form}.standoff"
                bring(target, form, Path(name) / form, by="bench")
                line += f"   in {processor() - began:5.1f}"
            print(line, flush=True)


if __name__ == "__main__":
    main()
