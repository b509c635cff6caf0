"""The words of an issue go in; its subject (a set of stems) and whether it is turned into its contrary come out.

A plain comparison of words for issues that nobody has coded; the word lists are `data/wording.yaml`.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

TOKEN = re.compile(r"\w+(?:['’]\w+)?")
POSSESSIVE = re.compile(r"['’]s?$")
SUFFIXES = (
    "ations", "ation", "ating", "ated", "ates", "ate", "ments", "ment", "ions", "ion", "ings", "ing", "ies", "ied",
    "ed", "es", "s", "ly", "e", "y",
)  # fmt: skip
"""Cut off, longest first: enough to bring the forms of one word together."""
SHORTEST_STEM = 3

ATTEND = frozenset({"attend"})
"""What is left of "attend without …": in reports of talks, to attend them."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What an issue is about. `turned`: it says that the subject ends or shall not be ("a halt to the strikes").

    ends, goes_on: it tells so with a verb of ending, or that it continues. first: the stem of its first telling word.
    pointing: it has no subject of its own ("that demand", "the plan"): what it means stands elsewhere in its report.
    """

    stems: frozenset[str]
    turned: bool
    pointing: bool
    ends: bool = False
    goes_on: bool = False
    first: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lists of the data file; from `pointers` on as stems."""

    empty: frozenset[str]
    negators: frozenset[str]
    enders: frozenset[str]
    continuers: frozenset[str]
    pointers: frozenset[str]
    talks: frozenset[str]
    of_the_case: frozenset[str]
    additions: frozenset[str]
    entering: frozenset[str]
    entered: frozenset[str]
    enters: frozenset[str]
    the_talks: frozenset[str]
    any_talks: frozenset[str]
    dates: re.Pattern[str]
    same: dict[str, str]
    phrases: tuple[tuple[re.Pattern[str], str], ...]
    no_conditions: re.Pattern[str]
    any_conditions: re.Pattern[str]
    sets_none: re.Pattern[str]
    left_open: re.Pattern[str]
    conditional: re.Pattern[str]
    cues: dict[str, str]
    joints: dict[str, str]
    refusal: re.Pattern[str]
    question: re.Pattern[str]
    wish: re.Pattern[str]
    for_sure: re.Pattern[str]


@cache
def lexicon() -> Lexicon:
    """The word lists that ship with the package, loaded once."""
    data = yaml.safe_load(files("standoff.analysis").joinpath("data/wording.yaml").read_text("utf-8"))
    same = dict(data["irregular"]) | {word: group[0] for group in data["same"] for word in group}
    lists = {name: frozenset(data[name].split()) for name in ("empty", "negators", "enders", "continuers", "additions")}
    stems = {
        name: frozenset(_stem(same.get(word, word)) for word in data[name].split())
        for name in ("pointers", "of_the_case", "talks", "entering", "entered", "enters", "the_talks", "any_talks")
    }
    return Lexicon(
        **lists,
        **stems,
        dates=re.compile(data["dates"]),
        same=same,
        phrases=tuple(
            (re.compile(rf"\b{re.escape(phrase)}\b"), word)
            for phrase, word in sorted(data["phrases"].items(), key=lambda item: -len(item[0]))
        ),
        no_conditions=re.compile(data["no_conditions"], re.IGNORECASE),
        any_conditions=re.compile(data["any_conditions"], re.IGNORECASE),
        left_open=re.compile(data["left_open"], re.IGNORECASE),
        sets_none=re.compile(data["sets_none"], re.IGNORECASE),
        conditional=re.compile(data["conditional"], re.IGNORECASE),
        cues=data["cues"],
        joints=data["joints"],
        refusal=re.compile(data["refusal"], re.IGNORECASE),
        question=re.compile(data["question"], re.IGNORECASE),
        wish=re.compile(data["wish"], re.IGNORECASE),
        for_sure=re.compile(data["for_sure"], re.IGNORECASE),
    )


