"""Words that may stand for a meeting: a parse goes in; triggers with kind, predicate and nodes come out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from standoff.language import Parse, Token
from standoff.reading.meetings.lexicon import Lexicon

VERBAL = frozenset({"VERB", "AUX"})
JOURNEY = "meetings.journey"  # a visit told by its journey: “flew to …”
WIDE = "meetings.wide"  # a word that only the trained reader takes for a meeting
DASHES = frozenset({"-", "–", "—", "--"})
DATELINE = 4  # tokens before the dash of a dateline
PARTICLES = frozenset({"back", "off", "down", "up", "forward", "together"})
OPENING = frozenset({"open", "begin", "start", "end", "close", "run", "resume"})
UPWARD = frozenset({"xcomp", "aux", "acomp"})  # from an infinitive to what it hangs on (“are due to begin”)


@dataclass(frozen=True, slots=True)
class Trigger:
    """A mention of a meeting.

    index: the token; anchor: the noun around it that acts in the clause (“a round of talks”: round); predicate: the
    verb that governs the anchor, or the trigger itself; role: subject, passive, object, pp, noun, verb or none;
    preposition: of a pp; nodes: tokens whose dates and places are those of the meeting; by: the rule.
    """

    index: int
    kind: str
    anchor: int
    predicate: int | None
    role: str
    preposition: str
    nodes: frozenset[int]
    by: str


def triggers(parse: Parse, words: Lexicon) -> Iterator[Trigger]:
    """All triggers of a text, in order."""
    before: tuple[int, str] | None = None  # sentence and kind of the noun that a pronoun may stand for
    for token in parse.tokens:
        index = token.index
        found = None
        if token.pos in {"NOUN", "PROPN"} and token.text.casefold() in words.nouns:
            found = _noun(parse, index, words)
            if found is not None:
                before = token.sentence, found.kind
        elif token.pos == "VERB":
            found = _verb(parse, index, words)
        elif before and 0 <= token.sentence - before[0] <= 1 and _is_subject_pronoun(token, words):
            found = _pronoun(parse, index, before[1], words)
        if found is not None:
            yield found


def wide_triggers(parse: Parse, words: Lexicon, found: Iterable[Trigger]) -> Iterator[Trigger]:
    """Further words that may tell of a meeting, without the conditions of the rules; `found` are those of the rules."""
    taken = {trigger.index for trigger in found}
    for token in parse.tokens:
        if token.index in taken:
            continue
        form, lemma = token.text.casefold(), token.lemma.casefold()
        kind = words.nouns.get(form) or words.wide_nouns.get(form)
        if token.pos in {"NOUN", "PROPN"} and kind:
            if token.dep != "compound":
                yield _nominal(parse, token.index, kind, WIDE, words)
        elif (
            token.pos == "VERB"
            and (kind := words.verbs.get(lemma) or words.wide_verbs.get(lemma))
            and not _in_public(parse, token.index, words)
        ):
            yield _verbal(parse, token.index, kind, WIDE)


def _in_public(parse: Parse, index: int, words: Lexicon) -> bool:
    """Whether a verb tells of speaking to the press (“told a news agency on Friday”, “spoke to reporters”)."""
    children = parse.children[index]
    heads = [c for c in children if parse.tokens[c].dep in {"dobj", "dative"}]
    heads += [
        o for c in children if parse.tokens[c].text.casefold() in {"to", "with", "in"}
        for o in parse.children[c] if parse.tokens[o].dep == "pobj"
    ]  # fmt: skip
    near = {parse.tokens[i].lemma.casefold() for h in heads for i in (h, *parse.children[h])}
    return bool(near & words.public)


def is_under_way(parse: Parse, trigger: Trigger) -> bool:
    """“are in talks”."""
    verb = trigger.predicate
    if trigger.role != "pp" or verb is None:
        return False
    return trigger.preposition == "in" and parse.tokens[verb].lemma == "be"


def _is_subject_pronoun(token: Token, words: Lexicon) -> bool:
    return token.dep in {"nsubj", "nsubjpass"} and token.text.casefold() in words.pronouns


def _noun(parse: Parse, index: int, words: Lexicon) -> Trigger | None:
    token = parse.tokens[index]
    form = token.text.casefold()
    modifiers = {parse.tokens[c].text.casefold() for c in parse.children[index] if c < index}
    modifiers |= {w for c in parse.children[index] if c < index for w in _left(parse, c)}
    fitting = form not in words.only_with or modifiers & words.only_with[form] or _shared(parse, index, form, words)
    if modifiers & words.never_with or not fitting or _is_round_of(parse, index, form):
        return None
    if (
        token.dep in {"compound", "nmod", "amod"}
        and parse.tokens[token.head].pos in {"NOUN", "PROPN"}
        and token.head > index
    ):
        return None
    return _nominal(parse, index, words.nouns[form], "meetings.noun", words)


def _shared(parse: Parse, index: int, form: str, words: Lexicon) -> bool:
    """“a lunch with”, “have coffee on Friday with”."""
    if form not in words.shared:
        return False
    verb = parse.tokens[index].head
    around = {index, verb} if parse.tokens[verb].lemma.casefold() in {"have", "hold", "share"} else {index}
    return any(parse.tokens[c].text.casefold() == "with" and c > index for n in around for c in parse.children[n])


def _is_round_of(parse: Parse, index: int, form: str) -> bool:
    """“the next round of talks”, “the first round of voting”: what stands behind says what it is."""
    return form == "round" and any(parse.tokens[c].text == "of" for c in parse.children[index])


def _nominal(parse: Parse, index: int, kind: str, by: str, words: Lexicon) -> Trigger:
    anchor = _anchor(parse, index, words)
    role, predicate, preposition = _role(parse, anchor)
    own = predicate if predicate is not None and _about(parse, predicate, role, words) else None
    nodes = _nodes(parse, {index, anchor, *_next_word(parse, index, words)}, own)
    return Trigger(index, kind, anchor, predicate, role, preposition, nodes, by)


def _about(parse: Parse, predicate: int, role: str, words: Lexicon) -> bool:
    """Whether the verb tells of the meeting itself, so that its date and place are the meeting's."""
    lemma = lemma_of(parse, predicate)
    if role in {"subject", "passive"}:
        return lemma not in words.speech
    happening = words.attending | words.going | set(words.verbs)
    return role == "object" and any(lemma in some for some in (happening, {"be", "see"}, *words.status.values()))


