"""What the file of a conflict says beside the conflict itself, as one plain frozen type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from standoff.graphmodel.attitudes import Attitude
from standoff.graphmodel.hypergame import View


@dataclass(frozen=True)
class Beside:
    """Attitudes (row i, column j: of i towards j; None if the file says nothing), how parties see the conflict, and the
    places (from 0) of uncertain statements, by party."""

    attitudes: Sequence[Sequence[Attitude]] | None = None
    views: Mapping[int, View] = field(default_factory=dict)
    uncertain: Sequence[Sequence[int]] = ()
