"""Relations between states are asked 64 states at a time; nothing may depend on where one batch ends."""

import random

import numpy as np
import pytest
from random_conflicts import RICH, random_conflict, statements
from test_attitudes import Relational
from test_unknown import Unknown

from standoff.errors import InputError
from standoff.graphmodel.attitudes import RELATIONAL, Attitude, solve_attitudes
from standoff.graphmodel.conflict import Conflict, DecisionMaker, Prioritised
from standoff.graphmodel.relations import batches
from standoff.graphmodel.space import build
from standoff.graphmodel.unknown import CONCEPTS, EXTENSIONS, solve_unknown


def larger(dice: random.Random) -> Conflict:
    """A random conflict of more states than go into one batch."""
    while True:
        try:
            conflict = random_conflict(dice, 7, RICH)
        except InputError:
            continue
        if len(build(conflict).codes) > 70:
            return conflict


@pytest.mark.parametrize("seed", range(3))
def test_attitudes_of_more_states_than_one_batch_are_as_defined(seed):
    dice = random.Random(seed)
    conflict = larger(dice)
    parties = range(len(conflict.decision_makers))
    attitudes = [[dice.choice(list(Attitude)) for _ in parties] for _ in parties]
    found, truth = solve_attitudes(build(conflict), attitudes), Relational(conflict, attitudes)
    for n in [0, 63, 64, len(truth.states) - 1, *dice.sample(range(len(truth.states)), 4)]:
        for concept in RELATIONAL:
            for i in parties:
                assert found.stable[concept][i][n] == truth.stable(concept, i, truth.states[n]), (concept, i, n)


@pytest.mark.parametrize("seed", range(3))
def test_unknown_preference_over_more_states_than_one_batch_is_as_defined(seed):
    dice = random.Random(seed)
    drawn = larger(dice)
    count = len(drawn.options)
    makers = tuple(
        DecisionMaker(one.name, one.options, Prioritised(statements(dice, count, 4)), one.misperceived)
        for one in drawn.decision_makers
    )
    conflict = Conflict(drawn.name, drawn.options, makers, drawn.infeasible, drawn.irreversible, drawn.collapsed)
    uncertain = [[place for place in range(len(one.preference.statements)) if dice.random() < 0.5] for one in makers]
    found, truth = solve_unknown(build(conflict), uncertain), Unknown(conflict, uncertain)
    for n in [0, 63, 64, len(truth.states) - 1]:
        for extension in EXTENSIONS:
            for concept in CONCEPTS:
                for i in range(len(makers)):
                    wanted = truth.stable(extension, concept.value, i, truth.states[n])
                    assert found.stable[extension][concept][i][n] == wanted, (extension, concept, i, n)


def test_batches_hold_every_state_once_and_a_bit_is_that_of_its_state():
    space = build(larger(random.Random(9)))
    every = list(batches(space))
    assert np.array_equal(np.concatenate([one.codes for one in every]), space.codes)
    for batch in every:
        bits = batch.bits(lambda s, t: s == t)
        assert batch.own(bits).all()
        assert sum(int(word).bit_count() for word in bits) == len(batch.codes)
