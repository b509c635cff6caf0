"""Words per second of each stage of the reading, in one run, on one core and on two; the encoder's pass is the floor.

Usage: python bench/speed.py REPORTS.jsonl [--number N] [--cores 1,2]
For each number of cores a process of its own is bound to that many and reads the first N reports, stage by stage, in
the order of `standoff.read`. `words/s` goes by the clock; `words/CPU s` by processor time, which other programs on the
machine disturb less. `÷ floor` says how many times the encoder's own pass a stage costs. The load is printed: figures
taken under load compare stages of one run with each other, and nothing else.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

Result = TypeVar("Result")
FLOOR = "encoder"
STATEMENTS = ("encoder", "statements")  # what "who said what" needs, without parse and actors
WARM_UP = 10  # reports read beforehand: models load, and what is looked up for the first time is kept
WHOLE = "standoff.read"  # encoder and parse at once, where there are two cores


def records(path: Path, number: int) -> list[dict[str, Any]]:
    """The first records of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in islice(lines, number)]


def read_in_stages(batch: list[dict[str, Any]]) -> tuple[Counter[str], Counter[str]]:
    """Read reports stage by stage; seconds by the clock and of the processor for each stage."""
    from standoff import Report, read
    from standoff.actors import resolve
    from standoff.language import parse
    from standoff.reading.conditions import judged
    from standoff.reading.dates import read_dates
    from standoff.reading.enrolment import Enrolment
    from standoff.reading.layout import laid_out, lines_of, turns_of
    from standoff.reading.meetings.trained import read_meetings
    from standoff.reading.nested import with_nested
    from standoff.reading.places import read_places
    from standoff.reading.positions import read_positions
    from standoff.reading.preconditions import read_preconditions
    from standoff.reading.relevance import is_negotiation
    from standoff.reading.speakers import with_speakers
    from standoff.reading.stances import read_stances
    from standoff.reading.stances.surroundings import surroundings
    from standoff.reading.statements import encode, read_encoded
    from standoff.reading.turn_speakers import with_turn_speakers
    from standoff.reading.unnamed import with_unnamed_sources
    from standoff.reading.voices import voices_of

    for record in batch[:WARM_UP]:
        read(Report.from_json(record))
    clock: Counter[str] = Counter()
    processor: Counter[str] = Counter()
    began, used = time.perf_counter(), time.process_time()
    for record in batch:
        read(Report.from_json(record))
    clock[WHOLE], processor[WHOLE] = time.perf_counter() - began, time.process_time() - used

    def timed(stage: str, run: Callable[[], Result]) -> Result:
        start, used = time.perf_counter(), time.process_time()
        result = run()
        clock[stage] += time.perf_counter() - start
        processor[stage] += time.process_time() - used
        return result

    for record in batch:
        report = Report.from_json(record)
        text, day = report.text, report.published
        p = timed("parse", lambda t=text: parse(t))
        a = timed("actors", lambda p=p: with_turn_speakers(resolve(p), turns_of(p.text, lines_of(p.text))))
        d = timed("dates and places", lambda p=p, day=day: read_dates(p, day))
        e = timed(FLOOR, lambda t=text: encode(t))
        s = timed("statements", lambda t=text, e=e: laid_out(t, read_encoded(t, e)))
        n = timed("nesting, speakers", lambda p=p, s=s: with_nested(p, s))
        a = timed("nesting, speakers", lambda p=p, a=a, n=n: with_unnamed_sources(p, a, n))
        s = timed("nesting, speakers", lambda p=p, a=a, d=d, n=n: with_speakers(p, a, d, n))
        places = timed("dates and places", lambda p=p: read_places(p))
        timed("meetings", lambda p=p, a=a, d=d, places=places, day=day: read_meetings(p, a, d, places, day))
        if not timed("voices, relevance", lambda p=p: is_negotiation(p)):
            continue
        v = timed("voices, relevance", lambda p=p, a=a, s=s: voices_of(p, a, s))
        enrolment = Enrolment(a, text)
        stances = timed("stances", lambda p=p, s=s, v=v, e=e: read_stances(p, s, v, e))
        c = timed("preconditions", lambda p=p, a=a, s=s: read_preconditions(p, a, s))
        c = timed("preconditions", lambda p=p, s=s, v=v, c=c: judged(surroundings(p, v, s), c))
        timed("positions", lambda p=p, v=v, e=enrolment, st=stances, c=c: read_positions(p, v, e, st, c))
    return clock, processor


def show(batch: list[dict[str, Any]], clock: Counter[str], processor: Counter[str]) -> None:
    """Print the table of one process."""
    words = sum(len(record["text"].split()) for record in batch)
    load = os.getloadavg()[0]
    print(f"{len(batch)} reports, {words} words, {len(os.sched_getaffinity(0))} core(s), load {load:.1f}")
    print(f"{'stage':18} {'words/s':>9} {'words/CPU s':>12} {'share':>7} {'÷ floor':>8}")
    whole = clock.pop(WHOLE), processor.pop(WHOLE)
    total = sum(processor.values())
    for stage, seconds in processor.most_common():
        print(
            f"{stage:18} {words / clock[stage]:9.0f} {words / seconds:12.0f} {seconds / total:7.1%} "
            f"{seconds / processor[FLOOR]:8.2f}"
        )
    statements = sum(clock[part] for part in STATEMENTS), sum(processor[part] for part in STATEMENTS)
    for name, (by_clock, used) in (("who said what", statements), (WHOLE, whole)):
        print(
            f"{name:18} {words / by_clock:9.0f} {words / used:12.0f} {used / total:7.1%} {used / processor[FLOOR]:8.2f}"
        )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--number", type=int, default=60)
    parser.add_argument("--cores", default="1,2", help="how many cores, one run for each")
    parser.add_argument("--bound", action="store_true", help=argparse.SUPPRESS)  # the run of one number of cores
    options = parser.parse_args()
    if options.bound:
        show(records(options.reports, options.number), *read_in_stages(records(options.reports, options.number)))
        return
    usable = sorted(os.sched_getaffinity(0))
    for number in map(int, options.cores.split(",")):
        if number > len(usable):
            sys.exit(f"{number} cores are asked for, this machine lets us use {len(usable)}")
        command = [sys.executable, __file__, str(options.reports), "--number", str(options.number), "--bound"]
        threads = {"OMP_NUM_THREADS": str(number), "OPENBLAS_NUM_THREADS": str(number)}
        cores = set(usable[:number])
        subprocess.run(
            command, check=True, env=os.environ | threads, preexec_fn=lambda cores=cores: os.sched_setaffinity(0, cores)
        )


if __name__ == "__main__":
    main()
