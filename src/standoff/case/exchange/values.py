"""The values of a foreign entry in words go in; what the case stores comes out, checked.

The same rules as for what a person types (`standoff.case.fields`): the acts, statuses and kinds that there are, days.
"""

from collections.abc import Callable, Mapping
from typing import Any

from standoff.case.exchange.coded import PARTIES, VALUES, Coded
from standoff.case.fields import CHOICES, DAY, KINDS, UNSAID
from standoff.errors import InputError

LINKS = ("statement", "within")
DAYS = ("start", "end")
DEGREES = {"latitude": 90.0, "longitude": 180.0}
"""Degrees that a place can have at most, north or south, east or west."""

ELSEWHERE = ("concept", "requirement_concept", "gate_concept", "gathering")
"""Values that are facts about an entry, not a part of it."""


def stored_value(entry: Coded, party: Callable[[str], str], statements: Mapping[str, int]) -> dict[str, Any]:
    """Field → what is stored. party: name → id; statements: id in the file → number in the case.

    Raises InputError, naming field and cause, for a value that does not fit or one that is missing.
    """
    found: dict[str, Any] = {}
    for name in VALUES[entry.kind]:
        if name in ELSEWHERE:
            continue
        value = entry.values.get(name)
        form, needed = KINDS[entry.kind].get(name, ("text", False))
        if value is None or value in ("", ()):
            if needed:
                raise InputError(f"a {entry.kind} needs {name}")
            found[name] = UNSAID[entry.kind].get(name)
        elif name == "participants":
            found[name] = list(dict.fromkeys(party(one) for one in ([value] if isinstance(value, str) else value)))
        elif not isinstance(value, str):
            raise InputError(f"{name}: one text is needed, not several")
        elif name in PARTIES:
            found[name] = party(value)
        elif name in LINKS:
            found[name] = statements.get(value)
        elif name in DEGREES:
            found[name] = _degrees(name, value)
        else:
            found[name] = _checked(name, value, form)
    return found


def _checked(name: str, value: str, form: str) -> str:
    if form in CHOICES and value not in CHOICES[form]:
        raise InputError(f"{name}: {value!r} is none of {', '.join(CHOICES[form])}")
    if name in DAYS and not DAY.fullmatch(value):
        raise InputError(f"{name}: {value!r} is no date (2016, 2016-01, 2016-01-29 or 2016-01-29T10:00)")
    return value


def _degrees(name: str, value: str) -> float:
    try:
        number = float(value)
    except ValueError as error:
        raise InputError(f"{name}: {value!r} is no number") from error
    if not abs(number) <= DEGREES[name]:
        raise InputError(f"{name}: {value} is no number of degrees")
    return number
