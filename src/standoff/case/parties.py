"""Actors of a report go in; each is linked to the party of the case that it is, or becomes a new one."""

import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field

from standoff.case.store import Action
from standoff.ledger import Actor, Ledger

SPACE = re.compile(r"\s+")
SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to"})
"""Words that an acronym leaves out."""

ACRONYM = re.compile(r"[A-Z][A-Z0-9&-]{2,}")
"""Three letters or more: of two, too many names have the same."""

ARTICLE = re.compile(r"\b(?:al|el|ul)-")
"""The Arabic article, which reports leave out at will: Bashar al-Assad, Bashar Assad."""

LONG_WORD = 6
"""Letters of a word from which a difference of one letter is taken for another spelling."""

SHORTEST_NAME = 3
"""Letters of a surname that is enough to tell a person."""

BY_HAND, BLIND = "1", "blind"
"""How a party was `made` that no reading found: it is one of the case; it is known to a blind coder alone, and a party
of the case as soon as an entry of the case names it."""


@dataclass(slots=True)
class Known:
    """A party of the case as later reports may find it again: its kinds, folded names, acronyms and Wikidata items."""

    id: str
    kinds: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    acronyms: set[str] = field(default_factory=set)
    wikidata: set[str] = field(default_factory=set)

    def learn(self, name: str, kind: str | None, wikidata: str | None) -> None:
        """Note how one more report calls the party."""
        self.names.add(folded(name))
        if kind:
            self.kinds.add(kind)
        self.acronyms.add(name if ACRONYM.fullmatch(name) else initials(name))
        if wikidata:
            self.wikidata.add(wikidata)


def link_actors(action: Action, ledger: Ledger, numbers: dict[str, int]) -> None:
    """Record of every actor of a ledger (number of its row by its id) which party it is; make those that are new."""
    parties = known_parties(action.connection)
    before = _earlier(action.connection, ledger.document.id)
    for actor in ledger.actors:
        party = before.get(folded(actor.name)) or find(parties.values(), actor)
        if party is None:
            party = f"A{action.insert('party', name=actor.name, kind=actor.kind)}"
            parties[party] = Known(party)
        parties[party].learn(actor.name, actor.kind, actor.wikidata)
        action.fact("actor", str(numbers[actor.id]), "party", party)


def _earlier(connection: sqlite3.Connection, report: str) -> dict[str, str]:
    """Which party each name is in earlier readings of a report: what people have split stays split."""
    merged = merged_into(connection, "party")
    rows = connection.execute(
        "SELECT a.name, c.value FROM actor a JOIN reading r ON r.id = a.reading JOIN current c ON c.kind = 'actor' "
        "AND c.subject = CAST(a.id AS TEXT) AND c.field = 'party' WHERE r.report = ? ORDER BY a.id",
        (report,),
    )
    return {folded(name): end_of(merged, party) for name, party in rows}


def known_parties(connection: sqlite3.Connection) -> dict[str, Known]:
    """The parties of the case with all names under which its reports know them, merged ones under their new id."""
    merged = merged_into(connection, "party")
    found: dict[str, Known] = {}
    rows = connection.execute(
        "SELECT c.value, a.name, a.kind, a.wikidata FROM current c JOIN actor a ON a.id = CAST(c.subject AS INTEGER) "
        "WHERE c.kind = 'actor' AND c.field = 'party' ORDER BY a.id"
    )
    for party, name, kind, wikidata in rows:
        party = end_of(merged, party)
        found.setdefault(party, Known(party)).learn(name, kind, wikidata)
    said = connection.execute(
        "SELECT subject, field, value FROM current WHERE kind = 'party' AND value IS NOT NULL "
        "AND field IN ('name', 'wikidata', 'kind')"
    ).fetchall()
    for party, what, value in said:
        party = end_of(merged, party)
        known = found.setdefault(party, Known(party))
        if what == "name":
            known.learn(value, None, None)
        else:
            (known.wikidata if what == "wikidata" else known.kinds).add(value)
    for number, name, kind in connection.execute(
        "SELECT p.id, p.name, p.kind FROM party p JOIN current c ON c.kind = 'party' AND c.subject = 'A' || p.id "
        "AND c.field = 'made' AND c.value IS NOT NULL"
    ):
        party = end_of(merged, f"A{number}")
        found.setdefault(party, Known(party)).learn(name, kind, None)
    return dict(sorted(found.items(), key=lambda item: int(item[0][1:])))


