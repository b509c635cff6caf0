"""The codebook of a case as YAML `standoff-codebook/1`, out and in: concepts with descriptions and examples.

A concept is carried by its name. The examples let another case recognise issues that belong to it.
"""

import json
from collections import Counter, defaultdict
from typing import Any

import yaml

from standoff.case.codebook import issues, named
from standoff.case.snapshot import Snapshot
from standoff.case.store import Case, person
from standoff.errors import InputError

FORMAT = "standoff-codebook/1"
EXAMPLES = 12
"""Examples that are written out for a concept, the most frequent first."""


def to_yaml(state: Snapshot) -> str:
    """The codebook of a case: concepts that have a name of their own or at least one issue."""
    words: dict[str, Counter[str]] = defaultdict(Counter)
    for issue in issues(state):
        if issue.concept is not None:
            words[issue.concept][" ".join(issue.words.split())] += 1
    concepts = []
    for concept in state.concepts:
        item: dict[str, Any] = {"name": concept.name}
        if concept.description:
            item["description"] = concept.description
        if concept.contradicts:
            item["contradicts"] = [state.concept_by_id[other].name for other in concept.contradicts]
        examples = sorted(words[concept.id], key=lambda text: (-words[concept.id][text], text))[:EXAMPLES]
        if examples:
            item["examples"] = examples
        concepts.append(item)
    data = {"format": FORMAT, "case": state.name, "concepts": concepts}
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)


def from_yaml(case: Case, text: str, where: str, by: str = "", why: str = "") -> list[str]:
    """Take over a codebook; the ids of its concepts. A concept of the same name gets description and examples.

    Raises InputError, naming file and place, for another format or a concept without name; then nothing is taken over.
    """
    concepts = _read(text, where)
    ids: dict[str, str] = {}
    with case.action(person(by), "take over codebook", where, why) as action:
        for item in concepts:
            id_ = named(action, item["name"])
            ids[item["name"]] = id_
            action.fact("concept", id_, "made", "1")
            if item.get("description"):
                action.fact("concept", id_, "description", item["description"])
            if item.get("examples"):
                action.fact("concept", id_, "examples", json.dumps(item["examples"], ensure_ascii=False))
        for item in concepts:
            others = sorted({ids[name] for name in item.get("contradicts", ())}, key=lambda c: int(c[1:]))
            if others:
                action.fact("concept", ids[item["name"]], "contradicts", json.dumps(others))
    return list(ids.values())


def _read(text: str, where: str) -> list[dict[str, Any]]:
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise InputError(f"{where}: no YAML ({' '.join(str(error).split())})") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("concepts"), list):
        raise InputError(f"{where}: no {FORMAT} codebook")
    for number, item in enumerate(data["concepts"], 1):
        if not isinstance(item, dict) or not isinstance(item.get("name"), str) or not item["name"].strip():
            raise InputError(f"{where}: concept {number} has no name")
        item["name"] = item["name"].strip()
        if not isinstance(item.get("description", ""), str):
            raise InputError(f"{where}: the description of {item['name']!r} is no text")
        for field in ("examples", "contradicts"):
            value = item.get(field, [])
            if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
                raise InputError(f"{where}: {field} of {item['name']!r} is no list of texts")
    names = {item["name"] for item in data["concepts"]}
    for item in data["concepts"]:
        for other in item.get("contradicts", ()):
            if other not in names:
                raise InputError(f"{where}: {item['name']!r} contradicts {other!r}, which is not in the codebook")
    return list(data["concepts"])
