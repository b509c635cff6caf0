"""Who sets a condition: those that speak go in; the parties for whom they do so come out."""

from standoff.language import Parse
from standoff.reading.syntax import ancestors, child, subject
from standoff.reading.voices import FIRST_PERSON, Voices

SUBJECTS = ("nsubj", "nsubjpass", "csubj")


def setters(parse: Parse, voices: Voices, verb: int, speaking: tuple[str, ...]) -> tuple[str, ...]:
    """The parties that speak; where it is a person of whom the report does not say for whom he speaks, the party that
    would act or whose affair the gate is: "It will keep *its* claim until a court has ruled, a spokeswoman said".
    """
    if any(voices.actors.get(one).kind != "person" for one in speaking):
        return speaking
    for index in (verb, *(t.index for t in ancestors(parse, verb) if t.dep in {"xcomp", "ccomp"})):
        doer = child(parse, index, *SUBJECTS)
        doer = doer if doer is not None else subject(parse, index)
        if doer is None or parse.tokens[doer].text.casefold() in FIRST_PERSON or doer > verb:
            continue
        owner = child(parse, doer, "poss")
        for place in (doer, owner) if owner is not None else (doer,):
            found = tuple(one for one in voices.parties_of(place) if voices.actors.get(one).kind != "person")
            if found:
                return found
    return speaking


def subject_above(parse: Parse, voices: Voices, verb: int) -> tuple[str, ...]:
    """The parties of the subject of the first verb at or above one that has any: "the union refused to send …"."""
    node, seen = verb, set()
    while node not in seen:
        seen.add(node)
        for c in parse.children[node]:
            if parse.tokens[c].dep in {"nsubj", "nsubjpass"} and voices.parties_of(c):
                return voices.parties_of(c)
        node = parse.tokens[node].head
    return ()
