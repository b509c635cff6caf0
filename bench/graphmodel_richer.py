"""Processor time and memory of foresight, attitudes, unknown preference and coalitions over options and parties.

    python bench/graphmodel_richer.py
    python bench/graphmodel_richer.py --options 20 --parties 2 5 --only limited

The conflicts are those of `bench/graphmodel.py` (kind `statements`). `limited` is foresight of 1 to 4 moves and of any
number, `attitudes` with a random attitude of every party towards every party, `unknown` with every third statement
uncertain, `coalitions` against every coalition. Each runs in a process of its own, so that the peak memory is that
run's; what the engine refuses is told with its words.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import time

from graphmodel import SEED, conflict_of

KINDS = ("limited", "attitudes", "unknown", "coalitions")


def measure(kind: str, options: int, parties: int, answer) -> None:
    """Sends seconds and peak memory in MB, or why it is refused."""
    from standoff.errors import InputError
    from standoff.graphmodel.attitudes import Attitude, solve_attitudes
    from standoff.graphmodel.coalitions import solve_coalitions
    from standoff.graphmodel.limited import solve_limited
    from standoff.graphmodel.space import build
    from standoff.graphmodel.unknown import solve_unknown

    dice = random.Random(f"{SEED} {kind} {options} {parties}")
    space = build(conflict_of("statements", options, parties))
    felt = [[dice.choice(list(Attitude)) for _ in range(parties)] for _ in range(parties)]
    uncertain = [list(range(0, options, 3)) for _ in range(parties)]
    ask = {
        "limited": lambda: solve_limited(space, 4),
        "attitudes": lambda: solve_attitudes(space, felt),
        "unknown": lambda: solve_unknown(space, uncertain),
        "coalitions": lambda: solve_coalitions(space),
    }[kind]
    started = time.process_time()
    try:
        found = ask()
    except InputError as error:
        answer.send((None, str(error)))
        return
    seconds = time.process_time() - started
    note = ""
    if kind == "limited":
        known = found.begins is not None
        note = f"repeats from {found.begins} moves on, every {found.period}" if known else "no repetition seen"
    answer.send((seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, note))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--options", type=int, nargs="+", default=[10, 12, 14])
    parser.add_argument("--parties", type=int, nargs="+", default=[2, 3, 5])
    parser.add_argument("--only", nargs="+", choices=KINDS, default=list(KINDS))
    chosen = parser.parse_args()
    print("| what | options | parties | s | peak MB | |")
    print("|---|---|---|---|---|---|")
    fresh = multiprocessing.get_context("spawn")
    for kind in chosen.only:
        for options in chosen.options:
            for parties in chosen.parties:
                receiver, sender = fresh.Pipe(duplex=False)
                process = fresh.Process(target=measure, args=(kind, options, parties, sender))
                process.start()
                sender.close()
                seconds, *rest = receiver.recv()
                process.join()
                told = f"refused: {rest[0]} | |" if seconds is None else f"{seconds:.1f} | {rest[0]:.0f} | {rest[1]}"
                print(f"| {kind} | {options} | {parties} | {told} |", flush=True)


if __name__ == "__main__":
    main()
