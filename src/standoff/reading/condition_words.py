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
    only_with: frozenset[str]
    pending: frozenset[str]
    times: frozenset[str]
    impossible: frozenset[str]
    possible: frozenset[str]
    making: frozenset[str]
    setting: frozenset[str]
    condition_nouns: frozenset[str]
    first_only: frozenset[str]
    noun_links: frozenset[str]
    bound: frozenset[str]
    containing: frozenset[str]
    made_of: frozenset[str]
    deals: frozenset[str]
    any_deal: frozenset[str]
    needing: frozenset[str]
    degrees: frozenset[str]
    calendar: frozenset[str]
    reporting: frozenset[str]
    facing: frozenset[str]
    no_gate: frozenset[str]
    links: dict[str, frozenset[str]]
    opening: dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition found: spans, the token that carries it, the construction, and the parties that set it where the
    construction says so."""

    requirement: Span
    gate: Span
    anchor: int
    by: str
    setters: tuple[str, ...] = ()


@cache
def conditions_lexicon() -> Conditions:
    """The word lists that ship with the package, loaded once."""
    data = yaml.safe_load(files("standoff.reading").joinpath("data/conditions.yaml").read_text("utf-8"))
    mapped = {"dependence", "exchange", "links", "opening"}
    lists = [name for name in Conditions.__dataclass_fields__ if name not in mapped]
    return Conditions(
        **{name: frozenset(data[name]) for name in lists},
        exchange=tuple(data["exchange"]),
        dependence=data["dependence"],
        links={name: frozenset(words) for name, words in data["links"].items()},
        opening={verb: frozenset(ways) for verb, ways in data["opening"].items()},
    )
