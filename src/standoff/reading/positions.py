"""Positions: a parsed report with its voices and learned stances goes in; who demands, refuses, … what comes out.

The trained reader says which pieces are issues. Where a frame of the lexicon has the same issue, the frame says who
holds it and of whom it is asked; elsewhere the reader does. Frames that it does not believe can be left out. What
a precondition requires is demanded as well, unless it is the holder's own doing.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, product

from standoff.language import Parse
from standoff.ledger import Position, Precondition, Span
from standoff.reading.arguments import Issue, clause_issue, with_negation
from standoff.reading.enrolment import Enrolment
from standoff.reading.frame_stances import FrameStance, frame_stances, modifier_party
from standoff.reading.frames import lexicon, without_comment
from standoff.reading.stances import LearnedStance, Stances
from standoff.reading.stances.surroundings import SAME_ISSUE, overlap
from standoff.reading.syntax import child, clause, first_conjunct, head_of, negated, trimmed
from standoff.reading.taken_back import Turned, by_an_onlooker, frame_at, turned, unheld
from standoff.reading.voices import FIRST_PERSON, THIRD_PERSON, Voices

READER = "stance-model"
LONGEST_EVIDENCE = 320  # characters; a longer sentence is cut to the clause of the issue
LONGEST_ISSUE = 200
# Preconditions that only tell an order of events, or what would move a party, which is not always asked for.
NO_DEMAND = frozenset({"if", "before", "while", "should"})
POLARITY = {"demand": 1, "commit": 1, "support": 1, "refuse": -1, "oppose": -1}
FAILED = frozenset({"fail"})  # of the frames' words for what has not come about the one that leaves no doubt


def read_positions(
    parse: Parse,
    voices: Voices,
    enrolment: Enrolment,
    stances: Stances,
    preconditions: tuple[Precondition, ...] = (),
) -> tuple[Position, ...]:
    """The positions of a report, in text order, each stance told once."""
    framed = [p for stance in frame_stances(parse, voices) for p in _by_frame(parse, voices, stance)]
    found: dict[tuple[str, str, Span, str | None], Position] = {}

    def enter(position: Position) -> None:
        found.setdefault((position.holder, position.act, position.issue, position.target), position)

    required = [p for c in preconditions if c.by not in NO_DEMAND for p in _required(parse, voices, c)]
    denied = turned(parse)
    for stance in (_as_turned(parse, stance, denied) for stance in stances.entered):
        if stance is None:
            continue
        same = _same_issue(parse, framed, stance)
        if not same and any(_overlap(position.issue, stance.issue) for position in required):
            continue  # the precondition tells whose it is; entered below
        for position in same or _learned(parse, voices, enrolment, stance):
            enter(replace(position, confidence=stance.confidence))
    taken = [position.issue for position in found.values()]
    for position in framed:
        belief = stances.believes(position.issue)
        if belief is not None and not any(_overlap(position.issue, issue) for issue in taken):
            enter(replace(position, confidence=belief))
    told = tuple(found.values())
    for position in required:
        if not any(p.holder == position.holder and _overlap(p.issue, position.issue) for p in told):
            enter(position)
    kept = _without_nested(sorted(found.values(), key=lambda p: (p.issue, p.holder, p.act, p.target or "")))
    return tuple(replace(position, id=f"p{number}") for number, position in enumerate(kept, 1))


def _as_turned(parse: Parse, stance: LearnedStance, denied: list[Turned]) -> LearnedStance | None:
    """A learned stance as the text's negation leaves it; None where it is taken back."""
    head = head_of(parse, stance.issue)
    for one in denied:
        if stance.issue[0] <= one.word < stance.issue[1]:
            continue  # "will not *abandon its plans*": the denied word is what is refused
        same = overlap(one.issue, stance.issue) >= SAME_ISSUE
        if not same and not (_overlap(one.issue, stance.issue) and head_of(parse, one.issue) == head):
            continue
        if one.act is None:
            return None
        if POLARITY[one.act] != POLARITY[stance.act]:
            return replace(stance, act=one.act, targets=())
    return stance


def _same_issue(parse: Parse, framed: list[Position], stance: LearnedStance) -> list[Position]:
    """What frames have on the issue of a learned stance: on the same words, or else on other bounds of the same head,
    to which the reader's are better."""
    same = [position for position in framed if overlap(position.issue, stance.issue) >= SAME_ISSUE]
    if same:
        return same
    issue = without_comment(parse.text, _whole_words(parse, stance.issue))
    head = head_of(parse, issue)
    told = frame_at(parse, head) if head is not None else None
    if told is not None:  # "would *insist on a fee*" demands a fee
        inside = [p for p in framed if p.by == told.name and issue[0] <= p.issue[0] and p.issue[1] <= issue[1]]
        hull = (min(p.issue[0] for p in inside), max(p.issue[1] for p in inside)) if inside else (0, 0)
        if overlap(hull, issue) >= SAME_ISSUE:
            return inside
    return [
        replace(position, issue=issue, evidence=_evidence(parse, head, issue)) for position in framed
        if head is not None and _overlap(position.issue, issue) and head_of(parse, position.issue) == head
    ]  # fmt: skip


