"""The conflict in option form: plain frozen types, and the checks that make one sound.

Terms and definitions: Fang, Hipel and Kilgour (1993), Interactive Decision Making: The Graph Model for
Conflict Resolution, Wiley. Option prioritisation: Hipel, Kilgour, Fang and Peng (1997), Applied Mathematics
and Computation 83.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from standoff.errors import InputError
from standoff.graphmodel.formula import And, Formula, Not, Or, Taken, options_in

# 2**20 codes: the arrays over all codes then take a few MB each and a solution minutes, not hours.
MAXIMUM_OPTIONS = 20


class Direction(StrEnum):
    """How its owner may change an option: either way, only from no to yes, or only from yes to no."""

    BOTH = "both"
    FORWARD = "forward"
    BACK = "back"


@dataclass(frozen=True)
class Option:
    name: str
    direction: Direction = Direction.BOTH


@dataclass(frozen=True)
class Prioritised:
    """Statements, most important first: a state is preferred to another if it meets the first one on which
    they differ; strongly if that is one of the first `strong` ones."""

    statements: tuple[Formula, ...]
    strong: int = 0


@dataclass(frozen=True)
class Ranked:
    """Groups of equally preferred state codes, best group first; together all the states (a collapsed one by the code
    that stands for it). `gaps`: places k (from 1); the first k groups are strongly preferred to those after them."""

    groups: tuple[tuple[int, ...], ...]
    gaps: tuple[int, ...] = ()


@dataclass(frozen=True)
class Weighted:
    """A state is worth the sum of the weights of the statements it meets (no unit; only the order counts). It is
    strongly preferred to what is worth less by `strong_from` or more."""

    weights: tuple[tuple[Formula, float], ...]
    strong_from: float | None = None


Preference = Prioritised | Ranked | Weighted


@dataclass(frozen=True)
class DecisionMaker:
    """`options`: indices of those it controls. `misperceived`: conditions; it makes no move from or to a
    state that meets one (the state stays feasible, and others may move to it)."""

    name: str
    options: tuple[int, ...]
    preference: Preference
    misperceived: tuple[Formula, ...] = ()


@dataclass(frozen=True)
class Irreversible:
    """No move leads from a state that meets `before` to one that meets `after`: no move of the party with this index;
    of nobody, if None."""

    before: Formula
    after: Formula
    party: int | None = None

    @property
    def lasting(self) -> bool:
        """Whether this says that what once holds stays so: two moves then never do what one may not."""
        return self.after == Not(self.before)


@dataclass(frozen=True)
class Collapsed:
    """All feasible states that meet `condition` are one state. It stands under the code of one of them, `code` if that
    is given, else the lowest, and is preferred as that one is."""

    condition: Formula
    code: int | None = None


@dataclass(frozen=True)
class Conflict:
    """`infeasible`: conditions; a state that meets any of them is left out. `irreversible`: moves that nobody, or one
    party, can make. `collapsed`: states that are told apart by options but count as one."""

    name: str
    options: tuple[Option, ...]
    decision_makers: tuple[DecisionMaker, ...]
    infeasible: tuple[Formula, ...] = ()
    irreversible: tuple[Irreversible, ...] = ()
    collapsed: tuple[Collapsed, ...] = ()

    def __post_init__(self) -> None:
        check(self)

    @property
    def option_names(self) -> tuple[str, ...]:
        """Names that are unique: the owner stands before a name that several parties use."""
        count = Counter(option.name for option in self.options)
        owner = {option: party.name for party in self.decision_makers for option in party.options}
        return tuple(
            option.name if count[option.name] == 1 else f"{owner[index]}: {option.name}"
            for index, option in enumerate(self.options)
        )


def check(conflict: Conflict) -> None:
    """Raises InputError if the parts do not fit together."""
    if len(conflict.options) > MAXIMUM_OPTIONS:
        count = len(conflict.options)
        raise InputError(
            f"{conflict.name}: {count} options make {2**count:,} combinations; the exact engine goes up to "
            f"{MAXIMUM_OPTIONS} options ({2**MAXIMUM_OPTIONS:,})"
        )
    if not conflict.decision_makers:
        raise InputError(f"{conflict.name}: no decision maker")
    doubled = [name for name, n in Counter(dm.name for dm in conflict.decision_makers).items() if n > 1]
    if doubled:
        raise InputError(f"{conflict.name}: two decision makers are called `{doubled[0]}`")
    owners: dict[int, str] = {}
    for party in conflict.decision_makers:
        for option in party.options:
            if not 0 <= option < len(conflict.options):
                raise InputError(f"{conflict.name}: `{party.name}` has option {option}, which does not exist")
            name = conflict.options[option].name
            if option in owners:
                raise InputError(
                    f"{conflict.name}: option `{name}` belongs to `{owners[option]}` and to `{party.name}`"
                )
            owners[option] = party.name
        names = Counter(conflict.options[option].name for option in party.options)
        for name, times in names.items():
            if times > 1:
                raise InputError(f"{conflict.name}: `{party.name}` has two options called `{name}`")
    for index, one in enumerate(conflict.options):
        if index not in owners:
            raise InputError(f"{conflict.name}: option `{one.name}` belongs to no decision maker")
    for ban in conflict.irreversible:
        if ban.party is not None and not 0 <= ban.party < len(conflict.decision_makers):
            raise InputError(f"{conflict.name}: an irreversible move of party {ban.party}, which does not exist")
    for formula in _formulas(conflict):
        for option in options_in(formula):
            if not 0 <= option < len(conflict.options):
                raise InputError(f"{conflict.name}: a condition speaks of option {option}, which does not exist")


def mutually_exclusive(*options: int) -> Formula:
    """The infeasible condition "more than one of these"."""
    pairs = [And((Taken(a), Taken(b))) for place, a in enumerate(options) for b in options[place + 1 :]]
    return pairs[0] if len(pairs) == 1 else Or(tuple(pairs))


def at_least_one(*options: int) -> Formula:
    """The infeasible condition "none of these"."""
    return And(tuple(Not(Taken(option)) for option in options))


def implication(condition: Formula, then: Formula) -> Formula:
    """The infeasible condition "`condition` without `then`"."""
    return And((condition, Not(then)))


def _formulas(conflict: Conflict) -> list[Formula]:
    found = [*conflict.infeasible, *(one.condition for one in conflict.collapsed)]
    found.extend(formula for one in conflict.irreversible for formula in (one.before, one.after))
    for party in conflict.decision_makers:
        found.extend(party.misperceived)
        match party.preference:
            case Prioritised(statements):
                found.extend(statements)
            case Weighted(weights):
                found.extend(formula for formula, _ in weights)
            case Ranked():
                pass
    return found
