"""Stability word for word from the definitions, slowly: sets of codes, one state at a time. Shares nothing
with the engine but the conflict's types and the meaning of a formula."""

from collections.abc import Callable, Iterable
from itertools import product

import numpy as np

from standoff.graphmodel.conflict import Conflict, Direction, Prioritised, Ranked, Weighted
from standoff.graphmodel.formula import holds


class ByDefinition:
    """`states`: a code each. `members(s)`: the codes that are one state with s, that of the state first."""

    def __init__(self, conflict: Conflict) -> None:
        self.conflict = conflict
        self._truth: dict[object, list[bool]] = {}
        self._prefers: dict[tuple[int, int, int], bool] = {}
        self._moves: dict[tuple[int, int], list[int]] = {}
        self.parties = range(len(conflict.decision_makers))
        self.codes = [
            code
            for code in range(2 ** len(conflict.options))
            if not any(self.meets(condition, code) for condition in conflict.infeasible)
        ]
        self.home = {code: code for code in self.codes}
        for one in conflict.collapsed:
            group = [code for code in self.codes if self.meets(one.condition, code)]
            self.home |= {code: group[0] if one.code is None else one.code for code in group}
        self.states = sorted(set(self.home.values()))

    def members(self, s: int) -> list[int]:
        return [s, *(code for code in self.codes if self.home[code] == s and code != s)]

    def meets(self, formula, code: int) -> bool:
        if formula not in self._truth:
            self._truth[formula] = holds(formula, np.arange(2 ** len(self.conflict.options))).tolist()
        return self._truth[formula][code]

    def prefers(self, i: int, s: int, t: int) -> bool:
        """s >_i t"""
        if (i, s, t) not in self._prefers:
            self._prefers[i, s, t] = self._said(i, s, t)
        return self._prefers[i, s, t]

    def _said(self, i: int, s: int, t: int) -> bool:
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
        if (i, s) not in self._moves:
            found = {self.home[t] for code in self.members(s) for t in self.codes if self.permitted(i, code, t)}
            self._moves[i, s] = sorted(found - {s})
        return self._moves[i, s]

    def permitted(self, i: int, s: int, t: int) -> bool:
        """Whether the party may change these options, from this code to this one."""
        party = self.conflict.decision_makers[i]
        for code in (s, t):
            if any(self.meets(condition, code) for condition in party.misperceived):
                return False
        for ban in self.conflict.irreversible:
            if ban.party in (None, i) and self.meets(ban.before, s) and self.meets(ban.after, t):
                return False
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
        return s != t

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
        """Each code of a collapsed state must be stable by itself: which options change at once tells them apart."""
        return all(self._sim_of_code(i, code) for code in self.members(s))

    def _better_codes(self, i: int, s: int) -> list[int]:
        return [t for t in self.codes if self.permitted(i, s, t) and self.prefers(i, self.home[t], self.home[s])]

    def _sim_of_code(self, i: int, s: int) -> bool:
        choices = [[0, *(t ^ s for t in self._better_codes(j, s))] for j in self.parties if j != i]

        def outcomes(s1: int) -> Iterable[int]:
            for changes in product(*choices):
                outcome = s1
                for change in changes:
                    outcome ^= change
                yield outcome

        return all(
            any(t in self.codes and not self.prefers(i, self.home[t], self.home[s]) for t in outcomes(s1))
            for s1 in self._better_codes(i, s)
        )
