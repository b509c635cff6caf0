"""Network files as DNA writes them: a `.dna` file and a call in; names and texts of CSV, DL or visone GraphML out."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import pandas as pd

from standoff.analysis.networks.coded import CodedStatements, entity_table
from standoff.analysis.networks.dna import DnaResult, compute
from standoff.analysis.networks.dna_call import DnaCall
from standoff.analysis.networks.network import Network, day
from standoff.case.exchange.dna import DnaFile
from standoff.errors import InputError


def export(file: DnaFile, call: DnaCall, file_format: str) -> dict[str, str]:
    """Files by name. Several windows: `out 1 2005-02-02 00:00:00.csv` and so on.

    Raises InputError for an unknown format, or a GraphML of document variables (whose values have no ids).
    """
    result = compute(file, call)
    if result.events is not None:
        return {"out.csv": event_csv(result.events)}
    if file_format not in ("csv", "dl", "graphml"):
        raise InputError(f"format {file_format!r} unknown; there are: csv, dl, graphml")
    texts = [_text(file, result, network, file_format) for network in result.networks]
    if result.call.time_window == "no":
        return {f"out.{file_format}": texts[0]}
    names = [
        f"out {number} {day(network.middle).replace('T', ' ')}.{file_format}"
        for number, network in enumerate(result.networks, start=1)
    ]
    return dict(zip(names, texts, strict=True))


def _text(file: DnaFile, result: DnaResult, network: Network, file_format: str) -> str:
    whole = whole_numbers(result.call)
    if file_format == "csv":
        return csv(network, whole)
    if file_format == "dl":
        return dl(network, result.call.network_type == "onemode", whole)
    return visone(file, result, network)


def whole_numbers(call: DnaCall) -> bool:
    """Whether DNA writes the cells as whole numbers: those of counts that are not normalised."""
    integer = call.aggregation in ("ignore", "subtract", "combine", "congruence", "conflict")
    return integer and call.normalization == "no" and call.kernel == "no"


def _cells(row: Iterable[float], whole: bool) -> list[str]:
    return [str(int(value)) if whole else f"{value:.6f}" for value in row]


def csv(network: Network, whole: bool) -> str:
    """Cells separated by `;`, labels in quotes."""
    lines = ['"";' + ";".join(_quoted(label) for label in network.cols)]
    for label, row in zip(network.rows, network.matrix, strict=True):
        lines.append(";".join([_quoted(label), *_cells(row, whole)]))
    return "\n".join(lines)


def _quoted(label: object) -> str:
    return '"' + str(label).replace('"', "'") + '"'


def dl(network: Network, square: bool, whole: bool) -> str:
    """UCINET's full matrix."""
    n, m = network.matrix.shape
    if square:
        lines = [f"dl n = {n}, format = fullmatrix", "labels:", *map(_bare, network.rows)]
    else:
        lines = [f"dl nr = {n}, nc = {m}, format = fullmatrix", "row labels:", *map(_bare, network.rows)]
        lines += ["col labels:", *map(_bare, network.cols)]
    lines += ["data:", *(" " + " ".join(_cells(row, whole)) for row in network.matrix)]
    return "\n".join(lines)


def _bare(label: object) -> str:
    return '"' + str(label).replace('"', "").replace("'", "") + '"'


def event_csv(events: pd.DataFrame) -> str:
    """An event list: `;` in texts becomes `,`, quotes become apostrophes."""
    def cell(value: object) -> str:
        if isinstance(value, str):
            return '"' + value.replace(";", ",").replace('"', "'") + '"'
        return str(value)

    lines = [";".join(f'"{name}"' for name in events.columns)]
    shown = events.assign(time=[day(moment).replace("T", " ") for moment in events["time"]])
    lines += [";".join(map(cell, row)) for row in shown.itertuples(index=False)]
    return "\n".join(lines)


_HEAD = """<?xml version="1.0" encoding="utf-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:visone="http://visone.info/xmlns" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:y="http://www.yworks.com/xml/graphml" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns/graphml \
http://www.yworks.com/xml/schema/graphml/1.0/ygraphml.xsd ">
  <!-- data schema -->
  <key for="node" id="d0" yfiles.type="nodegraphics" />
  <key for="edge" id="e0" yfiles.type="edgegraphics" />
  <key for="graph" id="prop" visone.type="properties" />"""


