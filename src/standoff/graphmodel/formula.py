"""Conditions over yes/no options: in goes a text such as `Accept AND NOT Delay`, out comes a formula that can
be evaluated on whole arrays of states at once.

A state is an integer code: bit k is 1 if option k is taken. Connectives, tightest first: NOT, AND, OR, IF,
IFF. `A IF B` (also `IF B THEN A`) is the material conditional: false only where B holds and A does not.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standoff.errors import InputError

Codes = NDArray[np.int64]
Truth = NDArray[np.bool_]


@dataclass(frozen=True)
class Taken:
    """Holds where the option with this index (from 0) is taken."""

    option: int


@dataclass(frozen=True)
class Not:
    part: Formula


@dataclass(frozen=True)
class And:
    """Holds where every part holds; with no parts, everywhere."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True)
class Or:
    """Holds where some part holds; with no parts, nowhere."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True)
class If:
    """`then IF condition`."""

    then: Formula
    condition: Formula


@dataclass(frozen=True)
class Iff:
    left: Formula
    right: Formula


Formula = Taken | Not | And | Or | If | Iff
# What a name in a text stands for; raises KeyError for a name it does not know.
Names = Mapping[str, Formula]


def holds(formula: Formula, codes: Codes) -> Truth:
    """Where among `codes` the formula holds."""
    match formula:
        case Taken(option):
            return np.asarray((codes >> option) & 1 == 1, dtype=np.bool_)
        case Not(part):
            return ~holds(part, codes)
        case And(parts):
            truth = np.ones(codes.shape, dtype=np.bool_)
            for part in parts:
                truth &= holds(part, codes)
            return truth
        case Or(parts):
            truth = np.zeros(codes.shape, dtype=np.bool_)
            for part in parts:
                truth |= holds(part, codes)
            return truth
        case If(then, condition):
            return holds(then, codes) | ~holds(condition, codes)
        case Iff(left, right):
            return np.asarray(holds(left, codes) == holds(right, codes), dtype=np.bool_)


def options_in(formula: Formula) -> frozenset[int]:
    """The indices of the options that the formula speaks of."""
    match formula:
        case Taken(option):
            return frozenset({option})
        case Not(part):
            return options_in(part)
        case And(parts) | Or(parts):
            return frozenset().union(*(options_in(part) for part in parts))
        case If(then, condition):
            return options_in(then) | options_in(condition)
        case Iff(left, right):
            return options_in(left) | options_in(right)


def length(formula: Formula, known: dict[int, int]) -> int:
    """How many option names the formula has when it is written out; `known` remembers parts, which may be shared."""
    if id(formula) not in known:
        match formula:
            case Taken():
                found = 1
            case Not(part):
                found = length(part, known)
            case And(parts) | Or(parts):
                found = sum(length(part, known) for part in parts)
            case If(one, other) | Iff(one, other):
                found = length(one, known) + length(other, known)
        known[id(formula)] = found
    return known[id(formula)]


def from_pattern(pattern: str) -> Formula:
    """`Y`, `N` or `-` (either) per option, option 0 leftmost: `-YN` is `option 1 AND NOT option 2`."""
    literals: list[Formula] = []
    for option, mark in enumerate(pattern):
        if mark == "Y":
            literals.append(Taken(option))
        elif mark == "N":
            literals.append(Not(Taken(option)))
    return literals[0] if len(literals) == 1 else And(tuple(literals))


def pattern_of(code: int, option_count: int) -> str:
    """The state as `Y` and `N`, option 0 leftmost."""
    return "".join("Y" if code >> option & 1 else "N" for option in range(option_count))


def disjuncts(formula: Formula) -> list[dict[int, bool]]:
    """The formula as an OR of conjunctions, each a map option -> taken. Contradictory conjunctions are
    dropped."""
    return _minimal(_normal(formula, True))


def written(formula: Formula, names: tuple[str, ...]) -> str:
    """The formula as text that `parse` reads back; names are quoted where they need it."""
    match formula:
        case Taken(option):
            return quoted(names[option])
        case Not(part):
            return f"NOT {_inner(part, names)}"
        case And(parts) | Or(parts) if not parts:
            raise InputError("an empty condition cannot be written as a statement")
        case And(parts):
            return " AND ".join(_inner(part, names) for part in parts)
        case Or(parts):
            return " OR ".join(_inner(part, names) for part in parts)
        case If(then, condition):
            return f"{_inner(then, names)} IF {_inner(condition, names)}"
        case Iff(left, right):
            return f"{_inner(left, names)} IFF {_inner(right, names)}"


def parse(text: str, names: Names, option_count: int) -> Formula:
    """Reads a condition.

    `names` maps option names (and definitions) to formulas; a text of `option_count` characters Y, N and - is
    a pattern. Raises InputError that quotes the text and says what is wrong; the caller adds file and line.
    """
    stripped = text.strip()
    if len(stripped) == option_count and re.fullmatch(r"[YN-]*[YN][YN-]*", stripped) and stripped not in names:
        return from_pattern(stripped)
    if len(stripped) > 1 and re.fullmatch(r"[YN-]+", stripped) and stripped not in names:
        raise InputError(
            f"`{text}`: a pattern has one of Y, N and - for each of the {option_count} options, and at least one Y or N"
        )
    tokens = _tokens(text)
    # Each NOT and each bracket goes one level deeper into the reader.
    if sum(token in (("keyword", "NOT"), ("bracket", "(")) for token in tokens) > MOST_NESTED:
        raise InputError(f"`{text[:40]}...`: more than {MOST_NESTED} NOTs and brackets in one condition")
    formula, end = _iff(tokens, 0, names, text)
    if end != len(tokens):
        raise InputError(f"`{text}`: unexpected `{tokens[end][1]}`")
    return formula


# A condition that people can read has a dozen; the limit keeps the reader within Python's depth.
MOST_NESTED = 100
_KEYWORDS = frozenset({"NOT", "AND", "OR", "IF", "IFF", "THEN"})
_TOKEN = re.compile(r"""\s*(?:(?P<quoted>"[^"]*")|(?P<bracket>[()])|(?P<word>[^\s()"]+))""")
_Tokens = list[tuple[str, str]]
_Reader = Callable[[_Tokens, int, Names, str], tuple[Formula, int]]


def _tokens(text: str) -> _Tokens:
    tokens: _Tokens = []
    position, text = 0, text.rstrip()
    while position < len(text):
        found = _TOKEN.match(text, position)
        if found is None:
            raise InputError(f"`{text}`: a quotation mark is not closed")
        position = found.end()
        if found["quoted"] is not None:
            tokens.append(("name", found["quoted"][1:-1]))
        elif found["bracket"] is not None:
            tokens.append(("bracket", found["bracket"]))
        elif found["word"] in _KEYWORDS:
            tokens.append(("keyword", found["word"]))
        elif tokens and tokens[-1][0] == "words":
            tokens[-1] = ("words", f"{tokens[-1][1]} {found['word']}")
        else:
            tokens.append(("words", found["word"]))
    return tokens


def _at(tokens: _Tokens, position: int, keyword: str) -> bool:
    return position < len(tokens) and tokens[position] == ("keyword", keyword)


def _iff(tokens: _Tokens, position: int, names: Names, text: str) -> tuple[Formula, int]:
    left, position = _if(tokens, position, names, text)
    while _at(tokens, position, "IFF"):
        right, position = _if(tokens, position + 1, names, text)
        left = Iff(left, right)
    return left, position


def _if(tokens: _Tokens, position: int, names: Names, text: str) -> tuple[Formula, int]:
    if _at(tokens, position, "IF"):
        condition, position = _or(tokens, position + 1, names, text)
        if not _at(tokens, position, "THEN"):
            raise InputError(f"`{text}`: IF at the start needs a THEN")
        then, position = _or(tokens, position + 1, names, text)
        return If(then, condition), position
    then, position = _or(tokens, position, names, text)
    if _at(tokens, position, "IF"):
        condition, position = _or(tokens, position + 1, names, text)
        then = If(then, condition)
    return then, position


def _chain(keyword: str, reader: _Reader, make: Callable[[tuple[Formula, ...]], Formula]) -> _Reader:
    def read(tokens: _Tokens, position: int, names: Names, text: str) -> tuple[Formula, int]:
        first, position = reader(tokens, position, names, text)
        parts = [first]
        while _at(tokens, position, keyword):
            part, position = reader(tokens, position + 1, names, text)
            parts.append(part)
        return (parts[0] if len(parts) == 1 else make(tuple(parts))), position

    return read


def _not(tokens: _Tokens, position: int, names: Names, text: str) -> tuple[Formula, int]:
    if position >= len(tokens):
        raise InputError(f"`{text}`: something is missing at the end")
    kind, token = tokens[position]
    if (kind, token) == ("keyword", "NOT"):
        part, position = _not(tokens, position + 1, names, text)
        return Not(part), position
    if (kind, token) == ("bracket", "("):
        inner, position = _iff(tokens, position + 1, names, text)
        if position >= len(tokens) or tokens[position] != ("bracket", ")"):
            raise InputError(f"`{text}`: a bracket is not closed")
        return inner, position + 1
    if kind in ("keyword", "bracket"):
        raise InputError(f"`{text}`: unexpected `{token}`")
    if token not in names:
        raise InputError(f"`{text}`: unknown option `{token}`{_suggestion(token, names)}")
    return names[token], position + 1


_and = _chain("AND", _not, And)
_or = _chain("OR", _and, Or)


def _suggestion(token: str, names: Iterable[str]) -> str:
    small = [word.upper() for word in token.split() if word.upper() in _KEYWORDS]
    if small:
        return f"; the connectives are written in capitals ({', '.join(dict.fromkeys(small))})"
    near = difflib.get_close_matches(token, list(names), n=1)
    return f"; did you mean `{near[0]}`?" if near else ""


def quoted(name: str) -> str:
    """The name as it stands in a condition: in double quotes where it holds brackets or connectives."""
    plain = not any(mark in name for mark in '()"') and _KEYWORDS.isdisjoint(name.split())
    return name if plain and name == " ".join(name.split()) else f'"{name}"'


def _inner(formula: Formula, names: tuple[str, ...]) -> str:
    text = written(formula, names)
    simple = isinstance(formula, (Taken, Not)) or (isinstance(formula, (And, Or)) and len(formula.parts) == 1)
    return text if simple else f"({text})"


def _normal(formula: Formula, wanted: bool) -> list[dict[int, bool]]:
    match formula:
        case Taken(option):
            return [{option: wanted}]
        case Not(part):
            return _normal(part, not wanted)
        case And(parts) | Or(parts):
            lists = [_normal(part, wanted) for part in parts]
            if isinstance(formula, And) == wanted:
                return _product(lists)
            return [term for terms in lists for term in terms]
        case If(then, condition):
            return _normal(Or((then, Not(condition))), wanted)
        case Iff(left, right):
            same = Or((And((left, right)), And((Not(left), Not(right)))))
            return _normal(same, wanted)


def _product(lists: list[list[dict[int, bool]]]) -> list[dict[int, bool]]:
    terms: list[dict[int, bool]] = [{}]
    for choices in lists:
        terms = _minimal(
            [
                left | right
                for left in terms
                for right in choices
                if all(left.get(option, taken) == taken for option, taken in right.items())
            ]
        )
    return terms


def _minimal(terms: list[dict[int, bool]]) -> list[dict[int, bool]]:
    """Without the terms that a shorter one already covers (A OR A AND B is A); order kept."""
    kept: list[dict[int, bool]] = []
    for place, term in enumerate(terms):
        items = term.items()
        covered = any(
            other.items() < items or (other.items() == items and earlier < place) for earlier, other in enumerate(terms)
        )
        if not covered:
            kept.append(term)
    return kept
