"""At which hours guests are reminded by phone, in Berlin."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lines.meetings.quiet import SOON, call_time
from tests.lines.meetings.diaries import BERLIN


def berlin(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("wished", "starts", "called"),
    [
        (berlin(23, 14), berlin(24, 15), berlin(23, 14)),
        (berlin(23, 20, 59), berlin(24, 15), berlin(23, 20, 59)),
        (berlin(23, 21), berlin(24, 15), berlin(24, 8)),
        (berlin(24, 3), berlin(24, 15), berlin(24, 8)),
        (berlin(24, 7, 59), berlin(24, 15), berlin(24, 8)),
        (berlin(24, 8), berlin(24, 15), berlin(24, 8)),
        (berlin(24, 3), berlin(24, 4, 30), berlin(24, 3)),
        (berlin(23, 22), berlin(24, 6), berlin(24, 4)),
        (berlin(23, 22), berlin(24, 9), berlin(24, 7)),
    ],
)
def test_nobody_is_reminded_at_night_unless_the_meeting_is_near(
    wished: datetime, starts: datetime, called: datetime
) -> None:
    assert call_time(wished, starts, BERLIN) == called.astimezone(UTC)


def test_the_night_in_which_the_clocks_change_ends_at_eight_too() -> None:
    evening, noon = datetime(2026, 10, 24, 22, 0), datetime(2026, 10, 25, 12, 0)
    called = call_time(evening.replace(tzinfo=BERLIN), noon.replace(tzinfo=BERLIN), BERLIN)
    assert called == datetime(2026, 10, 25, 7, 0, tzinfo=UTC)


moments = some.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=some.just(UTC))
zones = some.sampled_from(["Europe/Berlin", "Asia/Hong_Kong", "America/St_Johns", "UTC"])


@given(moments, some.timedeltas(timedelta(), timedelta(days=3)), zones)
def test_a_reminder_is_never_early_never_late_and_never_at_night(
    wished: datetime, ahead: timedelta, zone: str
) -> None:
    starts_at = wished + ahead
    called = call_time(wished, starts_at, ZoneInfo(zone))
    assert wished <= called <= starts_at
    assert 8 <= called.astimezone(ZoneInfo(zone)).hour < 21 or starts_at - called <= SOON
