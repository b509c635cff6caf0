"""Statements: what the connectives mean and how tightly they bind."""

import numpy as np
import pytest
from hypothesis import given
from random_conflicts import formulas

from standoff.graphmodel.formula import Taken, disjuncts, from_pattern, holds, parse, written

NAMES = {"gate": Taken(0), "fee": Taken(1), "talks of talks": Taken(2)}
EVERY = np.arange(8)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("NOT gate AND fee", lambda g, f, t: not g and f),
        ("gate OR fee AND talks of talks", lambda g, f, t: g or (f and t)),
        ("(gate OR fee) AND talks of talks", lambda g, f, t: (g or f) and t),
        ("gate IF fee", lambda g, f, t: g or not f),
        ("IF fee THEN gate", lambda g, f, t: g or not f),
        ("gate IF fee OR talks of talks", lambda g, f, t: g or not (f or t)),
        ("gate IFF NOT fee", lambda g, f, t: g == (not f)),
        ('"talks of talks" IFF gate', lambda g, f, t: t == g),
        ("Y-N", lambda g, f, t: g and not t),
    ],
)
def test_connectives(text, meaning):
    wanted = [bool(meaning(code & 1, code >> 1 & 1, code >> 2 & 1)) for code in range(8)]
    assert holds(parse(text, NAMES, 3), EVERY).tolist() == wanted


@given(formulas(3))
def test_writing_and_reading_give_the_same_formula(formula):
    assert parse(written(formula, tuple(NAMES)), NAMES, 3) == formula


@given(formulas(3))
def test_the_normal_form_means_the_same(formula):
    truth = np.zeros(8, dtype=bool)
    for term in disjuncts(formula):
        pattern = "".join({True: "Y", False: "N", None: "-"}[term.get(option)] for option in range(3))
        truth |= holds(from_pattern(pattern), EVERY)
    assert np.array_equal(truth, holds(formula, EVERY))
