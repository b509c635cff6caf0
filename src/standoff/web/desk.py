"""An open case goes in; what the pages ask of it comes out, fresh where it can be, and never late.

Two connections: decisions are written through one, pages are read through the other, so that neither waits for the
other's lock. The state follows each decision at once. What analyses make of it is computed once for each state; where
that takes long, a page is given the answer for the state before, marked as behind, while the new one is computed.
"""

import gc
import hashlib
import logging
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from standoff.case.adding import connect
from standoff.case.following import Followed, follow
from standoff.case.snapshot import Snapshot
from standoff.case.state import snapshot
from standoff.case.store import Case, person
from standoff.case.store import open as open_case
from standoff.errors import StandoffError
from standoff.web.answers import Answers
from standoff.web.intake import Intake
from standoff.web.shown import Shown

LOG = logging.getLogger("standoff.desk")
Value = TypeVar("Value")

PATIENCE = 0.1
"""Seconds that a page waits for a new answer before it takes the one before: a third of what a page may take."""

FIRST = 2.0
"""How many times as long it waits where there is no answer from before."""


SWITCH = 0.0005
"""Seconds after which a thread at work lets another one go on. Python's usual 5 ms would be waited for anew at each row
that a page reads out of the case while an analysis runs."""

COLLECT = (50_000, 20, 100)
"""When Python looks for dead rings of objects (`gc.set_threshold`): to go through all of a large case takes as long as
half a page may take, nothing else goes on meanwhile, and hardly anything here is such a ring."""


class NotYetError(Exception):
    """There is no answer yet, not even one for an earlier state; it is being worked out."""


MOST_KEPT = 64
"""Answers kept; each is for one question with its particulars (a day, a party)."""


class Work:
    """One state, and what was found out about it so far. Questions share what they have in common."""

    def __init__(self, state: Snapshot) -> None:
        self.state = state
        self._found: dict[str, Any] = {}

    def once(self, name: str, make: Callable[[Snapshot], Value]) -> Value:
        """What `make` makes of the state; computed once. name: names `make`."""
        if name not in self._found:
            self._found[name] = make(self.state)
        value: Value = self._found[name]
        return value


@dataclass(frozen=True)
class Asked(Generic[Value]):
    """An answer, the state that it is for, and whether the case has gone on since."""

    state: Snapshot
    value: Value
    behind: bool = False


