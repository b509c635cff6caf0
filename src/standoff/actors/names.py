"""Names that the package or the user knows: a parse goes in; the tokens that name known entities come out."""

import re
from functools import lru_cache

from standoff.actors.knowledge import ADJECTIVE, METONYM, NAME, Entity, Phrase, World, make_world, words, world
from standoff.actors.known import KnownActor
from standoff.actors.roster import Roster
from standoff.language import Parse

LONGEST = 9  # tokens of a known name
WHERE = frozenset({"in", "at", "near", "outside", "around", "into", "inside", "across", "via", "through", "over"})
# After these a town is a place only if a word of travel or of a town stands before.
TRAVEL = frozenset({"to", "from", "for", "of", "on"})
SPACE = re.compile(r"\s+")


@lru_cache(maxsize=8)
def with_known(known: tuple[KnownActor, ...]) -> World:
    """The package's world with the user's actors, whose names and aliases win."""
    base = world()
    entities: dict[str, Entity] = dict(base.entities)
    phrases: dict[str, Phrase] = dict(base.phrases)
    for actor in known:
        old = entities.get(actor.name)
        entities[actor.name] = Entity(
            actor.name,
            actor.kind,
            actor.of or (old.of if old else None),
            actor.wikidata or (old.wikidata if old else None),
            actor.iso3 or (old.iso3 if old else None),
            old.demonym if old else None,
        )
        for alias in (actor.name, *actor.aliases):
            phrases[alias.removeprefix("the ")] = Phrase(actor.name, NAME)
    for actor in known:
        if actor.of and actor.of not in entities:
            target = phrases.get(actor.of.removeprefix("the "))
            if target is None:
                entities[actor.of] = Entity(actor.of, "other")
            else:
                own = entities[actor.name]
                entities[actor.name] = Entity(own.name, own.kind, target.entity, own.wikidata, own.iso3, own.demonym)
    return make_world(entities, phrases)


def mark_known(roster: Roster) -> None:
    """Note every known name in the report; the longest name wins. Towns used as places and by-lines are left out."""
    parse = roster.parse
    tokens = parse.tokens
    index = 0
    while index < len(tokens):
        found = _longest(parse, roster.world, index)
        if found is None:
            index += 1
            continue
        last, phrase = found
        if not _is_place(parse, index, last, phrase):
            roster.mark(index, last, roster.known(phrase.entity), _form(parse, index, last, phrase))
        index = last


def _longest(parse: Parse, world_: World, index: int) -> tuple[int, Phrase] | None:
    tokens = parse.tokens
    start, sentence = tokens[index].start, tokens[index].sentence
    if not (tokens[index].text[0].isupper() or tokens[index].text[0].isdigit() or tokens[index].text in world_.small):
        return None
    for last in range(min(index + LONGEST, len(tokens)), index, -1):
        if tokens[last - 1].sentence != sentence:
            continue
        phrase = world_.phrases.get(SPACE.sub(" ", parse.text[start : tokens[last - 1].end]).replace("’", "'"))
        if phrase is not None:
            return last, phrase
    return None


def _form(parse: Parse, first: int, last: int, phrase: Phrase) -> str:
    """A name before a noun is used as an adjective only where it is one ("U.S. officials", "American officials")."""
    if phrase.form == ADJECTIVE and parse.text[parse.tokens[first].start : parse.tokens[last - 1].end] in {
        "U.S.",
        "US",
    }:
        return NAME
    return phrase.form


def _is_place(parse: Parse, first: int, last: int, phrase: Phrase) -> bool:
    if not phrase.place or phrase.form not in {METONYM, NAME}:
        return False
    tokens = parse.tokens
    before = tokens[first - 1].text.casefold() if first else ""
    after = tokens[last].text if last < len(tokens) else ""
    if _opens_paragraph(parse, first) and parse.text[tokens[first].start : tokens[last - 1].end].isupper():
        return True
    if before in WHERE or (after in {"(", "-", "–", "—"} and _opens_paragraph(parse, first)):
        return True
    if after == "-" and last + 1 < len(tokens) and tokens[last + 1].text == "based":
        return True
    if before in TRAVEL and first >= 2:
        return any(tokens[i].lemma.casefold() in words().towns for i in range(max(0, first - 4), first - 1))
    return False


def _opens_paragraph(parse: Parse, index: int) -> bool:
    start = parse.tokens[index].start
    return any(a == start for a, _ in parse.paragraphs)
