"""Text in, attributions out: the whole way from characters to who said what."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

from standoff.reading.statements.attribution import Attribution, Span
from standoff.reading.statements.decode import Group, decode
from standoff.reading.statements.model_file import Model, Settings, shipped_model
from standoff.reading.statements.pieces import Pieces, cut
from standoff.reading.statements.quotation import Quoted
from standoff.reading.statements.windows import Reading, read_windows

Range = tuple[int, int]


def read_attributions(text: str) -> tuple[Attribution, ...]:
    """Who said what in an English text, in document order.

    All spans are half-open code point offsets into the text as given. Any length is read, in windows of 256 word
    pieces; memory grows with the number of pieces only. Raises ModelError when the model is missing or damaged.
    """
    return read_with(shipped_model(), text)


def read_with(model: Model, text: str) -> tuple[Attribution, ...]:
    """As read_attributions, with a model of one's own."""
    pieces = cut(text, model.tokenizer)
    if not len(pieces):
        return ()
    return attributions_of(text, pieces, read_windows(pieces, model), model.settings)


@dataclass(frozen=True)
class Encoding:
    """A text once through the encoder: its pieces and what the model said of each window."""

    pieces: Pieces
    readings: tuple[Reading, ...]


def encode(text: str) -> Encoding:
    """Run the shipped encoder over a text, for all readers that build on it; about 2 kB are kept for each piece."""
    model = shipped_model()
    pieces = cut(text, model.tokenizer)
    return Encoding(pieces, tuple(read_windows(pieces, model)) if len(pieces) else ())


def read_encoded(text: str, encoding: Encoding) -> tuple[Attribution, ...]:
    """As read_attributions, of a text that is encoded already."""
    if not len(encoding.pieces):
        return ()
    return attributions_of(text, encoding.pieces, encoding.readings, shipped_model().settings)


def attributions_of(
    text: str, pieces: Pieces, readings: Iterable[Reading], settings: Settings
) -> tuple[Attribution, ...]:
    """Attributions of a text from what the model said of its windows."""
    return tuple(attribution for attribution, _ in scored_attributions(text, pieces, readings, settings))


def scored_attributions(
    text: str, pieces: Pieces, readings: Iterable[Reading], settings: Settings
) -> list[tuple[Attribution, float]]:
    """Attributions, each with its raw score, from which the calibration table is made."""
    groups = [group for group in decode(readings, settings) if group.raw >= settings.least_raw]
    ranges = _content_ranges(groups)
    ranges = {head: [(a, b) for a, b in parts if _has_word(text, pieces, a, b)] for head, parts in ranges.items()}
    groups = [group for group in groups if ranges[group.head]]
    groups.sort(key=lambda group: (ranges[group.head][0][0], -ranges[group.head][-1][1], group.head))
    index = {group.head: number for number, group in enumerate(groups)}
    quoted = Quoted(text)
    found: list[tuple[Attribution, float]] = []
    for group in groups:
        cue = _spans(pieces, [(group.cue.first, group.cue.last)] if group.cue else [])
        source = _spans(pieces, [(group.source.first, group.source.last)] if group.source else [])
        content = _spans(pieces, ranges[group.head])
        within = index.get(group.parent) if group.parent is not None else None
        confidence = calibrated(group.raw, settings.calibration)
        attribution = Attribution(source, cue, content, quoted.kind(content, cue), within, confidence)
        found.append((attribution, group.raw))
    enclosing = _enclosing([attribution for attribution, _ in found], quoted)
    return [
        (replace(attribution, within=enclosing.get(number, attribution.within)), raw)
        for number, (attribution, raw) in enumerate(found)
    ]


def _enclosing(attributions: list[Attribution], quoted: Quoted) -> dict[int, int]:
    """Which attribution stands in a quotation of which other: all of it inside, the other's content inside too, but
    the other's cue outside. The annotation that the model learnt from is flat, so that this is left to a rule."""
    speakers: dict[Span, int] = {}
    inside: dict[int, Span] = {}
    for number, item in enumerate(attributions):
        quotation = quoted.around(tuple(sorted(item.source + item.cue + item.content))) if item.cue else None
        if quotation is not None:
            inside[number] = quotation
            continue
        for span in item.content:
            quotation = quoted.around((span,))
            if quotation is not None and item.cue and not _overlap(quotation, item.cue):
                speakers.setdefault(quotation, number)
    return {number: speakers[quotation] for number, quotation in inside.items() if quotation in speakers}


def _overlap(span: Span, others: tuple[Span, ...]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def calibrated(raw: float, table: tuple[tuple[float, float], ...]) -> float:
    """Probability for a raw score: linear between the points of the table, which ascend."""
    place = bisect_right(table, (raw, 2.0))
    if place == 0:
        return table[0][1]
    if place == len(table):
        return table[-1][1]
    (x0, y0), (x1, y1) = table[place - 1], table[place]
    return round(y0 + (y1 - y0) * (raw - x0) / (x1 - x0), 4) if x1 > x0 else y1


def _content_ranges(groups: list[Group]) -> dict[int, list[Range]]:
    """Piece ranges of each content: its own runs and everything of the attributions within it."""
    children: dict[int, list[Group]] = {}
    for group in groups:
        if group.parent is not None:
            children.setdefault(group.parent, []).append(group)
    found: dict[int, list[Range]] = {}

    def collect(group: Group) -> list[Range]:
        if group.head not in found:
            ranges = [(run.first, run.last) for run in group.contents]
            for child in children.get(group.head, ()):
                ranges += collect(child)
                ranges += [(run.first, run.last) for run in (child.cue, child.source) if run]
            found[group.head] = _joined(ranges)
        return found[group.head]

    for group in groups:
        collect(group)
    return found


def _has_word(text: str, pieces: Pieces, first: int, last: int) -> bool:
    """Whether a range holds a letter or digit; marks and symbols alone are nobody's words."""
    return any(character.isalnum() for character in text[int(pieces.starts[first]) : int(pieces.ends[last - 1])])


def _joined(ranges: list[Range]) -> list[Range]:
    joined: list[Range] = []
    for first, last in sorted(ranges):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def _spans(pieces: Pieces, ranges: list[Range]) -> tuple[Span, ...]:
    return tuple((int(pieces.starts[first]), int(pieces.ends[last - 1])) for first, last in ranges)
