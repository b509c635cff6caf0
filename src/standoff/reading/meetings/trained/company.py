"""Who meets whom: the chances of single actors go in; the company that is likeliest to be right comes out.

A company counts as right if it shares enough with those who really take part: F1 of at least one half, which is what
the evaluation asks for. Of companies that are nearly as likely to be right, the one that shares most is taken. The
chances of the actors are taken as independent.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from standoff.actors import ActorTable
from standoff.reading.statements.model_file import Floats

MOST = 8  # actors that are looked at
LARGEST = 5  # members of a company
NEARLY = 0.03  # how much less likely to be right a company may be that shares more


def likeliest_company(actors: ActorTable, chances: dict[str, float], unseen: float) -> tuple[tuple[str, ...], float]:
    """The company of the likeliest actors, and the chance that it is right; nobody where nobody is at hand.

    unseen: the chance that somebody who is not at hand takes part.
    """
    ranked = _apart(actors, chances, ())
    found = []
    for size in range(1, min(LARGEST, len(ranked)) + 1):
        inside, outside = ranked[:size], ranked[size:]
        told = [chances[a] for a in inside], [*(chances[a] for a in outside), unseen]
        found.append((tuple(inside), *_right_and_shared(*told)))
    most = max((right for _, right, _ in found), default=0.0)
    close = [(shared, right, company) for company, right, shared in found if right >= most - NEARLY]
    _, right, company = max(close, key=lambda one: one[0], default=(0.0, 0.0, ()))
    return company, right


def chance_of(company: Sequence[str], actors: ActorTable, chances: dict[str, float], unseen: float) -> float:
    """The chance that a given company is right."""
    outside = _apart(actors, chances, company)
    right, _ = _right_and_shared([chances.get(a, unseen) for a in company], [*(chances[a] for a in outside), unseen])
    return right


def _apart(actors: ActorTable, chances: dict[str, float], taken: Sequence[str]) -> list[str]:
    """The likeliest actors of which none speaks for another one or for one of those taken."""
    kept = list(taken)
    for actor in sorted(chances, key=lambda a: (-chances[a], int(a[1:]))):
        if len(kept) >= MOST:
            break
        if not any(actor in actors.chain(other) or other in actors.chain(actor) for other in kept):
            kept.append(actor)
    return kept[len(taken) :]


def _right_and_shared(inside: Sequence[float], outside: Sequence[float]) -> tuple[float, float]:
    """The chance that F1 is at least one half (with r of k members right and o others left out, 3r >= o + k), and the
    F1 to be expected."""
    members, missed = _number_of(inside), _number_of(outside)
    r, o = np.arange(len(members))[:, None], np.arange(len(missed))[None, :]
    both = members[:, None] * missed[None, :]
    shared = both * 2 * r / (len(inside) + r + o)
    return float(both[(3 * r >= o + len(inside)) & (r > 0)].sum()), float(shared.sum())


def _number_of(chances: Sequence[float]) -> Floats:
    """The distribution of how many of several independent things are so."""
    found = np.ones(1, dtype=np.float64)
    for chance in chances:
        found = np.convolve(found, [1 - chance, chance])
    return found.astype(np.float32)
