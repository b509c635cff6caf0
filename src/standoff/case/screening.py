"""New reports in; whether they are about the negotiation, or repeat another, is recorded; people may overrule it."""

import sqlite3
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from standoff.case.copies import Trace, original, trace
from standoff.case.embedding import encoder_name
from standoff.case.relevance import DEFAULT_THRESHOLD, Topic, Vector, relevance, topic
from standoff.case.store import Action, Case, person
from standoff.errors import CaseError
from standoff.report import Report

IN = "SELECT 1 FROM current WHERE kind = 'report' AND subject = ? AND field = 'in' AND value = '1'"


class Screen:
    """What later reports are held against: the topic of the case, and the traces of the reports that it has."""

    def __init__(self, case: Case) -> None:
        self.topic = topic_of(case)
        self.ids: list[str] = []
        self.traces: list[Trace] = []
        self._signatures = np.empty((0, 0), dtype=np.uint64)
        with case.looking() as connection:
            for report, shingles, signature in connection.execute(
                "SELECT t.report, t.shingles, t.signature FROM trace t JOIN current c ON c.kind = 'report' "
                "AND c.subject = t.report AND c.field = 'in' AND c.value = '1' JOIN report r ON r.id = t.report "
                "ORDER BY r.number"
            ):
                self._keep(report, Trace(_hashes(shingles), _hashes(signature)))

    def _keep(self, report: str, seen: Trace) -> None:
        self.ids.append(report)
        self.traces.append(seen)

    def signatures(self) -> NDArray[np.uint64]:
        """The signatures of all traces as rows; made larger as reports come in."""
        if len(self._signatures) < len(self.traces):
            new = np.stack([seen.signature for seen in self.traces[len(self._signatures) :]])
            self._signatures = np.concatenate([self._signatures, new]) if len(self._signatures) else new
        return self._signatures

    def screen(self, action: Action, report: Report) -> None:
        """Record how relevant a report is and what it repeats."""
        connection = action.connection
        seen = trace(report.text)
        number = original(seen, self.traces, self.signatures() if self.traces else None)
        cluster = report.id if number is None else cluster_of(connection, self.ids[number])
        score, lead = relevance(report, self.topic, _leads(connection, (report.id,)).get(report.id))
        connection.execute(
            "INSERT INTO trace (report, shingles, signature, lead, encoder) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (report) DO UPDATE SET lead = excluded.lead, encoder = excluded.encoder",
            (
                report.id, _bytes(seen.shingles), _bytes(seen.signature), None if lead is None else lead.tobytes(),
                None if lead is None else encoder_name(),
            ),
        )  # fmt: skip
        action.fact("report", report.id, "cluster", cluster)
        action.fact("report", report.id, "relevance", str(score))
        self._keep(report.id, seen)


def _bytes(hashes: NDArray[np.uint64]) -> bytes:
    return hashes.astype("<u4").tobytes()  # all are below 2 to the 32


def _hashes(stored: bytes) -> NDArray[np.uint64]:
    return np.frombuffer(stored, dtype="<u4").astype(np.uint64)


def _leads(connection: sqlite3.Connection, reports: Sequence[str] = ()) -> dict[str, Vector]:
    """Lead vectors by report that were made with today's encoder; of all reports if none are named."""
    where = f" AND report IN ({', '.join('?' * len(reports))})" if reports else ""
    rows = connection.execute(
        f"SELECT report, lead FROM trace WHERE lead IS NOT NULL AND encoder = ?{where}", (encoder_name(), *reports)
    )
    return {report: np.frombuffer(lead, dtype=np.float32) for report, lead in rows}


def cluster_of(connection: sqlite3.Connection, report: str) -> str:
    """The report at the beginning of the chain of copies."""
    seen = set()
    while report not in seen:
        seen.add(report)
        row = connection.execute(
            "SELECT value FROM current WHERE kind = 'report' AND subject = ? AND field = 'cluster'", (report,)
        ).fetchone()
        if row is None or row[0] == report:
            break
        report = row[0]
    return report