def _by_frame(parse: Parse, voices: Voices, stance: FrameStance) -> Iterator[Position]:
    statement = voices.innermost[stance.anchor]
    if by_an_onlooker(parse, statement):
        return
    for issue in (_ended(parse, issue) for issue in stance.issues):
        if not _sound(parse, issue) or (_about_an_outcome(stance) and _is_actor(voices, issue)):
            continue
        evidence = _evidence(parse, stance.anchor, issue.span)
        for holder in stance.holders:
            stated_by = statement.speaker if statement else (holder if stance.own_words else None)
            targets: tuple[str | None, ...] = (None,)
            if stance.act == "demand":
                asked = (
                    _targets(voices, issue.asked) if issue.asked is not None else _doers_inside(parse, voices, issue)
                )
                targets = tuple(t for t in asked if t != holder) or (None,)
            for target in targets:
                yield Position(
                    "", holder, stated_by, stance.act, issue.span, target, evidence,
                    statement.id if statement else None, by=stance.frame,
                )  # fmt: skip


def _learned(parse: Parse, voices: Voices, enrolment: Enrolment, stance: LearnedStance) -> Iterator[Position]:
    issue = without_comment(parse.text, _whole_words(parse, stance.issue))
    tokens = parse.tokens_in(*issue)
    head = head_of(parse, issue)
    if head is None or not _sound(parse, Issue(issue, tokens[-1])) or _come_to_nothing(parse, issue):
        return
    if stance.act == "demand" and _names_a_demand(parse, issue):
        return
    if POLARITY[stance.act] > 0 and _is_actor(voices, Issue(issue, tokens[-1])):
        return
    statement = voices.innermost[tokens[0]]
    if by_an_onlooker(parse, statement) or unheld(parse, head):
        return
    holders = tuple(dict.fromkeys(one for who in stance.holders for one in enrolment.ids_of(who)))
    targets = tuple(dict.fromkeys(one for who in stance.targets for one in enrolment.ids_of(who))) or (None,)
    for holder, target in product(holders, targets):
        stated_by = statement.speaker if statement and statement.speaker else None
        yield Position(
            "", holder, stated_by, stance.act, issue, None if target == holder else target,
            _evidence(parse, tokens[0], issue), statement.id if statement else None, by=READER,
            confidence=stance.confidence,
        )  # fmt: skip


def _come_to_nothing(parse: Parse, issue: Span) -> bool:
    """Whether an issue has failed, or the demand for it is denied, which tells no stance: "failed to *agree on a fee*",
    "no longer *insists on it*", "did not demand *a fee*"."""
    head = head_of(parse, issue)
    if head is None:
        return False
    above = (head, parse.tokens[head].head, parse.tokens[parse.tokens[head].head].head)
    if any(parse.tokens[i].lemma.casefold() in FAILED and parse.tokens[k].dep == "xcomp" for k, i in pairwise(above)):
        return True
    verb = next((i for i in above if parse.tokens[i].lemma.casefold() in lexicon().verbs), None)
    if verb is None or parse.tokens[verb].pos != "VERB" or not negated(parse, verb):
        return False
    lemma = parse.tokens[verb].lemma.casefold()
    return lexicon().verbs[lemma].act == "demand" and lemma not in lexicon().unwanted


def _names_a_demand(parse: Parse, issue: Span) -> bool:
    """Whether an issue is only the word for a stance, which nobody demands: "called *the demand* too much"."""
    told = [i for i in parse.tokens_in(*issue) if parse.tokens[i].tag not in {"DT", "PRP$"}]
    return len(told) == 1 and parse.tokens[told[0]].lemma.casefold() in lexicon().nouns


def _about_an_outcome(stance: FrameStance) -> bool:
    return stance.act in {"support", "commit"} or (stance.act == "demand" and not stance.frame.startswith("modal"))


def _is_actor(voices: Voices, issue: Issue) -> bool:
    """Whether an issue is nothing but a party: "supports Damascus" tells an alliance, "called for
    the Council" has lost what it was called for."""
    tokens = voices.parse.tokens
    return all(i in voices.named or tokens[i].pos == "DET" for i in voices.parse.tokens_in(*issue.span))


