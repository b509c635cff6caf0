"""MiniLM encoder, tag head and two linking heads: piece ids and features in, logits and link vectors out."""

from __future__ import annotations

import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from standoff.reading.statements.pieces import BREAKS, CASES, QUOTATION_STATES

HIDDEN, LAYERS, HEADS, INNER = 384, 6, 12, 1536
TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
REACH = 12
"""Distance buckets on each side: |distance| in powers of about 1.6, so that 256 pieces fall into 12."""


def distance_buckets(length: int) -> Tensor:
    """Bucket of j - i for every pair of positions; bucket 0 is the link to CLS (position 0)."""
    positions = torch.arange(length)
    distance = positions[None, :] - positions[:, None]
    size = (torch.log(distance.abs().float() + 1) / math.log(1.6)).long().clamp(max=REACH)
    buckets = torch.where(distance < 0, REACH + 1 - size, REACH + 1 + size)
    buckets[:, 0] = 0
    return buckets


class Layer(nn.Module):
    """One transformer layer of BERT (post-norm)."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, INNER)
        self.down = nn.Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        # Sizes are constants, so that the exported graph computes no shapes it knows beforehand.
        batch, length = x.shape[0], x.shape[1]
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        attended = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.out(attended.transpose(1, 2).reshape(batch, length, HIDDEN)))
        return self.norm2(x + self.down(functional.gelu(self.up(x))))


class Network(nn.Module):
    """Encoder with extra embeddings, tag head, and vectors for two links: piece to head, head to source."""

    def __init__(self, arc_size: int, dropout: float) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, HIDDEN)
        self.positions = nn.Embedding(512, HIDDEN)
        self.type0 = nn.Parameter(torch.zeros(HIDDEN))
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.case = nn.Embedding(CASES, HIDDEN)
        self.quotation = nn.Embedding(QUOTATION_STATES, HIDDEN)
        self.breaks = nn.Embedding(BREAKS, HIDDEN)
        for extra in (self.case, self.quotation, self.breaks):
            nn.init.zeros_(extra.weight)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.dropout = nn.Dropout(dropout)
        self.tags = nn.Linear(HIDDEN, len(TAGS))
        self.links = nn.Linear(HIDDEN, 4 * arc_size)
        self.distance = nn.Parameter(torch.zeros(2, 2 * REACH + 2))
        self.arc_size = arc_size

    def load_encoder(self, folder: Path) -> None:
        """Take the encoder's weights over from a BERT checkpoint; word embeddings are frozen."""
        state = load_file(folder / "model.safetensors")
        state = {name.removeprefix("bert."): value.float() for name, value in state.items()}

        def take(target: nn.Module, name: str) -> None:
            target.weight.data.copy_(state[name + ".weight"])
            target.bias.data.copy_(state[name + ".bias"])

        self.words.weight.data.copy_(state["embeddings.word_embeddings.weight"])
        self.words.weight.requires_grad_(False)
        self.positions.weight.data.copy_(state["embeddings.position_embeddings.weight"])
        self.type0.data.copy_(state["embeddings.token_type_embeddings.weight"][0])
        take(self.norm, "embeddings.LayerNorm")
        for number, layer in enumerate(self.layers):
            prefix = f"encoder.layer.{number}."
            for kind in ("weight", "bias"):
                parts = [state[f"{prefix}attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
                getattr(layer.qkv, kind).data.copy_(torch.cat(parts))
            take(layer.out, prefix + "attention.output.dense")
            take(layer.norm1, prefix + "attention.output.LayerNorm")
            take(layer.up, prefix + "intermediate.dense")
            take(layer.down, prefix + "output.dense")
            take(layer.norm2, prefix + "output.LayerNorm")

    def forward(
        self, ids: Tensor, case: Tensor, quotation: Tensor, breaks: Tensor, mask: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Tag logits [batch, length, 7] and link vectors [batch, length, 4 * arc_size]; `mask` is 1 for real pieces."""
        length = ids.shape[1]
        x = self.words(ids) + self.positions.weight[:length] + self.type0
        x = self.norm(x + self.case(case) + self.quotation(quotation) + self.breaks(breaks))
        bias = ((1.0 - mask) * -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        x = self.dropout(x)
        return self.tags(x), self.links(x)

    def arcs(self, links: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Scores [batch, length, length] of the two links: piece to its head, head to its source's first piece."""
        q1, k1, q2, k2 = links.float().split(self.arc_size, dim=-1)
        buckets = distance_buckets(links.shape[1])
        closed = ((1.0 - mask) * -1e4)[:, None, :]
        scale = self.arc_size**-0.5
        heads = q1 @ k1.transpose(1, 2) * scale + self.distance[0][buckets] + closed
        sources = q2 @ k2.transpose(1, 2) * scale + self.distance[1][buckets] + closed
        return heads, sources
