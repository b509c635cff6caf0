"""A kind of stability by its name: in goes a text such as `seq`, `limited:3` or `strength:seq`, out come the states
that hold by it, for each party and for all.

So that asking backwards, sampling and the ways from today can be asked of every kind of stability there is. What a kind
means is said in the module that solves it. Not every pair of a kind and a concept means something; for what does not,
the refusal says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from standoff.errors import InputError
from standoff.graphmodel.attitudes import RELATIONAL, Attitude, solve_attitudes
from standoff.graphmodel.beside import Beside
from standoff.graphmodel.coalitions import COALITIONAL, solve_coalitions
from standoff.graphmodel.formula import Truth
from standoff.graphmodel.hypergame import solve_hypergame
from standoff.graphmodel.limited import MOST_MOVES, foreseeing, solve_limited
from standoff.graphmodel.space import Space
from standoff.graphmodel.stability import Concept, stable_for_each
from standoff.graphmodel.strength import GRADED, solve_strength
from standoff.graphmodel.unknown import CONCEPTS, EXTENSIONS, solve_unknown


class Kind(StrEnum):
    """`UNKNOWN` goes with an extension a to d, `LIMITED` with a number of moves."""

    PLAIN = "plain"
    LIMITED = "limited"
    NON_MYOPIC = "non-myopic"
    STRENGTH = "strength"
    ATTITUDES = "attitudes"
    UNKNOWN = "unknown"
    COALITIONS = "coalitions"
    HYPERGAME = "hypergame"


# What may be asked, for people.
FORMS = (
    "nash, gmr, smr, seq, sseq, sim; limited:H (H moves ahead), non-myopic; or with one of these concepts "
    "strength:C, attitudes:C, unknown-a:C to unknown-d:C, coalitions:C, hypergame:C"
)
# The concepts of each kind that takes one, and why it has no others.
_HAS: dict[Kind, tuple[Sequence[Concept], str]] = {
    Kind.STRENGTH: (
        GRADED,
        "a sanction can be strong or weak; Nash has no sanction, and for SSEQ and SIM nobody has said what it means",
    ),
    Kind.ATTITUDES: (RELATIONAL, "the relational concepts are RNash, RGMR, RSMR and RSEQ"),
    Kind.UNKNOWN: (CONCEPTS, "each extension is one of Nash, GMR, SMR and SEQ"),
    Kind.COALITIONS: (COALITIONAL, "the concepts against coalitions are Nash, GMR, SMR and SEQ"),
    Kind.HYPERGAME: (tuple(Concept), ""),
}


@dataclass(frozen=True)
class Criterion:
    """`name` is the text that asks for it. `concept` is None for foresight, `moves` 0 without; `extension` is empty but
    for unknown preference."""

    name: str
    kind: Kind
    concept: Concept | None = None
    moves: int = 0
    extension: str = ""


@dataclass(frozen=True)
class Held:
    """`stable[i][n]`: is state n + 1 stable for party i. `equilibria`: the numbers of the states that hold for all; by
    coalitions also against coalitions of several parties."""

    stable: tuple[Truth, ...]
    equilibria: tuple[int, ...]


def plain(concept: Concept) -> Criterion:
    """The concept as it stands, for a party alone and one order of preference."""
    return Criterion(concept.value, Kind.PLAIN, concept)


def criterion(text: str) -> Criterion:
    """What a person asks for by its name, in capitals or not. Raises InputError for what there is not, and why."""
    name = text.strip().lower()
    head, _, tail = name.partition(":")
    if not tail and head in set(Concept):
        return plain(Concept(head))
    if name == Kind.NON_MYOPIC:
        return Criterion(name, Kind.NON_MYOPIC)
    if head == Kind.LIMITED:
        if not tail.isdecimal() or not 1 <= int(tail) <= MOST_MOVES:
            raise InputError(f"`{text}`: say how many moves are foreseen (1 to {MOST_MOVES}), for example limited:3")
        return Criterion(f"{head}:{int(tail)}", Kind.LIMITED, moves=int(tail))
    base, _, extension = head.partition("-")
    if base == Kind.UNKNOWN and extension not in EXTENSIONS:
        raise InputError(f"`{text}`: say which of the four extensions, for example unknown-a:seq")
    if base not in {kind.value for kind in _HAS} or (extension and base != Kind.UNKNOWN):
        raise InputError(f"`{text}` is no kind of stability; there are {FORMS}")
    kind = Kind(base)
    known, why = _HAS[kind]
    if tail not in set(known):
        reason = f" ({why})" if tail in set(Concept) else ""
        raise InputError(f"`{text}`: there is {', '.join(f'{head}:{one}' for one in known)}{reason}")
    return Criterion(name, kind, Concept(tail), extension=extension)


def as_criterion(asked: Concept | Criterion) -> Criterion:
    """A concept stands for itself."""
    return plain(asked) if isinstance(asked, Concept) else asked


def effort(states: int, asked: Criterion) -> int:
    """How much work it is to solve a conflict of so many states, in states that a plain sweep looks at; roughly."""
    match asked.kind:
        case Kind.PLAIN | Kind.STRENGTH:
            return states * (16 if asked.concept is Concept.SIM else 1)
        case Kind.LIMITED:
            return states * asked.moves
        case Kind.NON_MYOPIC | Kind.HYPERGAME:
            return states * 64
        case Kind.ATTITUDES | Kind.UNKNOWN | Kind.COALITIONS:
            return states * max(8, states // 8)


def held(space: Space, asked: Criterion, beside: Beside) -> Held:
    """The states that hold by this kind of stability. `beside` has what the kind needs: attitudes (without, each party
    is positive towards itself and neutral towards others), views or uncertain statements.

    Raises InputError where the conflict does not say what the kind needs (nothing strong, nothing uncertain, nobody who
    sees another game), where it is too large for the kind, and if foresight does not repeat in time.
    """
    parties = range(len(space.movers))
    match asked.kind:
        case Kind.LIMITED:
            return _for_all(foreseeing(space, asked.moves))
        case Kind.NON_MYOPIC:
            lasting = solve_limited(space, 1).lasting
            if lasting is None:
                raise InputError(f"{space.conflict.name}: what is foreseen does not repeat in time: nothing is known")
            return _for_all(lasting)
    concept = asked.concept
    assert concept is not None
    match asked.kind:
        case Kind.STRENGTH:
            return _for_all(solve_strength(space, (concept,)).strong[concept])
        case Kind.ATTITUDES:
            felt = beside.attitudes if beside.attitudes is not None else _selfish(len(space.movers))
            return _for_all(solve_attitudes(space, felt).stable[concept])
        case Kind.UNKNOWN:
            if not any(beside.uncertain):
                raise InputError(f"{space.conflict.name}: no statement is marked `uncertain: true`: nothing is unknown")
            return _for_all(solve_unknown(space, beside.uncertain).stable[asked.extension][concept])
        case Kind.COALITIONS:
            joined = solve_coalitions(space, (concept,))
            alone = tuple(joined.stable[concept][(party,)] for party in parties)
            return Held(alone, tuple(joined.equilibria(concept)))
        case Kind.HYPERGAME:
            game = solve_hypergame(space.conflict, beside.views)
            return _for_all(tuple(game.stable(concept, party) for party in parties))
        case _:
            return _for_all(stable_for_each(space, concept))


def _for_all(stable: tuple[Truth, ...]) -> Held:
    return Held(stable, tuple(int(place) + 1 for place in np.flatnonzero(np.logical_and.reduce(stable))))


def _selfish(parties: int) -> list[list[Attitude]]:
    return [[Attitude.POSITIVE if i == j else Attitude.NEUTRAL for j in range(parties)] for i in range(parties)]