def topic_of(case: Case) -> Topic:
    """What the case is about: its description, and the reports that people took in, reviewed, or put away."""
    with case.looking() as connection:
        decided = connection.execute(
            "SELECT r.id, r.text, r.title, c.value FROM report r JOIN current c ON c.kind = 'report' "
            "AND c.subject = r.id AND c.field = 'relevant' WHERE c.value IS NOT NULL ORDER BY r.number"
        ).fetchall()
        reviewed = connection.execute(
            "SELECT DISTINCT r.id, r.text, r.title, '1' FROM review v JOIN live ON live.id = v.action "
            "JOIN entry e ON e.id = v.entry JOIN report r ON r.id = e.report "
            "WHERE v.verdict IN ('accepted', 'corrected') ORDER BY r.number"
        ).fetchall()
        about = connection.execute(
            "SELECT value FROM current WHERE kind = 'case' AND subject = '' AND field = 'about'"
        ).fetchone()
        said = {row[0] for row in decided}
        decided += [row for row in reviewed if row[0] not in said]
        leads = _leads(connection, [row[0] for row in decided]) if decided else {}
    if not about or not about[0]:
        return topic("")  # a case without a description takes in whatever it is given
    taken = [Report(id_, text, title) for id_, text, title, value in decided if value == "1"]
    away = [Report(id_, text, title) for id_, text, title, value in decided if value != "1"]
    return topic(about[0], taken, away, leads)


def known_report(connection: sqlite3.Connection, report: str) -> str:
    """The id of a report of the case: as given, or what it is the only beginning of. Else raises CaseError."""
    if connection.execute(IN, (report,)).fetchone():
        return report
    escaped = report.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    rows = connection.execute(
        "SELECT subject FROM current WHERE kind = 'report' AND field = 'in' AND value = '1' "
        "AND subject LIKE ? ESCAPE '\\' ORDER BY subject LIMIT 3",
        (escaped + "%",),
    ).fetchall()
    if len(rows) == 1:
        found: str = rows[0][0]
        return found
    if rows:
        raise CaseError(f"{report}: several reports begin so ({rows[0][0]}, {rows[1][0]} …)")
    raise CaseError(f"{report}: no such report in the case")


def decide_relevance(
    case: Case, reports: Sequence[str], relevant: bool | None, by: str = "", why: str = ""
) -> tuple[str, ...]:
    """A person says whether reports are about the negotiation; None leaves it to the score again. Their full ids."""
    verbs = {True: "take in", False: "put away", None: "leave to the score"}
    with case.action(person(by), verbs[relevant], ", ".join(reports), why) as action:
        ids = tuple(known_report(action.connection, report) for report in reports)
        for report in ids:
            action.fact("report", report, "relevant", None if relevant is None else str(int(relevant)))
    return ids


def decide_copy(case: Case, report: str, of: str | None, by: str = "", why: str = "") -> None:
    """A person says that a report repeats another one, or (None) that it stands for itself."""
    with case.action(person(by), "copy" if of else "no copy", f"{report} {of or ''}".strip(), why) as action:
        id_ = known_report(action.connection, report)
        target = id_ if of is None else cluster_of(action.connection, known_report(action.connection, of))
        if of is not None and target == id_:
            raise CaseError(f"{id_}: {of} repeats it already; nothing repeats itself")
        action.fact("report", id_, "cluster", target)


def threshold_of(settings: dict[str, str]) -> float:
    """From which score on a report counts."""
    return float(settings.get("threshold", DEFAULT_THRESHOLD))


def set_threshold(case: Case, threshold: float, by: str = "", why: str = "") -> None:
    """Say from which score on a report counts, 0 to 1."""
    with case.action(person(by), "threshold", str(threshold), why) as action:
        action.fact("case", "", "threshold", str(threshold))


def score_again(case: Case, by: str = "") -> int:
    """Score all reports anew, with what was learnt from people's decisions since; how many scores changed."""
    subject = topic_of(case)
    with case.looking() as connection:
        leads = _leads(connection)
        rows = connection.execute(
            "SELECT r.id, r.text, r.title, s.value FROM report r JOIN current i ON i.kind = 'report' "
            "AND i.subject = r.id AND i.field = 'in' AND i.value = '1' LEFT JOIN current s ON s.kind = 'report' "
            "AND s.subject = r.id AND s.field = 'relevance' ORDER BY r.number"
        ).fetchall()
    changed: list[tuple[str, float]] = []
    fresh: list[tuple[str, Vector]] = []
    for id_, text, title, old in rows:
        score, lead = relevance(Report(id_, text, title), subject, leads.get(id_))
        if lead is not None and id_ not in leads:
            fresh.append((id_, lead))
        if old is None or float(old) != score:
            changed.append((id_, score))
    if changed:
        with case.action(person(by), "score", f"{len(changed)} reports") as action:
            for id_, lead in fresh:
                action.connection.execute(
                    "UPDATE trace SET lead = ?, encoder = ? WHERE report = ?", (lead.tobytes(), encoder_name(), id_)
                )
            for id_, score in changed:
                action.fact("report", id_, "relevance", str(score))
    return len(changed)
