"""The states of a conflict and what each party makes of them: in goes a `Conflict`, out comes a `Space` of
arrays.

Every array over codes has 2**options entries, so the state reached by changing options `d` from code `s` is
`s ^ d`, and moves need no table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standoff.errors import InputError
from standoff.graphmodel.conflict import Conflict, Direction, Preference, Prioritised, Ranked, Weighted
from standoff.graphmodel.formula import Codes, Truth, holds, pattern_of, written

Payoffs = NDArray[np.int32]
# Statements are packed into one integer, this many at a time, before equal states are numbered anew.
_PACKED_STATEMENTS = 30


@dataclass(frozen=True)
class Mover:
    """One decision maker as the engine sees it.

    `payoff` (over codes): higher is better, from 1; only the order means anything; 0 where infeasible.
    `movable` (over codes): feasible and not misperceived; its moves start and end there.
    `mask`, `forward`, `back`: bits of its options, of those it may only take, of those it may only give up.
    `bans`: pairs over codes; no move leads from where the first holds to where the second does.
    `classes`: the codes of each collapsed state, that which stands for it first; all have the payoff of that one.
    `transitive`: two moves of the party in succession never do what one move may not.
    """

    name: str
    mask: int
    forward: int
    back: int
    payoff: Payoffs
    movable: Truth
    bans: tuple[tuple[Truth, Truth], ...] = ()
    classes: tuple[Codes, ...] = ()
    transitive: bool = True


@dataclass(frozen=True)
class Space:
    """`codes`: the codes of the states, ascending; state number n (from 1) is `codes[n - 1]`. `feasible` (over codes)
    holds for them and for the further codes of collapsed states (`classes`)."""

    conflict: Conflict
    codes: Codes
    feasible: Truth
    movers: tuple[Mover, ...]
    classes: tuple[Codes, ...] = ()

    def state(self, code: int) -> int:
        """The number (from 1) of a feasible code. Raises InputError if it is not feasible."""
        if not 0 <= code < len(self.feasible) or not self.feasible[code]:
            raise InputError(f"{self.conflict.name}: {pattern_of(code, len(self.conflict.options))} is not feasible")
        return int(np.searchsorted(self.codes, home(code, self.classes))) + 1

    def states(self, codes: Codes) -> list[int]:
        """The numbers of feasible codes."""
        return [int(number) for number in np.searchsorted(self.codes, codes) + 1]


def feasible_mask(conflict: Conflict) -> Truth:
    """Over all codes: where no infeasible condition is met. Raises InputError if that is nowhere."""
    every = np.arange(1 << len(conflict.options), dtype=np.int64)
    feasible = np.ones(every.shape, dtype=np.bool_)
    for condition in conflict.infeasible:
        feasible &= ~holds(condition, every)
    if not feasible.any():
        raise InputError(
            f"{conflict.name}: no state is feasible; the {len(conflict.infeasible)} infeasible conditions "
            f"remove all {len(every):,}"
        )
    return feasible


def build(conflict: Conflict) -> Space:
    """Enumerates the feasible states and orders them for every party. Raises InputError for no feasible state, for a
    ranking that misses a state, repeats one or holds an infeasible one, and for collapsed states that overlap or are
    not equally preferred (unless the conflict says which of them counts)."""
    feasible = feasible_mask(conflict)
    classes = collapsed_classes(conflict, feasible)
    check_collapsed(conflict, classes)
    codes = state_codes(feasible, classes)
    every = np.arange(len(feasible), dtype=np.int64)
    bans = [(holds(ban.before, every), holds(ban.after, every)) for ban in conflict.irreversible]
    movers = []
    for index, party in enumerate(conflict.decision_makers):
        payoff = np.zeros(len(feasible), dtype=np.int32)
        owner = f"{conflict.name}: `{party.name}`"
        payoff[codes] = _payoffs(party.preference, codes, owner, len(conflict.options))
        for members in classes:
            payoff[members] = payoff[members[0]]
        movable = feasible.copy()
        for condition in party.misperceived:
            movable &= ~holds(condition, every)
        one_way = {
            direction: sum(1 << o for o in party.options if conflict.options[o].direction is direction)
            for direction in Direction
        }
        movers.append(
            Mover(
                name=party.name,
                mask=sum(1 << option for option in party.options),
                forward=one_way[Direction.FORWARD],
                back=one_way[Direction.BACK],
                payoff=payoff,
                movable=movable,
                bans=tuple(
                    pair
                    for ban, pair in zip(conflict.irreversible, bans, strict=True)
                    if ban.party in (None, index)
                ),
                classes=classes,
                transitive=not classes
                and all(ban.lasting for ban in conflict.irreversible if ban.party in (None, index)),
            )
        )
    return Space(conflict, codes, feasible, tuple(movers), classes)


def collapsed_classes(conflict: Conflict, feasible: Truth) -> tuple[Codes, ...]:
    """For each collapsed state its codes, the one that stands for it first. Raises InputError if none is feasible, if
    two of them share a code, and if the one that should stand for it is not among them."""
    found: list[Codes] = []
    every = np.flatnonzero(feasible).astype(np.int64)
    taken = np.zeros(len(feasible), dtype=np.bool_)
    for collapsed in conflict.collapsed:
        members = every[holds(collapsed.condition, every)]
        text = written(collapsed.condition, conflict.option_names)
        if not len(members):
            raise InputError(f"{conflict.name}: nothing to collapse: no feasible state meets `{text}`")
        if taken[members].any():
            code = int(members[taken[members]][0])
            raise InputError(
                f"{conflict.name}: {pattern_of(code, len(conflict.options))} meets two conditions that collapse "
                f"states, the second is `{text}`"
            )
        taken[members] = True
        if collapsed.code is not None:
            if collapsed.code not in members:
                pattern = pattern_of(collapsed.code, len(conflict.options))
                raise InputError(f"{conflict.name}: {pattern} is no feasible state that meets `{text}`")
            members = np.concatenate([[collapsed.code], members[members != collapsed.code]]).astype(np.int64)
        found.append(members)
    return tuple(found)


def check_collapsed(conflict: Conflict, classes: tuple[Codes, ...]) -> None:
    """Raises InputError if a party tells apart what is one state and the conflict does not say which code counts."""
    for party in conflict.decision_makers:
        for collapsed, members in zip(conflict.collapsed, classes, strict=True):
            if collapsed.code is None and not _alike(party.preference, members):
                some = ", ".join(pattern_of(int(code), len(conflict.options)) for code in members[:3])
                raise InputError(
                    f"{conflict.name}: `{party.name}` does not prefer equally what is collapsed into one state ({some} "
                    "and so on): say with `as` which of them counts"
                )


def state_codes(feasible: Truth, classes: tuple[Codes, ...]) -> Codes:
    """The codes that stand for a state, ascending."""
    single = feasible.copy()
    for members in classes:
        single[members[1:]] = False
    codes: Codes = np.flatnonzero(single)
    return codes


def home(code: int, classes: tuple[Codes, ...]) -> int:
    """The code that stands for the state of this one."""
    for members in classes:
        if code in members:
            return int(members[0])
    return code


def subsets(mask: int) -> Iterator[int]:
    """The non-empty subsets of a bit mask, ascending."""
    subset = -mask & mask
    while subset:
        yield subset
        subset = (subset - mask) & mask


def moves(mover: Mover, code: int) -> Codes:
    """R_i(s): the codes that the party can reach in one move, ascending; one move may change several options. From and
    to a collapsed state a move leads if it leads from and to any of its codes."""
    if not mover.classes:
        return np.sort(moves_of_code(mover, code))
    members = next((group for group in mover.classes if code in group), np.array([code]))
    reached = np.concatenate([moves_of_code(mover, int(member)) for member in members])
    for group in mover.classes:
        reached[np.isin(reached, group)] = group[0]
    different: Codes = np.setdiff1d(reached, members[:1])
    return different


def moves_of_code(mover: Mover, code: int) -> Codes:
    """The codes that the party can reach from just this code in one move."""
    if not mover.movable[code]:
        return np.empty(0, dtype=np.int64)
    free = mover.mask & ~(mover.forward & code) & ~(mover.back & ~code)
    reached = np.fromiter((code ^ change for change in subsets(free)), dtype=np.int64)
    allowed = mover.movable[reached]
    for before, after in mover.bans:
        if before[code]:
            allowed &= ~after[reached]
    return np.compress(allowed, reached)


def improvements(mover: Mover, code: int) -> Codes:
    """R+_i(s): those of its moves that it prefers to `code`, ascending."""
    reached = moves(mover, code)
    better: Truth = mover.payoff[reached] > mover.payoff[code]
    return np.compress(better, reached)


def ranking(space: Space, mover: Mover) -> list[list[int]]:
    """Groups of equally preferred state numbers, best first."""
    payoff = mover.payoff[space.codes]
    order = np.argsort(-payoff, kind="stable")
    cuts = np.flatnonzero(np.diff(payoff[order])) + 1
    return [[int(state) + 1 for state in group] for group in np.split(order, cuts)]


def _alike(preference: Preference, codes: Codes) -> bool:
    """Whether the preference tells none of the codes from another (a ranking that does is refused when it is read)."""
    match preference:
        case Prioritised(statements):
            return all(len(set(holds(formula, codes).tolist())) == 1 for formula in statements)
        case Weighted(weights):
            total = sum((weight * holds(formula, codes) for formula, weight in weights), np.zeros(len(codes)))
            return bool(np.ptp(np.round(total, 9)) == 0)
        case Ranked():
            return True


def _payoffs(preference: Preference, codes: Codes, owner: str, option_count: int) -> Payoffs:
    match preference:
        case Prioritised(statements):
            worth = np.zeros(len(codes), dtype=np.int64)
            for place, statement in enumerate(statements, start=1):
                worth = 2 * worth + holds(statement, codes)
                if place % _PACKED_STATEMENTS == 0:
                    worth = _levels(worth).astype(np.int64)
            return _levels(worth)
        case Weighted(weights):
            total = np.zeros(len(codes), dtype=np.float64)
            for formula, weight in weights:
                total += weight * holds(formula, codes)
            # Sums that differ only by the rounding of floats are the same worth.
            return _levels(np.round(total, 9))
        case Ranked(groups):
            return _ranked(groups, codes, owner, option_count)


def _levels(worth: NDArray[np.generic]) -> Payoffs:
    return np.asarray(np.unique(worth, return_inverse=True)[1] + 1, dtype=np.int32)


def _ranked(groups: tuple[tuple[int, ...], ...], codes: Codes, owner: str, option_count: int) -> Payoffs:
    payoff = np.zeros(len(codes), dtype=np.int32)
    place_of = {int(code): place for place, code in enumerate(codes)}
    for level, group in enumerate(groups):
        for code in group:
            place = place_of.get(code)
            pattern = pattern_of(code, option_count)
            if place is None:
                raise InputError(f"{owner} ranks {pattern}, which is not feasible (or collapsed into another)")
            if payoff[place]:
                raise InputError(f"{owner} ranks {pattern} (state {place + 1}) twice: a contradiction")
            payoff[place] = len(groups) - level
    if (payoff == 0).any():
        missing = np.flatnonzero(payoff == 0)
        first = pattern_of(int(codes[missing[0]]), option_count)
        raise InputError(
            f"{owner} leaves {len(missing)} of {len(codes)} feasible states unranked, the first is {first} "
            f"(state {missing[0] + 1})"
        )
    return payoff
