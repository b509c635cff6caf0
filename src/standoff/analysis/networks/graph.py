"""Graphs for other programs: a labelled matrix in; nodes and ties, as GraphML, GEXF, CSV or networkx, out."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import pandas as pd

from standoff.analysis.networks.network import Network, day

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True)
class Graph:
    """nodes: label, variable and further attributes, all as text; ties: places of two nodes and a weight, not 0.

    In a one-mode network each pair is there once; in a two-mode network ties go from rows to columns.
    """

    nodes: tuple[Mapping[str, str], ...]
    ties: tuple[tuple[int, int, float], ...]

    @property
    def attributes(self) -> list[str]:
        """Names of the attributes, in order of first appearance."""
        return list(dict.fromkeys(name for node in self.nodes for name in node))


def as_graph(
    network: Network, variables: Sequence[str], attributes: Mapping[str, Mapping[str, Mapping[str, str]]] | None = None
) -> Graph:
    """The graph of a network over one variable (one-mode) or two.

    attributes: by variable, by label, by name.
    """
    known = attributes or {}
    square = len(variables) == 1
    sides = [network.rows] if square else [network.rows, network.cols]
    nodes = [
        {"label": str(label), "variable": variable, **known.get(variable, {}).get(str(label), {})}
        for variable, labels in zip(variables, sides, strict=True)
        for label in labels
    ]
    cells = np.triu(network.matrix, 1) if square else network.matrix
    rows, cols = np.nonzero(cells)
    offset = 0 if square else len(network.rows)
    places = zip(rows.tolist(), (cols + offset).tolist(), cells[rows, cols].tolist(), strict=True)
    return Graph(tuple(nodes), tuple(places))


def attributes_of(table: pd.DataFrame) -> dict[str, dict[str, str]]:
    """An entity table (`CodedStatements.entities`) as attributes by label; those that are not set are left out."""
    names = [name for name in table.columns if name not in ("ID", "value")]
    return {
        str(row["value"]): {name: str(row[name]) for name in names if row[name] != ""} for _, row in table.iterrows()
    }


def to_networkx(graph: Graph) -> nx.Graph[int]:
    """Nodes are numbered from 0 and bear the attributes; edges bear `weight`."""
    import networkx

    made: nx.Graph[int] = networkx.Graph()
    for place, node in enumerate(graph.nodes):
        made.add_node(place, **node)
    made.add_weighted_edges_from(graph.ties)
    return made


def graphml(graph: Graph) -> str:
    """GraphML (http://graphml.graphdrawing.org) as Gephi, igraph, networkx, visone and yEd read it."""
    names = graph.attributes
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    lines += [
        f'  <key id="d{k}" for="node" attr.name={quoteattr(name)} attr.type="string"/>' for k, name in enumerate(names)
    ]
    lines += ['  <key id="weight" for="edge" attr.name="weight" attr.type="double"/>']
    lines += ['  <graph edgedefault="undirected">']
    for place, node in enumerate(graph.nodes):
        lines.append(f'    <node id="n{place}">')
        lines += [f'      <data key="d{k}">{_text(node[name])}</data>' for k, name in enumerate(names) if name in node]
        lines.append("    </node>")
    for source, target, weight in graph.ties:
        lines.append(f'    <edge source="n{source}" target="n{target}"><data key="weight">{weight!r}</data></edge>')
    return "\n".join([*lines, "  </graph>", "</graphml>", ""])


def gexf(graph: Graph) -> str:
    """GEXF 1.3 (https://gexf.net), Gephi's own format."""
    names = [name for name in graph.attributes if name != "label"]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<gexf xmlns="http://gexf.net/1.3" version="1.3">',
        '  <graph defaultedgetype="undirected" mode="static">',
        '    <attributes class="node">',
    ]
    lines += [f'      <attribute id="{k}" title={quoteattr(name)} type="string"/>' for k, name in enumerate(names)]
    lines += ["    </attributes>", "    <nodes>"]
    for place, node in enumerate(graph.nodes):
        lines.append(f'      <node id="{place}" label={_quoted(node["label"])}><attvalues>')
        lines += [
            f'        <attvalue for="{k}" value={_quoted(node[name])}/>' for k, name in enumerate(names) if name in node
        ]
        lines.append("      </attvalues></node>")
    lines += ["    </nodes>", "    <edges>"]
    lines += [
        f'      <edge id="{number}" source="{source}" target="{target}" weight="{weight!r}"/>'
        for number, (source, target, weight) in enumerate(graph.ties)
    ]
    return "\n".join([*lines, "    </edges>", "  </graph>", "</gexf>", ""])


def _text(value: str) -> str:
    return escape(_allowed(value))


def _quoted(value: str) -> str:
    return quoteattr(_allowed(value))


def _allowed(value: str) -> str:
    """Without the control characters and lone surrogates that XML 1.0 cannot hold."""
    return "".join(c for c in value if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff" and c < "\ufffe"
                   or c > "\uffff"))  # fmt: skip


def matrix_csv(network: Network) -> str:
    """The matrix with its labels, separated by commas."""
    rows = [["", *map(str, network.cols)]]
    rows += [[str(label), *map(_number, cells)] for label, cells in zip(network.rows, network.matrix, strict=True)]
    return csv_text(rows)


def ties_csv(networks: Sequence[Network], square: bool) -> str:
    """The ties of several windows as one long table: start, middle, stop, row, column, weight."""
    rows = [["start", "middle", "stop", "row", "column", "weight"]]
    for network in networks:
        when = [day(moment) for moment in (network.start, network.middle, network.stop)]
        cells = np.triu(network.matrix, 1) if square else network.matrix
        for row, col in zip(*np.nonzero(cells), strict=True):
            labels = [str(network.rows[row]), str(network.cols[col])]
            rows.append([*when, *labels, _number(cells[row, col])])
    return csv_text(rows)


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def csv_text(rows: Sequence[Sequence[str]]) -> str:
    """Rows of texts, separated by commas."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
