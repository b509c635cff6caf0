"""Fields of an entry as a person writes them go in; the values that are stored come out, checked against the report.

A piece of text is written as the words themselves (they must stand once in the evidence, or else once in the report),
as `120-156` (code points, half-open), or as several pieces `120-156 170-180`. A party is written by its id (`A3`) or
name; a name that the case does not know makes a new party.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from standoff.case.parties import BY_HAND, end_of, folded
from standoff.case.store import Action
from standoff.errors import InputError
from standoff.ledger import ACTS, STATEMENT_KINDS, STATUSES, Span

Fields = dict[str, Any]
OFFSETS = re.compile(r"\d+-\d+(?: \d+-\d+)*")
DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?(T\d\d:\d\d(:\d\d)?)?")

KINDS: dict[str, dict[str, tuple[str, bool]]] = {
    "statement": {
        "evidence": ("span", False), "speaker": ("party", False), "source": ("spans", False), "cue": ("spans", False),
        "content": ("spans", True), "kind": ("statement kind", False),
    },
    "position": {
        "evidence": ("span", True), "holder": ("party", True), "stated_by": ("party", False), "act": ("act", True),
        "issue": ("span", True), "target": ("party", False),
    },
    "precondition": {
        "evidence": ("span", True), "holder": ("party", True), "requirement": ("span", True), "gate": ("span", True),
    },
    "meeting": {
        "evidence": ("span", True), "kind": ("text", True), "participants": ("parties", False),
        "place": ("text", False), "start": ("day", False), "end": ("day", False), "status": ("status", True),
    },
}  # fmt: skip
"""Kind of entry → field → how it is written, and whether it must be given for a new entry."""

UNSAID: dict[str, Fields] = {
    "statement": {"speaker": None, "source": [], "cue": [], "content": [], "kind": "indirect", "within": None},
    "position": {"stated_by": None, "target": None, "statement": None},
    "precondition": {"statement": None},
    "meeting": {
        "participants": [], "place": None, "start": None, "end": None, "latitude": None, "longitude": None,
        "country": None,
    },
}  # fmt: skip
"""What a new entry has where nothing is said."""

CHOICES = {"act": ACTS, "status": STATUSES, "statement kind": STATEMENT_KINDS}


def parse_fields(
    action: Action, report: str, kind: str, values: Mapping[str, str], evidence: Span | None, whole: bool = False
) -> Fields:
    """The stored values of written fields. evidence: where quotes are looked for first; whole: of a new entry.

    Raises InputError, naming field and cause.
    """
    if kind not in KINDS:
        raise InputError(f"{kind}: no kind of entry; there are {', '.join(KINDS)}")
    known = KINDS[kind]
    for name in values:
        if name not in known:
            raise InputError(f"{name}: no field of a {kind}; there are {', '.join(known)}")
    if whole:
        missing = [name for name, (_, needed) in known.items() if needed and not values.get(name, "").strip()]
        if missing:
            raise InputError(f"a {kind} needs {', '.join(missing)}")
    text: str = action.connection.execute("SELECT text FROM report WHERE id = ?", (report,)).fetchone()[0]
    found: Fields = {}
    if "evidence" in values:
        found["evidence"] = span_of(values["evidence"], text, None, "evidence")
        evidence = found["evidence"]
    for name, written in values.items():
        if name != "evidence":
            found[name] = _value(action, text, known[name], name, written.strip(), evidence)
    if kind == "meeting" and found.get("place"):
        # The old coordinates would be those of another place.
        found |= {"latitude": None, "longitude": None, "country": None}
    if not whole:
        return found
    found = UNSAID[kind] | found
    if "evidence" not in found:
        parts = [*found["source"], *found["cue"], *found["content"]]
        found["evidence"] = (min(a for a, _ in parts), max(b for _, b in parts))
    return found


def _value(action: Action, text: str, form: tuple[str, bool], name: str, written: str, evidence: Span | None) -> Any:
    how, needed = form
    if not written:
        if needed:
            raise InputError(f"{name}: cannot be empty")
        return [] if how in ("spans", "parties") else None
    if how in CHOICES:
        if written not in CHOICES[how]:
            raise InputError(f"{name}: {written!r} is none of {', '.join(CHOICES[how])}")
        return written
    if how == "day" and not DAY.fullmatch(written):
        raise InputError(f"{name}: {written!r} is no date (2016, 2016-01, 2016-01-29 or 2016-01-29T10:00)")
    readers: dict[str, Callable[[], Any]] = {
        "span": lambda: span_of(written, text, evidence, name),
        "spans": lambda: spans_of(written, text, evidence, name),
        "party": lambda: party_of(action, written),
        "parties": lambda: [party_of(action, one.strip()) for one in written.split(";") if one.strip()],
    }
    return readers[how]() if how in readers else written


def span_of(written: str, text: str, inside: Span | None, name: str) -> Span:
    """The piece of text that a person means. Raises InputError if it does not stand there, or more than once."""
    spans = spans_of(written, text, inside, name)
    if len(spans) != 1:
        raise InputError(f"{name}: one piece of text is meant, not {len(spans)}")
    return spans[0]


def spans_of(written: str, text: str, inside: Span | None, name: str) -> list[Span]:
    """The pieces of text that a person means, by offsets or by their words."""
    if OFFSETS.fullmatch(written):
        spans = []
        for part in written.split():
            start, end = (int(number) for number in part.split("-"))
            if not start < end <= len(text):
                raise InputError(f"{name}: {part} is no piece of a text of {len(text)} characters")
            spans.append((start, end))
        return spans
    for first, last in [inside, (0, len(text))] if inside else [(0, len(text))]:
        places = [m.start() + first for m in re.finditer(re.escape(written), text[first:last])]
        if len(places) == 1:
            return [(places[0], places[0] + len(written))]
        if places:
            offsets = ", ".join(f"{place}-{place + len(written)}" for place in places[:4])
            raise InputError(f"{name}: these words stand {len(places)} times; say which: {offsets}")
    raise InputError(f"{name}: the report has no words {written!r}")


def party_of(action: Action, written: str) -> str:
    """The id of a party by its id or name; a name that is new makes a party. Raises InputError for a wrong id."""
    connection = action.connection
    merged = dict(
        connection.execute(
            "SELECT subject, value FROM current WHERE kind = 'party' AND field = 'merged' AND value IS NOT NULL"
        )
    )
    if re.fullmatch(r"A\d+", written):
        if connection.execute("SELECT 1 FROM party WHERE id = ?", (int(written[1:]),)).fetchone() is None:
            raise InputError(f"{written}: no such party in the case")
        return end_of(merged, written)
    names = connection.execute(
        "SELECT 'A' || p.id, COALESCE(c.value, p.name) FROM party p LEFT JOIN current c ON c.kind = 'party' "
        "AND c.subject = 'A' || p.id AND c.field = 'name' JOIN live ON live.id = p.action ORDER BY p.id"
    )
    for id_, name in names:
        if folded(name) == folded(written):
            return end_of(merged, id_)
    new = f"A{action.insert('party', name=written, kind='other')}"
    action.fact("party", new, "made", BY_HAND)
    return new
