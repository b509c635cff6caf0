"""First-level hypergames: in go a conflict and how each party sees it, out comes which states hold because everybody
thinks so in its own game.

After Wang, Hipel and Fraser (1988), Modeling misperceptions in hypergames, Behavioral Science 33(3), and Aljefri,
Bashar, Fang and Hipel (2018), First-level hypergame for investigating misperception in conflicts, IEEE Trans. SMC:
Systems 48(12). The conflict holds every option there is in anybody's eyes. A party's own game leaves out the options it
is not aware of and the states it thinks impossible, and may have other preferences than the true ones (its own are
what they are unless the file says otherwise). Nobody is aware that others see another game.

Where options that a party is not aware of are taken, it sees the state without them. A state is an equilibrium of the
hypergame if every party, in its own game, sees a state that is stable for it. What a party sees and thinks impossible
is unforeseen by it; such a state is no equilibrium, for what the party will then do its game does not say. Collapsed
states stay collapsed in its eyes, as far as it sees them: a collapsed state is seen as the code that stands for it;
where that code is none of its game, the lowest that is stands for the state there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from standoff.errors import InputError
from standoff.graphmodel.conflict import Collapsed, Conflict, Preference, Ranked
from standoff.graphmodel.formula import Codes, Formula, Taken, Truth, holds, pattern_of
from standoff.graphmodel.space import Space, build, collapsed_classes, feasible_mask, state_codes
from standoff.graphmodel.stability import Concept, Solution, solve


@dataclass(frozen=True)
class View:
    """How one party sees the conflict. `unaware`: indices of options; `infeasible`: further conditions it thinks
    impossible; `preferences`: party → what it takes for that party's preference, where that is not the true one."""

    unaware: tuple[int, ...] = ()
    infeasible: tuple[Formula, ...] = ()
    preferences: Mapping[int, Preference] = field(default_factory=dict)


@dataclass(frozen=True)
class Hypergame:
    """`games[i]`: the conflict as party i sees it, solved; `true`: as it is. `seen[i][n]`: the number, in the game of
    party i, of the state it sees when state n + 1 is the case; 0 if that is unforeseen."""

    true: Solution
    games: tuple[Solution, ...]
    seen: tuple[tuple[int, ...], ...]

    def stable(self, concept: Concept, party: int) -> Truth:
        """Over the true states: does the party see a state that is stable for it."""
        own = self.games[party].stable[concept][party]
        return np.array([number > 0 and bool(own[number - 1]) for number in self.seen[party]], dtype=np.bool_)

    def equilibria(self, concept: Concept) -> list[int]:
        """The numbers of the true states that are stable for every party in its own game."""
        truth = np.logical_and.reduce([self.stable(concept, party) for party in range(len(self.games))])
        return [int(place) + 1 for place in np.flatnonzero(truth)]

    def by_misperception(self, concept: Concept) -> list[int]:
        """Equilibria of the hypergame that would be none if everybody saw the conflict as it is."""
        true = self.true.equilibria(concept)
        return [state for state in self.equilibria(concept) if state not in true]

    def lost(self, concept: Concept) -> list[int]:
        """Equilibria of the true conflict that are none in the hypergame."""
        found = self.equilibria(concept)
        return [state for state in self.true.equilibria(concept) if state not in found]

    def expected(self, concept: Concept, party: int) -> list[int]:
        """The equilibria that the party expects, by their numbers in its own game."""
        return self.games[party].equilibria(concept)


def solve_hypergame(conflict: Conflict, views: Mapping[int, View]) -> Hypergame:
    """`views`: party → how it sees the conflict; a party that is not there sees it as it is.

    Raises InputError if nobody misperceives anything, and if a party's own game has no feasible state.
    """
    if not views:
        raise InputError(f"{conflict.name}: nobody sees another game (`hypergame` is missing)")
    true = solve(build(conflict))
    games, seen = [], []
    for party in range(len(conflict.decision_makers)):
        if party not in views:
            games.append(true)
            seen.append(tuple(range(1, len(true.space.codes) + 1)))
            continue
        game = solve(build(own_game(conflict, party, views[party])))
        hidden = sum(1 << option for option in views[party].unaware)
        games.append(game)
        seen.append(tuple(_number(game.space, int(code) & ~hidden) for code in true.space.codes))
    return Hypergame(true, tuple(games), tuple(seen))


