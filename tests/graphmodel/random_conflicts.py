"""Random small conflicts: dice in, a `Conflict` out; for hypothesis as a strategy. 2-5 parties, infeasible and
misperceived patterns, one-way options, irreversible moves, collapsed states, ties. bench/ draws from here too."""

import random

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from standoff.errors import InputError
from standoff.graphmodel.conflict import (
    Collapsed,
    Conflict,
    DecisionMaker,
    Direction,
    Irreversible,
    Option,
    Preference,
    Prioritised,
    Ranked,
    Weighted,
)
from standoff.graphmodel.formula import And, Formula, If, Iff, Not, Or, Taken, from_pattern, holds
from standoff.graphmodel.space import collapsed_classes, feasible_mask, state_codes

# What a drawn conflict may hold beside options, infeasible states and preferences.
RICH = frozenset({"irreversible", "collapsed"})


def condition(dice: random.Random, options: int, depth: int = 2) -> Formula:
    """A formula with at most 2**depth options in it."""
    shape = dice.choice(["option", "not", "and", "or", "if", "iff"]) if depth else "option"
    if shape == "option":
        return Taken(dice.randrange(options))
    if shape == "not":
        return Not(condition(dice, options, depth - 1))
    left, right = condition(dice, options, depth - 1), condition(dice, options, depth - 1)
    if shape in ("and", "or"):
        return (And if shape == "and" else Or)((left, right))
    return (If if shape == "if" else Iff)(left, right)


def statements(dice: random.Random, options: int, most: int) -> tuple[Formula, ...]:
    """None of them the opposite of one before it, nor one that always or never holds: a file with such is refused."""
    found: list[Formula] = []
    every = np.arange(1 << options)
    for _ in range(most):
        one = condition(dice, options)
        truth = holds(one, every)
        decides = truth.any() and not truth.all()
        if decides and not any(np.array_equal(truth, ~holds(other, every)) for other in found):
            found.append(one)
    return tuple(found)


def pattern(dice: random.Random, options: int) -> Formula:
    """At least two options fixed."""
    marks = "".join(dice.choice("YN--") for _ in range(options))
    return from_pattern(marks) if len(marks.replace("-", "")) > 1 else from_pattern("Y" * options)


def random_conflict(dice: random.Random, most_options: int = 6, extras: frozenset[str] = frozenset()) -> Conflict:
    """Raises InputError if no state is feasible. `extras`: which of RICH it may hold."""
    parties = dice.randint(2, min(5, most_options))
    count = dice.randint(parties, most_options)
    owners = [*range(parties), *(dice.randrange(parties) for _ in range(count - parties))]
    dice.shuffle(owners)
    directions = [Direction.BOTH, Direction.BOTH, Direction.FORWARD, Direction.BACK]
    options = tuple(Option(f"o{k}", dice.choice(directions)) for k in range(count))
    infeasible = tuple(pattern(dice, count) for _ in range(dice.randint(0, 3)))
    irreversible = ()
    if "irreversible" in extras:
        irreversible = tuple(_ban(dice, count, parties) for _ in range(dice.randint(0, 2)))
    bare = Conflict("bare", options, (DecisionMaker("all", tuple(range(count)), Prioritised(())),), infeasible)
    feasible = feasible_mask(bare)
    collapsed: tuple[Collapsed, ...] = ()
    if "collapsed" in extras and dice.random() < 0.7:
        collapsed = _collapsed(dice, bare, feasible)
    classes = collapsed_classes(Conflict("bare", options, bare.decision_makers, infeasible, (), collapsed), feasible)
    codes = state_codes(feasible, classes).tolist()

    def preference() -> Preference:
        kind = dice.choice(["statements", "ranking", "weights"])
        if kind == "statements":
            return Prioritised(statements(dice, count, dice.randint(0, 5)))
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
    return Conflict("random", options, makers, infeasible, irreversible, collapsed)


def _ban(dice: random.Random, options: int, parties: int) -> Irreversible:
    before = condition(dice, options, 1)
    after = Not(before) if dice.random() < 0.5 else condition(dice, options, 1)
    return Irreversible(before, after, dice.choice([None, dice.randrange(parties)]))


def _collapsed(dice: random.Random, bare: Conflict, feasible) -> tuple[Collapsed, ...]:
    """One or two, which do not overlap; each says which of its codes counts."""
    codes = feasible.nonzero()[0]
    found: list[Collapsed] = []
    for one in (pattern(dice, len(bare.options)), condition(dice, len(bare.options), 1)):
        members = codes[holds(one, codes)]
        if len(members) and not any(holds(other.condition, members).any() for other in found):
            found.append(Collapsed(one, int(dice.choice(members.tolist()))))
    return tuple(found)


@st.composite
def conflicts(draw, most_options: int = 6, extras: frozenset[str] = frozenset()) -> Conflict:
    dice = draw(st.randoms(use_true_random=False, note_method_calls=False))
    try:
        return random_conflict(dice, most_options, extras)
    except InputError:
        assume(False)
        raise


@st.composite
def formulas(draw, option_count: int) -> Formula:
    return condition(draw(st.randoms(use_true_random=False, note_method_calls=False)), option_count)
