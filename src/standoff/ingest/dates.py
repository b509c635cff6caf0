"""Publication dates as files write them -> ISO 8601 days. What is no full date is refused or left unknown."""

import re
from datetime import date, datetime

from standoff.errors import InputError

DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?=\D|$)")
FILE_NAME_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?!\d)")
URL_DAY = re.compile(r"/((?:19|20)\d{2})/(\d{1,2})/(\d{1,2})(?:/|$)")

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# A date as a page's metadata state it: 2016-01-15, 2016/01/15, 20160115; 15 Jan 2016; January 15, 2016.
PAGE_DAY = re.compile(
    r"""(?P<y>\d{4})(?P<sep>[-/]?)(?P<m>\d{2})(?P=sep)(?P<d>\d{2})(?!\d)
    | (?:[a-z]{3,9},?\s+)?(?:
        (?P<d2>\d{1,2})(?:st|nd|rd|th)?\s+(?P<name2>[a-z]{3,9})\.?,?\s+(?P<y2>\d{4})
      | (?P<name3>[a-z]{3,9})\.?\s+(?P<d3>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y3>\d{4}) )(?!\d)""",
    re.IGNORECASE | re.VERBOSE,
)


def day_of_metadata(value: str) -> str | None:
    """The day that a page's metadata state, as `YYYY-MM-DD` not yet checked, or None if they state no full day.

    Forms of numbers alone with the day or month first (`01/02/2016`) have two readings and so none.
    """
    found = PAGE_DAY.match(value.strip())
    if found is None:
        return None
    part = found.groupdict()
    if part["y"]:
        return f"{part['y']}-{part['m']}-{part['d']}"
    name = (part["name2"] or part["name3"])[:3].lower()
    if name not in MONTHS:
        return None
    day = int(part["d2"] or part["d3"])
    return f"{part['y2'] or part['y3']}-{MONTHS.index(name) + 1:02}-{day:02}"


def iso_day(value: str, where: str) -> str:
    """The day of an ISO 8601 date or date and time, as written there (no change of time zone): `2016-01-15`.

    Raises InputError, naming `where`, if the value has another form or means no day of the calendar.
    """
    value = value.strip()
    found = DAY.match(value)
    if found is None:
        raise InputError(f"{where}: publication date {value!r} is not of the form YYYY-MM-DD")
    try:
        day = date(*map(int, found.groups()))
        if len(value) > found.end():
            datetime.fromisoformat(value)
    except ValueError as error:
        raise InputError(f"{where}: impossible publication date {value!r} ({error})") from error
    return day.isoformat()


def day_of_name(stem: str) -> str | None:
    """The date that a file's name begins with (`2016-01-15-talks`), not yet checked, or None."""
    found = FILE_NAME_DAY.match(stem)
    return found.group(1) if found else None


def day_of_url(url: str) -> str | None:
    """The date in an address such as `/2016/01/15/talks`, or None; an impossible one is not a date."""
    found = URL_DAY.search(url)
    if found is None:
        return None
    try:
        return date(*map(int, found.groups())).isoformat()
    except ValueError:
        return None
