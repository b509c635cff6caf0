"""The report: one text with what is known about its publication. JSON in, JSON out."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from standoff.errors import InputError


@dataclass(frozen=True, slots=True)
class Report:
    """One report. `text` is never changed: every offset of a ledger counts its code points.

    published: ISO 8601 date (`2016-01-15`) or None. Raises InputError for an impossible date.
    """

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None

    def __post_init__(self) -> None:
        if self.published is not None:
            check_date(self.published, self.id)

    @property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8, in hex."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def to_json(self) -> dict[str, Any]:
        """The `document` object of `standoff-ledger/1`."""
        return asdict(self) | {"sha256": self.sha256}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Report":
        """Read a `document` object. Raises InputError if `id` or `text` is missing or no string."""
        for key in ("id", "text"):
            if not isinstance(data.get(key), str):
                raise InputError(f"{data.get('id', 'report')}: no field {key!r} with a text")
        names = ("id", "text", "title", "published", "publisher", "url")
        return cls(**{name: data.get(name) for name in names})  # type: ignore[arg-type]


def check_date(value: str, where: str) -> date:
    """The date that an ISO string means. Raises InputError, naming `where`, for an impossible one."""
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise InputError(f"{where}: {value!r} is no date of the form YYYY-MM-DD ({error})") from error
