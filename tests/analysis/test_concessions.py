"""The smallest set of nodes that breaks all cycles, beside trying all sets."""

from itertools import combinations

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.analysis.concessions import shortest_cycles, smallest_cut

arcs = st.lists(st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")), max_size=22)


def without(graph: nx.DiGraph, names: tuple[str, ...]) -> nx.DiGraph:
    return graph.subgraph([node for node in graph if node not in names])


@given(arcs)
@settings(max_examples=150, deadline=None)
def test_no_smaller_set_breaks_all_cycles(edges: list[tuple[str, str]]) -> None:
    graph = nx.DiGraph(edges)
    cut = smallest_cut(graph)
    assert nx.is_directed_acyclic_graph(without(graph, cut.nodes))
    assert cut.exact
    for smaller in combinations(graph, len(cut.nodes) - 1) if cut.nodes else ():
        assert not nx.is_directed_acyclic_graph(without(graph, smaller))


@given(arcs)
@settings(max_examples=80, deadline=None)
def test_without_rounds_the_answer_still_breaks_all_cycles_and_the_bound_holds(edges: list[tuple[str, str]]) -> None:
    graph = nx.DiGraph(edges)
    cut = smallest_cut(graph, rounds=0)
    assert nx.is_directed_acyclic_graph(without(graph, cut.nodes))
    assert cut.at_least <= len(smallest_cut(graph).nodes) <= len(cut.nodes)


@given(arcs)
@settings(max_examples=80, deadline=None)
def test_every_cycle_shown_is_one(edges: list[tuple[str, str]]) -> None:
    graph = nx.DiGraph(edges)
    for cycle in shortest_cycles(graph):
        assert all(graph.has_edge(a, b) for a, b in zip(cycle, cycle[1:] + cycle[:1], strict=True))


def test_one_concession_of_a_party_that_blocks_two_others_is_enough() -> None:
    graph = nx.DiGraph([("hub", "a"), ("a", "hub"), ("hub", "b"), ("b", "hub")])
    assert smallest_cut(graph).nodes == ("hub",)
    assert smallest_cut(graph).exact
