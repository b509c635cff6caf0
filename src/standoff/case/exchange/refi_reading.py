"""A REFI-QDA project (`.qdpx`) goes in; what a case can take of it comes out.

A selection is an entry if it has a code under `entry` (see `refi_terms.GROUPS`); codes of a QDA program that lie
under no such group become concepts of the codebook, and their selections are listed as no entries.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from standoff.case.exchange.coded import PIECES, Carried, Coded, Place
from standoff.case.exchange.files import read_xml, read_zip
from standoff.case.exchange.notes import read_note, rebuilt
from standoff.case.exchange.refi_terms import GROUPS, INTERNAL, NAMESPACE, PROJECT, SOURCES
from standoff.case.snapshot import Concept
from standoff.errors import InputError
from standoff.report import Report

Q = f"{{{NAMESPACE}}}"
READER = "Standoff"
PIECE = re.compile(r"(.*) ([a-z]+) (\d+)", re.DOTALL)
"""Name of the selection of a piece: entry, piece, number."""


@dataclass(frozen=True, slots=True)
class _Project:
    """What selections refer to: GUID → (group, code), GUID → coder."""

    codes: dict[str, tuple[str, str]]
    users: dict[str, str]


def read_refi(path: Path) -> Carried:
    """What a project carries. Raises InputError if it is no ZIP archive, or has no project of this version in it."""
    files = read_zip(path)
    if PROJECT not in files:
        raise InputError(f"{path}: no REFI-QDA project: no {PROJECT} in it")
    root = read_xml(files[PROJECT], f"{path}: {PROJECT}")
    if root.tag != f"{Q}Project":
        raise InputError(f"{path}: {PROJECT} is no project of {NAMESPACE} but {root.tag}")
    codes: dict[str, tuple[str, str]] = {}
    concepts: list[Concept] = []
    for code in root.findall(f"{Q}CodeBook/{Q}Codes/{Q}Code"):
        for group, name, element in _codes(code, ""):
            codes[element.get("guid", "")] = group, name
            if group == "concept" or (not group and element.get("isCodable") == "true"):
                concepts.append(Concept(element.get("guid", ""), name, element.findtext(f"{Q}Description") or ""))
    users = {u.get("guid", ""): u.get("name", "") for u in root.findall(f"{Q}Users/{Q}User")}
    project = _Project(codes, {id_: "" if name == READER else name for id_, name in users.items()})
    reports: list[Report] = []
    entries: list[Coded] = []
    untaken: list[tuple[str, str]] = []
    for source in root.findall(f"{Q}Sources/*"):
        name = source.get("name", "source")
        if source.tag != f"{Q}TextSource":
            untaken.append((name, f"a {source.tag.removeprefix(Q)}: only texts are read"))
            continue
        try:
            report = _report(source, files, {r.id for r in reports})
        except InputError as error:
            untaken.append((name, str(error)))
            continue
        reports.append(report)
        found, left = _entries(source, report, project)
        entries += found
        untaken += left
    mark = str(read_note(root.findtext(f"{Q}Description") or "").get("standoff", ""))
    return Carried(tuple(reports), (), tuple(concepts), tuple(entries), mark, True, tuple(untaken))


def _codes(code: Element, group: str) -> Iterator[tuple[str, str, Element]]:
    """Group, name and element of a code and those under it."""
    name = code.get("name", "")
    is_group = not group and name.casefold() in GROUPS
    if not is_group:
        yield group, name, code
    for below in code.findall(f"{Q}Code"):
        yield from _codes(below, name.casefold() if is_group else group)


def _report(source: Element, files: dict[str, bytes], taken: set[str]) -> Report:
    text = source.findtext(f"{Q}PlainTextContent")
    where = source.get("plainTextPath", "")
    if text is None:
        if not where.startswith(INTERNAL):
            raise InputError(f"its text lies outside of the project ({where or 'no path'})")
        name = where.removeprefix(INTERNAL)
        content = next((files[folder + name] for folder in SOURCES if folder + name in files), None)
        if content is None:
            raise InputError(f"its text {name} is not in the project")
        try:
            text = content.decode("utf-8").removeprefix("\ufeff")
        except UnicodeDecodeError as error:
            raise InputError(f"its text {name} is not UTF-8 (byte {error.start})") from error
    about = read_note(source.findtext(f"{Q}Description") or "")
    if {"id", "title", "published", "publisher", "url"} <= about.keys():
        return Report.from_json({**about, "text": text})
    id_ = name = source.get("name") or source.get("guid") or "source"
    number = 1
    while id_ in taken:
        number += 1
        id_ = f"{name}-{number}"
    return Report(id_, text, source.get("name"))


def _entries(source: Element, report: Report, project: _Project) -> tuple[list[Coded], list[tuple[str, str]]]:
    selections = source.findall(f"{Q}PlainTextSelection")
    pieces: dict[str, dict[str, list[tuple[int, Place]]]] = defaultdict(lambda: defaultdict(list))
    wholes: list[tuple[str, Place, dict[str, list[str]], Element]] = []
    others: Counter[str] = Counter()
    untaken: list[tuple[str, str]] = []
    for number, selection in enumerate(selections, 1):
        name = selection.get("name") or f"{report.id} selection {number}"
        used = _used(selection, project)
        try:
            place = int(selection.get("startPosition", "")), int(selection.get("endPosition", ""))
        except ValueError:
            untaken.append((name, "startPosition and endPosition are no numbers"))
            continue
        match = PIECE.fullmatch(name)
        if "piece" in used and match and match[2] in used["piece"]:
            pieces[match[1]][match[2]].append((int(match[3]), place))
        elif "entry" in used and used["entry"][0] in PIECES:
            wholes.append((name, place, used, selection))
        else:
            others[", ".join(code for codes in used.values() for code in codes) or "no code"] += 1
    entries = []
    for name, evidence, used, selection in wholes:
        data: dict[str, Any] = read_note(selection.findtext(f"{Q}Description") or "")
        data["coder"] = data.get("coder") or project.users.get(selection.get("creatingUser", ""), "")
        for group, codes in used.items():
            if group not in ("entry", "piece", ""):
                data[group] = codes if group == "participants" else codes[0]
        parts = {piece: tuple(p for _, p in sorted(found)) for piece, found in pieces[name].items()}
        try:
            entries.append(rebuilt(used["entry"][0], str(data.get("id", name)), report.id, evidence, parts, data))
        except InputError as error:
            untaken.append((name, str(error)))
    for label, count in sorted(others.items()):
        untaken.append((f"{report.id}: {label}", f"no code under `entry` ({count} selections)"))
    return entries, untaken


def _used(selection: Element, project: _Project) -> dict[str, list[str]]:
    """Group → codes of a selection; codes of no group under ""."""
    found: dict[str, list[str]] = defaultdict(list)
    for reference in selection.findall(f"{Q}Coding/{Q}CodeRef"):
        group, name = project.codes.get(reference.get("targetGUID", ""), ("", "?"))
        found[group].append(name)
    return dict(found)
