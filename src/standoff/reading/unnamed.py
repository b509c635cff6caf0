"""Sources without a name: attributions and actors of a report in; "a Western diplomat" as an actor of his own out."""

from dataclasses import replace

from standoff.actors import ActorTable, Mention
from standoff.actors.knowledge import words
from standoff.language import Parse, Token
from standoff.ledger import Actor, Spans
from standoff.reading.statements import Attribution

LEFT = frozenset({"amod", "compound", "nmod", "nummod", "punct", "case", "poss"})  # what stays in the name
PERSONS = frozenset({"source", "person", "man", "woman", "witness", "resident", "aide", "insider"})


def with_unnamed_sources(parse: Parse, table: ActorTable, attributions: tuple[Attribution, ...]) -> ActorTable:
    """The table and an actor for each source that names nobody but tells who it is: "one diplomat", "the port union".

    The same words are the same actor within a report. A source whose noun is no person or body gets none.
    """
    actors: dict[str, Actor] = {}
    mentions: list[Mention] = []
    for attribution in attributions:
        head = source_head(parse, attribution.source)
        if head is None or table.actor_at(attribution.source[0][0], attribution.source[-1][1]) is not None:
            continue
        token = parse.tokens[head]
        kind = _kind(token)
        if kind is None:
            continue
        first = min([head, *(c for c in parse.children[head] if c < head and parse.tokens[c].dep in LEFT)])
        name = parse.text[parse.tokens[first].start : token.end]
        name = name[0].upper() + name[1:]
        key = name.casefold()
        known = actors.get(key)
        if known is None:
            number = len(table.actors) + len(actors) + 1
            known = Actor(f"a{number}", name, kind, _owner(parse, table, head))
        span = (parse.tokens[first].start, token.end)
        if span not in known.mentions:
            mentions.append(Mention(*span, known.id, "description"))
            actors[key] = replace(known, mentions=tuple(sorted((*known.mentions, span))))
    if not actors:
        return table
    ordered = tuple(sorted((*table.mentions, *mentions), key=lambda m: (m.start, -m.end)))
    return ActorTable((*table.actors, *actors.values()), ordered, table.parse, table.members)


def _owner(parse: Parse, table: ActorTable, head: int) -> str | None:
    """For whom somebody without a name speaks: "his spokeswoman", "Norsund's lawyer"."""
    for c in parse.children[head]:
        if parse.tokens[c].dep == "poss":
            owner = table.actor_at(parse.tokens[c].start, parse.tokens[c].end)
            if owner is not None:
                return table.party_of(owner)
    return None


def _kind(token: Token) -> str | None:
    """What an actor a noun makes, or None for a thing."""
    lower = token.text.casefold()
    if is_person_noun(token.lemma):
        return "person" if token.tag in {"NN", "NNP"} else "other"
    if lower in words().anaphors:
        return next(iter(words().anaphors[lower]), "other")
    return "other" if lower in words().collectives else None


def is_person_noun(lemma: str) -> bool:
    """Whether a noun is one for a person or the people of an office."""
    lower = lemma.casefold()
    return lower in words().titles or lower in PERSONS


def source_head(parse: Parse, source: Spans) -> int | None:
    """The noun that heads a source, or None for a pronoun or no source."""
    if not source:
        return None
    inside = parse.tokens_in(source[0][0], source[-1][1])
    heads = [
        i for i in inside
        if parse.tokens[i].pos in {"NOUN", "PROPN"}
        and (parse.tokens[i].head not in inside or parse.tokens[i].head == i)
    ]  # fmt: skip
    return heads[0] if heads else None
