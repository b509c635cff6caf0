"""A result of an analysis goes in; the line in which a page or table tells it comes out, in plain words."""

from standoff.analysis.calendar import Appointment
from standoff.analysis.conditions import Condition
from standoff.analysis.positions import VERB, Holding, shortened

MOST_NAMES = 5
"""Names that a line shows; a meeting of many reports has dozens."""


def names(all_names: tuple[str, ...]) -> str:
    """Names in a row, the first of many."""
    left = len(all_names) - MOST_NAMES
    return ", ".join(all_names[:MOST_NAMES]) + (f" and {left} more" if left > 0 else "")


def told(held: Holding) -> str:
    """What is held, as it stands after the party's name: “demands of Turkey “…””."""
    of = f" of {held.target}" if held.target else ""
    return f"{VERB.get(held.act, held.act)}{of} “{shortened(held.words)}”"


def meeting_line(one: Appointment) -> str:
    """A meeting in one line: day, status, kind, place, who."""
    until = f" to {one.end}" if one.end and one.end != one.start else ""
    when = f"{one.start}{until}" if one.start else "day not known"
    state = "put off" if one.put_off else one.status
    place = f" in {one.place}" if one.place else ""
    who = f": {names(one.participants)}" if one.participants else ""
    return f"{when}, {state}, {one.kind}{place}{who}"


def condition_line(c: Condition) -> str:
    """A condition as it stands after its party's name: what happens on what condition, in whose hands that is."""
    hands = f" (in the hands of {c.controller_name})" if c.controller_name else ""
    return f"{c.told}{hands}"
