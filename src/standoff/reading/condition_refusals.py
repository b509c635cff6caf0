"""What holds back: a verb of the parse goes in; whether it refuses or is called impossible comes out."""

from standoff.language import Parse
from standoff.reading.condition_words import conditions_lexicon
from standoff.reading.frames import lexicon
from standoff.reading.syntax import child, negated

ABOVE = 3  # heads of an infinitive up to what is said of it: "it is not *possible* to *sit* …"
INFINITIVES = frozenset({"xcomp", "acomp", "acl", "attr", "pcomp"})
ARGUMENTS = frozenset({"attr", "dobj", "nsubj", "nsubjpass"})


def refusals() -> set[str]:
    """The verbs whose frame refuses, by lemma."""
    return {lemma for lemma, frame in lexicon().verbs.items() if frame.act == "refuse"}


def none_of(parse: Parse, verb: int) -> bool:
    """Whether an argument of a verb is denied: "there would be *no* talks before …"."""
    return denied(parse, verb) is not None


def denied(parse: Parse, verb: int) -> int | None:
    """The argument of a verb that "no" stands before, or None."""
    for c in parse.children[verb]:
        words = {parse.tokens[k].text.casefold() for k in parse.children[c] if parse.tokens[k].dep in {"det", "neg"}}
        if parse.tokens[c].dep in ARGUMENTS and "no" in words:
            return c
    return None


def impossible(parse: Parse, verb: int) -> bool:
    """Whether a form of "be" calls its subject or an infinitive impossible: "a price cut is *out of the question*"."""
    words = conditions_lexicon()
    for c in parse.children[verb]:
        token = parse.tokens[c]
        if token.dep in {"acomp", "oprd", "attr"} and token.lemma.casefold() in words.impossible:
            return True
        if token.dep in {"acomp", "oprd"} and token.lemma.casefold() in words.possible and negated(parse, verb):
            return True
        if token.dep in {"prep", "advmod"} and token.text.casefold() == "out":
            said = [t.text.casefold() for t in parse.tokens[c + 1 : c + 4]]
            if said == ["of", "the", "question"]:
                return True
    return False


def against(parse: Parse, verb: int) -> int | None:
    """The "against" of a form of "be": "the island is *against* opening talks until …"; None where there is none."""
    below = (c for c in parse.children[verb] if parse.tokens[c].text.casefold() == "against")
    return next(below, None) if parse.tokens[verb].lemma.casefold() == "be" else None


def called_impossible(parse: Parse, verb: int) -> bool:
    """Whether a verb, or the infinitive that it is, is called impossible."""
    return impossible(parse, verb) or any(impossible(parse, index) for index in _over(parse, verb))


def _over(parse: Parse, verb: int) -> list[int]:
    """What an infinitive is said of, nearest first."""
    found: list[int] = []
    index = verb
    while len(found) < ABOVE and parse.tokens[index].dep in INFINITIVES:
        index = parse.tokens[index].head
        found.append(index)
    return found


def holds_back(parse: Parse, verb: int) -> bool:
    """Whether a verb is negated, denies an argument, or stands under what is called impossible."""
    if negated(parse, verb) or none_of(parse, verb) or impossible(parse, verb):
        return True
    if against(parse, verb) is not None:
        return True
    return any(negated(parse, index) or impossible(parse, index) for index in _over(parse, verb))


def thing_called(parse: Parse, verb: int) -> int | None:
    """What "be" calls possible or not, or denies: "*a truce* is out of the question", "there is *no truce*"."""
    lacking = denied(parse, verb) if parse.tokens[verb].lemma.casefold() == "be" else None
    if lacking is not None:
        return lacking
    return child(parse, verb, "nsubj") if impossible(parse, verb) or called_possible(parse, verb) else None


def called_possible(parse: Parse, verb: int) -> bool:
    """Whether "be" calls its subject possible: "longer terms are *conceivable*"."""
    said = (parse.tokens[c] for c in parse.children[verb] if parse.tokens[c].dep in {"acomp", "oprd"})
    return any(t.lemma.casefold() in conditions_lexicon().possible for t in said)
