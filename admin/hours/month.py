"""A month as a calendar shows it: whole weeks, from Monday to Sunday."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

T = TypeVar("T")
YEARS = range(2000, 2100)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day(Generic[T]):
    date: date
    within: bool
    """Whether it is of this month, and not of its neighbours."""
    entries: Sequence[T]


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    zone: ZoneInfo

    @property
    def begins(self) -> datetime:
        """The first moment of the Monday with which its calendar begins."""
        return self._at(self.first - DAY * self.first.weekday())

    @property
    def ends(self) -> datetime:
        """The first moment after its last Sunday."""
        last = self.after.first - DAY
        return self._at(last + DAY * (7 - last.weekday()))

    @property
    def before(self) -> "Month":
        return Month((self.first - DAY).replace(day=1), self.zone)

    @property
    def after(self) -> "Month":
        return Month((self.first + 31 * DAY).replace(day=1), self.zone)

    def weeks(
        self, found: Iterable[T], when: Callable[[T], datetime]
    ) -> Sequence[Sequence[Day[T]]]:
        """`found` in the order in which a day is to list them."""
        by_day: dict[date, list[T]] = {}
        for one in found:
            by_day.setdefault(when(one).astimezone(self.zone).date(), []).append(one)
        begins = self.begins.date()
        count = (self.ends.date() - begins).days
        days = [begins + DAY * n for n in range(count)]
        told = [Day(day, day.month == self.first.month, by_day.get(day, [])) for day in days]
        return [told[at : at + 7] for at in range(0, count, 7)]

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"

    def _at(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone)


def read_month(text: str, today: date, zone: ZoneInfo) -> Month:
    """`2027-05`; what is none gives the present one."""
    try:
        found = datetime.strptime(text[:7], "%Y-%m").date()
    except ValueError:
        found = today
    return Month((found if found.year in YEARS else today).replace(day=1), zone)
