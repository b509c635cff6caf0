"""The analyzer's published answers, where they lie beside the checkout: all are met, to 1e-9."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
REFERENCE = ROOT.parent / "shared" / "reference" / "dna"


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the published answers are not beside this checkout")
def test_every_published_answer_is_met() -> None:
    program = [sys.executable, str(ROOT / "bench" / "dna_reference.py"), str(REFERENCE)]
    done = subprocess.run(program, capture_output=True, text=True)
    (total,) = [line.split() for line in done.stdout.splitlines() if line.startswith("all ")]
    agreeing, differing = int(total[1]), int(total[2])
    assert agreeing > 1500 and differing == 0, done.stdout
