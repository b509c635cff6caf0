"""Whether a report is about a negotiation at all: a parsed report goes in, yes or no comes out."""

from functools import cache
from importlib.resources import files

import yaml

from standoff.language import Parse

LEAST_TOKENS = 100
"""In a note of two sentences one such word would weigh as much as five in an article."""


@cache
def bargaining_words() -> dict[str, float]:
    """Lemma → weight, from `data/bargaining.yaml`, and the threshold under the key `threshold`."""
    data: dict[str, float] = yaml.safe_load(
        files("standoff.reading").joinpath("data/bargaining.yaml").read_text("utf-8")
    )
    return data


def bargaining_score(parse: Parse) -> float:
    """Weighted bargaining words per hundred tokens; a shorter text counts as one of a hundred."""
    words = bargaining_words()
    hits = sum(
        words.get(token.lemma.casefold(), 0.0)
        for token in parse.tokens
        if token.pos in {"NOUN", "VERB", "PROPN"}
    )
    return 100 * hits / max(len(parse.tokens), LEAST_TOKENS)


def is_negotiation(parse: Parse) -> bool:
    """Whether a report is dense enough in the words of bargaining to have positions read from it."""
    return bargaining_score(parse) >= bargaining_words()["threshold"]
