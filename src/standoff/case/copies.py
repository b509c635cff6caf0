"""Texts in; which of them repeat an earlier one comes out: syndicated, republished and updated copies.

A text is the set of its shingles, runs of five words (Broder 1997, "On the resemblance and containment of documents").
Candidates are found by MinHash signatures, which estimate the resemblance; what is decided is decided on the sets.
"""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WORDS = re.compile(r"\w+")
RUN = 5
"""Words in a shingle."""

PERMUTATIONS = 128
"""Length of a signature; the estimate of a resemblance of 0.3 is off by 0.04 on average."""

CANDIDATE = 0.25
"""Estimated resemblance from which two texts are compared exactly. A text of half the length, wholly contained in the
other, has 0.5."""

CONTAINED = 0.6
"""Share of the shorter text's shingles that stand in the other too, from which it is a copy or an update of it. Two
stories of one desk about one event share background paragraphs, up to about half."""

FEWEST = 20
"""Shingles that a text must have: shorter ones are copies only if they are equal."""

PRIME = np.uint64((1 << 31) - 1)
_DICE = np.random.default_rng(20160115)  # any fixed seed: signatures are stored and compared later
FACTORS = _DICE.integers(1, int(PRIME), PERMUTATIONS, dtype=np.uint64)
SHIFTS = _DICE.integers(0, int(PRIME), PERMUTATIONS, dtype=np.uint64)

Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Trace:
    """What is kept of a text to compare it: the hashes of its shingles (sorted) and their signature."""

    shingles: Hashes
    signature: Hashes


def trace(text: str) -> Trace:
    """The trace of a text. Case, punctuation and spacing do not matter."""
    words = [word.encode() for word in WORDS.findall(text.casefold())]
    runs = {zlib.crc32(b" ".join(words[k : k + RUN])) for k in range(max(1, len(words) - RUN + 1))} if words else set()
    return trace_of(np.array(sorted(runs), dtype=np.uint64))


def trace_of(shingles: Hashes) -> Trace:
    """The trace of a set of hashes that was kept."""
    if not len(shingles):
        return Trace(shingles, np.full(PERMUTATIONS, PRIME, dtype=np.uint64))
    mixed = (FACTORS[:, None] * (shingles[None, :] % PRIME) + SHIFTS[:, None]) % PRIME
    return Trace(shingles, mixed.min(axis=1))


def containment(a: Trace, b: Trace) -> float:
    """Share of the shorter text's shingles that stand in the other, 0 to 1."""
    shorter = min(len(a.shingles), len(b.shingles))
    if shorter == 0:
        return 0.0
    return len(np.intersect1d(a.shingles, b.shingles, assume_unique=True)) / shorter


def original(text: Trace, earlier: Sequence[Trace], signatures: NDArray[np.uint64] | None = None) -> int | None:
    """The number of the earlier text that a text repeats the most of, or None if it is new.

    signatures: those of the earlier texts as rows of one array, if the caller has it at hand.
    """
    if len(text.shingles) < FEWEST or not earlier:
        return None
    rows = np.stack([other.signature for other in earlier]) if signatures is None else signatures
    alike = (rows == text.signature).mean(axis=1)
    best: tuple[float, int] | None = None
    for number in np.flatnonzero(alike >= CANDIDATE):
        other = earlier[int(number)]
        if len(other.shingles) < FEWEST:
            continue
        share = containment(text, other)
        if share >= CONTAINED and (best is None or share > best[0]):
            best = (share, int(number))
    return None if best is None else best[1]
