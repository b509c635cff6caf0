"""Phases: distances between networks are distances; a series that jumps once has two states."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.analysis.networks.phases import (
    absolute_difference,
    dna_spectral,
    dunn_index,
    laplacian_spectrum,
    spectral,
    states,
    to_one,
)
from standoff.errors import InputError

series = st.integers(0, 2**32 - 1).map(lambda seed: _drawn(np.random.default_rng(seed)))


def _drawn(random: np.random.Generator) -> np.ndarray:
    ties = np.triu(random.integers(0, 4, (5, 4, 4)), 1).astype(float)
    return np.asarray(ties + np.swapaxes(ties, 1, 2))


@given(series)
def test_distances_are_symmetric_zero_to_oneself_and_keep_the_triangle(matrices: np.ndarray) -> None:
    for distance in (absolute_difference, spectral, dna_spectral):
        found = distance(to_one(matrices))
        assert np.allclose(found, found.T) and np.allclose(np.diag(found), 0) and (found >= -1e-12).all()
        assert (found[:, None, :] <= found[:, :, None] + found[None, :, :] + 1e-9).all()


@given(series, st.integers(0, 100))
def test_the_spectral_distance_does_not_see_who_is_who(matrices: np.ndarray, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(4)
    mixed = matrices[:, order][:, :, order]
    assert np.allclose(spectral(matrices), spectral(mixed))
    assert spectral(np.array([matrices[0], mixed[0]]))[0, 1] == pytest.approx(0, abs=1e-9)


def test_a_triangle_and_a_star_differ_in_laplacian_though_not_always_in_dna_s_spectrum() -> None:
    path = np.array([[0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 0.0]])
    pairs = np.array([[0, 2, 0, 0], [2, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0.0]])  # row sums 2, 2, 1, 1 too
    assert dna_spectral(np.array([path, pairs]))[0, 1] == 0
    assert spectral(np.array([path, pairs]))[0, 1] > 0.1
    assert laplacian_spectrum(path)[-1] == pytest.approx(0)


def test_a_series_that_jumps_once_has_two_states() -> None:
    before, after = np.eye(4)[::-1], np.ones((4, 4)) - np.eye(4)
    noise = np.random.default_rng(0).random((6, 4, 4)) / 100
    matrices = to_one(np.array([before] * 3 + [after] * 3) + noise)
    found = states(absolute_difference(matrices))
    assert found.tolist() == [0, 0, 0, 1, 1, 1]
    assert dunn_index(absolute_difference(matrices), found) > 1


def test_windows_that_do_not_differ_are_one_state_and_one_window_has_none() -> None:
    assert states(np.zeros((3, 3))).tolist() == [0, 0, 0]
    with pytest.raises(InputError, match="at least two windows"):
        states(np.zeros((1, 1)))
