"""A case becomes coded statements: who holds what, with agreement from the act; copies and rejected entries are out."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.analysis.networks.from_case import from_snapshot, undated
from standoff.analysis.networks.network import network
from standoff.analysis.networks.request import Request
from standoff.case.snapshot import Concept, Party, PositionEntry, Snapshot, Source
from standoff.errors import InputError
from standoff.ledger import ACTS
from standoff.report import Report

TEXT = "The dockers demand a pay rise. The owners refuse a pay rise."


def source(id_: str, day: str | None, cluster: str = "", relevant: bool = True) -> Source:
    return Source(Report(id_, TEXT, None, day, "Port News"), cluster or id_, 0.9, relevant, "2024-05-01T08:00:00")


def position(
    number: int, report: str, day: str | None, holder: str, act: str, concept: str | None = "C1"
) -> PositionEntry:
    return PositionEntry(f"e{number}", report, day, (0, 30), holder=holder, act=act, concept=concept)


SNAPSHOT = Snapshot(
    name="Port",
    sources=(
        source("a", "2024-04-29"),
        source("b", "2024-04-30"),
        source("copy", "2024-04-30", "a"),
        source("rain", "2024-04-30", relevant=False),
        source("undated", None),
    ),
    parties=(
        Party("A1", "Dockers", "union"),
        Party("A2", "Holt", "person", "A1"),
        Party("A3", "Owners", "company"),
    ),
    concepts=(Concept("C1", "pay rise"), Concept("C2", "new rosters")),
    positions=(
        position(1, "a", "2024-04-29", "A1", "demand"),
        position(2, "a", "2024-04-29", "A2", "support", "C2"),
        position(3, "b", "2024-04-30", "A3", "refuse"),
        position(4, "copy", "2024-04-30", "A1", "demand"),
        position(5, "rain", "2024-04-30", "A3", "commit"),
        position(6, "b", "2024-04-30", "A3", "oppose", None),
        position(7, "undated", None, "A3", "demand"),
    ),
)


def values(name: str, snapshot: Snapshot = SNAPSHOT) -> list[object]:
    column = from_snapshot(snapshot).column(name)
    return column.levels[column.codes].tolist()


def test_copies_irrelevant_reports_and_undated_positions_do_not_count() -> None:
    assert values("entry") == ["e1", "e2", "e3", "e6"]
    assert undated(SNAPSHOT) == 1


def test_a_spokesman_speaks_for_his_party_and_is_the_person() -> None:
    assert values("party") == ["Dockers", "Dockers", "Owners", "Owners"]
    assert values("holder") == ["Dockers", "Holt", "Owners", "Owners"]
    assert values("person") == ["", "Holt", "", ""]


def test_refusing_and_opposing_are_disagreement_and_an_uncoded_position_has_no_concept() -> None:
    assert values("agreement") == [1, 1, 0, 0]
    assert values("concept") == ["pay rise", "new rosters", "pay rise", ""]


def test_the_network_of_a_case_shows_who_is_against_whom() -> None:
    request = Request(variable1="party", aggregation="conflict")
    found = network(from_snapshot(SNAPSHOT), request).to_pandas()
    assert found.loc["Dockers", "Owners"] == 1
    assert network(from_snapshot(SNAPSHOT), replace(request, aggregation="congruence")).matrix.sum() == 0


def test_each_statement_leads_back_to_its_words() -> None:
    coded = from_snapshot(SNAPSHOT)
    assert coded.texts is not None and coded.texts[0] == TEXT[:30]


def test_two_parties_of_one_name_stay_two() -> None:
    twins = replace(SNAPSHOT, parties=(*SNAPSHOT.parties[:2], replace(SNAPSHOT.parties[2], name="Dockers")))
    assert set(values("party", twins)) == {"Dockers (A1)", "Dockers (A3)"}


def test_a_case_without_positions_or_without_codes_is_refused_with_the_cause() -> None:
    with pytest.raises(InputError, match="Port: no position"):
        from_snapshot(replace(SNAPSHOT, positions=()))
    uncoded = replace(SNAPSHOT, positions=tuple(replace(p, concept=None) for p in SNAPSHOT.positions))
    with pytest.raises(InputError, match="of 4 in range none has a value of 'concept'"):
        network(from_snapshot(uncoded), Request(variable1="party"))


@given(st.lists(st.tuples(st.sampled_from(["A1", "A2", "A3"]), st.sampled_from(ACTS), st.sampled_from(["C1", "C2"]))))
def test_every_counted_position_is_one_statement(held: list[tuple[str, str, str]]) -> None:
    entries = [position(n, "a", "2024-04-29", *one) for n, one in enumerate(held, 1)]
    snapshot = replace(SNAPSHOT, positions=(*entries, SNAPSHOT.positions[2]))
    found = network(from_snapshot(snapshot), Request("twomode", "party", "concept"))
    assert found.matrix.sum() == len(held) + 1
