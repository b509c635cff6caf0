"""How a meeting stands in one mention: a trigger goes in; a status of the ledger, or why it is no entry, comes out."""

from standoff.language import Parse, Token
from standoff.reading.meetings.lexicon import Lexicon
from standoff.reading.meetings.triggers import VERBAL, Trigger, is_under_way, lemma_of

CALLED_FOR = "called for"
GENERIC = "generic"
HYPOTHETICAL = "hypothetical"
NO_MEETING = "no meeting"
MODALS_OF_DOUBT = frozenset({"could", "might", "may", "can"})
HAPPENING = frozenset({"happen", "take", "occur", "proceed", "go", "go ahead"})
STEPS = 6  # heads above the predicate that are asked for tense


def status_of(parse: Parse, trigger: Trigger, words: Lexicon) -> str:
    """A status of the ledger as the words say, or why it is no meeting by itself.

    The reasons are CALLED_FOR, GENERIC, HYPOTHETICAL (a date may still make it a meeting) and NO_MEETING.
    """
    if parse.tokens[trigger.index].text.casefold() in words.status["ongoing_forms"] and trigger.role != "verb":
        return "ongoing"
    if is_under_way(parse, trigger) and trigger.predicate is not None:
        tense = tense_of(parse, trigger.predicate, words)
        return "ongoing" if tense == GENERIC else tense  # “are in talks to buy …”
    fate = words.fates.get(parse.tokens[trigger.anchor].text.casefold()) if trigger.anchor != trigger.index else None
    if fate is not None:
        return fate
    described = _described(parse, trigger, words)
    if described is not None and trigger.role not in {"subject", "passive"}:
        return described
    if trigger.role == "pp":
        return _in_phrase(parse, trigger, words)
    if trigger.predicate is None or trigger.role in {"none", "noun"}:
        return described or _by_modifier(parse, trigger, words) or GENERIC
    said = _by_predicate(parse, trigger, trigger.predicate, words)
    if described is not None and said in {"held", GENERIC}:
        return described
    if said in {"held", GENERIC} and trigger.role == "object":
        return _by_modifier(parse, trigger, words) or said
    return said


def _described(parse: Parse, trigger: Trigger, words: Lexicon) -> str | None:
    """The status that a participle or relative clause of the noun tells (“talks due to begin”, “talks that failed”)."""
    if trigger.role == "verb":
        return None
    after = trigger.index + 1
    if after in trigger.nodes and parse.tokens[after].text.casefold() in words.status["planned"]:
        return "planned"
    for node in (trigger.index, trigger.anchor):
        for c in parse.children[node]:
            token = parse.tokens[c]
            if token.dep in {"acl", "relcl", "amod"} and c > node:
                if lemma_of(parse, c) in words.status["planned"] or token.text.casefold() in words.status["planned"]:
                    return "planned"
                if token.dep == "amod":
                    continue
                described = Trigger(node, trigger.kind, node, c, _role_in(parse, c), "", trigger.nodes, "")
                found = _by_predicate(parse, described, c, words)
                if found in {"planned", "failed", "cancelled", "postponed", "ongoing"}:
                    return found
                if token.tag in {"VBN", "VBD"} and token.lemma.casefold() in words.attending:
                    return "held"
    return None


def _role_in(parse: Parse, clause: int) -> str:
    kids = {parse.tokens[c].dep for c in parse.children[clause]}
    if parse.tokens[clause].tag == "VBN" and "nsubj" not in kids:
        return "passive"
    subject = [parse.tokens[c] for c in parse.children[clause] if parse.tokens[c].dep == "nsubj"]
    return "subject" if not subject or subject[0].tag in {"WDT", "WP"} else "object"


