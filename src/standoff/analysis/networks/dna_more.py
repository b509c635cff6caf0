"""DNA's polarisation networks, as DNA computes them: a `.dna` file and a call in; pairs of networks out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from standoff.analysis.networks.coded import from_dna
from standoff.analysis.networks.dna import as_request, compute, dna_smoothing, kernel_axes
from standoff.analysis.networks.dna_call import DnaCall, settled
from standoff.analysis.networks.kernels import DNA_UNITS, dna_smoothed, kernel_windows
from standoff.analysis.networks.network import Network, compact
from standoff.analysis.networks.request import kept_statements
from standoff.analysis.networks.windows import Windows
from standoff.case.exchange.dna import DnaFile


def polarisation_networks(file: DnaFile, call: DnaCall) -> list[tuple[Network, Network]]:
    """Congruence and conflict, averaged, without isolates; one pair, or one per window.

    With a kernel both are the *subtract* network with an empty diagonal, as in DNA. Unlike in DNA's other networks,
    only statements *between* start and stop of a window count (those on its edges do not, but for a Gaussian, which
    has no edges), also for the average, and only their actors are shown.
    """
    call = replace(call, network_type="onemode", normalization="average", isolates=False)
    if call.time_window != "no" and call.kernel != "no":
        return [(one, one) for one in _between_edges(file, replace(call, aggregation="subtract"))]
    both = (compute(file, replace(call, aggregation=name)).networks for name in ("congruence", "conflict"))
    return list(zip(*both, strict=True))


def _between_edges(file: DnaFile, call: DnaCall) -> list[Network]:
    call, _ = settled(call, file.variables(call.statement_type))
    if call.time_window not in DNA_UNITS:
        return []
    request, smoothing = as_request(call, file), dna_smoothing(call)
    kept = kept_statements(from_dna(file, call.statement_type), request)
    axes, times = kernel_axes(kept, request), kept.kept.time
    windows = kernel_windows(times, kept.start, kept.stop, smoothing)
    found = []
    for number in range(len(windows)):
        start, middle, stop = (int(ends[number]) for ends in (windows.start, windows.middle, windows.stop))
        inside = np.flatnonzero((times > start) & (times < stop))
        if call.kernel == "gaussian":
            inside = np.arange(len(times))
        part = compact(axes.select(inside))
        one = Windows(*(np.array([value]) for value in (start, middle, stop, 0, len(inside))))
        (cells,) = dna_smoothed(part, times[inside], one, smoothing, "onemode", call.aggregation, average=True)
        np.fill_diagonal(cells, 0.0)
        found.append(Network(part.rows, part.rows, cells, start, middle, stop, 0))
    return found
