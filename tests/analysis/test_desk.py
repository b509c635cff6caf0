"""What a desk asks, on two short reports that are written here."""

from dataclasses import replace
from datetime import date

import pytest
from icalendar import Calendar

from standoff.analysis.brief import brief, published_before
from standoff.analysis.brief_page import page as to_page
from standoff.analysis.calendar import calendar
from standoff.analysis.contradictions import contradictions
from standoff.analysis.deadlocks import deadlocks
from standoff.analysis.icalendar_file import to_ics
from standoff.analysis.positions import positions
from standoff.analysis.who import find_party, who
from standoff.case.snapshot import (
    Concept,
    Gathering,
    Party,
    PositionEntry,
    PreconditionEntry,
    Sighting,
    Snapshot,
    Source,
)
from standoff.errors import InputError
from standoff.ledger import Span
from standoff.report import Report

ONE = (
    "The mill will not open the books before the union ends the walkout. The union will not end the walkout before "
    "the mill opens the books. The union refuses night shifts. They meet on March 4."
)
TWO = "The union accepts night shifts. The meeting was put off to March 9. The union wants a canteen."


def at(text: str, words: str) -> Span:
    return (text.index(words), text.index(words) + len(words))


@pytest.fixture
def case() -> Snapshot:
    sources = tuple(
        Source(Report(name, text, published=day), name, 1.0, True, "")
        for name, text, day in (("r1", ONE, "2024-03-01"), ("r2", TWO, "2024-03-03"))
    )

    def position(key: str, report: str, act: str, words: str) -> PositionEntry:
        text, day = (ONE, "2024-03-01") if report == "r1" else (TWO, "2024-03-03")
        return PositionEntry(key, report, day, at(text, words), holder="U", act=act, issue=at(text, words))

    def condition(key: str, holder: str, gate: str, need: str) -> PreconditionEntry:
        return PreconditionEntry(
            key, "r1", "2024-03-01", at(ONE, gate), holder=holder, gate=at(ONE, gate), requirement=at(ONE, need)
        )

    return Snapshot(
        name="mill",
        sources=sources,
        parties=(
            Party("M", "Mill", "company", None, (("r1", "a1"),)),
            Party("U", "Union", "union", None, (("r1", "a2"),)),
        ),
        positions=(
            position("p1", "r1", "refuse", "night shifts"),
            position("p2", "r2", "commit", "night shifts"),
            position("p3", "r2", "demand", "a canteen"),
        ),
        preconditions=(
            condition("c1", "M", "open the books", "ends the walkout"),
            condition("c2", "U", "end the walkout", "opens the books"),
        ),
        meetings=(
            Gathering(
                "g1",
                (
                    Sighting("m1", "r1", "2024-03-01", at(ONE, "meet on March 4"), start="2024-03-04"),
                    Sighting("m2", "r2", "2024-03-03", at(TWO, "March 9"), start="2024-03-09", status="postponed"),
                ),
            ),
        ),
    )


def test_two_who_wait_for_each_other_are_locked_and_one_concession_is_enough(case: Snapshot) -> None:
    found = deadlocks(case)
    assert [[c.id for c in cycle.conditions] for cycle in found.locked.cycles] == [["c1", "c2"]]
    assert len(found.locked.concessions) == found.locked.at_least == 1


def test_what_is_withheld_may_be_told_in_other_words_than_what_is_required() -> None:
    """The codebook has "sees the names" and "hand over names" apart; their telling words are the same."""
    text = "The mill will not reopen before it sees the names. The union will not hand over names before it reopens."
    whole = (0, len(text))
    one, two = (
        PreconditionEntry(
            key, "r", "2024-03-01", whole, by="before", holder=holder, gate=at(text, gate), requirement=need,
            gate_concept=codes[0], requirement_concept=codes[1],
        )
        for key, holder, gate, need, codes in (
            ("c1", "M", "reopen", at(text, "it sees the names"), ("C1", "C2")),
            ("c2", "U", "hand over names", at(text, "it reopens"), ("C3", "C1")),
        )
    )  # fmt: skip
    state = Snapshot(
        sources=(Source(Report("r", text, published="2024-03-01"), "r", 1.0, True, ""),),
        parties=(Party("M", "Mill", "company"), Party("U", "Union", "union")),
        concepts=(Concept("C1", "reopen"), Concept("C2", "sees the names"), Concept("C3", "hand over names")),
        preconditions=(one, two),
    )
    found = deadlocks(state)
    assert [[c.id for c in cycle.conditions] for cycle in found.locked.cycles] == [["c1", "c2"]]
    assert found.conditions[0].controller_name == "Union"


def test_a_party_that_refuses_and_later_accepts_has_shifted_and_contradicts_itself(case: Snapshot) -> None:
    (shift,) = positions(case).shifts
    assert (shift.party_name, shift.before.act, shift.after.act, shift.days) == ("Union", "refuse", "commit", 2)
    (clash,) = contradictions(case)
    assert clash.key == ("p1", "p2")
    assert clash.first.citation.quote == ONE[clash.first.citation.start : clash.first.citation.end]


