"""A case goes in; its reports, parties, concepts and entries come out as foreign formats carry them.

In a `Coded` entry the pieces of text are spans and everything else is written in words, as a person writes it: a
party by its name, a concept by its name, a statement by its id. The same type comes back from a foreign file.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from standoff.case.anchoring import Selector
from standoff.case.founding import identity
from standoff.case.parties import folded
from standoff.case.queue import entries_of
from standoff.case.snapshot import Concept, Entry, Party, Snapshot, StatementEntry
from standoff.case.state import snapshot
from standoff.case.store import Case
from standoff.ledger import Span
from standoff.report import Report

PIECES: dict[str, dict[str, bool]] = {
    "statement": {"source": True, "cue": True, "content": True},
    "position": {"issue": False},
    "precondition": {"requirement": False, "gate": False},
    "meeting": {},
}
"""Kind of entry → its pieces of text beside the evidence, and whether one may be in several parts, or in none."""

VALUES = {
    "statement": ("speaker", "kind", "within"),
    "position": ("act", "holder", "stated_by", "target", "concept", "statement"),
    "precondition": ("holder", "requirement_concept", "gate_concept", "statement"),
    "meeting": (
        "kind", "status", "participants", "place", "start", "end", "latitude", "longitude", "country", "gathering",
    ),
}  # fmt: skip
"""Kind of entry → what it says in words. `gathering` is the id of the meeting that several reports speak of."""

PARTIES = ("speaker", "holder", "stated_by", "target", "participants")
CONCEPTS = ("concept", "requirement_concept", "gate_concept")

Place = Span | Selector
"""Where a piece is: offsets in the report's text as the file has it, or the words with what stands around them."""


@dataclass(frozen=True, slots=True)
class Coded:
    """An entry in words. values: without those that are not said; `participants` is a tuple, all others are texts.

    review: one of `snapshot.REVIEWS`, or `rejected`; coder: the person who judged, corrected or added it, or "";
    by: the rule or model that found it; at: when the person did (ISO 8601); why: the reason that was given.
    """

    id: str
    kind: str
    report: str
    evidence: Place
    pieces: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    values: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    review: str = "machine"
    coder: str = ""
    by: str = ""
    confidence: float | None = None
    at: str = ""
    why: str = ""

    def text(self, name: str) -> str:
        """A value as one text; "" if it is not said."""
        value = self.values.get(name, "")
        return value if isinstance(value, str) else "; ".join(value)


@dataclass(frozen=True, slots=True)
class Carried:
    """What a file carries from one case to another. case: the mark of the case that wrote it, "" for other tools.

    texts: whether the reports' texts are those of the file (else they are empty, and only the case has them).
    untaken: what the reader of the file could not make into an entry, with the cause.
    name, whole: the name and all tables of a `.dna` file, kept with the case; documents: its documents → reports.
    """

    reports: tuple[Report, ...] = ()
    parties: tuple[Party, ...] = ()
    concepts: tuple[Concept, ...] = ()
    entries: tuple[Coded, ...] = ()
    case: str = ""
    texts: bool = True
    untaken: tuple[tuple[str, str], ...] = ()
    name: str = ""
    whole: str = ""
    documents: Mapping[str, str] = field(default_factory=dict)


def by_report(entries: Sequence[Coded]) -> dict[str, list[Coded]]:
    """Report → its entries, in their order; an empty list for a report that has none."""
    found: dict[str, list[Coded]] = defaultdict(list)
    for entry in entries:
        found[entry.report].append(entry)
    return found


def mark(case: Case) -> str:
    """Tells a case from others, also after it was copied."""
    with case.looking() as connection:
        return identity(connection)[:16]


def moment_mark(case: Case) -> str:
    """The mark of a case with the number of its last action: what a file says that it is of."""
    return f"{mark(case)}@{case.version()}"


def carried(case: Case) -> Carried:
    """The case as it stands: what of it other formats can be given."""
    state = snapshot(case)
    return Carried(
        tuple(source.report for source in state.sources), state.parties, state.concepts, coded_entries(case, state),
        moment_mark(case),
    )  # fmt: skip


def coded_entries(case: Case, state: Snapshot) -> tuple[Coded, ...]:
    """Every entry that stands, by report, then place in the text."""
    said = words_on(case)
    names = party_names(state.parties)
    gatherings = {s.id: g.id for g in state.meetings for s in g.sightings if not g.id.startswith("M-")}
    order = {source.id: number for number, source in enumerate(state.sources)}
    found = [_coded(state, names, gatherings, kind, entry, said.get(entry.id)) for kind, entry in entries_of(state)]
    kinds = {kind: number for number, kind in enumerate(PIECES)}  # statements first: others refer to them
    return tuple(sorted(found, key=lambda c: (order[c.report], kinds[c.kind], c.evidence, int(c.id[1:]))))


@dataclass(frozen=True, slots=True)
class Word:
    """The last thing that a person said of an entry."""

    coder: str
    verdict: str
    at: str
    why: str


def words_on(case: Case) -> dict[str, Word]:
    """Entry → the person's word that holds; of an entry added by hand, the adding."""
    with case.looking() as connection:
        added = connection.execute(
            "SELECT e.id, e.coder, 'added', live.at, a.why, e.id FROM entry e JOIN live ON live.id = e.action "
            "JOIN action a ON a.id = e.action WHERE e.coder <> '' AND e.blind = 0"
        ).fetchall()
        judged = connection.execute(
            "SELECT r.entry, r.coder, r.verdict, live.at, a.why, MAX(r.id) FROM review r "
            "JOIN live ON live.id = r.action JOIN action a ON a.id = r.action WHERE r.blind = 0 GROUP BY r.entry"
        ).fetchall()
    found: dict[str, Word] = {}
    for number, coder, verdict, at, why, _ in [*added, *judged]:
        if verdict != "open":
            found[f"e{number}"] = Word(coder, verdict, at, why)
    return found


def party_names(parties: Sequence[Party]) -> dict[str, str]:
    """Party → the name by which a file can be read again: with its id where two parties have the same name."""
    counts = Counter(folded(party.name) for party in parties)
    return {
        party.id: f"{party.name} ({party.id})" if counts[folded(party.name)] > 1 else party.name for party in parties
    }


def _coded(
    state: Snapshot, names: dict[str, str], gatherings: dict[str, str], kind: str, entry: Entry, word: Word | None
) -> Coded:
    pieces: dict[str, tuple[Place, ...]] = {}
    for name in PIECES[kind]:
        pieces[name] = tuple(getattr(entry, name)) if isinstance(entry, StatementEntry) else (getattr(entry, name),)
    values: dict[str, str | tuple[str, ...]] = {}
    for name in VALUES[kind]:
        said = gatherings.get(entry.id) if name == "gathering" else getattr(entry, name)
        if said is None or said in ("", ()):
            continue
        if name == "participants":
            values[name] = tuple(names[party] for party in said)
        elif name in PARTIES:
            values[name] = names[said]
        elif name in CONCEPTS:
            values[name] = state.concept_by_id[said].name
        else:
            values[name] = str(said)
    return Coded(
        entry.id, kind, entry.report, entry.evidence, pieces, values, entry.review,
        *(("", entry.by) if word is None else (word.coder, entry.by)), entry.confidence,
        *(("", "") if word is None else (word.at, word.why)),
    )  # fmt: skip
