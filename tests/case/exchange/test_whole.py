"""Everything as JSON: a new case made of it is the same case, with its whole history."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from standoff.case.exchange.formats import bring, export
from standoff.case.history import log, undo
from standoff.case.review import reject
from standoff.case.search import search
from standoff.case.state import snapshot
from standoff.case.store import Case
from standoff.case.store import open as open_case
from standoff.errors import CaseError, InputError

AnyCase = Callable[[st.DataObject], AbstractContextManager[Case]]


@settings(max_examples=10, deadline=None, phases=(Phase.generate,))
@given(st.data())
def test_a_case_made_of_the_json_is_the_same_at_every_moment(any_case: AnyCase, data: st.DataObject) -> None:
    with any_case(data) as case:
        undo(case, by="ana")
        out, copy = case.path.with_name("a.json"), case.path.with_name("b.standoff")
        export(case, "json", out)
        bring(copy, "json", out)
        with open_case(copy) as again:
            assert log(again) == log(case)
            for at in range(1, case.version() + 1):
                assert snapshot(again, at) == snapshot(case, at)
            export(again, "json", out, force=True)
            twice = out.read_bytes()
            export(case, "json", out, force=True)
            assert out.read_bytes() == twice


def test_the_copy_can_be_searched_and_worked_on(port: Case, tmp_path: Path) -> None:
    export(port, "json", tmp_path / "a.json")
    bring(tmp_path / "b.standoff", "json", tmp_path / "a.json")
    with open_case(tmp_path / "b.standoff") as again:
        assert search(again, "strike") == search(port, "strike")
        entry = snapshot(again).positions[0].id
        reject(again, [entry], by="ben")
        assert entry not in [position.id for position in snapshot(again).positions]


def test_everything_makes_a_new_case_only(port: Case, tmp_path: Path) -> None:
    export(port, "json", tmp_path / "a.json")
    with pytest.raises(CaseError, match="exists already"):
        bring(port.path, "json", tmp_path / "a.json")


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        (lambda data: "[]", "no standoff-case/1"),
        (lambda data: '{"format": "standoff-case/1"', "no JSON"),
        (lambda data: "[" * 100_000, "no JSON"),
        (lambda data: json.dumps(data | {"version": 99}), "of version 99"),
        (lambda data: json.dumps(data | {"record": {}}), "damaged"),
        (lambda data: json.dumps(data | {"record": data["record"] | {"report": data["record"]["party"]}}), "damaged"),
        (lambda data: json.dumps(data).replace("issue", "tissue"), "damaged"),
        (lambda data: json.dumps(data).replace('"base64": "', '"base64": "!'), "damaged"),
    ],
)  # fmt: skip
def test_what_is_no_such_json_makes_no_case(port: Case, tmp_path: Path, change: object, cause: str) -> None:
    export(port, "json", tmp_path / "a.json")
    data = json.loads((tmp_path / "a.json").read_text("utf-8"))
    del data["state"]
    (tmp_path / "bad.json").write_text(change(data), "utf-8")  # type: ignore[operator]
    with pytest.raises(InputError, match=cause) as caught:
        bring(tmp_path / "b.standoff", "json", tmp_path / "bad.json")
    assert "bad.json" in str(caught.value) and "\n" not in str(caught.value)
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith((".", "b."))) == []


def test_the_state_is_told_beside_the_record(port: Case, tmp_path: Path) -> None:
    export(port, "json", tmp_path / "a.json")
    state = json.loads((tmp_path / "a.json").read_text("utf-8"))["state"]
    assert {p["name"] for p in state["parties"]} == {party.name for party in snapshot(port).parties}
