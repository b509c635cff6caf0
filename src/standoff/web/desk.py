"""An open case goes in; what the pages ask of it comes out, computed once for each state of the case.

Two connections: decisions are written through one, pages are read through the other, so that neither waits long for
the other's lock.
"""

import hashlib
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from standoff.case.adding import connect
from standoff.case.snapshot import Snapshot
from standoff.case.state import snapshot
from standoff.case.store import Case, person
from standoff.case.store import open as open_case
from standoff.errors import StandoffError
from standoff.web.answers import Answers

LOG = logging.getLogger("standoff.desk")
Value = TypeVar("Value")

MOMENTS = 4
"""Earlier states that are kept for the briefs of those who look in turn."""


@dataclass(repr=False, eq=False)
class Desk:
    """One case on one desk. `by`: in whose name decisions are recorded. Close it at the end."""

    path: Path
    case: Case
    reading: Case
    by: str
    _worker: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "connecting"))
    _lock: threading.RLock = field(default_factory=threading.RLock)
    answers: Answers = field(default_factory=Answers)
    _of: Snapshot | None = None
    _results: dict[str, Any] = field(default_factory=dict)
    _moments: OrderedDict[tuple[int, int], Snapshot] = field(default_factory=OrderedDict)

    def close(self) -> None:
        """Wait for what runs, then close both connections; what was recorded is on disk already."""
        self._worker.shutdown()
        self.case.close()
        self.reading.close()

    def name(self) -> str:
        """The name of the case."""
        return self.reading.setting("name") or self.path.stem

    def key(self) -> str:
        """What tells this case from others in the same browser: decisions that still wait go to their own case only."""
        return hashlib.sha256(str(self.path.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]

    def state(self) -> Snapshot:
        """The case as it stands now."""
        with self._lock:
            return snapshot(self.reading)

    def result(self, name: str, make: Callable[[Snapshot], Value]) -> Value:
        """What an analysis makes of the case as it stands; computed once for each state. name: names `make`."""
        with self._lock:
            state = self.state()
            if self._of is not state:
                self._of, self._results = state, {}
            if name not in self._results:
                self._results[name] = make(state)
            value: Value = self._results[name]
            return value

    def connect_later(self) -> None:
        """Give entries that were added by hand their meetings and concepts, without making anybody wait for it."""
        self._worker.submit(self._connect)

    def _connect(self) -> None:
        try:
            with open_case(self.path) as case:  # a connection of its own: the others stay free for decisions
                connect(case)
        except StandoffError as error:  # what is not connected now is with the next entry
            LOG.warning("entries are not connected yet: %s", error)

    def state_after(self, action: int) -> Snapshot:
        """The case as it stood after an action; an undo may change that too, so it is kept per version of the case."""
        with self._lock:
            key = (action, self.reading.version())
            if key not in self._moments:
                self._moments[key] = snapshot(self.reading, action)
                while len(self._moments) > MOMENTS:
                    self._moments.popitem(last=False)
            return self._moments[key]


def open_desk(path: Path, by: str = "") -> Desk:
    """Open a case for the desk. Raises CaseError if it is no case, or the name is the machine's."""
    name = person(by)
    case = open_case(path)
    try:
        return Desk(path, case, open_case(path), name)
    except BaseException:
        case.close()
        raise
