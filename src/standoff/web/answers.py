"""The key of a change goes in; the answer that it got before comes out, so that a change sent twice is made once."""

import threading
from collections import OrderedDict
from typing import Any

REMEMBERED = 2000
"""Answers kept for changes that are sent again because the first answer was lost."""


class Answers:
    """The latest answers by the key that the page gave the change."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[int, dict[str, Any]]] = OrderedDict()

    def get(self, key: str) -> tuple[int, dict[str, Any]] | None:
        """The answer that was given before, if it is remembered."""
        return self._kept.get(key)

    def keep(self, key: str, answer: tuple[int, dict[str, Any]]) -> None:
        """Remember an answer."""
        self._kept[key] = answer
        while len(self._kept) > REMEMBERED:
            self._kept.popitem(last=False)
