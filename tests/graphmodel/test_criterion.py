"""Every kind of stability by its name; asking backwards, sampling and the ways from today by each of them."""

import json
from dataclasses import replace
from itertools import permutations, product
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from random_conflicts import conflicts

from standoff.cli.model import model
from standoff.errors import InputError
from standoff.graphmodel import inverse
from standoff.graphmodel.attitudes import Attitude, solve_attitudes
from standoff.graphmodel.beside import Beside
from standoff.graphmodel.coalitions import solve_coalitions
from standoff.graphmodel.conflict import Prioritised, Ranked, Weighted
from standoff.graphmodel.criterion import criterion, held
from standoff.graphmodel.files import read_beside, read_conflict
from standoff.graphmodel.hypergame import View, solve_hypergame
from standoff.graphmodel.inverse import certain_first, levers, nearest_remedies
from standoff.graphmodel.limited import solve_limited
from standoff.graphmodel.robust import robustness
from standoff.graphmodel.routes import routes
from standoff.graphmodel.space import build, moves
from standoff.graphmodel.stability import Concept, solve
from standoff.graphmodel.strength import solve_strength
from standoff.graphmodel.unknown import solve_unknown

EXAMPLES = Path(__file__).parents[2] / "examples" / "graphmodel"
SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much]
KINDS = [
    *Concept, "limited:1", "limited:3", "non-myopic",
    "strength:gmr", "strength:smr", "strength:seq", "attitudes:nash", "attitudes:smr", "attitudes:seq",
    "unknown-a:nash", "unknown-b:gmr", "unknown-c:smr", "unknown-d:seq",
    "coalitions:nash", "coalitions:gmr", "coalitions:smr", "coalitions:seq", "hypergame:seq", "hypergame:sim",
]  # fmt: skip


@st.composite
def asked(draw):
    """A small conflict with something strong, something uncertain, attitudes, and a party that misses an option."""
    conflict = draw(conflicts(3))
    dice = draw(st.randoms(use_true_random=False, note_method_calls=False))
    makers, uncertain = [], []
    for party in conflict.decision_makers:
        preference = party.preference
        if isinstance(preference, Prioritised):
            preference = replace(preference, strong=min(1, len(preference.statements)))
            uncertain.append([place for place in range(len(preference.statements)) if dice.random() < 0.4])
        else:
            uncertain.append([])
        if isinstance(preference, Ranked) and len(preference.groups) > 1:
            preference = replace(preference, gaps=(1,))
        if isinstance(preference, Weighted):
            preference = replace(preference, strong_from=2.0)
        makers.append(replace(party, preference=preference))
    count = len(makers)
    felt = [[dice.choice(list(Attitude)) for _ in range(count)] for _ in range(count)]
    return replace(conflict, decision_makers=tuple(makers)), Beside(felt, {0: View(infeasible=())}, uncertain)


def answer(space, name, beside):
    """The equilibria by the module that solves the kind."""
    head, _, tail = name.partition(":")
    match head:
        case "limited":
            return solve_limited(space, int(tail)).equilibria(int(tail))
        case "non-myopic":
            return solve_limited(space, 1).non_myopic_equilibria()
        case "strength":
            return solve_strength(space).strong_equilibria(Concept(tail))
        case "attitudes":
            return solve_attitudes(space, beside.attitudes).equilibria(Concept(tail))
        case "coalitions":
            return solve_coalitions(space).equilibria(Concept(tail))
        case "hypergame":
            return solve_hypergame(space.conflict, beside.views).equilibria(Concept(tail))
        case plain if not tail:
            return solve(space).equilibria(Concept(plain))
        case unknown:
            return solve_unknown(space, beside.uncertain).equilibria(unknown[-1], Concept(tail))


