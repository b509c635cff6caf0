"""The trained meeting reader as it ships: package files in, weights and settings out, once per process."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np

from standoff.errors import ModelError
from standoff.ledger import STATUSES
from standoff.reading.statements.model_file import Floats, read_checked

NAME = "meeting model"
PARTS = ("entry", "status", "day", "party")


@dataclass(frozen=True)
class Weights:
    """Linear scores. marks: the number of a mark; weights [marks, outputs]; bias [outputs]."""

    marks: dict[str, int]
    weights: Floats
    bias: Floats

    def scores(self, told: Sequence[Sequence[str]]) -> Floats:
        """Scores [told, outputs]: the sums of the weights of each one's known marks."""
        found = np.zeros((len(told), len(self.bias)), dtype=np.float64)
        for row, marks in zip(found, told, strict=True):
            row += self.bias + self.weights[[self.marks[m] for m in marks if m in self.marks]].sum(axis=0)
        return found.astype(np.float32)


@dataclass(frozen=True)
class Settings:
    """What model.json says. least: the score from which a meeting is entered; trust_day, trust_status: what is added to
    the score of the day and status that the rules entered; trust_parties: by how much, as a logarithm, another company
    must be likelier than that of the rules; unseen: chance that somebody takes part who is not at hand; calibration:
    raw score → share of right entries."""

    least: float
    trust_day: float
    trust_status: float
    trust_parties: float
    unseen: float
    calibration: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class MeetingModel:
    """entry: whether a mention is entered; status: how it stands, as in STATUSES; day: on which of the days at hand;
    party: whether an actor takes part."""

    entry: Weights
    status: Weights
    day: Weights
    party: Weights
    settings: Settings


def settings_of(description: dict[str, Any]) -> Settings:
    """The settings of model.json; raises ModelError when the model is of another version."""
    try:
        if tuple(description["statuses"]) != STATUSES:
            raise ModelError(f"the {NAME} is of another version: other statuses")
        return Settings(
            least=float(description["least"]),
            trust_day=float(description["trust_day"]),
            trust_status=float(description["trust_status"]),
            trust_parties=float(description["trust_parties"]),
            unseen=float(description["unseen"]),
            calibration=tuple((float(raw), float(share)) for raw, share in description["calibration"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"model.json of the {NAME} is damaged: {error!r}") from error


def open_model(folder: Traversable) -> MeetingModel:
    """Load a model folder. Raises ModelError where a file is missing, damaged or of another version."""
    description, contents = read_checked(folder, NAME)
    settings = settings_of(description)
    try:
        with np.load(io.BytesIO(contents["meetings.npz"]), allow_pickle=False) as arrays:
            parts = {
                part: Weights(
                    {mark: n for n, mark in enumerate(contents[f"{part}_marks.txt"].decode("utf-8").splitlines())},
                    arrays[part].astype(np.float32), arrays[f"{part}_bias"].astype(np.float32),
                )
                for part in PARTS
            }  # fmt: skip
    except (KeyError, ValueError, OSError) as error:
        raise ModelError(f"{NAME} cannot be loaded: {error}") from error
    if any(len(part.marks) != len(part.weights) for part in parts.values()):
        raise ModelError(f"{NAME} cannot be loaded: marks and weights are not as many")
    return MeetingModel(**parts, settings=settings)


@cache
def shipped_model() -> MeetingModel:
    """The model of the package, loaded at first use."""
    return open_model(files("standoff.reading.meetings.trained") / "model")
