"""What the parse, the actors and the frames know, piece by piece: a report's analyses in, feature arrays out.

The network sees the encoder's state; these features tell it what the rest of the reading has found out already: where
actors are named, which words are source, cue and content of statements, what the frames of stance take for an issue,
and how two places hang together (source of the words, subject of the verb, object it governs, same sentence).
Training and reading share this module.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standoff.actors import ActorTable
from standoff.actors.table import FORMS
from standoff.language import Parse
from standoff.ledger import ACTS, Statement
from standoff.reading.frame_stances import frame_stances
from standoff.reading.statements.pieces import Ints, Pieces
from standoff.reading.syntax import ancestors
from standoff.reading.voices import Voices

MENTIONS = 2 * len(FORMS) + 1
"""0: no actor; 1…: by form, of a party; then by form, of a person."""
FRAMES = 2 * len(ACTS) + 1
"""0: nothing; 1…: issue of a frame, by act; then the word that evokes it, by act."""
CONTENT, SOURCE, CUE = 1, 2, 3
ROLES = 4
RELATIONS = (
    "source of the statement around it",
    "source of the statement around that",
    "holder of the frame",
    "nearest subject above",
    "second subject above",
    "who is asked by the frame",
    "objects of the verbs above",
    "same sentence",
)
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
OBJECTS = frozenset({"dobj", "dative", "pobj", "agent"})
MOST_OBJECTS = 3

Bits = NDArray[np.uint8]
Related = list[tuple[int, ...]]


@dataclass(frozen=True)
class Features:
    """Arrays over the pieces of a report; `related[c][i]`: the tokens that stand to token i in relation c."""

    mentions: Ints
    frames: Ints
    roles: Ints
    related: tuple[Related, ...]
    tokens: Ints
    sentences: Ints

    def relations(self, shown: int, end: int) -> Bits:
        """Bit c of [i, j] is set where piece j stands to piece i in relation c; with room for CLS and SEP around."""
        size = end - shown
        found = np.zeros((size + 2, size + 2), dtype=np.uint8)
        places: dict[int, list[int]] = {}
        for position, token in enumerate(self.tokens[shown:end].tolist(), 1):
            places.setdefault(token, []).append(position)
        for token, rows in places.items():
            for bit, related in enumerate(self.related):
                columns = [column for other in related[token] for column in places.get(other, ())]
                if columns:
                    found[np.ix_(rows, columns)] |= 1 << bit
        sentences = self.sentences[shown:end]
        same = (sentences[:, None] == sentences[None, :]).astype(np.uint8)
        found[1:-1, 1:-1] |= same << (len(RELATIONS) - 1)
        return found


def features_of(
    parse: Parse, actors: ActorTable, statements: tuple[Statement, ...], voices: Voices, pieces: Pieces
) -> Features:
    """The features of a report."""
    mentions, frames, roles = (np.zeros(len(pieces), dtype=np.int64) for _ in range(3))
    for mention in actors.mentions:
        person = actors.get(mention.actor).kind == "person"
        mentions[piece_slice(pieces, mention.start, mention.end)] = (
            1 + FORMS.index(mention.form) + person * len(FORMS)
        )
    for statement in statements:
        for role, spans in ((CONTENT, statement.content), (SOURCE, statement.source), (CUE, statement.cue)):
            for start, end in spans:
                roles[piece_slice(pieces, start, end)] = role
    for stance in frame_stances(parse, voices):
        act = 1 + ACTS.index(stance.act)
        for issue in stance.issues:
            frames[piece_slice(pieces, *issue.span)] = act
        anchor = parse.tokens[stance.anchor]
        frames[piece_slice(pieces, anchor.start, anchor.end)] = act + len(ACTS)
    starts = np.array([token.start for token in parse.tokens], dtype=np.int64)
    tokens = np.maximum(np.searchsorted(starts, pieces.starts, "right") - 1, 0)
    sentence_of = np.array([token.sentence for token in parse.tokens] or [0], dtype=np.int64)
    return Features(
        mentions, frames, roles, _related(parse, actors, statements, voices), tokens, sentence_of[tokens]
    )


def piece_slice(pieces: Pieces, start: int, end: int) -> slice:
    """The pieces that share a character with [start, end)."""
    first = int(np.searchsorted(pieces.ends, start, "right"))
    return slice(first, max(first, int(np.searchsorted(pieces.starts, end, "left"))))


def _related(
    parse: Parse, actors: ActorTable, statements: tuple[Statement, ...], voices: Voices
) -> tuple[Related, ...]:
    count = len(parse.tokens)
    found: tuple[Related, ...] = tuple([()] * count for _ in RELATIONS[:-1])
    sources, outer, holders, first, second, asked, objects = found
    by_id = {statement.id: statement for statement in statements}
    source_tokens = {s.id: tuple(t for span in s.source for t in parse.tokens_in(*span)) for s in statements}
    subtrees: dict[int, tuple[int, ...]] = {}

    def below(index: int) -> tuple[int, ...]:
        if index not in subtrees:
            subtrees[index] = tuple(parse.subtree(index))
        return subtrees[index]

    for index in range(count):
        statement = voices.innermost[index]
        if statement is not None:
            sources[index] = source_tokens[statement.id]
            outer[index] = tuple(t for s in _around(statement, by_id) for t in source_tokens[s])
        subjects = [s for s in _dependents_above(parse, index, SUBJECTS, frozenset()) if index not in below(s)]
        if subjects:
            first[index] = below(subjects[0])
        if len(subjects) > 1:
            second[index] = below(subjects[1])
        governed = [
            o for o in _dependents_above(parse, index, OBJECTS, frozenset({"prep", "dative", "agent"}))
            if index not in below(o)
        ]  # fmt: skip
        objects[index] = tuple(t for o in governed[:MOST_OBJECTS] for t in below(o))
    for stance in frame_stances(parse, voices):
        held = set(_words_of(parse, actors, voices, stance.anchor, stance.holders, source_tokens))
        for issue in stance.issues:
            for index in parse.tokens_in(*issue.span):
                holders[index] = tuple(sorted(held.union(holders[index])))
                if issue.asked is not None:
                    asked[index] = tuple(sorted(set(asked[index]).union(below(issue.asked))))
    return found


def _around(statement: Statement, by_id: dict[str, Statement]) -> Iterator[str]:
    within = statement.within
    while within is not None:
        yield within
        within = by_id[within].within


def _dependents_above(
    parse: Parse, index: int, relations: frozenset[str], through: frozenset[str]
) -> Iterator[int]:
    """Dependents in one of the relations of the token and all above it, nearest first; also of their `through`."""
    before = index
    for above in (index, *(token.index for token in ancestors(parse, index))):
        for c in parse.children[above]:
            if c == before:
                continue
            if parse.tokens[c].dep in relations:
                yield c
            if parse.tokens[c].dep in through:
                yield from (g for g in parse.children[c] if parse.tokens[g].dep == "pobj")
        before = above


def _words_of(
    parse: Parse, actors: ActorTable, voices: Voices, anchor: int, holders: Iterable[str],
    source_tokens: dict[str, tuple[int, ...]],
) -> Iterator[int]:  # fmt: skip
    """The tokens by which the sentence of a frame, or the source of its statement, names the holders."""
    wanted = frozenset(holders)
    sentence = parse.tokens[anchor].sentence
    for mention in actors.mentions_in(*parse.sentence_span(sentence)):
        if not wanted.isdisjoint(actors.parties_of(mention.actor)):
            yield from parse.tokens_in(mention.start, mention.end)
    statement = voices.innermost[anchor]
    if statement is not None and statement.speaker and not wanted.isdisjoint(actors.parties_of(statement.speaker)):
        yield from source_tokens[statement.id]
