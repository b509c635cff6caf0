"""The ledger of one report: actors, statements, positions, preconditions, meetings. JSON `standoff-ledger/1`.

Every span is half-open, `(start, end)`, in Unicode code points of `document.text`.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, TypeVar

from standoff.errors import InputError
from standoff.report import Report

FORMAT = "standoff-ledger/1"
ACTOR_KINDS = (
    "state", "government", "opposition", "armed_group", "international_org", "company", "union", "person", "other",
)  # fmt: skip
ACTS = ("demand", "commit", "refuse", "support", "oppose")
STATEMENT_KINDS = ("direct", "indirect", "mixed")
STATUSES = ("planned", "ongoing", "held", "postponed", "cancelled", "failed")

Span = tuple[int, int]
Spans = tuple[Span, ...]
Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Actor:
    """A party, person or body. `of` is the id of the actor that it speaks for or is a part of."""

    id: str
    name: str
    kind: str
    of: str | None = None
    mentions: Spans = ()
    wikidata: str | None = None
    iso3: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """An attribution: whose words (`source`), by which `cue`, what (`content`). `within`: the statement around it.

    by: the rule or model that found it; confidence: 0 to 1, calibrated share of right entries.
    """

    id: str
    speaker: str | None
    source: Spans
    cue: Spans
    content: Spans
    kind: str
    within: str | None = None
    date: str | None = None
    by: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """A stance of `holder` on `issue`; `act` is one of ACTS; `target`: of whom it is demanded."""

    id: str
    holder: str
    stated_by: str | None
    act: str
    issue: Span
    target: str | None
    evidence: Span
    statement: str | None = None
    concept: str | None = None
    by: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Precondition:
    """`holder` lets `gate` happen only if `requirement` does."""

    id: str
    holder: str
    requirement: Span
    gate: Span
    evidence: Span
    statement: str | None = None
    by: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """Talks, a meeting, call, conference, summit, visit or vote. `start`, `end`: ISO 8601, as precise as known."""

    id: str
    kind: str
    participants: tuple[str, ...]
    place: str | None
    start: str | None
    end: str | None
    status: str
    evidence: Span
    latitude: float | None = None
    longitude: float | None = None
    country: str | None = None
    by: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that was read from one report."""

    document: Report
    actors: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    positions: tuple[Position, ...] = ()
    preconditions: tuple[Precondition, ...] = ()
    meetings: tuple[Meeting, ...] = ()

    def quote(self, span: Span) -> str:
        """The words that a span stands for."""
        return self.document.text[span[0] : span[1]]

    def actor(self, actor_id: str | None) -> Actor | None:
        """The actor with that id, or None."""
        return next((actor for actor in self.actors if actor.id == actor_id), None)

    def to_json(self) -> dict[str, Any]:
        """The ledger as `standoff-ledger/1`: plain dicts and lists."""
        lists = {name: [asdict(entry) for entry in getattr(self, name)] for name in ENTRY_TYPES}
        return {"format": FORMAT, "document": self.document.to_json(), **lists}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Ledger":
        """Read `standoff-ledger/1`; unknown fields are ignored. Raises InputError on another format."""
        if data.get("format") != FORMAT:
            raise InputError(f"no {FORMAT} ledger: format is {data.get('format')!r}")
        document = Report.from_json(data["document"])
        lists: dict[str, Any] = {
            name: tuple(_entry(kind, item, document.id) for item in data.get(name, ()))
            for name, kind in ENTRY_TYPES.items()
        }
        return cls(document, **lists)


ENTRY_TYPES: dict[str, type] = {
    "actors": Actor,
    "statements": Statement,
    "positions": Position,
    "preconditions": Precondition,
    "meetings": Meeting,
}


def _entry(kind: type[Entry], item: Mapping[str, Any], where: str) -> Entry:
    known = {f.name: _frozen(item[f.name]) for f in fields(kind) if f.name in item}  # type: ignore[arg-type]
    try:
        return kind(**known)
    except TypeError as error:
        raise InputError(
            f"{where}: a {kind.__name__.lower()} of the ledger is not complete: {error}"
        ) from error


def _frozen(value: Any) -> Any:
    """Lists of JSON as the tuples of the frozen types."""
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
