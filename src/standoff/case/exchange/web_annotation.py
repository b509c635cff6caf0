"""A case as a W3C Web Annotation Collection (JSON-LD), out and in.

Positions count Unicode code points, as the Web Annotation Data Model asks for (Recommendation of 23 February 2017,
4.2.4 and 4.2.5: “in terms of unicode code points …, not in terms of code units”). What the model has no term for stands
in `standoff:entry`; other programs see the target, the kind, the labels and a sentence that says what the entry says.
"""

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from standoff.case.anchoring import Selector, selector
from standoff.case.exchange.coded import PIECES, Carried, Coded, Place, carried
from standoff.case.exchange.files import read_json
from standoff.case.exchange.made import Made
from standoff.case.exchange.notes import read_note, rebuilt, said
from standoff.case.queue import entries_of, summary
from standoff.case.state import snapshot
from standoff.case.store import Case
from standoff.errors import InputError
from standoff.report import Report

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
OWN = "urn:standoff:"
"""Names of our own terms begin so."""

OURS: list[Any] = [None, {"@vocab": OWN}]
"""The context of what is our own. Without it a reader of JSON-LD would take our `target` or `start` for the model's."""

MACHINE_READER: dict[str, Any] = {"type": "Software", "name": "Standoff"}
LABELS = ("act", "status", "concept", "requirement_concept", "gate_concept")