def _next_word(parse: Parse, index: int, words: Lexicon) -> set[int]:
    """“talks due to begin”: `due` and `begin` belong to the talks, whatever the parser hangs them on."""
    after = parse.tokens[index + 1 : index + 4]
    if not after or after[0].text.casefold() not in words.status["planned"] or after[0].pos == "AUX":
        return set()
    infinitive = len(after) == 3 and after[1].text == "to" and after[2].tag == "VB"
    return {after[0].index, after[2].index} if infinitive else {after[0].index}


def _left(parse: Parse, index: int) -> list[str]:
    """Words within a hyphenated or compound modifier."""
    return [
        parse.tokens[c].text.casefold() for c in parse.children[index] if parse.tokens[c].dep in {"compound", "amod"}
    ]


def _verb(parse: Parse, index: int, words: Lexicon) -> Trigger | None:
    token = parse.tokens[index]
    lemma = token.lemma.casefold()
    kids = [parse.tokens[c] for c in parse.children[index]]
    start, end = parse.sentence_span(token.sentence)
    if lemma in words.phoning_verbs:
        for phrase in words.phoning:
            at = parse.text.casefold().find(" " + phrase, token.start, end)
            if at >= 0 and _governed(parse, at + 1, index):
                return _verbal(parse, index, "call", "meetings.phone")
    if lemma in words.voting_acts:
        texts = [t for t in kids if t.dep in {"dobj", "nsubjpass"} and t.lemma.casefold() in words.voted_texts]
        head = parse.tokens[token.head]
        if token.dep == "acl" and token.tag in {"VBN", "VBD"} and head.lemma.casefold() in words.voted_texts:
            texts.append(head)
        if (
            token.dep == "relcl"
            and head.lemma.casefold() in words.voted_texts
            and not any(t.dep == "dobj" for t in kids)
        ):
            texts.append(head)
        if texts:
            return Trigger(
                index, "vote", texts[0].index, index, "verb", "", _nodes(parse, {index}, index), "meetings.resolution"
            )
    goal = any(t.dep == "prep" and t.text in {"to", "in"} for t in kids)
    if lemma in words.journeys and token.dep != "relcl" and goal:
        return _verbal(parse, index, "visit", JOURNEY)
    idiom = words.idioms.get(lemma)
    if idiom and any(t.dep == "dobj" and t.lemma.casefold() in idiom for t in kids):
        return _verbal(parse, index, "meeting", "meetings.verb")
    whole = lemma_of(parse, index)
    if whole not in words.verbs and whole != lemma and lemma in words.with_a_day:
        return None  # “called off”, “saw through”
    lemma = next((one for one in (whole, lemma) if one in words.verbs), "")
    if not lemma or any(t.dep == "nsubjpass" for t in kids) or _in_public(parse, index, words):
        return None
    if lemma == "meet" and token.tag == "VBN" and not any(t.dep in {"aux", "nsubj"} for t in kids):
        return None
    over = parse.tokens[token.head]
    journey = (
        token.tag == "VB" and token.dep in {"advcl", "xcomp"} and over.lemma in words.going and over.index != index
    )
    return _verbal(parse, index, words.verbs[lemma], "meetings.verb", frozenset({over.index} if journey else ()))


