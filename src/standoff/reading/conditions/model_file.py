"""The trained judge of preconditions as it ships: package files in, weights and settings out, once per process."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import numpy as np

from standoff.errors import ModelError
from standoff.reading.statements.model_file import read_checked

NAME = "precondition model"
VERSION = 1  # of what the marks mean


@dataclass(frozen=True)
class ConditionModel:
    """A logistic model over marks. weights: of each known mark; base: the intercept; least: the chance from which a
    precondition is believed; calibration: chance → share of right entries."""

    weights: dict[str, float]
    base: float
    least: float
    calibration: tuple[tuple[float, float], ...]

    def chance(self, marks: Sequence[str]) -> float:
        """How likely what is told in these marks is a precondition, 0 to 1; unknown marks count nothing."""
        score = self.base + sum(self.weights.get(mark, 0.0) for mark in marks)
        return 1 / (1 + math.exp(-score)) if score > 0 else math.exp(score) / (1 + math.exp(score))


def open_model(folder: Traversable) -> ConditionModel:
    """Load a model folder. Raises ModelError where a file is missing, damaged or of another version."""
    description, contents = read_checked(folder, NAME)
    try:
        if description["version"] != VERSION:
            raise ModelError(f"the {NAME} is of another version")
        marks = contents["marks.txt"].decode("utf-8").splitlines()
        weights = np.load(io.BytesIO(contents["weights.npy"]), allow_pickle=False).tolist()
        return ConditionModel(
            weights=dict(zip(marks, weights, strict=True)),
            base=float(description["base"]),
            least=float(description["least"]),
            calibration=tuple((float(raw), float(share)) for raw, share in description["calibration"]),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise ModelError(f"{NAME} cannot be loaded: {error!r}") from error


@cache
def shipped_model() -> ConditionModel:
    """The model of the package, loaded at first use."""
    return open_model(files("standoff.reading.conditions") / "model")