def visone(file: DnaFile, result: DnaResult, network: Network) -> str:
    """GraphML in visone's style: nodes with ids, attributes, colour and frequency; one edge per non-zero cell.

    Coordinates: on a circle (DNA draws them at random).
    """
    call = result.call
    if call.variable1_document or call.variable2_document:
        raise InputError("GraphML in DNA's style has no nodes for variables of the document; use another format")
    square = call.network_type == "onemode"
    names = [call.variable1] if square else [call.variable1, call.variable2]
    tables = [_entities(file, call, str(name)) for name in names]
    attributes = sorted({name for table in tables for name in table.columns[3:]})
    labels = [network.rows] if square else [network.rows, network.cols]
    keys = [("id", "string"), ("name", "string"), *((name, "string") for name in attributes)]
    lines = [_HEAD]
    for name, kind in (*keys, ("variable", "string"), ("frequency", "int")):
        lines.append(f'  <key id={quoteattr(name)} for="node" attr.name={quoteattr(name)} attr.type="{kind}" />')
    lines.append('  <key id="weight" for="edge" attr.name="weight" attr.type="double" />')
    count = sum(map(len, labels))
    n, m = network.matrix.shape
    cells = n * (n - 1) // 2 if square else n * m
    lines.append(
        f'  <graph edgedefault="undirected" id="DNA" parse.edges="{cells}" parse.nodes="{count}" parse.order="free">'
    )
    lines += ['    <data key="prop">', '      <visone:labelAttribute edgeLabel="weight" nodeLabel="name" />']
    lines += ["    </data>", "    <!-- nodes -->"]
    place = 0
    for variable, table, values, shape in zip(names, tables, labels, ("ellipse", "roundrectangle"), strict=False):
        frequency = _frequency(result.kept.kept, str(variable))
        for value in values:
            lines += _node(table.loc[value], attributes, str(variable), frequency.get(value, 0), shape, place / count)
            place += 1
    lines.append("    <!-- edges -->")
    ids = [table.loc[values, "ID"].tolist() for table, values in zip(tables, labels, strict=True)]
    rows, cols = np.nonzero(np.triu(network.matrix, 1) if square else network.matrix)
    for row, col in zip(rows.tolist(), cols.tolist(), strict=True):
        lines += _edge(ids[0][row], ids[-1][col], float(network.matrix[row, col]), call.aggregation)
    return "\r\n".join("\n".join([*lines, "  </graph>", "</graphml>", "", ""]).split("\n"))


def _entities(file: DnaFile, call: DnaCall, name: str) -> pd.DataFrame:
    variables = file.variables(call.statement_type)
    identifier = int(variables.loc[variables["Variable"] == name, "ID"].iloc[0])
    return entity_table(file, identifier).set_index("value", drop=False)


def _frequency(kept: CodedStatements, name: str) -> dict[object, int]:
    column = kept.column(name)
    return dict(zip(column.levels, np.bincount(column.codes, minlength=len(column.levels)).tolist(), strict=True))


def _data(key: str, value: object, indent: str = "      ") -> str:
    text = escape(str(value))
    key = quoteattr(key)
    return f"{indent}<data key={key}>{text}</data>" if text else f"{indent}<data key={key} />"


def _node(
    entity: pd.Series, attributes: list[str], variable: str, frequency: int, shape: str, turn: float
) -> list[str]:
    label = escape(str(entity["value"]))
    x, y = 400 + 300 * np.cos(2 * np.pi * turn), 300 + 300 * np.sin(2 * np.pi * turn)
    return [
        f'    <node id="n{entity["ID"]}">',
        _data("id", entity["ID"]),
        _data("name", entity["value"]),
        *(_data(name, entity.get(name, "")) for name in attributes),
        _data("variable", variable),
        _data("frequency", frequency),
        '      <data key="d0">',
        "        <visone:shapeNode>",
        "          <y:ShapeNode>",
        f'            <y:Geometry height="20.0" width="20.0" x="{x:.2f}" y="{y:.2f}" />',
        f'            <y:Fill color="{entity["color"]}" transparent="false" />',
        '            <y:BorderStyle color="#000000" type="line" width="1.0" />',
        '            <y:NodeLabel alignment="center" autoSizePolicy="content" backgroundColor="#FFFFFF" '
        'fontFamily="Dialog" fontSize="12" fontStyle="plain" hasLineColor="false" height="19.0" '
        f'modelName="eight_pos" modelPosition="n" textColor="#000000" visible="true">{label}</y:NodeLabel>',
        f'            <y:Shape type="{shape}" />',
        "          </y:ShapeNode>",
        "        </visone:shapeNode>",
        "      </data>",
        "    </node>",
    ]


def _edge(source: int, target: int, weight: float, aggregation: str) -> list[str]:
    color = "#000000" if aggregation == "ignore" else "#00ff00" if weight > 0 else "#ff0000"
    return [
        f'    <edge source="n{source}" target="n{target}">',
        f'      <data key="weight">{weight!r}</data>',
        '      <data key="e0">',
        "        <visone:polyLineEdge>",
        "          <y:PolyLineEdge>",
        f'            <y:LineStyle color="{color}" type="line" width="2.0" />',
        "          </y:PolyLineEdge>",
        "        </visone:polyLineEdge>",
        "      </data>",
        "    </edge>",
    ]


