"""Options in DNA's words: what does not fit falls back with a warning; corrected and `dna-` variants differ."""

import numpy as np
import pandas as pd
import pytest

from standoff.analysis.networks.coded import CodedStatements, from_frame
from standoff.analysis.networks.dna_call import DnaCall, settled
from standoff.analysis.networks.network import network
from standoff.analysis.networks.request import Request
from standoff.errors import InputError

VARIABLES = pd.DataFrame(
    {
        "ID": [1, 2, 3, 4],
        "Variable": ["person", "organization", "concept", "agreement"],
        "DataType": ["short text", "short text", "short text", "boolean"],
    }
)


@pytest.mark.parametrize(
    ("call", "field", "value"),
    [
        (DnaCall(network_type="threemode"), "network_type", "twomode"),
        (DnaCall(aggregation="combine"), "aggregation", "ignore"),
        (DnaCall(network_type="twomode", aggregation="congruence"), "aggregation", "ignore"),
        (DnaCall(aggregation="congruence", qualifier=None), "aggregation", "ignore"),
        (DnaCall(qualifier="organization"), "qualifier", None),
        (DnaCall(normalization="activity"), "normalization", "no"),
        (DnaCall(duplicates="decade"), "duplicates", "include"),
        (DnaCall(variable1="party"), "variable1", "person"),
        (DnaCall(variable2="organization"), "variable2", "person"),
        (DnaCall(time_window="days", window_size=0), "window_size", 1),
        (DnaCall(time_window="days", window_size=7, kernel="gaussian"), "window_size", 8),
        (DnaCall(time_window="days", kernel="gaussian", normalization="jaccard"), "normalization", "average"),
    ],
)
def test_what_does_not_fit_falls_back_with_a_warning(call: DnaCall, field: str, value: object) -> None:
    used, notes = settled(call, VARIABLES)
    assert getattr(used, field) == value and notes


def test_what_fits_is_left_alone() -> None:
    call = DnaCall(aggregation="congruence", normalization="average")
    assert settled(call, VARIABLES) == (call, [])


def table(kinds: dict[str, str], *rows: tuple[object, ...]) -> CodedStatements:
    return from_frame(pd.DataFrame([(n, *row) for n, row in enumerate(rows)], columns=["time", *kinds]), kinds)


KINDS = {"organization": "short text", "concept": "short text", "agreement": "boolean"}
AGREEING = table(KINDS, *[("A", "x", 1)] * 4, *[("B", "x", 1)] * 9)


def only(coded: CodedStatements, request: Request) -> float:
    return float(network(coded, request).matrix[0, 1])


def test_cosine_divides_by_the_root_of_the_activities_dna_cosine_by_their_product() -> None:
    assert only(AGREEING, Request(normalization="cosine")) == 4 * 9 / np.sqrt(4 * 9)
    assert only(AGREEING, Request(normalization="dna-cosine")) == 1


def test_jaccard_ignores_an_ignored_qualifier_dna_jaccard_does_not() -> None:
    coded = table(KINDS, ("A", "x", 1), ("B", "x", 0))
    assert only(coded, Request(normalization="jaccard")) == 1
    assert only(coded, Request(normalization="dna-jaccard")) == 1 / 2


def test_conflict_over_a_text_is_of_different_answers_dna_conflict_of_lonely_ones() -> None:
    kinds = KINDS | {"agreement": "short text"}
    coded = table(kinds, ("A", "x", "yes"), ("A", "x", "yes"), ("B", "x", "no"), ("B", "y", "no"))
    assert only(coded, Request(aggregation="conflict")) == 2 * 1
    assert only(coded, Request(aggregation="dna-conflict")) == 2 + 2


def test_subtract_refuses_a_text_in_a_two_mode_network_where_dna_counts() -> None:
    coded = table(KINDS | {"agreement": "short text"}, ("A", "x", "yes"), ("A", "x", "no"))
    with pytest.raises(InputError, match="this one is text"):
        network(coded, Request("twomode", aggregation="subtract"))
    assert network(coded, Request("twomode", aggregation="dna-subtract")).matrix.tolist() == [[2]]
