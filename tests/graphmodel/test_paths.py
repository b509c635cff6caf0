"""Ways from today's state: legal, and as short as can be."""

from pathlib import Path

from by_definition import ByDefinition
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from random_conflicts import conflicts

from standoff.cli.model import model
from standoff.graphmodel.paths import shortest_ways
from standoff.graphmodel.space import build, improvements, moves

EXAMPLES = Path(__file__).parents[2] / "examples" / "graphmodel"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(conflicts(most_options=5))
def test_ways_are_legal_and_shortest(conflict):
    space, truth = build(conflict), ByDefinition(conflict)
    for single, legal in ((moves, truth.moves), (improvements, truth.improvements)):
        ways = shortest_ways(space, 1, single)
        distance = {truth.states[0]: 0}
        frontier = [truth.states[0]]
        while frontier:
            further = {t for s in frontier for i in truth.parties for t in legal(i, s) if t not in distance}
            distance |= {t: distance[frontier[0]] + 1 for t in further}
            frontier = list(further)
        assert {truth.states[number - 1]: len(way) for number, way in ways.items()} == distance
        for way in ways.values():
            here, last = truth.states[0], None
            for step in way:
                assert step.party != last
                assert truth.states[step.state - 1] in legal(step.party, here)
                here, last = truth.states[step.state - 1], step.party


def test_elmira_acceptance_takes_two_parties_and_one_of_them_loses_on_the_way():
    result = CliRunner().invoke(model, ["path", str(EXAMPLES / "elmira-1991.yaml"), "NYNNY"])
    assert "to state 10 (YNYNY): Modify, Accept, Insist" in result.output
    assert "by moves: 7 -> 8 (Ministry: take Modify) -> 10 (Company: take Accept, give up Delay)" in result.output
    assert "by improvements: no way" in result.output
