"""A snapshot goes in; which conditions of parties block each other comes out, and which few to give up would end it.

Two grades. *Locked*: each party withholds the very thing that the other's condition asks for; nobody can go first.
*Mutual*: each waits for something that another party of the ring can give, though not the thing that is withheld; its
list of cycles leaves out what is locked, its concessions break both. A concession is to drop one condition, or, what
comes to the same, to do the thing without it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from standoff.analysis.citations import Result
from standoff.analysis.conditions import Condition, conditions
from standoff.analysis.issues import Issues, find_issues
from standoff.analysis.wording import one_thing
from standoff.case.snapshot import Snapshot

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Cycle(Result):
    """A ring of conditions: each waits for what the next one holds back, the last for the first."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Ring(Result):
    """The cycles of one grade, and the smallest set of concessions that breaks all of them.

    at_least: no smaller set would do; if it is less than the number of concessions, the set may not be smallest.
    """

    cycles: tuple[Cycle, ...]
    concessions: tuple[Condition, ...]
    at_least: int


@dataclass(frozen=True, slots=True)
class Deadlocks(Result):
    """All conditions that stand, what is locked, what is mutual waiting. `order`: with the concessions made, ids of
    conditions in an order in which what they hold back can happen, what others wait for first."""

    conditions: tuple[Condition, ...]
    dropped: tuple[Condition, ...]
    locked: Ring
    mutual: Ring
    order: tuple[str, ...]


def deadlocks(
    snapshot: Snapshot, issues: Issues | None = None, found: tuple[Condition, ...] | None = None
) -> Deadlocks:
    """The deadlocks of a case. For each condition on a cycle a shortest cycle is given; longer ones may exist too,
    the concessions break all of them. found: the conditions of the case, if they are known already."""
    import networkx as nx

    from standoff.analysis.concessions import smallest_cut

    found = conditions(snapshot, issues or find_issues(snapshot)) if found is None else found
    standing = tuple(c for c in found if c.dropped is None)
    locks = _graph(standing, by_thing(standing))
    cut = smallest_cut(locks)
    left: nx.DiGraph[str] = locks.subgraph([node for node in locks if node not in set(cut.nodes)])
    order = tuple(reversed(list(nx.lexicographical_topological_sort(left))))
    waits = _graph(standing, by_party(standing))
    locked = _ring(standing, locks, ())
    return Deadlocks(
        standing,
        tuple(c for c in found if c.dropped is not None),
        locked,
        _ring(standing, waits, locked.cycles),
        order,
    )


def by_thing(standing: Iterable[Condition]) -> list[tuple[str, str]]:
    """Pairs of condition ids: the first requires the very thing that the second holds back."""
    return [
        (c.id, other.id)
        for c in standing
        if not gives(c, c)  # “no talks unless talks”
        for other in standing
        if other.id != c.id and gives(other, c)
    ]


def gives(other: Condition, c: Condition) -> bool:
    """Whether what a condition holds back is the very thing that another one requires: one issue, or the same words."""
    same = other.gate_issue == c.requirement_issue or one_thing(other.gate, c.requirement)
    return same and other.gate_turned == c.requirement_turned


def by_party(standing: Iterable[Condition]) -> list[tuple[str, str]]:
    """Pairs of condition ids: the first requires something of the party that sets the second."""
    setters: dict[str, list[str]] = {}
    for c in standing:
        setters.setdefault(c.party, []).append(c.id)
    return [
        (c.id, other)
        for c in standing
        if c.controller is not None and c.controller != c.party
        for other in setters.get(c.controller, ())
    ]


def _graph(standing: tuple[Condition, ...], edges: list[tuple[str, str]]) -> "nx.DiGraph[str]":
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(c.id for c in standing)
    graph.add_edges_from(edges)
    return graph


def _ring(standing: tuple[Condition, ...], graph: "nx.DiGraph[str]", shown: tuple[Cycle, ...]) -> Ring:
    from standoff.analysis.concessions import shortest_cycles, smallest_cut

    by_id = {c.id: c for c in standing}
    cut = smallest_cut(graph)
    known = {frozenset(c.id for c in cycle.conditions) for cycle in shown}
    return Ring(
        tuple(
            Cycle(tuple(by_id[node] for node in cycle))
            for cycle in shortest_cycles(graph)
            if frozenset(cycle) not in known
        ),
        tuple(by_id[node] for node in cut.nodes),
        cut.at_least,
    )
