"""Stability word for word from the definitions, slowly: sets of codes, one state at a time. Shares nothing
with the engine but the conflict's types and the meaning of a formula."""

from collections.abc import Callable, Iterable
from itertools import product

import numpy as np

from standoff.graphmodel.conflict import Conflict, Direction, Prioritised, Ranked, Weighted
from standoff.graphmodel.formula import holds


class ByDefinition:
    def __init__(self, conflict: Conflict) -> None:
        self.conflict = conflict
        self.parties = range(len(conflict.decision_makers))
        self.states = [
            code
            for code in range(2 ** len(conflict.options))
            if not any(self.meets(condition, code) for condition in conflict.infeasible)
        ]

    def meets(self, formula, code: int) -> bool:
        return bool(holds(formula, np.array([code]))[0])

    def prefers(self, i: int, s: int, t: int) -> bool:
        """s >_i t"""
        match self.conflict.decision_makers[i].preference:
            case Prioritised(statements):
                for statement in statements:
                    if self.meets(statement, s) != self.meets(statement, t):
                        return self.meets(statement, s)
                return False
            case Ranked(groups):
                place = {code: level for level, group in enumerate(groups) for code in group}
                return place[s] < place[t]
            case Weighted(weights):
                worth = [sum(w for f, w in weights if self.meets(f, code)) for code in (s, t)]
                return worth[0] > worth[1]

    def moves(self, i: int, s: int) -> list[int]:
        party = self.conflict.decision_makers[i]

        def sees(code: int) -> bool:
            return not any(self.meets(condition, code) for condition in party.misperceived)

        def permitted(t: int) -> bool:
            for option, one in enumerate(self.conflict.options):
                before, after = s >> option & 1, t >> option & 1
                if before == after:
                    continue
                if option not in party.options:
                    return False
                if one.direction is Direction.FORWARD and before == 1:
                    return False
                if one.direction is Direction.BACK and before == 0:
                    return False
            return True

        return [t for t in self.states if t != s and permitted(t) and sees(s) and sees(t)]

    def improvements(self, i: int, s: int) -> list[int]:
        return [t for t in self.moves(i, s) if self.prefers(i, t, s)]

    def coalition(self, members: Iterable[int], s: int, single: Callable[[int, int], list[int]]) -> set[int]:
        """Legal sequences: no party moves twice in succession, so what may follow depends on the last
        mover."""
        members = list(members)
        found = {(t, i) for i in members for t in single(i, s)}
        open_ends = list(found)
        while open_ends:
            state, last = open_ends.pop()
            for i in members:
                if i != last:
                    for t in single(i, state):
                        if (t, i) not in found:
                            found.add((t, i))
                            open_ends.append((t, i))
        return {state for state, _ in found}

    def nash(self, i: int, s: int) -> bool:
        return not self.improvements(i, s)

    def gmr(self, i: int, s: int) -> bool:
        rest = [j for j in self.parties if j != i]
        return all(
            any(not self.prefers(i, s2, s) for s2 in self.coalition(rest, s1, self.moves))
            for s1 in self.improvements(i, s)
        )

    def smr(self, i: int, s: int) -> bool:
        rest = [j for j in self.parties if j != i]
        return all(
            any(
                not self.prefers(i, s2, s) and all(not self.prefers(i, s3, s) for s3 in self.moves(i, s2))
                for s2 in self.coalition(rest, s1, self.moves)
            )
            for s1 in self.improvements(i, s)
        )

    def seq(self, i: int, s: int) -> bool:
        rest = [j for j in self.parties if j != i]
        return all(
            any(not self.prefers(i, s2, s) for s2 in self.coalition(rest, s1, self.improvements))
            for s1 in self.improvements(i, s)
        )

    def sseq(self, i: int, s: int) -> bool:
        rest = [j for j in self.parties if j != i]
        return all(
            any(
                not self.prefers(i, s2, s) and all(not self.prefers(i, s3, s) for s3 in self.moves(i, s2))
                for s2 in self.coalition(rest, s1, self.improvements)
            )
            for s1 in self.improvements(i, s)
        )

    def sim(self, i: int, s: int) -> bool:
        choices = [[0, *(t ^ s for t in self.improvements(j, s))] for j in self.parties if j != i]

        def outcomes(s1: int) -> Iterable[int]:
            for changes in product(*choices):
                outcome = s1
                for change in changes:
                    outcome ^= change
                yield outcome

        return all(
            any(t in self.states and not self.prefers(i, t, s) for t in outcomes(s1)) for s1 in self.improvements(i, s)
        )
