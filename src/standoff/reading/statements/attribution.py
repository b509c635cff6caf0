"""One attribution: who said what, as offsets into the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Span = tuple[int, int]
Kind = Literal["direct", "indirect", "mixed"]


@dataclass(frozen=True)
class Attribution:
    """A source, the cue that attributes, and what is attributed, each as half-open code point spans in text order.

    `source` and `cue` may be empty, `content` never is; a broken span has several parts. `within` is the index of the
    attribution whose content holds this one (in the tuple that was returned), None at the top. `confidence` estimates
    the probability that a reader would mark the same content with the same source; None where a rule found it. `by`
    names the model or the rule.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: Kind
    within: int | None
    confidence: float | None
    by: str = "attribution-model"
