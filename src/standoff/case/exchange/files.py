"""Files of other formats: whole contents go out under a name at once; archives and XML come in, checked before use.

What is written stands under its name whole or not at all: it is made beside it, under a name that begins with a dot
and ends in `.part`, and renamed when it is complete and on disk.
"""

import io
import json
import os
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree import ElementTree

from standoff.errors import InputError, StandoffError

MANIFEST = "standoff-export.json"
"""Lies in every exported folder and lists its files: only such a folder is ever replaced."""

LARGEST = 2**30
"""Bytes that an archive may unpack to. A gigabyte of text is a thousand times any case; more is a trap or a mistake."""


def write_file(path: Path, content: bytes, force: bool) -> None:
    """Write a file, whole or not at all. Raises StandoffError if it exists and `force` is not given, or on no disk."""
    refuse_existing(path, force)
    if path.is_dir():
        raise StandoffError(f"{path}: a folder; name a file")
    part = _part(path)
    try:
        _write_through(part, content)
        _rename(part, path, force)
    except OSError as error:
        raise StandoffError(f"{path}: cannot be written ({error.strerror or error})") from error
    finally:
        part.unlink(missing_ok=True)


def write_folder(path: Path, files: Mapping[str, bytes], about: Mapping[str, Any], force: bool) -> None:
    """Write a folder of files with a manifest, whole or not at all. about: what the manifest says of it.

    `force` replaces a folder that an earlier export made, if nothing else was put into it. Raises StandoffError.
    """
    refuse_existing(path, force)
    if path.exists():
        _refuse_foreign(path)
    part, old = _part(path), path.with_name(f".{path.name}.{os.getpid()}.old")
    manifest = json.dumps({**about, "files": sorted(files)}, ensure_ascii=False, indent=1) + "\n"
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        for name, content in {**files, MANIFEST: manifest.encode()}.items():
            _write_through(part / name, content)
        if path.exists():
            path.rename(old)  # a moment without the folder: the old one is complete beside it
        part.rename(path)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        if old.exists() and not path.exists():
            old.rename(path)
        raise StandoffError(f"{path}: cannot be written ({error.strerror or error})") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def refuse_existing(path: Path, force: bool) -> None:
    """Raise StandoffError if something is there that nobody allowed to replace, or there is no folder to write into."""
    try:
        there, room = os.path.lexists(path), path.parent.is_dir()
        path.exists()
    except OSError as error:
        raise StandoffError(f"{path}: cannot be written ({error.strerror or error})") from error
    if there and not force:
        raise StandoffError(f"{path}: exists already; --force replaces it")
    if not room:
        raise StandoffError(f"{path}: no folder {path.parent}")


def _part(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.part")


def _write_through(path: Path, content: bytes) -> None:
    """Write and wait until the disk has it: a name must not point to a file that a power cut would empty."""
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _rename(part: Path, path: Path, force: bool) -> None:
    if force:
        part.replace(path)
        return
    try:
        os.link(part, path)  # unlike a rename, this never overwrites what came there meanwhile
    except FileExistsError as error:
        raise StandoffError(f"{path}: exists already; --force replaces it") from error
    except OSError:  # a disk without links
        part.rename(path)


def _refuse_foreign(path: Path) -> None:
    """Raise StandoffError unless a folder holds an export and nothing else."""
    if not path.is_dir():
        raise StandoffError(f"{path}: a file; this format is a folder of files")
    try:
        known = {*json.loads((path / MANIFEST).read_bytes())["files"], MANIFEST}
        extra = sorted({entry.name for entry in path.iterdir()} - known)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StandoffError(f"{path}: not a folder that an export made; it is not replaced") from error
    if extra:
        raise StandoffError(f"{path}: holds {extra[0]}, which no export put there; it is not replaced")


def read_file(path: Path) -> bytes:
    """The bytes of a file. Raises InputError in one line."""
    if path.is_dir():
        raise InputError(f"{path}: a folder; a file is needed")
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error})") from error


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, line ends as they are. Raises InputError."""
    try:
        return read_file(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 (byte {error.start})") from error


def read_json(path: Path) -> Any:
    """The value of a JSON file. Raises InputError."""
    try:
        return json.loads(read_text(path))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: no JSON ({error})") from error


def read_zip(path: Path) -> dict[str, bytes]:
    """The files of a ZIP archive by name. Raises InputError if it is damaged, too large, or names files outside."""
    data = read_file(path)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            whole = sum(info.file_size for info in archive.infolist())
            if whole > LARGEST:
                raise InputError(f"{path}: would unpack to {whole:,} bytes; that is too much")
            found = {}
            for info in archive.infolist():
                name = PurePosixPath(info.filename)
                if name.is_absolute() or ".." in name.parts:
                    raise InputError(f"{path}: names a file outside of the archive ({info.filename})")
                if not info.is_dir():
                    found[str(name)] = archive.read(info)
            return found
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise InputError(f"{path}: no ZIP archive, or a damaged one ({error})") from error
    except Exception as error:  # zlib.error and lzma.LZMAError share no base
        if type(error).__name__ in ("error", "LZMAError"):
            raise InputError(f"{path}: a damaged ZIP archive ({error})") from error
        raise


def write_zip(files: Mapping[str, bytes]) -> bytes:
    """A ZIP archive: the same files give the same bytes, whenever it is made."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return stream.getvalue()


class _NoDoctype(ElementTree.TreeBuilder):
    """Builds the tree, unless the document declares a document type: entities are defined only there."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise ValueError("declares a document type (DTD), which could define entities; such files are not read")


def read_xml(content: bytes, where: str) -> ElementTree.Element:
    """The root of an XML document. Raises InputError if it is no XML or has a document type or entities of its own."""
    try:
        return ElementTree.fromstring(content, ElementTree.XMLParser(target=_NoDoctype()))
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise InputError(f"{where}: no XML that is read ({error})") from error


def write_xml(root: ElementTree.Element) -> bytes:
    """The document in UTF-8, indented."""
    ElementTree.indent(root)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, "unicode").encode() + b"\n"
