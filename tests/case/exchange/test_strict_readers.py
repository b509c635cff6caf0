"""What the other programs' own readers insist on, in our words: whatever a case holds, none of them refuses a file.

brat: how its server parses `.ann` lines and checks their words against the text (nlplab/brat, `annotation.py`).
REFI-QDA: the elements, attributes and types of the project schema of 18 March 2019. Web Annotation: the terms that the
model's JSON-LD context defines. DNA: the tables of a file that the program made, if the shared folder is there.
"""

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from standoff.case.exchange.files import read_zip
from standoff.case.exchange.formats import export
from standoff.case.exchange.refi_terms import NAMESPACE
from standoff.case.store import Case

AnyCase = Callable[[st.DataObject], AbstractContextManager[Case]]

often = settings(max_examples=25, deadline=None, phases=(Phase.generate,))


def brat_types(configuration: str) -> dict[str, dict[str, str]]:
    """Section → name → what follows it, as brat reads `annotation.conf`."""
    sections: dict[str, dict[str, str]] = {}
    for line in configuration.splitlines():
        if heading := re.fullmatch(r"\[(\w+)\]", line):
            sections[heading[1]] = {}
        elif line.strip():
            name, _, rest = line.partition("\t")
            assert re.fullmatch(r"[\w-]+", name)
            list(sections.values())[-1][name] = rest
    return sections


def check_brat(text: str, lines: list[str], types: dict[str, dict[str, str]]) -> None:
    """Raise AssertionError where brat's server would call a line unreadable, or show a type that it does not know."""
    spans: dict[str, str] = {}
    ids = [line.split("\t")[0] for line in lines]
    assert len(set(ids)) == len(ids) and all(re.fullmatch(r"(?:[A-Za-z]+|#[A-Za-z]*)\d+", id_) for id_ in ids)
    for line in lines:
        id_, data, *tail = line.split("\t", 2)
        if id_[0] == "T":
            label, _, places = data.partition(" ")
            parts = [tuple(map(int, part.split(" "))) for part in places.split(";")]
            assert label in types["entities"]
            assert all(0 <= a < b <= len(text) for a, b in parts) and parts == sorted(parts)
            assert all(before[1] <= after[0] for before, after in zip(parts, parts[1:], strict=False))
            assert tail == [" ".join(text[a:b] for a, b in parts)]
            spans[id_] = label
    for line in lines:
        id_, data, *tail = line.split("\t", 2)
        if id_[0] == "R":
            label, one, other = data.split()
            roles = [part.split(":") for part in (one, other)]
            wanted = dict(part.split(":") for part in types["relations"][label].split(", "))
            assert [role for role, _ in roles] == ["Arg1", "Arg2"]
            assert all(spans[target] in wanted[role].split("|") for role, target in roles)
        elif id_[0] == "A":
            found = re.fullmatch(r"(\S+) (\S+) (\S+)", data)
            assert found
            may = dict(part.split(":") for part in types["attributes"][found[1]].split(", "))
            assert spans[found[2]] in may["Arg"].split("|") and found[3] in may["Value"].split("|")
        elif id_[0] == "#":
            assert data.split()[1] in spans and len(data.split()) == 2 and tail
        else:
            assert id_[0] == "T"


@often
@given(st.data())
def test_brat_reads_every_line(any_case: AnyCase, data: st.DataObject) -> None:
    with any_case(data) as case:
        out = case.path.with_name("out")
        export(case, "brat", out)
        types = brat_types((out / "annotation.conf").read_text("utf-8"))
        assert list(types) == ["entities", "relations", "events", "attributes"]
        for file in out.glob("*.txt"):
            text = file.read_bytes().decode()
            assert "\r" not in text  # of which Python makes LF in one version, and not in another
            lines = file.with_suffix(".ann").read_bytes().decode().splitlines()
            if text.strip("\t\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"):
                check_brat(text, lines, types)


GUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
CREATED = {"creatingUser": GUID, "creationDateTime": r"\d{4}-\d\d-\d\dT.*"}
CHANGED = {"modifyingUser": GUID, "modifiedDateTime": r"\d{4}-\d\d-\d\dT.*"}
MANY = "*"
QDA: dict[str, tuple[dict[str, str], dict[str, str], list[tuple[str, str]]]] = {
    "Project": ({"name": ".*"}, {"origin": ".*", "basePath": ".*"}, [
        (name, "?") for name in ("Users", "CodeBook", "Variables", "Cases", "Sources", "Notes", "Links", "Sets",
                                 "Graphs", "Description")] + [("NoteRef", MANY)]),
    "Users": ({}, {}, [("User", "+")]),
    "User": ({"guid": GUID}, {"name": ".*", "id": ".*"}, []),
    "CodeBook": ({}, {}, [("Codes", "1")]),
    "Codes": ({}, {}, [("Code", "+")]),
    "Code": ({"guid": GUID, "name": ".*", "isCodable": "true|false|0|1"}, {"color": "#.*"},
             [("Description", "?"), ("NoteRef", MANY), ("Code", MANY)]),
    "Sources": ({}, {}, [("TextSource", "+")]),
    "TextSource": ({"guid": GUID}, {"name": ".*", "richTextPath": ".*", "plainTextPath": ".*", **CREATED, **CHANGED},
                   [("Description", "?"), ("PlainTextContent", "?"), ("PlainTextSelection", MANY), ("Coding", MANY),
                    ("NoteRef", MANY), ("VariableValue", MANY)]),
    "PlainTextSelection": ({"guid": GUID, "startPosition": r"\d+", "endPosition": r"\d+"},
                           {"name": ".*", **CREATED, **CHANGED},
                           [("Description", "?"), ("Coding", MANY), ("NoteRef", MANY)]),
    "Coding": ({"guid": GUID}, CREATED, [("CodeRef", "1"), ("NoteRef", MANY)]),
    "CodeRef": ({"targetGUID": GUID}, {}, []),
    "Description": ({}, {}, []),
}  # fmt: skip
"""Element → attributes that it must have, those that it may have, and its children in order with how many."""


