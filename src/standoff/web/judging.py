"""A step on an entry goes in; it is recorded, and the text with its margin as they are then comes out.

A report is seen with all entries of the case (`OPEN`), or blind: a coder with his own entries alone.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException

from standoff.case import review
from standoff.case.history import redo, undo
from standoff.case.queue import entries_of
from standoff.case.snapshot import Entry, Snapshot, Source
from standoff.errors import InputError
from standoff.ledger import Span, Spans
from standoff.web import cards
from standoff.web.deciding import Done, Step
from standoff.web.desk import Desk
from standoff.web.segments import moved
from standoff.web.shown import parts_of

MOST_WORDS = 1
"""Words by which one press of a key moves an edge."""

OF_THE_PAGE = ("seen", "painted")
"""Fields of a step that are about the page and not about the entry."""


@dataclass(frozen=True, slots=True)
class Sight:
    """How a report is seen. root: before the addresses of its decisions; state: what is seen; blind: by one coder."""

    root: str
    state: Callable[[Desk], Snapshot]
    blind: bool


OPEN = Sight("", lambda desk: desk.state(), False)


def known(state: Snapshot, report: str) -> Source:
    """The report of that id. Raises HTTPException 404 if the case has none."""
    source = state.source_by_id.get(report)
    if source is None:
        raise HTTPException(404)
    return source


def body(sight: Sight, desk: Desk, state: Snapshot, source: Source) -> dict[str, Any]:
    """What the text and the margin of a report show."""
    entries = in_order(state.entries_in(source.id))
    parts = parts_of(state, source, entries, sight.root)
    counts = Counter(cards.kind_of(entry) for entry in entries)
    return {"parts": parts, "seen": desk.shown.keep(parts), "counts": counts, "source": source, "root": sight.root}


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """The entries of a report in order of place, of whatever kind."""
    return sorted(entries, key=lambda e: (_first_place(e), e.evidence, int(e.id[1:])))


def _first_place(entry: Entry) -> int:
    span = cards.main_span(entry)
    return entry.evidence[0] if span is None else span[0]


def entry_of(sight: Sight, desk: Desk, id_: str) -> Entry:
    """The entry as it stands. Raises InputError if there is none."""
    for _, entry in entries_of(sight.state(desk)):
        if entry.id == id_:
            return entry
    raise InputError(f"{id_}: no such entry stands in the case; was it rejected in another window?")


def _fresh(sight: Sight, desk: Desk, step: Step, report: str, said: str, current: str = "") -> Done:
    """The text and margin of a report as they are after a change.

    The page tells what it has before it (`seen`), and which cards it has changed by itself since (`painted`).
    """
    state = sight.state(desk)
    source = state.source_by_id.get(report)
    if source is None:
        return Done(said)
    parts = parts_of(state, source, in_order(state.entries_in(report)), sight.root)
    answer = desk.shown.answer(parts, step.fields.get("seen", ""), step.fields.get("painted", "").split())
    return Done(said, {"current": current, "report": report} | answer)


def accept(sight: Sight, desk: Desk, step: Step) -> Done:
    """The entry is right."""
    review.accept(desk.case, [step.path["entry"]], desk.by)
    return Done(f"{step.path['entry']} accepted", {"entry": step.path["entry"], "review": "accepted"})


def reject(sight: Sight, desk: Desk, step: Step) -> Done:
    """The entry is wrong; the page shows it crossed out until it is left."""
    review.reject(desk.case, [step.path["entry"]], desk.by, blind=sight.blind)
    return Done(f"{step.path['entry']} rejected", {"entry": step.path["entry"], "review": "rejected"})


def reopen(sight: Sight, desk: Desk, step: Step) -> Done:
    """What was said of the entry no longer holds."""
    entry = step.path["entry"]
    review.reopen(desk.case, [entry], desk.by)
    return _fresh(sight, desk, step, step.word("report"), f"{entry} stands as it was read", entry)


def correct(sight: Sight, desk: Desk, step: Step) -> Done:
    """Fields of the entry are changed: all that the body has beside `report`."""
    entry = step.path["entry"]
    changes = {name: value for name, value in step.fields.items() if name not in (*OF_THE_PAGE, "report")}
    review.correct(desk.case, entry, changes, desk.by, blind=sight.blind)
    return _fresh(sight, desk, step, step.word("report"), f"{entry} corrected: {', '.join(changes)}", entry)


def shift(sight: Sight, desk: Desk, step: Step) -> Done:
    """One edge of the entry's main words moves by a word: `edge` is start or end, `words` 1 or -1."""
    entry = entry_of(sight, desk, step.path["entry"])
    span = cards.main_span(entry)
    if step.word("edge") not in ("start", "end") or step.word("words") not in ("1", "-1"):
        raise InputError("an edge is start or end, and moves by 1 or -1")
    if span is None:
        raise InputError(f"{entry.id}: has no words to move; select them in the text")
    text = sight.state(desk).source_by_id[entry.report].report.text
    new = moved(text, span, step.word("edge"), MOST_WORDS * int(step.word("words")))
    if new == span:
        raise InputError("the edge cannot go further")
    return _set_edges(sight, desk, step, entry, new)


