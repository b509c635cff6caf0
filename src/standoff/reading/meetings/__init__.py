"""Meetings of a report: parse, actors, dates and places go in; planned, held and failed meetings come out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from standoff.actors import ActorTable
from standoff.language import Parse
from standoff.ledger import STATUSES, Actor, Meeting
from standoff.reading.dates import DateExpression
from standoff.reading.meetings.lent import lent
from standoff.reading.meetings.lexicon import lexicon
from standoff.reading.meetings.mentions import Mention, mention_of
from standoff.reading.meetings.merging import OVER, Group, merge
from standoff.reading.meetings.newsday import DAY_OF_SAYING, news_day, with_day_of_saying
from standoff.reading.meetings.one_verb import each_by_itself
from standoff.reading.meetings.parties import individuals_or_parties, subjects_above
from standoff.reading.meetings.principals import principals
from standoff.reading.meetings.status import CALLED_FOR, GENERIC, HYPOTHETICAL, NO_MEETING
from standoff.reading.meetings.triggers import JOURNEY, Trigger, triggers
from standoff.reading.places import Place

# Of the statuses that the mentions of one meeting tell, the first of these holds.
RANK = ("cancelled", "failed", "postponed", "ongoing", "held", "planned")
AHEAD = frozenset({"before", "ahead"})
FATES = frozenset({"failed", "cancelled", "postponed"})
GOALS = frozenset({"", "for", "in", "at"})
ALWAYS_SOMEBODY = frozenset({"visit", "call"})
PEACE = frozenset({"peace"})
SIDES = ("government", "opposition")
STALE = 21  # days after which talks that began count as held


@dataclass(frozen=True)
class ByRules:
    """What the rules make of a report. mentions: of all triggers, with the status that their date decides; groups:
    those that count, put together; meetings: the entry of each group, without an id, or None where it is too vague."""

    mentions: tuple[Mention, ...]
    groups: tuple[Group, ...]
    meetings: tuple[Meeting | None, ...]


def read_meetings(
    parse: Parse,
    actors: ActorTable,
    dates: Sequence[DateExpression],
    places: Sequence[Place],
    published: str | None,
) -> tuple[Meeting, ...]:
    """The meetings of a report by the rules alone, in order of their quotes, each once, with ids m1, m2, …

    Left out: meetings merely called for, generic or hypothetical ones without a date, and past ones with
    neither date nor place (calls of two named persons have no place and stay).
    """
    read = by_rules(parse, actors, dates, places, published)
    return in_order(meeting for meeting in read.meetings if meeting is not None)


def in_order(meetings: Iterable[Meeting]) -> tuple[Meeting, ...]:
    """Meetings in the order of their quotes, numbered."""
    ordered = sorted(meetings, key=lambda m: m.evidence)
    return tuple(replace(meeting, id=f"m{number}") for number, meeting in enumerate(ordered, 1))


def by_rules(
    parse: Parse,
    actors: ActorTable,
    dates: Sequence[DateExpression],
    places: Sequence[Place],
    published: str | None,
) -> ByRules:
    """The mentions of a report, how they are grouped, and what entry each group makes."""
    words = lexicon()
    found = list(_without_doubles(list(triggers(parse, words))))
    mentions: list[Mention] = []
    today = news_day(parse, dates, published)
    for trigger in found:
        others = frozenset(i for t in found if t is not trigger for i in t.nodes) - trigger.nodes
        mention = mention_of(parse, trigger, actors, dates, places, words, others)
        told = with_day_of_saying(parse, mention, dates, today, words)
        mentions.extend(each_by_itself(parse, told, actors, dates, places))
    dated = [settled(m, published) for m in lent(parse, mentions)]
    kept = [m for m in dated if m.status not in {HYPOTHETICAL, NO_MEETING} and not _bare(m)]
    groups = merge(kept, actors, words)
    made = tuple(_meeting(parse, g, _kin(g, groups), actors) for g in groups)
    return ByRules(tuple(dated), tuple(groups), made)


def _without_doubles(found: Sequence[Trigger]) -> Iterator[Trigger]:
    """“convene for talks” and “met for talks” are one mention: the noun's."""
    governing = {
        t.predicate for t in found if t.by == "meetings.noun" and t.role in {"pp", "object"} and t.preposition in GOALS
    }
    described = {i for t in found if t.role != "object" for i in t.nodes}
    told = {i for t in found if t.by == "meetings.noun" and t.kind == "talks" for i in t.nodes if i > t.index}
    for trigger in found:
        if trigger.role == "object" and trigger.predicate in described and trigger.by == "meetings.noun":
            continue  # “talks that will be the first meeting”
        if trigger.by == "meetings.verb" and trigger.kind == "meeting" and trigger.index in told:
            continue  # “talks, which they want to reconvene”
        if trigger.role != "verb" or trigger.index not in governing:
            yield trigger


