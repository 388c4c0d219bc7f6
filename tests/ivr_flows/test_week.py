"""Weekly hours and holidays."""

from datetime import datetime

import pytest

from ivr_flows.week import Holidays, parse_holidays, parse_week

WEEK = parse_week({"mon-fri": "09:00-17:30", "sat": ["09:00-12:00", "13:00-15:00"]})
NIGHT = parse_week({"fri-sat": "22:00-06:00", "sun": "0:00-24:00"})
NONE = Holidays()


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2027-05-03 08:59", False), ("2027-05-03 09:00", True), ("2027-05-03 17:29", True),
        ("2027-05-03 17:30", False), ("2027-05-08 12:30", False), ("2027-05-08 14:59", True),
        ("2027-05-09 10:00", False),
    ],
)  # fmt: skip
def test_a_week_of_office_hours(moment: str, is_open: bool) -> None:
    assert WEEK.covers(datetime.fromisoformat(moment), NONE) is is_open


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2027-05-07 21:59", False), ("2027-05-07 23:00", True), ("2027-05-08 05:59", True),
        ("2027-05-08 06:00", False), ("2027-05-09 05:00", True), ("2027-05-09 23:59", True),
        ("2027-05-10 00:00", False),
    ],
)  # fmt: skip
def test_hours_that_reach_into_the_next_day(moment: str, is_open: bool) -> None:
    assert NIGHT.covers(datetime.fromisoformat(moment), NONE) is is_open


def test_a_holiday_is_closed_once_or_every_year() -> None:
    holidays = parse_holidays(["2027-05-03", "05-04"])
    assert not WEEK.covers(datetime(2027, 5, 3, 10), holidays)
    assert WEEK.covers(datetime(2028, 5, 3, 10), holidays)
    assert not WEEK.covers(datetime(2027, 5, 4, 10), holidays)
    assert not WEEK.covers(datetime(2028, 5, 4, 10), holidays)


def test_days_may_wrap_around_the_week() -> None:
    week = parse_week({"sat-mon": "09:00-10:00"})
    assert sorted(week.spans) == [0, 5, 6]
