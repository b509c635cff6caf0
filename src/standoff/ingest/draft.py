"""What a format's reader gives back before it is checked and becomes a `Report`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Draft:
    """One text with the facts its own file states. `published` is as written there, not yet checked.

    id: only where the file itself gives one (a JSON record); where: `FILE` or `FILE:LINE`, for messages.
    """

    text: str
    where: str
    id: str | None = None
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
