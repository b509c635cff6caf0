"""brat stand-off: what its own editor may do to the files comes into the case."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from standoff.case.adding import store
from standoff.case.exchange.brat import fragments, unbroken
from standoff.case.exchange.formats import bring, export
from standoff.case.readings import record_reading
from standoff.case.state import snapshot
from standoff.case.store import Case
from standoff.errors import InputError
from standoff.ledger import Ledger

Make = Callable[..., Ledger]
HARBOUR = "Der Hafen 🚢 bleibt zu.\r\nDie Gewerkschaft lehnt\r\ndas Angebot — «٥٪» — ab, sagt Holt. é\u0301"


def test_every_line_quotes_the_text(case: Case, ledger: Make, putting: Callable[..., None], tmp_path: Path) -> None:
    found = ledger("hafen", HARBOUR, actors=[("Gewerkschaft", "union")],
                   positions=[("Gewerkschaft", "refuse", "lehnt\r\ndas Angebot")])  # fmt: skip
    putting(case, found)
    export(case, "brat", tmp_path / "out")
    text = (tmp_path / "out/hafen.txt").read_bytes().decode()
    assert text == HARBOUR.replace("\r\n", "\n")
    spans = re.findall(r"^T\d+\t\w+ ([\d ;]+)\t(.*)$", (tmp_path / "out/hafen.ann").read_bytes().decode(), re.M)
    assert len(spans) == 2
    for offsets, words in spans:
        parts = [text[int(a) : int(b)] for a, b in (part.split() for part in offsets.split(";"))]
        assert " ".join(parts) == words and "\n" not in "".join(parts)


def test_spans_are_broken_at_line_ends_and_joined_again() -> None:
    text = "one\ntwo three\n\nfour"
    assert fragments(text, [(4, 19), (0, 7)]) == [(0, 3), (4, 13), (15, 19)]
    assert unbroken(text, [(0, 3), (4, 13), (15, 19)]) == [(0, 19)]
    assert unbroken(text, [(0, 3), (8, 13)]) == [(0, 3), (8, 13)]
    assert fragments("a\tb\u2028c", [(0, 5)]) == [(0, 1), (2, 3), (4, 5)]
    assert fragments("ab\n\ncd", [(2, 4)]) == [(1, 2)]
    assert fragments("\n\ncd", [(0, 2)]) == [(2, 3)]


def test_what_a_person_does_in_brat_becomes_reviews(port: Case, tmp_path: Path) -> None:
    export(port, "brat", tmp_path / "out")
    file = tmp_path / "out/asking.ann"
    lines = file.read_text("utf-8")
    lines = lines.replace("Act T3 demand", "Act T3 commit").replace("Review T1 machine", "Review T1 rejected")
    lines += "T90\tPosition 0 4;7 13\tThe ocker\n#90\tAnnotatorNotes T90\tholder: Holt | act: oppose | concept: pay\n"
    lines += "T91\tOrganisation 0 3\tThe\nE1\tAttack:T91 Who:T91\n"
    file.write_text(lines, "utf-8")
    before = snapshot(port)
    done = bring(port.path, "brat", tmp_path / "out", by="cleo")
    after = snapshot(port)
    assert done.corrected == (before.positions[0].id,) and done.rejected == (before.statements[0].id,)
    assert after.positions[0].act == "commit" or after.positions[1].act == "commit"
    assert not after.statements
    added = next(p for p in after.positions if p.id in done.added)
    assert (added.evidence, added.act, after.party_by_id[added.holder].name) == ((0, 13), "oppose", "Holt")
    assert [why for _, why in done.untaken] == ["no kind of entry (1 annotations)"] * 2


def test_a_deleted_annotation_is_told_and_rejects_nothing(port: Case, tmp_path: Path) -> None:
    export(port, "brat", tmp_path / "out")
    (tmp_path / "out/asking.ann").write_text("", "utf-8")
    done = bring(port.path, "brat", tmp_path / "out", by="cleo")
    state = snapshot(port)
    assert set(done.missing) == {e.id for e in (*state.statements, *state.positions) if e.report == "asking"}


def test_line_ends_that_another_system_changed_are_reckoned_over(case: Case, ledger: Make, tmp_path: Path) -> None:
    found = ledger(
        "hafen", HARBOUR, actors=[("Gewerkschaft", "union")], positions=[("Gewerkschaft", "refuse", "Angebot")]
    )
    action = store(case, [found.document], "ana").action
    export(case, "brat", tmp_path / "empty")
    record_reading(case, found, "test", action)
    export(case, "brat", tmp_path / "out")
    text = tmp_path / "out/hafen.txt"
    plain = text.read_bytes().decode()
    moved = plain.replace("\n", "\r\n")
    shift = moved.index("Angebot") - plain.index("Angebot")
    text.write_bytes(moved.encode())
    annotations = tmp_path / "out/hafen.ann"
    start = plain.index("Angebot")
    changed = annotations.read_text("utf-8").replace(
        f"Issue {start} {start + 7}", f"Issue {start + shift} {start + shift + 7}"
    )
    annotations.write_text(re.sub(r"Position 0 .*?\t", f"Position 0 {len(moved)}\t", changed), "utf-8")
    done = bring(case.path, "brat", tmp_path / "out", by="cleo")
    assert not done.new and not done.added and not done.untaken and done.same == 1


@pytest.mark.parametrize(
    ("content", "cause"),
    [("T1 Position", "line 1: no brat annotation"), ("T1\tPosition x y\tz", "line 1"), ("<xml/>", "line 1")],
)
def test_what_is_no_stand_off_is_refused(port: Case, tmp_path: Path, content: str, cause: str) -> None:
    export(port, "brat", tmp_path / "out")
    (tmp_path / "out/asking.ann").write_text(content, "utf-8")
    with pytest.raises(InputError, match=cause):
        bring(port.path, "brat", tmp_path / "out", by="cleo")
    with pytest.raises(InputError, match="no folder"):
        bring(port.path, "brat", tmp_path / "nowhere", by="cleo")
    (tmp_path / "bare").mkdir()
    with pytest.raises(InputError, match=r"no \.txt"):
        bring(port.path, "brat", tmp_path / "bare", by="cleo")
