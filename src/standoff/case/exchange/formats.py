"""A case and the name of a format go in; a file or folder is written; and a file comes into a case.

`FORMATS` says of each format where it is made and read, in what its offsets count, and what it cannot carry.
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from standoff.case.exchange.files import refuse_existing, write_file, write_folder
from standoff.case.exchange.made import Made
from standoff.case.exchange.take import Taken, take
from standoff.case.founding import found
from standoff.case.store import Case, build, person
from standoff.case.store import open as open_case
from standoff.errors import InputError

STATE_ONLY = "the record: who did what when, earlier readings, undone and rejected entries (JSON keeps it)"
NO_SCREENING = "relevance scores and which report repeats which"
NO_PARTIES = "kinds, superiors and Wikidata items of parties"
NETWORK = "texts, statements, meetings, places in texts: a network is made of entries, it does not hold them"
NO_CONCEPTS = "descriptions of concepts, and which contradict each other"


@dataclass(frozen=True, slots=True)
class Format:
    """One format. write, read: `module:function` under this package, "" where that way does not exist.

    folder: whether it is a folder of files. unit: what its offsets count. lost: what it never carries.
    """

    about: str
    write: str
    read: str
    folder: bool
    unit: str
    lost: tuple[str, ...]


FORMATS: dict[str, Format] = {
    "json": Format(
        "everything, for Standoff itself", "whole:write_whole", "whole:read_whole", False, "code points", (),
    ),
    "csv": Format(
        "tables with a data dictionary", "csv_files:write_csv", "csv_files:read_csv", True, "code points",
        (STATE_ONLY,),
    ),
    "parquet": Format(
        "the same tables as Parquet", "parquet:write_parquet", "parquet:read_parquet", True, "code points",
        (STATE_ONLY,),
    ),
    "web-annotation": Format(
        "W3C Web Annotation, JSON-LD", "web_annotation:write_web_annotation", "web_annotation:read_web_annotation",
        False, "code points",
        ("the reports' texts: they are pointed to by address", STATE_ONLY, NO_SCREENING, NO_PARTIES, NO_CONCEPTS),
    ),
    "brat": Format(
        "brat stand-off, .txt and .ann", "brat:write_brat", "brat:read_brat", True,
        "code points of the text with LF alone",
        ("CR before LF in the reports' texts", STATE_ONLY, NO_SCREENING, NO_PARTIES, NO_CONCEPTS),
    ),
    "dna": Format(
        "Discourse Network Analyzer 3, .dna", "dna_case:write_dna_case", "dna_reading:read_dna_case", False,
        "UTF-16 units of the text with LF alone",
        ("CR before LF in the reports' texts", STATE_ONLY, NO_SCREENING, NO_PARTIES, NO_CONCEPTS),
    ),
    "refi-qda": Format(
        "REFI-QDA project, .qdpx", "refi_writing:write_refi", "refi_reading:read_refi", False, "code points",
        (STATE_ONLY, NO_SCREENING, NO_PARTIES, "which concepts contradict each other"),
    ),
    "uima": Format(
        "UIMA CAS, XMI, for INCEpTION", "uima:write_uima", "uima:read_uima", True, "UTF-16 units",
        (STATE_ONLY, NO_SCREENING, NO_PARTIES, NO_CONCEPTS),
    ),
    "graphml": Format(
        "networks as GraphML", "graphs:write_graphml", "", True, "none", (NETWORK, STATE_ONLY),
    ),
    "gexf": Format(
        "networks as GEXF 1.2", "graphs:write_gexf", "", True, "none", (NETWORK, STATE_ONLY),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: files, how many things of each kind are in them, and what the format could not carry."""

    format: str
    path: str
    files: tuple[str, ...]
    counts: dict[str, int]
    losses: tuple[str, ...]
    unit: str


def format_of(name: str) -> Format:
    """The format of a name. Raises InputError, naming those there are."""
    if name not in FORMATS:
        raise InputError(f"{name}: no such format; there are {', '.join(FORMATS)}")
    return FORMATS[name]


def export(case: Case, name: str, path: Path, force: bool = False) -> Exported:
    """Write the case as it stands to a file or folder, whole or not at all. force: replace an earlier export.

    Raises InputError for an unknown format; StandoffError if the target exists or cannot be written, or a package is
    not installed that the format needs.
    """
    form = format_of(name)
    refuse_existing(path, force)
    made: Made = _function(form.write)(case)
    losses = (*form.lost, *made.losses)
    if isinstance(made.content, bytes):
        write_file(path, made.content, force)
        files: tuple[str, ...] = (str(path),)
    else:
        from standoff.case.exchange.coded import moment_mark

        about = {"format": name, "case": moment_mark(case), "counts": made.counts, "losses": losses}
        write_folder(path, made.content, about, force)
        files = tuple(str(path / file) for file in sorted(made.content))
    return Exported(name, str(path), files, made.counts, losses, form.unit)


def bring(path: Path, name: str, source: Path, by: str = "", why: str = "", blind: bool = False) -> Taken:
    """Take a file into the case file `path`; where there is none, a new case is made of it.

    by: who imports. blind: as `take`. Raises InputError for a file that is not of the format; nothing is taken then.
    """
    form = format_of(name)
    if not form.read:
        raise InputError(f"{name}: goes out only; a network is not a case")
    if name == "json":
        if blind:
            raise InputError("json: carries everything; blind coding is in it as such")
        with _function(form.read)(source, path) as made:
            with made.looking() as connection:
                reports = [row[0] for row in connection.execute("SELECT id FROM report ORDER BY number")]
                entries = [f"e{row[0]}" for row in connection.execute("SELECT id FROM entry ORDER BY id")]
            return Taken(new=tuple(reports), added=tuple(entries))
    file = _function(form.read)(source)
    results: list[Taken] = []

    def run(case: Case) -> None:
        results.append(take(case, file, source.name, by, why, blind))

    def make(case: Case) -> None:
        with case.action(person(by), "new", path.stem) as action:
            found(action, path.stem)
        run(case)

    if path.exists():
        with open_case(path) as case:
            run(case)
    else:
        build(path, make).close()
    return replace(results[0], losses=form.lost)


def _function(place: str) -> Callable[..., Any]:
    module, _, name = place.partition(":")
    function: Callable[..., Any] = getattr(importlib.import_module(f"standoff.case.exchange.{module}"), name)
    return function
