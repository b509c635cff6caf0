"""The world as the package knows it: data files go in; named entities and the phrases that name them come out.

States, regions and organisations are tables in `data/`; nouns that tell titles and groups are in `data/words.yaml`.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

NAME, ADJECTIVE, METONYM = "name", "adjective", "metonym"


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that the package or the user's file knows. `of`: the name of the entity that it is a part of."""

    name: str
    kind: str
    of: str | None = None
    wikidata: str | None = None
    iso3: str | None = None
    demonym: str | None = None  # the adjective that names its government: "Syrian"
    title: str | None = None  # the noun of a person's office


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a phrase stands for: the name of an entity, and how it names it. `place`: it is a town as well."""

    entity: str
    form: str
    place: bool = False


@dataclass(frozen=True, slots=True)
class World:
    """Entities by name, and phrases (white space single, case as written) that name them.

    small: the first words of phrases that open with a small letter.
    """

    entities: Mapping[str, Entity]
    phrases: Mapping[str, Phrase]
    small: frozenset[str]


def make_world(entities: Mapping[str, Entity], phrases: Mapping[str, Phrase]) -> World:
    """A world with its index of small openings; a word with a hyphen opens with its first part too."""
    first = {phrase.split()[0] for phrase in phrases if phrase[0].islower()}
    return World(entities, phrases, frozenset(first | {word.split("-")[0] for word in first}))


def _table(name: str) -> list[dict[str, str]]:
    source = files("standoff.actors").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(source.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def _split(value: str | None) -> list[str]:
    return [item for item in (value or "").split(";") if item]


def _people(adjective: str) -> Iterable[str]:
    """The plural noun for a state's people, where English makes it with -s: Russians, Iraqis."""
    if adjective.endswith(("an", "i", "ot")):
        yield adjective + "s"


@cache
def world() -> World:
    """The entities and phrases of the package's own tables."""
    entities: dict[str, Entity] = {}
    phrases: dict[str, Phrase] = {}
    for row in _table("states.tsv"):
        _add_state(row, entities, phrases)
    for row in _table("regions.tsv"):
        demonyms = _split(row["demonyms"])
        entities[row["name"]] = Entity(
            row["name"], row["kind"], row["of"] or None, row["wikidata"] or None, row["iso3"] or None,
            demonyms[0] if demonyms else None,
        )  # fmt: skip
        _names(row, demonyms, phrases, place=row["kind"] == "government")
    for row in _table("organisations.tsv"):
        entities[row["name"]] = Entity(row["name"], row["kind"], row["of"] or None, row["wikidata"] or None)
        _names(row, _split(row["adjectives"]), phrases)
        for seat in _split(row["seats"]):
            phrases[seat] = Phrase(row["name"], METONYM, place=True)
    for row in _table("leaders.tsv"):
        entities[row["name"]] = Entity(row["name"], "person", row["of"], title=row["title"])
        phrases[row["name"]] = Phrase(row["name"], NAME)
    return make_world(entities, phrases)


def _add_state(row: Mapping[str, str], entities: dict[str, Entity], phrases: dict[str, Phrase]) -> None:
    demonyms = _split(row["demonyms"])
    entities[row["name"]] = Entity(
        row["name"], "state", None, row["wikidata"], row["iso3"], demonyms[0] if demonyms else None
    )
    _names(row, demonyms, phrases)
    for capital in _split(row["capitals"]):
        phrases.setdefault(capital, Phrase(row["name"], METONYM, place=True))
    for seat in _split(row["seats"]):
        phrases[seat] = Phrase(row["name"], METONYM)


def _names(row: Mapping[str, str], demonyms: list[str], phrases: dict[str, Phrase], place: bool = False) -> None:
    name = row["name"]
    for adjective in demonyms:
        phrases[adjective] = Phrase(name, ADJECTIVE)
        for people in _people(adjective):
            phrases[people] = Phrase(name, ADJECTIVE)
    for alias in [name, *_split(row["aliases"])]:
        phrases[alias] = Phrase(name, NAME, place)


@dataclass(frozen=True, slots=True)
class Words:
    """The nouns of `data/words.yaml`, as sets and mappings of lower-case words."""

    titles: frozenset[str]
    honorifics: Mapping[str, str]
    gendered: Mapping[str, str]
    owned_titles: Mapping[str, str]
    government: frozenset[str]
    people: frozenset[str]
    offices: frozenset[str]
    opposition: frozenset[str]
    opposition_bodies: frozenset[str]
    conflict: frozenset[str]
    collectives: frozenset[str]
    unnamed_bodies: frozenset[str]
    counterparts: frozenset[str]
    negotiating: frozenset[str]
    bodies: frozenset[str]
    corporate: frozenset[str]
    legal_forms: frozenset[str]
    wholes: frozenset[str]
    roles: frozenset[str]
    sent: frozenset[str]
    towns: frozenset[str]
    acting_verbs: frozenset[str]
    acting_nouns: frozenset[str]
    acting_labels: frozenset[str]
    counted: Mapping[str, tuple[str, ...]]
    anaphors: Mapping[str, tuple[str, ...]]
    possessed: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, frozenset[str]]
    female: frozenset[str]
    male: frozenset[str]


@cache
def words() -> Words:
    """The package's lists of words."""
    source = files("standoff.actors").joinpath("data", "words.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(source)
    return Words(
        titles=frozenset(data["titles"]),
        honorifics=data["honorifics"],
        gendered=data["gendered"],
        owned_titles=data["owned_titles"],
        government=frozenset(data["government_nouns"]),
        people=frozenset(data["people_nouns"]),
        offices=frozenset(data["offices"]),
        opposition=frozenset(data["opposition_nouns"]),
        opposition_bodies=frozenset(data["opposition_bodies"]),
        conflict=frozenset(data["conflict_nouns"]),
        collectives=frozenset(data["collectives"]),
        unnamed_bodies=frozenset(data["unnamed_bodies"]),
        counterparts=frozenset(data["counterparts"]),
        negotiating=frozenset(data["negotiating_collectives"]),
        bodies=frozenset(data["bodies"]),
        sent=frozenset(data["sent"]),
        roles=frozenset(data["role_words"]),
        towns=frozenset(data["town_words"]),
        wholes=frozenset(data["wholes"]),
        corporate=frozenset(data["corporate_titles"]),
        legal_forms=frozenset(data["legal_forms"]),
        acting_verbs=frozenset(data["acting_verbs"]),
        acting_nouns=frozenset(data["acting_nouns"]),
        acting_labels=frozenset(data["acting_labels"]),
        counted={noun: tuple(kinds) for noun, kinds in data["counted"].items()},
        anaphors={noun: tuple(kinds) for noun, kinds in data["anaphors"].items()},
        possessed={noun: tuple(kinds) for noun, kinds in data["possessed"].items()},
        kinds={kind: frozenset(nouns) for kind, nouns in data["kinds"].items()},
        female=frozenset(data["female_names"]),
        male=frozenset(data["male_names"]),
    )


def gender_of_first_name(name: str) -> str | None:
    """`male` or `female` for a common first name, else None."""
    first = name.split()[0].casefold() if name else ""
    if first in words().female:
        return "female"
    return "male" if first in words().male else None


def is_role(word: str) -> bool:
    """Whether a noun tells an office, so that "U.S. defense ministry official" still speaks for the United States."""
    lower, known = word.casefold(), words()
    return any(lower in nouns for nouns in (known.titles, known.people, known.government, known.roles))