def write_web_annotation(case: Case) -> Made:
    """The collection as JSON-LD."""
    with case.looking():
        file, state = carried(case), snapshot(case)
    sentences = {entry.id: summary(state, entry) for _, entry in entries_of(state)}
    texts = {report.id: report.text for report in file.reports}
    base = OWN + file.case.partition("@")[0]
    addresses = {report.id: _address(report, base) for report in file.reports}
    items: list[dict[str, Any]] = [
        {
            "id": f"{base}:{entry.id}", "type": "Annotation", "motivation": "classifying",
            "creator": {"type": "Person", "name": entry.coder} if entry.coder else MACHINE_READER,
            **({"created": entry.at.replace("+00:00", "Z")} if entry.at else {}),
            "body": [
                {"type": "TextualBody", "purpose": "classifying", "format": "text/plain", "value": entry.kind},
                *({"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": entry.text(name)}
                  for name in LABELS if entry.text(name)),
                {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": sentences[entry.id]},
            ],
            "target": {
                "type": "SpecificResource", "source": addresses[entry.report],
                "selector": _selectors(texts[entry.report], entry.evidence),
            },
            "standoff:entry": {
                "@context": OURS, "entry": entry.kind, "report": entry.report, **said(entry),
                "pieces": {name: [_selectors(texts[entry.report], part) for part in parts]
                           for name, parts in entry.pieces.items() if parts},
            },
        }
        for entry in file.entries
    ]  # fmt: skip
    reports = [
        {"@context": OURS, "id": r.id, "address": addresses[r.id], "title": r.title, "published": r.published,
         "publisher": r.publisher, "sha256": r.sha256}
        for r in file.reports
    ]  # fmt: skip
    data = {
        "@context": [CONTEXT, {"standoff": OWN}],
        "id": f"{base}:annotations", "type": "AnnotationCollection", "label": state.name, "total": len(items),
        "standoff:case": file.case, "standoff:reports": reports,
        "first": {"id": f"{base}:annotations:1", "type": "AnnotationPage", "partOf": f"{base}:annotations",
                  "startIndex": 0, "items": items},
    }  # fmt: skip
    content = (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
    return Made(content, {"annotations": len(items), "reports pointed to": len(reports)})


def _address(report: Report, base: str) -> str:
    """Where the report is: its own address, or a name within the case."""
    if report.url and urlsplit(report.url).scheme in ("http", "https") and report.url.isascii():
        return report.url
    return f"{base}:report:{quote(report.id, safe='')}"


def _selectors(text: str, place: Place) -> list[dict[str, Any]]:
    assert not isinstance(place, Selector)
    found = selector(text, place)
    return [
        {"type": "TextQuoteSelector", "exact": found.exact, "prefix": found.prefix, "suffix": found.suffix},
        {"type": "TextPositionSelector", "start": place[0], "end": place[1]},
    ]


def read_web_annotation(path: Path) -> Carried:
    """What a collection, a page, a list of annotations or a single one carries: entries without the reports' texts.

    Raises InputError if the file is none of these.
    """
    data = read_json(path)
    items = _items(data)
    if items is None:
        raise InputError(f"{path}: no Web Annotations: no {CONTEXT} with an annotation, page or collection")
    known = _plain_list(data.get("standoff:reports")) if isinstance(data, dict) else []
    known = [report for report in known if {"id", "address"} <= report.keys()]
    reports = {str(r["id"]): Report(str(r["id"]), "", url=str(r["address"])) for r in known}
    by_address = {report.url: id_ for id_, report in reports.items()}
    entries: list[Coded] = []
    untaken: list[tuple[str, str]] = []
    for number, item in enumerate(items, 1):
        name = str(item.get("id", f"annotation {number}"))
        try:
            entry = _entry(item, name, by_address)
            reports.setdefault(entry.report, Report(entry.report, "", url=entry.report))
            entries.append(entry)
        except InputError as error:
            untaken.append((name, str(error)))
    mark = str(data.get("standoff:case", "")) if isinstance(data, dict) else ""
    return Carried(tuple(reports.values()), (), (), tuple(entries), mark, False, tuple(untaken))


def _items(data: Any) -> list[dict[str, Any]] | None:
    if isinstance(data, list):
        return _plain_list(data) if data and all(_items(one) is not None for one in data) else None
    if not isinstance(data, dict):
        return None
    context = data.get("@context")
    if CONTEXT not in (context if isinstance(context, list) else [context]):
        return None
    for place in (data.get("first"), data):
        if isinstance(place, dict) and isinstance(place.get("items"), list):
            return _plain_list(place["items"])
    return [data] if data.get("type") == "Annotation" else None


def _plain_list(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _entry(item: dict[str, Any], name: str, by_address: dict[str | None, str]) -> Coded:
    target = item.get("target")
    targets = target if isinstance(target, list) else [target]
    if len(targets) != 1:
        raise InputError(f"has {len(targets)} targets; one is needed")
    if not isinstance(targets[0], dict) or not isinstance(targets[0].get("source"), str):
        raise InputError("its target is no part of a source")
    address = targets[0]["source"]
    evidence = _selector(targets[0].get("selector"))
    own = item.get("standoff:entry")
    data: dict[str, Any] = dict(own) if isinstance(own, dict) else _tags(item)
    kind = data.get("entry")
    if kind not in PIECES:
        raise InputError(f"says nowhere `entry: …`, one of {', '.join(PIECES)}")
    pieces = data.get("pieces")
    found = {
        piece: tuple(_selector(part) for part in parts)
        for piece, parts in (pieces.items() if isinstance(pieces, dict) else ())
        if isinstance(parts, list)
    }
    if not data.get("coder") and isinstance(item.get("creator"), dict) and item["creator"].get("type") != "Software":
        data["coder"] = item["creator"].get("name", "")
    report = data.get("report") if isinstance(own, dict) else None
    where = str(report or by_address.get(address, address))
    return rebuilt(kind, str(data.get("id", name)), where, evidence, found, data)


def _selector(value: Any) -> Selector:
    """The words; a position alone is no anchor, for texts change."""
    parts = _plain_list(value if isinstance(value, list) else [value])
    words = next((part for part in parts if part.get("type") == "TextQuoteSelector"), None)
    place = next((part for part in parts if part.get("type") == "TextPositionSelector"), {})
    if words is None or not isinstance(words.get("exact"), str):
        raise InputError("has no TextQuoteSelector: a position without words is no anchor")
    start = place.get("start")
    around = str(words.get("prefix", "")), str(words.get("suffix", ""))
    return Selector(start if isinstance(start, int) else -1, words["exact"], *around)


def _tags(item: dict[str, Any]) -> dict[str, Any]:
    """What the bodies of another tool's annotation say: `holder: Turkey`, each in a tag or a line of a comment."""
    bodies = item.get("body", [])
    found: dict[str, Any] = {}
    for body in _plain_list(bodies if isinstance(bodies, list) else [bodies]):
        if isinstance(body.get("value"), str):
            found |= read_note(body["value"])
    return found
