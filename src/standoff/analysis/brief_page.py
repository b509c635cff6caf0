"""A brief goes in; a page comes out: what changed, what is new, what is to come, each with its words."""

from collections.abc import Iterable
from dataclasses import replace

from standoff.analysis.brief import Brief, Moved, Stand
from standoff.analysis.calendar import Appointment
from standoff.analysis.citations import Citation
from standoff.analysis.conditions import Condition
from standoff.analysis.contradictions import Contradiction
from standoff.analysis.lines import condition_line, meeting_line, told
from standoff.analysis.page import Item, Page, section


def page(brief: Brief, most: int | None = None) -> Page:
    """The page of a brief; empty sections are left out. most: how many lines a section shows, all if None."""
    first = {(s.party, s.issue) for s in brief.first_demands}
    demands = [s for s in brief.first_demands if not any(_is_required(s, c) for c in brief.new_conditions)]
    new = [stand for stand in brief.new if (stand.party, stand.issue) not in first]
    told_already = {(s.before.citation.entry, s.now.citation.entry) for s in brief.changed if s.before}
    sections = (
        ("Changed positions", [_changed(s) for s in brief.changed]),
        ("Contradictions", [_contradiction(c) for c in brief.contradictions if c.key not in told_already]),
        ("Conditions dropped or met", _joined(_dropped(c) for c in brief.dropped)),
        ("Meetings changed", [_moved(m) for m in brief.moved]),
        ("Coming up", [_coming(a) for a in brief.coming]),
        ("New conditions", _joined(_condition(c) for c in brief.new_conditions)),
        ("Demanded for the first time", _joined(_stand(s) for s in demands)),
        ("Other new positions", _joined(_stand(s) for s in new)),
        ("Corrected by people", [Item("", "", (c,)) for c in brief.corrected]),
    )
    since = f" since {brief.since}" if brief.since else ""
    until = f", until {brief.until}" if brief.until else ""
    reports = "1 new report" if brief.reports == 1 else f"{brief.reports} new reports"
    shown = tuple(section(title, items, most) for title, items in sections if items)
    summary = f"{reports}{since}{until}." + ("" if shown else " Nothing new.")
    return Page(f"Brief: {brief.case}", summary, shown)


def _joined(items: Iterable[Item]) -> list[Item]:
    """What several parties hold by the same words is one line with all their names."""
    found: dict[tuple[str, tuple[Citation, ...]], list[str]] = {}
    for item in items:
        words = tuple(replace(c, entry="") for c in item.citations)
        found.setdefault((item.line, words), []).append(item.who)
    return [Item(", ".join(dict.fromkeys(who)), line, cited) for (line, cited), who in found.items()]


def _is_required(stand: Stand, condition: Condition) -> bool:
    """Whether a demand is what a condition requires, in the same words: the condition's own line tells it."""
    now = stand.now.citation
    inside = stand.now.words in condition.requirement or condition.requirement in stand.now.words
    return (
        inside
        and stand.party == condition.party
        and any(c.report == now.report and c.start < now.end and now.start < c.end for c in condition.citations)
    )


def _stand(stand: Stand) -> Item:
    times = f" (in {stand.repeated} reports)" if stand.repeated > 1 else ""
    return Item(stand.party_name, f"{told(stand.now)}{times}", (stand.now.citation,))


def _changed(stand: Stand) -> Item:
    if stand.before is None:
        return _stand(stand)
    now, before = stand.now, stand.before
    line = f"{told(before)} ({before.date}), now {told(now)} ({now.date})"
    return Item(stand.party_name, line, (before.citation, now.citation))


def _condition(c: Condition) -> Item:
    return Item(c.party_name, condition_line(c), c.citations[:1])


def _dropped(c: Condition) -> Item:
    return Item(c.party_name, condition_line(c), (c.citations[0], *([c.dropped] if c.dropped else [])))


def _contradiction(c: Contradiction) -> Item:
    return Item(f"{c.party_name}, {c.between}", c.why, (c.first.citation, c.second.citation))


def _moved(m: Moved) -> Item:
    paths: dict[str, list[str]] = {}
    for c in m.changes:
        paths.setdefault(c.field, [c.before or "not known"]).append(c.after)
    changes = "; ".join(f"{field} {' → '.join(path)}" for field, path in paths.items())
    cited = {c.citation.entry: c.citation for c in m.changes}
    return Item("", f"{meeting_line(m.appointment)}. Changed: {changes}", tuple(cited.values()))


def _coming(a: Appointment) -> Item:
    return Item("", meeting_line(a), a.citations[-1:])
