"""Where persons are named: the tagger's names, titles and common first names go in; the spans of names come out."""

import unicodedata
from functools import lru_cache

from standoff.actors.knowledge import gender_of_first_name, words
from standoff.actors.roster import Roster
from standoff.language import Token

PARTICLES = frozenset(
    {
        "al",
        "el",
        "de",
        "da",
        "di",
        "van",
        "von",
        "der",
        "den",
        "bin",
        "ibn",
        "abu",
        "la",
        "le",
        "du",
        "dos",
        "-",
        "al-",
        "ul",
    }
)


OFFICES = frozenset(
    {"leader", "president", "secretary", "minister", "spokesman", "spokeswoman", "chairman", "chairwoman"}
)


def person_names(roster: Roster) -> list[tuple[int, int]]:
    """The spans of tokens that name persons, without their titles."""
    parse, tokens = roster.parse, roster.parse.tokens
    found: list[tuple[int, int]] = []
    taken: set[int] = set()
    last_names = {
        parse.text[n.start : n.end].split()[-1] for n in parse.names if n.label == "PERSON" and n.last - n.first > 1
    }
    for name in parse.names:
        surname_alone = parse.text[name.start : name.end] in last_names
        first_name = (
            name.label == "ORG" and name.last - name.first > 1 and gender_of_first_name(tokens[name.first].text)
        )
        office = holds_office(tokens, name.label, name.first, name.last)
        particle = tokens[name.first].text.casefold() in PARTICLES
        if particle and parse.text[name.start : name.end].split()[-1] in last_names:
            continue  # "De Mistura": the surname of a person named in full
        if name.label == "PERSON" or first_name or office or surname_alone:
            first, last = _bare(tokens, name.first, name.last)
            if last > first and roster.free(first, last) and tokens[first].text[0].isupper():
                found.append((first, last))
                taken.update(range(first, last))
    for token in tokens:  # a title before capitals is a person too where the tagger saw none
        after = token.index + 1
        if not is_title(token) or after >= len(tokens) or after in taken or not _capital(tokens[after]):
            continue
        last = after
        while last < len(tokens) and _capital(tokens[last]) and last not in taken and roster.free(last, last + 1):
            last += 1
        if last > after and last - after > 1 and tokens[after].sentence == token.sentence and token.text[0].isupper():
            if any(is_title(tokens[i]) for i in range(after, last)):
                continue
            found.append((after, last))
            taken.update(range(after, last))
    for token in tokens:  # and so is a common first name with a surname
        end = _named_from(roster, token, taken)
        if end is not None:
            found.append((token.index, end))
            taken.update(range(token.index, end))
    return sorted(found)


def holds_office(tokens: tuple[Token, ...], label: str, first: int, last: int) -> bool:
    """Whether a name that the tagger took for an organisation is a person's, by the office behind it: "Bilal Ag
    Acherif, leader of the Coordination"."""
    if label != "ORG" or last - first < 2 or last + 2 >= len(tokens) or tokens[last].text != ",":
        return False
    office = tokens[last + 1]
    return office.text.casefold() in OFFICES and tokens[last + 2].text.casefold() in {"of", "for"}


def _named_from(roster: Roster, token: Token, taken: set[int]) -> int | None:
    """The end of "Staffan de Mistura" from its first name, where the tagger saw no person; None if it is none."""
    tokens = roster.parse.tokens
    if token.index in taken or not _capital(token) or not gender_of_first_name(token.text):
        return None
    last = token.index + 1
    while last < len(tokens) and (_capital(tokens[last]) or tokens[last].text.casefold() in PARTICLES - {"-"}):
        if last in taken or tokens[last].sentence != token.sentence or is_title(tokens[last]):
            break
        last += 1
    named = last > token.index + 1 and _capital(tokens[last - 1]) and roster.free(token.index, last)
    return last if named else None


def is_title(token: Token) -> bool:
    """Whether a token is a noun of title or an honorific."""
    lower = token.text.casefold()
    return lower in words().titles or lower in words().honorifics


def _capital(token: Token) -> bool:
    return token.tag == "NNP" and token.text[0].isupper()


def _bare(tokens: tuple[Token, ...], first: int, last: int) -> tuple[int, int]:
    """A person's name without titles before it and marks after it."""
    for index in range(first, last):
        if is_title(tokens[index]) and index + 1 < last:
            first = index + 1
    while last > first and (tokens[last - 1].pos in {"PUNCT", "PART"} or tokens[last - 1].text in {"'s", "’s"}):
        last -= 1
    return first, last


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """A name in lower case without accents and points."""
    stripped = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return stripped.casefold().strip(".'’")


@lru_cache(maxsize=65536)
def surname(name: str) -> str:
    """The last word of a name, without the Arabic article."""
    parts = [p for p in name.split() if plain(p) not in {"jr", "sr", "ii", "iii"}] or [name]
    last = plain(parts[-1])
    for article in ("al-", "el-", "ul-"):
        last = last.removeprefix(article)
    return last


def family_first(parts: list[str]) -> bool:
    """Whether a name opens with its family name: "Park Geun-hye", a word before a given name of two syllables."""
    given = parts[1].split("-") if len(parts) == 2 else []
    return len(given) == 2 and given[0][:1].isupper() and given[1][:1].islower() and "-" not in parts[0]
