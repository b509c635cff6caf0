"""Unknown preference: the relation against every possible order, the four extensions against their definitions."""

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from by_definition import ByDefinition
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_conflicts import RICH, condition, conflicts

from standoff.errors import InputError
from standoff.graphmodel.conflict import Conflict, DecisionMaker, Option, Prioritised
from standoff.graphmodel.space import build
from standoff.graphmodel.stability import solve
from standoff.graphmodel.unknown import CONCEPTS, EXTENSIONS, relation, solve_unknown


@st.composite
def uncertain_conflicts(draw):
    """A random conflict, every party with statements, some of them uncertain."""
    conflict = draw(conflicts(4, RICH))
    dice = draw(st.randoms(use_true_random=False, note_method_calls=False))
    makers, places = [], []
    for party in conflict.decision_makers:
        statements = tuple(condition(dice, len(conflict.options)) for _ in range(dice.randint(0, 4)))
        makers.append(DecisionMaker(party.name, party.options, Prioritised(statements), party.misperceived))
        places.append([place for place in range(len(statements)) if dice.random() < 0.5])
    return replace(conflict, decision_makers=tuple(makers)), places


patient = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


def orders(statements, uncertain):
    """Every order in which the certain statements keep theirs."""
    for order in permutations(range(len(statements))):
        if [place for place in order if place not in uncertain] == sorted(set(range(len(statements))) - set(uncertain)):
            yield [statements[place] for place in order]


class Unknown(ByDefinition):
    def __init__(self, conflict, uncertain):
        super().__init__(conflict)
        self.every = [
            list(orders(party.preference.statements, places))
            for party, places in zip(conflict.decision_makers, uncertain, strict=True)
        ]
        self.meets_all = {}

    def verdicts(self, i, s, t):
        """What the possible orders say of t against s: 1, 0, -1."""
        if (i, s, t) not in self.meets_all:
            found = set()
            for order in self.every[i]:
                signs = (self.meets(one, t) - self.meets(one, s) for one in order)
                found.add(next((sign for sign in signs if sign), 0))
            self.meets_all[i, s, t] = found
        return self.meets_all[i, s, t]

    def tempts(self, i, s, t, extension):
        return 1 in self.verdicts(i, s, t) if extension in "ac" else self.verdicts(i, s, t) == {1}

    def deters(self, i, s, t, extension):
        return self.verdicts(i, s, t) != {1} if extension in "cd" else 1 not in self.verdicts(i, s, t)

    def willing(self, j, s):
        return [t for t in self.moves(j, s) if 1 in self.verdicts(j, s, t)]

    def stable(self, extension, concept, i, s):
        rest = [j for j in self.parties if j != i]
        single = self.willing if concept == "seq" else self.moves
        for t in self.moves(i, s):
            if not self.tempts(i, s, t, extension):
                continue
            if concept == "nash" or not any(
                self.deters(i, s, u, extension)
                and (concept != "smr" or all(self.deters(i, s, v, extension) for v in self.moves(i, u)))
                for u in self.coalition(rest, t, single)
            ):
                return False
        return True


@patient
@given(uncertain_conflicts())
def test_what_is_certain_is_what_every_order_says(drawn):
    conflict, uncertain = drawn
    space, truth = build(conflict), Unknown(conflict, uncertain)
    for i in truth.parties:
        for s in truth.states:
            up, down = (one(np.array([s]), space.codes).tolist() for one in relation(space, i, uncertain[i]))
            verdicts = [truth.verdicts(i, s, t) for t in truth.states]
            assert up == [1 in said for said in verdicts]
            assert down == [-1 in said for said in verdicts]


@patient
@given(uncertain_conflicts())
def test_the_extensions_agree_with_their_definitions_and_imply_each_other(drawn):
    conflict, uncertain = drawn
    space, truth = build(conflict), Unknown(conflict, uncertain)
    found = solve_unknown(space, uncertain).stable
    for concept in CONCEPTS:
        for i in truth.parties:
            for extension in EXTENSIONS:
                wanted = [truth.stable(extension, concept.value, i, s) for s in truth.states]
                assert found[extension][concept][i].tolist() == wanted, (extension, concept, i)
            a, b, c, d = (found[extension][concept][i] for extension in EXTENSIONS)
            assert np.all(b[a])
            assert np.all(c[a])
            assert np.all(d[b])
            assert np.all(d[c])


@patient
@given(uncertain_conflicts())
def test_with_nothing_uncertain_all_four_are_the_plain_concepts(drawn):
    conflict, uncertain = drawn
    space = build(conflict)
    plain = solve(space).stable
    found = solve_unknown(space, [[] for _ in uncertain]).stable
    for extension in EXTENSIONS:
        for concept in CONCEPTS:
            for i in range(len(space.movers)):
                assert np.array_equal(found[extension][concept][i], plain[concept][i])


def test_too_many_states_are_refused_with_the_numbers():
    options = tuple(Option(f"o{k}") for k in range(15))
    conflict = Conflict("wide", options, (DecisionMaker("A", tuple(range(15)), Prioritised(())),))
    with pytest.raises(InputError, match="wide: 32,768 states are too many for unknown preference"):
        solve_unknown(build(conflict), [[]])
