"""Model output to stances: scores and links of one window in, issues with act, holders and target out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from standoff.ledger import ACTS, Span
from standoff.reading.stances.features import Bits
from standoff.reading.stances.model_file import Settings
from standoff.reading.stances.referents import Referent
from standoff.reading.statements.decode import Run, best_tags, distance_buckets, runs_of
from standoff.reading.statements.model_file import Floats
from standoff.reading.statements.pieces import Pieces
from standoff.reading.statements.windows import log_softmax

HOLDER, TARGET, CONDITION_HOLDER, GATE = range(4)
REQUIREMENT_ROLE, GATE_ROLE = 1, 2


@dataclass(frozen=True, slots=True)
class LearnedStance:
    """An issue, what is done about it, by whom, and of whom it is demanded. confidence: 0 to 1, of the whole."""

    issue: Span
    act: str
    holders: tuple[Referent, ...]
    target: Referent | None
    confidence: float


@dataclass(frozen=True, slots=True)
class LearnedCondition:
    """`holder` lets `gate` happen only if `requirement` does."""

    requirement: Span
    gate: Span
    holder: Referent
    confidence: float


@dataclass(frozen=True)
class Scores:
    """What the model says of one window [shown, end) of which [owned, end) is its own; CLS stands at position 0.

    tags [n, 3], acts [n, 5], conditions [n, 5]: log probabilities; links [n, 8 * arc_size]; relations [n, n].
    """

    shown: int
    owned: int
    end: int
    tags: Floats
    acts: Floats
    conditions: Floats
    links: Floats
    relations: Bits


def stances_in(
    scores: Scores, pieces: Pieces, named: list[Referent | None], settings: Settings
) -> list[LearnedStance]:
    """The stances whose issue begins in the window's own part."""
    found = []
    for run in _runs(scores, scores.tags, settings.issue_bias):
        rows = slice(run.first - scores.shown + 1, run.last - scores.shown + 1)
        act_scores = scores.acts[rows].mean(axis=0)
        act = ACTS[int(act_scores.argmax())]
        holders, _ = shares(scores, run, HOLDER, named, settings)
        if not holders:
            continue
        best = max(holders.values())
        joint = tuple(who for who, share in holders.items() if share == best or share >= settings.joint_share)
        targets, nobody = shares(scores, run, TARGET, named, settings)
        target = None
        if act == "demand" and targets:
            likeliest = max(targets, key=lambda who: targets[who])
            if targets[likeliest] * np.exp(settings.target_bias) > nobody and likeliest not in joint:
                target = likeliest
        raw = float(np.exp(run.score + act_scores.max())) * best
        if raw >= settings.least_raw:
            found.append(LearnedStance(span_of(pieces, run), act, joint, target, calibrated(raw, settings)))
    return found


def conditions_in(
    scores: Scores, pieces: Pieces, named: list[Referent | None], settings: Settings
) -> list[LearnedCondition]:
    """The preconditions whose parts stand in the window's own part; a requirement without a gate is dropped."""
    runs = _runs(scores, scores.conditions, settings.condition_bias)
    gates = [run for run in runs if run.role == GATE_ROLE]
    found = []
    for run in runs:
        if run.role != REQUIREMENT_ROLE or not gates:
            continue
        attention = _attention(scores, run, GATE, settings)
        weights = [
            float(attention[g.first - scores.shown + 1 : g.last - scores.shown + 1].sum()) for g in gates
        ]
        gate = gates[int(np.argmax(weights))]
        holders, _ = shares(scores, run, CONDITION_HOLDER, named, settings)
        if holders:
            holder = max(holders, key=lambda who: holders[who])
            raw = float(np.exp(run.score + gate.score)) * holders[holder]
            found.append(LearnedCondition(span_of(pieces, run), span_of(pieces, gate), holder, raw))
    return found


def shares(
    scores: Scores, run: Run, link: int, named: list[Referent | None], settings: Settings
) -> tuple[dict[Referent, float], float]:
    """How much of a link's weight falls on the words of each party, in text order; and how much on nobody."""
    attention = _attention(scores, run, link, settings)
    found: dict[Referent, float] = {}
    for number in range(scores.shown, scores.end):
        who = named[number]
        if who is not None:
            found[who] = found.get(who, 0.0) + float(attention[number - scores.shown + 1])
    return found, float(attention[0])


def span_of(pieces: Pieces, run: Run) -> Span:
    """Characters from the first to the last piece of a run."""
    return int(pieces.starts[run.first]), int(pieces.ends[run.last - 1])


def calibrated(raw: float, settings: Settings) -> float:
    """The share of right entries at a raw score, by the table of the model, rounded so that it prints alike."""
    table = np.array(settings.calibration)
    return round(float(np.interp(raw, table[:, 0], table[:, 1])), 3)


def _runs(scores: Scores, tags: Floats, bias: float) -> list[Run]:
    own = tags[scores.owned - scores.shown + 1 : scores.end - scores.shown + 1].copy()
    own[:, 0] -= bias
    path = best_tags(own, 0)
    plain = log_softmax(own)
    return [run for run in runs_of(path, plain, scores.owned)]


def _attention(scores: Scores, run: Run, link: int, settings: Settings) -> Floats:
    """Weights over the window [n], their mean over the pieces of a run; position 0 is nobody."""
    size = settings.arc_size
    rows = np.arange(run.first - scores.shown + 1, run.last - scores.shown + 1)
    count = len(scores.links)
    queries = scores.links[rows, 2 * link * size : (2 * link + 1) * size]
    keys = scores.links[:, (2 * link + 1) * size : (2 * link + 2) * size]
    buckets = distance_buckets(np.arange(count)[None, :] - rows[:, None])
    buckets[:, 0] = 0
    logits = queries @ keys.T / np.sqrt(size) + settings.distance[link][buckets]
    logits = logits + settings.relations[link][scores.relations[rows]]
    weights: Floats = np.exp(log_softmax(logits.astype(np.float32))).mean(axis=0)
    return weights
