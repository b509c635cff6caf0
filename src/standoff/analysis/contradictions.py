"""A snapshot goes in; pairs of entries in which one party goes against itself come out, the plainest first.

Three kinds, all between counted entries of one camp, at different places of the reports:

- `acts`: opposite acts on one thing (supports and opposes, will and will not), as `standoff.analysis.clash` has it;
- `conditions`: "no preconditions" beside a condition for the way into the talks, or a promise "whatever happens"
  beside a condition for the same thing;
- `concepts`: two wishes for concepts that the codebook says cannot both come about.

Few and plain is the aim. A repeated stance clashes once.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from standoff.analysis.citations import Result
from standoff.analysis.clash import ALIKE, CUED, goes_against, is_firm, on_one_thing
from standoff.analysis.issues import Issues, find_issues
from standoff.analysis.positions import VERB, Holding, days_between, holding, shortened
from standoff.analysis.stances import Stance, stances
from standoff.analysis.wording import (
    Subject,
    disclaims_conditions,
    is_for_sure,
    is_way_in,
    rejects_conditions,
    sets_no_conditions,
    talks_entered,
)
from standoff.case.snapshot import Entry, PositionEntry, PreconditionEntry, Snapshot, StatementEntry
from standoff.ledger import Span

SAME_TIME = 3
"""Days within which two spokespersons speak at the same time."""
FADES = 45.0
"""Days after which a clash over time weighs half: a party may change its mind."""
KIND_WEIGHT = {"conditions": 1.0, "acts": 0.9, "concepts": 0.8}
SENTENCE = re.compile(r"[^.!?\s][^.!?]*[.!?]?")
TALKS = " talks"
"""Stands among the stems of those who are to enter talks, in whatever words."""
UNREVIEWED = 0.8
"""What an entry that no person has looked at weighs."""


@dataclass(frozen=True, slots=True)
class Contradiction(Result):
    """One party against itself. `between`: "one day", "spokespersons" or "over time".

    score: 0 to 1, for the order only: kind, likeness of the issues, nearness in time, review.
    """

    party: str
    party_name: str
    kind: str
    between: str
    first: Holding
    second: Holding
    days: int | None
    why: str
    score: float

    @property
    def key(self) -> tuple[str, str]:
        """The ids of the two entries."""
        return (self.first.citation.entry, self.second.citation.entry)


def contradictions(
    snapshot: Snapshot, issues: Issues | None = None, held: tuple[Stance, ...] | None = None
) -> tuple[Contradiction, ...]:
    """All contradictions, by falling score."""
    issues = issues or find_issues(snapshot)
    held = stances(snapshot, issues) if held is None else held
    found = [
        *_acts(snapshot, issues, stances(snapshot, issues, CUED)),
        *_concepts(snapshot, held),
        *_conditions(snapshot, issues, held),
    ]
    return tuple(sorted(found, key=lambda c: (-c.score, c.party_name, c.first.date or "", c.key)))


def _acts(snapshot: Snapshot, issues: Issues, held: tuple[Stance, ...]) -> Iterator[Contradiction]:
    camps: dict[str, list[Stance]] = defaultdict(list)
    for stance in held:
        camps[stance.camp].append(stance)
    for members in camps.values():
        for first, second in _turns(issues, members):
            like = max(ALIKE, issues.likeness(first.mention, second.mention))
            why = f"{_says(first)}, but {_says(second)}"
            yield _contradiction(snapshot, first.camp, "acts", _side(first), _side(second), like, why)


def _turns(issues: Issues, members: list[Stance]) -> Iterator[tuple[Stance, Stance]]:
    """Each stance with the last one before it on the same thing, if it goes against that."""
    firm = [stance for stance in members if is_firm(stance)]
    places: dict[Subject, list[int]] = defaultdict(list)  # subject → places in `firm`, of those gone through
    sharing: dict[str, set[Subject]] = defaultdict(set)  # stem → subjects
    for k, second in enumerate(firm):
        subject = second.mention.subject
        # without a word in common it is another thing, unless both are to enter talks
        keys = subject.stems | ({TALKS} if talks_entered(subject) is not None else set())
        last = -1
        for other in set().union(*(sharing[key] for key in keys)):
            for place in reversed(places[other]):
                if place <= last:
                    break
                if _apart(firm[place].entry, second.entry) and on_one_thing(issues, firm[place], second):
                    last = place
        if last >= 0 and goes_against(issues, firm[last], second):
            yield firm[last], second
        places[subject].append(k)
        for key in keys:
            sharing[key].add(subject)


def _concepts(snapshot: Snapshot, held: tuple[Stance, ...]) -> Iterator[Contradiction]:
    groups: dict[tuple[str, str], list[Stance]] = defaultdict(list)
    for stance in held:
        if stance.is_for and stance.mention.issue.coded:
            groups[stance.camp, stance.mention.issue.id].append(stance)
    for (camp, concept), wanted in groups.items():
        for other in snapshot.concept_by_id[concept].contradicts:
            known = snapshot.concept_by_id.get(other)
            if known is not None and concept > other and concept in known.contradicts:
                continue  # said of both: the pair is taken once
            best = _nearest(wanted, groups.get((camp, other), []))
            if best is not None:
                first, second = best
                why = (
                    f"{_says(first)} and {_says(second)}; by the codebook “{first.mention.issue.name}” and "
                    f"“{second.mention.issue.name}” cannot both come about"
                )
                yield _contradiction(snapshot, camp, "concepts", _side(first), _side(second), 1.0, why)


def _nearest(some: list[Stance], others: list[Stance]) -> tuple[Stance, Stance] | None:
    """The pair that lies closest in time, in order of time, of stances that one doer would have to bring about."""
    dated = sorted(
        [(s, 0) for s in some] + [(s, 1) for s in others], key=lambda item: (item[0].entry.date or "9999", item[1])
    )
    pairs = [
        (first, second)
        for (first, a), (second, b) in zip(dated, dated[1:], strict=False)
        if a != b
        and _apart(first.entry, second.entry)
        and (None in (first.doer, second.doer) or first.doer == second.doer)
    ]
    return min(pairs, key=lambda pair: _gap(pair[0].entry, pair[1].entry), default=None)


def _conditions(snapshot: Snapshot, issues: Issues, held: tuple[Stance, ...]) -> Iterator[Contradiction]:
    ways: dict[str, list[Stance]] = defaultdict(list)
    conditions: dict[tuple[str, str], list[Stance]] = defaultdict(list)
    for stance in held:
        if isinstance(stance.entry, PreconditionEntry):
            gate = issues.of(stance.entry, "gate")
            conditions[stance.camp, gate.issue.id].append(stance)
            if is_way_in(gate.words):
                ways[stance.camp].append(stance)
    for camp, said in _disclaimers(snapshot, held):
        apart = [c for c in ways[camp] if _apart(c.entry, said.entry)]
        if apart:
            condition = min(apart, key=lambda c: _gap(said.entry, c.entry))
            why = f"{said.says}, but {_depends(snapshot, issues, condition)}"
            yield _contradiction(snapshot, camp, "conditions", said, _side(condition), 1.0, why)
    for promise in held:
        if promise.act != "commit" or not is_for_sure(snapshot.quote(promise.entry.report, promise.entry.evidence)):
            continue
        for condition in conditions[promise.camp, promise.mention.issue.id]:
            assert isinstance(condition.entry, PreconditionEntry)
            gate = issues.of(condition.entry, "gate")
            like = max(ALIKE, issues.likeness(promise.mention, gate))
            if (
                promise.entry.report == condition.entry.report  # in two reports it is a condition dropped or added
                and _apart(promise.entry, condition.entry)
                and promise.mention.subject.turned == gate.subject.turned
            ):
                why = f"{_says(promise)}, but {_depends(snapshot, issues, condition)}"
                yield _contradiction(
                    snapshot, promise.camp, "conditions", _side(promise), _side(condition), like, why
                )


def _disclaimers(snapshot: Snapshot, held: tuple[Stance, ...]) -> Iterator[tuple[str, "_Side"]]:
    """Who says that there are no conditions, of its own side or of the talks; not who asks it of another camp."""
    of_others = {
        (stance.camp, stance.entry.report, stance.entry.evidence)
        for stance in held
        if stance.act == "demand" and stance.doer not in (None, stance.camp)
    }
    seen: set[tuple[str, int]] = set()
    for stance in held:
        entry = stance.entry
        if (
            isinstance(entry, PositionEntry)
            and (disclaims_conditions if stance.is_for else rejects_conditions)(stance.mention.words)
            and not any(
                camp == stance.camp and report == entry.report and _overlap(evidence, entry.evidence)
                for camp, report, evidence in of_others
            )
        ):
            seen.add((entry.report, entry.evidence[0]))
            yield stance.camp, _side(stance)
    positions_of = {(report, evidence) for _, report, evidence in of_others}
    for said in snapshot.statements:
        if said.speaker not in snapshot.party_by_id or said.speaker is None:
            continue
        if not snapshot.source_by_id[said.report].counts:
            continue
        span = _sentence_setting_none(snapshot, said)
        if span is None:
            continue
        taken = any(report == said.report and said.evidence[0] <= start < said.evidence[1] for report, start in seen)
        asked = any(report == said.report and _overlap(evidence, said.evidence) for report, evidence in positions_of)
        if not taken and not asked:
            side = replace(said, evidence=span)
            yield snapshot.camp(said.speaker), _Side(side, "says", snapshot.quote(said.report, span), said.speaker)


def _sentence_setting_none(snapshot: Snapshot, said: StatementEntry) -> Span | None:
    """The sentence of a statement that says so, or None."""
    for start, end in said.content:
        text = snapshot.quote(said.report, (start, end))
        for sentence in SENTENCE.finditer(text):
            if sets_no_conditions(sentence.group()):
                return (start + sentence.start(), start + sentence.end())
    return None


@dataclass(frozen=True, slots=True)
class _Side:
    """One half of a contradiction: an entry and what it says."""

    entry: Entry
    act: str
    words: str
    speaker: str | None

    @property
    def says(self) -> str:
        return f"{VERB.get(self.act, self.act)} “{shortened(self.words)}”"


def _side(stance: Stance) -> _Side:
    return _Side(stance.entry, stance.act, stance.mention.words, stance.speaker)


def _says(stance: Stance) -> str:
    if isinstance(stance.entry, PreconditionEntry):
        return f"makes it a condition that “{shortened(stance.mention.words)}”"
    return _side(stance).says


def _depends(snapshot: Snapshot, issues: Issues, condition: Stance) -> str:
    assert isinstance(condition.entry, PreconditionEntry)
    gate = issues.of(condition.entry, "gate").words
    return f"makes “{shortened(gate)}” depend on “{shortened(condition.mention.words)}”"


def _contradiction(
    snapshot: Snapshot, camp: str, kind: str, one: _Side, other: _Side, like: float, why: str
) -> Contradiction:
    first, second = sorted((one, other), key=lambda s: (s.entry.date or "9999", s.entry.report, s.entry.evidence))
    days = days_between(first.entry.date, second.entry.date)
    speakers = {first.speaker, second.speaker} - {None, camp}
    if days is not None and days <= SAME_TIME and len(speakers) == 2:
        between = "spokespersons"
    else:
        between = "one day" if days == 0 else "over time"
    fade = 1.0 if between == "one day" else 0.5 ** ((days if days is not None else FADES) / FADES)
    trust = 1.0
    for side in (first, second):
        trust *= 1.0 if side.entry.review != "machine" else UNREVIEWED
    return Contradiction(
        camp,
        snapshot.party_by_id[camp].name,
        kind,
        between,
        first=holding(snapshot, first.entry, first.act, first.words, first.speaker),
        second=holding(snapshot, second.entry, second.act, second.words, second.speaker),
        days=days,
        why=why,
        score=round(KIND_WEIGHT[kind] * like * fade * trust, 4),
    )


def _apart(one: Entry, other: Entry) -> bool:
    """Whether two entries rest on different words: one sentence read in two ways is no contradiction."""
    return one.report != other.report or not _overlap(one.evidence, other.evidence)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _gap(one: Entry, other: Entry) -> tuple[int, str]:
    """How far apart in time, for choosing the nearest; undated ones come last."""
    days = days_between(one.date, other.date)
    return (10**6 if days is None else abs(days), other.id)