@cache
def subject_of(words: str) -> Subject:
    """The subject of an issue's words. Word order and grammar do not count; "no end to" turns twice."""
    lists = lexicon()
    text = lists.dates.sub(" ", words).casefold().replace("’", "'")
    for pattern, word in lists.phrases:
        text = pattern.sub(word, text)
    tokens = TOKEN.findall(text)
    left_out = lists.empty | lists.negators | lists.enders | lists.continuers
    cut = next(
        (k for k, t in enumerate(tokens) if t in lists.additions and any(_is_telling(e, left_out) for e in tokens[:k])),
        len(tokens),
    )
    tokens = tokens[:cut]
    turns = sum(token in lists.negators or token.endswith("n't") for token in tokens)
    ends = any(token in lists.enders for token in tokens)
    telling = (POSSESSIVE.sub("", token) for token in tokens if _is_telling(token, left_out))
    found = [_stem(lists.same.get(token, token)) for token in telling if token and token not in left_out]
    stems = frozenset(found)
    goes_on = any(token in lists.continuers for token in tokens)
    return Subject(stems, (turns + ends) % 2 == 1, stems <= lists.pointers, ends, goes_on, found[0] if found else "")


def turns(words: str) -> bool:
    """Whether a "no" or "not" stands in words, or an odd number of them: "no talks" holds back the talks."""
    tokens = TOKEN.findall(words.casefold().replace("’", "'"))
    negators = lexicon().negators
    return len([token for token in tokens if token in negators or token.endswith("n't")]) % 2 == 1


def one_thing(words: str, other: str) -> bool:
    """Whether two parties' words name one thing as far as they tell: "sees the names", "hands over names"."""
    one, two = subject_of(words), subject_of(other)
    return one.stems == two.stems and not one.pointing


def disclaims_conditions(words: str) -> bool:
    """Whether words say that no conditions are set ("without preconditions")."""
    return lexicon().no_conditions.search(words) is not None


def rejects_conditions(words: str) -> bool:
    """Whether what is refused are conditions of any kind ("any preconditions for talks")."""
    return lexicon().any_conditions.search(words) is not None


def sets_no_conditions(words: str) -> bool:
    """Whether a speaker's words say that his side sets none ("there are no preconditions in our paper")."""
    return lexicon().sets_none.search(words) is not None


@cache
def asks(words: str) -> bool:
    """Whether an issue is a question ("why the strikes should end"): that says neither yes nor no."""
    return lexicon().question.search(words) is not None


@cache
def only_wishes(words: str) -> bool:
    """Whether an issue is told as a wish ("like to see a truce")."""
    return lexicon().wish.search(words) is not None


def is_left_open(before: str) -> bool:
    """Whether the words before an issue leave open what is held ("has yet to say whether it will")."""
    return lexicon().left_open.search(before) is not None


@cache
def talks_entered(subject: Subject) -> frozenset[str] | None:
    """If an issue is to enter talks ("attend the next round in May", "negotiate"): what tells which talks, often
    nothing. None for any other issue."""
    lists, stems = lexicon(), subject.stems
    only_talks = stems & lists.the_talks and stems <= lists.the_talks | lists.any_talks  # "refused peace talks"
    verb = subject.first  # "strengthen its negotiating position" enters nothing
    enters = verb in lists.enters or (verb in lists.entering and stems & lists.entered) or stems == ATTEND or only_talks
    return stems - lists.entering - lists.entered - lists.enters - lists.any_talks if enters else None


def same_talks(one: Subject, other: Subject) -> bool | None:
    """Whether two issues are to enter the same talks as far as their words tell; None if neither is to enter any."""
    talks, others = talks_entered(one), talks_entered(other)
    if talks is None and others is None:
        return None
    return talks is not None and others is not None and (talks <= others or others <= talks)


def is_of_the_case(subject: Subject) -> bool:
    """Whether an issue is told as what the whole case is about ("the deal")."""
    return bool(subject.stems) and subject.stems <= lexicon().of_the_case


def is_for_sure(words: str) -> bool:
    """Whether a promise is made whatever happens."""
    return lexicon().for_sure.search(words) is not None


def is_conditional(words: str) -> bool:
    """Whether an offer's words make it on a condition ("ready for a truce on condition that …")."""
    return lexicon().conditional.search(words) is not None


def is_way_in(words: str) -> bool:
    """Whether a gate is the way into the talks ("attend", "sit down", "the next round")."""
    tokens = TOKEN.findall(words.casefold())
    return any(_stem(lexicon().same.get(token, token)) in lexicon().talks for token in tokens)


def _is_telling(token: str, left_out: frozenset[str]) -> bool:
    return token not in left_out and not token.endswith("n't")


@cache
def _stem(word: str) -> str:
    for suffix in SUFFIXES:
        stem = word.removesuffix(suffix)
        if stem != word and len(stem) >= SHORTEST_STEM:
            doubled = len(stem) > SHORTEST_STEM and stem[-1] == stem[-2] and stem[-1] not in "aeiouls"
            return stem[:-1] if doubled else stem
    return word
