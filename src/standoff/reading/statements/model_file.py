"""The trained reader as it ships: package files in, a loaded session, tokenizer and settings out, once per process."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from standoff.errors import ModelError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
NAME = "attribution model"
MOST_THREADS = 4
SLOWER_FUSIONS = ["SkipLayerNormFusion"]
"""What ONNX Runtime is told not to fuse: on a processor the fused norm takes longer than an addition and a norm."""
"""More threads do not make a window of 256 pieces faster."""

Floats = NDArray[np.float32]
Halves = NDArray[np.float16]


@dataclass(frozen=True)
class Settings:
    """What model.json says: link vector size, distance weights of the two links, biases and thresholds tuned on the
    development texts, and the calibration table (raw score → probability) in ascending order."""

    arc_size: int
    distance: Floats
    tag_bias: Floats
    context: int
    no_source_bias: float
    nest_bias: float
    least_raw: float
    calibration: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Model:
    """Tokenizer, ONNX Runtime session and settings."""

    tokenizer: Tokenizer
    session: Any
    settings: Settings


def model_folder() -> Traversable:
    """Where the package keeps the model."""
    return files("standoff.reading.statements") / "model"


def read_checked(folder: Traversable, name: str) -> tuple[dict[str, Any], dict[str, bytes]]:
    """model.json and the files it vouches for; `name` is what errors call the model.

    Raises ModelError when a file is missing or its SHA-256 is not the recorded one.
    """
    try:
        description = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        contents = {file: (folder / file).read_bytes() for file in description["sha256"]}
    except OSError as error:
        raise ModelError(f"{name} is missing: {error}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"model.json of the {name} is damaged: {error!r}") from error
    for file, content in contents.items():
        if hashlib.sha256(content).hexdigest() != description["sha256"][file]:
            raise ModelError(f"{file} of the {name} is damaged: its SHA-256 is not the recorded one")
    return description, contents


def settings_of(description: dict[str, Any]) -> Settings:
    """The settings of model.json; raises ModelError when the labels are not those of this version."""
    try:
        if tuple(description["tags"]) != TAGS:
            raise ModelError("the attribution model is of another version: other tags")
        return Settings(
            arc_size=int(description["arc_size"]),
            distance=np.array(description["distance"], dtype=np.float32),
            tag_bias=np.array([description["tag_bias"][tag] for tag in TAGS], dtype=np.float32),
            context=int(description["context"]),
            no_source_bias=float(description["no_source_bias"]),
            nest_bias=float(description["nest_bias"]),
            least_raw=float(description["least_raw"]),
            calibration=tuple((float(raw), float(p)) for raw, p in description["calibration"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"model.json of the attribution model is damaged: {error!r}") from error


def open_model(folder: Traversable, threads: int) -> Model:
    """Load a model folder for `threads` threads; the result of reading does not depend on their number."""
    description, contents = read_checked(folder, NAME)
    settings = settings_of(description)
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_str(contents["tokenizer.json"].decode("utf-8"))
    except Exception as error:  # the library raises bare Exceptions of its own
        raise ModelError(f"{NAME} cannot be loaded: {error}") from error
    return Model(tokenizer, open_session(contents["attribution.onnx"], threads, NAME), settings)


def open_session(content: bytes, threads: int, name: str) -> Any:
    """A session of ONNX Runtime on the processor. Raises ModelError, calling the model `name`, if it cannot be had."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Waiting threads that spin slow everything else on a laptop down.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(
            content, options, ["CPUExecutionProvider"], disabled_optimizers=SLOWER_FUSIONS
        )
    except Exception as error:  # the library raises bare Exceptions of its own
        raise ModelError(f"{name} cannot be loaded: {error}") from error


@cache
def shipped_model() -> Model:
    """The model of the package, loaded at first use."""
    return open_model(model_folder(), min(MOST_THREADS, os.cpu_count() or 1))
