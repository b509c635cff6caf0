"""A person's word on entries: nothing is overwritten, blind work stays apart until it is adopted."""

import pytest

from standoff.case import review
from standoff.case.queue import blind_entries, waiting
from standoff.case.snapshot import PositionEntry
from standoff.case.state import snapshot
from standoff.case.store import Case
from standoff.errors import CaseError, InputError, StandoffError


def position(case: Case, id_: str) -> PositionEntry:
    return next(entry for entry in snapshot(case).positions if entry.id == id_)


def test_accepting_and_rejecting(port: Case) -> None:
    review.accept(port, ["e2"], "ana")
    review.reject(port, ["e3"], "ana", "a headline")
    assert [(p.id, p.review) for p in snapshot(port).positions] == [("e2", "accepted")]
    review.reopen(port, ["e2", "e3"], "ben")
    assert [(p.id, p.review) for p in snapshot(port).positions] == [("e2", "machine"), ("e3", "machine")]


def test_a_correction_changes_what_it_names_and_leaves_the_machines_reading(port: Case) -> None:
    before = position(port, "e2")
    review.correct(port, "e2", {"act": "support", "target": "Port owners"}, "ana", "softer")
    review.correct(port, "e2", {"issue": "a pay rise"}, "ben")
    entry = position(port, "e2")
    assert (entry.act, entry.target, entry.review, entry.by) == ("support", "A3", "corrected", "ben")
    assert snapshot(port).quote(entry.report, entry.issue) == "a pay rise"
    assert entry.holder == before.holder
    review.accept(port, ["e2"], "cy")
    assert (position(port, "e2").review, position(port, "e2").act) == ("corrected", "support")
    review.reopen(port, ["e2"], "cy")
    assert position(port, "e2") == before


def test_an_entry_by_hand(port: Case) -> None:
    values = {
        "evidence": "to meet in Hull on 4 May 2024",
        "holder": "Dock masters",
        "act": "commit",
        "issue": "to meet",
    }
    id_ = review.add_by_hand(port, "meeting", "position", values, "ana")
    state = snapshot(port)
    entry = position(port, id_)
    assert (entry.review, entry.by, state.party_by_id[entry.holder].name) == ("added", "ana", "Dock masters")
    assert state.quote("meeting", entry.issue) == "to meet"
    meeting = {"evidence": "are to meet", "kind": "talks", "status": "planned", "participants": "A1; Port owners"}
    id_ = review.add_by_hand(port, "mee", "meeting", meeting, "ana")
    found = next(s for g in snapshot(port).meetings for s in g.sightings if s.id == id_)
    assert found.participants == ("A1", "A3")
    statement = {"content": "Port owners refuse a pay rise", "speaker": "Port owners"}
    id_ = review.add_by_hand(port, "refusing", "statement", statement, "ana")
    assert next(s for s in snapshot(port).statements if s.id == id_).evidence == (0, 29)


@pytest.mark.parametrize(
    ("values", "cause"),
    [
        ({"act": "wish"}, "none of demand"),
        ({"issue": "higher wages"}, "no words 'higher wages'"),
        ({"issue": "a"}, "stand .* times; say which"),
        ({"issue": "5-2"}, "no piece of a text"),
        ({"issue": "0-3 4-7"}, "one piece of text is meant"),
        ({"holder": "A99"}, "no such party"),
        ({"holder": ""}, "cannot be empty"),
        ({"colour": "red"}, "no field of a position"),
        ({}, "no field is named"),
    ],
)
def test_a_wrong_correction_is_told_and_nothing_is_recorded(port: Case, values: dict[str, str], cause: str) -> None:
    before = port.version()
    with pytest.raises(InputError, match=cause):
        review.correct(port, "e2", values, "ana")
    assert port.version() == before


def test_what_is_not_there_cannot_be_judged_and_then_nothing_is(port: Case) -> None:
    for entries in (["e2", "e99"], ["p1"]):
        with pytest.raises(CaseError, match="no such entry"):
            review.accept(port, entries, "ana")
    assert position(port, "e2").review == "machine"
    with pytest.raises(InputError, match="needs evidence"):
        review.add_by_hand(port, "asking", "position", {"act": "demand"}, "ana")
    with pytest.raises(StandoffError, match="no such report"):
        review.finish(port, ["nowhere"], "ana")


def test_blind_work_does_not_show_until_it_is_adopted(port: Case) -> None:
    before = snapshot(port)
    values = {"evidence": "0-54", "holder": "Holt", "act": "demand", "issue": "five per cent"}
    id_ = review.add_by_hand(port, "asking", "position", values, "ben", blind=True)
    review.correct(port, id_, {"act": "support"}, "ben", blind=True)
    assert snapshot(port).positions == before.positions
    assert [item.id for item in blind_entries(port, "ben")] == [id_]
    assert blind_entries(port, "ana") == []
    with pytest.raises(CaseError, match="nothing blind"):
        review.adopt(port, "asking", "cy", "ana")
    assert review.adopt(port, "asking", "ben", "ana") == (id_,)
    assert (position(port, id_).act, position(port, id_).review) == ("support", "added")


def test_what_waits_is_what_nobody_judged(port: Case) -> None:
    assert [item.id for item in waiting(port)] == ["e1", "e2", "e3", "e4", "e5"]
    review.accept(port, ["e2", "e5"], "ana")
    assert [item.id for item in waiting(port)] == ["e1", "e3", "e4"]
    assert [item.id for item in waiting(port, kind="precondition")] == ["e4"]
    assert [item.id for item in waiting(port, report="meeting", whole=True)] == ["e5"]
    told = waiting(port, kind="precondition")[0].summary
    assert told == "Port owners: “talk” only if “the dockers' union calls off the strike in Hull”"


def test_a_step_of_review_is_quick(port: Case) -> None:
    import time

    began = time.perf_counter()
    for _ in range(20):
        review.accept(port, ["e2"], "ana")
    assert (time.perf_counter() - began) / 20 < 0.05
