"""The trained stance reader as it ships: package files in, network and settings out, once per process."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np

from standoff.errors import ModelError
from standoff.ledger import ACTS
from standoff.reading.stances.network import Network
from standoff.reading.statements.model_file import read_checked

NAME = "stance model"
WEIGHTS = (
    "hidden_marks", "hidden_row", "hidden_bias", "out", "out_marks", "out_bias", "holder", "target",
)  # fmt: skip


@dataclass(frozen=True)
class Settings:
    """What model.json says. least: the chance from which a candidate is entered; frame_least: from which an issue of a
    frame is believed; joint: the share from which a second holder is entered; target_bias: what is added to the score
    of being asked of nobody; calibration: raw → share of right entries."""

    least: float
    frame_least: float
    joint: float
    target_bias: float
    calibration: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class StanceModel:
    """The network and its settings."""

    network: Network
    settings: Settings


def settings_of(description: dict[str, Any]) -> Settings:
    """The settings of model.json; raises ModelError when the model is of another version."""
    try:
        if tuple(description["acts"]) != ACTS:
            raise ModelError(f"the {NAME} is of another version: other acts")
        return Settings(
            least=float(description["least"]),
            frame_least=float(description["frame_least"]),
            joint=float(description["joint"]),
            target_bias=float(description["target_bias"]),
            calibration=tuple((float(raw), float(share)) for raw, share in description["calibration"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"model.json of the {NAME} is damaged: {error!r}") from error


def open_model(folder: Traversable) -> StanceModel:
    """Load a model folder. Raises ModelError where a file is missing, damaged or of another version."""
    description, contents = read_checked(folder, NAME)
    settings = settings_of(description)
    try:
        with np.load(io.BytesIO(contents["stances.npz"]), allow_pickle=False) as arrays:
            weights = {name: arrays[name].astype(np.float32) for name in WEIGHTS}
        lists = [contents[name].decode("utf-8").splitlines() for name in ("marks.txt", "party_marks.txt")]
    except (KeyError, ValueError, OSError) as error:
        raise ModelError(f"{NAME} cannot be loaded: {error!r}") from error
    marks, party_marks = ({mark: number for number, mark in enumerate(lines)} for lines in lists)
    if len(marks) != len(weights["hidden_marks"]) or len(party_marks) != len(weights["holder"]):
        raise ModelError(f"{NAME} cannot be loaded: marks and weights are not as many")
    return StanceModel(Network(marks, party_marks, **weights), settings)


@cache
def shipped_model() -> StanceModel:
    """The model of the package, loaded at first use."""
    return open_model(files("standoff.reading.stances") / "model")
