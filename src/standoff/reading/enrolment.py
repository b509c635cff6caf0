"""Who else is a party: referents of the trained reader in, ids of actors out; nameless ones become actors."""

from dataclasses import dataclass, field

from standoff.actors import ActorTable
from standoff.ledger import Actor
from standoff.reading.stances.referents import Phrase, Referent, phrase_name


@dataclass
class Enrolment:
    """The actors of a report and those that are added while it is read. One for each report."""

    table: ActorTable
    text: str
    _added: dict[str, Actor] = field(default_factory=dict)

    def ids_of(self, who: Referent) -> tuple[str, ...]:
        """The ids of the parties meant; a noun phrase gets an actor of its own, the same for the same words."""
        if not isinstance(who, Phrase):
            return self.table.parties_of(who)
        name = phrase_name(self.text, who)
        key = name.casefold()
        known = self._added.get(key)
        if known is None:
            known = Actor(f"a{len(self.table.actors) + len(self._added) + 1}", name, "other", mentions=(who.span,))
        elif who.span not in known.mentions:
            known = Actor(known.id, known.name, known.kind, mentions=tuple(sorted((*known.mentions, who.span))))
        self._added[key] = known
        return (known.id,)

    @property
    def actors(self) -> tuple[Actor, ...]:
        """All actors, the added ones last."""
        return (*self.table.actors, *self._added.values())
