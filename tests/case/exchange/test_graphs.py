"""Networks: networkx reads the files again, and their numbers are those of the case."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import networkx
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from standoff.case.codebook import move
from standoff.case.exchange.formats import bring, export
from standoff.case.exchange.graphs import FOR
from standoff.case.state import snapshot
from standoff.case.store import Case
from standoff.errors import InputError

AnyCase = Callable[[st.DataObject], AbstractContextManager[Case]]


def read(path: Path) -> Any:
    return networkx.read_graphml(path) if path.suffix == ".graphml" else networkx.read_gexf(path)


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_who_agrees_with_whom(port: Case, tmp_path: Path, form: str) -> None:
    positions = snapshot(port).positions
    move(port, [p.id for p in positions], "pay rise", by="ana")
    export(port, form, tmp_path / "out")
    two, one, conditions = (
        read(tmp_path / f"out/{name}.{form}") for name in ("actors-concepts", "actors-actors", "preconditions")
    )
    names = {data["label"]: data["type"] for _, data in two.nodes(data=True)}
    assert names == {"Dockers' union": "party", "Port owners": "party", "pay rise": "concept"}
    assert sorted((d["for"], d["against"], d["first"]) for *_, d in two.edges(data=True)) == [
        (0, 1, "2024-04-30"), (1, 0, "2024-04-29"),
    ]  # fmt: skip
    ((_, _, between),) = one.edges(data=True)
    assert (between["agree"], between["disagree"], between["net"]) == (0, 1, -1)
    ((requirement, gate, data),) = conditions.edges(data=True)
    assert conditions.nodes[requirement]["label"] == "the dockers' union calls off the strike in Hull"
    assert conditions.nodes[gate]["label"] == "talk" and data["holder_name"] == "Port owners"


@pytest.mark.parametrize("form", ["graphml", "gexf"])
@settings(max_examples=10, deadline=None, phases=(Phase.generate,))
@given(st.data())
def test_every_counted_position_with_a_concept_is_in_the_network(
    any_case: AnyCase, form: str, data: st.DataObject
) -> None:
    with any_case(data) as case:
        out = case.path.with_name("out")
        export(case, form, out)
        first = {path.name: path.read_bytes() for path in out.iterdir()}
        export(case, form, out, force=True)
        assert first == {path.name: path.read_bytes() for path in out.iterdir()}
        state = snapshot(case)
        wanted = [p for p in state.counted_positions() if p.concept]
        edges = [d for *_, d in read(out / f"actors-concepts.{form}").edges(data=True)]
        assert sum(d["for"] for d in edges) == sum(p.act in FOR for p in wanted)
        assert sum(d["weight"] for d in edges) == len(wanted)
        conditions = read(out / f"preconditions.{form}")
        assert conditions.number_of_edges() == len(state.counted_preconditions())


def test_a_network_is_no_case(port: Case, tmp_path: Path) -> None:
    export(port, "gexf", tmp_path / "out")
    with pytest.raises(InputError, match="goes out only"):
        bring(tmp_path / "b.standoff", "gexf", tmp_path / "out")
