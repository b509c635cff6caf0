"""A snapshot goes in; who stood with whom in each stretch of time comes out, and the words that a tie rests on.

The numbers are those of `standoff network CASE --window UNIT --size N --aggregation subtract --duplicates document
--camps louvain` and of `standoff polarisation`: see docs/networks.md.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import numpy as np

from standoff.analysis.citations import Citation, cite
from standoff.analysis.networks.camps import camps_over_time
from standoff.analysis.networks.coded import CodedStatements, Floats
from standoff.analysis.networks.filters import Selection
from standoff.analysis.networks.from_case import AGAINST, from_snapshot
from standoff.analysis.networks.network import Moving, Network, day, network, series
from standoff.analysis.networks.phases import absolute_difference, states, to_one
from standoff.analysis.networks.polarisation import polarisation
from standoff.analysis.networks.request import Request
from standoff.case.snapshot import PositionEntry, Snapshot

LENGTHS: dict[str, tuple[str, Moving | None]] = {
    "2w": ("two weeks", Moving("weeks", 2)),
    "4w": ("four weeks", Moving("weeks", 4)),
    "3m": ("three months", Moving("months", 3)),
    "all": ("the whole time", None),
}
"""Length of a stretch as an address has it → its name, and the windows; of the whole time there is one."""

SHORT_CASE = 200
"""Days up to which a case is shown by four weeks unless another length is asked for; longer ones by three months."""

METHOD = "louvain"
"""Of finding camps: quick enough for a hundred windows, and seeded."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Two parties, by id, that speak of the same concepts: how many pairs of their statements agree and conflict."""

    one: str
    other: str
    agreements: int
    conflicts: int

    @property
    def weight(self) -> int:
        """Above 0: they rather stand together; below 0: against each other."""
        return self.agreements - self.conflicts


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time, both days inclusive. camps: letter of each party's camp, "" for one that stands alone.

    ties: the strongest first; score: polarisation, 0 to 1; phase: stretches of one phase look alike, from 1.
    """

    first: str
    last: str
    statements: int
    camps: dict[str, str]
    ties: tuple[Tie, ...]
    score: float
    phase: int

    def sides(self) -> dict[str, list[str]]:
        """Letter → parties of the camp, the largest first."""
        found: dict[str, list[str]] = defaultdict(list)
        for party, letter in self.camps.items():
            if letter:
                found[letter].append(party)
        return dict(sorted(found.items(), key=lambda side: (-len(side[1]), side[0])))


@dataclass(frozen=True)
class Camps:
    """All stretches in order. names: party → name; agreement: of the whole time, parties in the order of `names`."""

    names: dict[str, str]
    agreement: Floats
    stretches: tuple[Stretch, ...]


def usual_length(snapshot: Snapshot) -> str:
    """The length that fits the case: a key of LENGTHS."""
    days = [entry.date for entry in snapshot.counted_positions() if entry.date]
    spread = (date.fromisoformat(max(days)) - date.fromisoformat(min(days))).days if days else 0
    return "4w" if spread <= SHORT_CASE else "3m"


def camps_of(snapshot: Snapshot, length: str) -> Camps:
    """The camps of each stretch. Raises InputError if no position has a day and a concept."""
    statements = from_snapshot(snapshot)
    ids = _ids(snapshot, statements)
    moving = LENGTHS[length][1]
    pairs = list(
        zip(*(_networks(statements, _request(what), moving) for what in ("congruence", "conflict")), strict=True)
    )
    whole = network(statements, _request("congruence")), network(statements, _request("conflict"))
    found = camps_over_time(((a.rows.tolist(), a.matrix - c.matrix) for a, c in pairs), METHOD)
    numbers = [
        dict(zip(map(str, a.rows), camp.camp.tolist(), strict=True)) for (a, _), camp in zip(pairs, found, strict=True)
    ]
    letters = _letters(numbers)
    phases = _phases(pairs, [str(name) for name in whole[0].rows])
    stretches = tuple(
        Stretch(
            day(a.start)[:10], day(a.stop)[:10], a.statements,
            {ids[name]: letters.get((place, number), "") for name, number in numbers[place].items()},
            _ties(a, c, ids), polarisation(a.matrix, c.matrix).score, phases[place],
        )
        for place, (a, c) in enumerate(pairs)
    )  # fmt: skip
    names = {ids[str(name)]: str(name) for name in whole[0].rows}
    return Camps(names, np.maximum(whole[0].matrix - whole[1].matrix, 0.0), stretches)


def _request(aggregation: str) -> Request:
    return Request(variable1="party", aggregation=aggregation, selection=Selection(duplicates="document"))


def _networks(statements: CodedStatements, request: Request, moving: Moving | None) -> list[Network]:
    return [network(statements, request)] if moving is None else list(series(statements, request, moving))


def _ids(snapshot: Snapshot, statements: CodedStatements) -> dict[str, str]:
    """The name of a party as the network has it → its id in the case."""
    camp_of = {entry.id: snapshot.camp(entry.holder) for entry in snapshot.counted_positions() if entry.holder}
    entries, names = statements.column("entry"), statements.column("party")
    pairs = zip(names.levels[names.codes], entries.levels[entries.codes], strict=True)
    return {str(name): camp_of[str(entry)] for name, entry in pairs if name}


def _letters(numbers: list[dict[str, int]]) -> dict[tuple[int, int], str]:
    """(stretch, number of a camp) → its letter; only camps of two and more have one, and keep it."""
    letters: dict[int, str] = {}
    found = {}
    for place, camp in enumerate(numbers):
        members = list(camp.values())
        for number in dict.fromkeys(members):
            if members.count(number) > 1:
                found[place, number] = letters.setdefault(number, _letter(len(letters)))
    return found


def _letter(number: int) -> str:
    """A, B … Z, A2, B2 …"""
    turn, place = divmod(number, 26)
    return chr(ord("A") + place) + (str(turn + 1) if turn else "")


def _ties(congruence: Network, conflict: Network, ids: dict[str, str]) -> tuple[Tie, ...]:
    rows, cols = np.nonzero(np.triu(congruence.matrix + conflict.matrix, 1))
    names = [str(name) for name in congruence.rows]
    found = [
        Tie(ids[names[a]], ids[names[b]], int(congruence.matrix[a, b]), int(conflict.matrix[a, b]))
        for a, b in zip(rows.tolist(), cols.tolist(), strict=True)
    ]
    return tuple(sorted(found, key=lambda t: (-abs(t.weight), -t.agreements - t.conflicts, t.one, t.other)))


def _phases(pairs: list[tuple[Network, Network]], names: list[str]) -> list[int]:
    if len(pairs) < 2:
        return [1] * len(pairs)
    place = {name: number for number, name in enumerate(names)}
    matrices = np.zeros((len(pairs), len(names), len(names)))
    for number, (congruence, _) in enumerate(pairs):
        here = [place[str(name)] for name in congruence.rows]
        matrices[np.ix_([number], here, here)] = congruence.matrix
    return [int(state) + 1 for state in states(absolute_difference(to_one(matrices)))]


@dataclass(frozen=True, slots=True)
class Stand:
    """One report's word on what a party holds on a concept; `against` it or for it."""

    party: str
    day: str
    act: str
    against: bool
    citation: Citation


