"""First-level hypergames: everybody plays the game it sees."""

from pathlib import Path

import numpy as np
import pytest
from by_definition import ByDefinition
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_conflicts import RICH, conflicts, pattern, statements

from standoff.errors import InputError
from standoff.graphmodel.conflict import Prioritised
from standoff.graphmodel.files import read_conflict, read_views
from standoff.graphmodel.hypergame import View, own_game, solve_hypergame
from standoff.graphmodel.space import build
from standoff.graphmodel.stability import Concept, solve
from standoff.graphmodel.yaml_format import read_yaml
from standoff.graphmodel.yaml_marks import read_views as views_of

EXAMPLES = Path(__file__).parents[2] / "examples" / "graphmodel"
patient = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


@st.composite
def views(draw):
    """A random conflict and how some of its parties see it."""
    conflict = draw(conflicts(4, RICH))
    dice = draw(st.randoms(use_true_random=False, note_method_calls=False))
    count = len(conflict.options)
    found = {}
    for party in range(len(conflict.decision_makers)):
        if party == 0 or dice.random() < 0.5:
            wrong = {j: Prioritised(statements(dice, count, 3)) for j in range(len(conflict.decision_makers))}
            found[party] = View(
                tuple(k for k in range(count) if dice.random() < 0.3),
                (pattern(dice, count),) if dice.random() < 0.3 else (),
                {j: one for j, one in wrong.items() if dice.random() < 0.3},
            )
    return conflict, found


@patient
@given(views())
def test_a_state_holds_if_every_party_sees_one_that_is_stable_in_its_own_game(drawn):
    conflict, found = drawn
    try:
        hypergame = solve_hypergame(conflict, found)
    except InputError as error:
        assert "no state is feasible" in str(error)
        return
    states = ByDefinition(conflict).states
    for concept in (Concept.NASH, Concept.SEQ):
        wanted = []
        for number, code in enumerate(states, start=1):
            holds = True
            for party in range(len(conflict.decision_makers)):
                view = found.get(party, View())
                game = ByDefinition(own_game(conflict, party, view))
                seen = code & ~sum(1 << option for option in view.unaware)
                holds = holds and seen in game.home and getattr(game, concept.value)(party, game.home[seen])
            if holds:
                wanted.append(number)
        assert hypergame.equilibria(concept) == wanted
        true = hypergame.true.equilibria(concept)
        assert set(hypergame.by_misperception(concept)) == set(wanted) - set(true)
        assert set(hypergame.lost(concept)) == set(true) - set(wanted)


@patient
@given(conflicts(5, RICH))
def test_who_sees_what_is_there_plays_the_plain_conflict(conflict):
    found = solve_hypergame(conflict, {0: View()})
    plain = solve(build(conflict))
    for concept in Concept:
        assert found.equilibria(concept) == plain.equilibria(concept)
        assert np.array_equal(found.games[0].stable[concept][0], plain.stable[concept][0])


def test_who_does_not_know_of_the_strike_refuses():
    path = EXAMPLES / "hidden-strike.yaml"
    found = solve_hypergame(read_conflict(path), read_views(path))
    assert found.true.equilibria(Concept.SEQ) == [2, 3], "a raise, held by the fear of a strike; or the strike"
    assert found.expected(Concept.SEQ, 0) == [1], "the employer expects to get away with a refusal"
    assert found.equilibria(Concept.SEQ) == [3], "and meets a strike"
    assert found.by_misperception(Concept.SEQ) == []
    assert found.lost(Concept.SEQ) == [2]


def test_a_file_says_what_a_party_thinks_impossible_and_what_it_believes_of_others():
    text = (EXAMPLES / "hidden-strike.yaml").read_text().replace(
        "    unaware_of: [Strike]\n",
        "    infeasible: [Strike AND Raise wages]\n    believes:\n      - name: Union\n        ranking: [NY, YN, NN]\n",
    )
    view = views_of(text, "s.yaml")[0]
    assert len(view.infeasible) == 1
    assert view.preferences[1].groups == ((2,), (1,), (0,))
    assert len(build(own_game(read_yaml(text, "s.yaml"), 0, view)).codes) == 3


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("party: Employer", "party: Boss", "s.yaml:12: no decision maker `Boss`; there are Employer, Union"),
        ("[Strike]\n", "[Strike]\n  - party: Employer\n", None),
        ("unaware_of: [Strike]", "infeasible: [Strike, NOT Strike]", "s.yaml:12: The strike nobody saw coming: no "),
        ("unaware_of: [Strike]", "unaware_of: [Lockout]", "s.yaml:13: `Lockout`: unknown option `Lockout`"),
    ],
)
def test_complaints_name_the_line(before, after, complaint):
    text = (EXAMPLES / "hidden-strike.yaml").read_text()
    place = text.rindex(before)
    with pytest.raises(InputError) as caught:
        views_of(text[:place] + after + text[place + len(before) :], "s.yaml")
    assert str(caught.value).startswith(complaint or "s.yaml:14: `Employer` sees two games")


def test_without_views_it_is_refused():
    with pytest.raises(InputError, match="nobody sees another game"):
        solve_hypergame(read_conflict(EXAMPLES / "chicken.yaml"), {})


def test_a_collapsed_state_that_a_party_does_not_know_of_is_unforeseen():
    conflict = read_conflict(EXAMPLES / "elmira-1991-nine-states.yaml")
    abandon = conflict.option_names.index("Abandon")
    found = solve_hypergame(conflict, {2: View(unaware=(abandon,))})
    assert len(found.games[2].space.codes) == 8, "who does not know that the company may leave sees no such state"
    assert found.seen[2][:8] == tuple(range(1, 9))
    assert found.seen[2][8] == 0, "without it the company would have to do something: unforeseen"


def test_whose_ranking_holds_a_collapsed_state_of_which_the_party_sees_another_code():
    text = (
        "conflict: Two ways out\ndecision_makers:\n"
        "  - {name: A, options: [stay], ranking: [NNN, YNN, NYN]}\n"
        "  - {name: B, options: [leave, sell], ranking: [NNN, NYN, YNN]}\n"
        "collapse: [{condition: leave OR sell, as: NYN}]\n"
        "hypergame:\n  - {party: A, infeasible: [leave]}\n"
    )
    conflict = read_yaml(text, "t.yaml")
    found = solve_hypergame(conflict, views_of(text, "t.yaml"))
    own = found.games[0].space
    assert [int(code) for code in own.codes] == [0b000, 0b001, 0b100]
    assert own.movers[1].payoff[own.codes].tolist() == [3, 1, 2]
    assert found.seen[0] == (1, 2, 0), "the true state stands under `leave`, which A thinks impossible"
