"""A case goes in; a REFI-QDA project (`.qdpx`) comes out, for ATLAS.ti, MAXQDA, NVivo, QualCoder and others.

An entry is a selection over its evidence with a code for what it is and for each thing that it says; its pieces are
selections of their own, named after it. What has no code stands in the selection's description.
"""

from xml.etree.ElementTree import Element, SubElement

from standoff.case.exchange.coded import PIECES, Carried, Coded, Place, by_report, carried
from standoff.case.exchange.files import write_xml, write_zip
from standoff.case.exchange.made import Made
from standoff.case.exchange.notes import note, said
from standoff.case.exchange.refi_terms import GROUPS, INTERNAL, NAMESPACE, PROJECT, SOURCES, guid
from standoff.case.exchange.xml_text import plain_xml
from standoff.case.state import snapshot
from standoff.case.store import Case

READER = "Standoff"


def write_refi(case: Case) -> Made:
    """The project as a ZIP archive."""
    with case.looking():
        file, name = carried(case), snapshot(case).name
    writing = _Writing(file, name)
    files = {PROJECT: write_xml(writing.root)}
    files |= {f"{SOURCES[0]}{guid(file.case, 'text', r.id)}.txt": r.text.encode() for r in file.reports}
    counts = {"sources": len(file.reports), "codes": len(writing.codes), "selections": writing.selections}
    return Made(write_zip(files), counts)


def _element(parent: Element, tag: str, **attributes: str) -> Element:
    return SubElement(parent, tag, {name: plain_xml(value) for name, value in attributes.items()})


def _text(parent: Element, tag: str, text: str) -> None:
    _element(parent, tag).text = plain_xml(text)


class _Writing:
    """The project as it grows; elements are in the order that the schema asks for."""

    def __init__(self, file: Carried, name: str) -> None:
        self.file = file
        self.mark = file.case.partition("@")[0]
        self.selections = 0
        self.codes: dict[tuple[str, str], str] = {}
        self.root = Element("Project", {"xmlns": NAMESPACE, "name": plain_xml(name or "case"), "origin": READER})
        users = _element(self.root, "Users")
        for user in sorted({READER, *(entry.coder for entry in file.entries if entry.coder)}):
            _element(users, "User", guid=self.user(user), name=user)
        self.codebook()
        if file.reports:
            entries = by_report(file.entries)
            sources = _element(self.root, "Sources")
            for report in file.reports:
                about = {n: getattr(report, n) for n in ("id", "title", "published", "publisher", "url")}
                source = _element(
                    sources, "TextSource", guid=guid(self.mark, "report", report.id), name=report.title or report.id,
                    plainTextPath=f"{INTERNAL}{guid(file.case, 'text', report.id)}.txt", creatingUser=self.user(READER),
                )  # fmt: skip
                _text(source, "Description", note(about))
                for entry in entries[report.id]:
                    self.entry(source, entry)
        _text(self.root, "Description", note({"standoff": file.case}))

    def user(self, name: str) -> str:
        return guid(self.mark, "user", name)

    def codebook(self) -> None:
        """All codes that entries need, under those that hold them; concepts with their descriptions."""
        described = {concept.name: concept.description for concept in self.file.concepts}
        needed: dict[str, dict[str, None]] = {group: {} for group in GROUPS}
        needed["concept"] |= dict.fromkeys(described)
        for entry in self.file.entries:
            needed["entry"][entry.kind] = None
            needed["piece"] |= {name: None for name, parts in entry.pieces.items() if parts}
            for name, value in entry.values.items():
                if name in GROUPS:
                    needed[name] |= dict.fromkeys([value] if isinstance(value, str) else value)
        codes = _element(_element(self.root, "CodeBook"), "Codes")
        for group, names in needed.items():
            holder = _element(codes, "Code", guid=guid("group", group), name=group, isCodable="false")
            _text(holder, "Description", GROUPS[group])
            for name in names:
                id_ = self.codes[group, name] = guid(self.mark, "code", group, name)
                code = _element(holder, "Code", guid=id_, name=name, isCodable="true")
                if group == "concept" and described.get(name):
                    _text(code, "Description", described[name])

    def entry(self, source: Element, entry: Coded) -> None:
        used = [("entry", entry.kind)]
        for name, value in entry.values.items():
            if name in GROUPS:
                used += [(name, one) for one in ([value] if isinstance(value, str) else value)]
        kept = note(said(entry, *(name for name in GROUPS if name in entry.values)))
        self.selection(source, entry, entry.id, entry.evidence, used, kept)
        for name in PIECES[entry.kind]:
            for number, part in enumerate(entry.pieces[name], 1):
                self.selection(source, entry, f"{entry.id} {name} {number}", part, [("piece", name)], "")

    def selection(
        self, source: Element, entry: Coded, name: str, place: Place, used: list[tuple[str, str]], kept: str
    ) -> None:
        assert isinstance(place, tuple)
        self.selections += 1
        who = self.user(entry.coder or READER)
        made = _element(
            source, "PlainTextSelection", guid=guid(self.mark, "selection", name), name=name,
            startPosition=str(place[0]), endPosition=str(place[1]), creatingUser=who,
        )  # fmt: skip
        if kept:
            _text(made, "Description", kept)
        for group, code in used:
            coding = _element(made, "Coding", guid=guid(self.mark, "coding", name, group, code), creatingUser=who)
            _element(coding, "CodeRef", targetGUID=self.codes[group, code])