@dataclass(frozen=True, slots=True)
class Ground:
    """A concept and the stands on it, in order of day."""

    concept: str
    name: str
    stands: tuple[Stand, ...]

    def of(self, party: str) -> tuple[Stand, ...]:
        """Those of one party."""
        return tuple(stand for stand in self.stands if stand.party == party)

    @property
    def verdict(self) -> str:
        """Whether the parties `agree`, `conflict`, or do `both` here; of one party: whether it was of one mind."""
        parties = dict.fromkeys(stand.party for stand in self.stands)
        sides = [{stand.against for stand in self.of(party)} for party in parties]
        together = set.intersection(*sides)
        apart = len(set.union(*sides)) > 1
        return "both" if together and apart else "agree" if together else "conflict"


def grounds(snapshot: Snapshot, parties: tuple[str, ...], first: str, last: str) -> tuple[Ground, ...]:
    """What the parties said from one day to another of the concepts that all of them speak of, the busiest first."""
    found: dict[str, list[Stand]] = defaultdict(list)
    for entry in snapshot.counted_positions():
        if entry.concept and entry.date and first <= entry.date <= last and entry.holder in snapshot.party_by_id:
            stand = _stand(snapshot, entry, entry.date)
            if stand.party in parties:
                found[entry.concept].append(stand)
    shared = {c: stands for c, stands in found.items() if {s.party for s in stands} == set(parties)}
    order = sorted(shared, key=lambda c: (-len(shared[c]), snapshot.concept_by_id[c].name, c))
    return tuple(Ground(c, snapshot.concept_by_id[c].name, tuple(shared[c])) for c in order)


def _stand(snapshot: Snapshot, entry: PositionEntry, said: str) -> Stand:
    return Stand(snapshot.camp(entry.holder), said, entry.act, entry.act in AGAINST, cite(snapshot, entry))
