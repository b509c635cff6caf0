"""What a case is about and a report that nobody has read go in; how much it is about that comes out, 0 to 1.

Two views are averaged: the cosine of sentence vectors (what it is about) and the share of the case's own words that the
report uses (of whom and of what it speaks). Reports that people took in or put away move both (Rocchio 1971, "Relevance
feedback in information retrieval").
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from standoff.case.embedding import SIZE, encode
from standoff.report import Report

WORD = re.compile(r"[^\W\d_][\w'’-]+")
LEAD_PIECES = 64
"""Word pieces of title and opening that are embedded: a news report says there what it is about, and it takes 20 ms."""

SATURATION = 3
"""Times that a report must use a word of the case for it to count in full."""

LEARNT_WORDS = 30
"""Words that are learnt from reports that people took in."""

LEARNT_WEIGHT = 0.5
"""Weight of what is learnt beside what the person wrote about the case."""

AGAINST = 0.25
"""Weight of reports that people put away: they tell less about what the case is than those taken in."""

FEWEST_WORDS = 0.1
"""Share of the case's words below which a report is not embedded at all: it speaks of other things."""

MEANING = 2 / 3
"""Weight of the cosine; the rest is the share of words."""

DEFAULT_THRESHOLD = 0.4
"""A report of this relevance or more is about the negotiation, unless a person says otherwise (bench/relevance.py)."""

COMMON = 1996
"""Place in the encoder's vocabulary where whole words begin, the most frequent first."""

Vector = NDArray[np.float32]


@dataclass(frozen=True)
class Topic:
    """What a case is about: a unit vector, and words with their weights. Empty: everything is relevant."""

    vector: Vector
    words: dict[str, float]


def words_of(text: str) -> Counter[str]:
    """The words of a text in small letters, without the possessive `'s`, with their number."""
    return Counter(word.removesuffix("'s").removesuffix("’s") for word in WORD.findall(text.casefold()))


@cache
def _ranks() -> dict[str, int]:
    from standoff.case.embedding.encoder import shipped_encoder

    return shipped_encoder().tokenizer.get_vocab()


def weight(word: str) -> float:
    """How much a word tells: the logarithm of its rank in the encoder's vocabulary, in which frequent words come first.

    It stands in for an inverse document frequency, which a young case with only reports of its own cannot give.
    """
    rank = _ranks().get(word, len(_ranks()))
    return float(np.log1p(max(rank - COMMON, 0) / 200))


def topic(
    about: str, taken: Sequence[Report] = (), put_away: Sequence[Report] = (), leads: dict[str, Vector] | None = None
) -> Topic:
    """What a case is about, from its description and from the reports that people took in or put away.

    leads: vectors of reports that are known already, by report id.
    """
    known = leads or {}
    parts = [encode([about])[0]] if about.strip() else []
    weights = {word: weight(word) for word in words_of(about)}
    if taken:
        parts.append(LEARNT_WEIGHT * np.mean([_lead(report, known) for report in taken], axis=0))
        if put_away:
            parts.append(-AGAINST * np.mean([_lead(report, known) for report in put_away], axis=0))
        for word, learnt in _learnt(taken, put_away).items():
            weights[word] = max(weights.get(word, 0.0), learnt)
    vector = np.sum(parts, axis=0) if parts else np.zeros(SIZE, dtype=np.float32)
    length = float(np.linalg.norm(vector))
    return Topic(
        (vector / length if length else vector).astype(np.float32), {w: x for w, x in weights.items() if x > 0}
    )


def _lead(report: Report, known: dict[str, Vector]) -> Vector:
    return known[report.id] if report.id in known else lead_vector(report)


def _learnt(taken: Sequence[Report], put_away: Sequence[Report]) -> dict[str, float]:
    """The words that most tell the reports taken in from others, with their weights."""
    inside = Counter(word for report in taken for word in words_of(report.text))
    outside = Counter(word for report in put_away for word in words_of(report.text))
    worth = {
        word: weight(word) * (count / len(taken) - outside[word] / max(1, len(put_away)))
        for word, count in inside.items()
        if count > len(taken) / 2
    }
    best = sorted(worth, key=lambda word: (-worth[word], word))[:LEARNT_WORDS]
    return {word: LEARNT_WEIGHT * worth[word] for word in best if worth[word] > 0}


def lead_vector(report: Report) -> Vector:
    """The vector of title and opening."""
    vector: Vector = encode([f"{report.title or ''}. {report.text}"], LEAD_PIECES)[0]
    return vector


def share(report: Report, subject: Topic) -> float:
    """The weighted share of the case's words that a report uses, 0 to 1."""
    used = words_of(f"{report.title or ''}\n{report.text}")
    whole = sum(subject.words.values())
    if not whole:
        return 0.0
    return sum(x * min(used[word], SATURATION) / SATURATION for word, x in subject.words.items()) / whole


def relevance(report: Report, subject: Topic, lead: Vector | None = None) -> tuple[float, Vector | None]:
    """How much a report is about the case, and its lead vector if it was needed. Without any topic, all is: 1."""
    if not subject.words and not subject.vector.any():
        return 1.0, lead
    told = share(report, subject)
    if lead is None and (told >= FEWEST_WORDS or not subject.words):
        lead = lead_vector(report)
    meaning = float(lead @ subject.vector) if lead is not None else 0.0
    score = meaning if not subject.words else MEANING * meaning + (1 - MEANING) * told
    return round(min(1.0, max(0.0, score)), 4), lead
