"""Reports go in, one after the other; the case keeps each text once, and reads those that are worth it."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from standoff.actors import KnownActor, parse_known
from standoff.case.codebook import code
from standoff.case.gatherings import gather
from standoff.case.readings import model_version, record_reading
from standoff.case.screening import Screen
from standoff.case.snapshot import Source
from standoff.case.state import sources
from standoff.case.store import Case, person
from standoff.errors import StandoffError
from standoff.ledger import Ledger
from standoff.report import Report

BATCH = 100
"""Reports stored in one transaction: a commit waits for the disk."""

Progress = Callable[[str, int, int], None]
"""What is being done, how many are done, of how many (0: not known)."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of reports: ids of new ones, of those whose text the case had, of those read; what went wrong.

    action: the number in the log, None if nothing was new.
    """

    new: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    errors: tuple[StandoffError, ...] = ()
    action: int | None = None


def silent(what: str, done: int, whole: int) -> None:
    """No progress is shown."""


def add(
    case: Case, items: Iterable[Report | StandoffError], by: str = "", why: str = "", progress: Progress = silent
) -> Added:
    """Put reports into the case and read those that count; errors among the items are handed on.

    A text that is in the case already adds nothing, under whatever name it comes. What is stored stays stored if the
    rest fails; adding the same again goes on from there.
    """
    stored = store(case, items, by, why, progress)
    read = tuple(read_unread(case, stored.action, progress))
    connect(case, stored.action, progress)
    return replace(stored, read=read)


def connect(case: Case, part_of: int | None = None, progress: Progress = silent) -> None:
    """Meetings and issues that were read but not yet connected across reports are assigned to those of the case."""
    progress("connecting", 0, 2)
    gather(case, part_of)
    progress("connecting", 1, 2)
    code(case, part_of)
    progress("connecting", 2, 2)


def store(
    case: Case, items: Iterable[Report | StandoffError], by: str = "", why: str = "", progress: Progress = silent,
    part_of: int | None = None,
) -> Added:  # fmt: skip
    """As `add`, but nothing is read yet: reports are kept, compared with earlier ones, and scored for relevance.

    part_of: the action that the adding belongs to, and is undone with.
    """
    action: int | None = None
    new: list[str] = []
    known: list[str] = []
    errors: list[StandoffError] = []
    screen = Screen(case)
    texts = _texts(case)
    for batch in _batches(items):
        errors += [item for item in batch if isinstance(item, StandoffError)]
        fresh = []
        for report in (item for item in batch if isinstance(item, Report)):
            if report.sha256 in texts:
                known.append(texts[report.sha256])
            else:
                texts[report.sha256] = report.id
                fresh.append(report)
        if fresh:
            action = _store(case, fresh, screen, action, person(by), why, new, part_of)
        progress("storing", len(new) + len(known), 0)
    return Added(tuple(new), tuple(known), (), tuple(errors), action)


def _batches(items: Iterable[Report | StandoffError]) -> Iterator[list[Report | StandoffError]]:
    batch: list[Report | StandoffError] = []
    for item in items:
        batch.append(item)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _texts(case: Case) -> dict[str, str]:
    """The id of each report of the case by the SHA-256 of its text."""
    with case.looking() as connection:
        return dict(
            connection.execute(
                "SELECT r.sha256, r.id FROM report r JOIN current c ON c.kind = 'report' AND c.subject = r.id "
                "AND c.field = 'in' AND c.value = '1'"
            )
        )


def _store(
    case: Case, reports: list[Report], screen: Screen, action: int | None, by: str, why: str, new: list[str],
    part_of: int | None,
) -> int:  # fmt: skip
    """One transaction; the number of the action, which is made with the first."""
    about = reports[0].id if len(reports) == 1 else f"{reports[0].id} and others"
    stored = []
    with case.action(by, "add", about, why, part_of) if action is None else case.resume(action) as step:
        for report in reports:
            row = step.connection.execute("SELECT id FROM report WHERE sha256 = ?", (report.sha256,)).fetchone()
            if row is not None:  # it was here before, and that was undone
                report = replace(report, id=row[0])
            else:
                report = replace(report, id=_free_id(step.connection, report.id))
                step.insert(
                    "report", id=report.id, sha256=report.sha256, text=report.text, title=report.title,
                    published=report.published, publisher=report.publisher, url=report.url,
                )  # fmt: skip
            step.fact("report", report.id, "in", "1")
            screen.screen(step, report)
            stored.append(report.id)
    new += stored
    return step.id


def _free_id(connection: sqlite3.Connection, id_: str) -> str:
    candidate, number = id_, 1
    while connection.execute("SELECT 1 FROM report WHERE id = ?", (candidate,)).fetchone():
        number += 1
        candidate = f"{id_}-{number}"
    return candidate


def read_unread(case: Case, part_of: int | None = None, progress: Progress = silent) -> Iterator[str]:
    """Read the reports that count and were not read yet; the id of each, once it is recorded."""
    yield from read_all(case, unread(case), part_of, progress)


def unread(case: Case, known: tuple[Source, ...] | None = None) -> list[Report]:
    """The reports that count and were not read yet, in order. known: the reports of the case, if they are at hand."""
    with case.looking() as connection:
        done = {row[0] for row in connection.execute("SELECT report FROM reading r JOIN live ON live.id = r.action")}
        found = sources(case) if known is None else known
        return [source.report for source in found if source.counts and source.id not in done]


def read_all(case: Case, reports: list[Report], part_of: int | None, progress: Progress) -> Iterator[str]:
    """Read reports, whether they count or not; the id of each once it is recorded. What was read is left alone.

    A report is read outside of any transaction, so that others can write; who was quicker has read it.
    """
    known = known_actors(case)
    for number, report in enumerate(reports, 1):
        progress("reading", number, len(reports))
        if _was_read(case, report.id):
            continue
        ledger = read_report(report, known)
        with case.writing():
            if _was_read(case, report.id):
                continue
            record_reading(case, ledger, model_version(), part_of)
        yield report.id


def _was_read(case: Case, report: str) -> bool:
    with case.looking() as connection:
        row = connection.execute(
            "SELECT 1 FROM reading r JOIN live ON live.id = r.action WHERE r.report = ?",
            (report,),
        ).fetchone()
    return row is not None


def read_report(report: Report, known: tuple[KnownActor, ...] = ()) -> Ledger:
    """The machine's ledger of a report. known: actors that are named beforehand."""
    from standoff.reading.read import read

    return read(report, known)


def name_actors(case: Case, text: str, where: str, by: str = "", why: str = "") -> int:
    """Name beforehand the actors that every later reading is to know (a file of `docs/actors.md`); how many.

    Raises InputError, naming `where`, if the text is no such file.
    """
    known = parse_known(text, where)
    with case.action(person(by), "name actors", where, why) as action:
        action.fact("case", "", "actors", text)
    return len(known)


def known_actors(case: Case) -> tuple[KnownActor, ...]:
    """The actors that were named beforehand."""
    text = case.setting("actors")
    return parse_known(text, f"{case.path}: actors") if text else ()
