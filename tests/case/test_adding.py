"""Adding: each text once, copies in clusters, what is off the topic kept apart."""

from collections.abc import Callable
from pathlib import Path

import pytest

from standoff.case.adding import Added, add, store
from standoff.case.screening import decide_copy, decide_relevance, score_again, set_threshold
from standoff.case.state import snapshot
from standoff.case.store import Case, create
from standoff.errors import CaseError, InputError
from standoff.report import Report

NEWS = (
    "The ferry line and the seamen's union will meet a state mediator on Tuesday. The union wants eight per cent more "
    "pay for the crews of the island routes. The line has offered three and calls the demand absurd. Both sides said "
    "that they would not let talks run beyond the end of the month."
)
RAIN = "It rained in the north on Sunday. Farmers were glad of it, for the spring had been the driest in twenty years."


def test_the_same_text_again_adds_nothing_whatever_its_name(case: Case) -> None:
    first = store(case, [Report("a", NEWS, "Ferries"), Report("b", RAIN)], "ana")
    version = case.version()
    again = store(case, [Report("other", NEWS), Report("a", NEWS), Report("b", RAIN)], "ana")
    assert first.new == ("a", "b") and again == Added(known=("a", "a", "b"))
    assert case.version() == version


def test_a_text_twice_in_one_go_is_stored_once_and_an_id_twice_is_told_apart(case: Case) -> None:
    done = store(case, [Report("a", NEWS), Report("b", NEWS), Report("a", RAIN)], "ana")
    assert (done.new, done.known) == (("a", "a-2"), ("a",))


def test_errors_are_handed_on_and_the_rest_is_stored(case: Case) -> None:
    error = InputError("x.pdf: no text")
    done = store(case, [error, Report("a", NEWS)], "ana")
    assert (done.errors, done.new) == ((error,), ("a",))


def test_an_updated_copy_is_kept_and_counts_once(case: Case) -> None:
    update = (
        "UPDATE 2-" + NEWS + " A spokesman for the line said on Monday evening that no ship would sail before noon."
    )
    store(case, [Report("first", NEWS), Report("update", update), Report("rain", RAIN)], "ana")
    clusters = {source.id: source.cluster for source in snapshot(case).sources}
    assert clusters == {"first": "first", "update": "first", "rain": "rain"}
    assert {source.id for source in snapshot(case).sources if source.counts} == {"first", "rain"}
    decide_copy(case, "update", None, "ana", "has a new paragraph")
    assert all(source.counts for source in snapshot(case).sources)
    with pytest.raises(CaseError, match="nothing repeats itself"):
        decide_copy(case, "first", "first", "ana")


def test_a_cluster_is_counted_by_its_first_report_that_is_about_the_negotiation(case: Case) -> None:
    copies = [Report(name, NEWS + extra) for name, extra in (("a", ""), ("b", " More."), ("c", " And more."))]
    store(case, [*copies, Report("rain", RAIN)], "ana")
    decide_relevance(case, ["a"], False, "ana")
    assert {source.id for source in snapshot(case).sources if source.counts} == {"b", "rain"}
    decide_copy(case, "a", "rain", "ana")  # the copies of a copy go with it
    assert {source.cluster for source in snapshot(case).sources} == {"rain"}


def test_reports_off_the_topic_are_kept_apart_and_a_person_may_overrule(tmp_path: Path) -> None:
    with create(tmp_path / "f.standoff", "Ferries", "Wage talks between the ferry line and the seamen's union") as case:
        store(case, [Report("news", NEWS), Report("rain", RAIN)], "ana")
        state = snapshot(case)
        assert {source.id for source in state.sources if source.relevant} == {"news"}
        assert state.source_by_id["news"].relevance > 0.5 > 0.1 > state.source_by_id["rain"].relevance
        decide_relevance(case, ["rain"], True, "ana", "it stops the ferries")
        assert snapshot(case).source_by_id["rain"].relevant
        decide_relevance(case, ["rain"], None, "ana")
        assert not snapshot(case).source_by_id["rain"].relevant
        set_threshold(case, 0.99, "ana")
        assert not any(source.relevant for source in snapshot(case).sources)


