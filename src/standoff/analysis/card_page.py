"""An actor's card goes in; a page comes out: what it holds, on which conditions, what is asked of it, whom it meets."""

from standoff.analysis.lines import condition_line, meeting_line, told
from standoff.analysis.page import Item, Page, section
from standoff.analysis.positions import Line
from standoff.analysis.who import Card


def page(card: Card, most: int | None = None) -> Page:
    """The page of a card. most: how many lines a section shows, all if None."""
    of = f", speaks for {card.camp}" if card.camp != card.name else ""
    seen = f"{_count(card.reports, 'report')}" + (f", {card.first} to {card.last}" if card.first else "")
    ids = "".join(f", {label} {value}" for label, value in (("Wikidata", card.wikidata), ("ISO", card.iso3)) if value)
    speakers = ", ".join(f"{name} ({count})" for name, count in card.speakers[:most])
    summary = f"{card.kind}{of}{ids}. {seen}, {_count(card.statements, 'statement')}."
    if speakers:
        summary += f" Speaks through {speakers}."
    latest = sorted(card.lines, key=lambda line: line.holdings[-1].date or "", reverse=True)
    sections = (
        ("Contradicts itself", [Item(c.between, c.why, (c.first.citation, c.second.citation))
                                for c in card.contradictions]),
        ("Holds, the latest first", [_held(line) for line in latest]),
        ("Sets conditions", [Item("", condition_line(c) + (" – dropped" if c.dropped else ""), c.citations[:1])
                             for c in reversed(card.conditions)]),
        ("Is asked", [Item("", f"by {a.by}, {a.date or 'no date'}", (a.citation,)) for a in reversed(card.asked)]),
        ("Meets", [Item("", meeting_line(a), a.citations[-1:]) for a in reversed(card.meetings)]),
    )  # fmt: skip
    shown = tuple(section(title, items, most) for title, items in sections if items)
    return Page(f"{card.name} ({card.id})", summary, shown)


def _held(line: Line) -> Item:
    last = line.holdings[-1]
    times = f" ({len(line.holdings)} times)" if len(line.holdings) > 1 else ""
    turned = "; turned round" if line.shifts else ""
    return Item(last.date or "no date", f"{told(last)}{times}{turned}", (last.citation,))


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
