"""Files of conflicts: a path in, a `Conflict` out, the format told by the suffix (`.gmcr`, else YAML)."""

from __future__ import annotations

from pathlib import Path

from standoff.errors import InputError
from standoff.graphmodel import yaml_marks
from standoff.graphmodel.attitudes import Attitude
from standoff.graphmodel.beside import Beside
from standoff.graphmodel.conflict import Conflict
from standoff.graphmodel.gmcr_format import read_gmcr, write_gmcr
from standoff.graphmodel.hypergame import View
from standoff.graphmodel.yaml_format import read_yaml, write_yaml


def read_conflict(path: Path) -> Conflict:
    """The conflict; what a YAML file says beside it (today, attitudes, how parties see it) is checked too. Raises
    InputError that names the file, and the line where there is one."""
    text = read_text(path)
    if path.suffix.lower() == ".gmcr":
        return read_gmcr(text, str(path), path.stem)
    conflict = read_yaml(text, str(path))
    for read in (yaml_marks.read_today, yaml_marks.read_uncertain, yaml_marks.read_attitudes, yaml_marks.read_views):
        read(text, str(path))
    return conflict


def read_today(path: Path) -> int:
    """The code of today's state. Raises InputError if the file does not say which it is."""
    code = None if path.suffix.lower() == ".gmcr" else yaml_marks.read_today(read_text(path), str(path))
    if code is None:
        raise InputError(f"{path}: no `today` in the file: name the state to start from")
    return code


def read_uncertain(path: Path) -> list[list[int]]:
    """For each party the places (from 0) of its uncertain statements. Raises InputError for a file that cannot say."""
    if path.suffix.lower() == ".gmcr":
        raise InputError(f"{path}: a .gmcr file cannot say which statements are uncertain; convert it to .yaml")
    return yaml_marks.read_uncertain(read_text(path), str(path))


def read_attitudes(path: Path) -> list[list[Attitude]]:
    """Row i, column j: the attitude of party i towards j. Raises InputError for a file that cannot say."""
    if path.suffix.lower() == ".gmcr":
        raise InputError(f"{path}: a .gmcr file cannot hold attitudes; convert it to .yaml")
    return yaml_marks.read_attitudes(read_text(path), str(path))


def read_beside(path: Path) -> Beside:
    """All that a file says beside the conflict; nothing for a .gmcr file. Raises InputError with file and line."""
    if path.suffix.lower() == ".gmcr":
        return Beside()
    text, file = read_text(path), str(path)
    return Beside(
        yaml_marks.read_attitudes(text, file),
        yaml_marks.read_views(text, file),
        yaml_marks.read_uncertain(text, file),
    )


def read_views(path: Path) -> dict[int, View]:
    """How the parties see the conflict that see it otherwise than it is. Raises InputError for a file that cannot
    say."""
    if path.suffix.lower() == ".gmcr":
        raise InputError(f"{path}: a .gmcr file cannot hold a hypergame; convert it to .yaml")
    return yaml_marks.read_views(read_text(path), str(path))


def read_text(path: Path) -> str:
    """Raises InputError that names the file."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 text: {error.reason} at byte {error.start}") from None


def write_conflict(conflict: Conflict, path: Path) -> None:
    """Writes the conflict in the format of the suffix. Raises InputError if the file cannot be written."""
    text = write_gmcr(conflict) if path.suffix.lower() == ".gmcr" else write_yaml(conflict)
    replace_text(path, text)


def replace_text(path: Path, text: str) -> None:
    """Puts the whole text in place, or leaves what was there. Raises InputError if the file cannot be written."""
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.write_text(text, encoding="utf-8")
        partial.replace(path)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None
