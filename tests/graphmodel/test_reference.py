"""Published results of three worked conflicts. The files are not ours to ship, so the test runs only beside
them."""

import json
from pathlib import Path

import pytest

from standoff.graphmodel.files import read_conflict
from standoff.graphmodel.gmcr_format import read_gmcr, write_gmcr
from standoff.graphmodel.report import as_json
from standoff.graphmodel.space import build
from standoff.graphmodel.stability import solve
from standoff.graphmodel.yaml_format import read_yaml, write_yaml

REFERENCE = Path(__file__).parents[2].parent / "shared" / "reference" / "gmcr"
NAMES = ["Prisoners", "SyriaIraq", "Elmira"]

pytestmark = pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference results are not beside the checkout")


@pytest.mark.parametrize("name", NAMES)
def test_every_array_of_the_reference_is_reproduced(name):
    expected = json.loads((REFERENCE / f"{name}.json").read_text())
    found = as_json(solve(build(read_conflict(REFERENCE / f"{name}.gmcr"))))
    for field in ("decision_makers", "options", "irreversible_options", "infeasible_patterns", "states", "equilibria"):
        assert found[field] == expected[field], field
    for ours, theirs in zip(found["dms"], expected["dms"], strict=True):
        for field in ("name", "options", "preference_source", "preference_statements", "ranking", "rank"):
            assert ours[field] == theirs[field], field
        for field in ("misperceived_patterns", "misperceived_states", "reachable", "uis", "stable"):
            assert ours[field] == theirs[field], field


@pytest.mark.parametrize("name", NAMES)
def test_both_formats_carry_the_same_conflict(name):
    conflict = read_conflict(REFERENCE / f"{name}.gmcr")
    assert read_yaml(write_yaml(conflict), "written.yaml") == conflict
    again = read_gmcr(write_gmcr(conflict), "written.gmcr", name)
    assert as_json(solve(build(again))) == as_json(solve(build(conflict)))