def test_a_brief_tells_what_the_second_report_brought(case: Snapshot) -> None:
    found = brief(published_before(case, date(2024, 3, 2)), case)
    assert found.reports == 1
    assert [stand.now.words for stand in found.changed] == ["night shifts"]
    assert [stand.now.words for stand in found.first_demands] == ["a canteen"]
    assert [(c.field, c.before, c.after) for c in found.moved[0].changes] == [
        ("start", "2024-03-04", "2024-03-09"),
        ("status", "planned", "postponed"),
    ]
    assert [a.start for a in found.coming] == ["2024-03-09"]
    assert [c.key for c in found.contradictions] == [("p1", "p2")]


def sections(before: Snapshot, now: Snapshot) -> dict[str, list[str]]:
    return {s.title: [item.line for item in s.items] for s in to_page(brief(before, now)).sections}


def test_a_page_tells_a_demand_that_is_a_condition_once_and_counts_reports_not_words(case: Snapshot) -> None:
    text = "The union will not sign until it has a canteen. It wants a canteen and, again, a canteen."
    issue, second = at(text, "a canteen"), at(text, "a canteen and")
    again = (text.rindex("a canteen"), text.rindex("a canteen") + len("a canteen"))
    new = Source(Report("r3", text, published="2024-03-04"), "r3", 1.0, True, "")

    def demand(key: str, place: Span, evidence: Span) -> PositionEntry:
        return PositionEntry(key, "r3", "2024-03-04", evidence, holder="M", act="demand", issue=place)

    bound = PreconditionEntry(
        "c9", "r3", "2024-03-04", (0, 46), by="until", holder="M", gate=at(text, "sign"), requirement=issue
    )
    told_once = replace(case, sources=(*case.sources, new), positions=(*case.positions, demand("p9", issue, (0, 46))))
    assert set(sections(case, told_once)) == {"Coming up", "Demanded for the first time"}
    bound_too = replace(told_once, preconditions=(*case.preconditions, bound))
    assert set(sections(case, bound_too)) == {"Coming up", "New conditions"}
    rest = (47, len(text))
    twice = (*told_once.positions, demand("p10", (second[0], second[0] + 9), rest), demand("p11", again, rest))
    found = sections(case, replace(told_once, positions=twice))["Demanded for the first time"]
    assert found == ["demands “a canteen”"]


def test_what_most_reports_tell_comes_first_and_then_the_surest(case: Snapshot) -> None:
    text = "The union wants a nurse, a shower and a crèche."
    reports = tuple(Source(Report(k, text, published="2024-03-04"), k, 1.0, True, "") for k in ("r3", "r4"))
    told = [("p9", "r3", "a nurse", 0.3), ("p10", "r3", "a shower", 0.5), ("p11", "r3", "a crèche", 0.2)]
    told.append(("p12", "r4", "a crèche", 0.2))
    demands = tuple(
        PositionEntry(key, report, "2024-03-04", (0, len(text)), confidence=sure, holder="U", act="demand",
                      issue=at(text, words))
        for key, report, words, sure in told
    )  # fmt: skip
    state = replace(case, sources=(*case.sources, *reports), positions=(*case.positions, *demands))
    found = brief(case, state)
    assert [s.now.words for s in found.first_demands] == ["a crèche", "a shower", "a nurse"]
    assert found.first_demands[0].repeated == 2


def test_a_demand_in_other_words_is_not_told_as_a_first_one(case: Snapshot) -> None:
    text = "The union wants a new canteen, and that the mill open the gate. It wants the gate and the yard."
    report = Source(Report("r3", text, published="2024-03-04"), "r3", 1.0, True, "")
    places = [at(text, "a new canteen"), at(text, "open the gate"), at(text, "the gate and the yard")]
    demands = tuple(
        PositionEntry(f"p{k}", "r3", "2024-03-04", (0, len(text)), confidence=sure, holder="U", act="demand", issue=it,
                      concept=f"C{k}")
        for k, (it, sure) in enumerate(zip(places, (0.5, 0.4, 0.3), strict=True), 9)
    )  # fmt: skip
    concepts = tuple(Concept(f"C{k}", "") for k in range(9, 12))
    state = replace(case, sources=(*case.sources, report), positions=(*case.positions, *demands), concepts=concepts)
    found = brief(case, state)
    assert [s.now.words for s in found.first_demands] == ["open the gate"]  # a canteen was wanted before
    assert [s.now.words for s in found.new] == ["a new canteen", "open the gate", "the gate and the yard"]


def test_a_brief_of_a_case_that_did_not_change_is_empty(case: Snapshot) -> None:
    found = brief(case, case)
    assert not (found.reports or found.new or found.changed or found.moved or found.contradictions or found.corrected)


def test_a_meeting_keeps_its_uid_while_its_sequence_rises(case: Snapshot) -> None:
    first = calendar(published_before(case, date(2024, 3, 2)))
    earlier = Calendar.from_ical(to_ics("id", "mill", first)).walk("VEVENT")[0]
    later = Calendar.from_ical(to_ics("id", "mill, renamed", calendar(case))).walk("VEVENT")[0]
    assert earlier["UID"] == later["UID"]
    assert (earlier["SEQUENCE"], later["SEQUENCE"]) == (0, 2)
    assert later.decoded("DTSTART") == date(2024, 3, 9)
    assert later["STATUS"] == "TENTATIVE"


def test_a_card_is_found_by_part_of_a_name_and_an_unknown_name_is_an_error(case: Snapshot) -> None:
    assert len(who(case, find_party(case, "uni")).lines) == 2
    with pytest.raises(InputError, match="no actor"):
        find_party(case, "council")
