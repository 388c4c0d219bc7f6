"""Days on which whatever has weekly hours is closed: numbers and mailboxes."""

import re
from collections.abc import Set
from datetime import date

from store.database import translated
from store.errors import HoursInvalid
from store.models import Holiday

DAY = re.compile(r"(?:([0-9]{4})-)?([0-9]{2})-([0-9]{2})", re.ASCII)
LEAP_YEAR = 2028
"""For days of every year: the 29th of February is one."""

Days = Set[str]


@translated()
def load() -> Days:
    """All of them, as they are written."""
    return frozenset(row.day for row in Holiday.select(Holiday.day))


def is_holiday(days: Days, day: date) -> bool:
    return bool(days) and (f"{day:%Y-%m-%d}" in days or f"{day:%m-%d}" in days)


def checked(text: str) -> str:
    """A day that there is. Raises `HoursInvalid`."""
    found = DAY.fullmatch(text.strip())
    try:
        if found is None:
            raise ValueError(text)
        date(int(found[1] or LEAP_YEAR), int(found[2]), int(found[3]))
    except ValueError as error:
        expected = "expected a day such as 2027-04-05, or 12-25 for every year"
        raise HoursInvalid(f'day "{text[:20]}": {expected}') from error
    return found[0]
