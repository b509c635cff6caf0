"""Ways from today's state: legal, and as short as can be."""

from pathlib import Path

from by_definition import ByDefinition
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from random_conflicts import RICH, conflicts

from standoff.cli.model import model
from standoff.graphmodel.paths import all_ways, blocks, needed, shortest_way
from standoff.graphmodel.space import build, improvements, moves
from standoff.graphmodel.stability import Concept, solve

EXAMPLES = Path(__file__).parents[2] / "examples" / "graphmodel"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(conflicts(4, RICH))
def test_ways_are_legal_and_shortest(conflict):
    space, truth = build(conflict), ByDefinition(conflict)
    for single, legal in ((moves, truth.moves), (improvements, truth.improvements)):
        # Breadth first over (state, last mover), as nobody moves twice in succession.
        distance = {(truth.states[0], None): 0}
        frontier = list(distance)
        while frontier:
            further = {
                (t, i): distance[s, last] + 1 for s, last in frontier for i in truth.parties if i != last
                for t in legal(i, s) if (t, i) not in distance
            }  # fmt: skip
            distance |= further
            frontier = list(further)
        for number, code in enumerate(truth.states, start=1):
            way = shortest_way(space, 1, number, single)
            lengths = [steps for (state, _), steps in distance.items() if state == code]
            if not lengths:
                assert way is None
                continue
            assert way is not None
            assert len(way) == min(lengths)
            here, last = truth.states[0], None
            for step in way:
                assert step.party != last
                assert truth.states[step.state - 1] in legal(step.party, here)
                here, last = truth.states[step.state - 1], step.party
            assert here == code


def test_elmira_acceptance_takes_two_parties_and_one_of_them_loses_on_the_way():
    result = CliRunner().invoke(model, ["path", str(EXAMPLES / "elmira-1991.yaml"), "NYNNY"])
    assert "to state 10 (YNYNY): Modify, Accept, Insist" in result.output
    assert "by moves: 7 -> 8 (Ministry: take Modify) -> 10 (Company: take Accept, give up Delay)" in result.output
    assert "by improvements: no way" in result.output
    assert "blocked: Ministry gains nothing by leaving 7" in result.output
    assert "needs moves of Ministry and Company" in result.output


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(conflicts(4, RICH))
def test_all_ways_are_legal_different_and_hold_the_shortest_and_who_is_needed_is_in_each(conflict):
    space, truth = build(conflict), ByDefinition(conflict)
    parties_needed = needed(space, 1, range(1, len(space.codes) + 1), moves)
    for target in range(1, len(space.codes) + 1):
        ways = all_ways(space, 1, target, moves, 3)
        assert len(set(ways)) == len(ways)
        for way in ways:
            numbers = [1, *(step.state for step in way)]
            assert len(set(numbers)) == len(numbers)
            assert numbers[-1] == target
            for before, step in zip(numbers, way, strict=False):
                assert truth.states[step.state - 1] in truth.moves(step.party, truth.states[before - 1])
            assert all(one.party != other.party for one, other in zip(way, way[1:], strict=False))
            assert {step.party for step in way} >= set(parties_needed[target])
        shortest = shortest_way(space, 1, target, moves)
        if shortest is not None and len(shortest) <= 3:
            assert min(map(len, ways)) == len(shortest)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(conflicts(4, RICH))
def test_a_step_is_blocked_by_its_mover_or_by_those_who_sanction_it(conflict):
    space, truth = build(conflict), ByDefinition(conflict)
    solution = solve(space)
    ways = [shortest_way(space, 1, number, moves) for number in range(1, len(space.codes) + 1)]
    for way in filter(None, ways):
        states = [1, *(step.state for step in way)]
        for concept in Concept:
            found = {block.place: block for block in blocks(space, 1, way, concept)}
            for place, step in enumerate(way):
                before, after = (truth.states[n - 1] for n in states[place : place + 2])
                if not truth.prefers(step.party, after, before):
                    assert found[place].by == (step.party,)
                elif place in found:
                    assert found[place].sanction is not None
                    assert step.party not in found[place].by
                else:
                    assert not solution.stable[concept][step.party][states[place] - 1]


def test_without_a_state_the_file_says_where_things_stand_today(tmp_path):
    file = tmp_path / "today.yaml"
    text = (EXAMPLES / "elmira-1991.yaml").read_text() + "today: [Delay, Insist]\n"
    file.write_text(text)
    assert CliRunner().invoke(model, ["path", str(file)]).output.startswith("from state 7 (NYNNY): Delay, Insist")
