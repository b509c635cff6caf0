"""Files, folders, globs and standard input -> reports, each checked; what cannot be read is an error in its place."""

import glob
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePath
from typing import BinaryIO

from standoff.errors import InputError, StandoffError
from standoff.ingest.dates import day_of_name, iso_day
from standoff.ingest.draft import Draft
from standoff.ingest.formats import SUFFIXES, drafts_of
from standoff.ingest.languages import refuse_other_languages
from standoff.report import Report

# The largest file, or line of a JSON Lines file, that is read. A long report has 0.1 MB of text.
MAX_BYTES = 20_000_000
STDIN = "stdin"
CHUNK = 1 << 16

Item = Report | StandoffError


def read_sources(sources: Sequence[str], published: str | None = None) -> Iterator[Item]:
    """The reports of files, folders, globs and `-` (standard input), in order, each once it is asked for.

    published: the publication date (YYYY-MM-DD) of all of them, whatever the files say. What cannot be read is
    given as an InputError or LanguageError `FILE: cause` in its place and the rest is still read. An id that was
    given before in this call gets `-2`, `-3` and so on.
    """
    if published is not None:
        try:
            published = iso_day(published, "published")
        except InputError as error:
            yield error
            return
    taken: set[str] = set()
    for source in sources:
        for item in _read_source(source, published):
            yield replace(item, id=_distinct(item.id, taken)) if isinstance(item, Report) else item


def read_bytes(data: bytes, name: str, published: str | None = None) -> list[Report]:
    """The reports in the bytes of one file; its name tells the format (or the bytes do) and is in every message.

    published: overrides the date that the file states. Raises InputError or LanguageError for the first thing
    that cannot be read; `read_sources` goes on after an error instead.
    """
    reports = []
    for item in read_parts(data, name, published):
        if isinstance(item, StandoffError):
            raise item
        reports.append(item)
    return reports


def read_parts(data: bytes, name: str, published: str | None = None) -> Iterator[Item]:
    """As `read_bytes`, but what cannot be read is an error in its place. Raises what is wrong with the whole."""
    if published is not None:
        published = iso_day(published, "published")
    taken: set[str] = set()
    for item in _items(data, name, published):
        yield replace(item, id=_distinct(item.id, taken)) if isinstance(item, Report) else item


def _read_source(source: str, published: str | None) -> Iterator[Item]:
    if source == "-":
        yield from _read_stream(sys.stdin.buffer, STDIN, published)
        return
    try:
        paths = _paths(source)
    except InputError as error:
        yield error
        return
    for path in paths:
        try:
            with open(path, "rb") as stream:
                yield from _read_stream(stream, path, published)
        except OSError as error:
            yield InputError(f"{path}: cannot be read ({error.strerror or error})")


def _paths(source: str) -> list[str]:
    """The files that a source means, sorted. Raises InputError if there are none."""
    if os.path.isdir(source):
        found = _files_in(source)
        if not found:
            raise InputError(f"{source}: no file in this folder that can be read ({' '.join(sorted(SUFFIXES))})")
        return found
    if os.path.exists(source):
        return [source]
    if not glob.has_magic(source):
        raise InputError(f"{source}: no such file or folder")
    found = []
    for match in sorted(glob.glob(source, recursive=True)):
        found += _files_in(match) if os.path.isdir(match) else [match]
    if not found:
        raise InputError(f"{source}: no file matches")
    return list(dict.fromkeys(found))


def _files_in(folder: str) -> list[str]:
    """The files of known formats in the folder and the folders below, hidden ones left out, sorted by path."""
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [
            Path(place, name) for name in names if Path(name).suffix.lower() in SUFFIXES and not name.startswith(".")
        ]
    return [str(path) for path in sorted(found, key=lambda path: path.parts)]


def _read_stream(stream: BinaryIO, name: str, published: str | None) -> Iterator[Item]:
    try:
        lines = SUFFIXES.get(PurePath(name).suffix.lower()) == "jsonl"
        if lines:
            from standoff.ingest.records import read_lines

            yield from _checked(read_lines(_lines(stream, name), name, _stem(name)), name, published)
        else:
            yield from _items(_bounded(stream, name), name, published)
    except StandoffError as error:
        yield error


def _bounded(stream: BinaryIO, name: str) -> bytes:
    """The bytes of the stream. Raises InputError if there are more than MAX_BYTES, without reading them if it can."""
    size = os.fstat(stream.fileno()).st_size if _is_file(stream) else 0
    if size > MAX_BYTES:
        raise InputError(f"{name}: {size:,} bytes, the limit is {MAX_BYTES:,}")
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputError(f"{name}: more than {MAX_BYTES:,} bytes, which is the limit")
    return data


def _is_file(stream: BinaryIO) -> bool:
    try:
        stream.fileno()
    except (OSError, AttributeError):
        return False
    return True


def _lines(stream: BinaryIO, name: str) -> Iterator[bytes | InputError]:
    """The lines of the stream; one longer than MAX_BYTES is an error in its place, and is never held whole."""
    number = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        if len(line) <= MAX_BYTES:
            yield line
            continue
        while not line.endswith(b"\n"):
            line = stream.readline(CHUNK)
            if not line:
                break
        yield InputError(f"{name}:{number}: more than {MAX_BYTES:,} bytes in one line, which is the limit")


def _items(data: bytes, name: str, published: str | None) -> Iterator[Item]:
    if len(data) > MAX_BYTES:
        raise InputError(f"{name}: {len(data):,} bytes, the limit is {MAX_BYTES:,}")
    if not data.strip():
        raise InputError(f"{name}: empty, no text to read")
    yield from _checked(drafts_of(data, name, _stem(name)), name, published)


def _checked(drafts: Iterator[Draft | InputError], name: str, published: str | None) -> Iterator[Item]:
    for draft in drafts:
        if isinstance(draft, StandoffError):
            yield draft
            continue
        try:
            yield _report(draft, _stem(name), published)
        except StandoffError as error:
            yield error


def _report(draft: Draft, stem: str, published: str | None) -> Report:
    """The draft as a report. Raises InputError (blank, no Unicode, impossible date) or LanguageError."""
    if not draft.text.strip():
        raise InputError(f"{draft.where}: empty, no text to read")
    try:
        draft.text.encode()
    except UnicodeEncodeError as error:
        raise InputError(f"{draft.where}: half a surrogate pair at character {error.start}, no Unicode text") from error
    stated = draft.published or day_of_name(stem)
    day = published or (iso_day(stated, draft.where) if stated else None)
    refuse_other_languages(draft.text, draft.where)
    return Report(
        id=draft.id or stem,
        text=draft.text,
        title=draft.title,
        published=day,
        publisher=draft.publisher,
        url=draft.url,
    )


def _stem(name: str) -> str:
    return PurePath(name).stem or name


def _distinct(report_id: str, taken: set[str]) -> str:
    """The id, or the first of `id-2`, `id-3` … that is free; marks it as taken."""
    candidate, number = report_id, 1
    while candidate in taken:
        number += 1
        candidate = f"{report_id}-{number}"
    taken.add(candidate)
    return candidate
