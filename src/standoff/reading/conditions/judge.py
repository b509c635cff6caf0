"""Preconditions of the rules in, those that are believed out, each with its confidence.

Much of what stands behind an "if" or "until" is a forecast, a calendar or somebody else's affair. What the rules take
for a precondition is told in marks, and a logistic model says how likely it is one.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from standoff.ledger import Precondition
from standoff.reading.conditions.marks import marks_of_condition
from standoff.reading.conditions.model_file import ConditionModel, shipped_model
from standoff.reading.stances.surroundings import Surroundings


def judged(around: Surroundings, rules: tuple[Precondition, ...]) -> tuple[Precondition, ...]:
    """The preconditions that the shipped model believes, in the order given, numbered anew.

    Raises ModelError when the model is missing or damaged.
    """
    return judged_by(shipped_model(), around, rules)


def judged_by(
    model: ConditionModel, around: Surroundings, rules: tuple[Precondition, ...]
) -> tuple[Precondition, ...]:
    """As judged, with a model of one's own."""
    chances = [model.chance(marks_of_condition(around, rule)) for rule in rules]
    kept = [(rule, chance) for rule, chance in zip(rules, chances, strict=True) if chance >= model.least]
    return tuple(
        replace(rule, id=f"c{number}", confidence=confidence_at(chance, model.calibration))
        for number, (rule, chance) in enumerate(kept, 1)
    )


def confidence_at(chance: float, calibration: tuple[tuple[float, float], ...]) -> float:
    """The share of entries with the right requirement and holder at a chance, by the table, rounded to print alike."""
    table = np.array(calibration)
    return round(float(np.interp(chance, table[:, 0], table[:, 1])), 3)
