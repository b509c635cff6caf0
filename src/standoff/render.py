"""A ledger for a person to read: a `Ledger` goes in, plain text of a given width comes out."""

import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator

from standoff.ledger import Ledger, Meeting, Span

WIDTH = 80
SHORTEST_QUOTE = 160  # a longer quote is shortened in the middle; the offsets tell where the whole stands
VERBS = {
    "demand": "demands",
    "commit": "commits to",
    "refuse": "refuses",
    "support": "supports",
    "oppose": "opposes",
}


def render(ledger: Ledger, width: int = WIDTH) -> str:
    """The ledger in sections: statements, positions by party, preconditions, calendar of meetings."""
    document = ledger.document
    head = [document.title or document.id]
    facts = [fact for fact in (document.publisher, document.published) if fact]
    if facts:
        head.append(", ".join(facts))
    lines = [*textwrap.wrap(head[0], width), *head[1:], "=" * min(width, max(map(len, head)))]
    sections: list[tuple[str, Iterable[str]]] = [
        ("Who said what", _statements(ledger, width)),
        ("Positions by party", _positions(ledger, width)),
        ("Preconditions", _preconditions(ledger, width)),
        ("Meetings", _meetings(ledger, width)),
    ]
    for title, body in sections:
        rows = list(body)
        lines += ["", title, "-" * len(title), *(rows or ["  none found"])]
    return "\n".join(lines) + "\n"


def _statements(ledger: Ledger, width: int) -> Iterator[str]:
    for s in ledger.statements:
        who = _name(ledger, s.speaker) or _words(ledger, s.source) or "(no source)"
        depth = "  " if s.within else ""
        cue = _words(ledger, s.cue) or "says"
        yield from _item(f"{depth}{who} · {cue} ({s.kind})", ledger, _hull(s.content), width, s.id)


def _positions(ledger: Ledger, width: int) -> Iterator[str]:
    by_party = defaultdict(list)
    for p in ledger.positions:
        by_party[p.holder].append(p)
    for holder, positions in by_party.items():
        yield f"{_name(ledger, holder)}"
        for p in positions:
            of = f" of {_name(ledger, p.target)}" if p.target else ""
            said = _name(ledger, p.stated_by)
            by = f", says {said}" if said and p.stated_by != p.holder else ""
            yield from _item(f"{VERBS[p.act]}{of}{by}", ledger, p.issue, width, p.id, p.by)


def _preconditions(ledger: Ledger, width: int) -> Iterator[str]:
    for c in ledger.preconditions:
        yield f"{_name(ledger, c.holder)}  [{c.id}, {c.by}]"
        text = f"“{_short(ledger.quote(c.gate))}” only if “{_short(ledger.quote(c.requirement))}”"
        yield from textwrap.wrap(text, width, initial_indent="    ", subsequent_indent="    ")
        yield f"    at {c.gate[0]}–{c.gate[1]} and {c.requirement[0]}–{c.requirement[1]}"


def _meetings(ledger: Ledger, width: int) -> Iterator[str]:
    for m in sorted(ledger.meetings, key=_when):
        names = ", ".join(filter(None, (_name(ledger, actor) for actor in m.participants)))
        when = m.start or "date not known"
        until = f" to {m.end}" if m.end and m.end != m.start else ""
        title = f"{when}{until}  {m.status}: {m.kind}{f' in {m.place}' if m.place else ''}"
        yield from _item(f"{title}{f' ({names})' if names else ''}", ledger, m.evidence, width, m.id, m.by)


def _when(meeting: Meeting) -> tuple[bool, str, str]:
    return meeting.start is None, meeting.start or "", meeting.id


def _item(title: str, ledger: Ledger, span: Span, width: int, entry_id: str, by: str = "") -> Iterator[str]:
    """A title line, the quote below it, and where it stands."""
    yield from textwrap.wrap(title, width, initial_indent="  ", subsequent_indent="      ")
    where = f"[{entry_id} at {span[0]}–{span[1]}{f', {by}' if by else ''}]"
    quote = f"“{_short(ledger.quote(span))}” {where}"
    yield from textwrap.wrap(
        quote, width, initial_indent="      ", subsequent_indent="      ", break_on_hyphens=False
    )


def _short(quote: str) -> str:
    quote = " ".join(quote.split())
    if len(quote) <= SHORTEST_QUOTE:
        return quote
    half = SHORTEST_QUOTE // 2 - 2
    return f"{quote[:half].rstrip()} … {quote[-half:].lstrip()}"


def _hull(spans: tuple[Span, ...]) -> Span:
    return min(a for a, _ in spans), max(b for _, b in spans)


def _words(ledger: Ledger, spans: tuple[Span, ...]) -> str:
    return " … ".join(" ".join(ledger.quote(span).split()) for span in spans)


def _name(ledger: Ledger, actor_id: str | None) -> str | None:
    actor = ledger.actor(actor_id)
    return actor.name if actor else None
