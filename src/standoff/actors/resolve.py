"""Names, titles, metonyms and pronouns of a report: a parse goes in; its actors, with whom they speak for, come out."""

from standoff.actors.coreference import (
    mark_anaphors,
    mark_cardinal_names,
    mark_owned_titles,
    mark_possessed,
    mark_pronouns,
    mark_titles,
    mark_towns,
)
from standoff.actors.groups import mark_groups
from standoff.actors.known import KnownActor
from standoff.actors.names import mark_known, with_known
from standoff.actors.organisations import learn_organisations
from standoff.actors.parties import learn_parties
from standoff.actors.persons import learn_persons
from standoff.actors.possessed_titles import follow_possessed_titles
from standoff.actors.roster import Roster
from standoff.actors.table import ActorTable, Mention
from standoff.language import Parse
from standoff.ledger import Actor


def resolve(parse: Parse, known: tuple[KnownActor, ...] = ()) -> ActorTable:
    """All actors of a report and where it names them. `known`: the user's own actors, see `load_known`.

    The same parse gives the same table. Actors are numbered in order of first mention; those that stand only in
    an `of` come last.
    """
    roster = Roster(parse, with_known(known))
    mark_known(roster)
    learn_organisations(roster)
    learn_parties(roster)
    mark_anaphors(roster)  # before persons, for "the union's president, Ann Lee"
    learn_persons(roster)
    mark_titles(roster)
    mark_anaphors(roster)
    mark_towns(roster)
    mark_cardinal_names(roster)
    mark_groups(roster)
    mark_pronouns(roster)
    mark_possessed(roster)
    follow_possessed_titles(roster)
    mark_titles(roster)  # again, for "a spokeswoman for his office"
    mark_owned_titles(roster)
    return _frozen(roster)


def _cut_circles(roster: Roster) -> None:
    """Nobody speaks for himself through others: the link that closes a circle is dropped."""
    for draft in roster.drafts.values():
        seen, above = {draft.key}, draft.of
        while above is not None and above not in seen:
            seen.add(above)
            above = roster.drafts[above].of
        if above == draft.key:
            draft.of = None


def _frozen(roster: Roster) -> ActorTable:
    tokens = roster.parse.tokens
    places = sorted(roster.places, key=lambda p: (p.first, -p.last))
    _cut_circles(roster)
    order = list(dict.fromkeys(place.key for place in places))
    for key in order:  # grows while it is walked: what an actor is part of belongs to the table
        draft = roster.drafts[key]
        order += [k for k in (*((draft.of,) if draft.of else ()), *draft.members) if k not in order]
    ids = {key: f"a{number}" for number, key in enumerate(order, 1)}
    mentions = tuple(Mention(tokens[p.first].start, tokens[p.last - 1].end, ids[p.key], p.form) for p in places)
    spans: dict[str, list[tuple[int, int]]] = {actor: [] for actor in ids.values()}
    for mention in mentions:
        if mention.form != "pronoun":
            spans[mention.actor].append((mention.start, mention.end))
    actors = []
    for key in order:
        draft = roster.drafts[key]
        above = ids[draft.of] if draft.of is not None and draft.of != key else None
        actors.append(
            Actor(ids[key], draft.name, draft.kind, above, tuple(spans[ids[key]]), draft.wikidata, draft.iso3)
        )
    counted = (roster.drafts[key] for key in order)
    members = {ids[draft.key]: tuple(ids[m] for m in draft.members) for draft in counted if draft.members}
    return ActorTable(tuple(actors), mentions, roster.parse, members)
