"""A snapshot goes in; which positions and conditions are about the same issue comes out.

An entry that has a concept of the codebook belongs to it. The others are grouped by their words: two issues come
together only if each pair in the group shares most of its weighty words (complete linkage), so that a group is rather
too small than too large. Whether "a halt to the strikes" and "the strikes" agree is not told by the group (they share
it) but by `Subject.turned`.
"""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from standoff.analysis.wording import Subject, subject_of
from standoff.case.snapshot import PositionEntry, PreconditionEntry, Snapshot

Part = Literal["issue", "requirement", "gate"]

NEAR = 0.6
"""Cosine from which two subjects may stand in one group: of two weighty words and two more, at least the two."""


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue of the case. `coded`: it is a concept of the codebook; otherwise its name is one party's words."""

    id: str
    name: str
    coded: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """One entry's words on an issue."""

    issue: Issue
    words: str
    subject: Subject


@dataclass(frozen=True)
class Issues:
    """All mentions of a case, by entry id and part. `weights`: how telling a stem is in this case."""

    mentions: dict[tuple[str, Part], Mention]
    weights: dict[str, float] = field(default_factory=dict)

    def of(self, entry: PositionEntry | PreconditionEntry, part: Part = "issue") -> Mention:
        """The mention of an entry's part. Raises KeyError if the entry is not in the snapshot."""
        return self.mentions[entry.id, part]

    @cached_property
    def by_id(self) -> dict[str, Issue]:
        """Issue id → issue."""
        return {mention.issue.id: mention.issue for mention in self.mentions.values()}

    def likeness(self, one: Mention, other: Mention) -> float:
        """Cosine of two subjects, weighted by how rare their words are in the case; 0 if either has none."""
        shared = one.subject.stems & other.subject.stems
        if not shared:
            return 0.0
        sizes = self._size(one.subject.stems) * self._size(other.subject.stems)
        return sum(self._squares[stem] for stem in shared) / math.sqrt(sizes)

    @cached_property
    def _squares(self) -> dict[str, float]:
        return {stem: weight**2 for stem, weight in self.weights.items()}

    @cached_property
    def _sizes(self) -> dict[frozenset[str], float]:
        return {}

    def _size(self, stems: frozenset[str]) -> float:
        if stems not in self._sizes:
            self._sizes[stems] = sum(self._squares[stem] for stem in stems)
        return self._sizes[stems]


def find_issues(snapshot: Snapshot) -> Issues:
    """Group all positions and preconditions of a snapshot, counted or not, by issue."""
    found: list[tuple[str, Part, str, str, str | None]] = []
    for p in snapshot.positions:
        found.append((p.id, "issue", p.report, snapshot.quote(p.report, p.issue), p.concept))
    for c in snapshot.preconditions:
        found.append((c.id, "requirement", c.report, snapshot.quote(c.report, c.requirement), c.requirement_concept))
        found.append((c.id, "gate", c.report, snapshot.quote(c.report, c.gate), c.gate_concept))
    coded = {concept.id: Issue(concept.id, concept.name, True) for concept in snapshot.concepts}
    keys: dict[tuple[str, Part], tuple[str, ...]] = {}
    names: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for entry, part, report, words, concept in found:
        if concept in coded:
            continue
        subject = subject_of(words)
        if subject.pointing:  # "that demand" means something inside of its report alone; "it" means nothing alone
            key = (report, *sorted(subject.stems)) if subject.stems else (report, "", entry, part)
        else:
            key = ("", *sorted(subject.stems))
        keys[entry, part] = key
        names[key][words] += 1
    weights = _weights([subject_of(words).stems for _, _, _, words, _ in found])
    groups = _groups(sorted(key for key in names if key[0] == ""), weights)
    issues: dict[tuple[str, ...], Issue] = {}
    for number, members in enumerate([*groups, *([key] for key in sorted(names) if key[0] != "")], 1):
        said = sum((names[key] for key in members), Counter[str]())
        name = min(said, key=lambda words: (-said[words], len(words), words))
        issues |= dict.fromkeys(members, Issue(f"w{number}", name, False))
    mentions = {
        (entry, part): Mention(
            coded[concept] if concept in coded else issues[keys[entry, part]], words, subject_of(words)
        )
        for entry, part, _, words, concept in found
    }
    return Issues(mentions, weights)


def _weights(subjects: list[frozenset[str]]) -> dict[str, float]:
    """Inverse document frequency over distinct subjects, always above 0."""
    distinct = set(subjects)
    counts = Counter(stem for stems in distinct for stem in stems)
    return {stem: float(np.log(1 + len(distinct) / count)) for stem, count in counts.items()}


def _groups(keys: list[tuple[str, ...]], weights: dict[str, float]) -> list[list[tuple[str, ...]]]:
    """Group subjects (a first empty field, then stems): complete linkage at NEAR inside of connected components."""
    if not keys:
        return []
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    column = {stem: number for number, stem in enumerate(sorted(weights))}
    rows = [row for row, key in enumerate(keys) for _ in key[1:]]
    columns = [column[stem] for key in keys for stem in key[1:]]
    values = np.array([weights[stem] for key in keys for stem in key[1:]])
    matrix = csr_array((values, (rows, columns)), shape=(len(keys), len(column)))
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    matrix = csr_array(matrix.multiply(1 / lengths[:, None]))
    alike = csr_array(matrix @ matrix.T)
    near = alike.copy()
    near.data[near.data < NEAR] = 0
    near.eliminate_zeros()
    count, labels = connected_components(near, directed=False)
    found: list[list[tuple[str, ...]]] = []
    order = np.argsort(labels, kind="stable")
    bounds = np.searchsorted(labels[order], np.arange(count + 1))
    for k in range(count):
        members = order[bounds[k] : bounds[k + 1]]
        for group in _complete(matrix[members]):
            found.append([keys[members[i]] for i in group])
    return sorted(found)


def _complete(vectors: Any) -> list[list[int]]:
    """Groups of unit vectors (a sparse matrix of few rows) in which every pair is near."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    size: int = vectors.shape[0]
    if size == 1:
        return [[0]]
    alike: npt.NDArray[np.float64] = np.asarray((vectors @ vectors.T).todense())
    # Rounded, so that the order of sums cannot decide on which side of the threshold a pair falls.
    distance = np.round(np.clip(1 - alike, 0, 1), 9)
    np.fill_diagonal(distance, 0)
    marks = fcluster(linkage(squareform(distance, checks=False), "complete"), 1 - NEAR, "distance")
    groups: dict[int, list[int]] = defaultdict(list)
    for row, mark in enumerate(marks):
        groups[int(mark)].append(row)
    return list(groups.values())
