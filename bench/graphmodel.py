"""Processor time and memory of the graph model engine over options and parties, beside the definitions word for word.

    python bench/graphmodel.py                       # the whole table
    python bench/graphmodel.py --options 14 20 --parties 2 5
    python bench/graphmodel.py --brute-force 6       # also the definitions word for word, up to 6 options

Conflicts are random with a fixed seed, in three kinds: `strict` (a random strict order of all states, the hardest for
sorting), `statements` (a random prioritisation of as many statements as options, as people write them), `one-way`
(statements, half of the options one-way, a tenth of the states infeasible). Each runs in a process of its own, so
that the peak memory is that run's. `why` is why of state 1 for every party and concept, `path` the ways from state 1 to
the first fifty equilibria by SEQ.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import sys
import time
from pathlib import Path

KINDS = ("strict", "statements", "one-way")
SEED = 1962


def conflict_of(kind: str, options: int, parties: int):
    """A random conflict of the kind; `options` dealt round to the parties."""
    from standoff.graphmodel.conflict import Conflict, DecisionMaker, Direction, Option, Prioritised, Ranked
    from standoff.graphmodel.formula import And, If, Not, Or, Taken

    dice = random.Random(f"{SEED} {kind} {options} {parties}")

    def literal():
        option = Taken(dice.randrange(options))
        return option if dice.random() < 0.5 else Not(option)

    def statement():
        shape = dice.choice(["one", "and", "or", "if"])
        if shape == "one":
            return literal()
        if shape == "if":
            return If(literal(), literal())
        return (And if shape == "and" else Or)((literal(), literal()))

    def preference():
        if kind == "strict":
            codes = list(range(1 << options))
            dice.shuffle(codes)
            return Ranked(tuple((code,) for code in codes))
        return Prioritised(tuple(statement() for _ in range(options)))

    one_way = kind == "one-way"
    directions = [dice.choice(list(Direction)) if one_way and k % 2 else Direction.BOTH for k in range(options)]
    infeasible = tuple(And(tuple(Taken(k) for k in dice.sample(range(options), 3))) for _ in range(one_way))
    makers = tuple(
        DecisionMaker(f"party {i + 1}", tuple(range(i, options, parties)), preference()) for i in range(parties)
    )
    return Conflict(kind, tuple(Option(f"o{k}", directions[k]) for k in range(options)), makers, infeasible)


def measure(kind: str, options: int, parties: int, answer) -> None:
    """Sends states, seconds to enumerate and order them, per concept, for `why` and `path`, peak memory in MB."""
    from standoff.graphmodel import simultaneous
    from standoff.graphmodel.routes import routes
    from standoff.graphmodel.space import build
    from standoff.graphmodel.stability import Concept, solve_sweeps
    from standoff.graphmodel.sweep import Reach
    from standoff.graphmodel.why import reason

    conflict = conflict_of(kind, options, parties)
    started = time.process_time()
    space = build(conflict)
    built = time.process_time()
    reach = Reach(space)
    solve_sweeps(space, reach)
    swept = time.process_time()
    for focal in range(parties):
        simultaneous.stable(space, focal, reach)
    ended = time.process_time()
    for focal in range(parties):
        for concept in Concept:
            reason(space, 1, focal, concept)
    told = time.process_time()
    found = routes(space, 1, Concept.SEQ, None)
    led = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    times = built - started, swept - built, ended - swept, told - ended, led - told
    answer.send((len(space.codes), *times, len(found.found), peak))


def brute_force(kind: str, options: int, parties: int) -> float:
    """Seconds of the definitions word for word; their answers must be the engine's."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "graphmodel"))
    from by_definition import ByDefinition

    from standoff.graphmodel.space import build
    from standoff.graphmodel.stability import Concept, solve

    conflict = conflict_of(kind, options, parties)
    started = time.process_time()
    truth = ByDefinition(conflict)
    found = {
        concept: [[getattr(truth, concept.value)(i, s) for s in truth.states] for i in truth.parties]
        for concept in Concept
    }
    seconds = time.process_time() - started
    solution = solve(build(conflict))
    for concept, answers in found.items():
        if answers != [array.tolist() for array in solution.stable[concept]]:
            raise SystemExit(f"{kind}, {options} options, {parties} parties: {concept} differs from the definitions")
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--options", type=int, nargs="+", default=[10, 12, 14, 16, 18, 20])
    parser.add_argument("--parties", type=int, nargs="+", default=[2, 3, 5])
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--brute-force", type=int, default=0, metavar="OPTIONS")
    chosen = parser.parse_args()
    print(
        "| kind | options | parties | states | order s | Nash-SEQ s | SIM s | why s | path s (to) | peak MB "
        "| by definition s |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    fresh = multiprocessing.get_context("spawn")
    for options in chosen.options:
        for parties in chosen.parties:
            for kind in chosen.kinds:
                receiver, sender = fresh.Pipe(duplex=False)
                process = fresh.Process(target=measure, args=(kind, options, parties, sender))
                process.start()
                sender.close()
                states, build_s, sweep_s, sim_s, why_s, path_s, targets, peak = receiver.recv()
                process.join()
                slow = f"{brute_force(kind, options, parties):.1f}" if options <= chosen.brute_force else ""
                print(
                    f"| {kind} | {options} | {parties} | {states:,} | {build_s:.2f} | {sweep_s:.2f} "
                    f"| {sim_s:.2f} | {why_s:.2f} | {path_s:.2f} ({targets}) | {peak:.0f} | {slow} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
