"""The examples of docs/networks.md do what they say."""

import doctest
from pathlib import Path


def test_the_examples_of_the_documentation_hold() -> None:
    page = Path(__file__).parents[3] / "docs" / "networks.md"
    found = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert found.attempted > 30 and found.failed == 0
