"""The engine against the definitions word for word, on thousands of random conflicts.

    python bench/graphmodel_agreement.py --conflicts 3000 --seed 1

Drawn as the tests draw them (`random_conflicts`): two to five parties, up to five options, half of them one-way, up to
three infeasible patterns, misperceptions, irreversible moves, collapsed states, preferences by statements, by rankings
with ties and by weights. Compared are the states, every party's moves and
improvements, and stability under Nash, GMR, SMR, SEQ, SIM and SSEQ. Stops at the first difference.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "graphmodel"))

from by_definition import ByDefinition
from random_conflicts import RICH, random_conflict

from standoff.errors import InputError
from standoff.graphmodel.conflict import Conflict
from standoff.graphmodel.space import build, improvements, moves
from standoff.graphmodel.stability import Concept, solve


def compared(conflict: Conflict) -> int:
    """The number of entries compared. Raises SystemExit at the first difference."""
    space, truth = build(conflict), ByDefinition(conflict)
    solution = solve(space)
    pairs: list[tuple[str, object, object]] = [("states", space.codes.tolist(), truth.states)]
    for i, mover in enumerate(space.movers):
        for n, code in enumerate(truth.states):
            pairs.append(("moves", moves(mover, code).tolist(), truth.moves(i, code)))
            pairs.append(("improvements", improvements(mover, code).tolist(), truth.improvements(i, code)))
            for one in Concept:
                pairs.append((one.value, bool(solution.stable[one][i][n]), getattr(truth, one.value)(i, code)))
    for what, ours, theirs in pairs:
        if ours != theirs:
            raise SystemExit(f"{what} differs: {ours} by the engine, {theirs} by definition, in {conflict}")
    return len(pairs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--conflicts", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    dice = random.Random(chosen.seed)
    started, entries, done, empty = time.process_time(), 0, 0, 0
    while done < chosen.conflicts:
        try:
            conflict = random_conflict(dice, 5, RICH)
        except InputError:
            empty += 1
            continue
        entries += compared(conflict)
        done += 1
    seconds = time.process_time() - started
    print(
        f"{done:,} conflicts, {entries:,} entries, no difference; "
        f"{empty} without a feasible state passed over; {seconds:.0f} s"
    )


if __name__ == "__main__":
    main()
