"""The single writer: nothing is lost, nothing waits."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from store import calls, recordings
from store.database import connect, disconnect
from store.errors import StoreAway
from store.jobs import CallEnded, CallsLost, CallStarted, Job, RecordingKept, StepTaken
from store.journal import Journal
from store.migrate import migrate
from store.writer import Writer
from tests.servers import postgresql_url, running_postgresql

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
LIMIT = 60.0


def started(uuid: str) -> CallStarted:
    return CallStarted(uuid=uuid, started_at=NOON, dialled="100")


def ended(uuid: str) -> CallEnded:
    step = StepTaken("main", "welcome", "say", NOON, 1.5)
    return CallEnded(started(uuid), NOON, "finished", steps=(step,) * 10)


@pytest.fixture
def writer(store: str, tmp_path: Path) -> Iterator[Writer]:
    writer = Writer(tmp_path / "journal.jsonl")
    yield writer
    if writer.state.running:
        assert writer.stop(LIMIT)


def test_what_was_put_is_in_the_store_after_a_flush(writer: Writer) -> None:
    writer.start()
    for number in range(1_000):
        writer.put(started(f"call {number}"))
        writer.put(ended(f"call {number}"))
    assert writer.flush(LIMIT)
    assert len(calls.search(state="finished", limit=1_000)) == 1_000
    assert len(calls.steps("call 999")) == 10
    assert (writer.state.written, writer.state.refused, writer.state.dropped) == (2_000, 0, 0)


def test_what_was_put_is_in_the_store_after_a_stop(writer: Writer) -> None:
    writer.start()
    writer.put(ended("last"))
    assert writer.stop(LIMIT)
    assert [call.uuid for call in calls.search()] == ["last"]


def test_a_job_that_the_store_refuses_does_not_take_the_others_along(writer: Writer) -> None:
    writer.put(started("before"))
    writer.put(RecordingKept("a.wav", "no such call", 1.0, "0" * 64, NOON))
    writer.put(CallStarted(uuid="bad", started_at=NOON, version=1 << 70))
    writer.put(started("after"))
    writer.start()
    assert writer.flush(LIMIT)
    assert {call.uuid for call in calls.search()} == {"before", "after"}
    assert (writer.state.written, writer.state.refused) == (2, 2)


def test_a_call_that_ends_twice_is_kept_as_it_ended_last(writer: Writer) -> None:
    writer.put(ended("u1"))
    writer.put(CallEnded(started("u1"), NOON, "failed"))
    writer.start()
    assert writer.flush(LIMIT)
    assert [call.state for call in calls.search()] == ["failed"]


def test_a_recording_is_kept_with_the_call_of_the_same_moment(writer: Writer) -> None:
    writer.put(RecordingKept("a.wav", "u1", 2.5, "0" * 64, NOON))
    writer.put(ended("u1"))
    writer.start()
    assert writer.flush(LIMIT)
    assert [kept.path for kept in recordings.of_call("u1")] == ["a.wav"]


def test_calls_of_a_killed_box_are_lost_and_those_of_the_journal_are_not(writer: Writer) -> None:
    calls.started([started("cut off"), started("in the journal")])
    writer._journal.append([ended("in the journal")])
    writer.put(CallsLost(datetime.now(UTC)))
    writer.start()
    assert writer.flush(LIMIT)
    states = {call.uuid: call.state for call in calls.search()}
    assert states == {"cut off": "lost", "in the journal": "finished"}


def test_far_too_many_jobs_are_refused_instead_of_filling_the_memory(tmp_path: Path) -> None:
    writer = Writer(tmp_path / "journal.jsonl", max_waiting=3)
    assert [writer.put(started(str(n))) for n in range(5)] == [True] * 3 + [False] * 2
    assert (writer.state.waiting, writer.state.dropped) == (3, 2)


def test_jobs_wait_in_the_journal_until_a_locked_store_is_free(tmp_path: Path) -> None:
    path = tmp_path / "pressline.db"
    connect(path).execute_sql("PRAGMA busy_timeout = 1")
    migrate()
    writer = Writer(tmp_path / "journal.jsonl")
    holder = sqlite3.connect(path, isolation_level=None)
    os.rename(path, tmp_path / "away.db")
    path.mkdir()  # the writer's thread opens its own connection: it finds no file
    writer.put(ended("u1"))
    writer.start()
    assert not writer.flush(0.3)
    assert writer.state.away
    assert writer.state.journal_bytes
    path.rmdir()
    os.rename(tmp_path / "away.db", path)
    holder.close()
    assert writer.flush(LIMIT)
    assert writer.stop(LIMIT)
    assert not (tmp_path / "journal.jsonl").exists()
    assert [call.uuid for call in calls.search()] == ["u1"]
    disconnect()


def test_a_postgresql_that_goes_and_comes_back_costs_nothing(
    postgresql_database: str, tmp_path: Path
) -> None:
    connect(postgresql_database)
    migrate()
    writer = Writer(tmp_path / "journal.jsonl")
    writer.start()
    writer.put(ended("before"))
    assert writer.flush(LIMIT)
    name = postgresql_database.rpartition("/")[2]
    with psycopg.connect(postgresql_url(running_postgresql().port), autocommit=True) as admin:
        admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false".encode())
        kick = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        admin.execute(kick, (name,))
        writer.put(ended("meanwhile"))
        assert not writer.flush(0.3)
        admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true".encode())
    assert writer.flush(LIMIT)
    assert writer.stop(LIMIT)
    with suppress(psycopg.OperationalError):  # the server has ended this thread's connection too
        disconnect()
    connect(postgresql_database)
    assert {call.uuid for call in calls.search()} == {"before", "meanwhile"}
    disconnect()


def test_jobs_of_a_writer_that_never_reached_the_store_are_kept_by_the_next(
    tmp_path: Path,
) -> None:
    journal = tmp_path / "journal.jsonl"
    (tmp_path / "pressline.db").mkdir()
    program = (
        "import sys; from datetime import datetime, UTC; from pathlib import Path;"
        "import store.database as d; from store.jobs import CallStarted;"
        "from store.writer import Writer; import peewee;"
        "d.database.initialize(peewee.SqliteDatabase(sys.argv[1]));"
        "w = Writer(Path(sys.argv[2])); w.start();"
        "w.put(CallStarted('u1', datetime.now(UTC))); w.stop(10); print(w.state.journal_bytes)"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "pressline.db"), str(journal)]
    assert int(subprocess.check_output(command, timeout=60)) > 0
    (tmp_path / "pressline.db").rmdir()
    connect(tmp_path / "pressline.db")
    migrate()
    writer = Writer(journal)
    writer.start()
    assert writer.flush(LIMIT)
    assert writer.stop(LIMIT)
    assert [call.uuid for call in calls.search()] == ["u1"]
    disconnect()


IN_GEVENT = """
from gevent import monkey; monkey.patch_all()
import json, sys, time
from datetime import UTC, datetime
from pathlib import Path
import gevent
from store.database import connect, disconnect
from store.jobs import CallEnded, CallStarted, StepTaken
from store.migrate import migrate
from store.writer import Writer
connect(sys.argv[1]); migrate(); disconnect()
writer = Writer(Path(sys.argv[2])); writer.start()
turns = 0
def turn():
    global turns
    while True:
        turns += 1
        gevent.sleep(0)
