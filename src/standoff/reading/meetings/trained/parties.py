"""Who takes part: a mention goes in; the actors at hand, with the marks of how they stand to it, come out."""

from __future__ import annotations

from collections.abc import Iterator

from standoff.actors import Mention as Named
from standoff.reading.meetings.mentions import Mention
from standoff.reading.meetings.trained.told import Told
from standoff.reading.syntax import ancestors

RANKS = 3  # parties named most often that are always at hand
MOST_BETWEEN = 3
SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})


def parties_at_hand(told: Told, number: int) -> dict[str, list[str]]:
    """The ids of the actors that may take part in a mention, each with its marks, as they come up."""
    mention = told.mentions[number]
    found: dict[str, list[str]] = {}
    for actor, mark in (*_by_rules(told, number), *_near(told, mention), *_ranked(told)):
        for one in told.actors.members.get(actor, (actor,)):
            found.setdefault(one, []).append(mark)
    for actor, marks in found.items():
        marks.extend(_what(told, mention, actor, found))
    context = _context(mention)
    return {
        actor: list(dict.fromkeys(m for mark in marks for m in (mark, *(f"{mark}|{c}" for c in context))))
        for actor, marks in found.items()
    }


def _context(mention: Mention) -> list[str]:
    trigger = mention.trigger
    return [
        f"k={mention.kind}", f"r={trigger.role},{trigger.preposition}", f"by={trigger.by}",
        f"n={min(3, len(mention.participants))}",
    ]  # fmt: skip


def _by_rules(told: Told, number: int) -> Iterator[tuple[str, str]]:
    mention, group = told.mentions[number], told.group_of.get(number)
    for actor in mention.participants:
        yield actor, "rule"
    if group is None:
        return
    entry = told.rules.meetings[group]
    for actor in entry.participants if entry is not None else ():
        yield actor, "entry"
    for other in told.rules.groups[group].mentions:
        for actor in other.participants if other is not mention else ():
            yield actor, "group"


def _ranked(told: Told) -> Iterator[tuple[str, str]]:
    for party, rank in told.ranks.items():
        if rank < RANKS:
            yield party, f"rank{rank}"


def _near(told: Told, mention: Mention) -> Iterator[tuple[str, str]]:
    """The actors named in the sentence and in those beside it."""
    sentence = told.token(mention.trigger.index).sentence
    for offset in (0, -1, 1):
        at = sentence + offset
        if not 0 <= at < len(told.parse.sentences):
            continue
        named = told.actors.mentions_in(*told.parse.sentence_span(at))
        for one in named:
            yield one.actor, f"at{offset}"
            if offset == 0:
                for mark in _relation(told, mention, one, named):
                    yield one.actor, mark
            elif _dep(told, one) in SUBJECTS:
                yield one.actor, f"at{offset},subject"


def _head(told: Told, named: Named) -> int:
    tokens = told.parse.tokens_in(named.start, named.end)
    return next((i for i in tokens if told.token(i).head not in tokens), tokens[0])


def _dep(told: Told, named: Named) -> str:
    return told.token(_head(told, named)).dep if told.parse.tokens_in(named.start, named.end) else ""


def _relation(told: Told, mention: Mention, one: Named, named: tuple[Named, ...]) -> Iterator[str]:
    """How a name of the same sentence stands to the mention."""
    if not told.parse.tokens_in(one.start, one.end):
        return
    trigger, head = mention.trigger, _head(told, one)
    start = told.token(trigger.index).start
    side = "before" if one.start < start else "after"
    between = {o.actor for o in named if min(one.start, start) < o.start < max(one.start, start)} - {one.actor}
    yield f"{side},between={min(MOST_BETWEEN, len(between))}"
    yield f"form={one.form}"
    yield f"{side},dep={told.token(head).dep}"
    if mention.evidence[0] <= one.start < mention.evidence[1]:
        yield "quoted"
    if mention.place is not None and one.start <= mention.place.start < one.end:
        yield "venue"
    top = head
    while told.token(top).dep in {"conj", "appos"} and told.token(top).head != top:
        top = told.token(top).head
    token = told.token(top)
    via = token.dep
    above = told.token(token.head)
    if above.pos == "ADP":
        via, above = above.text.casefold(), told.token(above.head)
    yield f"{side},via={via}"
    if above.index == trigger.index or above.index == trigger.anchor:
        yield f"own,{via}"
    elif above.index == trigger.predicate:
        yield f"pred,{via}"
        yield f"pred,{via},{above.lemma.casefold()}"
    elif above.index in trigger.nodes:
        yield f"node,{via}"
    elif any(t.index == above.index for t in ancestors(told.parse, trigger.index)):
        yield f"above,{via}"
        yield f"above,{via},{above.lemma.casefold()}"
    elif any(t.index == trigger.index for t in ancestors(told.parse, top)):
        yield f"below,{via}"
    else:
        yield f"elsewhere,{via}"


def _what(told: Told, mention: Mention, actor: str, found: dict[str, list[str]]) -> Iterator[str]:
    kind = told.actors.get(actor).kind
    yield f"kind={kind}"
    rank = told.ranks.get(told.actors.party_of(actor))
    yield f"rank={'none' if rank is None else min(4, rank)}"
    yield f"kind,rank={kind},{'none' if rank is None else min(4, rank)}"
    named = sum(m.actor == actor for m in told.actors.mentions)
    yield f"named={min(4, named).bit_length()}"
    if any(other != actor and actor in told.actors.chain(other) for other in found):
        yield "has members"
        if any(p != actor and actor in told.actors.chain(p) for p in mention.participants):
            yield "spoken for"
    if any(up in found for up in told.actors.chain(actor)[1:]):
        yield "within another"
