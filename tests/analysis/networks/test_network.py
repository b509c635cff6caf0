"""Small coded tables whose networks can be counted by hand."""


import numpy as np
import pandas as pd
import pytest

from standoff.analysis.networks.coded import from_frame
from standoff.analysis.networks.network import network
from standoff.analysis.networks.request import Request
from standoff.errors import InputError

DAY = 86_400
TABLE = pd.DataFrame(
    [
        (1 * DAY, "Union", "pay rise", 1),
        (2 * DAY, "Union", "pay rise", 1),
        (2 * DAY, "Company", "pay rise", 0),
        (3 * DAY, "Union", "new rosters", 0),
        (4 * DAY, "Company", "new rosters", 1),
        (5 * DAY, "Mediator", "pay rise", 1),
    ],
    columns=["time", "organization", "concept", "agreement"],
)
CODED = from_frame(TABLE, {"organization": "short text", "concept": "short text", "agreement": "boolean"})


def test_a_two_mode_network_counts_statements() -> None:
    found = network(CODED, Request(mode="twomode", qualifier=None)).to_pandas()
    assert found.loc["Union", "pay rise"] == 2 and found.loc["Mediator", "new rosters"] == 0
    assert found.to_numpy().sum() == len(TABLE)


def test_subtract_takes_disagreement_from_agreement() -> None:
    found = network(CODED, Request(mode="twomode", aggregation="subtract")).to_pandas()
    assert found.loc["Union"].tolist() == [-1, 2]
    assert found.loc["Company"].tolist() == [1, -1]


def test_congruence_and_conflict_link_those_who_agree_and_disagree() -> None:
    congruence, conflict = (
        network(CODED, Request(aggregation=kind)).to_pandas() for kind in ("congruence", "conflict")
    )
    assert congruence.loc["Union", "Mediator"] == 2 and congruence.loc["Union", "Company"] == 0
    assert conflict.loc["Union", "Company"] == 3 and conflict.loc["Union", "Mediator"] == 0
    assert np.array_equal(congruence, congruence.T) and not np.diag(congruence).any()


def test_an_unknown_variable_and_a_misfit_are_refused() -> None:
    with pytest.raises(InputError, match="no variable 'party'"):
        network(CODED, Request(variable1="party"))
    with pytest.raises(InputError, match="does not fit"):
        Request(mode="twomode", aggregation="congruence")
