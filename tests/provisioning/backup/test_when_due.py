"""A backup a night, at the paper's hour; tried again after an hour when it failed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from appliance.settings import Settings
from provisioning.backup.due import is_due
from provisioning.backup.making import keeping
from provisioning.backup.state import State

PARIS = {"time_zone": "Europe/Paris", "backup_target": "/mnt/b", "backup_hour": 3}
TWO, THREE = "2026-11-22T01:59:00+00:00", "2026-11-22T02:00:00+00:00"
"""At three in Paris it is two in UTC."""


def due(now: str, **facts: str) -> bool:
    settings = Settings.model_validate({"home": Path("/nowhere"), **PARIS})
    return is_due(settings, State(**facts), datetime.fromisoformat(now))


def test_the_first_is_due_at_once() -> None:
    assert due(TWO)


def test_without_a_target_none_is_due() -> None:
    assert not is_due(Settings(home=Path("/nowhere")), State(), datetime.now(UTC))


def test_it_is_due_at_the_papers_hour_and_then_done_for_the_day() -> None:
    yesterday = "2026-11-21T02:10:00+00:00"
    assert not due(TWO, good_at=yesterday)
    assert due(THREE, good_at=yesterday)
    assert not due("2026-11-22T23:00:00+00:00", good_at="2026-11-22T02:00:01+00:00")


def test_a_night_that_was_missed_is_made_up_for() -> None:
    assert due("2026-11-22T15:00:00+00:00", good_at="2026-11-20T02:10:00+00:00")


def test_after_a_failure_an_hour_passes() -> None:
    facts = {"good_at": "2026-11-20T02:10:00+00:00", "fault": "gone"}
    assert not due("2026-11-22T03:00:00+00:00", tried_at="2026-11-22T02:01:00+00:00", **facts)
    assert due("2026-11-22T03:02:00+00:00", tried_at="2026-11-22T02:01:00+00:00", **facts)


def test_one_that_was_killed_is_due_again_at_once() -> None:
    assert due(THREE, good_at="2026-11-20T02:10:00+00:00", tried_at=THREE)


@pytest.mark.parametrize("ahead", ["good_at", "tried_at"])
def test_a_clock_that_was_set_back_stops_no_backups(ahead: str) -> None:
    facts = {"good_at": "2026-11-20T02:10:00+00:00", "fault": "gone", ahead: "2031-01-01T00:00:00Z"}
    assert due(THREE, **facts)


def test_an_hour_that_the_clock_skips_or_shows_twice_is_no_matter() -> None:
    for now in ("2026-03-29T01:30:00+00:00", "2026-10-25T01:30:00+00:00"):
        assert due(now, good_at="2026-03-01T02:10:00+00:00")


def test_what_is_kept_is_said_in_restics_words() -> None:
    assert keeping("14d 8w 1y") == [
        "--keep-daily", "14", "--keep-weekly", "8", "--keep-yearly", "1",
    ]  # fmt: skip
