"""The stance network: the encoder's lower state and features in; tags, acts, condition tags and link vectors out.

Its layers start as copies of the attribution reader's own upper layers, taken from the shipped model, so that the
training needs nothing but this repository and the annotated reports.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from network import HIDDEN, LAYERS, REACH, Layer, distance_buckets
from onnx import numpy_helper
from torch import Tensor, nn

from standoff.ledger import ACTS
from standoff.reading.stances.features import FRAMES, MENTIONS, RELATIONS, ROLES
from standoff.reading.stances.model_file import LINKS

TAGS, CONDITION_TAGS = 3, 5
FIRST_RELATIONS = (
    (1.5, 0.0, 1.5, 1.5, 0.0, 0.0, 0.0, 1.0),
    (0.0, 0.0, 0.0, 0.5, 0.0, 2.0, 1.0, 1.0),
    (1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0),
    (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 2.0),
)
"""Where the weights of the relations start, a row for each link: what one would guess."""


class StanceNetwork(nn.Module):
    """Upper layers with feature embeddings, four heads, and weights of links by distance and relation."""

    def __init__(self, layers: int, arc_size: int, dropout: float) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.mentions, self.frames, self.roles = (nn.Embedding(size, HIDDEN) for size in (MENTIONS, FRAMES, ROLES))
        for extra in (self.mentions, self.frames, self.roles):
            nn.init.zeros_(extra.weight)
        self.dropout = nn.Dropout(dropout)
        self.tags = nn.Linear(HIDDEN, TAGS)
        self.acts = nn.Linear(HIDDEN, len(ACTS))
        self.conditions = nn.Linear(HIDDEN, CONDITION_TAGS)
        self.links = nn.Linear(HIDDEN, 2 * len(LINKS) * arc_size)
        self.distance = nn.Parameter(torch.zeros(len(LINKS), 2 * REACH + 2))
        self.relations = nn.Parameter(torch.tensor(FIRST_RELATIONS))
        self.arc_size = arc_size

    def take_layers(self, attribution: Path) -> None:
        """Start from the upper layers of the shipped attribution model (dequantised)."""
        for layer, state in zip(self.layers, shipped_layers(attribution)[LAYERS - len(self.layers) :], strict=True):
            layer.load_state_dict(state)

    def forward(
        self, lower: Tensor, mentions: Tensor, frames: Tensor, roles: Tensor, mask: Tensor | None = None
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Logits [batch, length, 3], [.., 5], [.., 5] and link vectors [.., 8 * arc_size]; `mask` is 1 for pieces."""
        x = lower + self.mentions(mentions) + self.frames(frames) + self.roles(roles)
        bias = None if mask is None else ((1.0 - mask) * -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        x = self.dropout(x)
        return self.tags(x), self.acts(x), self.conditions(x), self.links(x)

    def link_scores(self, links: Tensor, relations: Tensor, mask: Tensor) -> list[Tensor]:
        """Scores [batch, length, length] of the four links."""
        batch, length, _ = links.shape
        parts = links.view(batch, length, len(LINKS), 2, self.arc_size)
        buckets = distance_buckets(length)
        closed = ((1.0 - mask) * -1e4)[:, None, :]
        bits = torch.stack([(relations >> bit) & 1 for bit in range(len(RELATIONS))]).float()
        return [
            parts[:, :, k, 0] @ parts[:, :, k, 1].transpose(1, 2) * self.arc_size**-0.5
            + self.distance[k][buckets]
            + torch.einsum("c,cbij->bij", self.relations[k], bits)
            + closed
            for k in range(len(LINKS))
        ]


def shipped_layers(attribution: Path) -> list[dict[str, Tensor]]:
    """The state of each layer of the int8 attribution model, as floats."""
    graph = onnx.load(attribution).graph
    values = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
    quantised = [node.input[1] for node in graph.node if node.op_type == "MatMulInteger"]
    parts = ("qkv", "out", "up", "down")
    found = []
    for number in range(LAYERS):
        state = {}
        for part, name in zip(parts, quantised[number * len(parts) :], strict=False):
            base = name.removesuffix("_quantized")
            zero, scale = values[f"{base}_zero_point"].astype(np.float32), values[f"{base}_scale"]
            state[f"{part}.weight"] = torch.tensor(((values[name].astype(np.float32) - zero) * scale).T.copy())
        norms = [f"norm{k}.{kind}" for k in (1, 2) for kind in ("weight", "bias")]
        for name in [*(f"{part}.bias" for part in parts), *norms]:
            state[name] = torch.tensor(values[f"network.layers.{number}.{name}"].copy())
        found.append(state)
    return found