def check_qda(element: ElementTree.Element) -> None:
    """Raise AssertionError for what the schema of a REFI-QDA project does not allow."""
    needed, free, order = QDA[element.tag.removeprefix(f"{{{NAMESPACE}}}")]
    assert set(needed) <= set(element.keys()) <= set(needed) | set(free)
    for name, value in element.items():
        assert re.fullmatch((needed | free)[name], value, re.DOTALL)
    children = [child.tag.removeprefix(f"{{{NAMESPACE}}}") for child in element]
    pattern = "".join(f"(?:{name} ){'' if many == '1' else many}" for name, many in order)
    assert re.fullmatch(pattern, "".join(f"{name} " for name in children))
    assert not order or not (element.text or "").strip()
    for child in element:
        check_qda(child)


@often
@given(st.data())
def test_a_refi_project_is_as_the_schema_has_it(any_case: AnyCase, data: st.DataObject) -> None:
    with any_case(data) as case:
        out = case.path.with_name("out.qdpx")
        export(case, "refi-qda", out)
        files = read_zip(out)
        root = ElementTree.fromstring(files["project.qde"])
        check_qda(root)
        sources = {
            source: files[source.get("plainTextPath", "").replace("internal://", "sources/")].decode()
            for source in root.iter(f"{{{NAMESPACE}}}TextSource")
        }
        for source, text in sources.items():
            for chosen in source.iter(f"{{{NAMESPACE}}}PlainTextSelection"):
                assert 0 <= int(chosen.get("startPosition", "")) < int(chosen.get("endPosition", "")) <= len(text)


TERMS = (
    "id type body target source selector state scope refinedBy startSelector endSelector renderedVia creator generator "
    "rights homepage via canonical stylesheet cached conformsTo items partOf first last next prev audience motivation "
    "purpose processingLanguage textDirection accessibility bodyValue format language value exact prefix suffix "
    "styleClass name email email_sha1 nickname label created modified generated sourceDate sourceDateStart "
    "sourceDateEnd start end total startIndex"
)
"""What the context of the Web Annotation model defines as properties."""


def check_terms(node: Any) -> None:
    """Raise AssertionError where JSON-LD would lose a property, or take one of ours for one of the model's."""
    if isinstance(node, list):
        for one in node:
            check_terms(one)
    if isinstance(node, dict):
        for name, value in node.items():
            if name.startswith("standoff:"):
                for own in value if isinstance(value, list) else [value]:
                    if isinstance(own, dict):
                        assert own["@context"][0] is None and own["@context"][1]["@vocab"].endswith(":")
            else:
                assert name in TERMS.split()
                check_terms(value)


@often
@given(st.data())
def test_every_property_of_a_web_annotation_means_what_the_model_says(any_case: AnyCase, data: st.DataObject) -> None:
    with any_case(data) as case:
        out = case.path.with_name("out.jsonld")
        export(case, "web-annotation", out)
        found = json.loads(out.read_text("utf-8"))
        context, own = found.pop("@context")
        assert context == "http://www.w3.org/ns/anno.jsonld" and set(own) == {"standoff"}
        check_terms(found)


DNA = Path("../shared/reference/dna/data/sample.dna")


@pytest.mark.skipif(not DNA.exists(), reason=f"{DNA} is not here: no file that DNA made to compare with")
@often
@given(st.data())
def test_dnas_own_tables_take_every_row(any_case: AnyCase, data: st.DataObject) -> None:
    """Into an empty database that DNA made, with its checks, its unique columns and its references."""
    with sqlite3.connect(f"{DNA.resolve().as_uri()}?mode=ro&immutable=1", uri=True) as made:
        tables = dict(made.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY rowid"))
    with any_case(data) as case:
        out = case.path.with_name("out.dna")
        export(case, "dna", out)
        own, theirs = sqlite3.connect(out), sqlite3.connect(":memory:")
        theirs.execute("PRAGMA foreign_keys = ON")
        for statement in tables.values():
            theirs.execute(statement)
        theirs.execute("PRAGMA defer_foreign_keys = ON")
        theirs.execute("BEGIN")
        for name in tables:
            rows = own.execute(f"SELECT * FROM {name}")
            columns = [column[0] for column in rows.description]
            assert columns == [row[1] for row in theirs.execute(f"PRAGMA table_info({name})")]
            theirs.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})", rows)
        theirs.commit()
        assert theirs.execute("SELECT count(*) FROM STATEMENTS").fetchone()[0] > 0
        own.close()
        theirs.close()
