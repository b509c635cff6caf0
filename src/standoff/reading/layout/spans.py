"""Half-open spans as sets of characters: spans in, what they share or leave out."""

from standoff.ledger import Span, Spans


def meet(spans: Spans, ground: Spans) -> Spans:
    """What of the spans lies on the ground; `ground` is in order and does not overlap itself."""
    return tuple((max(a, c), min(b, d)) for a, b in spans for c, d in ground if max(a, c) < min(b, d))


def without(spans: Spans, holes: Spans) -> Spans:
    """What of the spans lies outside the holes."""
    left = list(spans)
    for c, d in holes:
        left = [piece for a, b in left for piece in ((a, min(b, c)), (max(a, d), b)) if piece[0] < piece[1]]
    return tuple(left)


def joined(spans: Spans) -> Spans:
    """The spans in order, overlapping and adjoining ones as one."""
    found: list[Span] = []
    for a, b in sorted(spans):
        if found and a <= found[-1][1]:
            found[-1] = (found[-1][0], max(b, found[-1][1]))
        else:
            found.append((a, b))
    return tuple(found)


def trimmed(text: str, spans: Spans) -> Spans:
    """The spans without white space at their edges; those without a letter or digit are dropped."""
    found = []
    for a, b in spans:
        piece = text[a:b]
        start = a + len(piece) - len(piece.lstrip())
        end = a + len(piece.rstrip())
        if any(character.isalnum() for character in text[start:end]):
            found.append((start, end))
    return tuple(found)


def touch(spans: Spans, other: Span) -> bool:
    """Whether one of the spans shares a character with another."""
    return any(a < other[1] and other[0] < b for a, b in spans)


def inside(spans: Spans, ground: Spans) -> bool:
    """Whether each of the spans lies in one of the ground's."""
    return all(any(c <= a and b <= d for c, d in ground) for a, b in spans)
