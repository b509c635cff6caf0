"""Who takes part in a meeting, by the parse: a trigger goes in; tokens that head the parties, and actors, come out."""

from collections.abc import Iterable, Iterator

from standoff.actors import ActorTable
from standoff.language import Parse
from standoff.reading.meetings.lexicon import Lexicon
from standoff.reading.meetings.status import walks_out
from standoff.reading.meetings.triggers import Trigger, is_under_way
from standoff.reading.syntax import ancestors, subject

LEFT = frozenset({"compound", "amod", "poss", "nmod"})
NO_PARTY = frozenset({"VERB", "ADP", "DET", "PUNCT", "CCONJ", "ADV", "NUM"})
VOTERS_AFTER = {"vote": frozenset({"in"})}  # “a vote in the assembly”
GOALS = frozenset({"in", "at", "to", "for", "into"})


NEAR = 12  # tokens behind a noun among which its “with” is looked for
STOPS = frozenset({",", ";", ":", "and"})


def party_heads(parse: Parse, trigger: Trigger, actors: ActorTable, words: Lexicon) -> list[int]:
    """Heads of the noun phrases that take part."""
    heads = _around_noun(parse, trigger, actors, words) + _bargained(parse, trigger, words)
    heads += owners(parse, trigger)
    verb = trigger.predicate
    if trigger.by == "meetings.resolution":
        text = trigger.anchor
        heads.extend(i for c in parse.children[text] if c < text for i in parse.subtree(c))
        heads.extend(i for c in _kids(parse, trigger.index, "nsubj") for i in coordinated(parse, c))
        heads.extend(i for c in _kids(parse, trigger.index, "agent") for i in objects(parse, c))
        return heads
    if verb is None:
        return heads
    if trigger.role == "passive":
        heads.extend(i for c in _kids(parse, verb, "agent") for i in objects(parse, c))
    elif trigger.role == "verb":
        heads.extend(_subject(parse, verb))
        if trigger.kind in {"meeting", "call"}:
            heads.extend(i for c in _kids(parse, verb, "dobj") for i in coordinated(parse, c))
        heads.extend(_with(parse, verb, frozenset({"with", "to"} if trigger.kind == "call" else {"with"})))
    elif _subject_takes_part(parse, trigger, verb, words):
        heads.extend(_subject(parse, verb))
        heads.extend(_with(parse, verb, frozenset({"with"})))
    return heads


def _bargained(parse: Parse, trigger: Trigger, words: Lexicon) -> list[int]:
    """The other side of “in talks to buy …”."""
    if trigger.kind != "talks":
        return []
    around = (trigger.index, *(() if trigger.predicate is None else (trigger.predicate,)))
    verbs = [c for n in around for c in parse.children[n] if parse.tokens[c].lemma.casefold() in words.bargained]
    return [i for v in verbs for c in _kids(parse, v, "dobj") for i in coordinated(parse, c)]


def subjects_above(parse: Parse, trigger: Trigger, actors: ActorTable) -> tuple[str, ...]:
    """Parties whose verb stands around the meeting: they announce or speak of one that names nobody else."""
    verbs = [t.index for t in ancestors(parse, trigger.index) if t.pos == "VERB"]
    verbs += [c for v in verbs[:1] for c in _kids(parse, v, "advcl")]
    heads = [i for v in verbs for c in _kids(parse, v, "nsubj", "nsubjpass") for i in coordinated(parse, c)]
    parties = [actors.party_of(a) for a in actors_of(parse, heads, actors)]
    return tuple(dict.fromkeys(p for p in parties if actors.get(p).kind not in {"person", "other"}))


def coordinated(parse: Parse, index: int) -> list[int]:
    """A noun and what is coordinated with it."""
    return [index, *(i for c in _kids(parse, index, "conj") for i in coordinated(parse, c))]


def objects(parse: Parse, preposition: int) -> list[int]:
    """The objects of a preposition."""
    return [i for c in _kids(parse, preposition, "pobj") for i in coordinated(parse, c)]


def actors_of(parse: Parse, heads: Iterable[int], actors: ActorTable) -> list[str]:
    """The actors that some nouns, with the words that modify them, refer to; each once."""
    found: list[str] = []
    for head in heads:
        token = parse.tokens[head]
        if token.pos in NO_PARTY:
            continue
        left = [c for c in _kids(parse, head, *LEFT, "det") if c < head]
        first = min((i for c in left for i in parse.subtree(c)), default=head)
        actor = actors.actor_at(parse.tokens[first].start, token.end)
        several = any(parse.tokens[i].dep == "cc" for i in range(first, head))  # “with A and Speaker B”
        named = actors.actors_in(parse.tokens[first].start, token.end) if several else ()
        each = (one for a in (*((actor,) if actor else ()), *named) for one in actors.members.get(a, (a,)))
        found.extend(a for a in dict.fromkeys(each) if a not in found)
    return found


def individuals_or_parties(found: Iterable[str], actors: ActorTable) -> tuple[str, ...]:
    """Persons where persons meet, parties otherwise, not both."""
    found = list(dict.fromkeys(found))
    spoken_for = {up for a in found if actors.get(a).kind == "person" for up in actors.chain(a)[1:]}
    return tuple(a for a in found if a not in spoken_for)


def is_paired(parse: Parse, trigger: Trigger) -> bool:
    """Whether the parties are named as such: “X met Y”, “talks with Y”, “talks between X and Y”."""
    pairing = {"with", "between", "among"}
    return trigger.role == "verb" or is_under_way(parse, trigger) or any(
        parse.tokens[c].text.casefold() in pairing for c in parse.children[trigger.index]
    )


