"""Facts that are too old to be spoken."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from desk import values
from desk.durations import seconds, written
from desk.query import Freshness
from desk.sources import Source
from tests.desk.conftest import NOW, Ask

FIND = "SELECT name, changed_at FROM subscription WHERE number = :number"
SIX_HOURS = 6 * 3600.0


def test_facts_changed_this_morning_are_fresh(paper: Source, ask: Ask) -> None:
    fresh = Freshness(column="changed_at", max_age=SIX_HOURS)
    assert ask(paper, FIND, {"number": "1234"}, fresh=fresh).outcome == "ok"


def test_facts_of_three_weeks_ago_are_stale_and_still_there(paper: Source, ask: Ask) -> None:
    fresh = Freshness(column="changed_at", max_age=SIX_HOURS)
    found = ask(paper, FIND, {"number": "5678"}, fresh=fresh)
    assert (found.outcome, found.rows[0]["name"]) == ("stale", "陳大文")


def test_one_stale_row_makes_the_answer_stale(paper: Source, ask: Ask) -> None:
    fresh = Freshness(column="changed_at", max_age=SIX_HOURS)
    assert ask(paper, "SELECT * FROM subscription", fresh=fresh).outcome == "stale"


def test_nothing_found_in_old_facts_is_stale_not_empty(paper: Source, ask: Ask) -> None:
    sql = "SELECT min(changed_at) FROM subscription"
    fresh = Freshness(sql=sql, max_age=SIX_HOURS)
    assert ask(paper, FIND, {"number": "999"}, fresh=fresh).outcome == "stale"
    fresh = Freshness(sql=sql, max_age=30 * 86_400)
    assert ask(paper, FIND, {"number": "999"}, fresh=fresh).outcome == "empty"


@pytest.mark.parametrize("sql", ["SELECT NULL", "SELECT 'soon'", "SELECT 1 WHERE 1 = 0"])
def test_what_does_not_say_its_age_is_stale(paper: Source, ask: Ask, sql: str) -> None:
    fresh = Freshness(sql=sql, max_age=SIX_HOURS)
    assert ask(paper, FIND, {"number": "1234"}, fresh=fresh).outcome == "stale"


def test_a_freshness_column_that_is_not_there_is_an_error(paper: Source, ask: Ask) -> None:
    found = ask(paper, "SELECT name FROM subscription", fresh=Freshness(column="x", max_age=1))
    assert (found.outcome, "column" in found.error) == ("error", True)


def test_a_freshness_query_that_fails_is_an_error(paper: Source, ask: Ask) -> None:
    fresh = Freshness(sql="SELECT x FROM nowhere", max_age=SIX_HOURS)
    assert ask(paper, FIND, {"number": "1234"}, fresh=fresh).outcome == "error"


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2026-11-21 12:00:00", NOW),
        ("2026-11-21T04:00:00Z", NOW),
        (datetime(2026, 11, 21, 12), NOW),
        (datetime(2026, 11, 21, 4, tzinfo=UTC), NOW),
        (date(2026, 11, 21), NOW.replace(hour=0)),
        (int(NOW.timestamp()), NOW),
        ("0000-00-00", None),
        (10**30, None),
        (True, None),
        (None, None),
    ],
)
def test_a_moment_is_read_in_the_papers_zone(value: Any, moment: datetime | None) -> None:
    assert values.moment(value, NOW) == moment


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (b"M\xfcl", "M\ufffdl"),
        (memoryview(b"abc"), "abc"),
        ("x" * 5_000, "x" * 4_000),
        (b"\xff" * 50_000, "\ufffd" * 4_000),
        (float("nan"), None),
        (Decimal("Infinity"), None),
        (Decimal("1e100"), None),
        (10**500, None),
        (Decimal("12.50"), Decimal("12.50")),
        (True, True),
        (timedelta(hours=8, minutes=30), datetime(1, 1, 1, 8, 30).time()),
        (timedelta(days=2), "2 days, 0:00:00"),
        ([1, 2], "[1, 2]"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
    ],
)
def test_every_value_becomes_a_plain_one(value: Any, expected: Any) -> None:
    assert values.plain(value) == expected


@pytest.mark.parametrize("length", [0.05, 0.5, 1, 2.5, 90, 60, 3600, 26 * 3600, 86_400 * 7])
def test_a_length_of_time_is_read_as_it_is_written(length: float) -> None:
    assert seconds(written(length)) == pytest.approx(length)