def settled(mention: Mention, published: str | None) -> Mention:
    """The status that the date decides where the words leave it open."""
    status = mention.status
    when = mention.date
    if when is not None and when.earliest and when.latest and published:
        future = when.earliest > published and status in {"held", "ongoing", GENERIC, CALLED_FOR, HYPOTHETICAL}
        if future or (when.latest > published and status == CALLED_FOR):
            status = "planned"
        elif status == "planned" and when.latest <= published and mention.trigger.preposition in AHEAD:
            status = "held"  # a caption: “before a meeting in Amman, Feb. 21”
        elif mention.trigger.by == JOURNEY and when.value == published and status == "held":
            status = "ongoing"  # reported on the day it began
        elif when.latest < published and status in {GENERIC, "planned"}:
            status = "held"
        elif when.earliest <= published <= when.latest and status in {GENERIC, CALLED_FOR} and when.precision == "day":
            status = "planned"
        elif status == "ongoing" and when.latest < published and not _recent(when.earliest, published):
            status = "held"
    if when is None and status == "held" and mention.trigger.by == JOURNEY:
        status = "ongoing"  # an arrival told without a day is news
    if when is None and status == GENERIC and mention.kind == "talks" and mention.paired:
        status = "ongoing" if len(mention.participants) >= 2 else status
    return replace(mention, status=status)


def _bare(mention: Mention) -> bool:
    """“They would continue”, “they negotiate” may speak of anything."""
    if mention.trigger.by == JOURNEY:
        return mention.place is None or not mention.participants
    if mention.paired and len(mention.participants) >= 2:
        return False
    if mention.trigger.by == "meetings.pronoun" and mention.status in FATES:
        return False  # “… but these foundered”
    vague = mention.trigger.by == "meetings.pronoun" or (mention.trigger.role == "verb" and mention.kind == "talks")
    return vague and mention.date is None and mention.place is None


def _recent(day: str, published: str) -> bool:
    return (date.fromisoformat(published) - date.fromisoformat(day)).days <= STALE


def _meeting(parse: Parse, group: Group, kin: Sequence[Group], actors: ActorTable) -> Meeting | None:
    """The entry of a group, or None if it is too vague to be one. kin: other rounds of the same talks."""
    real = [m for m in group.mentions if m.status in STATUSES]
    if not real:
        return None
    best = max(real, key=lambda m: (m.weight, -m.trigger.index))
    if best.weight == 0:
        return None  # nothing that can be quoted tells when, where or who
    when = _when(group, best)
    where = best.place or next((m.place for m in group.mentions if m.place), None)
    participants = individuals_or_parties((p for m in group.mentions for p in m.participants), actors)
    status = _status([m for m in real if m.kind == best.kind or m.date or m.place], best)
    start, end = days_of(when)
    if start is None and where is None and not _stands_undated(best.kind, status, participants, group, actors):
        return None
    if status == "planned" and where is None and when is not None and when.precision == "year":
        return None  # “negotiations this year”: a hope, not a meeting
    if not participants and best.kind in ALWAYS_SOMEBODY:
        return None
    participants = _all_participants(parse, participants, best, group, kin, actors)
    if not participants and status in OVER and (start is None or where is None):
        return None
    return Meeting(
        id="", kind=best.kind, participants=participants, place=where.name if where else None, start=start, end=end,
        status=status, evidence=best.evidence, latitude=where.latitude if where else None,
        longitude=where.longitude if where else None, country=where.country if where else None, by=best.trigger.by,
    )  # fmt: skip


