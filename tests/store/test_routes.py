"""From a dialled number and a moment to a flow."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from store import routes
from store.errors import HoursInvalid
from store.hours import is_open, parse

ZONE = ZoneInfo("Asia/Taipei")
OFFICE = {"mon-fri": "08:00-18:00", "sat": ["09:00-12:00", "14:00-16:00"]}


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """`day` of November 2026: the 16th is a Monday, the 22nd a Sunday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at(16, 7, 59), False),
        (at(16, 8), True),
        (at(20, 17, 59), True),
        (at(20, 18), False),
        (at(21, 13), False),
        (at(21, 15), True),
        (at(22, 10), False),
    ],
)
def test_the_office_is_open_by_its_hours(moment: datetime, expected: bool) -> None:
    assert is_open(parse(OFFICE), moment) is expected


def test_hours_may_pass_midnight_and_the_end_of_the_week() -> None:
    night = parse({"sun": "22:00-02:00"})
    assert is_open(night, at(22, 23))
    assert is_open(night, at(16, 1, 59))
    assert not is_open(night, at(16, 2))
    assert is_open(parse({"sat-mon": "00:00-24:00"}), at(16, 23, 59))


@pytest.mark.parametrize(
    "hours",
    [
        {"monday": "08:00-18:00"},
        {"mon": "8-18"},
        {"mon": "25:00-26:00"},
        {"mon": "08:00-08:00"},
        {"mon-xyz": "08:00-18:00"},
        {"mon": "08:00-24:30"},
    ],
)
def test_hours_that_cannot_be_read_are_refused(hours: dict[str, str]) -> None:
    with pytest.raises(HoursInvalid, match="expected"):
        parse(hours)


@pytest.fixture
def table(store: str) -> None:
    lines: list[dict[str, Any]] = [
        {"number": "100", "flow": "main", "hours": OFFICE, "closed": "night"},
        {"number": "101", "flow": "tips", "hours": OFFICE},
        {"number": "10*", "flow": "other"},
    ]
    routes.replace(lines)


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize(
    ("number", "moment", "flow"),
    [
        ("100", at(16, 9), "main"),
        ("100", at(22, 9), "night"),
        ("101", at(22, 9), "other"),
        ("1099", at(16, 9), "other"),
        ("200", at(16, 9), None),
        ("", at(16, 9), None),
        ("100'; DROP TABLE route; --\0", at(16, 9), "other"),
    ],
)
def test_the_first_route_that_fits_and_answers_is_taken(
    number: str, moment: datetime, flow: str | None
) -> None:
    assert routes.route_for(number, moment) == flow


@pytest.mark.usefixtures("table")
def test_a_table_with_a_mistake_leaves_the_old_one_in_place() -> None:
    with pytest.raises(HoursInvalid):
        routes.replace([{"number": "1", "flow": "x", "hours": {"never": "08:00-09:00"}}])
    assert routes.route_for("100", at(16, 9)) == "main"
