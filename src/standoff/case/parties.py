"""Actors of a report go in; each is linked to the party of the case that it is, or becomes a new one."""

import re
import sqlite3
from dataclasses import dataclass, field

from standoff.case.store import Action
from standoff.ledger import Actor, Ledger

SPACE = re.compile(r"\s+")
SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to", "de", "la", "al"})
"""Words that an acronym leaves out."""


@dataclass(slots=True)
class Known:
    """A party of the case as later reports may find it again."""

    id: str
    kinds: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    wikidata: set[str] = field(default_factory=set)


def link_actors(action: Action, ledger: Ledger, numbers: dict[str, int]) -> None:
    """Record of every actor of a ledger (number of its row by its id) which party it is; make those that are new."""
    parties = known_parties(action.connection)
    for actor in ledger.actors:
        party = find(parties, actor)
        if party is None:
            party = f"A{action.insert('party', name=actor.name, kind=actor.kind)}"
            parties[party] = Known(party)
        learn(parties[party], actor)
        action.fact("actor", str(numbers[actor.id]), "party", party)


def known_parties(connection: sqlite3.Connection) -> dict[str, Known]:
    """The parties of the case with all names under which its reports know them, merged ones under their new id."""
    merged = {
        subject: value
        for subject, value in connection.execute(
            "SELECT subject, value FROM current WHERE kind = 'party' AND field = 'merged' AND value IS NOT NULL"
        )
    }
    found: dict[str, Known] = {}
    rows = connection.execute(
        "SELECT c.value, a.name, a.kind, a.wikidata FROM current c JOIN actor a ON a.id = CAST(c.subject AS INTEGER) "
        "WHERE c.kind = 'actor' AND c.field = 'party' ORDER BY a.id"
    )
    for party, name, kind, wikidata in rows:
        party = end_of(merged, party)
        known = found.setdefault(party, Known(party))
        known.names.add(folded(name))
        known.kinds.add(kind)
        if wikidata:
            known.wikidata.add(wikidata)
    for party, name in connection.execute(
        "SELECT subject, value FROM current WHERE kind = 'party' AND field = 'name' AND value IS NOT NULL"
    ):
        if party in found:
            found[party].names.add(folded(name))
    return found


def end_of(merged: dict[str, str], subject: str) -> str:
    """What a thing was merged into, at the end of the chain."""
    seen = set()
    while subject in merged and subject not in seen:
        seen.add(subject)
        subject = merged[subject]
    return subject


def find(parties: dict[str, Known], actor: Actor) -> str | None:
    """The party that an actor is: by Wikidata, by name, or by acronym; None if none or several fit."""
    if actor.wikidata:
        for party in parties.values():
            if actor.wikidata in party.wikidata:
                return party.id
    name = folded(actor.name)
    for party in parties.values():
        if name in party.names and not (actor.wikidata and party.wikidata):
            return party.id
    return None


def learn(party: Known, actor: Actor) -> None:
    """Note how one more report calls a party."""
    party.names.add(folded(actor.name))
    party.kinds.add(actor.kind)
    if actor.wikidata:
        party.wikidata.add(actor.wikidata)


def folded(name: str) -> str:
    """A name as it is compared: small letters, single spaces, no article, no dots, no quotation marks."""
    name = SPACE.sub(" ", name.casefold().replace(".", "").replace("’", "'").strip(" '\"“”‘"))
    return name.removeprefix("the ")
