"""A report's encoding and analyses in, its stances out: which pieces are issues, of which act, held by whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from standoff.language import Parse
from standoff.ledger import ACTS, Span, Statement
from standoff.reading.stances.candidates import Candidate, candidates
from standoff.reading.stances.marks import marks_of
from standoff.reading.stances.model_file import Settings, StanceModel, shipped_model
from standoff.reading.stances.network import Network
from standoff.reading.stances.parties import marks_of_nobody, named_together, parties_around
from standoff.reading.stances.referents import Referent
from standoff.reading.stances.states import rows_of
from standoff.reading.stances.surroundings import SAME_ISSUE, Surroundings, overlap, surroundings
from standoff.reading.statements import Encoding
from standoff.reading.statements.model_file import Floats
from standoff.reading.voices import Voices

WORTH_A_LOOK = 0.05  # chance of an issue below which nobody asks whose it is


@dataclass(frozen=True, slots=True)
class LearnedStance:
    """An issue, what is done about it, by whom, and of whom it is demanded. confidence: 0 to 1, of the whole."""

    issue: Span
    act: str
    holders: tuple[Referent, ...]
    targets: tuple[Referent, ...]
    confidence: float


@dataclass(frozen=True)
class Scored:
    """A candidate as the network sees it: chances of being an issue, of the acts, of its parties and of whom is asked
    (the last of `asked` is nobody). together: parties that hold it, or are asked, all if one of them."""

    candidate: Candidate
    chance: float
    acts: Floats
    parties: tuple[Referent, ...]
    holders: Floats
    asked: Floats
    together: Sequence[tuple[Referent, ...]] = ()


@dataclass(frozen=True)
class Stances:
    """What the trained reader says of a report: the stances it enters, in text order, and all it has looked at."""

    entered: tuple[LearnedStance, ...] = ()
    scored: tuple[Scored, ...] = ()
    settings: Settings | None = None

    def believes(self, issue: Span) -> float | None:
        """How sure the reader is of an issue that a frame has found, 0 to 1; None where it does not believe it."""
        if self.settings is None:
            return None
        same = [one.chance for one in self.scored if overlap(one.candidate.span, issue) >= SAME_ISSUE]
        chance = max(same, default=0.0)
        return calibrated(chance, self.settings) if chance >= self.settings.frame_least else None


def read_stances(
    parse: Parse, statements: tuple[Statement, ...], voices: Voices, encoding: Encoding
) -> Stances:
    """The stances of a report.

    encoding: the encoder's pass, shared with the attribution reader. Raises ModelError when the model is missing or
    damaged.
    """
    return read_with(shipped_model(), parse, statements, voices, encoding)


def read_with(
    model: StanceModel, parse: Parse, statements: tuple[Statement, ...], voices: Voices, encoding: Encoding
) -> Stances:
    """As read_stances, with a model of one's own."""
    scored = score(model, surroundings(parse, voices, statements), encoding)
    return Stances(stances_in(scored, model.settings), tuple(scored), model.settings)


def score(model: StanceModel, around: Surroundings, encoding: Encoding) -> list[Scored]:
    """The candidates of a report that are worth a look, with their chances."""
    found = candidates(around.parse)
    if not found or not len(encoding.pieces):
        return []
    network = model.network
    told = [marks_of(around, candidate) for candidate in found]
    chances, acts = network.issues(rows_of(around, encoding, found), told)
    kept = np.flatnonzero(chances >= WORTH_A_LOOK)
    return [_scored(network, around, found[k], float(chances[k]), acts[k]) for k in kept.tolist()]


def _scored(network: Network, around: Surroundings, candidate: Candidate, chance: float, acts: Floats) -> Scored:
    at_hand = parties_around(around, candidate)
    told = list(at_hand.values())
    nothing: Floats = np.zeros(0, dtype=np.float32)
    holders = network.parties(told, network.holder) if told else nothing
    asked = network.parties([*told, marks_of_nobody(around, candidate)], network.target)
    return Scored(candidate, chance, acts, tuple(at_hand), holders, asked, named_together(around, candidate))


def stances_in(scored: Sequence[Scored], settings: Settings) -> tuple[LearnedStance, ...]:
    """The likeliest candidates that do not overlap, with act, holders and target."""
    chosen: list[Scored] = []
    for one in sorted(scored, key=lambda s: (-s.chance, s.candidate.span)):
        if one.chance < settings.least or not one.parties:
            continue
        if not any(_touch(one.candidate.span, other.candidate.span) for other in chosen):
            chosen.append(one)
    return tuple(_stance(one, settings) for one in sorted(chosen, key=lambda s: s.candidate.span))


def _stance(one: Scored, settings: Settings) -> LearnedStance:
    act = ACTS[int(one.acts.argmax())]
    best = int(one.holders.argmax())
    first = one.parties[best]
    joint = _beside(one, first)
    holders = tuple(
        who for who, share in zip(one.parties, one.holders.tolist(), strict=True)
        if who == first or who in joint or share >= settings.joint
    )  # fmt: skip
    targets: tuple[Referent, ...] = ()
    if act == "demand":
        free = [
            (share, -k) for k, share in enumerate(one.asked[:-1].tolist()) if one.parties[k] not in holders
        ]
        if free and max(free)[0] > float(one.asked[-1]) * np.exp(settings.target_bias):
            asked = one.parties[-max(free)[1]]
            targets = tuple(who for who in one.parties if who == asked or who in _beside(one, asked) - set(holders))
    raw = one.chance * float(one.acts.max()) * float(one.holders[best])
    return LearnedStance(one.candidate.span, act, holders, targets, calibrated(raw, settings))


def _beside(one: Scored, who: Referent) -> set[Referent]:
    """All that the text names together with a party."""
    return {other for group in one.together if who in group for other in group}


def calibrated(raw: float, settings: Settings) -> float:
    """The share of right entries at a raw score, by the table of the model, rounded so that it prints alike."""
    table = np.array(settings.calibration)
    return round(float(np.interp(raw, table[:, 0], table[:, 1])), 3)


def _touch(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]
