"""A case as a folder of brat stand-off files (`.txt` and `.ann` for each report), out and in.

Offsets count code points of the text with LF alone at line ends: some versions of brat read it so, and all take it. An
entry is a span of its kind over the evidence, with a relation to each of its pieces; acts, statuses and reviews are
attributes, everything else is one line of JSON in the annotator's note. A span over a line end, or over what brat's
reader takes for one, is written in fragments: it compares the words of each line with the text, to the character.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from standoff.case.anchoring import Selector
from standoff.case.exchange.coded import PIECES, Carried, Coded, Place, by_report, carried
from standoff.case.exchange.csv_files import mark_of
from standoff.case.exchange.files import read_json, read_text
from standoff.case.exchange.made import Made
from standoff.case.exchange.notes import note, read_note, rebuilt, said
from standoff.case.exchange.offsets import PlainLineEnds
from standoff.case.store import Case
from standoff.errors import InputError
from standoff.ledger import ACTS, STATEMENT_KINDS, STATUSES, Span
from standoff.report import Report

REPORTS = "reports.json"
"""Beside brat's own files, for what brat has no place for: title, date, publisher and address of each report."""

ATTRIBUTES: dict[str, dict[str, tuple[str, tuple[str, ...]]]] = {
    "statement": {"kind": ("Speech", STATEMENT_KINDS)},
    "position": {"act": ("Act", ACTS)},
    "precondition": {},
    "meeting": {"status": ("Status", STATUSES)},
}
"""Kind of entry → value → brat's attribute, and what it may be."""

BREAKS = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x85\u2028\u2029"
"""Characters that no line of an `.ann` file may hold: all at which Python, in which brat is written, ends a line; and
the tab, which ends a field."""
UNBROKEN = re.compile(f"[^{BREAKS}]+")

REVIEW = ("machine", "accepted", "corrected", "added", "rejected")
KINDS = {kind.capitalize(): kind for kind in PIECES}
ROLES = {name.capitalize(): name for pieces in PIECES.values() for name in pieces}


def write_brat(case: Case) -> Made:
    """The folder: texts, annotations, and the configuration that lets brat show them."""
    file = carried(case)
    entries, taken = by_report(file.entries), set[str]()
    files: dict[str, bytes] = {"annotation.conf": _configuration()}
    about: dict[str, dict[str, str | None]] = {}
    marked = related = 0
    for report in file.reports:
        stem = file_stem(report.id, taken)
        about[stem] = {"id": report.id, "title": report.title, "published": report.published,
                       "publisher": report.publisher, "url": report.url}  # fmt: skip
        plain = PlainLineEnds(report.text)
        lines = list(_lines(entries[report.id], plain))
        marked += sum(line.startswith("T") for line in lines)
        related += sum(line.startswith("R") for line in lines)
        files[f"{stem}.txt"] = plain.text.encode()
        files[f"{stem}.ann"] = "".join(f"{line}\n" for line in lines).encode()
    files[REPORTS] = (json.dumps(about, ensure_ascii=False, indent=1) + "\n").encode()
    return Made(files, {"documents": len(about), "entries": len(file.entries), "spans": marked, "relations": related})


def file_stem(id_: str, taken: set[str]) -> str:
    """A file name that every system takes, and that is not in `taken`, to which it is added in small letters."""
    stem = re.sub(r"[^A-Za-z0-9._-]", "_", id_).strip(".")[:100] or "report"
    number, found = 1, stem
    while found.casefold() in taken:
        number += 1
        found = f"{stem}-{number}"
    taken.add(found.casefold())
    return found