def _around_noun(parse: Parse, trigger: Trigger, actors: ActorTable, words: Lexicon) -> list[int]:
    heads: list[int] = []
    before: list[int] = []
    for node in dict.fromkeys((trigger.index, trigger.anchor)):
        for c in parse.children[node]:
            token = parse.tokens[c]
            if token.dep in LEFT and c < node and trigger.role != "verb":
                before.extend(parse.subtree(c))
            elif token.dep == "prep" and token.text.casefold() in words.parties_after | {"of"} | VOTERS_AFTER.get(
                trigger.kind, frozenset()
            ):
                heads.extend(i for i in objects(parse, c) if i != trigger.index)  # “a round of talks”
            elif token.dep in {"acl", "relcl"} and token.lemma.casefold() in words.inclusion_verbs:
                heads.extend(_complements(parse, c))
    return heads + _no_topic(parse, before, trigger, actors) + ([] if heads else _behind(parse, trigger))


def _behind(parse: Parse, trigger: Trigger) -> list[int]:
    """Whom a “with” further behind names: “talks over a contract with A”, where the parse gives A to the contract."""
    if trigger.role == "verb":
        return []
    for token in parse.tokens[trigger.index + 1 : trigger.index + NEAR]:
        if token.sentence != parse.tokens[trigger.index].sentence or token.tag[:2] == "VB" or token.text in STOPS:
            return []
        if token.dep == "prep" and token.text.casefold() in {"with", "between"}:
            return objects(parse, token.index)
    return []


def owners(parse: Parse, trigger: Trigger) -> list[int]:
    """Who meets in “their meeting”: the subjects of the clauses around it, persons spoken of as two or more."""
    theirs = [c for c in parse.children[trigger.index] if parse.tokens[c].text.casefold() == "their"]
    if not theirs:
        return []
    above = [t.index for t in ancestors(parse, trigger.index) if t.pos == "VERB"]
    return [i for v in above for c in _kids(parse, v, "nsubj") for i in coordinated(parse, c)]


def _no_topic(parse: Parse, before: list[int], trigger: Trigger, actors: ActorTable) -> list[int]:
    """Words before a noun that name parties: “U.S.-Russia talks” does, “Syria talks” names what the talks are about."""
    if trigger.kind not in {"talks", "conference"}:
        return before
    named = {i: a for i in before if (a := actors.actor_at(parse.tokens[i].start, parse.tokens[i].end))}
    close = [i for i in before if not _possessive(parse, i)]
    if len({named[i] for i in close if i in named}) >= 2:
        return close
    persons = [i for i, a in named.items() if actors.get(a).kind == "person"]
    return persons if len(set(named.values())) < 2 else []


def _possessive(parse: Parse, index: int) -> bool:
    return any(t.dep == "poss" for t in (parse.tokens[index], parse.tokens[parse.tokens[index].head]))


def _subject_takes_part(parse: Parse, trigger: Trigger, verb: int, words: Lexicon) -> bool:
    """Whether the subject of a verb takes part in the meeting that is its object or stands in a phrase of it."""
    lemma = parse.tokens[verb].lemma.casefold()
    if trigger.role == "object":
        return lemma in words.attending
    if trigger.role != "pp":
        return False
    if is_under_way(parse, trigger) or walks_out(parse, trigger, words):
        return True
    around = {parse.tokens[c].text.casefold() for c in parse.children[trigger.index]}
    if around & {"with", "by"}:
        return trigger.preposition not in {"to", "on", "of", "about"}
    told = words.status["past_prepositions"] | words.status["present_prepositions"]
    if lemma in words.speech and trigger.preposition in told:  # one speaks after a meeting in which one was
        return not around & {"between", "among"}
    return trigger.preposition in GOALS and lemma in words.going | words.attending | set(words.verbs)


def _subject(parse: Parse, verb: int) -> list[int]:
    head = subject(parse, verb)
    if head is None:  # “is expected to start talks”
        over = parse.tokens[parse.tokens[verb].head]
        raised = parse.tokens[verb].dep == "xcomp"
        head = next(_kids(parse, over.index, "nsubjpass"), None) if raised else None
    return [] if head is None else coordinated(parse, head)


def _with(parse: Parse, verb: int, prepositions: frozenset[str]) -> list[int]:
    direct = list(_kids(parse, verb, "prep"))
    # parsers hang “with” on the day before it: “meet on Tuesday with …”
    through = [n for c in direct for n in _kids(parse, c, "pobj")] + list(_kids(parse, verb, "npadvmod"))
    direct += [c for n in through for c in _kids(parse, n, "prep")]
    fitting = [c for c in direct if parse.tokens[c].text.casefold() in prepositions]
    # … or take it for the mark of a clause: “meet with the minister to discuss …”
    clauses = [
        c for c in _kids(parse, verb, "advcl")
        if any(parse.tokens[m].text.casefold() in prepositions for m in _kids(parse, c, "mark"))
    ]  # fmt: skip
    marked = [i for c in clauses for s in _kids(parse, c, "nsubj") for i in coordinated(parse, s)]
    return [i for c in fitting for i in objects(parse, c)] + marked


def _complements(parse: Parse, verb: int) -> list[int]:
    found: list[int] = []
    for c in parse.children[verb]:
        token = parse.tokens[c]
        if token.dep in {"dobj", "nsubj"} and token.tag not in {"WDT", "WP"}:
            found.extend(coordinated(parse, c))
        if token.dep == "agent" or (token.dep == "prep" and token.text == "by"):
            found.extend(objects(parse, c))
    return found


def _kids(parse: Parse, index: int, *deps: str) -> Iterator[int]:
    return (c for c in parse.children[index] if parse.tokens[c].dep in deps)