def _in_phrase(parse: Parse, trigger: Trigger, words: Lexicon) -> str:
    """“after talks” were held, “before talks” will be; in, at and for go with the verb."""
    preposition = trigger.preposition
    assert trigger.predicate is not None
    tense = tense_of(parse, trigger.predicate, words)
    modified = _by_modifier(parse, trigger, words)
    if preposition in words.status["past_prepositions"]:
        return "planned" if tense == "planned" and preposition == "after" else "held"
    if preposition in words.status["future_prepositions"]:
        return "planned"
    if modified is not None:
        return modified
    lemma = lemma_of(parse, trigger.predicate)
    if preposition in words.status["present_prepositions"] and tense == "held":
        return "held"
    if lemma in words.status["called_for"]:
        return CALLED_FOR
    if walks_out(parse, trigger, words):
        return "ongoing" if tense in {"held", GENERIC} else tense
    if preposition in {"in", "at", "for", "to", "into"} and lemma in words.going | words.attending:
        return tense
    return GENERIC if tense == "held" else tense


def walks_out(parse: Parse, trigger: Trigger, words: Lexicon) -> bool:
    """“Walked out of the talks”: they go on without who did."""
    verb = trigger.predicate
    leaving = trigger.role == "pp" and trigger.preposition in {"out", "of", "from"} and verb is not None
    return leaving and verb is not None and parse.tokens[verb].lemma.casefold() in words.walking_out


def _by_modifier(parse: Parse, trigger: Trigger, words: Lexicon) -> str | None:
    left = {
        parse.tokens[c].text.casefold() for n in (trigger.index, trigger.anchor) for c in parse.children[n] if c < n
    }
    if left & words.status["future_words"]:
        return "planned"
    if left & words.status["ongoing_words"]:
        return "ongoing"
    if left & words.status["past_words"]:
        return "held"
    return None


def _by_predicate(parse: Parse, trigger: Trigger, predicate: int, words: Lexicon) -> str:
    lemma = lemma_of(parse, predicate)
    tense = tense_of(parse, predicate, words)
    negated = _negated(parse, predicate)
    if trigger.role == "verb" and (negated or _negated_above(parse, predicate)):
        return NO_MEETING
    happened = tense in {"held", "ongoing", GENERIC}
    if trigger.role == "subject" and (fate := _fate_further_on(parse, predicate, words)):
        return fate
    if trigger.role in {"subject", "passive"}:
        for status in ("failed", "cancelled", "postponed"):
            if lemma in words.status[status] and happened and not negated:
                active = trigger.role == "subject"
                transitive = any(parse.tokens[c].dep == "dobj" for c in parse.children[predicate])
                if active and status != "failed" and transitive:  # “the summit postponed a decision”
                    continue
                return status
        if lemma == "end" and any(parse.tokens[c].text == "without" for c in parse.children[predicate]):
            return "failed"
    if trigger.role == "object" and happened and not negated:
        if lemma in words.status["broken"]:
            return "failed"
        for status in ("cancelled", "postponed"):
            if lemma in words.status[status] and parse.tokens[predicate].tag != "VB":
                return status
    if trigger.role == "object" and lemma in words.status["called_for"]:
        return CALLED_FOR
    if trigger.role == "verb" and _hypothetical(parse, predicate, words):
        return HYPOTHETICAL
    if negated and tense == "held":
        did_not = trigger.role in {"subject", "passive"} and lemma in HAPPENING
        return "cancelled" if did_not else NO_MEETING  # “the session did not take place”
    if negated and tense == "planned" and trigger.role in {"subject", "passive"}:
        if lemma not in words.attending | words.status["begun"] | HAPPENING:
            return GENERIC
        return "postponed" if any(t.text in {"until", "before"} for t in _kids(parse, predicate)) else "cancelled"
    if _was_to_be(parse, predicate, words) and trigger.role != "object":
        return "postponed"
    if lemma in words.status["begun"] and trigger.role in {"subject", "object"} and tense == "held":
        return "ongoing"
    return tense


def _fate_further_on(parse: Parse, predicate: int, words: Lexicon) -> str | None:
    """“Talks convened two years ago collapsed”, “talks aimed at … broke down”: parsers take the participle for the
    verb, and the verb hangs on it without a subject of its own."""
    for token in _kids(parse, predicate):
        if token.dep not in {"dep", "ccomp"} or token.tag not in {"VBD", "VBN"} or token.index < predicate:
            continue
        if any(t.dep in {"nsubj", "nsubjpass", "mark", "aux", "auxpass"} for t in _kids(parse, token.index)):
            continue
        for status in ("failed", "cancelled", "postponed"):
            if lemma_of(parse, token.index) in words.status[status]:
                return status
    return None