def set_edge(sight: Sight, desk: Desk, step: Step) -> Done:
    """One edge of the entry's main words, `edge` start or end, is put to a `place`, counted in code points."""
    entry = entry_of(sight, desk, step.path["entry"])
    span, place = cards.main_span(entry), step.word("place")
    if step.word("edge") not in ("start", "end") or not place.isdecimal() or len(place) > 9:
        raise InputError("an edge is start or end, and its place a number")
    if span is None:
        raise InputError(f"{entry.id}: has no words to move; select them in the text")
    hull = (int(place), span[1]) if step.word("edge") == "start" else (span[0], int(place))
    return _set_edges(sight, desk, step, entry, hull)


def _set_edges(sight: Sight, desk: Desk, step: Step, entry: Entry, hull: Span) -> Done:
    """The main words from edge to edge; gaps between their pieces stay, pieces outside of the edges fall away."""
    if hull[0] >= hull[1]:
        raise InputError("the words cannot end before they begin")
    pieces = cards.with_hull(cards.spans_of(entry, cards.MAIN[cards.kind_of(entry)]), hull)
    return _set_spans(sight, desk, step, entry, pieces)


def take_words(sight: Sight, desk: Desk, step: Step) -> Done:
    """Selected words (`span`, as 120-156) become the entry's main words, or those of `part`."""
    entry = entry_of(sight, desk, step.path["entry"])
    start, _, end = step.word("span").partition("-")
    if not (start.isdecimal() and end.isdecimal()):
        raise InputError("span: is written 120-156")
    return _set_spans(sight, desk, step, entry, ((int(start), int(end)),))


def _set_spans(sight: Sight, desk: Desk, step: Step, entry: Entry, spans: Spans) -> Done:
    kind = cards.kind_of(entry)
    written = " ".join(f"{a}-{b}" for a, b in spans)
    changes = {cards.MAIN[kind]: written}
    if kind != "statement" and cards.MAIN[kind] != "evidence":
        hull = (min(spans[0][0], entry.evidence[0]), max(spans[-1][1], entry.evidence[1]))
        if hull != entry.evidence:  # the evidence holds the words that an entry is about
            changes["evidence"] = f"{hull[0]}-{hull[1]}"
    review.correct(desk.case, entry.id, changes, desk.by, blind=sight.blind)
    return _fresh(sight, desk, step, entry.report, f"{entry.id}: {cards.MAIN[kind]} is now {written}", entry.id)


def add(sight: Sight, desk: Desk, step: Step) -> Done:
    """A new entry of a `kind` in a report; the other fields are the entry's."""
    report, kind = step.path["report"], step.word("kind_of_entry")
    known = (*OF_THE_PAGE, "kind_of_entry")
    values = {name: value for name, value in step.fields.items() if name not in known and value.strip()}
    entry = review.add_by_hand(desk.case, report, kind, values, desk.by, blind=sight.blind)
    if not sight.blind:
        desk.connect_later()
    return _fresh(sight, desk, step, report, f"{entry} added", entry)


def take_back(sight: Sight, desk: Desk, step: Step) -> Done:
    """The last thing that this person did is undone, wherever it was."""
    undone = undo(desk.case, None, desk.by)
    return _after_undo(sight, desk, step, f"undone: {undone.verb} {undone.about}", undone.about)


def bring_back(sight: Sight, desk: Desk, step: Step) -> Done:
    """What the last undo took away holds again."""
    step_back = redo(desk.case, desk.by)
    return _after_undo(sight, desk, step, f"brought back: {step_back.about}", step_back.about)


def _after_undo(sight: Sight, desk: Desk, step: Step, said: str, about: str) -> Done:
    report = step.fields.get("report", "")
    named = next((word for word in about.split() if word[:1] == "e" and word[1:].isdecimal()), "")
    return _fresh(sight, desk, step, report, said, named) if report else Done(said)
