"""The pages for users keep up with the code: every field of a ledger and every dependency is explained."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from standoff.ledger import ACTOR_KINDS, ACTS, ENTRY_TYPES, STATEMENT_KINDS, STATUSES

ROOT = Path(__file__).parents[2]


def named(page: str) -> set[str]:
    """All words of a page that stand in `code` marks."""
    return set(re.findall(r"`([^`\s]+)`", (ROOT / "docs" / page).read_text(encoding="utf-8")))


@pytest.mark.parametrize("entry", ENTRY_TYPES.values(), ids=list(ENTRY_TYPES))
def test_every_field_of_a_ledger_is_explained(entry: type) -> None:
    assert {field.name for field in fields(entry)} <= named("reading.md")  # type: ignore[arg-type]


def test_every_value_of_a_ledger_is_explained() -> None:
    assert {*ACTOR_KINDS, *ACTS, *STATEMENT_KINDS, *STATUSES} <= named("reading.md")


def test_every_dependency_is_explained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lists = [project["dependencies"], *project["optional-dependencies"].values()]
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    for requirement in (item for one in lists for item in one):
        name = re.match(r"[\w.-]+", requirement)
        assert name is not None
        assert re.search(rf"(?<![\w-]){re.escape(name.group())}(?![\w-])", page), requirement
