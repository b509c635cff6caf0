"""A newer reading never destroys a review, and never moves one silently."""

from dataclasses import replace
from typing import Any

import pytest

from standoff.case import review
from standoff.case.rereading import outdated, reread, revise
from standoff.case.soundness import check
from standoff.case.state import snapshot
from standoff.case.store import Case
from standoff.errors import CaseError
from standoff.ledger import Ledger, Position
from standoff.report import Report


def reader(**ledgers: Ledger) -> Any:
    return lambda report: ledgers[report.id]


@pytest.fixture
def asking(port: Case, ledger: Any) -> Ledger:
    text = snapshot(port).source_by_id["asking"].report.text
    made: Ledger = ledger(
        "asking", text, "2024-04-29", [("Dockers' union", "union"), ("Holt", "person")],
        [("Holt", "The dockers' union demands a pay rise of five per cent")],
        [("Dockers' union", "demand", "a pay rise of five per cent")],
    )  # fmt: skip
    return made


def positions(case: Case) -> list[tuple[str, str, str]]:
    state = snapshot(case)
    return [(state.quote(p.report, p.issue), p.act, p.review) for p in state.positions if p.report == "asking"]


def test_an_unreviewed_reading_is_replaced(port: Case, asking: Ledger) -> None:
    newer = replace(asking, positions=(replace(asking.positions[0], act="support"),))
    reread(port, ["asking"], "ana", reader(asking=newer), "model 2")
    assert positions(port) == [("a pay rise of five per cent", "support", "machine")]
    assert outdated(port, "model 2") == ["meeting", "refusing"]


def test_a_review_stays_when_the_entry_is_found_again(port: Case, asking: Ledger) -> None:
    review.correct(port, "e2", {"target": "Port owners"}, "ana")
    (result,) = reread(port, ["asking"], "ana", reader(asking=asking), "model 2")
    assert result.found == ("e2",) and not result.alone and not result.near
    assert positions(port) == [("a pay rise of five per cent", "demand", "corrected")]
    assert snapshot(port).positions[0].target == "A3"


def test_an_accepted_entry_stays_when_the_newer_model_misses_it(port: Case, asking: Ledger) -> None:
    review.accept(port, ["e2"], "ana")
    (result,) = reread(port, ["asking"], "ana", reader(asking=replace(asking, positions=())), "model 2")
    assert result.alone == ("e2",)
    assert positions(port) == [("a pay rise of five per cent", "demand", "accepted")]


def test_a_rejected_entry_stays_away_when_it_is_found_again(port: Case, asking: Ledger) -> None:
    review.reject(port, ["e2"], "ana")
    for model in ("model 2", "model 3"):
        reread(port, ["asking"], "ana", reader(asking=asking), model)
        assert positions(port) == []
    review.reopen(port, ["e2"], "ana")
    assert positions(port) == [("a pay rise of five per cent", "demand", "machine")]


def test_what_overlaps_a_review_without_being_the_same_is_listed(port: Case, asking: Ledger) -> None:
    review.accept(port, ["e2"], "ana")
    shorter = asking.document.text.index("a pay rise")
    newer = replace(asking, positions=(replace(asking.positions[0], issue=(shorter, shorter + 10)),))
    (result,) = reread(port, ["asking"], "ana", reader(asking=newer), "model 2")
    assert [old for _, old in result.near] == ["e2"]
    assert sorted(positions(port)) == [
        ("a pay rise", "demand", "machine"), ("a pay rise of five per cent", "demand", "accepted"),
    ]  # fmt: skip


def test_a_reread_is_undone_as_a_whole(port: Case, asking: Ledger) -> None:
    from standoff.case.history import undo

    review.accept(port, ["e2"], "ana")
    before = snapshot(port)
    reread(port, ["asking"], "ana", reader(asking=replace(asking, positions=(), statements=())), "model 2")
    assert snapshot(port).statements == ()
    undo(port, by="ana")
    after = snapshot(port)
    assert (after.statements, after.positions, after.parties) == (before.statements, before.positions, before.parties)


def test_a_statement_that_is_found_again_still_belongs_to_a_reviewed_position(
    case: Case, ledger: Any, putting: Any
) -> None:
    text = "Holt said that the union wants more rest."
    made: Ledger = ledger("a", text, None, [("Holt", "person")], [("Holt", "the union wants more rest")])
    position = Position("p1", "a1", "a1", "demand", (31, 40), None, (0, len(text)), "s1")
    made = replace(made, positions=(position,))
    putting(case, made)
    review.accept(case, ["e2"], "ana")
    reread(case, ["a"], "ana", reader(a=made), "model 2")
    state = snapshot(case)
    assert [s.id for s in state.statements] == [state.positions[0].statement] != ["e1"]


def test_a_newer_text_takes_over_what_still_stands_in_it(case: Case, putting: Any, ledger: Any) -> None:
    old = (
        "Peace talks on a truce are due to open in Geneva on February 12. France urged Turkey to reopen the border. "
        "Turkey rejected the call at once. Talks on trade went on in Rome all the same."
    )
    putting(
        case,
        ledger("old", old, "2016-02-10", [("France", "state"), ("Turkey", "state")], (),
               [("France", "demand", "reopen the border"), ("Turkey", "refuse", "the call")]),
    )  # fmt: skip
    review.correct(case, "e1", {"target": "Turkey", "evidence": "France urged Turkey to reopen the border"}, "ana")
    review.correct(case, "e2", {"evidence": "Turkey rejected the call at once"}, "ana")
    new = old.replace("Turkey rejected the call at once. ", "").replace("Peace", "CORRECTED: Peace")
    result = revise(case, "old", Report("new", new, None, "2016-02-10"), "ana", "the publisher took a sentence back")
    assert result.lost == ("e2",)
    state = snapshot(case)
    kept = [p for p in state.positions if p.report == "new" and p.review == "corrected"] or [
        p for p in state.positions if p.report == "new" and p.review == "added"
    ]
    assert [state.quote("new", p.issue) for p in kept] == ["reopen the border"]
    assert state.party_by_id[kept[0].target or ""].name == "Turkey"
    assert not state.source_by_id["old"].counts and state.source_by_id["new"].counts
    assert check(case) == []
    with pytest.raises(CaseError, match="has this text already"):
        revise(case, "new", Report("again", new), "ana")
