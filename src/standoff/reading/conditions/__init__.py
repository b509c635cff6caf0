"""The trained judge of preconditions: what the rules read goes in; what is believed, with its confidence, comes out."""

from standoff.reading.conditions.judge import judged

__all__ = ["judged"]
