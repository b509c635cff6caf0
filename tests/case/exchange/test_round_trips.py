"""Formats that carry every entry: out, into another case, and back into the same one, whatever the texts hold."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from standoff.case.adding import store
from standoff.case.exchange.coded import Coded, carried
from standoff.case.exchange.formats import bring, export
from standoff.case.history import undo
from standoff.case.review import correct
from standoff.case.state import snapshot
from standoff.case.store import Case, create
from standoff.case.store import open as open_case

AnyCase = Callable[[st.DataObject], AbstractContextManager[Case]]
Telling = Callable[..., list[Any]]

CARRYING = ["csv", "web-annotation", "brat", "dna", "refi-qda", "uima", "parquet"]
WITHOUT_TEXTS = ("web-annotation",)
LF_ALONE = ("dna", "brat")
"""Whose programs have LF alone at line ends."""

XML_TEXTS = ("uima",)
"""Which hold the texts in XML."""


def differing(found: list[Any], wanted: list[Any]) -> list[Any]:
    """What is in one list and not in the other."""
    return [one for one in found if one not in wanted] + [one for one in wanted if one not in found]


def halved(entry: Coded, text: str) -> bool:
    """Whether a piece begins or ends between CR and LF: what a program with LF alone cannot say."""
    parts = [entry.evidence, *(part for parts in entry.pieces.values() for part in parts)]
    return any(text[end - 1 : end + 1] == "\r\n" for part in parts if isinstance(part, tuple) for end in part if end)


@pytest.mark.parametrize("form", CARRYING)
@settings(max_examples=10, deadline=None, phases=(Phase.generate,))
@given(st.data())
def test_what_stands_comes_back(any_case: AnyCase, telling: Telling, form: str, data: st.DataObject) -> None:
    with any_case(data) as case:
        if form in LF_ALONE:
            texts = {report.id: report.text for report in carried(case).reports}
            assume(not any(halved(one, texts[one.report]) for one in carried(case).entries))
        out, copy = case.path.with_name("out"), case.path.with_name("b.standoff")
        export(case, form, out)
        if form in WITHOUT_TEXTS:
            with create(copy, "B", by="cleo") as other:
                store(other, carried(case).reports, by="cleo")
        done = bring(copy, form, out, by="cleo")
        assert not done.untaken
        with open_case(copy) as again:
            assert differing(telling(again, form in LF_ALONE), telling(case, form in LF_ALONE, form in XML_TEXTS)) == []
        assert bring(copy, form, out, by="cleo").action is None  # the same again adds nothing
        before = snapshot(case)
        back = bring(case.path, form, out, by="cleo")
        assert back.action is None and not back.untaken and not back.missing
        assert snapshot(case) == before
        export(case, form, out, force=True)


@pytest.mark.parametrize("form", CARRYING)
def test_a_case_changed_since_is_not_turned_back(port: Case, tmp_path: Path, form: str) -> None:
    export(port, form, tmp_path / "out")
    entry = snapshot(port).positions[0].id
    correct(port, entry, {"act": "support"}, by="ana")
    done = bring(port.path, form, tmp_path / "out", by="cleo")
    assert done.action is None and not done.untaken
    assert snapshot(port).positions[0].act == "support"


@pytest.mark.parametrize("form", [form for form in CARRYING if form not in WITHOUT_TEXTS])
def test_an_import_is_one_step_that_can_be_undone(port: Case, tmp_path: Path, form: str) -> None:
    export(port, form, tmp_path / "out")
    bring(tmp_path / "b.standoff", form, tmp_path / "out", by="cleo")
    with open_case(tmp_path / "b.standoff") as again:
        assert snapshot(again).positions and {e.review for e in snapshot(again).positions} == {"added"}
        assert undo(again, by="cleo").verb == "import"
        assert not snapshot(again).sources


@pytest.mark.parametrize("form", CARRYING)
def test_blind_coding_changes_no_state(port: Case, tmp_path: Path, form: str) -> None:
    from standoff.case.queue import blind_entries

    export(port, form, tmp_path / "out")
    before = snapshot(port)
    done = bring(port.path, form, tmp_path / "out", by="cleo", blind=True)
    after = snapshot(port)
    assert after.positions == before.positions and after.statements == before.statements
    assert {item.id for item in blind_entries(port, "cleo")} == set(done.added) != set()
    assert bring(port.path, form, tmp_path / "out", by="cleo", blind=True).action is None
