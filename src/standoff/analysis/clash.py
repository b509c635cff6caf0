"""Two stances of one party go in; whether they are on one thing, and whether they go against each other, comes out.

Rather too strict than too lax. That one says yes and the other no is not enough: most such pairs are about two things
that share a word, or one was misread. The rules were chosen on pairs labelled by hand (bench/contradictions.tsv).
"""

from standoff.analysis.issues import Issues
from standoff.analysis.stances import FROM_CONDITION, OWN, Stance
from standoff.analysis.wording import asks
from standoff.case.snapshot import PositionEntry

ALIKE = 0.6
"""Likeness of words from which two issues are one thing, whatever their concepts."""
CERTAIN = 0.3
"""Confidence from which a learned entry that nobody reviewed may clash with another."""


def goes_against(issues: Issues, one: Stance, other: Stance) -> bool:
    """Whether a party cannot mean both: yes and no to one thing, by one doer as far as the words tell."""
    return (
        one.is_for != other.is_for
        and one.mention.subject.turned == other.mention.subject.turned
        and (None in (one.doer, other.doer) or one.doer == other.doer)
        and on_one_thing(issues, one, other)
    )


def on_one_thing(issues: Issues, one: Stance, other: Stance) -> bool:
    """Whether two stances are on one thing: by their words, or by their concept where one says less than the other.

    "A truce" and "the possibility of a temporary truce" are one thing if the codebook has them together and both are
    about what the party itself does. Of a concept alone two issues may be as far apart as "a round" and "a date".
    """
    if not (_tells(one) and _tells(other)):
        return False
    if (one.mention.subject.pointing or other.mention.subject.pointing) and one.entry.report != other.entry.report:
        return False
    if issues.likeness(one.mention, other.mention) >= ALIKE:
        return True
    if one.mention.subject.pointing or other.mention.subject.pointing:
        return False  # "the talks" is part of every wish for talks
    a, b = one.mention.subject.stems, other.mention.subject.stems
    same = one.mention.issue.coded and one.mention.issue == other.mention.issue
    return same and {one.act, other.act} <= OWN and bool(a and b) and (a <= b or b <= a)


def _tells(stance: Stance) -> bool:
    """Whether an entry is firm enough: a stance of its own, no question, certain or looked at by a person."""
    entry = stance.entry
    if not isinstance(entry, PositionEntry) or entry.by.startswith(FROM_CONDITION):
        return False
    sure = entry.review != "machine" or entry.confidence is None or entry.confidence >= CERTAIN
    return sure and not asks(stance.mention.words)
