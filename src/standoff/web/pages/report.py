"""`/reports/ID`: a report with its entries in the margin, and each decision on them."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from standoff.case import review, screening
from standoff.case.fields import KINDS
from standoff.case.history import redo, undo
from standoff.case.queue import entries_of
from standoff.case.snapshot import Entry, Snapshot, Source
from standoff.errors import InputError
from standoff.ledger import Span, Spans
from standoff.web import cards, templating
from standoff.web.deciding import Done, Step
from standoff.web.desk import Desk
from standoff.web.pages import Decisions, Shows, desk_of
from standoff.web.segments import moved, paragraphs

MOST_WORDS = 1
"""Words by which one press of a key moves an edge."""


def show(request: Request) -> Response:
    """The page of a report."""
    desk = desk_of(request)
    state = desk.state()
    source = known(state, request.path_params["report"])
    ids = [s.id for s in state.sources]
    place = ids.index(source.id)
    return templating.page(
        request,
        "report.html",
        before=ids[place - 1] if place else None,
        after=ids[place + 1] if place + 1 < len(ids) else None,
        parties=sorted({party.name for party in state.parties}, key=str.casefold),
        root="",
        forms={kind: cards.empty_fields(kind) for kind in KINDS},
        **body(state, source),
    )


def known(state: Snapshot, report: str) -> Source:
    """The report of that id. Raises HTTPException 404 if the case has none."""
    source = state.source_by_id.get(report)
    if source is None:
        raise HTTPException(404)
    return source


def body(state: Snapshot, source: Source) -> dict[str, Any]:
    """What the text and the margin of a report show."""
    entries = entries_in(state, source)
    return {
        "paragraphs": paragraphs(source.report.text, [mark for entry in entries for mark in cards.marks(entry)]),
        "cards": [cards.card(state, entry) for entry in entries],
        "counts": Counter(cards.kind_of(entry) for entry in entries),
        "waiting": sum(entry.review == "machine" for entry in entries),
        "source": source,
    }


def entries_in(state: Snapshot, source: Source) -> list[Entry]:
    """The entries of a report in order of place."""
    found: list[Entry] = []
    for entries in (state.statements, state.positions, state.preconditions):
        found += stretch(entries, source)
    found += [s for meeting in state.meetings for s in meeting.sightings if s.report == source.id]
    return sorted(found, key=lambda e: (_first_place(e), e.evidence, int(e.id[1:])))


def stretch(entries: Sequence[Entry], source: Source) -> Sequence[Entry]:
    """The entries of a report among all of a kind: a snapshot has them in order of day and report."""
    here = (source.report.published or "9999", source.id)
    start = bisect_left(entries, here, key=_day_and_report)
    return entries[start : bisect_right(entries, here, start, key=_day_and_report)]


def _day_and_report(entry: Entry) -> tuple[str, str]:
    return (entry.date or "9999", entry.report)


def _first_place(entry: Entry) -> int:
    span = cards.main_span(entry)
    return entry.evidence[0] if span is None else span[0]


def entry_of(desk: Desk, id_: str) -> Entry:
    """The entry as it stands. Raises InputError if there is none."""
    for _, entry in entries_of(desk.state()):
        if entry.id == id_:
            return entry
    raise InputError(f"{id_}: no such entry stands in the case; was it rejected in another window?")


def form(request: Request) -> Response:
    """The form of an entry, when somebody wants to change it."""
    desk = desk_of(request)
    entry = entry_of(desk, request.path_params["entry"])
    fields = cards.fields(desk.state(), entry)
    return templating.page(request, "entry_form.html", id=entry.id, fields=fields)


def entry_page(request: Request) -> Response:
    """The way from an entry's id to the place where it stands."""
    entry = entry_of(desk_of(request), request.path_params["entry"])
    return RedirectResponse(f"/reports/{quote(entry.report)}#{entry.id}", 303)


def _fresh(desk: Desk, report: str, said: str, current: str = "") -> Done:
    """The text and margin of a report as they are after a change."""
    state = desk.state()
    source = state.source_by_id.get(report)
    if source is None:
        return Done(said)
    html = templating.piece("report_body.html", **body(state, source))
    return Done(said, {"body": html, "current": current, "report": report})


def accept(desk: Desk, step: Step) -> Done:
    """The entry is right."""
    review.accept(desk.case, [step.path["entry"]], desk.by)
    return Done(f"{step.path['entry']} accepted", {"entry": step.path["entry"], "review": "accepted"})


def reject(desk: Desk, step: Step) -> Done:
    """The entry is wrong; the page shows it crossed out until it is left."""
    review.reject(desk.case, [step.path["entry"]], desk.by)
    return Done(f"{step.path['entry']} rejected", {"entry": step.path["entry"], "review": "rejected"})


def reopen(desk: Desk, step: Step) -> Done:
    """What was said of the entry no longer holds."""
    review.reopen(desk.case, [step.path["entry"]], desk.by)
    return _fresh(desk, step.word("report"), f"{step.path['entry']} stands as it was read", step.path["entry"])


def correct(desk: Desk, step: Step) -> Done:
    """Fields of the entry are changed: all that the body has beside `report`."""
    entry = step.path["entry"]
    changes = {name: value for name, value in step.fields.items() if name != "report"}
    review.correct(desk.case, entry, changes, desk.by)
    return _fresh(desk, step.word("report"), f"{entry} corrected: {', '.join(changes)}", entry)


