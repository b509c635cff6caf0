"""The classic conflicts that ship as examples, with the equilibria the literature gives for them."""

from pathlib import Path

import pytest

from standoff.errors import InputError
from standoff.graphmodel.attitudes import solve_attitudes
from standoff.graphmodel.files import read_attitudes, read_conflict
from standoff.graphmodel.gmcr_format import read_gmcr, write_gmcr
from standoff.graphmodel.report import as_json
from standoff.graphmodel.space import build
from standoff.graphmodel.stability import Concept, solve
from standoff.graphmodel.strength import solve_strength
from standoff.graphmodel.yaml_format import read_yaml, write_yaml

EXAMPLES = Path(__file__).parents[2] / "examples" / "graphmodel"


def equilibria(name: str) -> dict[str, set[int]]:
    """Codes of the equilibria: bit k is option k."""
    solution = solve(build(read_conflict(EXAMPLES / f"{name}.yaml")))
    codes = solution.space.codes
    return {concept.value: {int(codes[n - 1]) for n in solution.equilibria(concept)} for concept in Concept}


def test_prisoners_dilemma_silence_is_kept_by_the_fear_of_retaliation():
    found = equilibria("prisoners-dilemma")
    assert found["nash"] == {0b00}
    for concept in ("gmr", "smr", "seq", "sseq", "sim"):
        assert found[concept] == {0b00, 0b11}


def test_chicken_both_swerve_only_by_metarational_or_simultaneous_sanctions():
    found = equilibria("chicken")
    assert found["nash"] == found["seq"] == {0b01, 0b10}
    assert found["gmr"] == found["smr"] == found["sim"] == {0b01, 0b10, 0b11}


def test_cuba_withdrawal_with_or_without_blockade():
    # Fraser and Hipel (1984), ch. 1: equilibria 4 and 6.
    assert equilibria("cuba-1962")["seq"] == {4, 6}


def test_elmira_as_published():
    # States of the literature: 1 NYNNN, 4 YNYNN, 5 NYNNY, 8 YNYNY, 9 whatever holds Abandon.
    one, four, five, eight = 0b00010, 0b00101, 0b10010, 0b10101
    nine = {0b01000, 0b01001, 0b11000, 0b11001}
    found = equilibria("elmira-1991")
    for concept in ("nash", "seq", "sim"):
        assert found[concept] == {five, eight} | nine
    for concept in ("gmr", "smr"):
        assert found[concept] == {one, four, five, eight} | nine


def test_elmira_with_the_nine_states_and_their_numbers_of_the_literature():
    solution = solve(build(read_conflict(EXAMPLES / "elmira-1991-nine-states.yaml")))
    assert len(solution.space.codes) == 9
    for concept in (Concept.NASH, Concept.SEQ, Concept.SIM):
        assert solution.equilibria(concept) == [5, 8, 9]
    for concept in (Concept.GMR, Concept.SMR):
        assert solution.equilibria(concept) == [1, 4, 5, 8, 9]


def test_two_fleets_keep_their_quotas_for_fear_of_something_strong_or_for_love():
    path = EXAMPLES / "two-fleets.yaml"
    space = build(read_conflict(path))
    strong, friends = solve_strength(space), solve_attitudes(space, read_attitudes(path))
    for concept in (Concept.GMR, Concept.SMR, Concept.SEQ):
        assert strong.strong_equilibria(concept) == [1, 4]
        assert friends.equilibria(concept) == friends.equilibria(Concept.NASH) == [4]


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_example_survives_both_formats(path):
    conflict = read_conflict(path)
    assert read_yaml(write_yaml(conflict), "written.yaml") == conflict
    if conflict.collapsed:
        with pytest.raises(InputError, match="a .gmcr file cannot hold .* collapsed states"):
            write_gmcr(conflict)
        return
    again = read_gmcr(write_gmcr(conflict), "written.gmcr", conflict.name)
    ours, theirs = (as_json(solve(build(one))) for one in (conflict, again))
    assert ours["equilibria"] == theirs["equilibria"]
    assert [dm["ranking"] for dm in ours["dms"]] == [dm["ranking"] for dm in theirs["dms"]]
