"""What the words around a stance do to it: a parse goes in; issues whose stance is taken back or turned round come out.

"Did not rule out talks" refuses nothing, "stopped short of backing the plan" backs nothing, "is not prepared to pay"
refuses to. A reader that looks at words one by one sees "rule out talks", "backing the plan", "prepared to pay".
"""

from collections.abc import Iterator
from dataclasses import dataclass

from standoff.language import Parse
from standoff.ledger import Span, Statement
from standoff.reading.arguments import issues
from standoff.reading.frames import Frame, lexicon
from standoff.reading.syntax import ancestors, child, negated

PRESENT_OR_PAST = frozenset({"VBZ", "VBD"})
ASSERTING = frozenset({"insist", "agree", "accept"})  # of a fact as well: "insists that its programme is peaceful"
SUPPOSING = frozenset({"if", "unless", "whether"})
NEAR = 6  # governors above a frame in which "stopped short of" is looked for


@dataclass(frozen=True, slots=True)
class Turned:
    """An issue of a frame that is denied. word: where that frame's word stands; act: what remains of it, if any."""

    issue: Span
    word: int
    act: str | None


def turned(parse: Parse) -> list[Turned]:
    """The issues of frames that are denied."""
    return [found for token in parse.tokens for found in _turned(parse, token.index)]


def _turned(parse: Parse, index: int) -> Iterator[Turned]:
    frame = frame_at(parse, index)
    if frame is None:
        return
    denied = negated(parse, index) or _copula_negated(parse, index)
    short = falls_short(parse, index)
    if not denied and not short:
        return
    lemma = parse.tokens[index].lemma.casefold()
    words = lexicon()
    act = None if short else "oppose" if lemma in words.unwanted else words.negation.get(frame.act)
    for issue in issues(parse, index, frame.slots):
        yield Turned(issue.span, parse.tokens[index].start, act)


def frame_at(parse: Parse, index: int) -> Frame | None:
    """The frame of a verb or adjective, or None."""
    token, words = parse.tokens[index], lexicon()
    lemma = token.lemma.casefold()
    if token.pos == "VERB" and lemma in words.verbs:
        return words.verbs[lemma]
    return words.adjectives.get(lemma) if token.pos in {"ADJ", "VERB"} else None


def _copula_negated(parse: Parse, index: int) -> bool:
    return parse.tokens[index].dep == "acomp" and negated(parse, parse.tokens[index].head)


def falls_short(parse: Parse, index: int) -> bool:
    """Whether somebody "stopped short of" what a token tells."""
    near = [token.index for token, _ in zip(ancestors(parse, index), range(NEAR), strict=False)]
    told = {parse.tokens[c].text.casefold() for i in near if i < index for c in (i, *parse.children[i])}
    return "short" in told and "of" in told and any(parse.tokens[i].lemma.casefold() in {"stop", "fall"} for i in near)


def states_a_fact(parse: Parse, verb: int, governor: int) -> bool:
    """Whether a that-clause says what is rather than what should be: "insisted that its ships *had* left"."""
    if parse.tokens[governor].lemma.casefold() not in ASSERTING:
        return False
    helpers = [c for c in parse.children[verb] if parse.tokens[c].dep in {"aux", "auxpass"} and c < verb]
    finite = parse.tokens[min(helpers, default=verb)]
    return finite.tag in PRESENT_OR_PAST or (finite.tag == "VBP" and bool(helpers or finite.lemma == "be"))


def asserts(parse: Parse, head: int) -> bool:
    """Whether a clause of which a token is the verb, or which hangs on it, only insists on a fact."""
    said = child(parse, head, "ccomp")
    own = said is not None and states_a_fact(parse, said, head)
    return own or (parse.tokens[head].dep == "ccomp" and states_a_fact(parse, head, parse.tokens[head].head))


def supposed(parse: Parse, index: int) -> bool:
    """Whether a token stands in a clause of "if", "unless" or "whether", where nothing is held yet."""
    for token in (parse.tokens[index], *ancestors(parse, index)):
        mark = child(parse, token.index, "mark")
        if mark is not None and parse.tokens[mark].text.casefold() in SUPPOSING:
            return True
        if token.dep in {"ccomp", "ROOT"}:
            return False
    return False


def is_purpose(parse: Parse, verb: int) -> bool:
    """Whether an infinitive only tells what for: "met *to end the war*"."""
    return parse.tokens[verb].dep == "advcl" and any(parse.tokens[c].tag == "TO" for c in parse.children[verb])


def by_an_onlooker(parse: Parse, statement: Statement | None) -> bool:
    """Whether somebody who takes no part says it: "Bank Morel's *analysts* said"."""
    spans = statement.source if statement is not None else ()
    return any(parse.tokens[i].lemma.casefold() in lexicon().onlookers for a, b in spans for i in parse.tokens_in(a, b))


def unheld(parse: Parse, head: int) -> bool:
    """Whether what a token heads is only supposed, a purpose, a fact insisted on, or what somebody stopped short of."""
    return supposed(parse, head) or is_purpose(parse, head) or asserts(parse, head) or falls_short(parse, head)
