"""The lexicon of stance frames: `data/frames.yaml` goes in; frames by part of speech and lemma come out."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from standoff.ledger import Span
from standoff.reading.syntax import trimmed

SLOTS = frozenset({"to", "object_to", "on_to", "that", "object", "ing", "out", "down", "deal", "jointly"})


@dataclass(frozen=True, slots=True)
class Frame:
    """One word that makes a stance. `slots`: where its issue (and target) stand, in the terms of the data file."""

    name: str
    act: str
    slots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All frames and the small word lists beside them; keys are lemmas in lower case."""

    verbs: dict[str, Frame]
    adjectives: dict[str, Frame]
    nouns: dict[str, Frame]
    modals: dict[str, str]
    semi_modals: dict[str, str]
    light_verbs: frozenset[str]
    negation: dict[str, str]
    empty_issues: frozenset[str]
    terms: frozenset[str]
    ability: frozenset[str]
    no_deeds: frozenset[str]
    own_action: frozenset[str]
    unwanted: frozenset[str]
    outlook: frozenset[str]
    failing: frozenset[str]
    unsure: frozenset[str]
    receiving: frozenset[str]
    deals: frozenset[str]
    papers: frozenset[str]
    proposed: frozenset[str]
    aside: frozenset[str]
    onlookers: frozenset[str]
    issue_ends: re.Pattern[str]


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with the package, loaded once."""
    data = yaml.safe_load(files("standoff.reading").joinpath("data/frames.yaml").read_text("utf-8"))
    return Lexicon(
        verbs=_frames(data, "verbs"),
        adjectives=_frames(data, "adjectives"),
        nouns=_frames(data, "nouns"),
        modals={word: act for act, words in data["modals"].items() for word in words},
        semi_modals={word: act for act, words in data["semi_modals"].items() for word in words},
        light_verbs=frozenset(data["light_verbs"]),
        negation=data["negation"],
        empty_issues=frozenset(data["empty_issues"]),
        terms=frozenset(data["terms"]),
        ability=frozenset(data["ability"]),
        no_deeds=frozenset(data["no_deeds"]),
        own_action=frozenset(data["own_action"]),
        unwanted=frozenset(data["unwanted"]),
        outlook=frozenset(data["outlook"]),
        failing=frozenset(data["failing"]),
        unsure=frozenset(data["unsure"]),
        receiving=frozenset(data["receiving"]),
        deals=frozenset(data["deals"]),
        papers=frozenset(data["papers"]),
        proposed=frozenset(data["proposed"]),
        aside=frozenset(data["aside"]),
        onlookers=frozenset(data["onlookers"]),
        issue_ends=re.compile("|".join(data["issue_ends"])),
    )


def _frames(data: dict[str, Any], kind: str) -> dict[str, Frame]:
    frames = {}
    for act, words in data[kind].items():
        for lemma, slots in words.items():
            unknown = [slot for slot in slots if slot not in SLOTS and not slot.startswith("prep:")]
            if unknown or lemma in frames:
                raise ValueError(f"frames.yaml: {kind}: {lemma}: unknown slots {unknown} or named twice")
            frames[lemma] = Frame(f"{kind[:-1]}:{lemma}", act, tuple(slots))
    return frames


def without_comment(text: str, span: Span) -> Span:
    """The span up to where only a comment follows (`issue_ends` of the data file)."""
    start, end = span
    cut = lexicon().issue_ends.search(text, start + 1, end)
    return trimmed(text, start, cut.start() if cut else end)
