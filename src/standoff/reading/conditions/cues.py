"""Where a condition may stand: a parse goes in; the words that may tell of one, by sentence, come out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from standoff.language import Parse

SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl"})


@dataclass(frozen=True, slots=True)
class Telling:
    """Tokens [first, last) that may tell of a condition; name: the entry of the list that they are."""

    first: int
    last: int
    name: str


@cache
def _phrases() -> tuple[dict[str, tuple[tuple[str, ...], ...]], frozenset[str]]:
    """The phrases by their first word, the longest first, and the verbs that open a condition before their subject."""
    data = yaml.safe_load(files("standoff.reading").joinpath("data/conditions.yaml").read_text("utf-8"))
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in data["telling"]:
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append(words)
    by_first = {first: tuple(sorted(some, key=lambda words: -len(words))) for first, some in found.items()}
    return by_first, frozenset(data["inverted"])


def telling_words(parse: Parse, sentence: int) -> tuple[Telling, ...]:
    """The words of a sentence that may tell of a condition, in order."""
    first, last = parse.sentences[sentence]
    found: list[Telling] = []
    index = first
    while index < last:
        one = _at(parse, index, last)
        if one is not None:
            found.append(one)
        index = one.last if one is not None else index + 1
    return tuple(found)


def _at(parse: Parse, index: int, last: int) -> Telling | None:
    by_first, inverted = _phrases()
    token = parse.tokens[index]
    text = token.text.casefold()
    for words in (*by_first.get(text, ()), *by_first.get(token.lemma.casefold(), ())):
        end = index + len(words)
        rest = (parse.tokens[k].text.casefold() for k in range(index + 1, min(end, last)))
        if end <= last and all(said == word for said, word in zip(rest, words[1:], strict=True)):
            return Telling(index, end, " ".join(words))
    if text in inverted and token.head > index:
        doer = next((c for c in parse.children[token.head] if parse.tokens[c].dep in SUBJECTS), None)
        if doer is not None and index < doer < token.head:
            return Telling(index, index + 1, f"{text} it")
    return None
