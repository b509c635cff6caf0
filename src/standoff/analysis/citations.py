"""An entry of a snapshot goes in, a citation comes out: the words, where they stand, who reports them and when."""

from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from standoff.case.snapshot import Entry, Snapshot
from standoff.ledger import Span


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of a report. `start` and `end` count code points of its text; `entry` is the id of what cites them."""

    report: str
    title: str | None
    publisher: str | None
    published: str | None
    start: int
    end: int
    quote: str
    entry: str
    review: str = "machine"

    @property
    def place(self) -> str:
        """Where the words stand: `report:start-end`."""
        return f"{self.report}:{self.start}-{self.end}"


def cite(snapshot: Snapshot, entry: Entry, span: Span | None = None) -> Citation:
    """The citation of an entry: its evidence, or another span of its report."""
    start, end = span or entry.evidence
    report = snapshot.source_by_id[entry.report].report
    return Citation(
        report.id,
        report.title,
        report.publisher,
        report.published,
        start,
        end,
        report.text[start:end],
        entry.id,
        entry.review,
    )


def plain(value: Any) -> Any:
    """A result as JSON has it: dataclasses as dicts in the order of their fields, tuples as lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    return value


class Result:
    """What all results of an analysis can do."""

    __slots__ = ()

    def to_json(self) -> Any:
        """The result as plain dicts and lists."""
        return plain(self)
