"""Polarisation: 1 for two perfect camps, less for anything else; the search nearly always finds the best split."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.analysis.networks import polarisation as module
from standoff.analysis.networks.coded import Floats
from standoff.analysis.networks.polarisation import dna_best_split, dna_score, polarisation, signed_modularity
from standoff.errors import InputError


def camps(*sizes: int) -> tuple[Floats, Floats]:
    """Congruence 1 inside camps, conflict 1 between them."""
    camp = np.repeat(np.arange(len(sizes)), sizes)
    same = (camp[:, None] == camp[None, :]).astype(float)
    congruence, conflict = same.copy(), 1 - same
    np.fill_diagonal(congruence, 0)
    return congruence, conflict


def drawn(count: int, seed: int) -> tuple[Floats, Floats]:
    random = np.random.default_rng(seed)
    found = []
    for _ in range(2):
        ties = np.triu(random.integers(0, 4, (count, count)) * random.integers(0, 2, (count, count)), 1).astype(float)
        found.append(ties + ties.T)
    return found[0], found[1]


def test_two_large_perfect_camps_score_nearly_one_and_are_found() -> None:
    found = polarisation(*camps(8, 8))
    assert found.camp.tolist() == [0] * 8 + [1] * 8 and found.exact
    assert found.score > 0.9
    assert polarisation(*camps(30, 30)).score > 0.95


def test_all_in_one_camp_or_no_ties_score_nothing() -> None:
    congruence, conflict = camps(6)
    assert polarisation(congruence, conflict).score == 0
    assert polarisation(conflict, conflict).score == 0
    assert len(polarisation(np.zeros((0, 0)), np.zeros((0, 0))).camp) == 0


def test_mixing_the_camps_lowers_the_score_where_dna_raises_it() -> None:
    congruence, conflict = camps(4, 4)
    right, mixed = np.array([0] * 4 + [1] * 4), np.array([0, 1] * 4)
    assert signed_modularity(congruence, conflict, right) > signed_modularity(congruence, conflict, mixed)
    assert dna_score(congruence, conflict, right, 2)[1] < dna_score(congruence, conflict, mixed, 2)[1]


def both_ways(count: int, seed: int) -> tuple[float, float]:
    """The score by trying every split, and by the search that large networks get."""
    congruence, conflict = drawn(count, seed)
    exact = polarisation(congruence, conflict)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "EXACT_UP_TO", 0)
        return exact.score, polarisation(congruence, conflict).score


@given(st.integers(2, 9), st.integers(0, 2**32 - 1))
def test_the_search_never_claims_more_than_the_best_split(count: int, seed: int) -> None:
    exact, searched = both_ways(count, seed)
    assert 0 <= searched <= exact + 1e-9 and exact <= 1


def test_the_search_finds_the_best_split_of_nearly_all_small_networks() -> None:
    scores = [both_ways(2 + seed % 8, seed) for seed in range(200)]
    missed = sum(searched < exact - 1e-9 for exact, searched in scores)
    assert missed <= 4


@given(st.integers(2, 9), st.integers(0, 2**32 - 1))
def test_names_and_sizes_of_ties_do_not_matter(count: int, seed: int) -> None:
    congruence, conflict = drawn(count, seed)
    order = np.random.default_rng(seed).permutation(count)
    mixed = polarisation(congruence[np.ix_(order, order)] * 3, conflict[np.ix_(order, order)] * 3)
    assert mixed.score == pytest.approx(polarisation(congruence, conflict).score, abs=1e-9)


def test_a_negative_tie_is_refused() -> None:
    with pytest.raises(InputError, match="a tie is negative"):
        polarisation(-np.ones((2, 2)), np.ones((2, 2)))
    with pytest.raises(InputError, match="21 actors"):
        dna_best_split(np.zeros((21, 21)), np.zeros((21, 21)))
