"""Who the labels of a transcript are: an actor table and turns in; the table with each label as a mention out."""

from collections import Counter
from dataclasses import replace

from standoff.actors import ActorTable, Mention
from standoff.ledger import Actor
from standoff.reading.layout import Turn
from standoff.reading.layout.lines import lexicon
from standoff.reading.layout.turns import key_of


def with_turn_speakers(table: ActorTable, turns: tuple[Turn, ...]) -> ActorTable:
    """The table, to which each label adds a mention: of the person with that surname, else of a new one.

    "Q:" and "MODERATOR:" name nobody. "A:" is the person of whom the text before the first question speaks most.
    """
    actors = list(table.actors)
    mentions = list(table.mentions)
    known = {actor.name.split()[-1].casefold(): actor.id for actor in reversed(actors) if actor.kind == "person"}
    whole = {actor.name.casefold(): actor.id for actor in actors}
    nobody = lexicon()["askers"] | lexicon()["voices"]
    for turn in turns:
        label = table.parse.text[slice(*turn.label)]
        key, lower = key_of(label), label.casefold()
        if lower in nobody or not key:
            continue
        if lower in lexicon()["answers"]:
            name = _interviewed(table, turns[0].label[0])
            if name is None:
                continue
            key = key_of(name)
        else:
            name = _spoken(label)
        speaker = whole.get(lower) or known.get(key)
        if speaker is None:
            speaker = f"a{len(actors) + 1}"
            actors.append(Actor(speaker, name, "person"))
            known[key] = speaker
        mentions = [m for m in mentions if m.end <= turn.label[0] or m.start >= turn.label[1]]
        mentions.append(Mention(*turn.label, speaker, "name"))
    if len(mentions) == len(table.mentions) and len(actors) == len(table.actors):
        return table
    spans = Counter((m.actor, (m.start, m.end)) for m in mentions if m.form != "pronoun")
    named = tuple(
        replace(actor, mentions=tuple(sorted(span for who, span in spans if who == actor.id))) for actor in actors
    )
    ordered = tuple(sorted(mentions, key=lambda m: (m.start, -m.end)))
    return ActorTable(named, ordered, table.parse, table.members)


def _spoken(label: str) -> str:
    """The name in a label: without titles, and in usual letters where it is all in capitals."""
    parts = [word for word in label.split() if word.strip(".,").casefold() not in lexicon()["honours"]] or label.split()
    name = " ".join(parts)
    return name.title() if name.isupper() else name


def _interviewed(table: ActorTable, before: int) -> str | None:
    """The name of the person whom a text mentions most before a place, the first of equals; he and she count."""
    persons = {actor.id: actor.name for actor in table.actors if actor.kind == "person"}
    often = Counter(persons[m.actor] for m in table.mentions if m.end <= before and m.actor in persons)
    if not often:
        names = (n for n in table.parse.names if n.label == "PERSON" and n.end <= before)
        often = Counter(table.parse.text[name.start : name.end] for name in names)
    return often.most_common(1)[0][0] if often else None
