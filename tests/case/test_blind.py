"""What a coder entered blind is his alone."""

from pathlib import Path

from standoff.case import review
from standoff.case.adding import name_actors, store
from standoff.case.blind import blind_state, names_for, tasks
from standoff.case.following import follow
from standoff.case.state import snapshot
from standoff.case.store import create
from standoff.report import Report

TEXT = "The miners want shorter shifts. The company will not hear of it."
WANT = {"evidence": "0-31", "issue": "16-30", "holder": "Miners", "act": "demand"}


def test_each_coder_sees_his_own_entries_as_he_left_them(tmp_path: Path) -> None:
    with create(tmp_path / "mine.standoff", by="ana") as case:
        store(case, [Report("mine", TEXT, published="2024-02-01")], "ana")
        before = snapshot(case).positions
        mine = review.add_by_hand(case, "mine", "position", WANT, "ana", blind=True)
        review.add_by_hand(case, "mine", "position", WANT | {"holder": "Owners"}, "ben", blind=True)
        review.correct(case, mine, {"act": "support"}, "ana", blind=True)
        (entry,) = blind_state(case, "ana").positions
        assert (entry.id, entry.act, entry.by) == (mine, "support", "ana")
        assert [party.name for party in blind_state(case, "ana").parties] == ["Miners"]
        assert [p.holder for p in blind_state(case, "eva").positions] == []
        review.reject(case, [mine], "ana", blind=True)
        assert blind_state(case, "ana").positions == ()
        assert snapshot(case).positions == before


def test_tasks_tell_how_far_the_coder_is(tmp_path: Path) -> None:
    with create(tmp_path / "mine.standoff", by="ana") as case:
        store(case, [Report("mine", TEXT, published="2024-02-01"), Report("other", "Nothing to do with it.")], "ana")
        review.add_by_hand(case, "mine", "position", WANT, "ana", blind=True)
        review.finish(case, ["mine"], "ana", blind=True)
        found = {task.source.id: (task.entries, task.done) for task in tasks(case, "ana")}
        assert found == {"mine": (1, "blind"), "other": (0, "")}
        assert {task.done for task in tasks(case, "ben")} == {""}


def test_only_names_of_the_coder_and_those_named_beforehand_are_offered(tmp_path: Path) -> None:
    with create(tmp_path / "mine.standoff", by="ana") as case:
        store(case, [Report("mine", TEXT)], "ana")
        name_actors(case, "- name: Pit Council\n", "actors.yaml", "ana")
        review.add_by_hand(case, "mine", "position", WANT, "ana", blind=True)
        review.add_by_hand(case, "mine", "position", WANT | {"holder": "Owners"}, "ben", blind=True)
        assert names_for(case, blind_state(case, "ana")) == ["Miners", "Pit Council"]


def test_a_name_that_a_coder_brings_in_is_not_shown_to_others_before_his_coding_is_taken_over(tmp_path: Path) -> None:
    with create(tmp_path / "mine.standoff", by="ana") as case:
        store(case, [Report("mine", TEXT)], "ana")
        mine = review.add_by_hand(case, "mine", "position", WANT, "ana", blind=True)
        review.correct(case, mine, {"target": "Pit Inspectors"}, "ana", blind=True)
        assert snapshot(case).parties == () and follow(case).state.parties == ()
        before = follow(case)
        review.add_by_hand(case, "mine", "position", WANT, "ben")  # ben comes upon the same name by himself
        assert [party.name for party in snapshot(case).parties] == ["Miners"]
        assert follow(case, before).state == snapshot(case)
        before = follow(case)
        review.adopt(case, "mine", "ana", "ben")
        assert [party.name for party in snapshot(case).parties] == ["Miners", "Pit Inspectors"]
        assert follow(case, before).state == snapshot(case)
