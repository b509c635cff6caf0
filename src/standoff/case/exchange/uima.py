"""A case as UIMA CAS files (XMI) with the layers of an INCEpTION project, out and in; needs the extra `uima`.

Every kind of entry is a layer of spans with a feature for each thing it says; the pieces of an entry are spans of the
layer `Piece` that name the entry. UIMA counts UTF-16 units: dkpro-cassis converts them where a file is written or read,
and nowhere else are there such offsets.
"""

import io
import re
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from standoff.case.exchange.brat import file_stem
from standoff.case.exchange.coded import PIECES, VALUES, Carried, Coded, by_report, carried
from standoff.case.exchange.files import MANIFEST, read_file, read_xml, read_zip
from standoff.case.exchange.made import Made
from standoff.case.exchange.notes import ABOUT, rebuilt
from standoff.case.exchange.packages import needed
from standoff.case.exchange.xml_text import plain_xml
from standoff.case.store import Case
from standoff.errors import InputError
from standoff.ledger import Span
from standoff.report import Report

TYPES = "TypeSystem.xml"
LAYER = "webanno.custom."
"""INCEpTION's layers of one's own begin so."""

META = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
FEATURE = {"start": "begins", "end": "ends"}
"""Names of values that UIMA has for the places of an annotation."""

REPORT = ("id", "title", "published", "publisher", "url", "case")
KINDS = {kind.capitalize(): kind for kind in PIECES}
UNNAMED = ("uima.", "de.tudarmstadt.ukp.dkpro.core.api.segmentation.", META)
"""Beginnings of types that are of the text and its tokens: nobody expects entries there."""


def write_uima(case: Case) -> Made:
    """The folder: a type system, and an XMI file for each report."""
    cassis = needed("cassis", "uima")
    file = carried(case)
    entries, taken = by_report(file.entries), {TYPES.removesuffix(".xml").casefold()}
    types = _types(cassis)
    files = {TYPES: types.to_xml().encode()}
    changed = 0
    for report in file.reports:
        stem = file_stem(report.id, taken)
        text = plain_xml(report.text)
        changed += text != report.text
        cas = cassis.Cas(types)
        cas.sofa_string, cas.sofa_mime = text, "text/plain"
        about = {name: plain_xml(getattr(report, name) or "") for name in REPORT[:-1]}
        meta = types.get_type(META)
        cas.add(meta(begin=0, end=len(text), language="en", documentId=stem, documentTitle=about["title"] or stem))
        cas.add(types.get_type(f"{LAYER}Report")(**about, case=file.case))
        for entry in entries[report.id]:
            _add(cas, types, entry)
        files[f"{stem}.xmi"] = cas.to_xmi().encode()
    losses = (f"characters that XML cannot hold, in {changed} reports: U+FFFD stands for each",) if changed else ()
    return Made(files, {"documents": len(file.reports), "entries": len(file.entries)}, losses)


def _types(cassis: Any) -> Any:
    types = cassis.TypeSystem()
    meta = types.create_type(META, "uima.tcas.DocumentAnnotation")
    for name in ("documentId", "documentTitle"):
        types.create_feature(meta, name, "uima.cas.String")
    report = types.create_type(f"{LAYER}Report", "uima.cas.AnnotationBase")
    piece = types.create_type(f"{LAYER}Piece", "uima.tcas.Annotation")
    features = {report: REPORT, piece: ("entry", "role", "part")}
    for label, kind in KINDS.items():
        layer = types.create_type(f"{LAYER}{label}", "uima.tcas.Annotation")
        features[layer] = ("id", *(FEATURE.get(name, name) for name in VALUES[kind]), *ABOUT, "confidence")
    for layer, names in features.items():
        for name in names:
            types.create_feature(layer, name, "uima.cas.String")
    return types


def _add(cas: Any, types: Any, entry: Coded) -> None:
    said: dict[str, Any] = {"id": entry.id, **{name: getattr(entry, name) for name in ABOUT if getattr(entry, name)}}
    for name, value in entry.values.items():
        said[FEATURE.get(name, name)] = plain_xml(value if isinstance(value, str) else joined(value))
    if entry.confidence is not None:
        said["confidence"] = repr(entry.confidence)
    start, end = _span(entry.evidence)
    cas.add(types.get_type(LAYER + entry.kind.capitalize())(begin=start, end=end, **said))
    for role, parts in entry.pieces.items():
        for number, part in enumerate(parts, 1):
            start, end = _span(part)
            piece = types.get_type(f"{LAYER}Piece")
            cas.add(piece(begin=start, end=end, entry=entry.id, role=role, part=str(number)))


def _span(place: Any) -> Span:
    assert isinstance(place, tuple)
    return place


def joined(names: Sequence[str]) -> str:
    """Several names as one text, with semicolons between them; one within a name is written with a backslash."""
    return "; ".join(name.replace("\\", "\\\\").replace(";", "\\;") for name in names)