@dataclass(repr=False, eq=False)
class Desk:
    """One case on one desk. `by`: in whose name decisions are recorded; `model`: a conflict to show, not a draft;
    `blind`: it is for coding blind, and shows nothing else.

    Close it at the end.
    """

    path: Path
    case: Case
    reading: Case
    by: str
    patience: float | None = PATIENCE
    model: Path | None = None
    blind: bool = False
    answers: Answers = field(default_factory=Answers)
    shown: Shown = field(default_factory=Shown)
    intake: Intake = field(init=False)
    _connector: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "connecting"))
    _follower: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "following"))
    _thinker: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "thinking"))
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _followed: Followed | None = None
    _work: Work | None = None
    _past: dict[int, Snapshot] = field(default_factory=dict)
    _kept: OrderedDict[str, Asked[Any]] = field(default_factory=OrderedDict)
    _pending: dict[str, "Future[Asked[Any]]"] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.intake = Intake(self.path)

    def close(self) -> None:
        """Wait for what runs, then close both connections; what was recorded is on disk already."""
        self.intake.close()
        for pool in (self._connector, self._thinker, self._follower):
            pool.shutdown(cancel_futures=True)
        self.case.close()
        self.reading.close()

    def name(self) -> str:
        """The name of the case."""
        return (self._followed.state.name if self._followed else self.case.setting("name")) or self.path.stem

    def key(self) -> str:
        """What tells this case from others in the same browser: decisions that still wait go to their own case only."""
        return hashlib.sha256(str(self.path.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]

    def state(self) -> Snapshot:
        """The case as it stands now, with every decision that was stored before this call."""
        return self._follower.submit(self._follow).result()

    def ask(self, name: str, make: Callable[[Work], Value]) -> Asked[Value]:
        """What an analysis makes of the case: of its state now, or of the one before if that would take long.

        name: names the question with its particulars; the same name must mean the same `make`. Raises NotYetError if
        there is no answer, old or new, within the desk's patience (None: it waits for the new one).
        """
        return self._asked(name, make, self.patience)

    def newest(self, name: str, make: Callable[[Work], Value]) -> Asked[Value]:
        """As `ask`, but what comes is never behind, however long it takes: for files that people keep."""
        return self._asked(name, make, None)

    def _asked(self, name: str, make: Callable[[Work], Value], patience: float | None) -> Asked[Value]:
        first = 1.0 if name in self._kept else FIRST
        until = None if patience is None else time.monotonic() + patience * first
        newest = self._follower.submit(self._follow)
        while True:
            kept = self._kept.get(name)
            if not wait([newest], _left(until)).done:
                break
            if kept is not None and kept.state is newest.result():
                return _told(kept)
            answering = self._answering(name, make)
            if not wait([answering], _left(until)).done:
                break
            answer = answering.result()
            if answer.state is newest.result():
                return _told(answer)
            newest = self._follower.submit(self._follow)  # somebody decided meanwhile
        if kept is None:
            self._answering(name, make)
            raise NotYetError(name)
        return replace(_told(kept), behind=True)

    def connect_later(self) -> None:
        """Give entries that were added by hand their meetings and concepts, without making anybody wait for it."""
        self._connector.submit(self._connect)

    def think_ahead(self, make: Callable[[Work], object]) -> None:
        """Work something out before somebody asks for it. What is there then stays, and is not gone through again."""

        def ahead(work: Work) -> None:
            make(work)
            gc.freeze()

        self._answering("ahead", ahead)

    def state_after(self, action: int) -> Snapshot:
        """The case as it stood after an action: of a past that later steps, even an undo, do not change."""
        if action not in self._past:
            with open_case(self.path) as case:  # a connection of its own: the others stay free
                self._past = {action: snapshot(case, action)}
        return self._past[action]

    def _follow(self) -> Snapshot:
        self._followed = follow(self.reading, self._followed)
        return self._followed.state

    def _answering(self, name: str, make: Callable[[Work], Value]) -> "Future[Asked[Value]]":
        with self._lock:
            if name not in self._pending:
                self._pending[name] = self._thinker.submit(self._answer, name, make)
            return self._pending[name]

    def _answer(self, name: str, make: Callable[[Work], Value]) -> Asked[Value]:
        try:
            state = self.state()
            if self._work is None or self._work.state is not state:
                self._work = Work(state)
            try:
                answer: Asked[Any] = Asked(state, make(self._work))
            except StandoffError as error:  # that there is no answer is an answer, for this state
                answer = Asked(state, error)
            with self._lock:
                self._kept[name] = answer
                self._kept.move_to_end(name)
                while len(self._kept) > MOST_KEPT:
                    self._kept.popitem(last=False)
            return answer
        finally:
            with self._lock:
                self._pending.pop(name, None)

    def _connect(self) -> None:
        try:
            with open_case(self.path) as case:  # a connection of its own: the others stay free for decisions
                connect(case)
        except StandoffError as error:  # what is not connected now is with the next entry
            LOG.warning("entries are not connected yet: %s", error)


def _told(answer: Asked[Value]) -> Asked[Value]:
    """The answer; raises it if it is an error."""
    if isinstance(answer.value, StandoffError):
        raise answer.value
    return answer


def _left(until: float | None) -> float | None:
    """Seconds until a moment; None for no end."""
    return None if until is None else max(0.0, until - time.monotonic())


def open_desk(path: Path, by: str = "") -> Desk:
    """Open a case for the desk. Raises CaseError if it is no case, or the name is the machine's."""
    sys.setswitchinterval(SWITCH)
    gc.set_threshold(*COLLECT)
    name = person(by)
    case = open_case(path)
    try:
        case.is_sound()  # looked through now, not at the first step; of a damaged one the steps are refused
        return Desk(path, case, open_case(path), name)
    except BaseException:
        case.close()
        raise
