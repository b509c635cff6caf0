"""UIMA XMI: offsets in the file are UTF-16 units, outside of it never; what is no such file is refused."""

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import cassis
import pytest

from standoff.case.exchange.files import write_zip
from standoff.case.exchange.formats import bring, export
from standoff.case.exchange.uima import joined, parted
from standoff.case.state import snapshot
from standoff.case.store import Case
from standoff.case.store import open as open_case
from standoff.errors import InputError
from standoff.ledger import Ledger

TEXT = "🕊️ السلام أولاً — 🇸🇾 قال الوفد: «لن نحضر المحادثات» 👍."
BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@pytest.fixture
def peace(case: Case, ledger: Callable[..., Ledger], putting: Callable[..., None]) -> Case:
    """A case of one report in Arabic, with emoji before and after what is marked."""
    putting(
        case,
        ledger("peace", TEXT, "2016-02-01", [("الوفد", "opposition")], positions=[("الوفد", "refuse", "المحادثات")]),
    )
    return case


def test_the_file_counts_utf_16_units_and_another_reader_sees_the_words(peace: Case, tmp_path: Path) -> None:
    export(peace, "uima", tmp_path / "out")
    root = ElementTree.parse(tmp_path / "out/peace.xmi").getroot()
    (piece,) = root.findall("{http:///webanno/custom.ecore}Piece")
    start = TEXT.index("المحادثات")
    assert int(piece.get("begin", "")) == units(TEXT[:start]) != start
    assert int(piece.get("end", "")) == units(TEXT[: start + len("المحادثات")])
    types = cassis.load_typesystem(tmp_path / "out/TypeSystem.xml")
    cas = cassis.load_cas_from_xmi(tmp_path / "out/peace.xmi", typesystem=types)
    assert [one.get_covered_text() for one in cas.select("webanno.custom.Piece")] == ["المحادثات"]
    (position,) = cas.select("webanno.custom.Position")
    assert (position.act, position.holder, position.get_covered_text()) == ("refuse", "الوفد", TEXT)


def test_what_was_annotated_in_inception_comes_in_from_its_archive(peace: Case, tmp_path: Path) -> None:
    export(peace, "uima", tmp_path / "out")
    types = cassis.load_typesystem(tmp_path / "out/TypeSystem.xml")
    cas = cassis.load_cas_from_xmi(tmp_path / "out/peace.xmi", typesystem=types)
    start = TEXT.index("السلام")
    (old,) = cas.select("webanno.custom.Position")
    old.act = "oppose"
    new = types.get_type("webanno.custom.Position")
    cas.add(new(begin=start, end=start + len("السلام أولاً"), act="demand", holder="الوفد", coder="Dora"))
    archive = {"peace/dora.xmi": cas.to_xmi().encode(), "peace/TypeSystem.xml": types.to_xml().encode()}
    (tmp_path / "peace.zip").write_bytes(write_zip(archive))
    done = bring(peace.path, "uima", tmp_path / "peace.zip", by="cleo")
    assert len(done.corrected) == len(done.added) == 1 and not done.untaken
    found = {(p.act, p.review, p.by): peace_words(peace, p.id) for p in snapshot(peace).positions}
    assert found == {("oppose", "corrected", "cleo"): "المحادثات", ("demand", "added", "Dora"): "السلام أولاً"}


def peace_words(case: Case, id_: str) -> str:
    state = snapshot(case)
    return next(state.quote(p.report, p.issue) for p in state.positions if p.id == id_)


def test_characters_that_xml_cannot_hold_are_told_and_move_nothing(
    case: Case, ledger: Callable[..., Ledger], putting: Callable[..., None], tmp_path: Path
) -> None:
    putting(
        case, ledger("odd", "a\x0b🙂\x00 refuse pay", None, [("X Y", "other")], positions=[("X Y", "refuse", "pay")])
    )
    done = export(case, "uima", tmp_path / "out")
    assert any("in 1 reports" in loss for loss in done.losses)
    bring(tmp_path / "b.standoff", "uima", tmp_path / "out", by="cleo")
    with open_case(tmp_path / "b.standoff") as again:
        state = snapshot(again)
        assert state.sources[0].report.text == "a\ufffd🙂\ufffd refuse pay"
        assert state.quote("odd", state.positions[0].issue) == "pay"
    back = bring(case.path, "uima", tmp_path / "out", by="cleo")
    assert back.action is None and not back.untaken and back.same == 1


@pytest.mark.parametrize(
    ("name", "content", "cause"),
    [
        ("peace.xmi", b"<x/>", "no UIMA XMI"),
        ("peace.xmi", b"<x", "no XML"),
        ("peace.xmi", BOMB, "document type"),
        ("TypeSystem.xml", BOMB, "document type"),
        ("TypeSystem.xml", b"<x/>", "no UIMA XMI"),
        ("TypeSystem.xml", None, "no TypeSystem.xml"),
        ("peace.xmi", None, "no .xmi"),
    ],
)
def test_what_is_no_xmi_is_refused(peace: Case, tmp_path: Path, name: str, content: bytes | None, cause: str) -> None:
    export(peace, "uima", tmp_path / "out")
    (tmp_path / "out" / name).unlink() if content is None else (tmp_path / "out" / name).write_bytes(content)
    with pytest.raises(InputError, match=cause) as caught:
        bring(tmp_path / "b.standoff", "uima", tmp_path / "out", by="cleo")
    assert "\n" not in str(caught.value) and not (tmp_path / "b.standoff").exists()


def test_an_offset_within_a_character_is_refused(peace: Case, tmp_path: Path) -> None:
    export(peace, "uima", tmp_path / "out")
    file = tmp_path / "out/peace.xmi"
    file.write_text(re.sub(r'(<custom:Piece [^>]*begin=")\d+', r"\g<1>1", file.read_text("utf-8")), "utf-8")
    with pytest.raises(InputError, match="no UIMA XMI"):
        bring(peace.path, "uima", tmp_path / "out", by="cleo")


def test_names_with_semicolons_are_kept_apart() -> None:
    names = (" a; b", "c\\", " d", "e\\;")
    assert parted(joined(names)) == names


def test_a_piece_that_begins_between_cr_and_lf_stays_there_beside_what_xml_cannot_hold(
    case: Case, ledger: Callable[..., Ledger], putting: Callable[..., None], tmp_path: Path
) -> None:
    """Such a text comes back other than it went, in one character; its line ends are the same."""
    putting(case, ledger("odd", "a\x0b\r\nb pay", None, [("X Y ", "other")], positions=[("X Y ", "refuse", "\nb pay")]))
    export(case, "uima", tmp_path / "out")
    back = bring(case.path, "uima", tmp_path / "out", by="cleo")
    assert back.action is None and not back.untaken and back.same == 1
