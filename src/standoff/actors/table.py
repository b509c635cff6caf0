"""The actors of one report and where they are named: spans go in; actors come out."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from standoff.language import Parse
from standoff.ledger import Actor

# How sure a form is of whom it names, best first: a head named in two ways is who the better form says.
FORMS = ("name", "title", "description", "metonym", "adjective", "pronoun")
LINKS = frozenset({"of", "from", "for", "by", "at"})  # "a spokesman for the union" speaks for the union
MODIFIERS = frozenset({"amod", "compound", "nmod", "poss", "nn"})


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an actor is named. `form` is one of FORMS; a description is "the Turkish side"."""

    start: int
    end: int
    actor: str
    form: str


@dataclass(frozen=True)
class ActorTable:
    """The actors of a report, in order of first mention, and all their mentions by start."""

    actors: tuple[Actor, ...]
    mentions: tuple[Mention, ...]
    parse: Parse = field(repr=False, compare=False)
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # whom "the two sides" are, by the actor's id

    def get(self, actor_id: str) -> Actor:
        """The actor with that id. Raises KeyError if there is none."""
        return self._by_id[actor_id]

    @cached_property
    def _by_id(self) -> dict[str, Actor]:
        return {actor.id: actor for actor in self.actors}

    @cached_property
    def _reach(self) -> int:
        """The length of the longest mention: no mention that starts further back covers a place."""
        return max((m.end - m.start for m in self.mentions), default=0)

    def party_of(self, actor_id: str) -> str:
        """The id of the party that a person speaks for, as far as known; any other actor is its own party."""
        actor, seen = self.get(actor_id), {actor_id}
        while actor.kind == "person" and actor.of is not None and actor.of not in seen:
            seen.add(actor.of)
            actor = self.get(actor.of)
        return actor.id

    def parties_of(self, actor_id: str) -> tuple[str, ...]:
        """The ids of all parties that an actor stands for: those of each member of "the two sides", else its own."""
        each = self.members.get(actor_id, (actor_id,))
        return tuple(dict.fromkeys(self.party_of(one) for one in each))

    def chain(self, actor_id: str) -> tuple[str, ...]:
        """The id and those up its `of`, nearest first."""
        found = [actor_id]
        above = self.get(actor_id).of
        while above is not None and above not in found:
            found.append(above)
            above = self.get(above).of
        return tuple(found)

    def actor_at(self, start: int, end: int) -> str | None:
        """The id of the actor that a noun phrase refers to, or None.

        The mention at the head of the phrase counts first, then an apposition to the head ("the envoy, Ann Lee"),
        then what the head belongs to ("Russian insistence", "a leader of the union").
        """
        head = self._head(start, end)
        found = None if head is None else self._refers(head, start, end)
        return found or self._whole(start, end)

    def actors_in(self, start: int, end: int) -> tuple[str, ...]:
        """The ids of all actors named in a span, in order; who only tells for whom another one speaks is left out."""
        inside = self.mentions_in(start, end)
        outer = [m for m in inside if not any(_contains(other, m) for other in inside)]
        found = list(dict.fromkeys(m.actor for m in outer))
        above = {up for actor in found for up in self.chain(actor)[1:]}
        return tuple(actor for actor in found if actor not in above)

    def mentions_in(self, start: int, end: int) -> tuple[Mention, ...]:
        """The mentions that lie in a span, by start."""
        return tuple(m for m in self._overlapping(start, end) if start <= m.start and m.end <= end)

    def is_one_name(self, start: int, end: int) -> bool:
        """Whether a stretch lies inside a single name."""
        return any(m.form == "name" and m.start <= start and end <= m.end for m in self._overlapping(start, end))

    def _whole(self, start: int, end: int) -> str | None:
        """The actor whose mention is the whole span, whatever the parse makes of it."""
        whole = (m.actor for m in self._overlapping(start, end) if m.start <= start and end <= m.end)
        return next(whole, None)

    def _refers(self, head: int, start: int, end: int) -> str | None:
        tokens, children = self.parse.tokens, self.parse.children
        if tokens[head].tag in {"WP", "WDT"}:
            clause = tokens[tokens[head].head]
            while clause.dep not in {"relcl", "ROOT"} and clause.head != clause.index:
                clause = tokens[clause.head]
            return self._best(tokens[clause.head].start) if clause.dep == "relcl" else None
        own = self._best(tokens[head].start)
        for child in children[head]:
            if tokens[child].dep == "appos" and tokens[child].start < end:
                named = self._best(tokens[child].start)
                if named and (own is None or (self.get(named).kind == "person" and named != own)):
                    return named
        if own is not None:
            return own
        for child in () if tokens[head].tag in {"NNP", "NNPS"} else children[head]:  # Taiwan's Norsund is not Taiwan
            if tokens[child].dep in MODIFIERS and start <= tokens[child].start:
                found = self._town_before(child) or self._best(tokens[child].start)
                if found:
                    return found
        for child in children[head]:
            if tokens[child].dep in {"prep", "agent"} and tokens[child].text.casefold() in LINKS:
                for below in children[child]:
                    found = self._best(tokens[below].start)
                    if tokens[below].dep == "pobj" and found and tokens[below].start < end:
                        return found
        return None

    def _town_before(self, index: int) -> str | None:
        """ "the Leeds, Alabama, council": the council is that of Leeds, not of the state that tells which Leeds."""
        tokens = self.parse.tokens
        for child in self.parse.children[index]:
            if tokens[child].dep in MODIFIERS and child < index and tokens[child + 1].text == ",":
                return self._best(tokens[child].start)
        return None

    def _head(self, start: int, end: int) -> int | None:
        inside = self.parse.tokens_in(start, end)
        heads = [i for i in inside if self.parse.tokens[i].head not in inside or self.parse.tokens[i].head == i]
        content = [i for i in heads if self.parse.tokens[i].pos not in {"PUNCT", "DET", "ADP", "SPACE", "CCONJ"}]
        return content[0] if content else None

    def _best(self, position: int) -> str | None:
        covering = [m for m in self._overlapping(position, position + 1)]
        covering.sort(key=lambda m: (FORMS.index(m.form), m.end - m.start))
        return covering[0].actor if covering else None

    def _overlapping(self, start: int, end: int) -> Iterator[Mention]:
        first = bisect_left(self.mentions, start - self._reach, key=lambda m: m.start)
        last = bisect_left(self.mentions, end, key=lambda m: m.start)
        return (m for m in self.mentions[first:last] if m.end > start)


def _contains(outer: Mention, inner: Mention) -> bool:
    longer = outer.end - outer.start > inner.end - inner.start
    return longer and outer.start <= inner.start and inner.end <= outer.end