def _kids(parse: Parse, index: int) -> list[Token]:
    return [parse.tokens[c] for c in parse.children[index]]


def _was_to_be(parse: Parse, index: int, words: Lexicon) -> bool:
    """“had been due to begin”, “were meant to begin”: a plan that did not come true."""
    kids = {parse.tokens[c].text.casefold() for c in parse.children[index]}
    complement = {
        parse.tokens[c].lemma.casefold() for c in parse.children[index] if parse.tokens[c].dep in {"acomp", "oprd"}
    }
    token = parse.tokens[index]
    planned = token.lemma.casefold() in words.status["planned"] or complement & words.status["planned"]
    over = token.lemma.casefold() in {"mean", "suppose"} and bool(kids & {"was", "were"})
    return bool(planned and token.tag == "VBN" and ("had" in kids or over))


def _negated(parse: Parse, index: int) -> bool:
    return any(parse.tokens[c].dep == "neg" for c in parse.children[index])


def _negated_above(parse: Parse, index: int) -> bool:
    """“will not be able to meet”."""
    while parse.tokens[index].dep in {"xcomp", "acomp"} and parse.tokens[index].head != index:
        index = parse.tokens[index].head
        if _negated(parse, index):
            return True
    return False


def _hypothetical(parse: Parse, index: int, words: Lexicon) -> bool:
    return any(
        parse.tokens[c].dep == "mark" and parse.tokens[c].text.casefold() in words.status["hypothetical"]
        for c in parse.children[index]
    )


def tense_of(parse: Parse, index: int, words: Lexicon) -> str:
    """planned, held, ongoing, CALLED_FOR, HYPOTHETICAL or GENERIC (a present that may mean habit) of a verb."""
    for _ in range(STEPS):
        token = parse.tokens[index]
        helpers = [parse.tokens[c] for c in parse.children[index] if parse.tokens[c].dep in {"aux", "auxpass"}]
        modal = next((t.lemma.casefold() for t in helpers if t.tag == "MD"), None)
        have = any(t.lemma == "have" for t in helpers)
        complements = {
            parse.tokens[c].lemma.casefold() for c in parse.children[index] if parse.tokens[c].dep in {"acomp", "oprd"}
        }
        if complements & words.status["planned"] and token.lemma == "be":
            return "planned"
        if modal is not None:
            if modal in MODALS_OF_DOUBT:
                return HYPOTHETICAL
            return "held" if have and modal != "will" else "planned"
        lemma = token.lemma.casefold()
        if lemma in words.status["planned"] and token.pos != "AUX" and index != token.head:
            return "planned"
        if token.tag == "VB" or any(t.tag == "TO" for t in helpers):
            head = parse.tokens[token.head]
            over = head.lemma.casefold()
            if over in words.status["planned"] or head.text.casefold() in words.status["planned"] or over == "go":
                return "planned"
            if over in words.status["called_for"]:
                return CALLED_FOR
            if token.dep == "advcl" or over == "be":  # “was to meet”
                return "planned"
            if head.index == index or head.pos not in VERBAL | {"ADJ"}:
                return "planned" if have is False else "held"
            index = token.head
            continue
        if helpers:
            first = helpers[0]
            if token.tag == "VBG" and lemma != "go":
                meets_now = first.tag in {"VBP", "VBZ"} and not have
                return "ongoing" if meets_now or have else "held"
            if any(t.text == "being" for t in helpers) and first.tag in {"VBP", "VBZ"}:
                return "ongoing"
            if any(t.dep == "auxpass" for t in helpers) and lemma in words.status["planned"]:
                return "planned"
            if have or first.tag == "VBD":
                return "held"
            return "held" if token.tag == "VBN" else GENERIC
        if token.tag == "VBD":
            return "held"
        if token.tag in {"VBP", "VBZ"}:
            return GENERIC
        if token.tag == "VBN":
            return "held"
        if token.tag == "VBG" and token.dep == "acl":
            return "ongoing"
        if token.head == index:
            return GENERIC
        index = token.head
    return GENERIC