def shift(desk: Desk, step: Step) -> Done:
    """One edge of the entry's main words moves by a word: `edge` is start or end, `words` 1 or -1."""
    entry = entry_of(desk, step.path["entry"])
    span = cards.main_span(entry)
    if step.word("edge") not in ("start", "end") or step.word("words") not in ("1", "-1"):
        raise InputError("an edge is start or end, and moves by 1 or -1")
    if span is None:
        raise InputError(f"{entry.id}: has no words to move; select them in the text")
    text = desk.state().source_by_id[entry.report].report.text
    new = moved(text, span, step.word("edge"), MOST_WORDS * int(step.word("words")))
    if new == span:
        raise InputError("the edge cannot go further")
    return _set_edges(desk, entry, new)


def set_edge(desk: Desk, step: Step) -> Done:
    """One edge of the entry's main words, `edge` start or end, is put to a `place`, counted in code points."""
    entry = entry_of(desk, step.path["entry"])
    span, place = cards.main_span(entry), step.word("place")
    if step.word("edge") not in ("start", "end") or not place.isdecimal() or len(place) > 9:
        raise InputError("an edge is start or end, and its place a number")
    if span is None:
        raise InputError(f"{entry.id}: has no words to move; select them in the text")
    return _set_edges(desk, entry, (int(place), span[1]) if step.word("edge") == "start" else (span[0], int(place)))


def _set_edges(desk: Desk, entry: Entry, hull: Span) -> Done:
    """The main words from edge to edge; gaps between their pieces stay, pieces outside of the edges fall away."""
    if hull[0] >= hull[1]:
        raise InputError("the words cannot end before they begin")
    pieces = cards.with_hull(cards.spans_of(entry, cards.MAIN[cards.kind_of(entry)]), hull)
    return _set_spans(desk, entry, pieces)


def take_words(desk: Desk, step: Step) -> Done:
    """Selected words (`span`, as 120-156) become the entry's main words, or those of `part`."""
    entry = entry_of(desk, step.path["entry"])
    start, _, end = step.word("span").partition("-")
    if not (start.isdecimal() and end.isdecimal()):
        raise InputError("span: is written 120-156")
    return _set_spans(desk, entry, ((int(start), int(end)),))


def _set_spans(desk: Desk, entry: Entry, spans: Spans) -> Done:
    kind = cards.kind_of(entry)
    written = " ".join(f"{a}-{b}" for a, b in spans)
    changes = {cards.MAIN[kind]: written}
    if kind != "statement" and cards.MAIN[kind] != "evidence":
        hull = (min(spans[0][0], entry.evidence[0]), max(spans[-1][1], entry.evidence[1]))
        if hull != entry.evidence:  # the evidence holds the words that an entry is about
            changes["evidence"] = f"{hull[0]}-{hull[1]}"
    review.correct(desk.case, entry.id, changes, desk.by)
    return _fresh(desk, entry.report, f"{entry.id}: {cards.MAIN[kind]} is now {written}", entry.id)


def add(desk: Desk, step: Step) -> Done:
    """A new entry of a `kind` in a report; the other fields are the entry's."""
    report, kind = step.path["report"], step.word("kind_of_entry")
    values = {name: value for name, value in step.fields.items() if name != "kind_of_entry" and value.strip()}
    entry = review.add_by_hand(desk.case, report, kind, values, desk.by)
    desk.connect_later()
    return _fresh(desk, report, f"{entry} added", entry)


def take_back(desk: Desk, step: Step) -> Done:
    """The last thing that this person did is undone, wherever it was."""
    undone = undo(desk.case, None, desk.by)
    return _after_undo(desk, step, f"undone: {undone.verb} {undone.about}", undone.about)


def bring_back(desk: Desk, step: Step) -> Done:
    """What the last undo took away holds again."""
    step_back = redo(desk.case, desk.by)
    return _after_undo(desk, step, f"brought back: {step_back.about}", step_back.about)


def _after_undo(desk: Desk, step: Step, said: str, about: str) -> Done:
    report = step.fields.get("report", "")
    named = next((word for word in about.split() if word[:1] == "e" and word[1:].isdecimal()), "")
    return _fresh(desk, report, said, named) if report else Done(said)


def relevance(desk: Desk, step: Step) -> Done:
    """A person's word on whether a report is about the negotiation: `relevant` is yes or no."""
    about = step.word("relevant") == "yes"
    (report,) = screening.decide_relevance(desk.case, [step.path["report"]], about, desk.by)
    if about:
        desk.intake.read_unread(desk.case, report)  # what was kept apart was not read
    return Done(f"{step.path['report']}: {'counts' if about else 'kept apart'}", {"reload": True})


def finish(desk: Desk, step: Step) -> Done:
    """This person has been through the report."""
    review.finish(desk.case, [step.path["report"]], desk.by)
    return Done(f"you have been through {step.path['report']}")


SHOWS: Shows = (
    ("/reports/{report:path}", show),
    ("/entries/{entry}/form", form),
    ("/entries/{entry}", entry_page),
)
DECISIONS: Decisions = (
    ("/entries/{entry}/accept", accept),
    ("/entries/{entry}/reject", reject),
    ("/entries/{entry}/reopen", reopen),
    ("/entries/{entry}/correct", correct),
    ("/entries/{entry}/shift", shift),
    ("/entries/{entry}/edge", set_edge),
    ("/entries/{entry}/take-words", take_words),
    ("/reports/{report:path}/add", add),
    ("/reports/{report:path}/relevance", relevance),
    ("/reports/{report:path}/finish", finish),
    ("/undo", take_back),
    ("/redo", bring_back),
)
