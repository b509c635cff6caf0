"""The trained reader of stances: a report's encoding, parse, actors and statements in; stances and conditions out."""

from standoff.reading.stances.decode import LearnedCondition, LearnedStance
from standoff.reading.stances.reader import read_stances

__all__ = ["LearnedCondition", "LearnedStance", "read_stances"]
