"""Reports go in, one after the other; the case keeps each text once, and reads those that are worth it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from standoff.case.readings import model_version, record_reading
from standoff.case.store import Case, user
from standoff.errors import StandoffError
from standoff.ledger import Ledger
from standoff.report import Report

BATCH = 100
"""Reports stored in one transaction: a commit waits for the disk."""

Progress = Callable[[str, int, int], None]
"""What is being done, how many are done, of how many."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of reports: ids of new ones, of texts that the case had, of those that were read; what went wrong."""

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
    action: int | None = None
    new: list[str] = []
    known: list[str] = []
    errors: list[StandoffError] = []
    for batch in _batches(items):
        reports = [item for item in batch if isinstance(item, Report)]
        errors += [item for item in batch if isinstance(item, StandoffError)]
        fresh = _fresh(case, reports, known)
        if fresh:
            action = _store(case, fresh, action, by or user(), why, new)
        progress("storing", len(new) + len(known), 0)
    read = tuple(read_unread(case, action, progress))
    return Added(tuple(new), tuple(known), read, tuple(errors), action)


def _batches(items: Iterable[Report | StandoffError]) -> Iterator[list[Report | StandoffError]]:
    batch: list[Report | StandoffError] = []
    for item in items:
        batch.append(item)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _fresh(case: Case, reports: list[Report], known: list[str]) -> list[Report]:
    """Those whose text is not in the case, each once; the others' ids go to `known`."""
    fresh: dict[str, Report] = {}
    with case.looking() as connection:
        for report in reports:
            row = connection.execute(
                "SELECT report.id FROM report JOIN current c ON c.kind = 'report' AND c.subject = report.id "
                "AND c.field = 'in' AND c.value = '1' WHERE sha256 = ?",
                (report.sha256,),
            ).fetchone()
            if row is not None or report.sha256 in fresh:
                known.append(row[0] if row is not None else fresh[report.sha256].id)
            else:
                fresh[report.sha256] = report
    return list(fresh.values())


def _store(case: Case, reports: list[Report], action: int | None, by: str, why: str, new: list[str]) -> int:
    step = case.action(by, "add", f"{reports[0].id} …", why) if action is None else case.resume(action)
    stored = []
    with step as open_action:
        connection = open_action.connection
        for report in reports:
            row = connection.execute("SELECT id FROM report WHERE sha256 = ?", (report.sha256,)).fetchone()
            if row is not None:  # it was here before and was undone
                id_ = row[0]
            else:
                id_ = _free_id(connection, report.id)
                open_action.insert(
                    "report", id=id_, sha256=report.sha256, text=report.text, title=report.title,
                    published=report.published, publisher=report.publisher, url=report.url,
                )  # fmt: skip
            open_action.fact("report", id_, "in", "1")
            stored.append(id_)
    new += stored
    return open_action.id


def _free_id(connection: object, id_: str) -> str:
    candidate, number = id_, 1
    while connection.execute("SELECT 1 FROM report WHERE id = ?", (candidate,)).fetchone():  # type: ignore[attr-defined]
        number += 1
        candidate = f"{id_}-{number}"
    return candidate


def read_unread(case: Case, part_of: int | None = None, progress: Progress = silent) -> Iterator[str]:
    """Read the reports that count and that nobody has read yet; the id of each, once it is recorded."""
    from standoff.case.state import snapshot

    with case.looking() as connection:
        done = {
            row[0] for row in connection.execute("SELECT report FROM reading JOIN live ON live.id = reading.action")
        }
    waiting = [source.report for source in snapshot(case).sources if source.counts and source.id not in done]
    for number, report in enumerate(waiting, 1):
        progress("reading", number, len(waiting))
        record_reading(case, read_report(report), model_version(), part_of)
        yield report.id


def read_report(report: Report) -> Ledger:
    """The machine's ledger of a report."""
    from standoff.reading.read import read

    return read(report)
