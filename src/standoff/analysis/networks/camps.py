"""Camps: a network of actors in; which of them belong together, and how well that part describes it, out.

The methods are the field's usual ones: community detection from networkx, hierarchical clustering from SciPy. Agreement
(positive ties) draws actors together; a camp's worth is its signed modularity, to which conflict (negative ties)
between camps adds. Everything is seeded: the same network gives the same camps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from standoff.analysis.networks.coded import Floats, Ints
from standoff.analysis.networks.phases import first_seen
from standoff.analysis.networks.polarisation import signed_modularity
from standoff.errors import InputError

if TYPE_CHECKING:
    import networkx as nx

BETWEENNESS_UP_TO = 60
"""Actors up to which Girvan and Newman's method is among the candidates: its cost grows with the cube of the ties."""

_STARTS = 5
"""Runs of the methods that depend on the order of actors; the best one counts."""


@dataclass(frozen=True)
class Camps:
    """camp: number of each actor's camp, 0 and up; modularity: signed, up to 1; method: that which found them.

    An actor without positive ties is a camp of its own.
    """

    camp: Ints
    modularity: float
    method: str


def camps(network: Floats, method: str = "best", seed: int = 0) -> Camps:
    """The camps of a one-mode network (actors, actors; symmetric; negative ties are conflict).

    method: one of METHODS, or `best`: the one with the highest modularity. Raises InputError for another method or a
    matrix that is not square and symmetric.
    """
    if network.ndim != 2 or network.shape[0] != network.shape[1] or not np.allclose(network, network.T):
        raise InputError("camps are found in a one-mode network: a square, symmetric matrix")
    if method != "best" and method not in METHODS:
        raise InputError(f"method {method!r} unknown; there are: best, {', '.join(METHODS)}")
    agreement, conflict = np.maximum(network, 0.0), np.maximum(-network, 0.0)
    np.fill_diagonal(agreement, 0.0)
    np.fill_diagonal(conflict, 0.0)
    if not agreement.any():
        return Camps(np.arange(len(network)), 0.0, method if method != "best" else next(iter(METHODS)))
    names = [method] if method != "best" else [
        name for name in METHODS if name != "girvan-newman" or len(network) <= BETWEENNESS_UP_TO
    ]  # fmt: skip
    found = []
    for name in names:
        candidates = [first_seen(one) for one in METHODS[name](agreement, seed)]
        scores = [signed_modularity(agreement, conflict, one) for one in candidates]
        best = max(range(len(scores)), key=lambda number: round(scores[number], 12))
        found.append(Camps(candidates[best], scores[best], name))
    return max(found, key=lambda one: round(one.modularity, 12))


def camps_over_time(
    networks: Iterable[tuple[Sequence[str], Floats]], method: str = "best", seed: int = 0
) -> Iterator[Camps]:
    """The camps of each network of a series; a camp keeps its number from network to network.

    networks: names of the actors and matrix. The camps of a network are matched with the last ones seen so that as
    many actors as possible keep theirs; a new camp gets a new number.
    """
    last: dict[str, int] = {}
    used = 0
    for actors, network in networks:
        found = camps(network, method, seed)
        numbers, used = _matched(found.camp, [last.get(str(actor), -1) for actor in actors], used)
        yield replace(found, camp=numbers)
        last |= dict(zip(map(str, actors), numbers.tolist(), strict=True))


def _matched(camp: Ints, before: Sequence[int], used: int) -> tuple[Ints, int]:
    """Camps renumbered as before as far as possible, and how many numbers are used by now."""
    from scipy.optimize import linear_sum_assignment

    count = int(camp.max()) + 1 if len(camp) else 0
    shared = np.zeros((count, used))
    for now, then in zip(camp.tolist(), before, strict=True):
        if then >= 0:
            shared[now, then] += 1
    names: dict[int, int] = {}
    for now, then in zip(*linear_sum_assignment(-shared), strict=True):
        if shared[now, then]:
            names[int(now)] = int(then)
    for now in range(count):
        if now not in names:
            names[now] = used
            used += 1
    return np.array([names[now] for now in camp.tolist()], dtype=np.int64), used


Partitions = Iterable[Ints]
"""Candidates of a method: the number of each actor's camp."""


def _as_numbers(communities: Iterable[Iterable[int]], count: int) -> Ints:
    numbers = np.zeros(count, dtype=np.int64)
    for number, members in enumerate(communities):
        numbers[list(members)] = number
    return numbers


def louvain(agreement: Floats, seed: int) -> Partitions:
    """Blondel and others 2008, Fast unfolding of communities in large networks."""
    from networkx import from_numpy_array
    from networkx.algorithms.community import louvain_communities

    graph = from_numpy_array(agreement)
    for start in range(_STARTS):
        yield _as_numbers(louvain_communities(graph, seed=seed + start), len(agreement))


def greedy(agreement: Floats, seed: int) -> Partitions:
    """Clauset, Newman and Moore 2004, Finding community structure in very large networks. No chance in it."""
    from networkx import from_numpy_array
    from networkx.algorithms.community import greedy_modularity_communities

    yield _as_numbers(greedy_modularity_communities(from_numpy_array(agreement), weight="weight"), len(agreement))


def label_propagation(agreement: Floats, seed: int) -> Partitions:
    """Raghavan, Albert and Kumara 2007, Near linear time algorithm to detect community structures."""
    from networkx import from_numpy_array
    from networkx.algorithms.community import asyn_lpa_communities

    graph = from_numpy_array(agreement)
    for start in range(_STARTS):
        yield _as_numbers(asyn_lpa_communities(graph, weight="weight", seed=seed + start), len(agreement))


def girvan_newman(agreement: Floats, seed: int) -> Partitions:
    """Girvan and Newman 2002, Community structure in social and biological networks: the tie that most shortest paths
    use is cut, again and again (a strong tie is a short way). Every number of camps is a candidate."""
    from networkx import edge_betweenness_centrality, from_numpy_array
    from networkx.algorithms.community import girvan_newman as steps

    lengths = np.divide(1.0, agreement, out=np.zeros_like(agreement), where=agreement > 0)

    def busiest(graph: nx.Graph[int]) -> tuple[int, int]:
        between: dict[tuple[int, int], float] = edge_betweenness_centrality(graph, weight="weight")
        most = max(between.values())
        return min(edge for edge, value in between.items() if value >= most - 1e-12)

    for communities in steps(from_numpy_array(lengths), most_valuable_edge=busiest):
        yield _as_numbers(communities, len(agreement))


def hierarchical(agreement: Floats, seed: int) -> Partitions:
    """Average linkage over 1 - agreement / highest agreement. Every number of camps is a candidate."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    distances = 1.0 - agreement / agreement.max()
    np.fill_diagonal(distances, 0.0)
    tree = linkage(squareform(distances, checks=False), method="average")
    for number in range(1, len(agreement) + 1):
        yield fcluster(tree, number, criterion="maxclust").astype(np.int64)


METHODS: dict[str, Callable[[Floats, int], Partitions]] = {
    "louvain": louvain,
    "greedy": greedy,
    "label-propagation": label_propagation,
    "girvan-newman": girvan_newman,
    "hierarchical": hierarchical,
}
"""Method by name: agreement and a seed in, candidates out."""
