"""What two or more coders entered goes in; how far they agree comes out: units (where), labels (what).

Krippendorff's alpha is written after his papers: "Measuring the reliability of qualitative text analysis data", Quality
& Quantity 38 (2004), 787-800 (units); "Computing Krippendorff's alpha-reliability" (2011) (labels). Cohen's kappa:
J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960), 37-46.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from standoff.ledger import Span

OVERLAP = 0.5
"""Share of the joint length of two units that both must cover to be taken for the same unit."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of a text that a coder marked, and how he labelled it."""

    start: int
    end: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class SpanScores:
    """Precision, recall and F1 of units against those of another coder; None where there is nothing to divide by."""

    precision: float | None
    recall: float | None
    f1: float | None


def alpha_units(coders: Sequence[Sequence[Span]], length: int) -> float | None:
    """Krippendorff's alpha for unitising: 1 agreement, 0 what chance would give. `length` of the text in characters.

    coders: the units of each coder, which do not overlap among themselves (overlapping ones are joined).
    None if nobody marked anything, or a unit would fill the whole text.
    """
    units = [_joined(spans) for spans in coders]
    count = len(units)
    if count < 2 or not any(units):
        return None
    sections = [_sections(spans, length) for spans in units]
    observed = 0.0
    for i in range(count):
        for j in range(count):
            if i != j:
                observed += sum(_difference(a, b) for a in sections[i] for b in sections[j])
    observed /= count * (count - 1) * length**2
    lengths = [end - start for spans in units for start, end in spans]
    gaps = np.array([b - a for parts in sections for a, b, marked in parts if not marked], dtype=np.float64)
    expected = 0.0
    for size in lengths:
        fits = gaps[gaps >= size]
        expected += (len(lengths) - 1) / 3 * (2 * size**3 - 3 * size**2 + size) + size**2 * float(
            (fits - size + 1).sum()
        )
    pairs = count * length * (count * length - 1) - sum(size * (size - 1) for size in lengths)
    if pairs <= 0 or not expected:
        return None
    return 1 - observed / (2 / length * expected / pairs)


def _joined(spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _sections(spans: Sequence[Span], length: int) -> list[tuple[int, int, bool]]:
    """The text as units and gaps, in order."""
    sections, place = [], 0
    for start, end in spans:
        if start > place:
            sections.append((place, start, False))
        sections.append((start, end, True))
        place = end
    if place < length:
        sections.append((place, length, False))
    return sections


def _difference(a: tuple[int, int, bool], b: tuple[int, int, bool]) -> float:
    """Squared difference of two sections (2004, equation 1): of overlapping units how far their ends are apart; of a
    unit inside a gap its length."""
    if a[2] and b[2]:
        return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 if a[0] < b[1] and b[0] < a[1] else 0.0
    if a[2] != b[2]:
        unit, gap = (a, b) if a[2] else (b, a)
        return float((unit[1] - unit[0]) ** 2) if gap[0] <= unit[0] and unit[1] <= gap[1] else 0.0
    return 0.0


def alpha_nominal(units: Sequence[Sequence[Hashable | None]]) -> float | None:
    """Krippendorff's alpha for labels: each unit with the labels that its coders gave it, None where one gave none.

    None if no unit has two labels, or all labels are the same, so that chance agreement is complete.
    """
    coincidences: dict[tuple[Hashable, Hashable], float] = defaultdict(float)
    for values in units:
        given = [value for value in values if value is not None]
        for i, first in enumerate(given):
            for j, second in enumerate(given):
                if i != j:
                    coincidences[first, second] += 1 / (len(given) - 1)
    totals: Counter[Hashable] = Counter()
    for (first, _), weight in coincidences.items():
        totals[first] += weight  # type: ignore[assignment]
    n = sum(totals.values())
    chance = n * (n - 1) - sum(total * (total - 1) for total in totals.values())
    if n < 2 or chance <= 0:
        return None
    agreed = sum(weight for (first, second), weight in coincidences.items() if first == second)
    return float(1 - (n - 1) * (n - agreed) / (n * n - sum(total * total for total in totals.values())))


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Cohen's kappa of two coders' labels of the same units; None without units or with one label only."""
    n = len(pairs)
    if not n:
        return None
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[label] * second[label] for label in first) / n**2
    if chance == 1:
        return None
    return float((sum(a == b for a, b in pairs) / n - chance) / (1 - chance))


def trimmed(text: str, span: Span) -> Span:
    """The span without white space and punctuation at its edges, in which coders differ without meaning it."""
    start, end = span
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    return (start, end) if start < end else span


def matched(ours: Sequence[Unit], theirs: Sequence[Unit], least: float = OVERLAP) -> list[tuple[int, int]]:
    """Pairs (ours, theirs) of units that are the same: one to one, so that the joint overlap is the largest."""
    if not ours or not theirs:
        return []
    from scipy.optimize import linear_sum_assignment

    a, b = _ends(ours), _ends(theirs)
    both = np.minimum(a[:, None, 1], b[None, :, 1]) - np.maximum(a[:, None, 0], b[None, :, 0])
    whole = np.maximum(a[:, None, 1], b[None, :, 1]) - np.minimum(a[:, None, 0], b[None, :, 0])
    share = np.where(both > 0, both / np.maximum(whole, 1), 0.0)
    share[share < least] = 0.0
    rows, columns = linear_sum_assignment(-share)
    return [(int(r), int(c)) for r, c in zip(rows, columns, strict=True) if share[r, c] > 0]


def _ends(units: Sequence[Unit]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    return np.array([(unit.start, unit.end) for unit in units], dtype=np.float64)


def span_scores(ours: int, theirs: int, common: int) -> SpanScores:
    """Scores from numbers of units and of matches."""
    precision = common / ours if ours else None
    recall = common / theirs if theirs else None
    f1 = 2 * common / (ours + theirs) if ours + theirs else None
    return SpanScores(precision, recall, f1)


def aligned(coders: Mapping[str, Sequence[Unit]]) -> list[list[str | None]]:
    """Units of several coders side by side: a row for each unit, with each coder's label or None where he has it not.

    Coders are taken in order; each unit joins the row whose first unit it overlaps most.
    """
    rows: list[tuple[Unit, list[str | None]]] = []
    for column, units in enumerate(coders.values()):
        pairs = {theirs: ours for ours, theirs in matched([row[0] for row in rows], list(units))}
        for number, unit in enumerate(units):
            if number in pairs:
                rows[pairs[number]][1][column] = unit.label
            else:
                labels: list[str | None] = [None] * len(coders)
                labels[column] = unit.label
                rows.append((unit, labels))
    return [labels for _, labels in rows]
