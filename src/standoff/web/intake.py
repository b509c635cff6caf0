"""Reports that are given to the desk go in; each is kept at once and read behind the scenes; how far it is comes out.

What is kept is in the case file before it is told. Readings are recorded whole or not at all, one report after the
other; what is not read when the desk ends is read when somebody asks for it the next time.
"""

import logging
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from standoff.case.adding import connect, read_all, store, unread
from standoff.case.snapshot import Source
from standoff.case.state import sources
from standoff.case.store import Case
from standoff.case.store import open as open_case
from standoff.errors import StandoffError
from standoff.report import Report

LOG = logging.getLogger("standoff.desk")

STATES = {
    "waiting": "waits to be read", "reading": "is being read", "read": "read", "known": "was in the case already",
    "copy": "repeats another report", "apart": "not about the negotiation", "wrong": "went wrong",
}  # fmt: skip
"""What becomes of something that was given → its name on the page."""

MOST_TOLD = 400
"""Arrivals that the desk still tells of; those before are in the list of reports."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One report that was given to this desk, or what could not be made one. `said`: more than its state tells."""

    number: int
    name: str
    state: str
    report: str = ""
    said: str = ""


class Intake:
    """What was given to one desk since it was opened. Threads may share it. Close it at the end."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._arrivals: dict[int, Arrival] = {}
        self._number = 0
        self._lock = threading.Lock()
        self._reader = ThreadPoolExecutor(1, "reading")

    def close(self) -> None:
        """Wait for the report that is being read; the others are not begun."""
        self._reader.shutdown(cancel_futures=True)

    def arrivals(self) -> tuple[Arrival, ...]:
        """All that was given, the newest first."""
        with self._lock:
            return tuple(reversed(self._arrivals.values()))

    def busy(self) -> bool:
        """Whether something waits to be read, or is."""
        return any(one.state in ("waiting", "reading") for one in self.arrivals())

    def take(self, case: Case, items: Iterable[Report | StandoffError], by: str) -> tuple[Arrival, ...]:
        """Keep reports in the case and have those read that count. What each became is told; errors are among it.

        Raises CaseError if the case cannot be written; then nothing of it is kept.
        """
        stored = store(case, items, by)
        known = {source.id: source for source in sources(case)} if stored.new or stored.known else {}
        told = [self._kept(known[id_], known) for id_ in stored.new]
        told += [self._told(_name(known[id_]), "known", id_) for id_ in dict.fromkeys(stored.known)]
        told += [self._told(*_trouble(error)) for error in stored.errors]
        waiting = [(one.number, known[one.report].report) for one in told if one.state == "waiting"]
        self._read_later(waiting, stored.action)
        return tuple(told)

    def read_unread(self, case: Case, only: str | None = None) -> int:
        """Have every report read that counts and was not, or that one only; how many that are."""
        going = {one.report for one in self.arrivals() if one.state in ("waiting", "reading")}
        waiting = [report for report in unread(case) if report.id not in going and only in (None, report.id)]
        told = [(self._told(report.title or report.id, "waiting", report.id).number, report) for report in waiting]
        self._read_later(told, None)
        return len(told)

    def _kept(self, source: Source, known: dict[str, Source]) -> Arrival:
        if not source.relevant:
            return self._told(_name(source), "apart", source.id, f"scored {source.relevance:.2f}")
        if source.cluster != source.id:
            first = known.get(source.cluster)
            return self._told(_name(source), "copy", source.id, _name(first) if first else source.cluster)
        return self._told(_name(source), "waiting", source.id)

    def _told(self, name: str, state: str, report: str = "", said: str = "") -> Arrival:
        with self._lock:
            self._number += 1
            one = Arrival(self._number, name, state, report, said)
            self._arrivals[one.number] = one
            for number in list(self._arrivals)[: len(self._arrivals) - MOST_TOLD]:
                if self._arrivals[number].state not in ("waiting", "reading"):
                    del self._arrivals[number]
            return one

    def _now(self, number: int, state: str, said: str = "") -> None:
        with self._lock:
            self._arrivals[number] = replace(self._arrivals[number], state=state, said=said)

    def _read_later(self, reports: list[tuple[int, Report]], part_of: int | None) -> None:
        for number, report in reports:
            self._reader.submit(self._read, number, report, part_of)
        if reports:
            self._reader.submit(self._connect, part_of)

    def _read(self, number: int, report: Report, part_of: int | None) -> None:
        self._now(number, "reading")
        try:
            with open_case(self.path) as case:  # a connection of its own: the others stay free for decisions
                list(read_all(case, [report], part_of, lambda what, done, whole: None))
                self._now(number, "read", _found(case, report.id))
        except StandoffError as error:
            self._now(number, "wrong", f"kept, but not read: {error}")
        except Exception as error:  # whatever a text does to the reader: the next report is still read
            LOG.exception("%s: the reading failed", report.id)
            self._now(number, "wrong", f"kept, but the reader failed on it ({type(error).__name__}: {error})")

    def _connect(self, part_of: int | None) -> None:
        try:
            with open_case(self.path) as case:
                connect(case, part_of)
        except StandoffError as error:  # what is not connected now is with the next report
            LOG.warning("entries are not connected yet: %s", error)


def _name(source: Source) -> str:
    return source.report.title or source.id


def _trouble(error: StandoffError) -> tuple[str, str, str, str]:
    """Name, state, no report, cause, of an error that begins with the file it is about."""
    name, sign, cause = str(error).partition(": ")
    return (name, "wrong", "", cause) if sign else ("", "wrong", "", str(error))


def _found(case: Case, report: str) -> str:
    with case.looking() as connection:
        query = "SELECT COUNT(*) FROM entry e JOIN live ON live.id = e.action WHERE e.report = ?"
        count = connection.execute(query, (report,)).fetchone()[0]
    return "nothing found" if not count else "one entry" if count == 1 else f"{count} entries"
