"""A precondition of the rules told in marks: surroundings and an entry go in, short strings for what it is come out.

Beside the marks of the stance reader for its requirement (what governs it, whose statement it stands in) these say
which words of condition stand where, what clause it opens, and what its gate and holder are like.
"""

from __future__ import annotations

from collections.abc import Iterator

from standoff.ledger import Precondition
from standoff.reading.conditions.cues import telling_words
from standoff.reading.stances.candidates import VERBS, Candidate
from standoff.reading.stances.marks import marks_of
from standoff.reading.stances.surroundings import Surroundings
from standoff.reading.syntax import child, first_conjunct, head_of, modal, negated, subject

FAR = (0, 1, 2, 4, 8, 16)  # tokens between a word of condition and the requirement
CLAUSES_TOLD = 3
KIND = "rule"  # the stance reader's kind of a piece: this one is a rule's


def marks_of_condition(around: Surroundings, rule: Precondition) -> list[str]:
    """The marks of a precondition, each once, in a fixed order."""
    told = [f"by={rule.by}", f"told={bool(rule.statement)}"]
    head = head_of(around.parse, rule.requirement)
    if head is not None:
        required = Candidate(rule.requirement, head, KIND)
        told += [*marks_of(around, required), *_words(around, required), *_clauses(around, required)]
    told += [*_gate(around, rule), *_holder(around, rule)]
    return list(dict.fromkeys(told))


def _gate(around: Surroundings, rule: Precondition) -> Iterator[str]:
    head = head_of(around.parse, rule.gate)
    if head is None:
        return
    token = around.token(head)
    yield f"gate before={rule.gate < rule.requirement}"
    yield f"gate tag={token.tag}"
    yield f"gate dep={token.dep}"
    yield f"gate lemma={token.lemma.casefold()}"
    yield f"gate neg={negated(around.parse, head)}"
    yield f"gate mod={modal(around.parse, head)}"
    yield f"gate tag={token.tag},{rule.by}"


def _holder(around: Surroundings, rule: Precondition) -> Iterator[str]:
    kind = around.voices.actors.get(rule.holder).kind
    yield f"holder={kind}"
    yield f"holder={kind},{rule.by}"


def _words(around: Surroundings, candidate: Candidate) -> Iterator[str]:
    parse = around.parse
    inside = parse.tokens_in(*candidate.span)
    if not inside:
        return
    first, last = inside[0], inside[-1]
    low, high = parse.sentences[around.token(candidate.head).sentence]
    before = [parse.tokens[i].text.casefold() for i in range(max(low, first - 3), first)]
    for size in range(1, len(before) + 1):
        yield f"w{size}={' '.join(before[-size:])}"
    after = [parse.tokens[i].text.casefold() for i in range(last + 1, min(high, last + 3))]
    for size in range(1, len(after) + 1):
        yield f"a{size}={' '.join(after[:size])}"
    words = telling_words(parse, around.token(candidate.head).sentence)
    for word in words:
        yield f"s={word.name}"
    _, predicate = around.governor(candidate)
    facts = list(_facts(around, candidate, predicate))
    left = [word for word in words if word.last <= first]
    right = [word for word in words if word.first > last]
    within = [word for word in words if first <= word.first <= last]
    for side, near, gap in (
        ("L", left[-1:], first - left[-1].last if left else 0),
        ("R", right[:1], right[0].first - last - 1 if right else 0),
        ("I", within[:1], within[0].first - first if within else 0),
    ):
        for word in near:
            far = sum(gap > bound for bound in FAR)
            yield f"{side}={word.name}"
            yield f"{side}far={word.name},{far}"
            yield f"{side}d={word.name},{around.token(candidate.head).dep}"
            for fact in facts:
                yield f"{side}={word.name}|{fact}"


def _facts(around: Surroundings, candidate: Candidate, predicate: int) -> Iterator[str]:
    """What counts beside a word of condition: is the main verb negated, modal, its subject a party, who speaks."""
    voices = around.voices
    top = first_conjunct(around.parse, candidate.head)
    for name, index in (("P", predicate), ("T", top)):
        if negated(around.parse, index):
            yield f"{name}neg"
        verb_modal = modal(around.parse, index)
        if verb_modal:
            yield f"{name}mod={verb_modal}"
        yield f"{name}tag={around.token(index).tag}"
        if around.token(index).pos in VERBS:
            doer = subject(around.parse, index)
            if doer is not None:
                own = voices.is_own_side(doer, voices.speaking_parties(candidate.head))
                yield f"{name}{'own' if own else 'party' if voices.parties_of(doer) else 'thing'}"
    statement = voices.innermost[candidate.head]
    yield f"st={statement.kind if statement else 'none'}"
    yield f"spk={bool(statement and statement.speaker)}"


def _clauses(around: Surroundings, candidate: Candidate) -> Iterator[str]:
    """How the clauses from the candidate up to the sentence hang on one another, and the words that open them."""
    parse = around.parse
    node = first_conjunct(parse, candidate.head)
    path = []
    for depth in range(CLAUSES_TOLD):
        token = parse.tokens[node]
        opener = child(parse, node, "mark") or child(parse, node, "advmod")
        word = parse.tokens[opener].text.casefold() if opener is not None and opener < node else "-"
        path.append(f"{token.dep}:{word}")
        yield f"C{depth}={token.dep}:{word}"
        if token.head == node:
            break
        node = first_conjunct(parse, token.head)
    yield f"path={'<'.join(path)}"
    yield f"path2={'<'.join(path[:2])}"
