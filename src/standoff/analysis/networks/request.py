"""What network is asked for: mode, variables, qualifier, aggregation, normalisation; checked when it is made."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from standoff.analysis.networks.coded import CodedStatements, Column
from standoff.analysis.networks.filters import Selection, complete, first_of_kind, loaded, not_excluded, time_range
from standoff.errors import InputError

AGGREGATIONS = {
    "twomode": ("ignore", "subtract", "combine", "dna-subtract"),
    "onemode": ("ignore", "congruence", "conflict", "subtract", "dna-conflict", "dna-subtract"),
}
"""How a qualifier is used. The `dna-` names treat a text qualifier as DNA does (see docs/networks.md)."""

NORMALIZATIONS = {
    "twomode": ("no", "activity", "prominence"),
    "onemode": ("no", "average", "jaccard", "cosine", "dna-cosine", "dna-jaccard"),
}
"""What cells are divided by. `dna-cosine` divides by the product of the activities, not its square root; `dna-jaccard`
tells levels of the qualifier apart even if the aggregation ignores them."""


@dataclass(frozen=True)
class Request:
    """A network. `mode`: `twomode` (variable 1 by variable 2) or `onemode` (variable 1 by itself, over variable 2).

    isolates: keep actors and concepts whose statements were all filtered out (or lie outside a window).
    Raises InputError if the parts do not fit.
    """

    mode: str = "onemode"
    variable1: str = "organization"
    variable2: str = "concept"
    qualifier: str | None = "agreement"
    aggregation: str = "ignore"
    normalization: str = "no"
    isolates: bool = False
    selection: Selection = field(default_factory=Selection)

    def __post_init__(self) -> None:
        if self.mode not in AGGREGATIONS:
            raise InputError(f"network type {self.mode!r} unknown; there are: {', '.join(AGGREGATIONS)}")
        for value, known, what in (
            (self.aggregation, AGGREGATIONS, "qualifier aggregation"),
            (self.normalization, NORMALIZATIONS, "normalization"),
        ):
            if value not in known[self.mode]:
                raise InputError(
                    f"{what} {value!r} does not fit a {self.mode} network; there are: {', '.join(known[self.mode])}"
                )
        if self.variable1 == self.variable2:
            raise InputError(f"variable 1 and variable 2 are both {self.variable1!r}")
        if self.qualifier in (self.variable1, self.variable2):
            raise InputError(f"{self.qualifier!r} is a variable of the network; it cannot be its qualifier")
        if self.qualifier is None and self.aggregation != "ignore":
            raise InputError(f"qualifier aggregation {self.aggregation!r} needs a qualifier")

    @property
    def uses_qualifier(self) -> bool:
        """Whether levels of the qualifier are told apart."""
        return self.qualifier is not None and self.aggregation != "ignore"

    @property
    def counts_levels(self) -> bool:
        """Whether counts are kept by level of the qualifier: if it is used, or for the divisor of `dna-jaccard`."""
        return self.uses_qualifier or (self.qualifier is not None and self.normalization == "dna-jaccard")


@dataclass(frozen=True)
class Kept:
    """What a request works on: the `original` statements in range, the `kept` ones, and the range in seconds.

    `rows` and `cols` are the codes of the labels of the whole network; `levels` those of the qualifier.
    """

    original: CodedStatements
    kept: CodedStatements
    start: int
    stop: int


def kept_statements(statements: CodedStatements, request: Request) -> Kept:
    """Load and filter. Raises InputError for a variable that is not there."""
    start, stop = time_range(statements, request.selection)
    original = loaded(statements, request.selection)
    kept = original.take(np.flatnonzero(not_excluded(original, request.selection)))
    names = [request.variable1, request.variable2]
    if request.uses_qualifier and request.qualifier is not None:
        names.append(request.qualifier)
    kept = kept.take(np.flatnonzero(complete([kept.column(name) for name in names])))
    distinct = first_of_kind(kept, [kept.column(name) for name in names], request.selection.duplicates)
    return Kept(original, kept.take(np.flatnonzero(distinct)), start, stop)


def qualifier_column(statements: CodedStatements, request: Request) -> Column | None:
    """The column by whose levels statements are counted, or None."""
    if request.qualifier is None or not request.counts_levels:
        return None
    return statements.column(request.qualifier)
