"""Names, titles, metonyms and pronouns lead to one actor, with whom it speaks for."""

from standoff.actors.known import KnownActor, load_known, parse_known
from standoff.actors.resolve import resolve
from standoff.actors.table import ActorTable, Mention

__all__ = ["ActorTable", "KnownActor", "Mention", "load_known", "parse_known", "resolve"]
