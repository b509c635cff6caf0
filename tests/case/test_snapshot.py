"""The plain values that a case hands to its readers."""

from hypothesis import given
from hypothesis import strategies as st

from standoff.case.snapshot import Gathering, Party, PositionEntry, Sighting, Snapshot, Source
from standoff.report import Report

TEXT = "The union demands a pay rise. Talks open on 4 May."
SNAPSHOT = Snapshot(
    sources=(
        Source(Report("a", TEXT), "a", 0.9, True, "2024-05-01T08:00:00"),
        Source(Report("b", TEXT), "a", 0.9, True, "2024-05-01T09:00:00"),
        Source(Report("c", "Rain."), "c", 0.1, False, "2024-05-01T10:00:00"),
    ),
    parties=(
        Party("u", "Union", "union"), Party("h", "Holt", "person", of="u"), Party("x", "X", "other", of="y"),
        Party("y", "Y", "other", of="x"),
    ),
    positions=tuple(
        PositionEntry(id, report, "2024-05-01", (0, 28), holder="u", act="demand", issue=(18, 28))
        for id, report in (("p1", "a"), ("p2", "b"), ("p3", "c"))
    ),
    meetings=(
        Gathering("m1", tuple(Sighting(f"s{r}", r, None, (30, 49)) for r in "ab")),
        Gathering("m2", (Sighting("sc", "c", None, (0, 5)),)),
    ),
)  # fmt: skip


def test_a_span_leads_back_to_its_words() -> None:
    assert SNAPSHOT.quote("a", SNAPSHOT.positions[0].issue) == "a pay rise"


def test_a_person_stands_for_its_party_and_a_circle_of_of_ends() -> None:
    assert SNAPSHOT.camp("h") == "u" and SNAPSHOT.camp("u") == "u"
    assert SNAPSHOT.camp("x") in ("x", "y")


def test_copies_and_irrelevant_reports_are_not_counted() -> None:
    assert [entry.id for entry in SNAPSHOT.counted_positions()] == ["p1"]
    meetings = SNAPSHOT.counted_meetings()
    assert [(m.id, [s.report for s in m.sightings]) for m in meetings] == [("m1", ["a"])]
    assert meetings[0].latest.report == "a"


DAYS = st.sampled_from(["2024-05-01", "2024-05-02", None])


@given(st.dictionaries(st.sampled_from("abcdef"), DAYS, min_size=1), st.lists(st.sampled_from("abcdef"), max_size=12))
def test_the_entries_of_a_report_are_found_by_their_order(days: dict[str, str | None], spoken: list[str]) -> None:
    def place(report: str) -> tuple[str, str]:
        return (days[report] or "9999", report)

    where = sorted((report for report in spoken if report in days), key=place)
    positions = tuple(PositionEntry(f"e{n}", report, days[report], (0, 1)) for n, report in enumerate(where))
    sightings = [Sighting(f"e{n}", report, days[report], (0, 1)) for n, report in enumerate(where, 100)]
    state = Snapshot(
        sources=tuple(Source(Report(r, TEXT, None, day), r, 1.0, True, "") for r, day in days.items()),
        positions=positions,
        meetings=tuple(Gathering(f"m{n}", (sighting,)) for n, sighting in enumerate(sightings)),
    )
    for report in days:
        assert state.entries_in(report) == [e for e in (*positions, *sightings) if e.report == report]