def parted(text: str) -> tuple[str, ...]:
    """The names of such a text."""
    found = re.findall(r"(?:\\.|[^;\\])+", text, re.DOTALL)
    own = [found[0], *(name.removeprefix(" ") for name in found[1:])] if found else []
    return tuple(re.sub(r"\\(.)", r"\1", name, flags=re.DOTALL) for name in own if name.strip())


def read_uima(path: Path) -> Carried:
    """What a folder, or ZIP archive as INCEpTION exports it, of XMI files with their type system carries.

    Raises InputError, naming the file, if one is missing, no XMI, or has a document type of its own.
    """
    cassis = needed("cassis", "uima")
    files = _files(path)
    types = files.pop(TYPES, None)
    if types is None:
        raise InputError(f"{path}: no {TYPES} in it")
    if not files:
        raise InputError(f"{path}: no .xmi files in it")
    read_xml(types, f"{path}: {TYPES}")
    system = _loaded(f"{path}: {TYPES}", cassis.load_typesystem, types)
    reports: list[Report] = []
    entries: list[Coded] = []
    untaken: list[tuple[str, str]] = []
    mark = ""
    for name, content in sorted(files.items()):
        read_xml(content, f"{path}: {name}")
        cas = _loaded(f"{path}: {name}", cassis.load_cas_from_xmi, content, typesystem=system)
        about = _about(cas, name.removesuffix(".xmi"))
        mark = about.pop("case") or mark
        reports.append(Report.from_json({**about, "text": cas.sofa_string or ""}))
        found, left = _entries(cas, reports[-1].id)
        entries += found
        untaken += left
    return Carried(tuple(reports), (), (), tuple(entries), mark, True, tuple(untaken))


def _files(path: Path) -> dict[str, bytes]:
    if path.is_dir():
        names = [p for p in sorted(path.iterdir()) if p.suffix in (".xmi", ".xml") and p.name != MANIFEST]
        return {p.name: read_file(p) for p in names if p.suffix == ".xmi" or p.name == TYPES}
    return {Path(name).name: data for name, data in read_zip(path).items() if name.endswith((".xmi", TYPES))}


def _loaded(where: str, load: Callable[..., Any], content: bytes, **options: Any) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # an offset in the middle of a character is only warned of
            return load(io.BytesIO(content), **options)
    except Exception as error:  # the reader lets through whatever its own look-ups raise
        raise InputError(f"{where}: no UIMA XMI that is read ({' '.join(str(error).split())[:200]})") from error


def _about(cas: Any, stem: str) -> dict[str, Any]:
    """What is known of the report: by Standoff's own layer, or by DKPro's metadata."""
    names = {type_.name for type_ in cas.typesystem.get_types()}
    if f"{LAYER}Report" in names:
        for own in cas.select(f"{LAYER}Report"):
            return {name: getattr(own, name, None) or None for name in REPORT} | {"id": own.id or stem}
    title = next((getattr(meta, "documentTitle", None) for meta in cas.select(META)), None) if META in names else None
    return dict.fromkeys(REPORT) | {"id": stem, "title": title}


def _entries(cas: Any, report: str) -> tuple[list[Coded], list[tuple[str, str]]]:
    pieces: dict[str, dict[str, list[tuple[int, Span]]]] = defaultdict(lambda: defaultdict(list))
    others: Counter[str] = Counter()
    wholes = []
    for found in cas.select_all_annotations():
        label = found.type.name.removeprefix(LAYER)
        if label == "Piece":
            number = int(found.part) if str(found.part or "").isdecimal() else 0
            pieces[str(found.entry)][str(found.role)].append((number, (found.begin, found.end)))
        elif label in KINDS:
            wholes.append((KINDS[label], found))
        elif label != "Report" and not found.type.name.startswith(UNNAMED):
            others[found.type.name] += 1
    entries, untaken = [], []
    for number, (kind, found) in enumerate(wholes, 1):
        id_ = getattr(found, "id", None) or f"{report} {kind} {number}"
        data = {name: getattr(found, FEATURE.get(name, name), None) for name in (*VALUES[kind], *ABOUT)}
        data = {name: value for name, value in data.items() if value}
        if "participants" in data:
            data["participants"] = list(parted(str(data["participants"])))
        try:
            if sure := getattr(found, "confidence", None):
                data["confidence"] = float(sure)
            parts = {role: tuple(place for _, place in sorted(places)) for role, places in pieces[id_].items()}
            entries.append(rebuilt(kind, id_, report, (found.begin, found.end), parts, data))
        except (InputError, ValueError) as error:
            untaken.append((id_, str(error)))
    untaken += [
        (f"{report}: {name}", f"no kind of entry ({count} annotations)") for name, count in sorted(others.items())
    ]
    return entries, untaken
