"""Neither the store nor the journal takes anything: calls go on, and what is lost is counted."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store import database, migrate
from store.jobs import CallStarted
from store.models import Call
from store.writer import Writer
from tests.disks import fill, small
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


def test_a_full_disk_costs_entries_that_are_counted_and_none_once_there_is_room(disk: Path) -> None:
    filling = fill(disk)
    writer = Writer(disk / "store.journal")
    writer.start()
    try:
        for number in range(300):
            assert writer.put(started(number))
        eventually(lambda: writer.state.away and writer.state.dropped, "it is told", PATIENCE)
        filling.unlink()
        assert writer.put(started(1000))
        assert writer.flush(PATIENCE)
        assert not writer.state.away
        assert Call.get_or_none(Call.uuid == "call-1000")
    finally:
        writer.stop()
    kept = Call.select().count()
    assert kept + writer.state.dropped >= 301
