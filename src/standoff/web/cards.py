"""An entry of a snapshot goes in; its card for the margin comes out, and the marks that it puts on the text."""

from dataclasses import dataclass

from standoff.analysis.positions import VERB
from standoff.case.fields import CHOICES, KINDS
from standoff.case.snapshot import (
    Entry,
    PositionEntry,
    PreconditionEntry,
    Sighting,
    Snapshot,
    StatementEntry,
)
from standoff.ledger import Span, Spans
from standoff.web.segments import Mark, shown

MAIN = {"statement": "content", "position": "issue", "precondition": "requirement", "meeting": "evidence"}
"""Kind of entry → the field whose words the keys for spans move, and a selected text replaces."""

PARTS = {
    "statement": ("source", "cue", "content"),
    "position": ("issue",),
    "precondition": ("gate", "requirement"),
    "meeting": (),
}
"""Kind of entry → the fields that are spans, beside the evidence."""

REVIEW_WORDS = {
    "machine": "not yet looked at", "accepted": "accepted", "corrected": "corrected", "added": "added by hand",
    "rejected": "rejected",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """One line of the form of an entry. `form`: how it is written (see `standoff.case.fields`)."""

    name: str
    form: str
    value: str
    needed: bool
    choices: tuple[str, ...] = ()
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """An entry as the margin shows it. `who`, `does`, `what`: its line; `words`: labelled further words; `main`: the
    hull of the words that the keys and the mouse move, None where there are none."""

    id: str
    kind: str
    review: str
    review_words: str
    by: str
    confidence: str
    who: str
    does: str
    what: str
    words: tuple[tuple[str, str], ...]
    main: Span | None


def kind_of(entry: Entry) -> str:
    """`statement`, `position`, `precondition` or `meeting`."""
    kinds: dict[type[Entry], str] = {
        StatementEntry: "statement", PositionEntry: "position", PreconditionEntry: "precondition", Sighting: "meeting",
    }  # fmt: skip
    return kinds[type(entry)]


def card(state: Snapshot, entry: Entry) -> Card:
    """The card of an entry."""
    who, does, what, words = _told(state, entry)
    kind = kind_of(entry)
    return Card(
        id=entry.id,
        kind=kind,
        review=entry.review,
        review_words=REVIEW_WORDS[entry.review],
        by=entry.by,
        confidence="" if entry.confidence is None else f"{entry.confidence:.0%}",
        who=who,
        does=does,
        what=what,
        words=words,
        main=main_span(entry),
    )


def marks(entry: Entry) -> list[Mark]:
    """The marks of an entry: its evidence and its parts."""
    kind = kind_of(entry)
    found = [Mark(entry.id, kind, "evidence", *entry.evidence)]
    for part in PARTS[kind]:
        found += [Mark(entry.id, kind, part, *span) for span in spans_of(entry, part)]
    return found


def spans_of(entry: Entry, part: str) -> Spans:
    """The spans of a part of an entry, none, one or several."""
    value: Span | Spans = getattr(entry, part)
    if value and isinstance(value[0], int):
        return (value,)
    return value


def main_span(entry: Entry) -> Span | None:
    """The hull of the words that the keys move; None where there are none."""
    spans = spans_of(entry, MAIN[kind_of(entry)])
    return (min(a for a, _ in spans), max(b for _, b in spans)) if spans else None


def with_hull(spans: Spans, hull: Span) -> Spans:
    """Spans that reach from edge to edge of a hull: the first and last are cut or stretched, those outside left out."""
    inside = sorted(span for span in spans if span[0] < hull[1] and span[1] > hull[0])
    if not inside:
        return (hull,)
    inside[0] = (hull[0], inside[0][1])
    inside[-1] = (inside[-1][0], hull[1])
    return tuple(inside)


def _told(state: Snapshot, entry: Entry) -> tuple[str, str, str, tuple[tuple[str, str], ...]]:
    def quoted(*spans: Span) -> str:
        return " … ".join(" ".join(shown(state.quote(entry.report, span)).split()) for span in spans)

    if isinstance(entry, PositionEntry):
        of = f" of {name_of(state, entry.target)}" if entry.target else ""
        speaker = (("said by", name_of(state, entry.stated_by)),) if entry.stated_by not in (None, entry.holder) else ()
        concept = state.concept_by_id.get(entry.concept or "")
        coded = (("concept", concept.name),) if concept else ()
        return name_of(state, entry.holder), VERB[entry.act] + of, quoted(entry.issue), (*speaker, *coded)
    if isinstance(entry, PreconditionEntry):
        return (
            name_of(state, entry.holder), "only if", quoted(entry.requirement), (("lets happen", quoted(entry.gate)),)
        )  # fmt: skip
    if isinstance(entry, StatementEntry):
        return name_of(state, entry.speaker), f"says ({entry.kind})", quoted(*entry.content), ()
    assert isinstance(entry, Sighting)
    when = f"{entry.start} to {entry.end}" if entry.end and entry.end != entry.start else entry.start or "day not known"
    who = ", ".join(name_of(state, party) for party in entry.participants) or "unknown participants"
    place = (("place", entry.place),) if entry.place else ()
    return who, f"{entry.kind}, {entry.status}", when, place


def name_of(state: Snapshot, party: str | None) -> str:
    """The name of a party; “unknown” where there is none."""
    known = state.party_by_id.get(party or "")
    return shown(known.name) if known else "unknown"


def empty_fields(kind: str) -> tuple[Field, ...]:
    """The lines of the form of a new entry."""
    return tuple(
        Field(name, form, CHOICES[form][0] if needed and form in CHOICES else "", needed, CHOICES.get(form, ()))
        for name, (form, needed) in KINDS[kind].items()
    )


def fields(state: Snapshot, entry: Entry) -> tuple[Field, ...]:
    """The lines of the form of an entry as it stands."""
    found = []
    for name, (form, needed) in KINDS[kind_of(entry)].items():
        value, quote = _written(state, entry, name, form)
        found.append(Field(name, form, value, needed, CHOICES.get(form, ()), quote))
    return tuple(found)


def _written(state: Snapshot, entry: Entry, name: str, form: str) -> tuple[str, str]:
    """A field as a person writes it, and the words that it stands for."""
    value = getattr(entry, name)
    if form in ("span", "spans"):
        spans = spans_of(entry, name)
        quote = " … ".join(" ".join(shown(state.quote(entry.report, span)).split()) for span in spans)
        return " ".join(f"{a}-{b}" for a, b in spans), quote
    if form == "party":
        return (name_of(state, value) if value else ""), ""
    if form == "parties":
        return "; ".join(name_of(state, party) for party in value), ""
    return value or "", ""
