"""The encoder of the package: its files in, a loaded session out, once per process; texts in, vectors out.

Model: Reimers & Gurevych, Sentence-BERT (EMNLP 2019); weights all-MiniLM-L6-v2, Apache-2.0. The vector of a text is the
mean of its word pieces' last states, of length 1, so that the scalar product of two vectors is their cosine.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from standoff.errors import ModelError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

SIZE = 384
"""Numbers in a vector."""

MOST_THREADS = 4

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Encoder:
    """Tokenizer, ONNX Runtime session, the name for the record, and the longest text in pieces."""

    tokenizer: Tokenizer
    session: Any
    name: str
    longest: int


@cache
def _description() -> dict[str, Any]:
    try:
        text = files("standoff.case.embedding").joinpath("model", "model.json").read_text(encoding="utf-8")
        description: dict[str, Any] = json.loads(text)
    except OSError as error:
        raise ModelError(f"sentence encoder is missing: {error}") from error
    except ValueError as error:
        raise ModelError(f"model.json of the sentence encoder is damaged: {error}") from error
    return description


def encoder_name() -> str:
    """Name and content of the encoder, for the record: vectors of different encoders are not compared."""
    description = _description()
    return f"{description['name']} {description['sha256']['encoder.onnx'][:12]}"


@cache
def shipped_encoder() -> Encoder:
    """The encoder of the package. Raises ModelError when a file is missing or is not the recorded one."""
    import onnxruntime
    from tokenizers import Tokenizer

    description = _description()
    folder = files("standoff.case.embedding") / "model"
    contents: dict[str, bytes] = {}
    for name, digest in description["sha256"].items():
        try:
            contents[name] = (folder / name).read_bytes()
        except OSError as error:
            raise ModelError(f"sentence encoder is missing: {error}") from error
        if hashlib.sha256(contents[name]).hexdigest() != digest:
            raise ModelError(f"{name} of the sentence encoder is damaged: its SHA-256 is not the recorded one")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(MOST_THREADS, os.cpu_count() or 1)
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    tokenizer = Tokenizer.from_str(contents["tokenizer.json"].decode("utf-8"))
    session = onnxruntime.InferenceSession(contents["encoder.onnx"], options, ["CPUExecutionProvider"])
    return Encoder(tokenizer, session, encoder_name(), int(description["longest"]))


def encode(texts: Sequence[str], longest: int | None = None) -> Vectors:
    """Unit vectors, one row for each text. longest: word pieces that are looked at, at most the encoder's own limit.

    A text's vector depends on that text alone. Texts without any word piece have the zero vector.
    """
    encoder = shipped_encoder()
    limit = min(longest or encoder.longest, encoder.longest)
    ids = []
    for text in texts:
        pieces = encoder.tokenizer.encode(text).ids
        ids.append(pieces if len(pieces) <= limit else [*pieces[: limit - 1], pieces[-1]])
    vectors: Vectors = np.zeros((len(texts), SIZE), dtype=np.float32)
    # Dynamic quantisation scales by the largest value of a whole batch: in a batch with others, a text's vector would
    # depend on them. One text at a time costs little for texts of this length.
    for row, pieces in enumerate(ids):
        if len(pieces) <= 2:
            continue
        batch = np.array([pieces], dtype=np.int64)
        mask = np.ones(batch.shape, dtype=np.float32)
        vectors[row] = encoder.session.run(None, {"ids": batch, "mask": mask})[0][0]
    return vectors
