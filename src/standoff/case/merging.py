"""What people make of parties, meetings and concepts: merged, split, renamed, described. Each step can be undone."""

import json
from collections.abc import Mapping, Sequence

from standoff.case.fields import party_of
from standoff.case.parties import end_of, merged_into
from standoff.case.review import entry_number
from standoff.case.screening import known_report
from standoff.case.snapshot import Snapshot
from standoff.case.store import Action, Case, person
from standoff.errors import CaseError, InputError
from standoff.ledger import ACTOR_KINDS

KINDS = {"A": "party", "C": "concept", "M": "gathering"}
"""First letter of an id → what it is the id of."""

ALIKE = 88.0
"""Likeness of two names (0 to 100, token sets by rapidfuzz) from which they are shown as perhaps the same."""


def kind_of(id_: str) -> str:
    """`party`, `concept` or `gathering`. Raises InputError for another id."""
    if id_[:1] in KINDS and id_[1:].isdecimal():
        return KINDS[id_[0]]
    raise InputError(f"{id_}: not the id of a party (A1), a concept (C1) or a meeting (M1)")


def merge(case: Case, into: str, others: Sequence[str], by: str = "", why: str = "") -> None:
    """Parties, concepts or meetings are the same as another. Raises CaseError if they are of different kinds."""
    kind = kind_of(into)
    with case.action(person(by), "merge", f"{' '.join(others)} into {into}", why) as action:
        target = existing(action, into)
        for other in others:
            if kind_of(other) != kind:
                raise CaseError(f"{other}: a {kind_of(other)} cannot be merged with a {kind}")
            source = existing(action, other)
            if source == target:
                raise CaseError(f"{other}: is the same as {into} already")
            action.fact(kind, source, "merged", target)


def unmerge(case: Case, id_: str, by: str = "", why: str = "") -> None:
    """A party, concept or meeting that was merged stands for itself again."""
    kind = kind_of(id_)
    with case.action(person(by), "unmerge", id_, why) as action:
        if id_ not in merged_into(action.connection, kind):
            raise CaseError(f"{id_}: was not merged")
        action.fact(kind, id_, "merged", None)


def existing(action: Action, id_: str) -> str:
    """The id, or what it was merged into. Raises CaseError if the case has no such thing."""
    kind = kind_of(id_)
    row = action.connection.execute(
        f"SELECT 1 FROM {kind} t JOIN live ON live.id = t.action WHERE t.id = ?", (int(id_[1:]),)
    ).fetchone()
    if row is None:
        raise CaseError(f"{id_}: no such {kind} in the case")
    return end_of(merged_into(action.connection, kind), id_)


def rename(case: Case, id_: str, name: str, by: str = "", why: str = "") -> None:
    """Give a party or concept another name."""
    kind = kind_of(id_)
    if kind == "gathering" or not name.strip():
        raise InputError(f"{id_}: only parties and concepts have names, and no empty ones")
    with case.action(person(by), "rename", f"{id_} {name}", why) as action:
        action.fact(kind, existing(action, id_), "name", name.strip())


def describe_party(case: Case, id_: str, values: Mapping[str, str], by: str = "", why: str = "") -> None:
    """Set `of` (id or name of whom the party speaks for, empty for nobody), `kind`, `wikidata` or `iso3`."""
    if kind_of(id_) != "party":
        raise InputError(f"{id_}: no party")
    with case.action(person(by), "describe", f"{id_} {json.dumps(dict(values), ensure_ascii=False)}", why) as action:
        party = existing(action, id_)
        for field, value in values.items():
            if field not in ("of", "kind", "wikidata", "iso3"):
                raise InputError(f"{field}: a party has of, kind, wikidata and iso3")
            if field == "kind" and value not in ACTOR_KINDS:
                raise InputError(f"kind: {value!r} is none of {', '.join(ACTOR_KINDS)}")
            if field == "of" and value:
                value = party_of(action, value)
                if value == party:
                    raise InputError(f"{id_}: nobody speaks for himself through himself")
            action.fact("party", party, field, value)


def split_party(case: Case, id_: str, reports: Sequence[str], name: str, by: str = "", why: str = "") -> str:
    """In these reports it is another party, of this name (or id, if the case has it); the id of that party."""
    with case.action(person(by), "split", f"{id_} {name}: {', '.join(reports)}", why) as action:
        party = existing(action, id_)
        target = party_of(action, name)
        if target == party:
            raise CaseError(f"{name}: is the name of {id_}; the other party needs another one")
        merged = merged_into(action.connection, "party")
        for report in reports:
            id_of_report = known_report(action.connection, report)
            rows = action.connection.execute(
                "SELECT c.subject, c.value FROM current c JOIN actor a ON a.id = CAST(c.subject AS INTEGER) "
                "JOIN reading r ON r.id = a.reading WHERE c.kind = 'actor' AND c.field = 'party' AND r.report = ?",
                (id_of_report,),
            ).fetchall()
            moved = [subject for subject, value in rows if end_of(merged, value) == party]
            if not moved:
                raise CaseError(f"{id_of_report}: {id_} is not in it")
            for subject in moved:
                action.fact("actor", subject, "party", target)
    return target


def split_meeting(case: Case, sightings: Sequence[str], by: str = "", why: str = "") -> str:
    """These reports' words (entries) are on another meeting than the others; the id of that meeting."""
    with case.action(person(by), "split", " ".join(sightings), why) as action:
        new = f"M{action.insert('gathering')}"
        for entry in sightings:
            number = entry_number(action.connection, entry)
            kind = action.connection.execute("SELECT kind FROM entry WHERE id = ?", (number,)).fetchone()[0]
            if kind != "meeting":
                raise CaseError(f"{entry}: a {kind}, not a meeting")
            action.fact("entry", f"e{number}", "gathering", new)
    return new


def perhaps_the_same(state: Snapshot) -> list[tuple[str, str, float]]:
    """Pairs of parties whose names are alike, most alike first: what a person may want to merge."""
    from rapidfuzz import fuzz, utils

    found = []
    for number, party in enumerate(state.parties):
        for other in state.parties[number + 1 :]:
            if "other" not in (party.kind, other.kind) and party.kind != other.kind:
                continue
            likeness = fuzz.token_set_ratio(party.name, other.name, processor=utils.default_process)
            if likeness >= ALIKE:
                found.append((party.id, other.id, round(likeness, 1)))
    return sorted(found, key=lambda pair: (-pair[2], int(pair[0][1:]), int(pair[1][1:])))