def _required(parse: Parse, voices: Voices, condition: Precondition) -> Iterator[Position]:
    """The demand for what a precondition requires; of its subject, where the requirement is a clause."""
    top = head_of(parse, condition.requirement)
    if top is None:
        return
    issue = clause_issue(parse, top) if parse.tokens[top].pos in {"VERB", "AUX"} else Issue(condition.requirement, top)
    end = min(issue.span[1], condition.requirement[1])  # "until the army leaves, a blow to …": to where that ends
    issue = replace(issue, span=(issue.span[0], max(end, parse.tokens[issue.head].end)))
    asked = issue.asked
    if asked is None and parse.tokens[top].pos == "VERB":  # "unless the army stops shelling and *lifts the siege*"
        asked = child(parse, first_conjunct(parse, top), "nsubj")
    doers = voices.parties_of(asked) if asked is not None else _doers_inside(parse, voices, issue)
    if condition.holder in doers or not _sound(parse, issue):
        return
    statement = voices.innermost[top]
    for target in doers or (None,):
        yield Position(
            "", condition.holder, statement.speaker if statement else None, "demand", issue.span, target,
            condition.evidence, condition.statement, by=f"precondition:{condition.by}",
        )  # fmt: skip


def _doers_inside(parse: Parse, voices: Voices, issue: Issue) -> tuple[str, ...]:
    """Who would have to act, where a demand is a noun phrase: "a halt to *Russian* strikes", "a pledge *by Kiev*"."""
    if parse.tokens[issue.head].pos not in {"NOUN", "PROPN"}:
        return ()
    found: list[str] = []
    for i in parse.tokens_in(*issue.span):
        token = parse.tokens[i]
        head = parse.tokens[token.head]
        given = token.dep == "pobj" and head.text.casefold() in {"by", "from"}
        if not given and voices.actors.is_one_name(token.start, head.end):
            continue  # "a seat on the *Berlin* Fisheries Board"
        if token.dep in {"amod", "compound", "nmod", "poss"} or (token.dep == "conj" and head.dep == "amod") or given:
            found.extend(modifier_party(voices, token.start, token.end))
    return tuple(dict.fromkeys(found))


def _whole_words(parse: Parse, span: Span) -> Span:
    """The span widened to whole tokens and an infinitive's "not", without marks and blanks at its edges."""
    tokens = parse.tokens_in(*span)
    if not tokens:
        return span
    start, end = parse.tokens[tokens[0]].start, parse.tokens[tokens[-1]].end
    head = head_of(parse, span)
    whole = trimmed(parse.text, min(start, span[0]), max(end, span[1]))
    return whole if head is None or parse.tokens[head].pos not in {"VERB", "AUX"} else with_negation(parse, whole, head)


def _sound(parse: Parse, issue: Issue) -> bool:
    """Whether an issue names something: neither empty words nor a paragraph."""
    start, end = issue.span
    length = end - start
    head = parse.tokens[issue.head]
    empty = lexicon().empty_issues
    text = parse.text[start:end].casefold()
    if not 2 < length <= LONGEST_ISSUE or text in empty or "\n" in text:
        return False
    return not (head.lemma.casefold() in empty or head.pos == "PRON")


def _ended(parse: Parse, issue: Issue) -> Issue:
    return Issue(without_comment(parse.text, issue.span), issue.head, issue.asked)


def _targets(voices: Voices, index: int) -> tuple[str, ...]:
    """Of whom something is demanded: the actor itself where a person is asked to act for himself, else the party."""
    if voices.parse.tokens[index].text.casefold() in THIRD_PERSON | FIRST_PERSON:
        return voices.parties_of(index)
    named = voices.actors_of(index)
    return tuple(one for actor in named for one in voices.actors.members.get(actor, (actor,)))


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _evidence(parse: Parse, anchor: int, issue: Span) -> Span:
    """The sentence; where it is long, the clause around frame and issue."""
    sentence = parse.sentence_span(parse.tokens[anchor].sentence)
    if sentence[1] - sentence[0] <= LONGEST_EVIDENCE:
        return trimmed(parse.text, *sentence)
    best = sentence
    index = anchor
    while True:
        span = clause(parse, index)
        wide = (min(span[0], issue[0]), max(span[1], issue[1]))
        if wide[1] - wide[0] > LONGEST_EVIDENCE:
            break
        best = wide
        if parse.tokens[index].head == index:
            break
        index = parse.tokens[index].head
    return best


def _without_nested(positions: list[Position]) -> list[Position]:
    """Drops a stance that only repeats, inside the same issue of the same holder and act, what a wider entry says."""
    kept = []
    for p in positions:
        wider = any(
            q is not p and q.holder == p.holder and q.act == p.act and q.issue != p.issue and q.by != p.by
            and q.issue[0] <= p.issue[0] and p.issue[1] <= q.issue[1]
            for q in positions
        )  # fmt: skip
        if not wider:
            kept.append(p)
    return kept
