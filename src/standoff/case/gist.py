"""The words of an issue go in; their gist, by which it is compared with others, comes out: synonyms as one, no dates.

A small sentence encoder holds "a truce" and "a cessation of hostilities" apart, and puts together whatever names the
same month or town. The word lists are data/gist.yaml; bench/concepts.py measures what they are worth.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

MARKS = str.maketrans("", "", "\"“”")
FEWEST = 2
"""Words that are left in any case when what follows is cut off."""


@dataclass(frozen=True, slots=True)
class Lists:
    """See the comments in data/gist.yaml."""

    same: tuple[tuple[str, re.Pattern[str]], ...]
    dates: re.Pattern[str]
    cut: re.Pattern[str]
    opening: re.Pattern[str]


@cache
def _lists() -> Lists:
    import yaml

    data = yaml.safe_load(files("standoff.case").joinpath("data", "gist.yaml").read_text(encoding="utf-8"))
    return Lists(
        same=tuple((word, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)) for word, pattern in data["same"]),
        dates=re.compile(data["dates"]),
        cut=re.compile(data["cut"], re.IGNORECASE),
        opening=re.compile(data["opening"], re.IGNORECASE),
    )


def gist(words: str) -> str:
    """The gist of an issue; its own words where nothing else would be left."""
    lists = _lists()
    text = lists.dates.sub(" ", " ".join(words.translate(MARKS).split()))
    for word, pattern in lists.same:
        text = pattern.sub(word, text)
    for match in lists.cut.finditer(text):
        if len(text[: match.start()].split()) >= FEWEST:
            text = text[: match.start()]
            break
    text = lists.opening.sub("", " ".join(text.split()))
    return text.strip(" ,.;:'’") or words
