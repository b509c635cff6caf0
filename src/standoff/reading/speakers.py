"""Statements with their speakers: a parsed report goes in; attributions, each led back to an actor, come out."""

import re
from bisect import bisect_right

from standoff.actors import ActorTable
from standoff.actors.knowledge import gender_of_first_name, words
from standoff.language import Parse
from standoff.ledger import Spans, Statement
from standoff.reading.dates import DateExpression
from standoff.reading.layout import laid_out
from standoff.reading.nested import with_nested
from standoff.reading.statements import Attribution, Encoding, read_encoded
from standoff.reading.unnamed import is_person_noun, source_head

FIRST_PERSON = frozenset({"i", "we", "us", "me"})
HE_OR_SHE = {"he": "male", "she": "female"}
IT, THEY = "it", "they"
NEAR = 400  # characters within which a quotation without source goes on with the speaker before
BACK = 2  # paragraphs within which "he said" goes on with the speaker before
QUOTED_AS = re.compile(r"\b(?:quot|cit)(?:es?|ed|ing)\b.+\bas\b", re.IGNORECASE | re.DOTALL)


def read_statements(
    parse: Parse, actors: ActorTable, dates: tuple[DateExpression, ...], encoding: Encoding
) -> tuple[Statement, ...]:
    """The statements of a report in text order, with ids s1, s2, …; `within` names the enclosing statement."""
    return with_speakers(parse, actors, dates, attributed(parse, encoding))


def attributed(parse: Parse, encoding: Encoding) -> tuple[Attribution, ...]:
    """The attributions of a report, mended by its layout and with those that stand in others' contents."""
    return with_nested(parse, laid_out(parse.text, read_encoded(parse.text, encoding)))


def with_speakers(
    parse: Parse, actors: ActorTable, dates: tuple[DateExpression, ...], attributions: tuple[Attribution, ...]
) -> tuple[Statement, ...]:
    """The attributions as statements, in their order, with the actors who speak."""
    floor = _Floor(parse, actors, attributions)
    return tuple(
        Statement(
            f"s{k + 1}", floor.speaker(k), a.source, a.cue, a.content, a.kind,
            None if a.within is None else f"s{a.within + 1}", _date(parse, a, dates), a.by, a.confidence,
        )
        for k, a in enumerate(attributions)
    )  # fmt: skip