@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=8, deadline=None, suppress_health_check=SLOW)
@given(asked())
def test_a_name_stands_for_what_its_module_solves(name, drawn):
    conflict, beside = drawn
    assume(any(beside.uncertain) or not name.startswith("unknown"))
    space = build(conflict)
    try:
        found = held(space, criterion(name), beside)
    except InputError as error:
        assert "no preference is strong" in str(error) and name.startswith("strength")
        return
    assert list(found.equilibria) == answer(space, name, beside)
    for_all = {int(place) + 1 for place in np.flatnonzero(np.logical_and.reduce(found.stable))}
    assert set(found.equilibria) <= for_all
    assert name.startswith("coalitions") or set(found.equilibria) == for_all


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("limited", "say how many moves are foreseen (1 to 500), for example limited:3"),
        ("limited:0", "say how many moves"),
        ("limited:three", "say how many moves"),
        ("strength:nash", "there is strength:gmr, strength:smr, strength:seq (a sanction can be strong or weak; Nash"),
        ("attitudes:sim", "there is attitudes:nash, attitudes:gmr, attitudes:smr, attitudes:seq (the relational"),
        ("coalitions:sseq", "there is coalitions:nash"),
        ("unknown:seq", "say which of the four extensions, for example unknown-a:seq"),
        ("unknown-e:seq", "say which of the four extensions"),
        ("unknown-a:sim", "there is unknown-a:nash"),
        ("strength", "there is strength:gmr"),
        ("stackelberg", "is no kind of stability; there are nash, gmr"),
        ("strength-x:seq", "is no kind of stability"),
        ("seq:nash", "is no kind of stability"),
    ],
)
def test_what_is_no_kind_of_stability_is_refused_with_the_reason(text, complaint):
    with pytest.raises(InputError) as caught:
        criterion(text)
    assert f"`{text}`" in str(caught.value)
    assert complaint in str(caught.value)


def distance(before, after):
    places = [before.index(item) for item in after]
    return sum(a > b for k, a in enumerate(places) for b in places[k + 1 :])


@pytest.mark.parametrize("name", ["limited:2", "non-myopic", "attitudes:seq", "coalitions:nash", "hypergame:nash"])
@pytest.mark.parametrize("code", [0, 3])
def test_all_smallest_changes_of_chicken_are_found_by_every_kind(name, code):
    conflict = read_conflict(EXAMPLES / "chicken.yaml")
    beside = Beside([[Attitude.POSITIVE, Attitude.NEUTRAL], [Attitude.NEGATIVE, Attitude.POSITIVE]], {0: View()})
    left, right = conflict.decision_makers
    by_size: dict[int, set] = {}
    for one, other in product(permutations(left.preference.groups), permutations(right.preference.groups)):
        makers = (replace(left, preference=Ranked(one)), replace(right, preference=Ranked(other)))
        space = build(replace(conflict, decision_makers=makers))
        if space.state(code) in answer(space, name, beside):
            size = distance(left.preference.groups, one) + distance(right.preference.groups, other)
            by_size.setdefault(size, set()).add(makers)
    found = nearest_remedies(conflict, code, criterion(name), most_swaps=12, beside=beside)
    assert {remedy.conflict.decision_makers for remedy in found} == (by_size[min(by_size)] if by_size else set())


@settings(max_examples=25, deadline=None, suppress_health_check=SLOW)
@given(asked(), st.sampled_from(KINDS), st.randoms(use_true_random=False, note_method_calls=False))
def test_a_change_of_preference_is_enough_by_the_kind_that_was_asked(drawn, name, dice):
    conflict, beside = drawn
    assume(any(beside.uncertain) or not name.startswith("unknown"))
    code = int(dice.choice(build(conflict).codes.tolist()))
    try:
        found = nearest_remedies(conflict, code, criterion(name), 2, beside=beside)
        alone = levers(conflict, code, criterion(name), 1, beside)
    except InputError as error:
        assert "no preference is strong" in str(error)
        return
    marks = certain_first(conflict, beside)[1] if name.startswith("unknown") else beside
    for remedy in [*found, *(one for ways in alone.values() for one in ways)]:
        space = build(remedy.conflict)
        assert space.state(code) in answer(space, name, marks)


@settings(max_examples=25, deadline=None, suppress_health_check=SLOW)
@given(asked())
def test_where_uncertain_statements_stand_changes_nothing_by_unknown_preference(drawn):
    conflict, beside = drawn
    assume(any(beside.uncertain))
    moved, marks, _ = certain_first(conflict, beside)
    for name in ("unknown-a:smr", "unknown-b:nash", "unknown-c:seq", "unknown-d:gmr"):
        before, after = held(build(conflict), criterion(name), beside), held(build(moved), criterion(name), marks)
        assert before.equilibria == after.equilibria


def test_too_much_to_try_is_refused_with_the_numbers_of_the_kind(monkeypatch):
    monkeypatch.setattr(inverse, "MOST_EFFORT", 12 * 64 * 5)
    conflict = read_conflict(EXAMPLES / "cuba-1962.yaml")
    with pytest.raises(InputError, match=r"changes to try \(limit \d+ by non-myopic with 12 states\)"):
        nearest_remedies(conflict, 8, criterion("non-myopic"), most_swaps=4)


FIRM = """\
conflict: Firm
decision_makers:
  - name: A
    options: [a]
    statements:
      - {statement: NOT (a AND b), strong: true}
      - {statement: a, uncertain: true}
      - NOT a
  - name: B
    options: [b]
    statements: [b IF a, NOT b]
"""