def _verbal(parse: Parse, index: int, kind: str, by: str, journey: frozenset[int] = frozenset()) -> Trigger:
    return Trigger(index, kind, index, index, "verb", "", _nodes(parse, {index}, index) | journey, by)


def _governed(parse: Parse, start: int, index: int) -> bool:
    """Whether the phrase at `start` hangs on the verb with no other verb between."""
    inside = parse.tokens_in(start, start + 1)
    node = inside[0] if inside else index
    while parse.tokens[node].head != node:
        node = parse.tokens[node].head
        if parse.tokens[node].pos == "VERB":
            return node == index
    return False


def _pronoun(parse: Parse, index: int, kind: str, words: Lexicon) -> Trigger | None:
    """“They had been due to begin …” of talks in the sentence before, “… but these foundered” in the same one."""
    token = parse.tokens[index]
    plural = token.text.casefold() != "it"
    if plural != (kind == "talks"):
        return None
    verb = token.head
    chain = [verb, *(c for c in parse.children[verb] if parse.tokens[c].dep in {"xcomp", "acomp"})]
    chain += [c for k in chain[1:] for c in parse.children[k] if parse.tokens[c].dep == "xcomp"]
    lemmas = {lemma_of(parse, i) for i in chain}
    aspect = words.status["begun"] | words.status["postponed"] | words.status["cancelled"] | words.status["failed"]
    if not lemmas & (aspect | {"take", "happen", "occur"}):
        return None
    role = "passive" if token.dep == "nsubjpass" else "subject"
    return Trigger(index, kind, index, verb, role, "", _nodes(parse, {index, *chain}, verb), "meetings.pronoun")


def lemma_of(parse: Parse, index: int) -> str:
    """The lemma of a verb with its particle: `call off`."""
    lemma = parse.tokens[index].lemma.casefold()
    for c in parse.children[index]:
        kid = parse.tokens[c]
        if kid.dep == "prt" or (
            kid.dep == "advmod" and kid.index == index + 1 and kid.text in PARTICLES
        ):
            return f"{lemma} {kid.text.casefold()}"
    return lemma


