"""Asking backwards: which smallest change of preference makes a wished state an equilibrium."""

from itertools import permutations, product
from pathlib import Path

import pytest
from click.testing import CliRunner

from standoff.cli.model import model
from standoff.errors import InputError
from standoff.graphmodel import inverse
from standoff.graphmodel.conflict import Conflict, DecisionMaker, Ranked
from standoff.graphmodel.files import read_conflict
from standoff.graphmodel.inverse import levers, nearest_remedies
from standoff.graphmodel.space import build
from standoff.graphmodel.stability import Concept, solve

EXAMPLES = Path(__file__).parents[2] / "examples" / "graphmodel"


def distance(before: tuple, after: tuple) -> int:
    """Kendall's: pairs in the opposite order."""
    places = [before.index(item) for item in after]
    return sum(a > b for k, a in enumerate(places) for b in places[k + 1 :])


@pytest.mark.parametrize("concept", [Concept.NASH, Concept.SEQ, Concept.SIM])
@pytest.mark.parametrize("code", range(4))
def test_all_smallest_changes_of_chicken_are_found(concept, code):
    conflict = read_conflict(EXAMPLES / "chicken.yaml")
    left, right = conflict.decision_makers
    by_size: dict[int, set] = {}
    for one, other in product(permutations(left.preference.groups), permutations(right.preference.groups)):
        makers = (
            DecisionMaker(left.name, left.options, Ranked(one)),
            DecisionMaker(right.name, right.options, Ranked(other)),
        )
        space = build(Conflict(conflict.name, conflict.options, makers, conflict.infeasible))
        if space.state(code) in solve(space).equilibria(concept):
            size = distance(left.preference.groups, one) + distance(right.preference.groups, other)
            by_size.setdefault(size, set()).add(makers)
    found = nearest_remedies(conflict, code, concept, most_swaps=12)
    assert {remedy.conflict.decision_makers for remedy in found} == by_size[min(by_size)]
    assert {len(remedy.swaps) for remedy in found} == {min(by_size)}


def test_that_both_swerve_is_nash_if_each_would_rather_not_race_on():
    result = CliRunner().invoke(
        model, ["inverse", str(EXAMPLES / "chicken.yaml"), "YY", "--concept", "nash"], catch_exceptions=False
    )
    assert "Left driver puts YY above NY; Right driver puts YY above YN" in result.output


def test_what_is_stable_needs_no_change_and_too_small_a_change_is_told():
    cuba = str(EXAMPLES / "cuba-1962.yaml")
    assert "already" in CliRunner().invoke(model, ["inverse", cuba, "NYYN"]).output
    out = CliRunner().invoke(model, ["inverse", cuba, "NNNY", "--most", "1"]).output
    assert "no change of up to 1 swaps" in out


def test_too_many_changes_are_refused_with_the_numbers(monkeypatch):
    monkeypatch.setattr(inverse, "MOST_CANDIDATES", 10)
    conflict = read_conflict(EXAMPLES / "cuba-1962.yaml")
    with pytest.raises(InputError, match=r"no change of up to 0 swaps is enough, and 1 make 22 changes .*limit 10"):
        nearest_remedies(conflict, 8, Concept.SEQ, most_swaps=3)


def test_levers_change_one_party_only_and_are_enough():
    conflict = read_conflict(EXAMPLES / "elmira-1991.yaml")
    found = levers(conflict, 2, Concept.SEQ, most_swaps=3)
    assert [conflict.decision_makers[party].name for party in found] == ["Company", "Local government", "Ministry"]
    for party, remedies in found.items():
        for remedy in remedies:
            assert {swap.party for swap in remedy.swaps} == {party}
            space = build(remedy.conflict)
            assert space.state(2) in solve(space).equilibria(Concept.SEQ)
