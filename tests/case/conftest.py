"""Cases to try things on: made on the spot, with ledgers written by hand, so that no model has to be loaded."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from standoff.case.adding import store
from standoff.case.readings import record_reading
from standoff.case.store import Case, create
from standoff.ledger import Actor, Ledger, Meeting, Position, Precondition, Statement
from standoff.report import Report

ASKING = "The dockers' union demands a pay rise of five per cent. Holt, its leader, told the radio so on Monday."
REFUSING = "Port owners refuse a pay rise. They will talk only if the dockers' union calls off the strike in Hull."
MEETING = "The dockers' union and the port owners are to meet in Hull on 4 May 2024."

Make = Callable[..., Ledger]


def span(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def make_ledger(
    id_: str,
    text: str,
    published: str | None = None,
    actors: Sequence[tuple[str, str]] = (),
    statements: Sequence[tuple[str, str]] = (),
    positions: Sequence[tuple[str, str, str]] = (),
    preconditions: Sequence[tuple[str, str, str]] = (),
    meetings: Sequence[dict[str, object]] = (),
) -> Ledger:
    """A ledger by hand. Actors are (name, kind); a position is (holder, act, words of the issue), a precondition
    (holder, words of the gate, words of the requirement), a statement (speaker, words)."""
    ids = {name: f"a{number}" for number, (name, _) in enumerate(actors, 1)}
    whole = (0, len(text))
    return Ledger(
        Report(id_, text, None, published),
        tuple(Actor(ids[name], name, kind) for name, kind in actors),
        tuple(
            Statement(f"s{n}", ids[who], (), (), (span(text, words),), "indirect", by="test")
            for n, (who, words) in enumerate(statements, 1)
        ),
        tuple(
            Position(f"p{n}", ids[who], ids[who], act, span(text, words), None, whole, by="test")
            for n, (who, act, words) in enumerate(positions, 1)
        ),
        tuple(
            Precondition(f"c{n}", ids[who], span(text, requirement), span(text, gate), whole, by="test")
            for n, (who, gate, requirement) in enumerate(preconditions, 1)
        ),
        tuple(
            Meeting(
                f"m{n}", str(m.get("kind", "talks")), tuple(ids[name] for name in m.get("participants", ())),  # type: ignore[attr-defined]
                m.get("place"), m.get("start"), m.get("end"), str(m.get("status", "planned")), whole, by="test",  # type: ignore[arg-type]
            )
            for n, m in enumerate(meetings, 1)
        ),
    )  # fmt: skip


def put(case: Case, *ledgers: Ledger, by: str = "ana") -> None:
    """Add the reports and record the ledgers as the machine's reading."""
    action = store(case, [ledger.document for ledger in ledgers], by).action
    for ledger in ledgers:
        record_reading(case, ledger, "test model 1", action)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with create(tmp_path / "port.standoff", "Port", by="ana") as made:
        yield made


@pytest.fixture
def ledger() -> Make:
    return make_ledger


@pytest.fixture
def putting() -> Callable[..., None]:
    return put


@pytest.fixture
def port(case: Case) -> Case:
    """Three reports of a wage dispute, read."""
    put(
        case,
        make_ledger(
            "asking", ASKING, "2024-04-29", [("Dockers' union", "union"), ("Holt", "person")],
            [("Holt", "The dockers' union demands a pay rise of five per cent")],
            [("Dockers' union", "demand", "a pay rise of five per cent")],
        ),
        make_ledger(
            "refusing", REFUSING, "2024-04-30", [("Port owners", "company"), ("Dockers' union", "union")], (),
            [("Port owners", "refuse", "a pay rise")],
            [("Port owners", "talk", "the dockers' union calls off the strike in Hull")],
        ),
        make_ledger(
            "meeting", MEETING, "2024-05-01", [("Dockers' union", "union"), ("Port owners", "company")],
            meetings=[{"participants": ("Dockers' union", "Port owners"), "place": "Hull", "start": "2024-05-04"}],
        ),
    )  # fmt: skip
    return case
