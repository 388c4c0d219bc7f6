"""A real Redis on loopback, which tests may stop and start again."""

import atexit
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
import redis

from tests.ports import free_port
from tests.servers import START_LIMIT, program

PASSWORD = "hush hush@:/"
QUOTED = "hush%20hush%40%3A%2F"
DATABASES = 10_000
"""More than a run of the tests has boxes."""


class RedisServer:
    """Keeps nothing on the disk, and wants a password."""

    def __init__(self, folder: Path) -> None:
        self._program = program("redis-server")
        self._folder = folder
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return self.url_of(0)

    def url_of(self, database: int) -> str:
        return f"redis://:{QUOTED}@127.0.0.1:{self.port}/{database}"

    def start(self) -> "RedisServer":
        settings = {"port": self.port, "bind": "127.0.0.1", "requirepass": PASSWORD, "save": "",
                    "databases": DATABASES}  # fmt: skip
        words = [word for name, value in settings.items() for word in (f"--{name}", str(value))]
        with (self._folder / "redis.log").open("ab") as log:
            self.process = subprocess.Popen(
                [self._program, *words], cwd=self._folder, stdout=log, stderr=subprocess.STDOUT
            )
        deadline = time.monotonic() + START_LIMIT
        while self.process.poll() is None and time.monotonic() < deadline:
            with suppress(redis.ConnectionError), redis.Redis.from_url(self.url) as client:
                client.ping()
                return self
            time.sleep(0.02)
        raise RuntimeError(f"Redis did not start: see {self._folder}/redis.log")

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None


@cache
def running_redis() -> RedisServer:
    """One for all tests that ask; nobody stops it."""
    folder = Path(tempfile.mkdtemp(prefix="pressline-redis-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    server = RedisServer(folder).start()
    atexit.register(server.stop)
    return server


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path)
    yield server
    server.stop()
