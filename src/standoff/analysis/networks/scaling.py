"""Ideological scaling: who agrees with what comes in; places of actors on one or two dimensions, with intervals, out.

Item response theory: actor i agrees with concept j with probability Phi(b_j . x_i - a_j), where x_i is the actor's
place (prior N(0, I)), b_j how far the concept tells sides apart and a_j how little it is shared (priors N(0, 4)). The
model is that of Clinton, Jackman and Rivers 2004, The statistical analysis of roll call data; the posterior is drawn by
elliptical slice sampling (Murray, Adams and MacKay 2010), which needs no tuning and, unlike the usual Gibbs sampler
with latent answers, moves well where an actor agrees with nearly everything of one side. Everything is seeded.

The answers do not tell left from right, nor in two dimensions any turning, and hardly where the scale lies and how wide
it is. So every draw is put to mean 0 and standard deviation 1 over the actors who answer, and turned (or mirrored)
towards the mean of all draws; the first dimension is that in which the actors differ most.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from standoff.analysis.networks.coded import CodedStatements, Floats, Ints
from standoff.analysis.networks.network import network
from standoff.analysis.networks.request import Request
from standoff.errors import InputError

ITEM_SD = 2.0
"""Prior standard deviation of a_j and b_j: variance 4, as MCMCpack and rDNA have it."""

DIMENSIONS = (1, 2)


@dataclass(frozen=True)
class Answers:
    """answers: (actors, concepts) 1 agrees, 0 disagrees, NaN said nothing of it or both equally often."""

    actors: tuple[str, ...]
    concepts: tuple[str, ...]
    answers: Floats


@dataclass(frozen=True)
class Scale:
    """Posterior of the places. position, low, high: (actors, dimensions) mean and central 95 % interval.

    discrimination: (concepts, dimensions) and difficulty: (concepts,) posterior means. rhat: the largest split-R-hat
    over all places (Gelman and others 2013): above 1.1 the chains do not agree; draw more.
    """

    actors: tuple[str, ...]
    concepts: tuple[str, ...]
    position: Floats
    low: Floats
    high: Floats
    discrimination: Floats
    difficulty: Floats
    rhat: float

    def to_pandas(self) -> pd.DataFrame:
        """One row an actor, in order of the first dimension: position, low and high of each."""
        table = {
            f"{name}{number}": values[:, number - 1]
            for number in range(1, self.position.shape[1] + 1)
            for name, values in (("position", self.position), ("low", self.low), ("high", self.high))
        }
        return pd.DataFrame(table, index=pd.Index(self.actors)).sort_values("position1", kind="stable")


def answers_of(statements: CodedStatements, request: Request) -> Answers:
    """What each actor (variable 1) thinks of each concept (variable 2): its agreeing less its disagreeing statements.

    Raises InputError if the qualifier is not boolean, or no statement is kept.
    """
    if request.qualifier is None or statements.column(request.qualifier).kind != "boolean":
        raise InputError(f"scaling needs a qualifier of yes and no; {request.qualifier!r} is none")
    balance = network(statements, replace(request, mode="twomode", aggregation="subtract", normalization="no"))
    signs = np.sign(balance.matrix)
    answers = np.where(signs == 0, np.nan, (signs + 1) / 2)
    return Answers(tuple(map(str, balance.rows)), tuple(map(str, balance.cols)), answers)


def scale(
    given: Answers, dimensions: int = 1, seed: int = 0, draws: int = 1000, burn_in: int = 300, chains: int = 2,
    positive: str | None = None,
) -> Scale:  # fmt: skip
    """Places of the actors. draws: kept per chain, after burn_in.

    positive: an actor who is to stand on the positive side of the first dimension (default: the one with most answers).
    Raises InputError for less than 2 actors with answers, another number of dimensions, an unknown actor or too few
    draws for R-hat.
    """
    known = ~np.isnan(given.answers)
    if dimensions not in DIMENSIONS:
        raise InputError(f"{dimensions} dimensions: there are scales of {' or '.join(map(str, DIMENSIONS))}")
    if known.any(axis=1).sum() < 2:
        raise InputError("a scale needs at least two actors with a clear answer to some concept")
    if draws < 4 or chains < 1 or burn_in < 0:
        raise InputError("a scale needs at least 4 draws and one chain")
    if positive is not None and positive not in given.actors:
        raise InputError(f"{positive!r} is no actor of the scale")
    anchor = int(known.sum(axis=1).argmax()) if positive is None else given.actors.index(positive)
    places, slopes, levels = [], [], []
    for chain in range(chains):
        random = np.random.default_rng([seed, chain])
        state = start(given.answers, dimensions, random)
        for step in range(burn_in + draws):
            state = sweep(state, given.answers, random)
            if step >= burn_in:
                places.append(state.places)
                slopes.append(state.slopes)
                levels.append(state.levels)
    return _summary(given, np.array(places), np.array(slopes), np.array(levels), anchor, chains)


@dataclass(frozen=True)
class State:
    """One draw: places (actors, d), slopes b (concepts, d), levels a (concepts,)."""

    places: Floats
    slopes: Floats
    levels: Floats

    def utility(self) -> Floats:
        """b_j . x_i - a_j of all actors and concepts."""
        return np.asarray(self.places @ self.slopes.T - self.levels)


def start(answers: Floats, dimensions: int, random: np.random.Generator) -> State:
    """A first state near the leading singular vectors of the answers, jittered so that chains differ."""
    signs = np.nan_to_num(2 * answers - 1)
    left, _, _ = np.linalg.svd(signs, full_matrices=False)
    places = np.zeros((len(answers), dimensions))
    found = min(dimensions, left.shape[1])
    places[:, :found] = left[:, :found] * np.sqrt(len(answers))
    places += random.normal(0, 0.5, places.shape)
    return State(places, np.zeros((answers.shape[1], dimensions)), np.zeros(answers.shape[1]))


def sweep(state: State, answers: Floats, random: np.random.Generator) -> State:
    """One step: the concepts given the actors' places, then the places given the concepts, by elliptical slices."""
    side = np.nan_to_num(2 * answers - 1)  # 1 agrees, -1 disagrees, 0 not known
    design = np.column_stack([-np.ones(len(state.places)), state.places])
    items = _slice(np.column_stack([state.levels, state.slopes]), ITEM_SD, _likelihood(design, 0.0, side.T), random)
    slopes, levels = items[:, 1:], items[:, 0]
    places = _slice(state.places, 1.0, _likelihood(slopes, levels, side), random)
    return State(places, slopes, levels)


