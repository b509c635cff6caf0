"""Mentions of the same meeting become one: mentions of a report go in; groups, each one meeting, come out."""

from dataclasses import dataclass, field

from standoff.actors import ActorTable
from standoff.reading.dates import DateExpression
from standoff.reading.meetings.lexicon import Lexicon
from standoff.reading.meetings.mentions import Mention

OVER = frozenset({"held", "failed", "ongoing"})
NAMED_ONCE = frozenset({"vote", "summit", "conference"})  # of which a report seldom tells of two without saying so
OPEN = frozenset({"planned", "postponed", "cancelled"})


@dataclass
class Group:
    """Mentions of one meeting, the most informative first."""

    mentions: list[Mention] = field(default_factory=list)

    @property
    def best(self) -> Mention:
        """The most informative mention."""
        return self.mentions[0]


def merge(mentions: list[Mention], actors: ActorTable, words: Lexicon) -> list[Group]:
    """Group mentions, the most telling first; each joins the first group with which nothing disagrees."""
    groups: list[Group] = []
    order = sorted(mentions, key=lambda m: (-m.weight, m.trigger.index))
    for mention in order:
        fitting = [g for g in groups if _fits(g, mention, actors, words)]
        if mention.status == "postponed" and not fitting:  # the day it was to be is not the day it will be
            fitting = [
                g
                for g in groups
                if g.best.kind == mention.kind and g.best.status in OPEN and _same_place(g.best, mention)
                and (not mention.participants or _overlap(g.best.participants, mention.participants, actors))
            ]
            if fitting:
                fitting[0].mentions.append(mention)
                continue
        near = [g for g in fitting if _linked(g, mention, actors)]
        if near:
            near[0].mentions.append(mention)
        else:
            groups.append(Group([mention]))
    return groups


def _fits(group: Group, mention: Mention, actors: ActorTable, words: Lexicon) -> bool:
    """The most telling mention agrees in all, the others in date and place."""
    agree = all(
        _dates_agree(m.date, mention.date) and _same_place(m, mention) and _stand_alike(m, mention)
        for m in group.mentions
        if m is group.best or m.status != "postponed"
    )
    return agree and _same(group.best, mention, actors, words)


def _linked(group: Group, mention: Mention, actors: ActorTable) -> bool:
    """Not merely nothing against it: a shared date, place or party, or a mention that adds none of its own."""
    if mention.date is None and mention.place is None:
        same_kind = mention.kind == group.best.kind
        if not mention.participants:
            return mention.definite or same_kind
        if same_kind and mention.kind == "talks" and (mention.definite or not mention.paired):
            return True
        return any(_overlap(m.participants, mention.participants, actors) for m in group.mentions)
    for m in group.mentions:
        if m.place and mention.place and _same_place(m, mention):
            return True
        if m.date and mention.date and m.date.value and m.date.value == mention.date.value:
            return True
        if _overlap(m.participants, mention.participants, actors):
            return True
        if m.kind == mention.kind == "talks" and (mention.definite or m.topic & mention.topic):
            return True
        if m.kind == mention.kind and m.kind in NAMED_ONCE:
            return True
        if mention.definite and not mention.participants and m.status == mention.status:
            return True
    return False


def _same(a: Mention, b: Mention, actors: ActorTable, words: Lexicon) -> bool:
    if words.classes[a.kind] != words.classes[b.kind]:
        return False
    if not _dates_agree(a.date, b.date) or not _same_place(a, b):
        return False
    undated = a.date is None and b.date is None
    pairs = a.paired and b.paired and len(a.participants) == len(b.participants) == 2
    if undated and pairs and not all(_overlap((p,), b.participants, actors) for p in a.participants):
        return False  # one party in talks with two others
    same_day = a.date is not None and b.date is not None and a.date.value == b.date.value
    if a.participants and b.participants and not _overlap(a.participants, b.participants, actors):
        return a.kind == b.kind == "talks" and (same_day or a.date is None or b.date is None)
    return True


def _stand_alike(a: Mention, b: Mention) -> bool:
    """What is to come is not what was, unless both name one day and are of a kind; “the talks” to come may have begun
    meanwhile."""
    told = {a.status, b.status}
    opposed = bool(told & OPEN) and bool(told & OVER) and a.kind != b.kind
    if a.date is not None and b.date is not None and a.date.value and a.date.value == b.date.value and not opposed:
        return True
    if a.date is not None and b.date is not None and "failed" in told and told != {"failed"}:
        return False  # “collapsed early this month” is not what was held on a day of this month
    if not told & OPEN or not told & OVER:
        return True
    return told == {"planned", "ongoing"} and a.definite and b.definite


def _overlap(a: tuple[str, ...], b: tuple[str, ...], actors: ActorTable) -> bool:
    """Whether somebody, or his party, takes part in both. Two persons of one party are not the same."""
    return any(p in actors.chain(q) or q in actors.chain(p) for p in a for q in b)


def _same_place(a: Mention, b: Mention) -> bool:
    p, q = a.place, b.place
    if p is None or q is None or p.name.casefold() == q.name.casefold():
        return True
    return (p.exact != q.exact) and p.country == q.country and p.country is not None


def _dates_agree(a: DateExpression | None, b: DateExpression | None) -> bool:
    if a is None or b is None:
        return True
    if a.value and b.value and (a.value.startswith(b.value) or b.value.startswith(a.value)):
        return True
    if a.earliest and b.earliest and a.latest and b.latest:
        return a.earliest <= b.latest and b.earliest <= a.latest
    return not (a.value and b.value)
