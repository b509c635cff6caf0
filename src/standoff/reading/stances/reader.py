"""A report's encoding and analyses in, its stances and conditions out: the trained reader, window by window."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from standoff.actors import ActorTable
from standoff.language import Parse
from standoff.ledger import Statement
from standoff.reading.stances.decode import LearnedCondition, LearnedStance, Scores, conditions_in, stances_in
from standoff.reading.stances.features import Features, features_of
from standoff.reading.stances.model_file import StanceModel, shipped_model
from standoff.reading.stances.referents import referents
from standoff.reading.statements import Encoding
from standoff.reading.statements.model_file import Floats
from standoff.reading.statements.pieces import Ints
from standoff.reading.statements.windows import log_softmax
from standoff.reading.voices import Voices


def read_stances(
    parse: Parse,
    actors: ActorTable,
    statements: tuple[Statement, ...],
    voices: Voices,
    encoding: Encoding,
) -> tuple[tuple[LearnedStance, ...], tuple[LearnedCondition, ...]]:
    """The stances and conditions of a report, in text order.

    encoding: the encoder's pass, shared with the attribution reader. Raises ModelError when the model is missing or
    damaged.
    """
    return read_with(shipped_model(), parse, actors, statements, voices, encoding)


def read_with(
    model: StanceModel,
    parse: Parse,
    actors: ActorTable,
    statements: tuple[Statement, ...],
    voices: Voices,
    encoding: Encoding,
) -> tuple[tuple[LearnedStance, ...], tuple[LearnedCondition, ...]]:
    """As read_stances, with a model of one's own."""
    pieces = encoding.pieces
    if not len(pieces) or not parse.tokens:
        return (), ()
    features = features_of(parse, actors, statements, voices, pieces)
    named = referents(parse, actors, voices, pieces)
    stances: list[LearnedStance] = []
    conditions: list[LearnedCondition] = []
    for scores in scores_of(model, features, encoding):
        stances += stances_in(scores, pieces, named, model.settings)
        conditions += conditions_in(scores, pieces, named, model.settings)
    return tuple(stances), tuple(conditions)


def scores_of(model: StanceModel, features: Features, encoding: Encoding) -> Iterator[Scores]:
    """What the model says of each window."""
    for reading in encoding.readings:
        shown, end = reading.shown, reading.end
        tags, acts, conditions, links = model.session.run(
            ["tags", "acts", "conditions", "links"],
            {
                "lower": reading.lower[None].astype(np.float32),
                "mentions": _row(features.mentions[shown:end]),
                "frames": _row(features.frames[shown:end]),
                "roles": _row(features.roles[shown:end]),
            },
        )
        scores = (_log(tags), _log(acts), _log(conditions))
        yield Scores(shown, reading.owned, end, *scores, links[0], features.relations(shown, end))


def _log(scores: Floats) -> Floats:
    return log_softmax(scores[0].astype(np.float32))


def _row(values: Ints) -> Ints:
    return np.pad(values, 1)[None, :]