def test_sampling_keeps_what_is_strong_above_the_rest(tmp_path):
    file = tmp_path / "firm.yaml"
    file.write_text(FIRM)
    conflict, beside = read_conflict(file), read_beside(file)
    found = robustness(conflict, beside.uncertain, criterion("strength:seq"), 200, 1, beside)
    # Whatever the order of its mild wishes, A is deterred by the strong one: b answers a.
    assert found.share[1] == 1.0
    assert robustness(conflict, beside.uncertain, Concept.NASH, 200, 1).share.get(1, 0) < 0.7


@pytest.mark.parametrize("kind", ["limited:2", "non-myopic", "attitudes:nash", "coalitions:gmr", "strength:smr"])
def test_sampling_by_a_kind_gives_the_share_of_the_orders(kind, tmp_path):
    file = tmp_path / "firm.yaml"
    file.write_text(FIRM)
    conflict, beside = read_conflict(file), read_beside(file)
    found = robustness(conflict, beside.uncertain, criterion(kind), 50, 3, beside)
    assert list(found.given) == answer(build(conflict), kind, beside)
    assert all(0 < share <= 1 for share in found.share.values())


def test_sampling_by_unknown_preference_is_refused_for_it_asks_of_all_orders_itself(tmp_path):
    file = tmp_path / "firm.yaml"
    file.write_text(FIRM)
    with pytest.raises(InputError, match="unknown-a:seq asks of every order of the uncertain statements at once"):
        robustness(read_conflict(file), read_beside(file).uncertain, criterion("unknown-a:seq"), 5, 1)


@settings(max_examples=20, deadline=None, suppress_health_check=SLOW)
@given(asked(), st.sampled_from([name for name in KINDS if ":" in name or name == "non-myopic"]))
def test_a_step_is_blocked_where_the_state_it_leaves_is_stable_for_its_mover(drawn, name):
    conflict, beside = drawn
    assume(any(beside.uncertain) or not name.startswith("unknown"))
    space = build(conflict)
    try:
        answered = held(space, criterion(name), beside)
    except InputError:
        assume(False)
    for route in routes(space, 1, criterion(name), None, beside).found:
        assert route.target in answered.equilibria
        states = (1, *(step.state for step in route.by_moves or ()))
        blocked = {block.place for block in route.blocked_moves}
        for place, step in enumerate(route.by_moves or ()):
            assert (place in blocked) == answered.stable[step.party][states[place] - 1]
        taken, last = route.by_taken, None
        states = (1, *(step.state for step in taken or ()))
        for place, step in enumerate(taken or ()):
            before = int(space.codes[states[place] - 1])
            assert step.party != last and not answered.stable[step.party][states[place] - 1]
            assert space.codes[step.state - 1] in moves(space.movers[step.party], before)
            last = step.party
        assert taken is None or states[-1] == route.target
        if taken is None and not name.startswith("coalitions"):
            assert route.target not in walked(space, answered)


def walked(space, answered):
    """The states that legal sequences lead to from state 1 in which each mover leaves what is not stable for it."""
    seen, waiting = {(1, None)}, [(1, None)]
    while waiting:
        state, last = waiting.pop()
        for i, mover in enumerate(space.movers):
            if i != last and not answered.stable[i][state - 1]:
                for code in moves(mover, int(space.codes[state - 1])):
                    if (found := (space.state(int(code)), i)) not in seen:
                        seen.add(found)
                        waiting.append(found)
    return {state for state, _ in seen}


def test_the_commands_take_every_kind_and_say_it_in_json():
    geneva = str(EXAMPLES / "geneva-2016.yaml")
    out = CliRunner().invoke(model, ["path", geneva, "--concept", "non-myopic"], catch_exceptions=False).output
    assert "to state 14 (YNYYNNN)" in out
    # By foresight nothing blocks the way that no party takes by itself for the sake of the next state.
    assert "blocked" not in out
    elmira = str(EXAMPLES / "elmira-1991.yaml")
    out = CliRunner().invoke(model, ["path", elmira, "NYNNN", "--concept", "limited:3"], catch_exceptions=False).output
    assert "blocked: Company stays at 1, which is stable for it" in out
    for words in (["inverse", geneva, "14"], ["path", geneva], ["robust", geneva, "--samples", "3"]):
        result = CliRunner().invoke(model, [*words, "--concept", "LIMITED:02", "--json"], catch_exceptions=False)
        assert json.loads(result.output)["concept"] == "limited:2"
    refused = CliRunner().invoke(model, ["inverse", geneva, "14", "--concept", "strength:nash"])
    assert refused.exit_code == 2
    assert "Nash has no sanction" in " ".join(refused.output.split())
