"""A directed graph goes in; a smallest set of nodes without which it has no cycle comes out (feedback vertex set).

Exact by implicit hitting set: an integer program hits all cycles found so far; while what is left has cycles, those are
added (Even, Naor, Schieber and Sudan 1998 describe the problem; the method is that of Moreno-Centeno and Karp 2013).
Whatever was reached when the limit of rounds is met is a lower bound; the answer is then completed greedily.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx
import numpy as np

MOST_ROUNDS = 200
"""Rounds of the integer program. Cases of a few hundred conditions take fewer than ten."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Nodes that break all cycles. `at_least`: no set smaller than that does; equal to its size if it is exact."""

    nodes: tuple[str, ...]
    at_least: int

    @property
    def exact(self) -> bool:
        """Whether no smaller set breaks all cycles."""
        return len(self.nodes) == self.at_least


def smallest_cut(graph: "nx.DiGraph[str]", rounds: int = MOST_ROUNDS) -> Cut:
    """A smallest set of nodes that meets every cycle of a graph, the first by name among those the solver compares."""
    nodes: list[str] = []
    bound = 0
    for part in sorted(map(sorted, nx.strongly_connected_components(graph))):
        if len(part) > 1 or graph.has_edge(part[0], part[0]):
            cut = _component(graph.subgraph(part), part, rounds)
            nodes += cut.nodes
            bound += cut.at_least
    return Cut(tuple(sorted(nodes)), bound)


def shortest_cycles(graph: "nx.DiGraph[str]") -> list[tuple[str, ...]]:
    """For each node on a cycle a shortest one through it, each cycle once, beginning with its first name."""
    found: set[tuple[str, ...]] = set()
    for part in nx.strongly_connected_components(graph):
        inner = graph.subgraph(part)
        for node in part:
            cycle = _through(inner, node)
            if cycle:
                found.add(cycle)
    return sorted(found, key=lambda cycle: (len(cycle), cycle))


def _through(graph: "nx.DiGraph[str]", node: str) -> tuple[str, ...]:
    """A shortest cycle through a node, by breadth-first search in the order of names; empty if there is none."""
    if graph.has_edge(node, node):
        return (node,)
    before: dict[str, str] = {node: ""}
    queue = [node]
    for current in queue:
        for following in sorted(graph.successors(current)):
            if following == node:
                path = [current]
                while before[path[-1]]:
                    path.append(before[path[-1]])
                path.reverse()
                first = path.index(min(path))
                return tuple(path[first:] + path[:first])
            if following not in before:
                before[following] = current
                queue.append(following)
    return ()


def _component(graph: "nx.DiGraph[str]", names: list[str], rounds: int) -> Cut:
    from scipy.optimize import Bounds, LinearConstraint, milp

    column = {name: k for k, name in enumerate(names)}
    cycles = shortest_cycles(graph)
    bound = 0
    chosen: list[str] = []
    for _ in range(rounds):
        rows = np.zeros((len(cycles), len(names)))
        for row, cycle in enumerate(cycles):
            rows[row, [column[name] for name in cycle]] = 1
        solved = milp(
            np.ones(len(names)), integrality=np.ones(len(names)), bounds=Bounds(0, 1),
            constraints=LinearConstraint(rows, lb=np.ones(len(cycles))),
        )  # fmt: skip
        if solved.x is None:  # the solver gave up: what was shown so far holds
            break
        bound = max(bound, int(np.ceil(solved.fun - 1e-6)))
        chosen = [name for name, x in zip(names, solved.x, strict=True) if x > 0.5]
        left = shortest_cycles(_without(graph, chosen))
        if not left:
            return Cut(tuple(chosen), bound)
        cycles += left
    return Cut(tuple(sorted(_completed(graph, chosen))), bound)


def _completed(graph: "nx.DiGraph[str]", chosen: list[str]) -> list[str]:
    """Take the node on most of the shortest cycles that are left until none is; then give back what is not needed."""
    taken = list(chosen)
    while left := shortest_cycles(_without(graph, taken)):
        counts = {name: sum(name in cycle for cycle in left) for cycle in left for name in cycle}
        taken.append(min(counts, key=lambda name: (-counts[name], name)))
    for name in list(taken):
        rest = [other for other in taken if other != name]
        if nx.is_directed_acyclic_graph(_without(graph, rest)):
            taken = rest
    return taken


def _without(graph: "nx.DiGraph[str]", names: Iterable[str]) -> "nx.DiGraph[str]":
    gone = set(names)
    left: nx.DiGraph[str] = graph.subgraph([node for node in graph if node not in gone])
    return left
