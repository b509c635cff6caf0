"""REFI-QDA projects: as the schema has them, read from other programs, refused where they are damaged."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from standoff.case.exchange.files import read_zip, write_zip
from standoff.case.exchange.formats import bring, export
from standoff.case.exchange.refi_terms import NAMESPACE
from standoff.case.state import snapshot
from standoff.case.store import Case
from standoff.case.store import open as open_case
from standoff.errors import InputError

Q = f"{{{NAMESPACE}}}"
G = "00000000-0000-4000-8000-0000000000"
BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'

ORDER = {
    "Project": [
        "Users",
        "CodeBook",
        "Variables",
        "Cases",
        "Sources",
        "Notes",
        "Links",
        "Sets",
        "Graphs",
        "Description",
    ],
    "Code": ["Description", "NoteRef", "Code"],
    "TextSource": ["Description", "PlainTextContent", "PlainTextSelection", "Coding", "NoteRef", "VariableValue"],
    "PlainTextSelection": ["Description", "Coding", "NoteRef"],
    "Coding": ["CodeRef", "NoteRef"],
}
"""Children in the order that the schema of the standard asks for."""

NEEDED = {
    "Project": {"name"}, "User": {"guid"}, "Code": {"guid", "name", "isCodable"}, "TextSource": {"guid"},
    "PlainTextSelection": {"guid", "startPosition", "endPosition"}, "Coding": {"guid"}, "CodeRef": {"targetGUID"},
}  # fmt: skip


def test_the_project_is_as_the_standard_has_it(port: Case, tmp_path: Path) -> None:
    export(port, "refi-qda", tmp_path / "port.qdpx")
    files = read_zip(tmp_path / "port.qdpx")
    root = ElementTree.fromstring(files["project.qde"])
    guids = []
    for element in root.iter():
        tag = element.tag.removeprefix(Q)
        assert element.tag.startswith(Q) and NEEDED.get(tag, set()) <= set(element.keys())
        places = [ORDER[tag].index(child.tag.removeprefix(Q)) for child in element] if tag in ORDER else []
        assert places == sorted(places)
        guids += [element.get("guid")] if element.get("guid") else []
    assert len(set(guids)) == len(guids)
    assert {e.get("targetGUID") for e in root.iter(f"{Q}CodeRef")} <= set(guids)
    assert {e.get("creatingUser") for e in root.iter(f"{Q}Coding")} <= set(guids)
    for source in root.iter(f"{Q}TextSource"):
        text = files[source.get("plainTextPath", "").replace("internal://", "sources/")].decode()
        assert text in {one.report.text for one in snapshot(port).sources}


def project(selections: str, text: str = "Owners refuse. 🙂 Owners leave.", extra: str = "") -> dict[str, bytes]:
    """A project as another program writes it: its own codes, and those that Standoff asks for."""
    xml = f"""<?xml version="1.0" encoding="utf-8"?><Project xmlns="{NAMESPACE}" name="harbour">
    <Users><User guid="{G}01" name="Dora"/></Users>
    <CodeBook><Codes>
      <Code guid="{G}10" name="entry" isCodable="false"><Code guid="{G}11" name="position" isCodable="true"/></Code>
      <Code guid="{G}20" name="Holder" isCodable="false"><Code guid="{G}21" name="Owners" isCodable="true"/></Code>
      <Code guid="{G}30" name="act" isCodable="false"><Code guid="{G}31" name="refuse" isCodable="true"/></Code>
      <Code guid="{G}40" name="Themes" isCodable="true"><Description>All themes</Description>
        <Code guid="{G}41" name="Anger" isCodable="true"/></Code>
    </Codes></CodeBook>
    <Sources><TextSource guid="{G}50" name="Harbour" plainTextPath="internal://h.txt">{selections}</TextSource>{extra}</Sources>
    </Project>"""
    return {"project.qde": xml.encode(), "Sources/h.txt": b"\xef\xbb\xbf" + text.encode()}


def selection(number: int, start: int, end: int, *codes: int) -> str:
    codings = "".join(
        f'<Coding guid="{G}{number}{n}"><CodeRef targetGUID="{G}{code}"/></Coding>' for n, code in enumerate(codes)
    )
    return (
        f'<PlainTextSelection guid="{G}{number}" startPosition="{start}" endPosition="{end}" '
        f'creatingUser="{G}01">{codings}</PlainTextSelection>'
    )


def test_codes_under_standoffs_groups_make_entries_and_others_concepts(tmp_path: Path) -> None:
    chosen = selection(60, 17, 30, 11, 21, 31) + selection(61, 0, 6, 41) + selection(62, 0, 6, 11, 21)
    extra = f'<PictureSource guid="{G}51" name="Map"/>'
    (tmp_path / "h.qdpx").write_bytes(write_zip(project(chosen, extra=extra)))
    done = bring(tmp_path / "h.standoff", "refi-qda", tmp_path / "h.qdpx", by="cleo")
    with open_case(tmp_path / "h.standoff") as case:
        state = snapshot(case)
        (position,) = state.positions
        assert state.quote("Harbour", position.evidence) == "Owners leave."
        assert (state.party_by_id[position.holder].name, position.act, position.by) == ("Owners", "refuse", "Dora")
        assert {(c.name, c.description) for c in state.concepts} == {("Themes", "All themes"), ("Anger", "")}
    causes = [why for _, why in done.untaken]
    assert causes == [
        "no code under `entry` (1 selections)",
        "a PictureSource: only texts are read",
        "a position needs act",
    ]


def damaged(files: dict[str, bytes]) -> bytes:
    content = bytearray(write_zip({name: data * 50 for name, data in files.items()}))
    content[60:90] = b"\xff" * 30
    return bytes(content)


@pytest.mark.parametrize(
    ("make", "cause"),
    [
        (lambda files: b"no archive", "no ZIP archive"),
        (lambda files: write_zip(files)[:-40], "no ZIP archive"),
        (damaged, "damaged"),
        (lambda files: write_zip({"a": b""}), "no project.qde"),
        (lambda files: write_zip(files | {"../a": b""}), "outside"),
        (lambda files: write_zip(files | {"project.qde": BOMB}), "document type"),
        (lambda files: write_zip(files | {"project.qde": b"<Project/>"}), "no project of urn:QDA-XML:project:1.0"),
        (lambda files: write_zip(files | {"project.qde": b"\xff\xfe"}), "no XML"),
    ],
)
def test_what_is_no_project_is_refused(tmp_path: Path, make: Callable[[dict[str, bytes]], bytes], cause: str) -> None:
    (tmp_path / "h.qdpx").write_bytes(make(project("")))
    with pytest.raises(InputError, match=cause) as caught:
        bring(tmp_path / "h.standoff", "refi-qda", tmp_path / "h.qdpx", by="cleo")
    assert "h.qdpx" in str(caught.value) and "\n" not in str(caught.value) and not (tmp_path / "h.standoff").exists()


def test_an_archive_that_would_fill_the_disk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("standoff.case.exchange.files.LARGEST", 1000)
    with zipfile.ZipFile(tmp_path / "h.qdpx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", b" " * 100_000)
    with pytest.raises(InputError, match="too much"):
        bring(tmp_path / "h.standoff", "refi-qda", tmp_path / "h.qdpx", by="cleo")
