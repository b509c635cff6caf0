"""Model output to groups: readings of windows in, tagged runs joined into attributions (as piece ranges) out."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from standoff.reading.statements.model_file import Floats, Settings
from standoff.reading.statements.pieces import Ints
from standoff.reading.statements.windows import Reading, log_softmax

SOURCE, CUE, CONTENT = 1, 2, 3
"""Roles; tag 2r - 1 begins role r, tag 2r goes on with it."""
_IMPOSSIBLE = -1e9
_BUCKET_BASE, _REACH = 1.6, 12
_HEADS, _SOURCES = 0, 1
"""The two links: piece to the head of its attribution, head to its source."""


@dataclass(frozen=True)
class Run:
    """Consecutive pieces of one role, half-open piece numbers; `score` is the mean log probability of their tags."""

    role: int
    first: int
    last: int
    score: float


@dataclass
class Group:
    """An attribution in the making; `parent` is the head piece of the enclosing one, `raw` its uncalibrated score."""

    head: int
    cue: Run | None = None
    source: Run | None = None
    contents: list[Run] = field(default_factory=list)
    link_scores: list[float] = field(default_factory=list)
    source_score: float = 0.0
    parent: int | None = None

    @property
    def raw(self) -> float:
        """Product of the content's mean tag and link probability, the cue's and the source link's."""
        contents = sum(run.score * (run.last - run.first) for run in self.contents)
        pieces = max(1, sum(run.last - run.first for run in self.contents))
        links = sum(self.link_scores) / max(1, len(self.link_scores))
        cue = self.cue.score if self.cue else 0.0
        return math.exp(contents / pieces + links + cue + self.source_score)


@cache
def transitions(labels: int) -> NDArray[np.float64]:
    """[labels, labels]: 0 where one tag may follow another, a huge negative number where nothing goes on from it."""
    allowed = np.zeros((labels, labels))
    for role in range(1, (labels + 1) // 2):
        for before in range(labels):
            if before not in (2 * role - 1, 2 * role):
                allowed[before, 2 * role] = _IMPOSSIBLE
    return allowed


def distance_buckets(distance: Ints) -> Ints:
    """Buckets of signed distances in pieces, as in training: powers of about 1.6, 12 on each side."""
    far = np.minimum(_REACH, (np.log(np.abs(distance) + 1.0) / math.log(_BUCKET_BASE)).astype(np.int64))
    buckets: Ints = np.where(distance < 0, _REACH + 1 - far, _REACH + 1 + far)
    return buckets


def best_tags(scores: Floats, previous: int) -> list[int]:
    """The best sequence of tags in which nothing goes on that has not begun; `previous` is the tag before.

    scores: [length, tags], O first, then B and I of each role in turn.
    """
    if not len(scores):
        return []
    allowed = transitions(scores.shape[1])
    total = scores[0] + allowed[previous]
    back = np.zeros(scores.shape, dtype=np.int64)
    for number in range(1, len(scores)):
        through = total[:, None] + allowed
        back[number] = through.argmax(axis=0)
        total = through.max(axis=0) + scores[number]
    tag = int(total.argmax())
    path = [tag]
    for number in range(len(scores) - 1, 0, -1):
        tag = int(back[number, tag])
        path.append(tag)
    return path[::-1]


def runs_of(tags: list[int], scores: Floats, offset: int) -> list[Run]:
    """Runs of one role; a run that goes on from the window before starts anew."""
    found: list[Run] = []
    start = 0
    for number in range(len(tags) + 1):
        role = (tags[number] + 1) // 2 if number < len(tags) else 0
        before = (tags[start] + 1) // 2 if number else 0
        if number and number < len(tags) and role == before and tags[number] == 2 * role:
            continue
        if before:
            score = float(np.mean([scores[i, tags[i]] for i in range(start, number)]))
            found.append(Run(before, offset + start, offset + number, score))
        start = number
    return found


def link_scores(reading: Reading, settings: Settings, link: int, pieces: range, targets: list[int]) -> Floats:
    """Log probabilities [pieces, 1 + targets] of a link from each piece to none (first column) or a target."""
    size = settings.arc_size
    here = np.array(pieces) - reading.shown + 1
    there = np.array([0, *(target - reading.shown + 1 for target in targets)])
    queries = reading.links[here, 2 * link * size : (2 * link + 1) * size]
    keys = reading.links[there, (2 * link + 1) * size : (2 * link + 2) * size]
    buckets = distance_buckets(there[None, :] - here[:, None])
    buckets[:, 0] = 0
    return log_softmax(queries @ keys.T / math.sqrt(size) + settings.distance[link][buckets])


def _link(reading: Reading, settings: Settings, runs: list[Run], owned: list[Run], groups: dict[int, Group]) -> None:
    """Link the runs that a window owns; `runs` are all it shows."""
    sources = [run for run in runs if run.role == SOURCE]
    tops = [run for run in runs if run.role == CUE] + sources
    for run in owned:
        pieces = range(run.first, run.first + 1)
        if run.role in (SOURCE, CUE):
            group = groups[run.first] = Group(run.first)
            others = [top.first for top in tops if top is not run]
            scores = link_scores(reading, settings, _HEADS, pieces, others)[0]
            scores[0] -= settings.nest_bias
            best = int(scores.argmax())
            group.parent = others[best - 1] if best else None
            if run.role == SOURCE:
                group.source = run
            else:
                group.cue = run
                scores = link_scores(reading, settings, _SOURCES, pieces, [source.first for source in sources])[0]
                scores[0] -= settings.no_source_bias
                best = int(scores.argmax())
                group.source, group.source_score = (sources[best - 1] if best else None), min(0.0, float(scores[best]))
    for run in owned:
        if run.role == CONTENT:
            heads = [top.first for top in tops]
            mean = link_scores(reading, settings, _HEADS, range(run.first, run.last), heads).mean(axis=0)
            best = int(mean.argmax())
            head = heads[best - 1] if best else run.first
            group = groups.setdefault(head, Group(head))
            group.contents.append(run)
            group.link_scores.append(float(mean[best]))


def decode(readings: Iterable[Reading], settings: Settings) -> list[Group]:
    """Groups that have content, their own or that of attributions within them, in order of their heads."""
    groups: dict[int, Group] = {}
    recent: list[Run] = []
    previous = 0
    for reading in readings:
        tags = best_tags(reading.tags, previous)
        previous = tags[-1] if tags else previous
        owned = runs_of(tags, reading.tags, reading.owned)
        recent = [run for run in recent if run.first >= reading.shown]
        recent += owned
        _link(reading, settings, recent, owned, groups)
    _break_circles(groups)
    held = {group.head for group in groups.values() if group.contents}
    for head in sorted(held):
        parent = groups[head].parent
        while parent is not None and parent not in held:
            held.add(parent)
            parent = groups[parent].parent
    return [groups[head] for head in sorted(held)]


def _break_circles(groups: dict[int, Group]) -> None:
    for head in sorted(groups):
        seen = {head}
        group = groups[head]
        while group.parent is not None:
            if group.parent in seen or group.parent not in groups:
                group.parent = None
                break
            seen.add(group.parent)
            group = groups[group.parent]
