"""W3C Web Annotation: the model's own rules hold for what goes out; what other tools make comes in by its words."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from standoff.case.exchange.formats import bring, export
from standoff.case.state import snapshot
from standoff.case.store import Case
from standoff.errors import InputError

TEXT = {"type": "string"}
ADDRESS = {"type": "string", "pattern": r"^[a-z][a-z0-9+.-]*:\S+$"}
RULES: dict[str, Any] = {
    "type": "object",
    "required": ["@context", "id", "type", "total", "first"],
    "properties": {
        "@context": {"contains": {"const": "http://www.w3.org/ns/anno.jsonld"}},
        "id": ADDRESS,
        "type": {"const": "AnnotationCollection"},
        "total": {"type": "integer", "minimum": 0},
        "first": {
            "required": ["id", "type", "items", "partOf"],
            "properties": {
                "id": ADDRESS,
                "type": {"const": "AnnotationPage"},
                "items": {"items": {"$ref": "#/$defs/one"}},
            },
        },
    },
    "$defs": {
        "one": {
            "required": ["id", "type", "target"],
            "properties": {
                "id": ADDRESS,
                "type": {"const": "Annotation"},
                "created": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
                "motivation": {"enum": ["classifying", "assessing", "commenting", "describing", "highlighting"]},
                "creator": {"required": ["type", "name"], "properties": {"type": {"enum": ["Person", "Software"]}}},
                "body": {
                    "items": {
                        "required": ["type", "value"],
                        "properties": {
                            "type": {"const": "TextualBody"},
                            "value": TEXT,
                            "format": {"const": "text/plain"},
                        },
                    }
                },
                "target": {
                    "required": ["source", "selector"],
                    "properties": {
                        "source": ADDRESS,
                        "selector": {"minItems": 2, "items": {"$ref": "#/$defs/selector"}},
                    },
                },
            },
        },
        "selector": {
            "oneOf": [
                {
                    "required": ["type", "start", "end"],
                    "properties": {
                        "type": {"const": "TextPositionSelector"},
                        "start": {"type": "integer", "minimum": 0},
                    },
                },
                {
                    "required": ["type", "exact"],
                    "properties": {
                        "type": {"const": "TextQuoteSelector"},
                        "exact": TEXT,
                        "prefix": TEXT,
                        "suffix": TEXT,
                    },
                },
            ]
        },
    },
}
"""The rules of the Web Annotation Data Model (2017) that concern what we write, in our own words."""


def test_what_goes_out_is_a_collection_as_the_model_has_it(port: Case, tmp_path: Path) -> None:
    export(port, "web-annotation", tmp_path / "a.jsonld")
    data = json.loads((tmp_path / "a.jsonld").read_text("utf-8"))
    jsonschema.Draft202012Validator(RULES).validate(data)
    texts = {source.id: source.report.text for source in snapshot(port).sources}
    assert data["total"] == len(data["first"]["items"]) > 0
    for item in data["first"]["items"]:
        words, place = item["target"]["selector"]
        text = texts[item["standoff:entry"]["report"]]
        assert text[place["start"] : place["end"]] == words["exact"]


def foreign(**parts: Any) -> dict[str, Any]:
    """An annotation as another tool makes it."""
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld", "id": "http://example.org/anno1", "type": "Annotation",
        "creator": {"type": "Person", "name": "Dora"},
        "body": [{"type": "TextualBody", "purpose": "tagging", "value": "entry: position"},
                 {"type": "TextualBody", "purpose": "tagging", "value": "holder: Port owners | act: oppose"}],
        "target": {"source": "refusing", "selector": {"type": "TextQuoteSelector", "exact": "a pay rise",
                                                       "prefix": "refuse ", "suffix": ". They"}},
    } | parts  # fmt: skip


def test_another_tools_tags_make_the_entry_of_who_made_them(port: Case, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(foreign()), "utf-8")
    done = bring(port.path, "web-annotation", tmp_path / "a.json", by="cleo")
    state = snapshot(port)
    added = next(p for p in state.positions if p.id in done.added)
    assert (added.by, added.act, state.quote("refusing", added.issue)) == ("Dora", "oppose", "a pay rise")


@pytest.mark.parametrize(
    ("parts", "cause"),
    [
        (
            {"target": {"source": "refusing", "selector": {"type": "TextPositionSelector", "start": 0, "end": 4}}},
            "no anchor",
        ),
        (
            {"target": {"source": "nowhere", "selector": {"type": "TextQuoteSelector", "exact": "x"}}},
            "no report nowhere",
        ),
        ({"target": "refusing"}, "no part of a source"),
        ({"target": ["a", "b"]}, "2 targets"),
        ({"body": []}, "says nowhere"),
        ({"target": {"source": "refusing", "selector": {"type": "TextQuoteSelector", "exact": "t"}}}, "stand . times"),
        ({"body": {"type": "TextualBody", "value": "entry: position | act: oppose"}}, "needs holder"),
        ({"body": {"type": "TextualBody", "value": "entry: position | act: hate | holder: x"}}, "'hate' is none of"),
    ],
)
def test_what_has_no_place_or_no_sense_is_listed(port: Case, tmp_path: Path, parts: dict[str, Any], cause: str) -> None:
    import re

    (tmp_path / "a.json").write_text(json.dumps([foreign(**parts)]), "utf-8")
    done = bring(port.path, "web-annotation", tmp_path / "a.json", by="cleo")
    assert done.action is None and len(done.untaken) == 1 and re.search(cause, done.untaken[0][1])


@pytest.mark.parametrize("content", ["{}", "[]", "[1]", '{"@context": "http://schema.org"}', "nothing", "", '"x"'])
def test_other_json_is_refused(port: Case, tmp_path: Path, content: str) -> None:
    (tmp_path / "a.json").write_text(content, "utf-8")
    with pytest.raises(InputError, match=r"a\.json: no (JSON|Web Annotations)"):
        bring(port.path, "web-annotation", tmp_path / "a.json", by="cleo")
