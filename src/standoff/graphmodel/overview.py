"""Everything at a glance: in go a `Space` and what its file says beside it, out come the equilibria by each further
concept that applies, and in words what is special about the model's moves and states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from standoff.graphmodel.attitudes import RELATIONAL, solve_attitudes
from standoff.graphmodel.beside import Beside as Beside
from standoff.graphmodel.coalitions import COALITIONAL, solve_coalitions
from standoff.graphmodel.conflict import Direction
from standoff.graphmodel.formula import pattern_of, written
from standoff.graphmodel.hypergame import solve_hypergame
from standoff.graphmodel.limited import solve_limited
from standoff.graphmodel.space import Space
from standoff.graphmodel.stability import Concept
from standoff.graphmodel.strength import GRADED, floor, solve_strength
from standoff.graphmodel.unknown import solve_unknown
from standoff.graphmodel.words_further import RELATIONAL_NAMES

# An overview is asked for while somebody waits: what compares states with states up to a second's worth of them, what
# sets each coalition against each of the others up to fewer.
MOST_COMPARED = 1024
MOST_JOINED = 256
MOST_JOINED_PARTIES = 5
# Foresight up to so many moves, and of any number.
FORESEEN = (2, 3, 4)
_SHORT = {concept: concept.value.upper() if concept is not Concept.NASH else "Nash" for concept in Concept}


@dataclass(frozen=True)
class Further:
    """The equilibria (numbers of states) by one further concept; None if that takes too long for a glance: `command`
    then says what to ask."""

    name: str
    equilibria: tuple[int, ...] | None
    command: str


def further_equilibria(space: Space, beside: Beside) -> list[Further]:
    """By foresight and against coalitions; by strength, attitudes, unknown preference and in the hypergame if the
    model says anything of them."""
    return [*_foresight(space), *_coalitions(space), *_strength(space), *_felt(space, beside), *_seen(space, beside)]


def limits_in_words(space: Space) -> list[str]:
    """A sentence for each one-way option, irreversible move, collapsed state and misperception."""
    conflict = space.conflict
    names = conflict.option_names
    told = []
    for name, option in zip(names, conflict.options, strict=True):
        if option.direction is Direction.FORWARD:
            told.append(f"{name}: once taken it cannot be given up")
        elif option.direction is Direction.BACK:
            told.append(f"{name}: once given up it cannot be taken")
    for ban in conflict.irreversible:
        if ban.lasting and ban.party is None:
            told.append(f"irreversible: once `{written(ban.before, names)}` holds it stays so")
            continue
        who = "no move" if ban.party is None else f"no move of {conflict.decision_makers[ban.party].name}"
        told.append(f"{who} leads from `{written(ban.before, names)}` to `{written(ban.after, names)}`")
    for one, members in zip(conflict.collapsed, space.classes, strict=True):
        code = int(members[0])
        told.append(
            f"collapsed: {len(members)} combinations that meet `{written(one.condition, names)}` are one state, "
            f"{space.state(code)} ({pattern_of(code, len(names))})"
        )
    for party in conflict.decision_makers:
        for condition in party.misperceived:
            told.append(f"{party.name} makes no move from or to where `{written(condition, names)}` holds")
    return told


def _foresight(space: Space) -> Iterator[Further]:
    found = solve_limited(space, max(FORESEEN))
    for moves in FORESEEN:
        yield Further(f"foresight of {moves} moves (L_{moves})", tuple(found.equilibria(moves)), "limited")
    far = found.non_myopic_equilibria()
    yield Further("foresight of any number (non-myopic)", None if far is None else tuple(far), "limited")


def _coalitions(space: Space) -> Iterator[Further]:
    if len(space.codes) > MOST_JOINED or len(space.movers) > MOST_JOINED_PARTIES:
        yield Further("against every coalition", None, "coalitions")
        return
    found = solve_coalitions(space)
    for concept in COALITIONAL:
        name = f"against every coalition, {_SHORT[concept]}"
        yield Further(name, tuple(found.equilibria(concept)), "coalitions")


def _strength(space: Space) -> Iterator[Further]:
    if any((floor(space, party) > 0).any() for party in range(len(space.movers))):
        found = solve_strength(space)
        for concept in GRADED:
            yield Further(f"strongly stable, {_SHORT[concept]}", tuple(found.strong_equilibria(concept)), "strength")


def _felt(space: Space, beside: Beside) -> Iterator[Further]:
    if beside.attitudes is not None:
        if len(space.codes) > MOST_COMPARED:
            yield Further("by attitudes", None, "attitudes")
        else:
            found = solve_attitudes(space, beside.attitudes)
            for concept in RELATIONAL:
                yield Further(RELATIONAL_NAMES[concept], tuple(found.equilibria(concept)), "attitudes")
    if any(beside.uncertain):
        if len(space.codes) > MOST_COMPARED:
            yield Further("with uncertain statements", None, "unknown")
            return
        unknown = solve_unknown(space, beside.uncertain)
        for extension, words in (("a", "unknown tempts and does not deter"), ("d", "unknown deters, does not tempt")):
            name = f"SEQ with uncertain statements, {extension}: {words}"
            yield Further(name, tuple(unknown.equilibria(extension, Concept.SEQ)), "unknown")


def _seen(space: Space, beside: Beside) -> Iterator[Further]:
    if beside.views:
        found = solve_hypergame(space.conflict, beside.views)
        for concept in (Concept.NASH, Concept.SEQ):
            yield Further(f"hypergame, {_SHORT[concept]}", tuple(found.equilibria(concept)), "hypergame")