class _Floor:
    """Who has the floor: the speaker of each attribution of a report, found when asked for."""

    def __init__(self, parse: Parse, actors: ActorTable, attributions: tuple[Attribution, ...]) -> None:
        self._parse, self._actors, self._attributions = parse, actors, attributions
        self._homes = [(a.cue or a.source or a.content)[0][0] for a in attributions]
        self._found: dict[int, str | None] = {}

    def speaker(self, index: int) -> str | None:
        """The actor who speaks, or None."""
        if index not in self._found:
            self._found[index] = None  # whoever leads back here in a circle finds nobody
            self._found[index] = self._resolved(index)
        return self._found[index]

    def _resolved(self, index: int) -> str | None:
        """The actor that the source names; `I` and `we`: who speaks around or just before; he, she, it, they: who spoke
        before, unless somebody was named since; no source: the one before."""
        attribution = self._attributions[index]
        quoted = self._quoted_as(attribution)
        if quoted is not None:
            return quoted
        if attribution.source:
            said = " ".join(self._parse.text[a:b] for a, b in attribution.source).casefold()
            if said in FIRST_PERSON:
                outer = attribution.within
                if outer is not None:
                    return self.speaker(outer)
                return self.speaker(index - 1) if self._near(index) else None
            named = _named(self._actors, attribution.source)
            if said in HE_OR_SHE or said in (IT, THEY):
                return self._who_spoke_before(index, said, named)
            return named
        if attribution.kind == "direct" and self._near(index):
            return self.speaker(index - 1)
        return None

    def _quoted_as(self, attribution: Attribution) -> str | None:
        """ "State media quoted the president as saying": it is the president who speaks."""
        for start, end in attribution.cue:
            match = QUOTED_AS.search(self._parse.text, start, end)
            found = self._actors.actors_in(match.start(), match.end()) if match else ()
            if found:
                return found[0]
        return None

    def _who_spoke_before(self, index: int, pronoun: str, named: str | None) -> str | None:
        """Whom a pronoun before "said" means: the last speaker, if he fits and nobody else became the topic since.

        Names inside what is said are no new topic: "Lee said the mayor had lied. He added …" is Lee.
        """
        place = self._homes[index]
        before = [
            k for k, a in enumerate(self._attributions)
            if self._homes[k] < place and k != index and a.within is None and a.source
        ]  # fmt: skip
        if not before or self._attributions[index].within is not None:
            return named
        last = max(before, key=lambda k: (self._sentence(k), self._is_main(k), self._homes[k]))
        if self._paragraph(place) - self._paragraph(self._homes[last]) > BACK or not self._fits(last, pronoun):
            return named
        if named is not None and self._is_topic_since(named, self._homes[last], place):
            return named
        return self.speaker(last)

    def _is_topic_since(self, actor: str, since: int, until: int) -> bool:
        """Whether the reporter, not somebody quoted, names an actor between two places."""
        mentions = self._actors.mentions
        first = bisect_right(mentions, since, key=lambda m: m.start)
        last = bisect_right(mentions, until, key=lambda m: m.start)
        return any(
            m.end <= until and m.actor == actor and m.form != "pronoun"
            and not any(a <= m.start < b for item in self._attributions for a, b in item.content)
            for m in mentions[first:last]
        )  # fmt: skip

    def _fits(self, index: int, pronoun: str) -> bool:
        """Whether the source of an attribution may be meant by he, she, it or they."""
        speaker = self.speaker(index)
        head = source_head(self._parse, self._attributions[index].source)
        person = speaker is not None and self._actors.get(speaker).kind == "person"
        if pronoun in HE_OR_SHE:
            if person:
                gender = gender_of_first_name(self._actors.get(speaker or "").name)
                return gender in (None, HE_OR_SHE[pronoun])
            return head is not None and self._parse.tokens[head].tag == "NN" and self._is_person(head)
        if person or (head is not None and self._is_person(head) and self._parse.tokens[head].tag == "NN"):
            return False
        if pronoun == THEY:
            return head is not None and self._parse.tokens[head].tag in {"NNS", "NNPS"}
        return speaker is not None and (head is None or self._parse.tokens[head].tag not in {"NNS"})

    def _is_person(self, head: int) -> bool:
        lemma = self._parse.tokens[head].lemma
        return is_person_noun(lemma) or lemma.casefold() in words().gendered

    def _sentence(self, index: int) -> int:
        return self._parse.tokens[self._token(index)].sentence if self._parse.tokens else 0

    def _is_main(self, index: int) -> bool:
        """Whether the cue of an attribution is the main verb of its sentence, not one after "while" or "after"."""
        token = self._token(index)
        return bool(self._parse.tokens) and self._parse.tokens[token].head == token

    def _token(self, index: int) -> int:
        """The token that heads the cue, else the one where the attribution begins."""
        spans = self._attributions[index].cue or ((self._homes[index], self._homes[index] + 1),)
        inside = self._parse.tokens_in(spans[0][0], spans[-1][1])
        roots = [i for i in inside if self._parse.tokens[i].head == i]
        return roots[0] if roots else min(inside.start, len(self._parse.tokens) - 1)

    def _paragraph(self, place: int) -> int:
        return bisect_right(self._parse.paragraphs, place, key=lambda paragraph: paragraph[0])

    def _near(self, index: int) -> bool:
        """Whether a statement follows closely on the one before it."""
        if index == 0:
            return False
        before, here = self._attributions[index - 1].content, self._attributions[index].content
        return min(b[0] for b in here) - max(a[1] for a in before) <= NEAR


def _named(actors: ActorTable, source: Spans) -> str | None:
    for start, end in source:
        actor = actors.actor_at(start, end)
        if actor is not None:
            return actor
    return None


def _date(parse: Parse, attribution: Attribution, dates: tuple[DateExpression, ...]) -> str | None:
    """The date of the saying: the expression nearest to the cue in its sentence, outside what is said."""
    if not attribution.cue:
        return None
    tokens = parse.tokens_in(*attribution.cue[0])
    if not tokens:
        return None
    start, end = parse.sentence_span(parse.tokens[tokens[0]].sentence)
    cue = attribution.cue[0][0]
    near = [
        (abs(d.start - cue), d.value)
        for d in dates
        if start <= d.start < end and d.value and not any(a <= d.start < b for a, b in attribution.content)
    ]
    return min(near)[1] if near else None
