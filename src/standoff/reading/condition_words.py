"""The words of condition: the data file goes in; the lists that the rules read with come out."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from standoff.ledger import Span


@dataclass(frozen=True, slots=True)
class Conditions:
    """The words of condition; each field is a list of the data file."""

    needs_refusal: frozenset[str]
    always: frozenset[str]
    conditional: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    obligation: frozenset[str]
    exchange: tuple[str, ...]
    dependence: dict[str, str]
    open_modals: frozenset[str]
    terms: frozenset[str]
    empty: frozenset[str]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition found: spans, the token that carries it, and the construction."""

    requirement: Span
    gate: Span
    anchor: int
    by: str


@cache
def conditions_lexicon() -> Conditions:
    """The word lists that ship with the package, loaded once."""
    data = yaml.safe_load(files("standoff.reading").joinpath("data/conditions.yaml").read_text("utf-8"))
    return Conditions(
        **{
            name: frozenset(data[name])
            for name in (
                "needs_refusal", "always", "conditional", "before", "after", "obligation", "open_modals", "terms",
                "empty",
            )
        },  # fmt: skip
        exchange=tuple(data["exchange"]),
        dependence=data["dependence"],
    )
