"""Polarisation: congruence and conflict of actors in; how far they fall into two hostile camps, and which, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from standoff.analysis.networks.coded import Floats, Ints
from standoff.errors import InputError

EXACT_UP_TO = 16
"""Number of actors up to which every split is tried (32,768 splits)."""

RESTARTS = 20


@dataclass(frozen=True)
class Polarisation:
    """score: 0 (no camps) to 1 (two camps that agree inside and fight each other); `camp` of each actor, 0 or 1.

    exact: whether every split was tried.
    """

    score: float
    camp: npt.NDArray[np.int64]
    exact: bool


def signed_modularity(congruence: Floats, conflict: Floats, camp: npt.NDArray[np.int64]) -> float:
    """Modularity of a partition of a network with positive and negative ties (Gómez, Jensen and Arenas 2009,
    Analysis of community structure in networks of correlated data): agreement inside camps and conflict between them,
    beyond what the actors' strengths would lead to expect. 0 for a single camp or no ties."""
    surplus, total = _surplus(congruence, conflict)
    same = camp[:, None] == camp[None, :]
    return float(surplus[same].sum() / total) if total else 0.0


def _surplus(congruence: Floats, conflict: Floats) -> tuple[Floats, float]:
    surplus, total = np.zeros_like(congruence, dtype=np.float64), 0.0
    for ties, sign in ((congruence, 1.0), (conflict, -1.0)):
        ties = np.array(ties, dtype=np.float64)
        np.fill_diagonal(ties, 0.0)
        if (ties < 0).any():
            raise InputError("polarisation needs congruence and conflict, not their difference: a tie is negative")
        strength, weight = ties.sum(axis=1), float(ties.sum())
        if weight:
            surplus += sign * (ties - np.outer(strength, strength) / weight)
            total += weight
    return surplus, total


def polarisation(congruence: Floats, conflict: Floats, seed: int = 0) -> Polarisation:
    """The best split into two camps; its score is twice its signed modularity, so that two equal, perfect camps
    score 1. Exact for up to 16 actors with ties; else spectral start and seeded single-flip search.

    congruence, conflict: symmetric (actors, actors), not negative. Raises InputError otherwise.
    """
    surplus, total = _surplus(congruence, conflict)
    camp = np.zeros(len(surplus), dtype=np.int64)
    tied = np.flatnonzero(np.abs(congruence).sum(axis=1) + np.abs(conflict).sum(axis=1))
    if len(tied) < 2 or not total:
        return Polarisation(0.0, camp, True)
    inner = surplus[np.ix_(tied, tied)]
    exact = len(tied) <= EXACT_UP_TO
    sides = _best_of_all(inner) if exact else _searched(inner, seed)
    camp[tied] = (sides != sides[0]).astype(np.int64)
    return Polarisation(max(0.0, float(sides @ inner @ sides) / total), camp, exact)


def _best_of_all(surplus: Floats) -> Floats:
    """Sides (+1, -1) of every actor, actor 0 on +1, with the highest s'Bs."""
    count = len(surplus)
    numbers = np.arange(2 ** (count - 1))
    bits = (numbers[:, None] >> np.arange(count - 1)) & 1
    sides = np.concatenate([np.ones((len(numbers), 1)), 1.0 - 2.0 * bits], axis=1)
    best: Floats = sides[int(np.argmax(np.einsum("si,si->s", sides @ surplus, sides)))]
    return best


def _searched(surplus: Floats, seed: int) -> Floats:
    random = np.random.default_rng(seed)
    starts = [np.where(np.linalg.eigh(surplus)[1][:, -1] >= 0, 1.0, -1.0)]
    starts += [random.choice([-1.0, 1.0], size=len(surplus)) for _ in range(RESTARTS)]
    ends = [_climb(surplus, start) for start in starts]
    return max(ends, key=lambda sides: round(float(sides @ surplus @ sides), 12))


def _climb(surplus: Floats, sides: Floats) -> Floats:
    """Flip the actor that gains most until no flip gains."""
    sides = sides.copy()
    field = surplus @ sides - np.diag(surplus) * sides
    while True:
        gains = -sides * field
        actor = int(np.argmax(gains))
        if gains[actor] <= 1e-12:
            return sides
        sides[actor] = -sides[actor]
        change = 2 * sides[actor] * surplus[:, actor]
        change[actor] = 0.0
        field += change


def polarisation_series(pairs: Iterable[tuple[Floats, Floats]], seed: int = 0) -> Iterator[Polarisation]:
    """Polarisation of each (congruence, conflict) of a series."""
    for congruence, conflict in pairs:
        yield polarisation(congruence, conflict, seed)


def dna_score(congruence: Floats, conflict: Floats, camp: npt.NDArray[np.int64], groups: int) -> tuple[float, float]:
    """DNA's score of a partition and its normalised form; DNA maximises it, although perfect camps score *lower* than
    mixed ones (docs/networks.md), so use it only to repeat DNA's numbers.

    With cluster sizes c, W = sum of c(c-1), B = n(n-1) - W and S+, S- the sums of the absolute ties, it adds, over
    pairs, how far ties are from an even spread of S+ inside and of S- between clusters; half of it, and over
    2(S+ + S-).
    """
    count = len(camp)
    sizes = np.bincount(camp, minlength=groups).astype(np.float64)
    within = float((sizes * (sizes - 1)).sum())
    between = count * (count - 1) - within
    plus, minus = float(np.abs(congruence).sum()), float(np.abs(conflict).sum())
    own = sizes[camp]
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = (own * (own - 1) / np.float64(within)) * (plus / np.float64(within))
        outside = (own[:, None] * own[None, :] / np.float64(between)) * (minus / np.float64(between))
        same = camp[:, None] == camp[None, :]
        terms = np.where(
            same,
            np.abs(congruence - inside[:, None]) + np.abs(conflict),
            np.abs(congruence) + np.abs(conflict - outside),
        )
    np.fill_diagonal(terms, 0.0)
    q = float(terms.sum())
    scale = 2 * (plus + minus)
    return q / 2, q / scale if scale else 0.0


def dna_best_split(congruence: Floats, conflict: Floats) -> tuple[float, Ints]:
    """The highest `dna_score` over all splits into two halves (sizes differ by at most one), and its memberships.

    Raises InputError for more than 20 actors (DNA has only a random search there) or less than 2.
    """
    count = len(congruence)
    if not 2 <= count <= 20:
        raise InputError(f"{count} actors: every split is tried only for 2 to 20")
    best, found = -np.inf, np.zeros(count, dtype=np.int64)
    for members in combinations(range(count), count // 2):
        camp = np.zeros(count, dtype=np.int64)
        camp[list(members)] = 1
        score = dna_score(congruence, conflict, camp, 2)[0]
        if score > best:
            best, found = score, camp
    return float(best), found
