"""The words of meetings: `data/meetings.yaml` as sets, loaded once."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Lexicon:
    """See the comments in data/meetings.yaml."""

    nouns: dict[str, str]
    only_with: dict[str, frozenset[str]]
    never_with: frozenset[str]
    containers: frozenset[str]
    pronouns: frozenset[str]
    verbs: dict[str, str]
    wide_nouns: dict[str, str]
    wide_verbs: dict[str, str]
    voting_acts: frozenset[str]
    voted_texts: frozenset[str]
    phoning: tuple[str, ...]
    phoning_verbs: frozenset[str]
    never_met: frozenset[str]
    no_parties: frozenset[str]
    no_start: frozenset[str]
    seats: frozenset[str]
    speech: frozenset[str]
    attending: frozenset[str]
    going: frozenset[str]
    parties_after: frozenset[str]
    inclusion_verbs: frozenset[str]
    bargained: frozenset[str]
    journeys: frozenset[str]
    two_sided: frozenset[str]
    of_persons: frozenset[str]
    with_a_day: frozenset[str]
    idioms: dict[str, frozenset[str]]
    shared: frozenset[str]
    public: frozenset[str]
    walking_out: frozenset[str]
    fates: dict[str, str]
    status: dict[str, frozenset[str]]
    classes: dict[str, str]


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with the package."""
    import yaml

    path = files("standoff.reading").joinpath("data/meetings.yaml")
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    sets = {
        name: frozenset(data[name])
        for name in (
            "never_with", "containers", "pronouns", "voting_acts", "voted_texts", "phoning_verbs", "attending",
            "going", "parties_after", "inclusion_verbs", "seats", "speech", "no_start", "never_met", "no_parties",
            "bargained", "journeys", "two_sided", "of_persons", "with_a_day", "shared", "public", "walking_out",
        )
    }  # fmt: skip
    return Lexicon(
        nouns=data["nouns"],
        only_with={noun: frozenset(words) for noun, words in data["only_with"].items()},
        idioms={verb: frozenset(nouns) for verb, nouns in data["idioms"].items()},
        verbs=data["verbs"],
        wide_nouns=data["wide_nouns"],
        wide_verbs=data["wide_verbs"],
        phoning=tuple(data["phoning"]),
        status={name: frozenset(words) for name, words in data["status"].items()},
        classes=data["classes"],
        fates=data["fates"],
        **sets,
    )
