"""A snapshot goes in; the conditions that parties set come out, each once: what each waits for, whether it stands.

A condition is dropped, or has been met, when its party later says that there are none (for a gate into the talks), or
commits to the gate without it in a later report; which of the two is not told. Nothing is taken for dropped because it
is no longer repeated.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from standoff.analysis.bonds import Bond, bond_of, told
from standoff.analysis.citations import Citation, Result, cite
from standoff.analysis.issues import Issues, Mention, find_issues
from standoff.analysis.positions import shortened
from standoff.analysis.stances import OWN, Stance, stances
from standoff.analysis.wording import disclaims_conditions, is_conditional, is_way_in, same_talks
from standoff.case.snapshot import Party, PreconditionEntry, Snapshot
from standoff.ledger import Span


@dataclass(frozen=True, slots=True)
class Condition(Result):
    """`party` lets `gate` happen only if `requirement` does. `told`: the two as the report binds them, for people;
    turned: it is held back (asked) that the gate (requirement) ends. `controller`: the party that can bring the
    requirement about, where the case tells, never `party` itself; `dropped`: the words by which it was dropped, or
    which tell that it was met."""

    id: str
    party: str
    party_name: str
    gate: str
    requirement: str
    gate_issue: str
    requirement_issue: str
    gate_turned: bool
    requirement_turned: bool
    controller: str | None
    controller_name: str | None
    citations: tuple[Citation, ...]
    dropped: Citation | None
    told: str = ""


def conditions(
    snapshot: Snapshot, issues: Issues | None = None, held: tuple[Stance, ...] | None = None
) -> tuple[Condition, ...]:
    """All conditions in the order in which they were first set. Ids are those of the first entries."""
    issues = issues or find_issues(snapshot)
    held = stances(snapshot, issues) if held is None else held
    spots = _Spots(snapshot, held)
    groups: dict[tuple[str, str, bool, str, bool], list[PreconditionEntry]] = defaultdict(list)
    bonds: dict[str, Bond] = {}
    for entry in snapshot.counted_preconditions():
        if entry.holder in snapshot.party_by_id:
            gate, need = issues.of(entry, "gate"), issues.of(entry, "requirement")
            camp = snapshot.camp(entry.holder)
            bond = bonds[entry.id] = bond_of(snapshot, entry)
            # "no talks until": the "no" is the refusal, and no part of what is held back
            gate_turned = (gate.subject.turned != bond.inside) != bond.gate_ends
            need_turned = need.subject.turned != bond.need_ends
            groups[camp, gate.issue.id, gate_turned, need.issue.id, need_turned].append(entry)
    withheld = {key[1:3]: key[0] for key in reversed(groups)}  # gate → who holds it back
    words = {  # the same by what a gate's words name
        (subject.stems, turned): camp
        for (camp, _, turned, _, _), entries in reversed(groups.items())
        if not (subject := issues.of(entries[0], "gate").subject).pointing
    }
    targets: dict[tuple[str, str], str] = {}
    for stance in reversed(held):
        if stance.act not in OWN and stance.doer is not None:
            targets[stance.camp, stance.mention.issue.id] = stance.doer
    names = _names(snapshot)
    found = []
    for (camp, gate_id, gate_turned, need_id, need_turned), entries in groups.items():
        gate, need = issues.of(entries[0], "gate"), issues.of(entries[0], "requirement")
        hands = (
            withheld.get((need_id, need_turned)),
            words.get((need.subject.stems, need_turned)),
            _named(snapshot, names, camp, need),
            targets.get((camp, need_id)),
        )
        other = next((p for p in hands if p not in (None, camp) and not _suffers(snapshot, p, need)), None)
        found.append(
            Condition(
                id=entries[0].id,
                party=camp,
                party_name=snapshot.party_by_id[camp].name,
                gate=gate.words,
                requirement=need.words,
                gate_issue=gate_id,
                requirement_issue=need_id,
                gate_turned=gate_turned,
                requirement_turned=need_turned,
                controller=other,
                controller_name=snapshot.party_by_id[other].name if other else None,
                citations=tuple(cite(snapshot, entry) for entry in entries),
                dropped=_dropped(snapshot, spots, camp, gate, gate_turned, entries[-1]),
                told=told(bonds[entries[0].id], shortened(gate.words), shortened(need.words)),
            )
        )
    return tuple(found)


def _suffers(snapshot: Snapshot, party: str | None, need: Mention) -> bool:
    """Whether a group of which nothing else is known stands in the requirement itself: "detainees are freed"."""
    known = snapshot.party_by_id[party] if party else None
    alone = known is not None and known.kind == "other" and known.of is None
    return known is not None and alone and known.name.casefold() in need.words.casefold()


@cache
def _whole_name(name: str) -> re.Pattern[str]:
    """What finds a name in words: with its capital, but a description of several words may stand with a small letter
    ("Dockers' union")."""
    first, rest = name[0], name[1:]
    described = " " in rest and rest == rest.lower()
    opening = f"[{first}{first.lower()}]" if described else re.escape(first)
    return re.compile(rf"(?<!\w){opening}{re.escape(rest)}(?!\w)")


def _names(snapshot: Snapshot) -> list[Party]:
    """The parties that are known for something."""
    return [p for p in snapshot.parties if p.name[:1].isupper() and (p.kind != "other" or p.of is not None)]


def _named(snapshot: Snapshot, parties: list[Party], camp: str, need: Mention) -> str | None:
    """The party whose name stands first in the words of a requirement, unless it is the one that sets it.

    Only whole names count.
    """
    places = []
    for party in parties:
        if party.name[1:] in need.words and (found := _whole_name(party.name).search(need.words)):
            places.append((found.start(), -len(party.name), snapshot.camp(party.id)))
    return next((party for _, _, party in sorted(places) if party != camp), None)


class _Spots:
    """Where conditions stand: the statements that hold one, the words of each report's; and the positions by camp."""

    def __init__(self, snapshot: Snapshot, held: tuple[Stance, ...]) -> None:
        self.conditional = {(c.report, c.statement) for c in snapshot.preconditions if c.statement}
        self.words: dict[str, list[Span]] = defaultdict(list)
        for c in snapshot.preconditions:
            self.words[c.report].append(c.evidence)
        self.positions: dict[str, list[Stance]] = defaultdict(list)
        for stance in held:
            if not isinstance(stance.entry, PreconditionEntry):
                self.positions[stance.camp].append(stance)


