"""PolNeAR's stand-off annotation as training targets: text and .ann in, pieces with tags and links out.

Tags are flat: cue over source over content, and the innermost content wins. Links make them a tree again: every piece
of a source or content points to the head of its attribution (first piece of the cue, or of the source where there is no
cue); a head points to the head of the attribution whose content holds it; a second link leads from head to source.
CLS stands for "none" in both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from standoff.reading.statements.pieces import Ints, Pieces, cut

ROLES = ("source", "cue", "content")
NONE, UNTRAINED = -1, -2
"""Link targets: none, and a piece whose link is not learnt."""
_SPAN = re.compile(r"^(T\d+)\t[\w-]+ (\d+ \d+(?:;\d+ \d+)*)\t")
_EVENT = re.compile(r"^E\d+\t(\S+:\S+(?: \S+:\S+)*) *$")

Spans = list[tuple[int, int]]


@dataclass(frozen=True)
class Example:
    """One document: pieces, tag of each, and link targets as piece numbers (or NONE, UNTRAINED)."""

    name: str
    pieces: Pieces
    tags: Ints
    heads: Ints
    sources: Ints


def read_annotations(annotation: str) -> list[dict[str, Spans]]:
    """Attributions of one .ann file that have content."""
    spans: dict[str, Spans] = {}
    lines = annotation.split("\n")
    for line in lines:
        if match := _SPAN.match(line):
            spans[match[1]] = [(int(a), int(b)) for a, b in (part.split() for part in match[2].split(";"))]
    found = []
    for line in lines:
        if match := _EVENT.match(line):
            attribution: dict[str, Spans] = {role: [] for role in ROLES}
            for argument in match[1].split()[1:]:
                name, target = argument.split(":", 1)
                attribution.get(name.rstrip("0123456789").lower(), []).extend(spans.get(target, []))
            if attribution["content"]:
                found.append({role: sorted(attribution[role]) for role in ROLES})
    return found


def label(name: str, text: str, attributions: list[dict[str, Spans]], tokenizer: Tokenizer) -> Example:
    """Targets of one document."""
    pieces = cut(text, tokenizer)
    tags = np.zeros(len(pieces), dtype=np.int64)
    heads = np.full(len(pieces), UNTRAINED, dtype=np.int64)
    sources = np.full(len(pieces), UNTRAINED, dtype=np.int64)

    def ranges(spans: Spans) -> list[tuple[int, int]]:
        found = []
        for start, end in spans:
            first = int(np.searchsorted(pieces.ends, start, side="right"))
            last = int(np.searchsorted(pieces.starts, end, side="left"))
            if first < last:
                found.append((first, last))
        return found

    located = [{role: ranges(item[role]) for role in ROLES} for item in attributions]
    located = [item for item in located if item["content"]]
    # Widest content first, so that inner attributions overwrite the outer ones.
    located.sort(key=lambda item: -sum(b - a for a, b in item["content"]))
    tops = [(item["cue"] or item["source"] or [(NONE, NONE)])[0][0] for item in located]
    for role, tag in (("content", 5), ("source", 1), ("cue", 3)):
        for item, top in zip(located, tops, strict=True):
            for first, last in item[role]:
                tags[first], tags[first + 1 : last] = tag, tag + 1
                # The source of two cues belongs to the nearer one; the other reaches it by the second link.
                nearer = heads[first] >= 0 and abs(heads[first] - first) < abs(top - first)
                if role == "source" and item["cue"] and nearer:
                    continue
                heads[first:last] = UNTRAINED if role == "cue" else top
    for item, top in zip(located, tops, strict=True):
        if top == NONE:
            continue
        parent, width = NONE, len(pieces) + 1
        for other, other_top in zip(located, tops, strict=True):
            size = sum(b - a for a, b in other["content"])
            if other is not item and size < width and any(a <= top < b for a, b in other["content"]):
                parent, width = other_top, size
        heads[top] = parent if parent != top else NONE
        sources[top] = item["source"][0][0] if item["source"] and item["cue"] else NONE
    return Example(name, pieces, tags, heads, sources)


def read_examples(folder: Path, tokenizer: Tokenizer) -> list[Example]:
    """All annotated documents of one split, the first annotator of each."""
    chosen: dict[str, Path] = {}
    texts = {path.stem: path for path in (folder / "text").glob("*.txt")}
    for path in sorted((folder / "attributions").glob("*.ann")):
        name = path.stem if path.stem in texts else path.stem.rpartition("_")[0]
        if name not in texts:
            raise FileNotFoundError(f"{path} has no text")
        chosen.setdefault(name, path)
    return [
        label(
            name,
            texts[name].read_bytes().decode("utf-8"),
            read_annotations(path.read_bytes().decode("utf-8")),
            tokenizer,
        )
        for name, path in sorted(chosen.items())
    ]
