"""A case goes in; its networks come out as GraphML or GEXF files, one for each: nodes and edges with what they mean.

actors-concepts: which party takes which stance on which concept, how often. actors-actors: on how many concepts two
parties agree or disagree. preconditions: which party makes what conditional on what. Reports that count, each text
once.
"""

import io
import re
from collections import Counter, defaultdict
from itertools import combinations
from typing import Any

from standoff.case.exchange.made import Made
from standoff.case.exchange.xml_text import plain_xml
from standoff.case.snapshot import Snapshot
from standoff.case.state import snapshot
from standoff.case.store import Case

FOR = ("demand", "commit", "support")
"""Acts that are for what the issue names; the others are against it."""

WRITTEN_ON = re.compile(rb' lastmodifieddate="[^"]*"')
"""The day of writing, which GEXF need not have: the same case gives the same file."""


def write_graphml(case: Case) -> Made:
    """The networks as GraphML."""
    import networkx

    def text(graph: Any) -> bytes:
        stream = io.BytesIO()
        networkx.write_graphml_xml(graph, stream, infer_numeric_types=True)
        return stream.getvalue()

    return _made(case, "graphml", text)


def write_gexf(case: Case) -> Made:
    """The networks as GEXF 1.2."""
    import networkx

    def text(graph: Any) -> bytes:
        stream = io.BytesIO()
        networkx.write_gexf(graph, stream, version="1.2draft")
        return WRITTEN_ON.sub(b"", stream.getvalue())

    return _made(case, "gexf", text)


def _made(case: Case, ending: str, text: Any) -> Made:
    state = snapshot(case)
    found = {"actors-concepts": stances(state), "actors-actors": agreements(state), "preconditions": conditions(state)}
    files = {f"{name}.{ending}": text(graph) for name, graph in found.items()}
    counts = {f"{name}, {what}": n for name, graph in found.items()
              for what, n in (("nodes", graph.number_of_nodes()), ("edges", graph.number_of_edges()))}  # fmt: skip
    without = sum(entry.concept is None for entry in state.counted_positions())
    losses = (f"{without} positions whose issue belongs to no concept",) if without else ()
    return Made(files, counts, losses)


def stances(state: Snapshot) -> Any:
    """Parties and concepts; an edge has the number of positions for and against, and of each act."""
    import networkx

    graph: Any = networkx.Graph()
    acts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    days: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entry in state.counted_positions():
        if entry.concept is not None and entry.holder:
            acts[entry.holder, entry.concept][entry.act] += 1
            days[entry.holder, entry.concept] += [entry.date] if entry.date else []
    for party in sorted({party for party, _ in acts}, key=_number):
        _party(graph, state, party)
    for concept in sorted({concept for _, concept in acts}, key=_number):
        graph.add_node(concept, label=_clean(state.concept_by_id[concept].name), type="concept")
    for (party, concept), count in sorted(acts.items(), key=lambda item: (_number(item[0][0]), _number(item[0][1]))):
        pro = sum(n for act, n in count.items() if act in FOR)
        con = sum(count.values()) - pro
        dates = sorted(days[party, concept])
        graph.add_edge(
            party, concept, weight=float(pro + con), net=pro - con, **{"for": pro, "against": con},
            acts=", ".join(f"{act} {n}" for act, n in sorted(count.items())), first=dates[0] if dates else "",
            last=dates[-1] if dates else "",
        )  # fmt: skip
    return graph


def agreements(state: Snapshot) -> Any:
    """Parties; an edge has the number of concepts on which both lean the same way, and opposite ways.

    A party leans the way of most of its positions on a concept; where it has as many for as against, it leans no way.
    """
    import networkx

    graph: Any = networkx.Graph()
    lean: dict[str, dict[str, int]] = defaultdict(dict)
    for party, concept, data in stances(state).edges(data=True):
        if party[0] != "A":
            party, concept = concept, party
        if data["net"]:
            lean[concept][party] = 1 if data["net"] > 0 else -1
    same: Counter[tuple[str, str]] = Counter()
    opposite: Counter[tuple[str, str]] = Counter()
    for parties in lean.values():
        for pair in combinations(sorted(parties, key=_number), 2):
            (same if parties[pair[0]] == parties[pair[1]] else opposite)[pair] += 1
    for party in sorted({party for parties in lean.values() for party in parties}, key=_number):
        _party(graph, state, party)
    for a, b in sorted(same.keys() | opposite.keys(), key=lambda pair: (_number(pair[0]), _number(pair[1]))):
        agree, disagree = same[a, b], opposite[a, b]
        graph.add_edge(a, b, weight=float(agree + disagree), agree=agree, disagree=disagree, net=agree - disagree)
    return graph


def conditions(state: Snapshot) -> Any:
    """Requirements and gates, an edge from what is required to what it opens, with the party whose condition it is.

    A node is a concept; where a side has none, the words themselves.
    """
    import networkx

    graph: Any = networkx.MultiDiGraph()

    def node(concept: str | None, words: str) -> str:
        words = " ".join(words.split())
        name = concept or _clean(f"“{words}”")
        label = state.concept_by_id[concept].name if concept else words
        graph.add_node(name, label=_clean(label), type="concept" if concept else "words")
        return name

    for entry in state.counted_preconditions():
        requirement = node(entry.requirement_concept, state.quote(entry.report, entry.requirement))
        gate = node(entry.gate_concept, state.quote(entry.report, entry.gate))
        holder = state.party_by_id.get(entry.holder)
        graph.add_edge(
            requirement, gate, key=entry.id, weight=1.0, holder=entry.holder,
            holder_name=_clean(holder.name) if holder else "", entry=entry.id, report=_clean(entry.report),
            date=entry.date or "", words=_clean(state.quote(entry.report, entry.evidence)),
        )  # fmt: skip
    return graph


def _party(graph: Any, state: Snapshot, id_: str) -> None:
    party = state.party_by_id[id_]
    camp = state.party_by_id[state.camp(id_)]
    graph.add_node(
        id_, label=_clean(party.name), type="party", kind=party.kind, camp=camp.id, camp_name=_clean(camp.name)
    )


def _number(id_: str) -> int:
    return int(id_[1:])


def _clean(text: str) -> str:
    return plain_xml(text)
