"""The weeks of a month."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from admin.hours.month import Month, read_month

BERLIN = ZoneInfo("Europe/Berlin")


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_month_is_whole_weeks_around_all_of_its_days(day: date) -> None:
    weeks = Month(day.replace(day=1), BERLIN).weeks([], lambda entry: entry)
    days = [each for week in weeks for each in week]
    assert all(len(week) == 7 and week[0].date.weekday() == 0 for week in weeks)
    assert any(each.date == day and each.within for each in days)
    assert len(days) - sum(each.within for each in days) < 14


def test_an_entry_stands_on_its_day_by_the_papers_clocks() -> None:
    late = datetime(2027, 5, 3, 22, 30, tzinfo=UTC)  # half past midnight in Berlin
    weeks = read_month("2027-05", date(2026, 1, 1), BERLIN).weeks([late], lambda at: at)
    assert [day.date for week in weeks for day in week if day.entries] == [date(2027, 5, 4)]


def test_months_lead_on_and_back() -> None:
    month = read_month("2027-12", date(2026, 1, 1), BERLIN)
    assert (str(month.before), str(month.after)) == ("2027-11", "2028-01")