def _on_gate(promised: Mention, gate: Mention) -> bool:
    """Whether what is promised is what was held back: the same talks, or the same issue that is no talks."""
    talks = same_talks(promised.subject, gate.subject)
    return promised.issue.id == gate.issue.id if talks is None else talks


def _dropped(
    snapshot: Snapshot, spots: _Spots, camp: str, gate: Mention, gate_turned: bool, last: PreconditionEntry
) -> Citation | None:
    for stance in spots.positions[camp]:
        if not (last.date and stance.entry.date and stance.entry.date > last.date):
            continue
        # "without preconditions", asked of another party, drops none of one's own
        disclaimed = (
            stance.is_for
            and stance.doer in (None, camp)
            and is_way_in(gate.words)
            and disclaims_conditions(stance.mention.words)
        )
        promised = (
            stance.act == "commit"
            and _on_gate(stance.mention, gate)
            and stance.mention.subject.turned == gate_turned
            and (stance.entry.report, stance.entry.statement) not in spots.conditional
            # the same offer told again, its condition in the same breath, whether or not that was read
            and not any(
                start < stance.entry.evidence[1] and stance.entry.evidence[0] < end
                for start, end in spots.words[stance.entry.report]
            )
            and not is_conditional(snapshot.quote(stance.entry.report, stance.entry.evidence))
        )
        if disclaimed or promised:
            return cite(snapshot, stance.entry)
    return None
