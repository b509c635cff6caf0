"""How long discourse networks take, how much memory, and how both grow, on drawn statements.

    python bench/networks_speed.py            # 100,000 statements, 500 actors, 300 concepts, daily windows, five years
    python bench/networks_speed.py --growth   # the same with one measure halved or doubled at a time

Each line is a run of its own in a fresh process on one thread. A run draws the statements (seeded; actors and concepts
are spoken of unevenly, as in real debates), then makes the whole series of networks, one after another. Peak memory is
that of the process (its libraries take some 120 MB of it).
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass, fields, replace

ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
DAY = 86_400


@dataclass(frozen=True)
class Run:
    """What is measured; `kind` is one of KINDS."""

    kind: str = "congruence"
    statements: int = 100_000
    actors: int = 500
    concepts: int = 300
    days: int = 5 * 365 + 1
    size: int = 30

    def arguments(self) -> list[str]:
        return [part for f in fields(self) for part in (f"--{f.name}", str(getattr(self, f.name)))]


KINDS = {
    "congruence": {"aggregation": "congruence", "normalization": "average"},
    "subtract": {"aggregation": "subtract"},
    "jaccard": {"aggregation": "congruence", "normalization": "jaccard"},
    "twomode": {"mode": "twomode", "aggregation": "subtract"},
    "gaussian": {"aggregation": "congruence", "normalization": "average"},
    "epanechnikov": {"aggregation": "congruence", "normalization": "average"},
    "polarisation": {},
}


def measure(run: Run) -> None:
    import numpy as np
    import pandas as pd

    from standoff.analysis.networks.coded import from_frame

    random = np.random.default_rng(1)
    uneven = [1 / np.arange(1, n + 1) ** 0.7 for n in (run.actors, run.concepts)]
    actor, concept = (random.choice(len(w), run.statements, p=w / w.sum()) for w in uneven)
    table = pd.DataFrame(
        {
            "time": np.sort(random.integers(0, run.days * DAY, run.statements)),
            "organization": [f"actor {n}" for n in actor],
            "concept": [f"concept {n}" for n in concept],
            "agreement": random.random(run.statements) < np.where((actor + concept) % 2, 0.8, 0.3),
        }
    )
    before = time.perf_counter()
    coded = from_frame(table, {"organization": "short text", "concept": "short text", "agreement": "boolean"})
    read = time.perf_counter() - before
    before, cpu_before = time.perf_counter(), time.process_time()
    windows, ties = series(coded, run)
    seconds, cpu = time.perf_counter() - before, time.process_time() - cpu_before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{run.kind:<13}{run.statements:>11,}{run.actors:>8}{run.concepts:>10}{run.size:>6}{windows:>9,}{ties:>13,}"
        f"{read:>7.2f}{seconds:>9.2f}{cpu:>7.2f}{peak:>7.0f}",
        flush=True,
    )


def series(coded, run: Run) -> tuple[int, int]:  # type: ignore[no-untyped-def]
    """Make every network; how many, with how many ties in all."""
    import numpy as np

    from standoff.analysis.networks import network
    from standoff.analysis.networks.kernels import Smoothing
    from standoff.analysis.networks.polarisation import polarisation
    from standoff.analysis.networks.request import Request

    windows = ties = 0
    if run.kind == "polarisation":
        requests = [Request(aggregation=name, normalization="average") for name in ("congruence", "conflict")]
        moving = network.Moving("days", run.size)
        for one, other in zip(*(network.series(coded, request, moving) for request in requests), strict=True):
            polarisation(one.matrix, other.matrix)
            windows, ties = windows + 1, ties + np.count_nonzero(one.matrix)
        return windows, ties
    request = Request(**KINDS[run.kind])  # type: ignore[arg-type]
    if run.kind in ("gaussian", "epanechnikov"):
        found = network.smooth_series(coded, request, Smoothing(run.kind, "days", run.size))
    else:
        found = network.series(coded, request, network.Moving("days", run.size))
    for one in found:
        windows, ties = windows + 1, ties + np.count_nonzero(one.matrix)
    return windows, ties


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--growth", action="store_true", help="halve and double each measure")
    parser.add_argument("--kinds", default="congruence,subtract,jaccard,twomode,epanechnikov")
    for f in fields(Run):
        parser.add_argument(f"--{f.name}", type=type(f.default), default=None, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.kind is not None:
        measure(Run(**{f.name: getattr(options, f.name) for f in fields(Run)}))
        return
    given = {f.name: v for f in fields(Run) if (v := getattr(options, f.name)) is not None}
    runs = [replace(Run(kind), **given) for kind in options.kinds.split(",")]
    if options.growth:
        base = replace(Run(), **given)
        runs = [base]
        for name in ("statements", "actors", "concepts", "days", "size"):
            runs += [replace(base, **{name: round(getattr(base, name) * factor)}) for factor in (0.5, 2)]
    print(
        f"{'kind':<13}{'statements':>11}{'actors':>8}{'concepts':>10}{'size':>6}{'windows':>9}{'ties':>13}"
        f"{'read s':>7}{'series s':>9}{'cpu s':>7}{'MB':>7}"
    )
    for run in runs:
        subprocess.run([sys.executable, __file__, *run.arguments()], check=True, env=os.environ | ONE_THREAD)


if __name__ == "__main__":
    main()
