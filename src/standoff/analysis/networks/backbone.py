"""Backbones: a network and the concepts it rests on in; the few concepts that keep its shape, out.

A backbone is a set of values of variable 2; the rest is redundant (Leifeld 2025, rDNA `dna_backbone`). The loss of a
set is the spectral distance between the full network and the network of the set alone, times a penalty for its size.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from standoff.analysis.networks.coded import CodedStatements, Floats, Ints
from standoff.analysis.networks.counts import Frame, frame
from standoff.analysis.networks.network import some_statements
from standoff.analysis.networks.onemode import one_mode
from standoff.analysis.networks.phases import dna_spectrum, laplacian_spectrum
from standoff.analysis.networks.request import Request
from standoff.errors import InputError

LOSSES: dict[str, Callable[[Floats], Floats]] = {"spectral": laplacian_spectrum, "dna": dna_spectrum}
"""What of a matrix is compared: eigenvalues of the Laplacian, as intended, or row sums, as DNA computes."""

EXACT_UP_TO = 12
"""Number of concepts up to which all sets are tried (4,096 networks)."""


@dataclass(frozen=True)
class Backbone:
    """entities: the values in the backbone; redundant: the others; their losses, unpenalised and penalised alike."""

    entities: tuple[str, ...]
    redundant: tuple[str, ...]
    loss: float
    redundant_loss: float
    exact: bool


@dataclass(frozen=True)
class NestedStep:
    """One step of a nested backbone: the entity taken out, the loss of what is left and of all taken out so far, and
    how many statements are left (after a tie: if this one alone had been taken out)."""

    iteration: int
    entity: str
    loss: float
    redundant_loss: float
    statements: int


class Losses:
    """The loss of any set of entities of one network; counted once, kept."""

    def __init__(self, statements: CodedStatements, request: Request, penalty: float, loss: str = "spectral") -> None:
        """Raises InputError for a two-mode request, an unknown loss, or no statements."""
        if request.mode != "onemode":
            raise InputError("a backbone is found in a one-mode network")
        if loss not in LOSSES:
            raise InputError(f"loss {loss!r} unknown; there are: {', '.join(LOSSES)}")
        self._request, self._penalty, self._spectrum = request, penalty, LOSSES[loss]
        self._axes: Frame = frame(some_statements(statements, request), request)
        self.full: Floats = self._network(np.arange(len(self._axes.cols)))
        self._known: dict[bytes, float] = {}

    @property
    def entities(self) -> list[str]:
        """All entities, by code point."""
        return [str(value) for value in self._axes.cols]

    def codes(self, entities: Collection[str]) -> Ints:
        """Places of entities. Raises InputError for one that the network does not have."""
        if unknown := set(entities) - set(self.entities):
            raise InputError(f"{min(unknown)!r} is no entity of the network")
        return np.array([place for place, name in enumerate(self.entities) if name in set(entities)], dtype=np.int64)

    def statements(self, chosen: Ints) -> int:
        """How many statements are about the chosen entities."""
        return int(np.isin(self._axes.col, chosen).sum())

    def _network(self, chosen: Ints) -> Floats:
        part = self._axes.select(np.flatnonzero(np.isin(self._axes.col, chosen)))
        return np.maximum(one_mode(part, self._request.aggregation, self._request.normalization), 0.0)

    def __call__(self, chosen: Ints) -> float:
        """Loss of the set: distance * exp(-penalty * (n - size) / n)."""
        key = np.sort(chosen).tobytes()
        if key not in self._known:
            full, part = self._spectrum(self.full), self._spectrum(self._network(chosen))
            count = len(self._axes.cols)
            shrink = np.exp(-self._penalty * (count - len(chosen)) / count)
            distance = np.cumsum(np.abs(full - part))[-1]  # from left to right: see phases.dna_spectrum
            self._known[key] = float(distance * shrink)
        return self._known[key]

    def backbone(self, chosen: Ints, exact: bool) -> Backbone:
        """The backbone of a set of places."""
        rest = np.setdiff1d(np.arange(len(self.entities)), chosen)
        names = np.array(self.entities, dtype=object)
        return Backbone(tuple(names[np.sort(chosen)]), tuple(names[rest]), self(chosen), self(rest), exact)


def evaluate(losses: Losses, entities: Collection[str]) -> Backbone:
    """The losses of a given set of entities and of its complement."""
    return losses.backbone(losses.codes(entities), exact=False)


def nested(losses: Losses) -> list[NestedStep]:
    """Take out one entity after another, each time one whose removal loses least; entities that lose exactly the same
    go together, the last first. Use a penalty of 0: the size is the same for all candidates of a step."""
    left = np.arange(len(losses.entities))
    statements = losses.statements(left)
    out: list[int] = []
    found: list[NestedStep] = []
    while len(left):
        candidates = [losses(np.delete(left, place)) for place in range(len(left))]
        least = min(candidates)
        tied = [int(left[place]) for place, value in enumerate(candidates) if value == least]
        for entity in reversed(tied):
            out.append(entity)
            left = left[left != entity]
        for place, entity in enumerate(reversed(tied)):
            removed = np.array(out[: len(out) - len(tied) + place + 1], dtype=np.int64)
            found.append(
                NestedStep(
                    len(found) + 1,
                    losses.entities[entity],
                    least,
                    losses(removed),
                    statements - losses.statements(np.array([entity])),
                )
            )
        statements = losses.statements(left)
    return found


def fixed(losses: Losses, size: int, seed: int = 0) -> Backbone:
    """The best backbone of a given size: exact for small networks, else by simulated annealing (swaps).

    Raises InputError for a size that is not between 0 and the number of entities.
    """
    count = len(losses.entities)
    if not 0 <= size <= count:
        raise InputError(f"backbone size {size}: must be between 0 and {count}")
    if count <= EXACT_UP_TO:
        sets = (np.array(chosen, dtype=np.int64) for chosen in combinations(range(count), size))
        return losses.backbone(min(sets, key=losses), exact=True)
    return losses.backbone(_annealed(losses, _start(count, size, seed), seed, keep_size=True), exact=False)


def penalised(losses: Losses, seed: int = 0) -> Backbone:
    """The backbone of least penalised loss: exact for small networks, else by simulated annealing.

    The penalty is that of `losses` (rDNA's default is 3.5): the higher, the smaller the backbone.
    """
    count = len(losses.entities)
    if count <= EXACT_UP_TO:
        every = range(1, count + 1)
        sets = (np.array(c, dtype=np.int64) for size in every for c in combinations(range(count), size))
        return losses.backbone(min(sets, key=losses), exact=True)
    return losses.backbone(_annealed(losses, _start(count, count // 2, seed), seed, keep_size=False), exact=False)


def _start(count: int, size: int, seed: int) -> Ints:
    return np.sort(np.random.default_rng(seed).permutation(count)[:size]).astype(np.int64)


ANNEALING_STEPS = 4000
COOLING = 0.998
"""Temperature factor per step: from the first loss's size to a 3000th of it over the run."""


def _annealed(losses: Losses, chosen: Ints, seed: int, keep_size: bool) -> Ints:
    """Metropolis search: swap, and if the size is free also add or drop; the best set seen is given back."""
    random = np.random.default_rng(seed + 1)
    count = len(losses.entities)
    inside = np.zeros(count, dtype=bool)
    inside[chosen] = True
    current = best_loss = losses(np.flatnonzero(inside))
    best, temperature = inside.copy(), max(current, 0.01)
    for _ in range(ANNEALING_STEPS):
        proposal = inside.copy()
        if keep_size or random.random() < 0.5:
            if inside.all() or not inside.any():
                if keep_size:
                    break
                continue
            proposal[random.choice(np.flatnonzero(inside))] = False
            proposal[random.choice(np.flatnonzero(~inside))] = True
        else:
            flip = int(random.integers(count))
            proposal[flip] = not proposal[flip]
        if proposal.any() or keep_size:
            value = losses(np.flatnonzero(proposal))
            if value <= current or random.random() < np.exp((current - value) / temperature):
                inside, current = proposal, value
            if current < best_loss:
                best, best_loss = inside.copy(), current
        temperature *= COOLING
    return np.flatnonzero(best)
