"""What a writer of a format gives back: contents, not yet on disk."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Made:
    """A file's bytes, or the files of a folder by name; counts of what is in it; what of this case did not go in."""

    content: bytes | Mapping[str, bytes]
    counts: dict[str, int] = field(default_factory=dict)
    losses: tuple[str, ...] = ()