Likelihood = Callable[[Floats, Ints], Floats]
"""Log-likelihood of rows of parameters, and the numbers of these rows."""


def _likelihood(design: Floats, levels: Floats | float, side: Floats) -> Likelihood:
    from scipy.special import log_ndtr

    def of(rows: Floats, which: Ints) -> Floats:
        known = side[which]
        return np.asarray(np.where(known != 0, log_ndtr(known * (rows @ design.T - levels)), 0.0).sum(axis=1))

    return of


def _slice(current: Floats, deviation: float, likelihood: Likelihood, random: np.random.Generator) -> Floats:
    """New rows of parameters with prior N(0, deviation^2), each row by itself: a point on the ellipse through it and a
    draw from the prior, whose likelihood is above a level drawn below that of the row (Murray and others 2010)."""
    waiting = np.arange(len(current))
    other = random.normal(0.0, deviation, current.shape)
    level = likelihood(current, waiting) + np.log1p(-random.random(len(current)))
    angle = random.uniform(0.0, 2 * np.pi, len(current))
    low, high = angle - 2 * np.pi, angle.copy()
    found = current.copy()
    while len(waiting):
        turn = angle[waiting, None]
        proposed = current[waiting] * np.cos(turn) + other[waiting] * np.sin(turn)
        good = likelihood(proposed, waiting) >= level[waiting]
        found[waiting[good]] = proposed[good]
        waiting = waiting[~good]
        below = angle[waiting] < 0
        low[waiting[below]], high[waiting[~below]] = angle[waiting[below]], angle[waiting[~below]]
        angle[waiting] = random.uniform(low[waiting], high[waiting])
    return found