def _anchor(parse: Parse, index: int, words: Lexicon) -> int:
    seen = {index}
    while True:
        token = parse.tokens[index]
        over = parse.tokens[token.head]
        noun = parse.tokens[over.head]
        if (
            token.dep == "pobj"
            and noun.text.casefold() in words.containers
            and noun.pos == "NOUN"
            and noun.index not in seen
        ):
            index = noun.index
            seen.add(index)
            continue
        return index


def _role(parse: Parse, anchor: int) -> tuple[str, int | None, str]:
    index = anchor
    while parse.tokens[index].dep == "conj" and parse.tokens[parse.tokens[index].head].pos not in VERBAL:
        index = parse.tokens[index].head
    if parse.tokens[index].dep == "appos" and _is_dateline(parse, parse.tokens[index].head):
        index = parse.tokens[index].head  # “OSLO – Talks …”: parsers take the town for the subject
    token = parse.tokens[index]
    head = parse.tokens[token.head]
    verbal = head.pos in VERBAL
    if token.dep == "nsubj" and verbal:
        return "subject", head.index, ""
    if token.dep == "nsubjpass" and verbal:
        return "passive", head.index, ""
    if token.dep in {"dobj", "attr", "oprd"} and verbal:
        return "object", head.index, ""
    if token.dep in {"pobj", "pcomp"}:
        preposition = head.text.casefold()
        over = parse.tokens[head.head]
        if over.dep == "prep" or over.tag == "IN":  # “ahead of talks”
            preposition, over = over.text.casefold(), parse.tokens[over.head]
        if over.text.casefold() == "ahead":
            preposition, over = "ahead", parse.tokens[over.head]
        return ("pp", over.index, preposition) if over.pos in VERBAL else ("noun", over.index, preposition)
    return "none", None, ""


def _is_dateline(parse: Parse, index: int) -> bool:
    """Whether a word in capitals opens a paragraph before a dash."""
    first, last = parse.sentences[parse.tokens[index].sentence]
    after = parse.tokens[index + 1].text if index + 1 < last else ""
    return index - first < DATELINE and parse.tokens[index].text.isupper() and after in DASHES


def _nodes(parse: Parse, own: set[int], predicate: int | None) -> frozenset[int]:
    """The trigger, the verbs that govern it, and the participles and relative clauses that describe it."""
    nodes = set(own)
    if predicate is not None:
        nodes.add(predicate)
        node = predicate
        while parse.tokens[node].dep in UPWARD and parse.tokens[node].head not in nodes:
            node = parse.tokens[node].head
            nodes.add(node)
        nodes.update(c for c in parse.children[predicate] if parse.tokens[c].dep in {"xcomp", "acomp", "prt", "advmod"})
    for node in list(own):
        nodes.update(c for c in parse.children[node] if parse.tokens[c].dep in {"acl", "relcl", "amod", "appos"})
        nodes.update(_behind_the_place(parse, node))
    for node in list(nodes - own):
        nodes.update(c for c in parse.children[node] if parse.tokens[c].dep in {"xcomp", "oprd", "attr"})
    for node in list(nodes):
        nodes.update(
            c for c in parse.children[node]
            if parse.tokens[c].dep == "xcomp" or (parse.tokens[c].dep == "pcomp" and parse.tokens[c].pos == "VERB")
        )  # fmt: skip
    return frozenset(nodes)


def _behind_the_place(parse: Parse, node: int) -> Iterator[int]:
    """“the conference in Oslo, which opens on Monday”: parsers give the relative clause to the place."""
    for c in parse.children[node]:
        for o in parse.children[c] if parse.tokens[c].text.casefold() in {"in", "at"} else ():
            for clause in parse.children[o]:
                if parse.tokens[clause].dep == "relcl" and parse.tokens[clause].lemma.casefold() in OPENING:
                    yield clause
