"""The engine against the definitions word for word, on thousands of random conflicts.

    python bench/graphmodel_agreement.py --conflicts 3000 --seed 1

Two to five parties, three to five options, a third of them one-way, up to three infeasible patterns, misperceptions,
preferences by statements, by rankings with ties and by weights. Compared are the states, every party's moves and
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

from standoff.errors import InputError
from standoff.graphmodel.conflict import Conflict, DecisionMaker, Direction, Option, Prioritised, Ranked, Weighted
from standoff.graphmodel.formula import And, Formula, If, Iff, Not, Or, Taken, from_pattern
from standoff.graphmodel.space import build, feasible_mask, improvements, moves
from standoff.graphmodel.stability import Concept, solve, solve_sseq


def condition(dice: random.Random, options: int) -> Formula:
    parts = tuple(
        Taken(dice.randrange(options)) if dice.random() < 0.5 else Not(Taken(dice.randrange(options))) for _ in "12"
    )
    return dice.choice([parts[0], And(parts), Or(parts), If(*parts), Iff(*parts)])


def pattern(dice: random.Random, options: int) -> Formula:
    marks = "".join(dice.choice("YN--") for _ in range(options))
    return from_pattern(marks) if len(marks.strip("-")) > 1 else from_pattern("Y" * options)


def random_conflict(dice: random.Random) -> Conflict:
    parties = dice.randint(2, 5)
    count = max(parties, dice.randint(3, 5))
    owners = [*range(parties), *(dice.randrange(parties) for _ in range(count - parties))]
    dice.shuffle(owners)
    options = tuple(
        Option(f"o{k}", dice.choice([Direction.BOTH, Direction.BOTH, Direction.FORWARD, Direction.BACK]))
        for k in range(count)
    )
    infeasible = tuple(pattern(dice, count) for _ in range(dice.randint(0, 3)))
    bare = Conflict("bare", options, (DecisionMaker("all", tuple(range(count)), Prioritised(())),), infeasible)
    codes = [code for code, feasible in enumerate(feasible_mask(bare)) if feasible]

    def preference() -> Prioritised | Ranked | Weighted:
        kind = dice.choice(["statements", "ranking", "weights"])
        if kind == "statements":
            return Prioritised(tuple(condition(dice, count) for _ in range(dice.randint(0, 5))))
        if kind == "weights":
            return Weighted(
                tuple((condition(dice, count), float(dice.randint(-3, 3))) for _ in range(dice.randint(0, 4)))
            )
        levels = [dice.randint(0, 5) for _ in codes]
        groups = (tuple(c for c, level in zip(codes, levels, strict=True) if level == wanted) for wanted in range(6))
        return Ranked(tuple(group for group in groups if group))

    makers = tuple(
        DecisionMaker(
            f"p{i}",
            tuple(k for k in range(count) if owners[k] == i),
            preference(),
            (pattern(dice, count),) if dice.random() < 0.2 else (),
        )
        for i in range(parties)
    )
    return Conflict("random", options, makers, infeasible)


def compared(conflict: Conflict) -> int:
    """The number of entries compared. Raises SystemExit at the first difference."""
    space, truth = build(conflict), ByDefinition(conflict)
    solution, sseq = solve(space), solve_sseq(space)
    pairs: list[tuple[str, object, object]] = [("states", space.codes.tolist(), truth.states)]
    for i, mover in enumerate(space.movers):
        for n, code in enumerate(truth.states):
            pairs.append(("moves", moves(mover, code).tolist(), truth.moves(i, code)))
            pairs.append(("improvements", improvements(mover, code).tolist(), truth.improvements(i, code)))
            pairs.append(("sseq", bool(sseq[i][n]), truth.sseq(i, code)))
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
            conflict = random_conflict(dice)
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
