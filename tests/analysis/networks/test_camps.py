"""Camps: two blocs are found by every method; labels, order and time do not matter."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.analysis.networks.camps import METHODS, camps, camps_over_time
from standoff.analysis.networks.coded import Floats
from standoff.analysis.networks.polarisation import signed_modularity
from standoff.errors import InputError


def blocs(*sizes: int, between: float = 0.0) -> Floats:
    """Actors who all agree inside their bloc (1), with ties of `between` across."""
    bloc = np.repeat(np.arange(len(sizes)), sizes)
    network = np.where(bloc[:, None] == bloc[None, :], 1.0, between)
    np.fill_diagonal(network, 0.0)
    return network


@pytest.mark.parametrize("method", [*METHODS, "best"])
def test_every_method_finds_two_blocs_with_a_weak_tie_between(method: str) -> None:
    network = blocs(4, 5)
    network[0, 8] = network[8, 0] = 0.2
    found = camps(network, method)
    assert found.camp.tolist() == [0] * 4 + [1] * 5
    assert found.modularity > 0.45


def test_the_best_method_is_no_worse_than_any() -> None:
    random = np.random.default_rng(3)
    for _ in range(5):
        network = random.integers(0, 4, (12, 12)) * (random.random((12, 12)) < 0.3)
        network = (network + network.T).astype(float)
        np.fill_diagonal(network, 0.0)
        best = camps(network).modularity
        assert all(best >= camps(network, method).modularity - 1e-12 for method in METHODS)


def test_conflict_between_camps_adds_to_their_worth() -> None:
    assert camps(blocs(4, 4, between=-1.0)).modularity > camps(blocs(4, 4)).modularity - 1e-12
    assert camps(blocs(4, 4, between=-1.0)).camp.tolist() == [0] * 4 + [1] * 4


def test_actors_without_agreement_are_camps_of_their_own() -> None:
    assert camps(np.zeros((3, 3))).camp.tolist() == [0, 1, 2]
    assert camps(-blocs(1, 1, between=1.0)).camp.tolist() == [0, 1]
    assert len(camps(np.zeros((0, 0))).camp) == 0


def test_a_camp_keeps_its_number_over_time() -> None:
    names = list("abcdefgh")
    turned = names[::-1]
    series = [(names, blocs(4, 4)), (turned, blocs(4, 4)), (names[2:], blocs(2, 3, 1))]
    first, second, third = camps_over_time(series)
    assert dict(zip(names, first.camp, strict=True)) == dict(zip(turned, second.camp, strict=True))
    assert third.camp.tolist() == [0, 0, 1, 1, 1, 2]


def test_what_is_no_network_and_no_method_is_refused() -> None:
    with pytest.raises(InputError, match="method 'guess' unknown; there are: best, louvain"):
        camps(blocs(2, 2), "guess")
    with pytest.raises(InputError, match="one-mode"):
        camps(np.ones((2, 3)))


@settings(max_examples=25)
@given(st.integers(2, 9), st.integers(0, 2**32 - 1), st.sampled_from([*METHODS, "best"]))
def test_camps_part_the_actors_and_are_worth_what_they_say(count: int, seed: int, method: str) -> None:
    random = np.random.default_rng(seed)
    network = random.integers(-2, 4, (count, count)).astype(float)
    network = np.triu(network, 1) + np.triu(network, 1).T
    found = camps(network, method, seed=1)
    assert sorted(set(found.camp.tolist())) == list(range(len(set(found.camp.tolist()))))
    assert len(found.camp) == count
    if network.max() > 0:
        worth = signed_modularity(np.maximum(network, 0), np.maximum(-network, 0), found.camp)
        assert found.modularity == pytest.approx(worth)
    again = camps(network, method, seed=1)
    assert again.camp.tolist() == found.camp.tolist()
