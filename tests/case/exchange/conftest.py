"""Cases of any content: texts with emoji, Arabic, combining marks and all kinds of line ends, entries anywhere."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from standoff.case.adding import store
from standoff.case.codebook import move
from standoff.case.exchange.coded import Coded, coded_entries
from standoff.case.exchange.offsets import PlainLineEnds
from standoff.case.exchange.xml_text import plain_xml
from standoff.case.readings import record_reading
from standoff.case.review import accept, correct, reject
from standoff.case.state import snapshot
from standoff.case.store import Case, create
from standoff.ledger import ACTS, STATEMENT_KINDS, STATUSES, Actor, Ledger, Meeting, Position, Precondition, Statement
from standoff.report import Report

SCRIPTS = "abc DEF,.\"';|\t<&>\\/{}#=-é\u0301\u0308\u200fمرحبا\u064e\u0651🙂👩‍👩‍👧🇸🇾漢字\U0001d54f"
PARTS = st.sampled_from([*SCRIPTS, "\r\n", "\n", "\r", "\u2028", "\x85", "\x0b", "talks ", "السلام "])
texts = st.lists(PARTS, min_size=3, max_size=40).map("".join)
names = (
    st.lists(st.sampled_from([*"abÉüم漢🙂 '&<;("]), min_size=1, max_size=6)
    .map("".join)
    .filter(lambda name: any(map(str.isalnum, name)))
)


@st.composite
def ledgers(draw: st.DrawFn, number: int = 1, text: str | None = None) -> Ledger:
    """A ledger of one report with one to three entries of each kind."""
    text = draw(texts) if text is None else text
    places = st.integers(0, len(text) - 1).flatmap(lambda a: st.integers(a + 1, len(text)).map(lambda b: (a, b)))
    called = draw(st.lists(names, min_size=2, max_size=3, unique_by=lambda n: n.strip().casefold()))
    actors = tuple(Actor(f"a{k}", name, draw(st.sampled_from(("state", "other")))) for k, name in enumerate(called))
    who = st.sampled_from([actor.id for actor in actors])
    maybe = st.none() | who
    amount = st.integers(0, 2)
    sure = st.none() | st.sampled_from((0.25, 0.5, 1.0))
    statements: list[Statement] = []
    for k in range(draw(amount)):
        parts = st.lists(places, max_size=3).map(tuple)
        content = draw(st.lists(places, min_size=1, max_size=3).map(tuple))
        within = f"s{k - 1}" if k and draw(st.booleans()) else None
        statements.append(
            Statement(f"s{k}", draw(maybe), draw(parts), draw(parts), content, draw(st.sampled_from(STATEMENT_KINDS)),
                      within, by="rule", confidence=draw(sure))
        )  # fmt: skip
    said = st.sampled_from([None, *(s.id for s in statements)])
    positions = tuple(
        Position(f"p{k}", draw(who), draw(maybe), draw(st.sampled_from(ACTS)), draw(places), draw(maybe), draw(places),
                 draw(said), by="rule", confidence=draw(sure))
        for k in range(draw(st.integers(1, 3)))
    )  # fmt: skip
    preconditions = tuple(
        Precondition(f"c{k}", draw(who), draw(places), draw(places), draw(places), draw(said), by="rule")
        for k in range(draw(amount))
    )
    meetings = tuple(
        Meeting(f"m{k}", "talks", tuple(dict.fromkeys(draw(st.lists(who, max_size=2)))), draw(st.none() | names),
                draw(st.sampled_from((None, "2024-05-01", "2024-05"))), None, draw(st.sampled_from(STATUSES)),
                draw(places), draw(st.sampled_from((None, 51.5))), draw(st.sampled_from((None, -0.25))), by="rule")
        for k in range(draw(amount))
    )  # fmt: skip
    report = Report(
        f"report {number}", text, draw(st.none() | names), draw(st.sampled_from((None, "2024-05-01"))),
        draw(st.none() | names), draw(st.sampled_from((None, f"https://example.org/{number}"))),
    )  # fmt: skip
    return Ledger(report, actors, tuple(statements), positions, preconditions, meetings)


@st.composite
def several(draw: st.DrawFn) -> tuple[Ledger, ...]:
    """One or two reports with different texts."""
    one = draw(ledgers(1))
    two = draw(ledgers(2))
    return (one, two) if "".join(one.document.text.split()) != "".join(two.document.text.split()) else (one,)


@contextmanager
def case_of(found: tuple[Ledger, ...], reviewed: bool = True) -> Iterator[Case]:
    """A case with these reports as the machine read them; some entries judged, corrected, and given concepts."""
    with tempfile.TemporaryDirectory() as folder, create(Path(folder) / "a.standoff", "A", by="ana") as case:
        action = store(case, [ledger.document for ledger in found], "ana").action
        for ledger in found:
            record_reading(case, ledger, "test model 1", action)
        positions = [entry.id for entry in snapshot(case).positions]
        if reviewed and positions:
            move(case, positions[:2], "Cease-fire ❖ هدنة", by="ana")
            accept(case, positions[-1:], by="ben", why="clear")
            if len(positions) > 2:
                correct(case, positions[1], {"act": "refuse"}, by="ana")
                reject(case, positions[2:3], by="ben")
        yield case


def told(case: Case, lf: bool = False, xml: bool = False) -> list[Any]:
    """What a case says, in a form in which two cases can be compared: without ids. lf: as if lines ended in LF; xml:
    as if the texts had been in XML."""
    state = snapshot(case)
    lines = {source.id: PlainLineEnds(source.report.text) for source in state.sources}

    def place(entry: Coded, span: Any) -> Any:
        return lines[entry.report].there(span) if lf else span

    def pieces(entry: Coded) -> list[Any]:
        return [[name, [place(entry, part) for part in parts]] for name, parts in sorted(entry.pieces.items())]

    entries = coded_entries(case, state)
    places = {e.id: [e.kind, place(e, e.evidence), pieces(e)] for e in entries}

    def one(entry: Coded) -> Any:
        values = {
            name: places.get(value, value) if name in ("statement", "within") else value  # type: ignore[arg-type]
            for name, value in entry.values.items()
            if name != "gathering"
        }
        text = lines[entry.report].text if lf else state.source_by_id[entry.report].report.text
        text = plain_xml(text) if xml else text
        return [text, *places[entry.id], values]

    return sorted((one(entry) for entry in entries), key=repr)


AnyCase = Callable[[st.DataObject], AbstractContextManager[Case]]


@pytest.fixture(scope="session")
def any_case() -> AnyCase:
    """A function from hypothesis' data to a case that any data may have made."""
    return lambda data: case_of(data.draw(several()))


@pytest.fixture(scope="session")
def telling() -> Callable[..., list[Any]]:
    return told
