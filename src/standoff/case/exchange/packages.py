"""Packages that only some formats need: a name goes in, the module comes out, or a word on how to get it."""

import importlib
from typing import Any

from standoff.errors import StandoffError


def needed(module: str, extra: str) -> Any:
    """The module. Raises StandoffError, naming the extra that brings it, if it is not installed."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise StandoffError(f"{module} is not installed; pip install standoff[{extra}] brings it") from error
