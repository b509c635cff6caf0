"""A case file and a moment go in; the facts that hold then and the entries that stand come out, as they are stored."""

import json
import sqlite3
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from standoff.case.schema import LIVE, NOW
from standoff.ledger import Span

Facts = dict[str, dict[str, dict[str, str]]]
"""Kind → subject → field → value that holds."""


@dataclass(frozen=True, slots=True)
class Row:
    """An entry that stands, before its references are resolved. `review`: one of `snapshot.REVIEWS`.

    coder: who corrected or added it; empty where its words are the machine's.
    """

    number: int
    report: str
    kind: str
    span: Span
    body: dict[str, Any]
    review: str
    coder: str

    @property
    def id(self) -> str:
        """The id of the entry in the case."""
        return f"e{self.number}"


def facts_at(connection: sqlite3.Connection, at: str = NOW, which: str = "1") -> Facts:
    """The facts that hold after an action, all or those that meet an SQL condition on `fact`."""
    found: Facts = defaultdict(lambda: defaultdict(dict))
    rows = connection.execute(
        f"WITH alive AS ({LIVE.format(at=at)}) SELECT kind, subject, field, value, MAX(fact.id) FROM fact "
        f"{_joined(which)} alive ON alive.id = fact.action WHERE {which} GROUP BY kind, subject, field"
    )
    for kind, subject, field, value, _ in rows:
        if value is not None:
            found[kind][subject][field] = value
    return found


def _joined(which: str) -> str:
    """How rows meet the actions in force: few rows each look up their action, of many SQLite chooses the order."""
    return "JOIN" if which == "1" else "CROSS JOIN"


def rows_at(connection: sqlite3.Connection, facts: Facts, at: str = NOW, which: str = "1") -> list[Row]:
    """The entries that stand after an action: of the latest reading, or reviewed, or added; not rejected; not blind.

    which: an SQL condition on `report`; `facts` must then hold those of these reports at least.
    """
    alive = f"WITH alive AS ({LIVE.format(at=at)}) "
    join = _joined(which)
    latest = {
        number
        for number, _ in connection.execute(
            alive + f"SELECT MAX(reading.id), report FROM reading {join} alive ON alive.id = reading.action "
            f"WHERE {which} GROUP BY report"
        )
    }
    reviews = {
        entry: (verdict, json.loads(patch), coder)
        for entry, verdict, patch, coder, _ in connection.execute(
            alive + f"SELECT entry, verdict, patch, coder, MAX(review.id) FROM review "
            f"{join} alive ON alive.id = review.action WHERE blind = 0 "
            f"AND ({which == '1'} OR entry IN (SELECT id FROM entry WHERE {which})) GROUP BY entry"
        )
        if verdict != "open"
    }
    rows = []
    for number, report, reading, coder, blind, kind, start, end, body in connection.execute(
        alive + 'SELECT e.id, e.report, e.reading, e.coder, e.blind, e.kind, e.start, e."end", e.body FROM entry e '
        f"{join} alive ON alive.id = e.action WHERE {which} ORDER BY e.id"
    ):
        verdict, patch, reviewer = reviews.get(number, ("", {}, ""))
        if verdict == "rejected" or facts["report"].get(report, {}).get("in") != "1":
            continue
        if not verdict:
            if reading is not None and reading not in latest:
                continue
            if reading is None and blind:
                continue
            same = facts["entry"].get(f"e{number}", {}).get("same_as")
            if same is not None and int(same[1:]) in reviews:
                continue
        review = "added" if reading is None else verdict or "machine"
        content = json.loads(body) | patch
        span = tuple(content.pop("evidence", (start, end)))
        decided = coder if reading is None else reviewer if verdict == "corrected" else ""
        rows.append(Row(number, report, kind, (span[0], span[1]), content, review, decided))
    return rows