def _lines(entries: Sequence[Coded], plain: PlainLineEnds) -> Iterator[str]:
    numbers: Counter[str] = Counter()
    text = plain.text

    def next_(letter: str) -> str:
        numbers[letter] += 1
        return f"{letter}{numbers[letter]}"

    def marked(label: str, spans: Sequence[Place], data: dict[str, Any]) -> Iterator[str]:
        exact = [_there(plain, place) for place in spans if not isinstance(place, Selector)]
        written = fragments(text, exact)
        id_ = next_("T")
        words = " ".join(text[a:b] for a, b in written).translate(dict.fromkeys(map(ord, BREAKS), " "))
        yield f"{id_}\t{label} {';'.join(f'{a} {b}' for a, b in written)}\t{words}"
        if unbroken(text, written) != exact:
            data = {"spans": exact, **data}
        if data:
            yield f"{next_('#')}\tAnnotatorNotes {id_}\t{note(data)}"

    for entry in entries:
        attributes = ATTRIBUTES[entry.kind]
        yield from marked(entry.kind.capitalize(), (entry.evidence,), said(entry, "review", *attributes))
        own = f"T{numbers['T']}"
        for name, (label, _) in attributes.items():
            yield f"{next_('A')}\t{label} {own} {entry.text(name)}"
        yield f"{next_('A')}\tReview {own} {entry.review}"
        for name, parts in entry.pieces.items():
            if parts:
                yield from marked(name.capitalize(), parts, {})
                yield f"{next_('R')}\t{name.capitalize()} Arg1:{own} Arg2:T{numbers['T']}"


def _there(plain: PlainLineEnds, span: Span) -> Span:
    start, end = plain.there(span)
    return start, max(end, start + 1)  # nothing but half of a line end


def fragments(text: str, spans: Sequence[Span]) -> list[Span]:
    """The spans in order, joined where they overlap, and broken at line ends and tabs, which no span of brat goes over.

    What is nothing but line ends is shown at the character before it, or else behind it.
    """
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    found = [match.span() for start, end in joined for match in UNBROKEN.finditer(text, start, end)]
    if found or not joined:
        return found
    near = [place for place in range(joined[0][0] - 1, -1, -1) if text[place] not in BREAKS][:1]
    near += [place for place in range(joined[-1][1], len(text)) if text[place] not in BREAKS][:1]
    return [(near[0], near[0] + 1)] if near else joined


def unbroken(text: str, written: Sequence[Span]) -> list[Span]:
    """Fragments with only line ends and tabs between them, as one span."""
    found: list[Span] = []
    for start, end in written:
        if found and found[-1][1] < start and set(text[found[-1][1] : start]) <= set(BREAKS):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _configuration() -> bytes:
    kinds = {kind.capitalize(): pieces for kind, pieces in PIECES.items()}
    lines = ["[entities]", *kinds, *ROLES, "", "[relations]"]
    for role in ROLES:
        owners = "|".join(kind for kind, pieces in kinds.items() if ROLES[role] in pieces)
        lines.append(f"{role}\tArg1:{owners}, Arg2:{role}")
    lines += ["", "[events]", "", "[attributes]"]
    for kind, attributes in ATTRIBUTES.items():
        lines += [f"{label}\tArg:{kind.capitalize()}, Value:{'|'.join(may)}" for label, may in attributes.values()]
    lines.append(f"Review\tArg:{'|'.join(kinds)}, Value:{'|'.join(REVIEW)}")
    return ("\n".join(lines) + "\n").encode()


def read_brat(path: Path) -> Carried:
    """What a folder of brat files carries. Raises InputError, naming file and line, if one is no stand-off file."""
    if not path.is_dir():
        raise InputError(f"{path}: no folder of .txt and .ann files")
    texts = sorted(path.glob("*.txt"))
    if not texts:
        raise InputError(f"{path}: no .txt files")
    known = read_json(path / REPORTS) if (path / REPORTS).exists() else {}
    if not isinstance(known, dict):
        raise InputError(f"{path / REPORTS}: no object with the reports by their files")
    reports, entries, untaken = [], [], []
    for document in texts:
        about = known.get(document.stem)
        about = about if isinstance(about, dict) else {}
        data = {"id": document.stem} | about | {"text": read_text(document)}
        report = Report.from_json(data)
        reports.append(report)
        annotations = document.with_suffix(".ann")
        if annotations.exists():
            found, left = _read(annotations, report)
            entries += found
            untaken += left
    return Carried(tuple(reports), (), (), tuple(entries), mark_of(path), True, tuple(untaken))


