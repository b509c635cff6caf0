"""Who speaks where: the statements with their speakers go in; the voice at any place of the text comes out."""

from dataclasses import dataclass

from standoff.actors import ActorTable
from standoff.language import Parse
from standoff.ledger import Statement
from standoff.reading.syntax import conjuncts

FIRST_PERSON = frozenset({"i", "we", "us", "me", "our", "my", "ourselves"})
POSSESSIVES = frozenset({"his", "her", "its", "their", "our", "my"})
NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
TOLD_OF = frozenset({"acl", "relcl", "advcl"})
THIRD_PERSON = frozenset({"it", "they", "he", "she"})


@dataclass(frozen=True, slots=True)
class Voices:
    """The statements of a report, asked by token. Made by `voices_of`."""

    parse: Parse
    actors: ActorTable
    innermost: tuple[Statement | None, ...]  # for each token the smallest statement whose content holds it
    named: frozenset[int]  # the tokens that stand in a mention of an actor

    def speaker_at(self, index: int) -> str | None:
        """The actor who speaks at a token, or None where the reporter does."""
        statement = self.innermost[index]
        return statement.speaker if statement else None

    def speaking_parties(self, index: int) -> tuple[str, ...]:
        """The parties that speak at a token: all that the source names ("the US and Russia have said"), or none."""
        statement = self.innermost[index]
        if statement is None or statement.speaker is None:
            return ()
        first = self.actors.parties_of(statement.speaker)
        joint: list[str] = []
        for start, end in statement.source:
            for index in self._joined(start, end):
                token = self.parse.tokens[index]
                actor = self.actors.actor_at(token.start, token.end) if index in self.named else None
                joint += [actor] if actor else []
        return tuple(dict.fromkeys((*first, *(party for actor in joint for party in self.actors.parties_of(actor)))))

    def _joined(self, start: int, end: int) -> list[int]:
        """The nouns coordinated in a source; what is told of them ("formed in Oslo and led by …") joins none."""
        tokens = self.parse.tokens
        inside = self.parse.tokens_in(start, end)
        joined = [i for i in inside if tokens[i].dep == "conj" and tokens[i].pos in NOUNS and tokens[i].head in inside]
        described = {i for verb in inside if tokens[verb].dep in TOLD_OF for i in self.parse.subtree(verb)}
        return sorted({i for one in joined for i in (one, tokens[one].head) if i not in described})

    def is_own_side(self, index: int, parties: tuple[str, ...]) -> bool:
        """Whether a subject belongs to one of the parties that speak: we, I, "its delegation", an actor of theirs."""
        tokens, children = self.parse.tokens, self.parse.children
        if tokens[index].text.casefold() in FIRST_PERSON:
            return True
        if any(tokens[c].dep == "poss" and tokens[c].text.casefold() in POSSESSIVES for c in children[index]):
            return True
        return bool(set(parties) & set(self.parties_of(index)))

    def actors_of(self, index: int) -> tuple[str, ...]:
        """The actors that the noun phrase headed by a token names; `we` and `I` are the speaker.

        The noun itself must name an actor: "Syria's talks" are not Syria.
        """
        token = self.parse.tokens[index]
        if token.text.casefold() in FIRST_PERSON:
            speaker = self.speaker_at(index)
            return (speaker,) if speaker else ()
        found = []
        for head in conjuncts(self.parse, index):
            if head in self.named:
                last = self.parse.tokens[self.parse.subtree(head)[-1]]
                found.append(self.actors.actor_at(self.parse.tokens[head].start, last.end))
        return tuple(dict.fromkeys(actor for actor in found if actor))

    def parties_of(self, index: int) -> tuple[str, ...]:
        """The parties behind the actors that a noun phrase names."""
        return tuple(dict.fromkeys(party for actor in self.actors_of(index) for party in self.actors.parties_of(actor)))


def voices_of(parse: Parse, actors: ActorTable, statements: tuple[Statement, ...]) -> Voices:
    """The voices of a report. Wider contents are laid down first, so that the innermost statement stays on top."""
    innermost: list[Statement | None] = [None] * len(parse.tokens)
    contents = [(end - start, start, end, statement) for statement in statements for start, end in statement.content]
    for _, start, end, statement in sorted(contents, key=lambda c: -c[0]):
        for i in parse.tokens_in(start, end):
            innermost[i] = statement
    named = frozenset(i for m in actors.mentions for i in parse.tokens_in(m.start, m.end))
    return Voices(parse, actors, tuple(innermost), named)
