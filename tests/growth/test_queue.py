"""The worker's queue, in the home and on a real Redis."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from huey import Huey
from structlog.testing import capture_logs

from appliance.checking import queue_health
from appliance.command import main
from appliance.errors import SettingsInvalid
from appliance.home import Home
from appliance.queue import open_queue
from appliance.settings import Settings, load
from store import flows
from store.database import connect, disconnect
from store.migrate import migrate
from tests.end_to_end.waiting import eventually
from tests.redis_server import RedisServer

SILENT_FLOW = "flow: silent\nstart: end\nsteps:\n  end: {hangup: {}}\n"


def settings_for(home: Path, queue: str = "") -> Settings:
    return load({"PRESSLINE_HOME": str(home), "PRESSLINE_QUEUE": queue})


@pytest.fixture(params=["sqlite", "redis"])
def queue(request: pytest.FixtureRequest, tmp_path: Path) -> Huey:
    url = ""
    if request.param == "redis":
        server: RedisServer = request.getfixturevalue("redis_server").start()
        url = server.url
    return open_queue(settings_for(tmp_path, url), Home(tmp_path).make())


def test_what_is_urgent_is_done_first_and_the_rest_in_its_order(queue: Huey) -> None:
    @queue.task(priority=10)
    def transcript(which: str) -> None: ...

    @queue.task(priority=20)
    def mail(which: str) -> None: ...

    transcript("a")
    transcript("b")
    mail("c")
    taken = [queue.dequeue().args for _ in range(3)]
    assert taken == [("c",), ("a",), ("b",)]


def test_boxes_at_one_server_have_queues_of_their_own(
    redis_server: RedisServer, tmp_path: Path
) -> None:
    given = {"PRESSLINE_HOME": str(tmp_path), "PRESSLINE_QUEUE": redis_server.start().url}
    first, second = (
        open_queue(load(given | {"PRESSLINE_BOX": name}), Home(tmp_path)) for name in ("a", "b")
    )
    first.task()(_nothing)("hint")
    assert (first.pending_count(), second.pending_count()) == (1, 0)


def _nothing(which: str) -> None: ...


def test_a_hint_to_a_queue_that_is_away_is_lost_and_told(
    redis_server: RedisServer, tmp_path: Path
) -> None:
    job = open_queue(settings_for(tmp_path, redis_server.url), Home(tmp_path)).task()(_nothing)
    with capture_logs() as logs:
        job("message")
    assert [line["log_level"] for line in logs] == ["warning"]
    assert "hush" not in str(logs)


def test_health_tells_whether_the_server_is_there(
    redis_server: RedisServer, tmp_path: Path
) -> None:
    settings = settings_for(tmp_path, redis_server.url)
    away = queue_health(settings)
    assert not away.ok and "hush" not in away.message
    redis_server.start()
    assert queue_health(settings).ok


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """With a flow that is live and whose prompts are not made yet."""
    root = tmp_path / "home"
    connect(Home(root).make().root / "pressline.db")
    migrate()
    version = flows.save_draft("silent", SILENT_FLOW)
    flows.mark_checked(version)
    flows.publish("silent")
    yield root
    disconnect()


def test_a_worker_waits_for_its_queue_and_then_finds_what_was_to_be_done(
    redis_server: RedisServer, home: Path, tmp_path: Path
) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PRESSLINE_")}
    environment |= {"PRESSLINE_HOME": str(home), "PRESSLINE_QUEUE": redis_server.url}
    with (tmp_path / "worker.log").open("wb") as log:
        worker = subprocess.Popen(
            [sys.executable, "-m", "appliance.worker"], env=environment, stdout=log, stderr=log
        )

    def said() -> str:
        return (tmp_path / "worker.log").read_text()

    def rendered() -> bool:
        found = flows.live("silent")
        return found is not None and found.rendered_at is not None

    try:
        eventually(lambda: "the queue is away" in said(), "the worker misses its queue")
        redis_server.start()
        eventually(rendered, "the worker has made the prompts")
    finally:
        worker.terminate()
        worker.wait(60)
    assert "Traceback" not in said() and "hush" not in said(), said()


PATCHED = """
from gevent import monkey
monkey.patch_all()
import sys, gevent
from pathlib import Path
from appliance.hints import Hints
from appliance.home import Home
from appliance.queue import open_queue
from appliance.settings import load
queue = open_queue(load(), Home(Path(sys.argv[1])))
done = []
@queue.task()
def job(which): ...
def give(which):
    job(which)
    done.append(queue.pending_count())  # here: a connection belongs to its thread
hints = Hints()
hints.start()
hints.through(give)("first")
hints.through(give)("second")
print("given", len(done), flush=True)  # the server is stopped
ticks = 0
while len(done) < 2:
    gevent.sleep(0.01)
    ticks += 1
    if ticks == 20:
        print("ticked", len(done), flush=True)
print("kept", max(done), flush=True)
"""


def test_the_callboxs_loop_goes_on_while_the_queue_hangs(
    redis_server: RedisServer, tmp_path: Path
) -> None:
    process = redis_server.start().process
    assert process is not None
    process.send_signal(19)
    environment = os.environ | {
        "PRESSLINE_HOME": str(tmp_path),
        "PRESSLINE_QUEUE": redis_server.url,
    }
    program = subprocess.Popen(
        [sys.executable, "-c", PATCHED, str(tmp_path)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert program.stdout is not None
    try:
        assert program.stdout.readline() == "given 0\n"
        assert program.stdout.readline() == "ticked 0\n"
        process.send_signal(18)
        assert program.stdout.readline() == "kept 2\n"
    finally:
        process.send_signal(18)
        program.kill()
        program.wait()


@pytest.mark.parametrize("queue", ["postgresql://x", "redis://", "redis://host:port/0", "redis"])
def test_a_queue_that_cannot_be_one_is_refused_with_the_way_it_is_written(
    tmp_path: Path, queue: str
) -> None:
    with pytest.raises(SettingsInvalid, match="expected redis://host:port/number"):
        settings_for(tmp_path, queue)


def test_passwords_in_urls_are_shown_to_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRESSLINE_HOME", str(tmp_path))
    monkeypatch.setenv("PRESSLINE_QUEUE", "rediss://worker:hush@redis.example:6379/0")
    monkeypatch.setenv("PRESSLINE_DATABASE", "postgresql://db.example/x?user=a&password=hush&b=c")
    shown = CliRunner().invoke(main, ["settings"]).output
    assert "rediss://worker:…@redis.example:6379/0" in shown
    assert "hush" not in shown
    with pytest.raises(SettingsInvalid) as refused:
        settings_for(tmp_path, "http://worker:hush@redis.example")
    assert "hush" not in str(refused.value)