def _stands_undated(
    kind: str, status: str, participants: tuple[str, ...], group: Group, actors: ActorTable
) -> bool:
    """Whether a meeting with neither day nor place is an entry: it is told who meets, and it is not over."""
    named = sum(actors.get(p).kind == "person" for p in participants)
    if kind == "call" and named >= 2:
        return True
    if kind == "visit" and status in {"cancelled", "postponed"}:
        return bool(named)
    paired = any(m.paired for m in group.mentions)
    return status in {"planned", "ongoing"} and (len(participants) >= 2 or (kind == "talks" and paired and named > 0))


def _all_participants(
    parse: Parse, found: tuple[str, ...], best: Mention, group: Group, kin: Sequence[Group], actors: ActorTable
) -> tuple[str, ...]:
    """Those named at the meeting; else those of other rounds, of the announcement, of the whole report."""
    participants = found or individuals_or_parties((p for g in kin for m in g.mentions for p in m.participants), actors)
    if best.kind == "talks" and len(participants) < 2 and any(m.topic & PEACE for m in group.mentions):
        participants = tuple(dict.fromkeys((*participants, *_sides(actors)))) or participants
    if best.kind != "vote":
        participants = participants or subjects_above(parse, best.trigger, actors)
    if best.kind == "talks" and len(participants) < 2:
        both = principals(actors)
        if not participants or any(p in actors.chain(q) for p in both for q in participants):
            participants = individuals_or_parties((*participants, *both), actors)
    return participants


def _when(group: Group, best: Mention) -> DateExpression | None:
    """The date of the best mention; a day of which it is only told gives way to a day that is named."""
    named = [m.date for m in group.mentions if m.date and m.date.value]
    if best.date is None or best.date.rule == DAY_OF_SAYING:
        return next(iter(named), best.date)
    return best.date


def _sides(actors: ActorTable) -> tuple[str, ...]:
    """The parties to a conflict that a report names: its government and its opposition."""
    kinds = {kind: [a.id for a in actors.actors if a.kind == kind and _whole(a)] for kind in SIDES}
    return tuple(found[0] for found in kinds.values() if found) if all(kinds.values()) else ()


def _whole(actor: Actor) -> bool:
    """Whether a government or opposition is all of it, not a ministry or a group within."""
    return actor.of is None or actor.name.endswith(" government")


def _kin(group: Group, groups: Sequence[Group]) -> list[Group]:
    """Other rounds of the same talks, by what they are called: “peace talks”. Their parties are the same."""
    topics = {word for m in group.mentions for word in m.topic}
    kinds = {m.kind for m in group.mentions}
    return [g for g in groups if g is not group and any(m.topic & topics and m.kind in kinds for m in g.mentions)]


def _status(real: Sequence[Mention], best: Mention) -> str:
    told = {m.status for m in real}
    if best.status in {"held", "ongoing"} and best.date is not None:
        # what took place on a day was not put off; that it failed must be said of it by its own name
        told -= {"postponed", "cancelled"}
        if not any(m.status == "failed" and (m.definite or m.date or m.place) for m in real):
            told.discard("failed")
    if "postponed" in told and any(m.status == "planned" and m.date and m.date.precision == "day" for m in real):
        told.discard("postponed")
    if best.date is not None and best.status in {"held", "planned"} and told <= {"planned", "ongoing", "held"}:
        return best.status
    if best.status == "planned" and told <= {"planned", "ongoing", "held"}:
        return "planned"
    return next(status for status in RANK if status in told)


def days_of(when: DateExpression | None) -> tuple[str | None, str | None]:
    """Start and end; a week within one month is known to the month."""
    if when is None:
        return None, None
    if when.value is None and when.precision == "week" and when.earliest and when.latest:
        month = when.earliest[:7]
        return month, None
    if when.rule == DAY_OF_SAYING:
        return when.latest, None
    return when.value, when.until


__all__ = ["ByRules", "by_rules", "in_order", "read_meetings"]
