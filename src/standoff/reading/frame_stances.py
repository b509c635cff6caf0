"""Stances by frames: a parsed report with its voices goes in; who demands, refuses, … what, by the lexicon, comes out.

Each token that evokes a frame of stance (`data/frames.yaml`) is asked for its holder, its issues and of whom they are
demanded; modals in what somebody says ("must", "will not") are frames too. What is found here is also
evidence for the trained reader.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from standoff.language import Parse
from standoff.reading.arguments import Issue, clause_issue, conditions, issues, partner
from standoff.reading.frames import Frame, Lexicon, lexicon
from standoff.reading.syntax import (
    ancestors,
    child,
    first_conjunct,
    modal,
    negated,
    subject,
    verb_phrase,
)
from standoff.reading.taken_back import falls_short, states_a_fact
from standoff.reading.voices import Voices

LONGEST_EVIDENCE = 320  # characters; a longer sentence is cut to the clause of the frame
LONGEST_ISSUE = 200
SUBJECTLESS_TAGS = frozenset({"VBN", "VBG", "VB"})


@dataclass(frozen=True, slots=True)
class FrameStance:
    """One frame found in the text. anchor: its token; holders: the parties that hold it."""

    frame: str
    act: str
    anchor: int
    holders: tuple[str, ...]
    issues: tuple[Issue, ...]
    own_words: bool  # the holder speaks in this very frame (demanded, pledged), rather than being reported on


def frame_stances(parse: Parse, voices: Voices) -> Iterator[FrameStance]:
    """Every frame of stance in the text whose holder is known."""
    words = lexicon()
    for token in parse.tokens:
        lemma = token.lemma.casefold()
        if token.pos == "VERB" and lemma in words.verbs:
            yield from _verb(parse, voices, token.index, words.verbs[lemma], words)
        elif token.pos in {"ADJ", "VERB"} and lemma in words.adjectives:
            yield from _adjective(parse, voices, token.index, words.adjectives[lemma], words)
        elif token.pos == "NOUN" and lemma in words.nouns:
            yield from _noun(parse, voices, token.index, words.nouns[lemma], words)
        if token.pos in {"VERB", "AUX"}:
            yield from _modal(parse, voices, token.index, words)
        if lemma == "without":
            yield from _without_terms(parse, voices, token.index, words)


def _verb(parse: Parse, voices: Voices, index: int, frame: Frame, words: Lexicon) -> Iterator[FrameStance]:
    token = parse.tokens[index]
    if token.tag == "VBN" and token.dep in {"amod", "acl"} and child(parse, index, "agent") is None:
        return  # "the agreed text", "pressure applied": nobody is said to hold it
    act = _polarity(parse, index, frame.act, words)
    holders = _holders(parse, voices, index)
    if act is None or not holders or _hypothetical(parse, index) or _unasserted(parse, index, words):
        return
    if falls_short(parse, index):
        return
    if "jointly" in frame.slots and (other := partner(parse, index)) is not None:
        holders = tuple(dict.fromkeys(holders + voices.parties_of(other)))
    for issue in issues(parse, index, frame.slots):
        if states_a_fact(parse, issue.head, index) or _told_aside(parse, index, issue, words):
            continue
        done = words.verbs.get(parse.tokens[issue.head].lemma.casefold())
        if act == "commit" and done is not None and done.act == "refuse":
            continue  # "decided to reject the offer" refuses it
        yield FrameStance(
            frame.name,
            _act_of_clause(parse, voices, issue, act, holders, words),
            index,
            holders,
            (issue,),
            True,
        )


def _act_of_clause(
    parse: Parse, voices: Voices, issue: Issue, act: str, holders: tuple[str, ...], words: Lexicon
) -> str:
    """What a that-clause makes of a frame: "agreed that talks should resume" demands."""
    verb = modal(parse, issue.head)
    doer = child(parse, issue.head, "nsubj")
    if act == "commit" and words.modals.get(verb or "") == "demand":
        return "demand"
    if act == "demand" and verb is not None and doer is not None and voices.is_own_side(doer, holders):
        return "refuse" if negated(parse, issue.head) else "commit"
    return act


def _adjective(parse: Parse, voices: Voices, index: int, frame: Frame, words: Lexicon) -> Iterator[FrameStance]:
    token = parse.tokens[index]
    if token.dep not in {"acomp", "ccomp", "ROOT", "conj", "xcomp", "advcl", "acl", "relcl", "oprd"}:
        return
    if token.pos == "VERB" and child(parse, index, "auxpass") is None:
        return  # "set up a council" is no readiness
    act = _polarity(parse, index, frame.act, words)
    if act is not None and token.dep == "acomp" and negated(parse, token.head):
        act = words.negation.get(act)
    told_of = child(parse, index, "nsubjpass")  # "is prepared to", where the parse takes it for a passive
    holders = _holders(parse, voices, index) if told_of is None else voices.parties_of(told_of)
    found = tuple(issues(parse, index, frame.slots))
    only_asked = token.dep == "acomp" and _unasserted(parse, token.head, words)  # "told them to be ready to strike"
    if act is not None and holders and found and not only_asked and not _hypothetical(parse, index):
        yield FrameStance(frame.name, act, index, holders, found, False)


def _noun(parse: Parse, voices: Voices, index: int, frame: Frame, words: Lexicon) -> Iterator[FrameStance]:
    token = parse.tokens[index]
    act, holders = frame.act, _noun_holders(parse, voices, index, words)
    if negated(parse, index):  # "has no intention of leaving", "there are no plans to leave": will not
        if act != "commit":
            return
        act, holders = "refuse", _without(parse, voices, index)
    if token.dep == "pobj" and parse.tokens[token.head].text.casefold() == "in":
        return  # "in support of" is an adverbial: who does it is told elsewhere
    if token.dep == "dobj" and _unasserted(parse, token.head, words):
        return  # "asked Kiev to show its commitment to a truce"
    found = tuple(issues(parse, index, frame.slots))
    asked = _under(parse, index)
    if asked is not None:  # "came under pressure from A to do B": B is asked of the subject
        found = tuple(Issue(issue.span, issue.head, asked) for issue in found)
    if holders and found and not falls_short(parse, index):
        yield FrameStance(frame.name, act, index, holders, found, False)


def _without(parse: Parse, voices: Voices, index: int) -> tuple[str, ...]:
    """Who has no intention or plan: the subject of "has none", the speaker of "there is none"."""
    token = parse.tokens[index]
    verb = parse.tokens[token.head]
    if token.dep == "dobj" and verb.lemma.casefold() == "have":
        return _holders(parse, voices, verb.index)
    there = token.dep in {"attr", "nsubj"} and child(parse, verb.index, "expl") is not None
    return voices.speaking_parties(index) if there else ()


def _modal(parse: Parse, voices: Voices, index: int, words: Lexicon) -> Iterator[FrameStance]:
    """ "Assad must go", "talks should begin" in what somebody says; "we will not attend"."""
    statement = voices.innermost[index]
    if statement is None or statement.speaker is None:
        return
    token = parse.tokens[index]
    if token.lemma.casefold() in words.semi_modals and any(
        parse.tokens[c].dep == "xcomp" and parse.tokens[c].pos == "VERB" for c in parse.children[index]
    ):
        return
    verb_modal = modal(parse, first_conjunct(parse, index)) or modal(parse, index)
    act = words.modals.get(verb_modal or "")
    if verb_modal in words.ability and negated(parse, index):
        act = "commit"  # of the own side; the negation makes it a refusal
    if act is None and token.dep == "xcomp":
        head = parse.tokens[token.head]
        unsure = modal(parse, head.index) in words.unsure  # "might have to"
        act = words.semi_modals.get(head.lemma.casefold()) if head.index < index and not unsure else None
    lemma = token.lemma.casefold()
    if act is None or _hypothetical(parse, index) or child(parse, index, "expl") is not None:
        return
    told = words.verbs.get(lemma)  # a frame of its own; denied, only this tells: "would not *block the loan*"
    denied = told is not None and told.act in {"refuse", "oppose"} and negated(parse, index)
    if act == "commit" and ((told is not None and not denied) or lemma in words.no_deeds):
        return
    parties = voices.speaking_parties(index)
    doer = subject(parse, index)
    if act == "demand" and any(voices.actors.get(party).kind == "person" for party in parties):
        return  # what analysts and private persons say that others must do is opinion; "we will not" is a deed
    if act == "demand":
        if _quotes_a_rule(parse, index):
            return
        issue = clause_issue(parse, index)
        if doer is not None and voices.is_own_side(doer, parties):
            return  # "we need to …" is no demand on anyone
        if issue.asked is None and doer is not None:
            issue = Issue(issue.span, issue.head, doer)
        yield FrameStance(f"modal:{verb_modal or 'need to'}", "demand", index, parties, (issue,), False)
    elif doer is not None and voices.is_own_side(doer, parties):
        refused = negated(parse, index)
        span = verb_phrase(parse, index, conditions(parse, index))
        name = f"modal:{verb_modal}{' not' if refused else ''}"
        yield FrameStance(name, "refuse" if refused else "commit", index, parties, (Issue(span, index),), False)


def _quotes_a_rule(parse: Parse, index: int) -> bool:
    """Whether a modal only tells what a paper says: "the treaty, *under which* ships must be searched"."""
    for token in (parse.tokens[index], *ancestors(parse, index)):
        if token.dep == "relcl":
            below = (parse.tokens[i] for i in parse.subtree(token.index) if i < token.index)
            return any(t.tag == "WDT" and t.dep == "pobj" for t in below)
        if token.dep in {"ccomp", "ROOT"}:
            return False
    return False


def _without_terms(parse: Parse, voices: Voices, index: int, words: Lexicon) -> Iterator[FrameStance]:
    """ "Talks should begin without preconditions": that there be none is a demand of its own."""
    noun = child(parse, index, "pobj")
    if noun is None or parse.tokens[noun].lemma.casefold() not in words.terms:
        return
    holders = voices.speaking_parties(index)
    for token in ancestors(parse, index):
        frame = words.verbs.get(token.lemma.casefold())
        if not holders and frame is not None:
            holders = _holders(parse, voices, token.index)
    if holders:
        issue = Issue((parse.tokens[index].start, parse.tokens[noun].end), noun)
        yield FrameStance("without terms", "demand", index, holders, (issue,), False)


def _polarity(parse: Parse, index: int, act: str, words: Lexicon) -> str | None:
    """The act under negation: "did not agree" refuses; a negated demand or refusal says nothing of what is wanted."""
    lemma = parse.tokens[index].lemma.casefold()
    own = child(parse, index, "xcomp")
    if (
        lemma in words.own_action
        and own is not None
        and any(parse.tokens[c].tag == "TO" for c in parse.children[own])
        and child(parse, own, "nsubj") is None
        and child(parse, index, "dobj") is None
    ):
        if negated(parse, index):
            return "refuse"
        return act if parse.tokens[own].lemma.casefold() in words.receiving else "commit"
    if not negated(parse, index):
        return act
    return "oppose" if lemma in words.unwanted else words.negation.get(act)


def _hypothetical(parse: Parse, index: int) -> bool:
    """Whether a frame stands in a clause of condition or in a question, where nothing is held yet."""
    for token in (parse.tokens[index], *ancestors(parse, index)):
        mark = child(parse, token.index, "mark")
        if (
            token.dep == "advcl"
            and mark is not None
            and parse.tokens[mark].text.casefold() in {"if", "unless", "whether", "until"}
        ):
            return True
        if mark is not None and parse.tokens[mark].text.casefold() == "whether":
            return True
        if token.dep in {"ccomp", "ROOT"}:
            return False
    return False


def _unasserted(parse: Parse, index: int, words: Lexicon) -> bool:
    """Whether a verb is only asked, hoped, or refused by somebody: "asked Turkey to *accept*", "hopes voters will
    *ratify*", "refused to *sign*", "failed to *agree*". Nobody is said to do it."""
    first = first_conjunct(parse, index)
    token, above = parse.tokens[first], parse.tokens[parse.tokens[first].head]
    if token.dep not in {"xcomp", "ccomp", "advcl", "acl"} or above.index == first:
        return False
    hoped = above.lemma.casefold() in words.outlook or _outlook(parse, above.index, words)
    if not any(parse.tokens[c].tag == "TO" for c in parse.children[first]):
        return hoped and token.dep == "ccomp"
    asked = child(parse, above.index, "dobj", "nsubjpass") is not None or child(parse, first, "nsubj") is not None
    over = words.verbs.get(above.lemma.casefold())
    if above.lemma.casefold() in words.failing:
        return True
    if over is None:
        return asked and hoped
    return over.act in {"refuse", "oppose"} or negated(parse, above.index) or (asked and "object_to" in over.slots)


