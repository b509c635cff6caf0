"""A snapshot goes in; what each party holds on each issue over time comes out, with who shifted when."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from standoff.analysis.citations import Citation, Result, cite
from standoff.analysis.clash import goes_against
from standoff.analysis.issues import Issues, find_issues
from standoff.analysis.stances import Stance, stances
from standoff.case.snapshot import Entry, PositionEntry, Snapshot

VERB = {
    "demand": "demands",
    "commit": "commits to",
    "refuse": "refuses",
    "support": "supports",
    "oppose": "opposes",
}
"""An act as it stands between a party and an issue."""
QUOTES = "“”\""
SHORT = 80
"""Characters of a quote inside a sentence; the citation has the whole."""


@dataclass(frozen=True, slots=True)
class Holding(Result):
    """One report's word on what a party holds. `speaker`: the name of who says so, where the report tells."""

    date: str | None
    act: str
    words: str
    speaker: str | None
    target: str | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class Shift(Result):
    """Between two days a party turned round on an issue. `days`: how many lie between, None if a date is missing."""

    party: str
    party_name: str
    issue: str
    issue_name: str
    before: Holding
    after: Holding
    days: int | None


@dataclass(frozen=True, slots=True)
class Line(Result):
    """What one party holds on one issue, in order of date; the last word counts."""

    party: str
    party_name: str
    issue: str
    issue_name: str
    coded: bool
    holdings: tuple[Holding, ...]
    shifts: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class Positions(Result):
    """All lines, by party (the one with most holdings first) and then by issue (the most spoken of first)."""

    lines: tuple[Line, ...]

    @property
    def shifts(self) -> tuple[Shift, ...]:
        """All shifts, the latest first."""
        found = [shift for line in self.lines for shift in line.shifts]
        return tuple(sorted(found, key=lambda s: (s.after.date or "", s.party, s.issue), reverse=True))


def positions(
    snapshot: Snapshot, issues: Issues | None = None, held: tuple[Stance, ...] | None = None
) -> Positions:
    """Party by issue over time. Parties are camps: a minister's word is his government's."""
    issues = issues or find_issues(snapshot)
    cells: dict[tuple[str, str], list[Stance]] = defaultdict(list)
    for stance in stances(snapshot, issues) if held is None else held:
        if isinstance(stance.entry, PositionEntry):
            cells[stance.camp, stance.mention.issue.id].append(stance)
    by_party: dict[str, int] = defaultdict(int)
    for (camp, _), said in cells.items():
        by_party[camp] += len(said)
    lines = [_line(snapshot, issues, camp, said) for (camp, _), said in cells.items()]
    lines.sort(key=lambda r: (-by_party[r.party], r.party_name, r.party, -len(r.holdings), r.issue_name, r.issue))
    return Positions(tuple(lines))


def days_between(before: str | None, after: str | None) -> int | None:
    """Days from one ISO day to another; None if either is missing."""
    return (date.fromisoformat(after) - date.fromisoformat(before)).days if before and after else None


def shortened(words: str, most: int = SHORT) -> str:
    """Words on one line, without marks of quotation around all of them, cut between words where they are long."""
    line = " ".join(words.split())
    if line[:1] in QUOTES and line[-1:] in QUOTES and not any(mark in QUOTES for mark in line[1:-1]):
        line = line[1:-1].rstrip(",")
    if len(line) <= most:
        return line
    first, last = line[: most * 2 // 3 - 1], line[-(most // 3 - 2) :]
    if " " in first and line[len(first)] != " ":
        first = first[: first.rindex(" ")]
    if " " in last and line[-len(last) - 1] != " ":
        last = last[last.index(" ") :]
    return f"{first.rstrip()} … {last.lstrip()}"


def holding(snapshot: Snapshot, entry: Entry, act: str, words: str, speaker: str | None) -> Holding:
    """What an entry says, with names in place of ids, cited."""
    target = entry.target if isinstance(entry, PositionEntry) else None
    return Holding(entry.date, act, words, _name(snapshot, speaker), _name(snapshot, target), cite(snapshot, entry))


def stance_held(snapshot: Snapshot, stance: Stance) -> Holding:
    """A stance as a holding."""
    return holding(snapshot, stance.entry, stance.act, stance.mention.words, stance.speaker)


def _name(snapshot: Snapshot, party: str | None) -> str | None:
    known = snapshot.party_by_id.get(party) if party else None
    return known.name if known else None


def _line(snapshot: Snapshot, issues: Issues, camp: str, held: list[Stance]) -> Line:
    issue = held[0].mention.issue
    name = snapshot.party_by_id[camp].name
    holdings = tuple(stance_held(snapshot, stance) for stance in held)
    shifts = []
    for k in range(1, len(held)):
        before, after = held[k - 1], held[k]
        # Two reports of one day, or undated ones, tell no order: that is for the contradictions.
        days = days_between(before.entry.date, after.entry.date)
        if days and goes_against(issues, before, after):
            shifts.append(Shift(camp, name, issue.id, issue.name, holdings[k - 1], holdings[k], days))
    return Line(camp, name, issue.id, issue.name, issue.coded, holdings, tuple(shifts))