def merged_into(connection: sqlite3.Connection, kind: str) -> dict[str, str]:
    """Of the parties (concepts, gatherings) that were merged: into which other one."""
    return dict(
        connection.execute(
            "SELECT subject, value FROM current WHERE kind = ? AND field = 'merged' AND value IS NOT NULL", (kind,)
        )
    )


def end_of(merged: dict[str, str], subject: str) -> str:
    """What a thing was merged into, at the end of the chain."""
    seen = set()
    while subject in merged and subject not in seen:
        seen.add(subject)
        subject = merged[subject]
    return subject


def find(parties: Iterable[Known], actor: Actor) -> str | None:
    """The party that an actor is: by Wikidata, by name, or, where only one fits, by surname or acronym; else None."""
    fitting = [party for party in parties if not (actor.wikidata and party.wikidata - {actor.wikidata})]
    if actor.wikidata:
        for party in fitting:
            if actor.wikidata in party.wikidata:
                return party.id
    name = folded(actor.name)
    for party in fitting:
        if name in party.names and _kinds_agree(actor.kind, party.kinds):
            return party.id
    close = [
        party
        for party in fitting
        if _same_person(name, actor.kind, party) or _same_acronym(actor, party) or _same_spelling(name, actor, party)
    ]
    return close[0].id if len(close) == 1 else None


def _kinds_agree(kind: str, kinds: set[str]) -> bool:
    """A person is no state or body of the same name; what is only 'other' may be anything."""
    told = kinds - {"other"}
    return kind == "other" or not told or kind in told or ("person" not in told and kind != "person")


def _same_person(name: str, kind: str, party: Known) -> bool:
    """“Kerry” and “John Kerry”, “Wang” and “Wang Yi”: the longer name is a person's, the shorter begins or ends it."""
    if kind not in ("person", "other") or party.kinds - {"person", "other"}:
        return False
    name = ARTICLE.sub("", name)
    for full in party.names:
        other = ARTICLE.sub("", full)
        shorter, longer = sorted((name, other), key=len)
        person = kind == "person" if longer == name else "person" in party.kinds
        if not person or len(shorter) < SHORTEST_NAME:
            continue
        if longer == shorter or longer.endswith(" " + shorter) or longer.startswith(shorter + " "):
            return True
    return False


def _same_spelling(name: str, actor: Actor, party: Known) -> bool:
    """“Sergei Lavrov” and “Sergey Lavrov”, “Negotiation Committee” and “Negotiations Committee”: long words may differ
    by one letter. Of names of one word, too many differ by one letter (Iran, Iraq)."""
    from rapidfuzz.distance import Levenshtein

    words = name.split()
    if len(words) < 2 or not _kinds_agree(actor.kind, party.kinds):
        return False
    for other in party.names:
        pairs = list(zip(words, other.split(), strict=False))
        if len(words) == len(other.split()) and all(
            a == b or (min(len(a), len(b)) >= LONG_WORD and Levenshtein.distance(a, b) == 1) for a, b in pairs
        ):
            return True
    return False


def _same_acronym(actor: Actor, party: Known) -> bool:
    if actor.kind == "person" or party.kinds == {"person"}:
        return False
    if ACRONYM.fullmatch(actor.name):
        return actor.name in party.acronyms
    own = initials(actor.name)
    return bool(ACRONYM.fullmatch(own)) and folded(own) in party.names


def initials(name: str) -> str:
    """The acronym of a name: the first letters of its words, small ones left out."""
    return "".join(word[0] for word in re.split(r"[\s-]+", name) if word and word not in SMALL and word[0].isupper())


def folded(name: str) -> str:
    """A name as it is compared: small letters, single spaces, no article, no dots, no quotation marks."""
    name = SPACE.sub(" ", name.casefold().replace(".", "").replace("’", "'").strip(" '\"“”‘"))
    return name.removeprefix("the ")
