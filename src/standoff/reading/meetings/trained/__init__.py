"""The trained reader of meetings: what was read of a report goes in; its meetings, each with a confidence, come out."""

from standoff.reading.meetings.trained.reader import read_meetings

__all__ = ["read_meetings"]