def _summary(given: Answers, places: Floats, slopes: Floats, levels: Floats, anchor: int, chains: int) -> Scale:
    speaking = np.asarray(~np.isnan(given.answers).all(axis=1))
    places, slopes, levels = _standardised(places, slopes, levels, speaking)
    turns = _turns(places)
    places, slopes = places @ turns, slopes @ turns
    axes = _axes(places.mean(axis=0), anchor)
    places, slopes = places @ axes, slopes @ axes
    low, high = np.quantile(places, [0.025, 0.975], axis=0)
    return Scale(
        given.actors, given.concepts, places.mean(axis=0), low, high, slopes.mean(axis=0), levels.mean(axis=0),
        split_rhat(places.reshape(chains, len(places) // chains, -1)),
    )  # fmt: skip


def _standardised(
    places: Floats, slopes: Floats, levels: Floats, speaking: npt.NDArray[np.bool_]
) -> tuple[Floats, Floats, Floats]:
    """Each draw moved and stretched so that the speaking actors have mean 0 and standard deviation 1 (overall): what
    they answer hardly tells where the whole scale lies and how wide it is."""
    middle = places[:, speaking].mean(axis=1)
    spread = np.sqrt(places[:, speaking].var(axis=1).mean(axis=1))[:, None, None]
    levels = levels - (slopes @ middle[:, :, None])[:, :, 0]
    return (places - middle[:, None, :]) / spread, slopes * spread, levels


def _turns(places: Floats) -> Floats:
    """For each draw the rotation or reflection that brings it nearest to the mean (orthogonal Procrustes)."""
    target = places[-1]
    turns = np.zeros((len(places), places.shape[2], places.shape[2]))
    for _ in range(3):
        left, _, right = np.linalg.svd(np.swapaxes(places, 1, 2) @ target)
        turns = left @ right
        target = (places @ turns).mean(axis=0)
    return np.asarray(turns)


def _axes(mean: Floats, anchor: int) -> Floats:
    """Rotation to principal axes; the anchor is not negative on any of them."""
    _, _, right = np.linalg.svd(mean - mean.mean(axis=0), full_matrices=False)
    axes = np.eye(mean.shape[1]) if len(right) < mean.shape[1] else right.T
    signs = np.where((mean @ axes)[anchor] < 0, -1.0, 1.0)
    return np.asarray(axes * signs)


def split_rhat(draws: Floats) -> float:
    """The largest split-R-hat over quantities; draws: (chains, draws, quantities). 1.0 if nothing varies."""
    half = draws.shape[1] // 2
    parts = np.concatenate([draws[:, :half], draws[:, half : 2 * half]])
    within = parts.var(axis=1, ddof=1).mean(axis=0)
    between = half * parts.mean(axis=1).var(axis=0, ddof=1)
    varied = within > 0
    if not varied.any():
        return 1.0
    total = (half - 1) / half * within[varied] + between[varied] / half
    return float(np.sqrt(total / within[varied]).max())


def agreement_chance(found: Scale, actors: Sequence[str], concepts: Sequence[str]) -> Floats:
    """How likely actors are to agree with concepts, at the posterior means: (actors, concepts)."""
    from scipy.special import ndtr

    rows = [found.actors.index(name) for name in actors]
    cols = [found.concepts.index(name) for name in concepts]
    return np.asarray(ndtr(found.position[rows] @ found.discrimination[cols].T - found.difficulty[cols]))
