"""Networks from a case: its snapshot comes in, its positions as coded statements go out.

What a person codes by hand elsewhere, the case already holds. Each counted position (not rejected, of a relevant
report, each syndicated text once) that has a date is one statement with these variables:

- `party`: the camp of the holder, the actor at the end of the chain of whom it speaks for;
- `holder`: the holder itself; `person`: the person who stated it, or who holds it ("" if none);
- `concept`: its code ("" if it is not coded); `target`: of whom it is asked ("" if of nobody);
- `act`: demand, commit, refuse, support or oppose; `agreement`: 0 for refuse and oppose, 1 for the others;
- `review`: machine, accepted, corrected or added; `entry`: its id in the case;
- of the report: `document:source` (publisher), `document:id`, `document:title`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from standoff.analysis.networks.coded import CodedStatements, factored
from standoff.case.snapshot import Concept, Party, PositionEntry, Snapshot
from standoff.errors import InputError

AGAINST = frozenset({"refuse", "oppose"})
"""Acts that turn a concept down; all others want it."""

EPOCH = date(1970, 1, 1).toordinal()


def from_snapshot(snapshot: Snapshot) -> CodedStatements:
    """The positions as coded statements, in order of date, report and place.

    Raises InputError if the case holds no counted position with a date.
    """
    entries = [entry for entry in snapshot.counted_positions() if entry.date is not None]
    name = snapshot.name or "the case"
    if not entries:
        raise InputError(
            f"{name}: no position to make a network of ({len(snapshot.positions)} positions, "
            f"{undated(snapshot)} of relevant reports without a date)"
        )
    order = {source.id: number for number, source in enumerate(snapshot.sources, 1)}
    time = np.array([_seconds(entry) for entry in entries], dtype=np.int64)
    document = np.array([order[entry.report] for entry in entries], dtype=np.int64)
    start, stop = (np.array([entry.evidence[end] for entry in entries], dtype=np.int64) for end in (0, 1))
    # places in the snapshot are in order of date already: a stable sort keeps its order within a place
    rows = np.lexsort((np.arange(len(entries)), stop, start, document, time))
    entries = [entries[row] for row in rows]
    parties = _names(snapshot.parties)
    values = _values(snapshot, entries, parties)
    days = [_day(source.report.published) for source in snapshot.sources if source.counts and source.report.published]
    return CodedStatements(
        np.arange(1, len(entries) + 1, dtype=np.int64),
        *(time[rows], document[rows], start[rows], stop[rows], np.zeros(len(entries), dtype=np.int64)),
        columns={key: factored(key, kind, column) for key, (kind, column) in values.items()},
        first=min([int(time.min()), *days]),
        last=max([int(time.max()), *days]),
        entities={key: _attributes(snapshot.parties, parties) for key in ("party", "holder", "person", "target")},
        texts=np.array([snapshot.quote(entry.report, entry.evidence) for entry in entries], dtype=object),
        name=name,
    )


def undated(snapshot: Snapshot) -> int:
    """How many counted positions have no date, and so no place in a network over time."""
    return sum(entry.date is None for entry in snapshot.counted_positions())


def _day(iso: str) -> int:
    return (date.fromisoformat(iso).toordinal() - EPOCH) * 86_400


def _seconds(entry: PositionEntry) -> int:
    if entry.date is None:
        raise InputError(f"{entry.id}: no date")
    return _day(entry.date)


def _names(things: Iterable[Party] | Iterable[Concept]) -> dict[str, str]:
    """Id → name, with the id behind it where two things bear one name."""
    names = {thing.id: thing.name for thing in things}
    count = Counter(names.values())
    return {id_: name if count[name] == 1 else f"{name} ({id_})" for id_, name in names.items()}


def _values(
    snapshot: Snapshot, entries: list[PositionEntry], parties: Mapping[str, str]
) -> dict[str, tuple[str, list[Any]]]:
    concepts = _names(snapshot.concepts)
    reports = [snapshot.source_by_id[entry.report].report for entry in entries]
    return {
        "party": ("short text", [parties[snapshot.camp(e.holder)] if e.holder in parties else "" for e in entries]),
        "holder": ("short text", [parties.get(e.holder, "") for e in entries]),
        "person": ("short text", [_person(snapshot, e, parties) for e in entries]),
        "concept": ("short text", [concepts.get(e.concept or "", "") for e in entries]),
        "target": ("short text", [parties.get(e.target or "", "") for e in entries]),
        "act": ("short text", [e.act for e in entries]),
        "agreement": ("boolean", [int(e.act not in AGAINST) for e in entries]),
        "review": ("short text", [e.review for e in entries]),
        "entry": ("short text", [e.id for e in entries]),
        "document:source": ("document", [report.publisher or "" for report in reports]),
        "document:id": ("document", [report.id for report in reports]),
        "document:title": ("document", [report.title or "" for report in reports]),
    }


def _person(snapshot: Snapshot, entry: PositionEntry, parties: Mapping[str, str]) -> str:
    for who in (entry.stated_by, entry.holder):
        party = snapshot.party_by_id.get(who or "")
        if party is not None and party.kind == "person":
            return parties[party.id]
    return ""


def _attributes(parties: Iterable[Party], names: Mapping[str, str]) -> pd.DataFrame:
    rows = [(names[party.id], "#000000", party.kind, party.iso3 or "") for party in parties]
    rows.sort()
    frame = pd.DataFrame(rows, columns=["value", "color", "kind", "iso3"])
    frame.insert(0, "ID", np.arange(1, len(frame) + 1))
    return frame
