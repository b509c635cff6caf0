"""The record: what is undone is as if it had never been, and can be brought back."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standoff.case import codebook, merging, review, screening
from standoff.case.history import compare, diff, log, moment, redo, undo
from standoff.case.state import snapshot
from standoff.case.store import Case, backup
from standoff.case.store import open as open_case
from standoff.errors import StandoffError


def test_undo_takes_back_the_last_step_of_the_same_person(port: Case) -> None:
    before = snapshot(port)
    merging.rename(port, "A1", "Dockers", "ben")
    review.reject(port, ["e2"], "ana", "not a demand")
    assert undo(port, by="ben").verb == "rename"
    assert snapshot(port).party_by_id["A1"].name == "Dockers' union"
    assert [p.id for p in snapshot(port).positions] == ["e3"]
    undo(port, by="ana")
    assert snapshot(port) == before


def test_an_undo_can_be_undone_and_redone(port: Case) -> None:
    review.reject(port, ["e2"], "ana")
    rejected = snapshot(port)
    undo(port, by="ana")
    accepted = snapshot(port)
    redo(port, "ana")
    assert snapshot(port) == rejected
    undo(port, log(port)[-1].id, "ana")  # the redo
    assert snapshot(port) == accepted


def test_an_earlier_step_is_undone_without_the_later_ones(port: Case) -> None:
    merging.rename(port, "A1", "Dockers", "ana")
    merging.rename(port, "A3", "Owners", "ana")
    number = log(port)[-2].id
    undo(port, number, "ben", "wrong party")
    names = {party.id: party.name for party in snapshot(port).parties}
    assert (names["A1"], names["A3"]) == ("Dockers' union", "Owners")
    with pytest.raises(StandoffError, match="undone already"):
        undo(port, number, "ben")


def test_adding_is_undone_with_all_that_was_read_and_added_again(port: Case, putting: Callable[..., None]) -> None:
    full = snapshot(port)
    undo(port, by="ana")
    assert snapshot(port).sources == () == snapshot(port).positions
    assert snapshot(port).parties == ()
    redo(port, "ana")
    assert snapshot(port) == full


def test_what_cannot_be_undone_is_told(port: Case) -> None:
    with pytest.raises(StandoffError, match="has done nothing"):
        undo(port, by="nobody")
    with pytest.raises(StandoffError, match="was made cannot be undone"):
        undo(port, 1, "ana")
    with pytest.raises(StandoffError, match="no action 999"):
        undo(port, 999, "ana")
    with pytest.raises(StandoffError, match="has undone nothing"):
        redo(port, "ana")


def test_the_log_keeps_who_why_and_what_was_undone(port: Case) -> None:
    review.accept(port, ["e2"], "ben", "checked with the tape")
    undo(port, by="ben", why="wrong tape")
    steps = log(port)
    assert [(s.by, s.verb, s.in_force) for s in steps] == [
        ("ana", "new", True), ("ana", "add", True), ("ben", "accept", False), ("ben", "undo", True),
    ]  # fmt: skip
    assert (steps[2].why, steps[3].why, steps[1].parts) == ("checked with the tape", "wrong tape", 3)
    assert log(port, 1) == steps[-1:]


def test_a_difference_names_thing_field_before_and_after(port: Case) -> None:
    start = port.version()
    review.correct(port, "e2", {"act": "support"}, "ana")
    review.reject(port, ["e3"], "ana")
    changes = diff(port, start, port.version())
    told = {(c.kind, c.id, c.field): (c.before, c.after) for c in changes}
    assert told[("positions", "e2", "act")] == ("demand", "support")
    assert told[("positions", "e3", "")][1] is None
    assert diff(port, start, start) == []


def test_a_moment_is_a_number_a_day_or_now(port: Case) -> None:
    assert moment(port, "now") == port.version()
    assert moment(port, "2") == port.version()  # adding, with the reading that is a part of it
    assert moment(port, "2999-01-01") == port.version()
    for text, cause in (("1999-01-01", "made after"), ("77", "no action 77"), ("soon", "no number")):
        with pytest.raises(StandoffError, match=cause):
            moment(port, text)


Step = Callable[[Case], object]
STEPS: dict[str, Step] = {
    "accept": lambda case: review.accept(case, ["e2"], "ana"),
    "reject": lambda case: review.reject(case, ["e3"], "ana"),
    "reopen": lambda case: review.reopen(case, ["e3"], "ana"),
    "correct": lambda case: review.correct(case, "e2", {"act": "support"}, "ana"),
    "correct more": lambda case: review.correct(case, "e2", {"holder": "Holt"}, "ana"),
    "add": lambda case: review.add_by_hand(
        case, "meeting", "position",
        {"evidence": "0-10", "holder": "Somebody new", "act": "commit", "issue": "to meet in Hull"}, "ana",
    ),
    "blind": lambda case: review.accept(case, ["e2"], "ana", blind=True),
    "finish": lambda case: review.finish(case, ["asking"], "ana"),
    "merge": lambda case: merging.merge(case, "A1", ["A3"], "ana"),
    "unmerge": lambda case: merging.unmerge(case, "A3", "ana"),
    "rename": lambda case: merging.rename(case, "A1", "Dockers", "ana"),
    "describe": lambda case: merging.describe_party(case, "A2", {"of": "A1", "kind": "person"}, "ana"),
    "split": lambda case: merging.split_party(case, "A1", ["meeting"], "Other dockers", "ana"),
    "split meeting": lambda case: merging.split_meeting(case, ["e5"], "ana"),
    "move": lambda case: codebook.move(case, ["e2", "e4.gate"], "pay", "ana"),
    "take in": lambda case: screening.decide_relevance(case, ["asking"], False, "ana"),
    "copy": lambda case: screening.decide_copy(case, "refusing", "asking", "ana"),
    "threshold": lambda case: screening.set_threshold(case, 0.9, "ana"),
}  # fmt: skip


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(sorted(STEPS)), min_size=1, max_size=6))
def test_undoing_everything_in_reverse_gives_back_every_state(port: Case, names: list[str]) -> None:
    with TemporaryDirectory() as folder, open_case(backup(port, Path(folder) / "copy.standoff")) as case:
        states = [snapshot(case)]
        for name in names:
            try:
                STEPS[name](case)
            except StandoffError:  # a step may not fit what was done before: then it must leave nothing
                assert compare(states[-1], snapshot(case)) == []
                continue
            states.append(snapshot(case))
        for state in reversed(states[:-1]):
            undo(case, by="ana")
            assert compare(snapshot(case), state) == []
        for state in states[1:]:
            redo(case, "ana")
            assert compare(snapshot(case), state) == []


def test_a_look_is_remembered_for_each_person(port: Case) -> None:
    from standoff.case.history import last_look, look

    assert last_look(port, "ana") is None
    before = port.version()
    look(port, "ana")
    assert diff(port, before, port.version()) == []
    review.reject(port, ["e2"], "ben")
    seen = last_look(port, "ana")
    assert seen is not None and last_look(port, "ben") is None
    assert {change.id for change in diff(port, seen, port.version())} == {"e2"}
    with pytest.raises(StandoffError, match="has done nothing"):
        undo(port, by="someone who only looked")


def test_the_past_stays_as_it_was(port: Case) -> None:
    then, before = port.version(), snapshot(port)
    merging.merge(port, "A1", ["A3"], "ana")
    undo(port, by="ana")
    review.reject(port, ["e2"], "ana")
    assert snapshot(port, then) == before