def _told_aside(parse: Parse, index: int, issue: Issue, words: Lexicon) -> bool:
    """Whether a clause only tells who somebody is, or when something was: "rebels *seeking to topple* the king", "the
    firm, which recently *signed a deal*"; what it tells of the noun itself ("an idea that Oslo backs") is no aside."""
    verb = parse.tokens[first_conjunct(parse, index)]
    below = parse.tokens[issue.head].start > verb.start
    return below and verb.dep in {"relcl", "acl", "advcl"} and parse.tokens[index].lemma.casefold() in words.aside


def _outlook(parse: Parse, index: int, words: Lexicon) -> bool:
    """Whether a clause hangs on an adjective of outlook: "is *confident* that shareholders will back it"."""
    return any(
        parse.tokens[c].dep == "acomp" and parse.tokens[c].lemma.casefold() in words.outlook
        for c in parse.children[index]
    )


def _holders(parse: Parse, voices: Voices, index: int) -> tuple[str, ...]:
    """The parties behind the subject of a predicate; the speaker's where it says `we`."""
    start = subject(parse, index)
    if start is None:
        return ()
    return voices.parties_of(start)


def _noun_holders(parse: Parse, voices: Voices, index: int, words: Lexicon) -> tuple[str, ...]:
    """Who holds a nominal stance: possessor, adjective, `by`/`from`/`of` phrase, or subject of its verb."""
    for c in parse.children[index]:
        token = parse.tokens[c]
        if token.dep == "poss" or (token.dep in {"amod", "compound", "nmod"} and c < index):
            actor = voices.parties_of(c) if token.dep == "poss" else modifier_party(voices, token.start, token.end)
            if actor:
                return actor
        if token.dep in {"prep", "agent"} and token.text.casefold() in {"by", "from", "of"}:
            inner = child(parse, c, "pobj")
            if inner is not None and (parties := voices.parties_of(inner)):
                return parties
    token = parse.tokens[index]
    head = parse.tokens[token.head]
    if token.dep in {"dobj", "attr"} and head.lemma.casefold() in words.light_verbs and not negated(parse, head.index):
        return _holders(parse, voices, head.index)
    return ()


def _under(parse: Parse, index: int) -> int | None:
    """The subject of "is under pressure", or None."""
    head = parse.tokens[parse.tokens[index].head]
    if parse.tokens[index].dep == "pobj" and head.text.casefold() == "under":
        return subject(parse, head.head)
    return None


def modifier_party(voices: Voices, start: int, end: int) -> tuple[str, ...]:
    actor = voices.actors.actor_at(start, end)
    return voices.actors.parties_of(actor) if actor else ()
