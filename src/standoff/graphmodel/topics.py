"""What positions and preconditions are about: in goes a snapshot, out comes for each issue its topic.

An issue that a person or the codebook gave a concept belongs to that concept. The rest is grouped by its words, and
conservatively: two issues are one topic only if their content words are the same, whatever their order, articles and
plural endings. Better two options too many, which a person merges, than one that nobody spoke of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from standoff.case.snapshot import Snapshot
from standoff.ledger import Span

# Words that say nothing about the matter itself.
_FUNCTION_WORDS = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "it",
        "its",
        "they",
        "them",
        "their",
        "he",
        "she",
        "his",
        "her",
        "of",
        "to",
        "in",
        "on",
        "at",
        "for",
        "from",
        "with",
        "by",
        "and",
        "or",
        "as",
        "be",
        "is",
        "are",
        "was",
        "were",
        "been",
        "will",
        "would",
        "shall",
        "should",
        "can",
        "could",
        "may",
        "might",
        "must",
        "do",
        "does",
        "did",
        "has",
        "have",
        "had",
        "there",
        "any",
        "some",
        "all",
    ]
)
# A name on a table or in a pattern list should fit its line.
_LONGEST_NAME = 48


@dataclass(frozen=True)
class Topic:
    """`concept`: its id if it is one of the codebook."""

    key: str
    name: str
    concept: str | None = None


class Topics:
    """Looks up topics and remembers the first wording of each that is no concept."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._by_words: dict[frozenset[str], Topic] = {}

    def of(self, report: str, span: Span, concept: str | None) -> Topic:
        """The topic of an issue. Raises KeyError for a report that is not in the case."""
        if concept is not None and concept in self._snapshot.concept_by_id:
            return Topic(concept, option_name(self._snapshot.concept_by_id[concept].name), concept)
        quote = self._snapshot.quote(report, span)
        words = content_words(quote)
        if words not in self._by_words:
            key = "-".join(sorted(words)) or f"{report}-{span[0]}"
            self._by_words[words] = Topic(key, option_name(quote))
        return self._by_words[words]


def content_words(text: str) -> frozenset[str]:
    """The words that carry meaning, small, without plural endings."""
    words = re.findall(r"[^\W_]+", text.casefold())
    kept = [word for word in words if word not in _FUNCTION_WORDS]
    return frozenset(
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word for word in kept
    )


def option_name(text: str) -> str:
    """A wording as the name of an option: one line, cut at a word, no quotation marks."""
    line = " ".join(re.sub(r'["“”„«»]', "", text).split()).strip(" ,;:.")
    if len(line) > _LONGEST_NAME:
        line = line[:_LONGEST_NAME].rsplit(" ", 1)[0]
    return line[:1].upper() + line[1:] or "Unnamed"
