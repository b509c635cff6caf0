"""Scaling: the sampler draws from what it says (Geweke's test), finds simulated places again, and is reproducible."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import ndtr
from scipy.stats import spearmanr

from standoff.analysis.networks.coded import Floats, from_frame
from standoff.analysis.networks.request import Request
from standoff.analysis.networks.scaling import (
    ITEM_SD,
    Answers,
    State,
    agreement_chance,
    answers_of,
    scale,
    split_rhat,
    sweep,
)
from standoff.errors import InputError


def simulated(actors: int, concepts: int, dimensions: int, known: float, seed: int) -> tuple[Answers, Floats]:
    random = np.random.default_rng(seed)
    places = random.normal(size=(actors, dimensions))
    slopes, levels = random.normal(0, 2, (concepts, dimensions)), random.normal(0, 0.5, concepts)
    answers = (random.random((actors, concepts)) < ndtr(places @ slopes.T - levels)).astype(float)
    answers[random.random(answers.shape) > known] = np.nan
    names = tuple(f"a{n}" for n in range(actors)), tuple(f"c{n}" for n in range(concepts))
    return Answers(*names, answers), places


def test_the_sampler_draws_from_the_joint_distribution() -> None:
    """Geweke 2004: with new answers drawn from the model before each step, the draws must follow the prior."""
    random = np.random.default_rng(5)
    state = State(random.normal(size=(4, 2)), random.normal(0, 2, (3, 2)), random.normal(0, 2, 3))
    seen = []
    for _ in range(3_600):
        answers = (random.random((4, 3)) < ndtr(state.utility())).astype(float)
        answers[0, 0] = np.nan
        state = sweep(state, answers, random)
        seen.append(np.concatenate([(state.places**2).ravel(), (state.slopes**2).ravel(), state.levels**2]))
    batches = np.array(seen).reshape(30, 120, -1).mean(axis=1)
    error = batches.std(axis=0, ddof=1) / np.sqrt(30)
    expected = np.array([1.0] * 8 + [ITEM_SD**2] * 9)
    assert (np.abs(batches.mean(axis=0) - expected) < 4.5 * error).all()
    assert (error < 0.2 * expected).all()


def test_places_on_one_dimension_are_found_again() -> None:
    given, truth = simulated(30, 60, 1, 0.8, seed=1)
    found = scale(given, draws=300, burn_in=150)
    assert abs(spearmanr(found.position[:, 0], truth[:, 0])[0]) > 0.95
    assert found.rhat < 1.1
    turned = truth[:, 0] * np.sign(np.corrcoef(found.position[:, 0], truth[:, 0])[0, 1])
    turned = (turned - turned.mean()) / turned.std()
    inside = (found.low[:, 0] <= turned) & (turned <= found.high[:, 0])
    assert inside.mean() > 0.8


def test_places_on_two_dimensions_are_found_again_up_to_turning() -> None:
    given, truth = simulated(25, 60, 2, 0.9, seed=2)
    found = scale(given, dimensions=2, draws=150, burn_in=100).position
    found, truth = found - found.mean(axis=0), truth - truth.mean(axis=0)
    left, _, right = np.linalg.svd(found.T @ truth)
    assert np.corrcoef((found @ left @ right).ravel(), truth.ravel())[0, 1] > 0.9
    assert found[:, 0].var() >= found[:, 1].var()


def test_two_camps_stand_on_two_sides_and_a_named_actor_on_the_positive_one() -> None:
    answers = np.array([[1, 1, 0, 0], [1, 1, 0, np.nan], [0, 0, 1, 1], [np.nan, 0, 1, 1]])
    given = Answers(("A", "B", "C", "D"), ("w", "x", "y", "z"), answers)
    found = scale(given, draws=100, positive="D")
    assert (found.position[2:, 0] > 0).all() and (found.position[:2, 0] < 0).all()
    assert found.to_pandas().index[-1] in ("C", "D")
    chance = agreement_chance(found, ["A", "D"], ["w", "y"])
    assert chance[0, 0] > 0.5 > chance[0, 1] and chance[1, 1] > 0.5 > chance[1, 0]


def test_an_actor_who_said_nothing_clear_stays_in_the_middle_with_a_wide_interval() -> None:
    given, _ = simulated(8, 10, 1, 1.0, seed=3)
    silent = given.answers.copy()
    silent[0] = np.nan
    found = scale(Answers(given.actors, given.concepts, silent), draws=150)
    assert abs(found.position[0, 0]) < 0.5
    assert (found.high - found.low)[0, 0] > 3 > (found.high - found.low)[1:, 0].mean()


def test_the_same_seed_gives_the_same_scale_and_another_one_nearly_so() -> None:
    given, _ = simulated(8, 12, 1, 1.0, seed=4)
    one, same, other = (scale(given, seed=seed, draws=100, burn_in=50) for seed in (7, 7, 8))
    assert np.array_equal(one.position, same.position)
    assert not np.array_equal(one.position, other.position)
    assert np.corrcoef(one.position[:, 0], other.position[:, 0])[0, 1] > 0.9


def test_answers_come_from_what_was_said_most() -> None:
    said = [("A", "x", 1), ("A", "x", 1), ("A", "x", 0), ("A", "y", 0), ("B", "x", 1), ("B", "x", 0), ("B", "y", 1)]
    table = pd.DataFrame([(n, *row) for n, row in enumerate(said)], columns=["time", "actor", "concept", "agreement"])
    kinds = {"actor": "short text", "concept": "short text", "agreement": "boolean"}
    coded = from_frame(table, kinds)
    found = answers_of(coded, Request(variable1="actor"))
    assert found.actors == ("A", "B") and found.concepts == ("x", "y")
    assert np.array_equal(found.answers, [[1, 0], [np.nan, 1]], equal_nan=True)
    with pytest.raises(InputError, match="'concept' is none"):
        answers_of(coded, Request(variable1="actor", variable2="agreement", qualifier="concept"))


def test_what_cannot_be_scaled_is_refused() -> None:
    given, _ = simulated(4, 4, 1, 1.0, seed=0)
    with pytest.raises(InputError, match="3 dimensions"):
        scale(given, dimensions=3)
    with pytest.raises(InputError, match="'Nobody' is no actor"):
        scale(given, positive="Nobody")
    with pytest.raises(InputError, match="at least two actors"):
        scale(Answers(("A",), ("x",), np.ones((1, 1))))
    with pytest.raises(InputError, match="at least 4 draws"):
        scale(given, draws=1)


def test_rhat_is_one_for_like_chains_and_high_for_unlike_ones() -> None:
    draws = np.random.default_rng(0).normal(size=(2, 400, 3))
    assert split_rhat(draws) < 1.05
    draws[1] += 3
    assert split_rhat(draws) > 1.5