loop = gevent.spawn(turn)
now = datetime.now(UTC)
for number in range(200):
    start = CallStarted(f"call {number}", now)
    step = StepTaken("main", "welcome", "say", now, 1.0)
    writer.put(start); writer.put(CallEnded(start, now, "finished", steps=(step,) * 10))
flushed = writer.flush(60)
print(json.dumps([flushed, turns > 0, writer.state.written, writer.stop(10)]), flush=True)
"""


def test_under_gevent_the_loop_goes_on_while_the_writer_writes(target: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", IN_GEVENT, target, str(tmp_path / "journal.jsonl")]
    done = subprocess.run(command, timeout=100, capture_output=True, text=True)
    assert json.loads(done.stdout) == [True, True, 400, True], done.stderr
    connect(target)
    assert len(calls.search(state="finished", limit=1_000)) == 200
    disconnect()


KILLED = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from store.database import connect
from store.jobs import CallStarted
from store.writer import Writer
connect(sys.argv[1])
writer = Writer(Path(sys.argv[2])); writer.start()
writer.put(CallStarted("u1", datetime.now(UTC)))
assert writer.flush(60)
print("kept", flush=True)
sys.stdin.read()
"""


def test_a_call_of_a_killed_process_is_found_open(store: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED, store, str(tmp_path / "journal.jsonl")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"kept\n"
        process.send_signal(signal.SIGKILL)
    assert calls.mark_lost(datetime.now(UTC)) == 1


def test_a_line_cut_short_by_a_kill_does_not_spoil_the_journal(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    jobs: list[Job] = [started("one"), ended("two")]
    journal.append(jobs)
    with journal.path.open("ab") as file:
        file.write(b'{"uuid": "cut sh')
    journal.append([started("three")])
    found, until = journal.next_batch(100)
    assert list(found) == [*jobs, started("three")]
    journal.done(until)
    assert journal.size == 0


def test_a_journal_is_bounded(tmp_path: Path, store: str) -> None:
    writer = Writer(tmp_path / "journal.jsonl", max_waiting=8)
    writer._journal = Journal(tmp_path / "journal.jsonl", max_bytes=1_000)
    writer._set_aside([started("fits")])
    writer._set_aside([ended(f"call {n}") for n in range(10)])
    assert (writer.state.held, writer.state.dropped) == (8, 2)
    assert 0 < writer.state.journal_bytes < 1_000


def test_who_asked_is_told_what_has_come_into_the_store(store: str, tmp_path: Path) -> None:
    told: list[Job] = []
    writer = Writer(tmp_path / "journal", on_written=told.extend)
    writer.start()
    writer.put(started("one"))
    assert writer.flush(10) and writer.stop()
    assert [job.uuid for job in told if isinstance(job, CallStarted)] == ["one"]


def test_a_job_outlives_the_process_also_while_the_store_is_away(
    tmp_path: Path, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(jobs: Sequence[Job]) -> int:
        raise StoreAway("gone")

    monkeypatch.setattr("store.writer.apply", away)
    writer = Writer(tmp_path / "journal")
    writer.start()
    writer.put(started("one"))
    assert writer.settle(10)
    assert started("one").uuid in (tmp_path / "journal").read_text()
    assert not writer.flush(0.2)
    writer.stop()
