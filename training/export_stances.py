"""Export a checkpoint of the stance reader: .pt in, the package's model folder (int8 ONNX, model.json) out.

python training/export_stances.py --checkpoint build/stances.pt --out src/standoff/reading/stances/model
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

from network import HIDDEN  # noqa: E402
from stance_network import StanceNetwork  # noqa: E402
from train_stances import LAYERS  # noqa: E402

from standoff.ledger import ACTS  # noqa: E402
from standoff.reading.stances.model_file import LINKS  # noqa: E402

INPUTS = ("lower", "mentions", "frames", "roles")
OUTPUTS = ("tags", "acts", "conditions", "links")
UNTUNED: dict[str, Any] = {
    "issue_bias": 1.0,
    "condition_bias": 1.0,
    "target_bias": 0.0,
    "joint_share": 0.3,
    "least_raw": 0.0,
    "calibration": [[0.0, 0.0], [1.0, 1.0]],
}


def load(checkpoint: Path) -> StanceNetwork:
    """The network of a checkpoint."""
    saved = torch.load(checkpoint, weights_only=True)
    network = StanceNetwork(LAYERS, saved["config"]["arc_size"], 0.0)
    network.load_state_dict(saved["network"])
    return network.eval()


def export(network: StanceNetwork, out: Path) -> None:
    """Write the model folder; settings already chosen there are kept."""
    out.mkdir(parents=True, exist_ok=True)
    sample = (torch.zeros((1, 40, HIDDEN)), *(torch.zeros((1, 40), dtype=torch.long) for _ in INPUTS[1:]))
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        torch.onnx.export(
            network, sample, str(plain), input_names=list(INPUTS), output_names=list(OUTPUTS),
            dynamic_shapes=tuple({1: torch.export.Dim("length", min=2, max=256)} for _ in INPUTS),
            dynamo=True, external_data=False, opset_version=18,
        )  # fmt: skip
        quantize_dynamic(
            plain, out / "stances.onnx", per_channel=True, op_types_to_quantize=["MatMul", "Gemm"],
            weight_type=QuantType.QInt8,
        )  # fmt: skip
    description_file = out / "model.json"
    kept = json.loads(description_file.read_text("utf-8")) if description_file.exists() else {}
    description = {
        "acts": list(ACTS),
        "links": list(LINKS),
        "arc_size": network.arc_size,
        "distance": [[round(weight, 5) for weight in row] for row in network.distance.tolist()],
        "relations": [[round(weight, 5) for weight in row] for row in network.relations.tolist()],
        **{name: kept.get(name, value) for name, value in UNTUNED.items()},
        "sha256": {"stances.onnx": hashlib.sha256((out / "stances.onnx").read_bytes()).hexdigest()},
    }
    description_file.write_text(json.dumps(description, indent=1) + "\n", "utf-8")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    export(load(args.checkpoint), args.out)


if __name__ == "__main__":
    main()
