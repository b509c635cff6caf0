"""The trained stance reader as it ships: package files in, a loaded session and settings out, once per process."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np

from standoff.errors import ModelError
from standoff.ledger import ACTS
from standoff.reading.statements.model_file import MOST_THREADS, Floats, open_session, read_checked

NAME = "stance model"
LINKS = ("holder", "target", "condition holder", "gate")
"""What the four links lead to: from an issue, from an issue, from a requirement, from a requirement."""


@dataclass(frozen=True)
class Settings:
    """What model.json says. distance [links, buckets], relations [links, 256]: additions to the link scores by distance
    and by the bits of the relations; biases chosen on reports kept for choosing; `calibration` (raw → probability)."""

    arc_size: int
    distance: Floats
    relations: Floats
    issue_bias: float
    condition_bias: float
    target_bias: float
    joint_share: float
    least_raw: float
    calibration: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class StanceModel:
    """ONNX Runtime session and settings."""

    session: Any
    settings: Settings


def settings_of(description: dict[str, Any]) -> Settings:
    """The settings of model.json; raises ModelError when the model is of another version."""
    try:
        if tuple(description["acts"]) != ACTS or tuple(description["links"]) != LINKS:
            raise ModelError(f"the {NAME} is of another version: other labels")
        weights = np.array(description["relations"], dtype=np.float32)
        bits = (np.arange(256)[:, None] >> np.arange(weights.shape[1])) & 1
        return Settings(
            arc_size=int(description["arc_size"]),
            distance=np.array(description["distance"], dtype=np.float32),
            relations=(weights @ bits.T).astype(np.float32),
            issue_bias=float(description["issue_bias"]),
            condition_bias=float(description["condition_bias"]),
            target_bias=float(description["target_bias"]),
            joint_share=float(description["joint_share"]),
            least_raw=float(description["least_raw"]),
            calibration=tuple((float(raw), float(p)) for raw, p in description["calibration"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"model.json of the {NAME} is damaged: {error!r}") from error


def open_model(folder: Traversable, threads: int) -> StanceModel:
    """Load a model folder for `threads` threads; the result of reading does not depend on their number."""
    description, contents = read_checked(folder, NAME)
    return StanceModel(open_session(contents["stances.onnx"], threads, NAME), settings_of(description))


@cache
def shipped_model() -> StanceModel:
    """The model of the package, loaded at first use."""
    return open_model(files("standoff.reading.stances") / "model", min(MOST_THREADS, os.cpu_count() or 1))
