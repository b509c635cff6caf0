"""Two stances of one party go in; whether they are on one thing, and whether they go against each other, comes out.

Rather too strict than too lax. That one says yes and the other no is not enough: most such pairs are about two things
that share a word, or one was misread. The rules were chosen on pairs labelled by hand (bench/contradictions.tsv).
"""

import re

from standoff.analysis.issues import Issues
from standoff.analysis.stances import FROM_CONDITION, OWN, Stance
from standoff.analysis.wording import asks, is_of_the_case, only_wishes, same_talks
from standoff.case.snapshot import PositionEntry

ALIKE = 0.6
"""Likeness of words from which two issues are one thing, whatever their concepts."""
CERTAIN = 0.3
"""Confidence from which an entry that nobody reviewed may clash with another."""
CUED = 0.15
"""The same where a word told the act ("cannot accept"): the doubt is then about the bounds of the issue. Only what the
reader chose without such a word is often against its sense."""
LEARNED = "stance-model"
"""What a position is `by` that was chosen without a word for its act."""
JOINED = re.compile(r",|\b(?:and|or)\b")


def goes_against(issues: Issues, one: Stance, other: Stance) -> bool:
    """Whether a party cannot mean both: yes and no to one thing, by one doer as far as the words tell.

    Yes and no are told by the acts ("will" and "will not end the walkout"), or, of what the party does itself, by the
    issues ("will end" and "will go on with the walkout").
    """
    same_turn = one.mention.subject.turned == other.mention.subject.turned
    if same_turn == (one.is_for == other.is_for):
        return False
    if not same_turn and not ({one.act, other.act} <= OWN and _ends_what_goes_on(one, other)):
        return False
    return (None in (one.doer, other.doer) or one.doer == other.doer) and on_one_thing(issues, one, other)


def on_one_thing(issues: Issues, one: Stance, other: Stance) -> bool:
    """Whether two stances are on one thing: by their words, or by their concept where one says less than the other.

    To attend, to negotiate, to sit down at the table are one thing, unless it is told that they are other talks.
    "A truce" and "the possibility of a temporary truce" are one thing if the codebook has them together, one is about
    what the party itself does and none about what others should. Of a concept alone two issues may be as far apart as
    "a round" and "a date".
    "The deal" is one thing in a case, "the offer" may be any.
    """
    if not (is_firm(one) and is_firm(other)):
        return False
    talks = same_talks(one.mention.subject, other.mention.subject)
    if talks is not None and {one.act, other.act} <= OWN:
        return talks
    if one.mention.subject.stems == other.mention.subject.stems and is_of_the_case(one.mention.subject):
        # "will not sign the deal", "will sign the deal": where the party acts itself and a word tells so
        return {one.act, other.act} <= OWN and LEARNED not in (one.entry.by, other.entry.by)
    if (one.mention.subject.pointing or other.mention.subject.pointing) and one.entry.report != other.entry.report:
        return False
    if issues.likeness(one.mention, other.mention) >= ALIKE:
        return True
    if one.mention.subject.pointing or other.mention.subject.pointing:
        return False  # "the talks" is part of every wish for talks
    a, b = one.mention.subject.stems, other.mention.subject.stems
    same = one.mention.issue.coded and one.mention.issue == other.mention.issue
    acts = {one.act, other.act}
    return same and "demand" not in acts and bool(acts & OWN) and bool(a and b) and (a <= b or b <= a)


def _ends_what_goes_on(one: Stance, other: Stance) -> bool:
    """Whether one issue tells of an end by a verb, the other that it goes on, both of one thing only.

    Of "lifts the siege and frees them" the end is not told for both; "excludes" and "an exemption from" are one.
    """
    a, b = one.mention.subject, other.mention.subject
    if any(JOINED.search(stance.mention.words) for stance in (one, other)):
        return False
    return (a.ends and b.goes_on) or (b.ends and a.goes_on)


def is_firm(stance: Stance) -> bool:
    """Whether an entry is firm enough: a stance of its own, no question or wish, certain or looked at by a person."""
    entry = stance.entry
    if not isinstance(entry, PositionEntry) or entry.by.startswith(FROM_CONDITION):
        return False
    least = CERTAIN if entry.by == LEARNED else CUED
    sure = entry.review != "machine" or entry.confidence is None or entry.confidence >= least
    return sure and not asks(stance.mention.words) and not (stance.act in OWN and only_wishes(stance.mention.words))
