"""Networks exactly as DNA computes them: a `.dna` file and a call in DNA's words in; its numbers out.

What differs from the textbook bears the prefix `dna-` in the modules used here; docs/networks.md has examples.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from standoff.analysis.networks.barplot import bar_plot
from standoff.analysis.networks.coded import DOCUMENT, CodedStatements, Floats, from_dna
from standoff.analysis.networks.counts import Frame, frame, incidence
from standoff.analysis.networks.dna_call import BOTH, DnaCall, selection, settled
from standoff.analysis.networks.events import as_events, listed_statements
from standoff.analysis.networks.filters import loaded
from standoff.analysis.networks.kernels import DNA_UNITS, Smoothing, dna_smoothed, kernel_windows
from standoff.analysis.networks.network import Network, compact, labels, matrix, span, windowed
from standoff.analysis.networks.request import Kept, Request, kept_statements, qualifier_column
from standoff.analysis.networks.windows import Windows, dna_windows, event_windows
from standoff.case.exchange.dna import DnaFile
from standoff.errors import InputError


@dataclass(frozen=True)
class DnaResult:
    """What a call gives: `networks` (one without windows), or `events`. `call`: the options really used."""

    call: DnaCall
    notes: list[str]
    kept: Kept
    networks: list[Network]
    events: pd.DataFrame | None = None


def compute(file: DnaFile, call: DnaCall) -> DnaResult:
    """Run a call as DNA does, with its fall-backs. An empty network is no error here, as in DNA.

    Raises InputError for an unknown statement type, or a call for which DNA fails too.
    """
    call, notes = settled(call, file.variables(call.statement_type))
    statements = from_dna(file, call.statement_type)
    if call.network_type == "eventlist":
        return _events(file, call, notes, statements)
    request = as_request(call, file)
    kept = kept_statements(statements, request)
    if call.time_window == "no":
        axes = frame(kept, request)
        one = Network(*labels(axes, request.mode), _cells(axes, request), *span(kept.start, kept.stop), len(kept.kept))
        return DnaResult(call, notes, kept, [one])
    if call.kernel != "no":
        return DnaResult(call, notes, kept, _smoothed(call, kept, request))
    return DnaResult(call, notes, kept, _moving(call, kept, request))


def _events(file: DnaFile, call: DnaCall, notes: list[str], statements: CodedStatements) -> DnaResult:
    chosen = selection(call, file.variables(call.statement_type))
    names = (_name(call.variable1, call.variable1_document), _name(call.variable2, call.variable2_document))
    kept = listed_statements(statements, chosen, names)
    original = loaded(statements, chosen)
    whole = Kept(original, kept, statements.first or 0, statements.last or 0)
    return DnaResult(call, notes, whole, [], as_events(kept))


def _name(name: str | None, document: bool) -> str:
    if name is None:
        raise InputError("the statement type has not enough variables for a network")
    return DOCUMENT + name if document else name


def as_request(call: DnaCall, file: DnaFile) -> Request:
    """The request that a settled call stands for, under the `dna-` names."""
    aggregation = "congruence" if call.aggregation == BOTH else call.aggregation
    if aggregation in ("conflict", "subtract") and call.network_type == "onemode":
        aggregation = "dna-" + aggregation
    elif aggregation == "subtract":
        aggregation = "dna-subtract"
    normalization = call.normalization
    if normalization == "cosine" or (normalization == "jaccard" and aggregation == "ignore"):
        normalization = "dna-" + normalization
    return Request(
        mode=call.network_type,
        variable1=_name(call.variable1, call.variable1_document),
        variable2=_name(call.variable2, call.variable2_document),
        qualifier=None if call.qualifier is None else _name(call.qualifier, call.qualifier_document),
        aggregation=aggregation,
        normalization=normalization,
        isolates=call.isolates,
        selection=selection(call, file.variables(call.statement_type)),
    )


def _cells(axes: Frame, request: Request) -> Floats:
    if request.aggregation == "combine" and request.normalization == "prominence":
        return _combined_prominence(axes)
    return matrix(axes, request)


def _combined_prominence(axes: Frame) -> Floats:
    """DNA's divisor for column j: non-zero cells in *row* j over the first #rows columns. Raises InputError where
    DNA fails: if there are more columns than rows, or the other way round."""
    n, m, k = axes.shape
    present = (incidence(axes).toarray().reshape(n, k, m) > 0).astype(np.float64)
    cells = np.einsum("k,nkm->nm", 2.0 ** np.arange(k - 1, -1, -1), present)
    if m > n or n > m:
        raise InputError("DNA cannot normalize by prominence with combine unless the network is square")
    divisor = (cells[:m, :n] != 0).sum(axis=1).astype(np.float64)
    shares: Floats = np.divide(cells, divisor, out=np.zeros_like(cells), where=divisor != 0)
    return shares


def _moving(call: DnaCall, kept: Kept, request: Request) -> list[Network]:
    times = kept.kept.time
    windows = (
        event_windows(times, call.window_size)
        if call.time_window == "events"
        else dna_windows(times, kept.start, kept.stop, call.time_window, call.window_size)
    )
    if call.aggregation != BOTH:
        return _with_dna_cells(kept, request, windows)
    both = (_with_dna_cells(kept, replace(request, aggregation=name), windows) for name in ("congruence", "conflict"))
    return [network for pair in zip(*both, strict=True) for network in pair]


def _with_dna_cells(kept: Kept, request: Request, windows: Windows) -> list[Network]:
    if request.aggregation != "combine" or request.normalization != "prominence":
        return list(windowed(kept, request, windows))
    plain = list(windowed(kept, replace(request, normalization="no"), windows))
    axes = frame(kept, request)
    found = []
    for number, network in enumerate(plain):
        part = axes.select(slice(windows.first[number], windows.last[number]))
        found.append(replace(network, matrix=_combined_prominence(part if request.isolates else compact(part))))
    return found


def _smoothed(call: DnaCall, kept: Kept, request: Request) -> list[Network]:
    if call.time_window not in DNA_UNITS:
        return []
    smoothing = dna_smoothing(call)
    axes = kernel_axes(kept, request)
    times = kept.kept.time
    windows = kernel_windows(times, kept.start, kept.stop, smoothing)
    average = call.normalization != "no"
    cells = dna_smoothed(axes, times, windows, smoothing, request.mode, call.aggregation, average)
    return [
        Network(
            *labels(axes, request.mode),
            values,
            int(windows.start[number]),
            int(windows.middle[number]),
            int(windows.stop[number]),
            0,
        )
        for number, values in enumerate(cells)
    ]


def dna_smoothing(call: DnaCall) -> Smoothing:
    """The kernel of a call. Epanechnikov is the textbook's from version 3.1 on."""
    old = call.kernel == "epanechnikov" and call.version.startswith("3.0")
    kernel = "dna-" + call.kernel if call.kernel == "triangular" or old else call.kernel
    return Smoothing(kernel, call.time_window, call.window_size, call.indent)


def kernel_axes(kept: Kept, request: Request) -> Frame:
    """The axes with only those levels that occur where the labels come from: with kernels DNA takes no others, not
    even for a boolean qualifier, and places count from the first that is left."""
    axes = frame(kept, request)
    source = qualifier_column(kept.original if request.isolates else kept.kept, request)
    if source is None:
        return axes
    codes = np.flatnonzero(np.isin(axes.levels, source.levels[source.used()]))
    return replace(axes, levels=axes.levels[codes], level=np.searchsorted(codes, axes.level))


def dna_bar_plot(file: DnaFile, call: DnaCall) -> pd.DataFrame:
    """DNA's bar plot of variable 1 by the qualifier: counts, then `Color` and the attributes of each value."""
    statements = from_dna(file, call.statement_type)
    chosen = selection(call, file.variables(call.statement_type))
    return bar_plot(statements, _name(call.variable1, call.variable1_document), call.qualifier, chosen)