def test_scores_learn_from_decisions_and_only_when_asked(tmp_path: Path) -> None:
    strike = "Island crews walked off two ships at dawn. Passengers waited on the quay while the seamen talked of pay."
    with create(tmp_path / "f.standoff", "Ferries", "Wage talks between the ferry line and the seamen's union") as case:
        store(case, [Report("news", NEWS), Report("strike", strike), Report("rain", RAIN)], "ana")
        before = {source.id: source.relevance for source in snapshot(case).sources}
        decide_relevance(case, ["news", "strike"], True, "ana")
        assert {source.id: source.relevance for source in snapshot(case).sources} == before
        assert score_again(case, "ana") > 0
        after = {source.id: source.relevance for source in snapshot(case).sources}
        assert after["strike"] > before["strike"]
        assert after["rain"] < 0.2
        assert score_again(case, "ana") == 0


def test_a_case_without_a_description_takes_in_everything(case: Case) -> None:
    store(case, [Report("rain", RAIN)], "ana")
    assert snapshot(case).source_by_id["rain"].relevance == 1.0


def test_a_report_is_named_by_the_beginning_of_its_id_if_only_one_begins_so(case: Case) -> None:
    store(case, [Report("2024-ferry", NEWS), Report("2024-rain", RAIN)], "ana")
    assert decide_relevance(case, ["2024-f"], False, "ana") == ("2024-ferry",)
    for given, cause in (("2024", "several reports"), ("2024_", "no such report"), ("%", "no such report")):
        with pytest.raises(CaseError, match=cause):
            decide_relevance(case, [given], False, "ana")


def test_what_counts_is_read_and_connected_and_the_rest_is_not(tmp_path: Path) -> None:
    talks = (
        "Peace talks on a truce are due to open in Geneva on February 12. France urged Turkey to reopen the border. "
        "“We will not attend the talks until Russia stops the air strikes,” Turkish Foreign Minister Mevlut "
        "Cavusoglu said on Tuesday."
    )
    steps: list[str] = []
    with create(tmp_path / "g.standoff", "Geneva", "Peace talks in Geneva on a truce") as case:
        done = add(
            case, [Report("talks", talks, None, "2016-02-10"), Report("rain", RAIN)], "ana",
            progress=lambda what, at, of: steps.append(what),
        )  # fmt: skip
        state = snapshot(case)
    assert done.read == ("talks",) and {"storing", "reading", "connecting"} <= set(steps)
    assert {entry.report for entry in (*state.statements, *state.positions, *state.preconditions)} == {"talks"}
    assert all(entry.concept for entry in state.positions) and state.positions
    assert all(gathering.id[1:].isdecimal() for gathering in state.meetings) and state.meetings
    assert all(party.members for party in state.parties)


def test_a_reading_that_was_cut_off_goes_on_with_the_next_adding(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    from standoff.case import adding
    from standoff.ledger import Ledger

    reports = [Report("news", NEWS), Report("rain", RAIN)]

    def cut_off(report: Report, known: object) -> Ledger:
        if report.id == "rain":
            raise KeyboardInterrupt
        return Ledger(report)

    monkeypatch.setattr(adding, "read_report", cut_off)
    with pytest.raises(KeyboardInterrupt):
        add(case, reports, "ana")
    monkeypatch.setattr(adding, "read_report", lambda report, known: Ledger(report))
    again = add(case, reports, "ana")
    assert (again.new, again.read) == ((), ("rain",))
    assert list(adding.read_all(case, reports, None, adding.silent)) == []


def test_actors_that_are_named_beforehand_are_known_to_every_reading(case: Case) -> None:
    from standoff.case.adding import known_actors, name_actors

    name_actors(case, "- {name: Seamen's Union, kind: union, aliases: [the seamen]}", "actors.yaml", "ana")
    assert [actor.name for actor in known_actors(case)] == ["Seamen's Union"]
    add(case, [Report("a", "Ferry talks: the seamen demanded eight per cent. “We want rest,” the seamen said.")], "ana")
    assert ("Seamen's Union", "union") in {(party.name, party.kind) for party in snapshot(case).parties}
    with pytest.raises(InputError, match="actors.yaml: no list"):
        name_actors(case, "x", "actors.yaml", "ana")


def test_progress_is_shown_by_whoever_wants_to(case: Case) -> None:
    told: list[tuple[str, int, int]] = []
    show: Callable[[str, int, int], None] = lambda *step: told.append(step)  # noqa: E731
    store(case, [Report("rain", RAIN)], "ana", progress=show)
    assert told == [("storing", 1, 0)]
