"""The trained reader of stances: a report's encoding, parse and statements in; who holds what about which issue out."""

from standoff.reading.stances.reader import LearnedStance, Stances, read_stances

__all__ = ["LearnedStance", "Stances", "read_stances"]
