"""Disks that take nothing, and files that somebody took away: calls go on, and it is told."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store import database, migrate
from store.jobs import CallStarted
from store.models import Call
from store.writer import Writer
from tests.disks import fill, make_read_only, small
from tests.end_to_end.waiting import eventually

PATIENCE = 30.0


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small(tmp_path / "disk", 2_000_000) as place:
        database.connect(place / "pressline.db")
        migrate.migrate()
        yield place
        database.disconnect()


def started(number: int) -> CallStarted:
    return CallStarted(
        uuid=f"call-{number}",
        started_at=datetime.now(UTC),
        dialled="100",
        caller_number="5551234",
        caller_name="x" * 200,
        withheld=False,
        sip_call_id=f"{number}@phone",
        flow="main",
        version=1,
    )


def test_a_full_disk_costs_nothing_once_there_is_room(disk: Path) -> None:
    filling = fill(disk)
    writer = Writer(disk / "store.journal")
    writer.start()
    try:
        for number in range(300):
            assert writer.put(started(number))
        eventually(lambda: writer.state.away and writer.state.held, "it is told", PATIENCE)
        assert "full" in writer.state.away
        assert not writer.settle(0.5)
        filling.unlink()
        assert writer.put(started(1000))
        assert writer.flush(PATIENCE)
        assert not writer.state.away
    finally:
        writer.stop()
    assert {row.uuid for row in Call.select()} == {f"call-{n}" for n in (*range(300), 1000)}
    assert (writer.state.held, writer.state.dropped) == (0, 0)


def test_a_disk_that_can_only_be_read_costs_entries_that_are_counted(disk: Path) -> None:
    database.disconnect()  # an open file keeps a disk from being made so
    make_read_only(disk)
    writer = Writer(disk / "store.journal")
    writer.start()
    try:
        assert writer.put(started(1))
        eventually(lambda: writer.state.held == 1, "it is told", PATIENCE)
        assert writer.state.away
    finally:
        writer.stop()
    assert writer.state.dropped == 1


def test_a_store_that_is_taken_away_is_told_of_and_gets_all_when_it_is_back(tmp_path: Path) -> None:
    path = tmp_path / "pressline.db"
    database.connect(path)
    migrate.migrate()
    database.disconnect()
    writer = Writer(tmp_path / "store.journal")
    writer.start()
    try:
        writer.put(started(1))
        assert writer.flush(PATIENCE)
        aside = path.rename(tmp_path / "aside")
        writer.put(started(2))
        eventually(lambda: "is gone" in writer.state.away, "it is told", PATIENCE)
        assert not path.exists()
        aside.rename(path)
        assert writer.flush(PATIENCE)
    finally:
        writer.stop()
    assert {call.uuid for call in Call.select()} == {"call-1", "call-2"}


def test_a_store_that_was_replaced_is_opened_anew(tmp_path: Path) -> None:
    path, other = tmp_path / "pressline.db", tmp_path / "other.db"
    for each in (other, path):
        database.connect(each)
        migrate.migrate()
        database.disconnect()
    writer = Writer(tmp_path / "store.journal")
    writer.start()
    try:
        writer.put(started(1))
        assert writer.flush(PATIENCE)
        for end in ("-wal", "-shm"):
            path.with_name(path.name + end).unlink(missing_ok=True)
        other.replace(path)
        writer.put(started(2))
        assert writer.flush(PATIENCE)
    finally:
        writer.stop()
    assert [call.uuid for call in Call.select()] == ["call-2"]
