"""What stands around a candidate: predicates above it, its frame and statement; computed once for a report.

A parse with its voices goes in; for a candidate its governing predicate, subjects above, statement and frames come out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from standoff.language import Parse, Token
from standoff.ledger import Span, Statement
from standoff.reading.arguments import Issue
from standoff.reading.frame_stances import FrameStance, frame_stances
from standoff.reading.stances.candidates import Candidate
from standoff.reading.syntax import ancestors, first_conjunct
from standoff.reading.voices import Voices

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
MOST_SUBJECTS = 3
SAME_ISSUE = 0.5  # share of characters from which a frame's issue is the candidate


@dataclass(frozen=True)
class Surroundings:
    """A report with what its frames found and its statements by id."""

    parse: Parse
    voices: Voices
    framed: tuple[tuple[FrameStance, Issue], ...]
    statements: dict[str, Statement]

    def governor(self, candidate: Candidate) -> tuple[int, int]:
        """The head that a candidate's coordination hangs on, and the predicate above: past a preposition."""
        top = first_conjunct(self.parse, candidate.head)
        above = self.parse.tokens[self.parse.tokens[top].head]
        return top, above.head if above.pos == "ADP" else above.index

    def frames_of(self, candidate: Candidate) -> Iterator[tuple[FrameStance, Issue, float]]:
        """The frames whose issue shares characters with a candidate, and the share."""
        for stance, issue in self.framed:
            share = overlap(issue.span, candidate.span)
            if share:
                yield stance, issue, share

    def subjects_above(self, candidate: Candidate) -> list[int]:
        """The subjects of the predicates around a candidate, nearest first, those inside it left out."""
        tokens, children = self.parse.tokens, self.parse.children
        start, end = candidate.span
        found = []
        for above in (tokens[candidate.head], *ancestors(self.parse, candidate.head)):
            for c in children[above.index]:
                if tokens[c].dep in SUBJECTS and not start <= tokens[c].start < end:
                    found.append(c)
        return found[:MOST_SUBJECTS]

    def around(self, index: int) -> list[Statement]:
        """The statements that a token stands in, innermost first."""
        statement = self.voices.innermost[index]
        found = []
        while statement is not None:
            found.append(statement)
            statement = self.statements.get(statement.within or "")
        return found

    def token(self, index: int) -> Token:
        """The token of that number."""
        return self.parse.tokens[index]


def surroundings(parse: Parse, voices: Voices, statements: tuple[Statement, ...]) -> Surroundings:
    """The surroundings of a report's candidates."""
    framed = tuple((stance, issue) for stance in frame_stances(parse, voices) for issue in stance.issues)
    return Surroundings(parse, voices, framed, {statement.id: statement for statement in statements})


def overlap(a: Span, b: Span) -> float:
    """Intersection over union of two spans, in characters."""
    both = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, both) / (max(a[1], b[1]) - min(a[0], b[0]))