@dataclass
class _Document:
    """The lines of one file, by what they are about."""

    spans: dict[str, tuple[str, list[Span]]] = field(default_factory=dict)
    pieces: dict[str, dict[str, list[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    attributes: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    notes: dict[str, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    others: Counter[str] = field(default_factory=Counter)


SPAN = re.compile(r"(T\S+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t.*", re.DOTALL)
RELATION = re.compile(r"R\S*\t(\S+) \S+?:(\S+) \S+?:(\S+)\s*")
ATTRIBUTE = re.compile(r"[AM]\S*\t(\S+) (\S+)(?: (.*))?", re.DOTALL)
NOTE = re.compile(r"#\S*\t\S+ (\S+)\t(.*)", re.DOTALL)


def _read(path: Path, report: Report) -> tuple[list[Coded], list[tuple[str, str]]]:
    document = _Document()
    for number, line in enumerate(read_text(path).split("\n"), 1):
        line = line.removesuffix("\r")
        if line.strip() and not _line(document, line):
            raise InputError(f"{path}, line {number}: no brat annotation: {line[:40]!r}")
    entries, untaken = [], []
    for id_, (label, written) in document.spans.items():
        if label in KINDS:
            name = str(document.notes[id_].get("id", f"{path.stem} {id_}"))
            try:
                entries.append(_entry(document, id_, name, KINDS[label], written, report))
            except InputError as error:
                untaken.append((name, str(error)))
        elif label not in ROLES:
            document.others[label] += 1
    for label, count in sorted(document.others.items()):
        untaken.append((f"{path.stem}: {label}", f"no kind of entry ({count} annotations)"))
    return entries, untaken


def _line(document: _Document, line: str) -> bool:
    """Keep what a line says; whether it is a line of brat's."""
    if match := SPAN.fullmatch(line):
        numbers = [tuple(int(n) for n in part.split()) for part in match[3].split(";")]
        document.spans[match[1]] = (match[2], [(a, b) for a, b in numbers])
    elif match := RELATION.fullmatch(line):
        document.pieces[match[2]][ROLES.get(match[1], match[1])].append(match[3])
    elif match := ATTRIBUTE.fullmatch(line):
        document.attributes[match[2]][match[1]] = match[3] or ""
    elif match := NOTE.fullmatch(line):
        document.notes[match[1]] |= read_note(match[2])
    elif line[0] in "EN*" and "\t" in line:
        document.others[{"E": "events", "N": "normalisations", "*": "equivalences"}[line[0]]] += 1
    else:
        return False
    return True


def _entry(document: _Document, id_: str, name: str, kind: str, written: list[Span], report: Report) -> Coded:
    data = dict(document.notes[id_])
    for value, (label, _) in ATTRIBUTES[kind].items():
        if label in document.attributes[id_]:
            data[value] = document.attributes[id_][label]
    data["review"] = document.attributes[id_].get("Review", data.get("review", ""))
    pieces: dict[str, tuple[Place, ...]] = {}
    for piece, targets in document.pieces[id_].items():
        for target in targets:
            if target in document.spans:
                pieces[piece] = (*pieces.get(piece, ()), *_spans(document, target, report.text))
    hull = _spans(document, id_, report.text)
    evidence = (min(a for a, _ in hull), max(b for _, b in hull))
    return rebuilt(kind, name, report.id, evidence, pieces, data)


def _spans(document: _Document, id_: str, text: str) -> list[Span]:
    """The exact spans, if the note has them and they are still those of the annotation."""
    written = document.spans[id_][1]
    exact = document.notes[id_].get("spans")
    try:
        found = [(int(a), int(b)) for a, b in exact] if exact else []
    except (TypeError, ValueError):
        found = []
    return found if found and fragments(text, found) == written else unbroken(text, written)
