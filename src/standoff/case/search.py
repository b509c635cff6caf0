"""Words go in; the places of the case where they stand come out: in texts, entries, names of parties and concepts."""

import re
import sqlite3
from dataclasses import dataclass

from standoff.case.snapshot import Entry, Snapshot
from standoff.case.state import snapshot
from standoff.case.store import Case
from standoff.errors import InputError
from standoff.ledger import Span

AROUND = 60
"""Characters shown on each side of a hit."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the words stand. kind: `report`, a kind of entry, `party` or `concept`; start, end: in the text.

    id: of the report, entry, party or concept. For the last two start and end are 0.
    """

    kind: str
    id: str
    report: str
    date: str | None
    start: int
    end: int
    words: str


def search(case: Case, query: str, most: int = 50, state: Snapshot | None = None) -> list[Hit]:
    """Hits in texts, entries, names of parties and concepts, best first. All words must be there; "a phrase", prefix*.

    Case and accents do not matter. state: that of the case now, if it is at hand. Raises InputError for a query
    without any word.
    """
    match = fts_query(query)
    with case.looking() as connection:
        state = state or snapshot(case)
        hits = _in_texts(connection, state, match, most)
        hits += _in_entries(connection, state, match, most)
    wanted = [term.casefold() for term in re.findall(r"\w+", query)]
    for party in state.parties:
        if all(term in party.name.casefold() for term in wanted):
            hits.append(Hit("party", party.id, "", None, 0, 0, party.name))
    for concept in state.concepts:
        if all(term in f"{concept.name} {concept.description}".casefold() for term in wanted):
            hits.append(Hit("concept", concept.id, "", None, 0, 0, concept.name))
    return hits


def fts_query(query: str) -> str:
    """The words of a query as FTS5 understands them: every one quoted, so that nothing in it is taken for syntax."""
    query = query.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")  # SQLite's strings end at a NUL
    terms = re.findall(r'"([^"]*)"|(\S+)', query)
    found = []
    for phrase, word in terms:
        text = phrase or word
        prefix = bool(word) and word.endswith("*")
        if re.search(r"\w", text):
            escaped = text.rstrip("*").replace('"', '""')
            found.append(f'"{escaped}"{"*" if prefix else ""}')
    if not found:
        raise InputError(f"{query!r}: no word to look for")
    return " ".join(found)


def _in_texts(connection: sqlite3.Connection, state: Snapshot, match: str, most: int) -> list[Hit]:
    hits: list[Hit] = []
    best = "SELECT rowid FROM report_words WHERE report_words MATCH ? ORDER BY rank, rowid"
    where = (
        "SELECT r.id, highlight(report_words, 1, char(1), char(2)) FROM report_words "
        "JOIN report r ON r.number = report_words.rowid WHERE report_words MATCH ? AND report_words.rowid = ?"
    )  # to mark the words in every text before the best are chosen would take long
    for (number,) in connection.execute(best, (match,)):
        id_, marked = connection.execute(where, (match, number)).fetchone()
        source = state.source_by_id.get(id_)
        if source is None:
            continue
        text = source.report.text
        start, end = _first(marked) if "\x01" not in text and "\x02" not in text else (0, 0)
        first, last = _around(text, start, end)
        shown = " ".join(text[first:last].split())
        hits.append(Hit("report", id_, id_, source.report.published, start, end, shown))
        if len(hits) == most:
            break
    return hits


def _around(text: str, start: int, end: int) -> Span:
    """The hit with some whole words on each side."""
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    if first:
        first = text.find(" ", first, start) + 1 or first
    if last < len(text):
        last = max(text.rfind(" ", end, last), end)
    return first, last


def _first(marked: str) -> tuple[int, int]:
    """The first hit's place in the text without marks; (0, 0) if only the title has the words."""
    start = marked.find("\x01")
    return (0, 0) if start < 0 else (start, marked.find("\x02", start) - 1)


def _in_entries(connection: sqlite3.Connection, state: Snapshot, match: str, most: int) -> list[Hit]:
    hits: list[Hit] = []
    known: dict[str, dict[str, Entry]] = {}  # by report
    for number, kind, report in connection.execute(
        "SELECT e.id, e.kind, e.report FROM entry_words JOIN entry e ON e.id = entry_words.rowid "
        "WHERE entry_words MATCH ? ORDER BY rank, e.id",
        (match,),
    ):
        if report not in known:
            there = state.entries_in(report) if report in state.source_by_id else []
            known[report] = {entry.id: entry for entry in there}
        entry = known[report].get(f"e{number}")
        if entry is not None:
            words = " ".join(state.quote(entry.report, entry.evidence).split())
            hits.append(Hit(kind, entry.id, entry.report, entry.date, *entry.evidence, words))
            if len(hits) == most:
                break
    return hits
