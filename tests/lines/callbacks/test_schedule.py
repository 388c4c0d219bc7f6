"""When somebody is called, and called again."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lines.callbacks.schedule import again, within
from lines.outgoing import Outcome

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
WORK = {"mon-fri": "09:00-18:00", "sat": ["10:00-12:00"]}


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def test_without_hours_it_rings_at_any_time() -> None:
    assert within(None, MONDAY, BERLIN) == MONDAY
    assert within({}, MONDAY, BERLIN) == MONDAY


@pytest.mark.parametrize(
    ("wished", "rings"),
    [
        ("2026-11-23 11:30:20", "2026-11-23 11:30:20"),
        ("2026-11-23 08:59:59", "2026-11-23 09:00"),
        ("2026-11-23 18:00", "2026-11-24 09:00"),
        ("2026-11-27 18:30", "2026-11-28 10:00"),
        ("2026-11-28 12:00", "2026-11-30 09:00"),
    ],
)
def test_outside_the_hours_it_rings_when_they_begin_next(wished: str, rings: str) -> None:
    assert within(WORK, local(wished), BERLIN) == local(rings)


def test_hours_that_pass_midnight_hold_in_the_morning() -> None:
    night = {"sun": "22:00-06:00"}
    assert within(night, local("2026-11-23 05:59"), BERLIN) == local("2026-11-23 05:59")
    assert within(night, local("2026-11-23 06:00"), BERLIN) == local("2026-11-29 22:00")


def test_the_hours_are_those_of_the_clock_on_the_wall_when_that_is_changed() -> None:
    before_the_change = local("2026-10-24 20:00")  # the clock goes back an hour in that night
    monday = within({"mon": "09:00-10:00"}, before_the_change, BERLIN)
    assert monday.astimezone(BERLIN) == local("2026-10-26 09:00")
    assert monday.astimezone(UTC).hour == 8


def test_a_busy_number_is_tried_again_soon() -> None:
    assert again(1, Outcome.BUSY, MONDAY) == MONDAY + timedelta(minutes=3)


def test_who_does_not_answer_is_tried_at_growing_distances() -> None:
    pauses = [again(tried, Outcome.NO_ANSWER, MONDAY) - MONDAY for tried in range(1, 8)]
    assert pauses == sorted(pauses)
    assert pauses[0] == timedelta(minutes=5)
    assert pauses[-1] == timedelta(hours=3)