def own_game(conflict: Conflict, party: int, view: View) -> Conflict:
    """The conflict as the party sees it. A ranking loses the states that it does not see."""
    owner = conflict.decision_makers[party].name
    infeasible = (*conflict.infeasible, *(Taken(option) for option in view.unaware), *view.infeasible)
    collapsed = seen_collapsed(conflict, infeasible)
    bare = replace(conflict, name=f"{conflict.name} as {owner} sees it", infeasible=infeasible, collapsed=collapsed)
    feasible = feasible_mask(bare)
    classes = collapsed_classes(bare, feasible)
    makers = []
    for index, maker in enumerate(conflict.decision_makers):
        preference = view.preferences.get(index, maker.preference)
        if isinstance(preference, Ranked):
            preference = _restricted(_regrouped(preference, bare, classes), feasible, bare, maker.name, classes)
        makers.append(replace(maker, preference=preference))
    return replace(bare, decision_makers=tuple(makers))


def seen_collapsed(conflict: Conflict, infeasible: tuple[Formula, ...]) -> tuple[Collapsed, ...]:
    """The collapsed states of the conflict for who thinks that these conditions are infeasible: those of which it sees
    a code, each with the code that stands for it in these eyes."""
    feasible = feasible_mask(replace(conflict, infeasible=infeasible))
    every = np.flatnonzero(feasible).astype(np.int64)
    true = collapsed_classes(conflict, feasible_mask(conflict))
    found = []
    for one, members in zip(conflict.collapsed, true, strict=True):
        seen = every[holds(one.condition, every)]
        if len(seen):
            code = int(members[0]) if feasible[members[0]] else int(seen[0])
            found.append(Collapsed(one.condition, code))
    return tuple(found)


def _regrouped(ranking: Ranked, conflict: Conflict, classes: tuple[Codes, ...]) -> Ranked:
    """The ranking with the code that stands for a collapsed state in the place of any other of that state."""
    every = np.arange(1 << len(conflict.options), dtype=np.int64)
    stands: dict[int, int] = {}
    for one, members in zip(conflict.collapsed, classes, strict=True):
        stands |= {int(code): int(members[0]) for code in every[holds(one.condition, every)]}
    groups: list[tuple[int, ...]] = []
    named: set[int] = set()
    for group in ranking.groups:
        codes = tuple(dict.fromkeys(stands.get(code, code) for code in group))
        groups.append(tuple(code for code in codes if code not in named))
        named |= set(codes)
    return replace(ranking, groups=tuple(groups))


def _restricted(
    ranking: Ranked, feasible: Truth, conflict: Conflict, owner: str, classes: tuple[Codes, ...]
) -> Ranked:
    groups: list[tuple[int, ...]] = []
    gaps: list[int] = []
    for place, group in enumerate(ranking.groups):
        if place in ranking.gaps and groups and len(groups) not in gaps:
            gaps.append(len(groups))
        kept = tuple(code for code in group if feasible[code])
        if kept:
            groups.append(kept)
    ranked = {code for group in groups for code in group}
    for code in map(int, state_codes(feasible, classes)):
        if code not in ranked:
            pattern = pattern_of(code, len(conflict.options))
            raise InputError(f"{conflict.name}: the ranking of `{owner}` lacks {pattern}")
    return Ranked(tuple(groups), tuple(gap for gap in gaps if gap < len(groups)))


def _number(space: Space, code: int) -> int:
    return space.state(code) if space.feasible[code] else 0
