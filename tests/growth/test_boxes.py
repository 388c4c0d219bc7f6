"""Two boxes with one store."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from store import calls, this_box
from store.claims import is_free, own_claim
from store.database import connect, disconnect
from store.jobs import CallsLost, CallStarted
from store.migrate import migrate
from store.models import Call
from tests.servers import postgresql_database

__all__ = ["postgresql_database"]

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def shared(postgresql_database: str) -> Iterator[None]:
    connect(postgresql_database)
    migrate()
    yield
    disconnect()


@pytest.fixture(autouse=True)
def named_again() -> Iterator[None]:
    was = this_box.name()
    yield
    this_box.call_it(was)


def test_a_box_that_starts_closes_its_own_calls_and_leaves_those_of_others(shared: None) -> None:
    for name in ("a", "b"):
        this_box.call_it(name)
        calls.started([CallStarted(f"of {name}", NOON)])
    calls.started([CallStarted("of a former version", NOON, box="")])
    calls.lost([CallsLost(NOON + timedelta(minutes=1))])
    still_open = [row.uuid for row in Call.select().where(Call.state == "open")]
    assert still_open == ["of a"]


def test_what_a_worker_of_another_box_does_is_not_taken_from_it() -> None:
    this_box.call_it("a")
    first, later = this_box.new_life(), this_box.new_life()
    claim = own_claim(first)
    this_box.call_it("b")
    other = this_box.new_life()
    assert not is_free(claim, other)
    assert is_free(claim, later), "but its own next life finds it"
    assert is_free(f"{'f' * 30} {os.getpid()} 1", other), "and so is that of a former version"


def test_a_claim_fits_its_column() -> None:
    this_box.call_it("a" * 64)
    assert len(this_box.new_life()) == 30
