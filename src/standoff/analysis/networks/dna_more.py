"""DNA's polarisation networks, as DNA computes them: a `.dna` file and a call in; pairs of networks out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from standoff.analysis.networks.dna import compute
from standoff.analysis.networks.dna_call import DnaCall
from standoff.analysis.networks.network import Network
from standoff.case.exchange.dna import DnaFile


def polarisation_networks(file: DnaFile, call: DnaCall) -> list[tuple[Network, Network]]:
    """Congruence and conflict, averaged, without isolates; one pair, or one per window.

    With a kernel both are the *subtract* network with an empty diagonal, as in DNA.
    """
    call = replace(call, network_type="onemode", normalization="average", isolates=False)
    if call.time_window != "no" and call.kernel != "no":
        call = replace(call, window_size=call.window_size + call.window_size % 2)
        networks = compute(file, replace(call, aggregation="subtract")).networks
        pairs = [(one, one) for one in map(_without_diagonal, networks)]
    else:
        both = (compute(file, replace(call, aggregation=name)).networks for name in ("congruence", "conflict"))
        pairs = list(zip(*both, strict=True))
    return [_tied(*pair) for pair in pairs]


def _without_diagonal(network: Network) -> Network:
    matrix = network.matrix.copy()
    np.fill_diagonal(matrix, 0.0)
    return replace(network, matrix=matrix)


def _tied(congruence: Network, conflict: Network) -> tuple[Network, Network]:
    """Both networks without the actors that have no tie in either."""
    ties = np.abs(congruence.matrix).sum(axis=1) + np.abs(conflict.matrix).sum(axis=1)
    kept = np.flatnonzero(ties)
    return congruence.between(kept, kept), conflict.between(kept, kept)
