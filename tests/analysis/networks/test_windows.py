"""Windows: side by side they part the statements; counted by what enters and leaves they are those counted alone."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.analysis.networks import network as networks
from standoff.analysis.networks.coded import CodedStatements, from_frame
from standoff.analysis.networks.network import Moving, network, series
from standoff.analysis.networks.request import AGGREGATIONS, NORMALIZATIONS, Request

DAY = 86_400
NAMES = ["organization", "concept", "agreement", "scale", "frame"]
KINDS = dict(zip(NAMES, ["short text", "short text", "boolean", "integer", "short text"], strict=True))

statements = st.lists(
    st.tuples(
        st.integers(0, 40 * DAY), st.sampled_from("ABCD"), st.sampled_from("xyz"), st.booleans(),
        st.sampled_from([-3, 0, 1, 4]), st.sampled_from("pq"),
    ),
    min_size=1, max_size=40,
)  # fmt: skip


def coded(rows: list[tuple[object, ...]]) -> CodedStatements:
    return from_frame(pd.DataFrame(rows, columns=["time", *NAMES]), KINDS)


def requests() -> st.SearchStrategy[Request]:
    def of(mode: str) -> st.SearchStrategy[Request]:
        return st.builds(
            Request,
            mode=st.just(mode),
            qualifier=st.sampled_from(["agreement", "scale"]),
            aggregation=st.sampled_from(AGGREGATIONS[mode]),
            normalization=st.sampled_from(NORMALIZATIONS[mode]),
            isolates=st.booleans(),
        )

    return st.sampled_from(["onemode", "twomode"]).flatmap(of)


@given(statements, st.integers(1, 9))
def test_windows_side_by_side_part_the_statements(rows: list[tuple[object, ...]], size: int) -> None:
    times = [int(str(row[0])) for row in rows]
    found = list(series(coded(rows), Request(), Moving("days", size)))[::size]
    whole = [time for time in times if found[0].start <= time <= found[-1].stop]
    assert sum(one.statements for one in found) == len(whole)
    assert all(one.stop + 1 == other.start for one, other in zip(found, found[1:], strict=False))


@given(statements, requests(), st.sampled_from(["days", "weeks", "events"]), st.integers(1, 9))
def test_a_moving_window_is_the_window_counted_alone(
    rows: list[tuple[object, ...]], request_: Request, unit: str, size: int
) -> None:
    table = coded(rows)
    moving = list(series(table, request_, Moving(unit, size)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(networks, "keeps", lambda frame, request: False)
        alone = list(series(table, request_, Moving(unit, size)))
    assert len(moving) == len(alone)
    for one, other in zip(moving, alone, strict=True):
        assert one.rows.tolist() == other.rows.tolist() and one.cols.tolist() == other.cols.tolist()
        assert (one.start, one.stop, one.statements) == (other.start, other.stop, other.statements)
        assert np.allclose(one.matrix, other.matrix, rtol=1e-12, atol=0)


@given(statements, st.sampled_from(["agreement", "scale", "frame"]))
def test_congruence_and_conflict_are_all_relations(rows: list[tuple[object, ...]], qualifier: str) -> None:
    table = coded(rows)
    both = sum(
        network(table, Request(qualifier=qualifier, aggregation=kind)).matrix for kind in ("congruence", "conflict")
    )
    assert np.allclose(both, network(table, Request(qualifier=qualifier)).matrix)


@given(statements)
def test_subtract_is_congruence_less_conflict(rows: list[tuple[object, ...]]) -> None:
    subtract, congruence, conflict = (
        network(coded(rows), Request(aggregation=kind)).matrix for kind in ("subtract", "congruence", "conflict")
    )
    assert np.array_equal(subtract, congruence - conflict)


@given(statements)
def test_combine_says_which_levels_occur(rows: list[tuple[object, ...]]) -> None:
    found = network(coded(rows), Request(mode="twomode", aggregation="combine")).to_pandas()
    for actor in found.index:
        for concept in found.columns:
            said = {bool(row[3]) for row in rows if row[1:3] == (actor, concept)}
            assert found.loc[actor, concept] == {0: 0, 1: 1 if True in said else 2, 2: 3}[len(said)]


@given(statements, st.sampled_from(["average", "cosine", "jaccard"]))
def test_normalised_congruence_is_symmetric_and_not_negative(rows: list[tuple[object, ...]], kind: str) -> None:
    found = network(coded(rows), Request(aggregation="congruence", normalization=kind)).matrix
    assert np.array_equal(found, found.T) and (found >= 0).all() and not np.diag(found).any()


@given(statements)
def test_activity_shares_of_a_row_add_up_to_one(rows: list[tuple[object, ...]]) -> None:
    found = network(coded(rows), Request(mode="twomode", normalization="activity")).matrix
    assert np.allclose(found.sum(axis=1), 1)
