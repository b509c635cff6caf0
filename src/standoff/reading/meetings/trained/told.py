"""A report as the trained reader of meetings sees it: what was read before goes in; mentions with what the rules say of
them come out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from standoff.actors import ActorTable
from standoff.language import Parse, Token
from standoff.reading.dates import DateExpression
from standoff.reading.meetings import ByRules, by_rules, settled
from standoff.reading.meetings.lexicon import lexicon
from standoff.reading.meetings.mentions import Mention, mention_of
from standoff.reading.meetings.newsday import news_day
from standoff.reading.meetings.principals import ranked_parties
from standoff.reading.meetings.triggers import wide_triggers
from standoff.reading.places import Place


@dataclass(frozen=True)
class Told:
    """A report with its mentions in text order, those of the rules and further ones; `group_of`: the group of the rules
    that a mention is in, by the number of the mention."""

    parse: Parse
    actors: ActorTable
    dates: Sequence[DateExpression]
    places: Sequence[Place]
    published: str | None
    rules: ByRules
    mentions: tuple[Mention, ...]
    group_of: dict[int, int]

    @cached_property
    def today(self) -> str | None:
        """The day that the report tells of."""
        return news_day(self.parse, self.dates, self.published)

    @cached_property
    def ranks(self) -> dict[str, int]:
        """The place of each party among those that the report names, the one named most often first."""
        return {party: rank for rank, party in enumerate(ranked_parties(self.actors))}

    def token(self, index: int) -> Token:
        """The token of that number."""
        return self.parse.tokens[index]

    def sentence_of(self, mention: Mention) -> Sequence[Token]:
        """The tokens of the sentence that a mention stands in."""
        first, last = self.parse.sentences[self.token(mention.trigger.index).sentence]
        return self.parse.tokens[first:last]


def told(
    parse: Parse,
    actors: ActorTable,
    dates: Sequence[DateExpression],
    places: Sequence[Place],
    published: str | None,
) -> Told:
    """The mentions of a report."""
    words = lexicon()
    rules = by_rules(parse, actors, dates, places, published)
    known = [mention.trigger for mention in rules.mentions]
    nodes = frozenset(i for trigger in known for i in trigger.nodes)
    wide = [
        settled(mention_of(parse, trigger, actors, dates, places, words, nodes - trigger.nodes), published)
        for trigger in wide_triggers(parse, words, known)
    ]
    mentions = tuple(sorted((*rules.mentions, *wide), key=lambda m: m.trigger.index))
    number = {id(mention): k for k, mention in enumerate(mentions)}
    group_of = {number[id(m)]: g for g, group in enumerate(rules.groups) for m in group.mentions}
    return Told(parse, actors, dates, places, published, rules, mentions, group_of)
