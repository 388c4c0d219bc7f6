"""A real PostgreSQL and a real MariaDB on loopback, started once for all tests that ask.

Neither runs as root: when the tests do, the servers get the system user of their package.
"""

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psycopg
import pymysql
import pytest

from tests.ports import free_port

START_LIMIT = 60.0
ADMIN_PASSWORD = "top secret/@:1"
READER_PASSWORD = "pa:ss/w@rd %41"


@dataclass(frozen=True)
class DatabaseServer:
    """A running server; `reader` may read `paper` and owns nothing."""

    kind: str
    port: int
    folder: Path
    process: subprocess.Popen[bytes]


def program(name: str) -> str:
    """The program's path; skips the test where it is not installed."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    path = os.pathsep.join([os.environ["PATH"], "/usr/sbin", *map(str, versions)])
    found = shutil.which(name, path=path)
    if not found:
        pytest.skip(f"{name} is not installed")
    return found


def _folder_of(user: str) -> tuple[Path, Sequence[str]]:
    """A new folder and the prefix that runs a command as the folder's owner."""
    folder = Path(tempfile.mkdtemp(prefix=f"pressline-{user}-"))
    if os.geteuid() != 0:
        return folder, ()
    account = pwd.getpwnam(user)
    os.chown(folder, account.pw_uid, account.pw_gid)
    ids = (f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups")
    return folder, ("setpriv", *ids, "--")


def _start(server: DatabaseServer, probe: Callable[[], None]) -> DatabaseServer:
    atexit.register(_stop, server)
    deadline = time.monotonic() + START_LIMIT
    while server.process.poll() is None and time.monotonic() < deadline:
        with suppress(psycopg.OperationalError, pymysql.err.OperationalError):
            probe()
            return server
        time.sleep(0.05)
    raise RuntimeError(f"{server.kind} did not start: see {server.folder}/log")


def _stop(server: DatabaseServer) -> None:
    server.process.terminate()
    try:
        server.process.wait(20)
    except subprocess.TimeoutExpired:
        server.process.kill()
        server.process.wait()
    shutil.rmtree(server.folder, ignore_errors=True)


def _launch(command: Sequence[str], folder: Path) -> subprocess.Popen[bytes]:
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(command, cwd=folder, stdout=log, stderr=subprocess.STDOUT)


@cache
def running_postgresql() -> DatabaseServer:
    postgres, initdb = program("postgres"), program("initdb")
    folder, run_as = _folder_of("postgres")
    data, port = folder / "data", free_port()
    init = [*run_as, initdb, "-D", str(data), "-U", "admin", "-A", "trust", "-E", "UTF8",
            "--locale=C", "--no-sync"]  # fmt: skip
    subprocess.run(init, cwd=folder, check=True, capture_output=True)
    hba = "host all admin all trust\nhost all all all scram-sha-256\n"
    (data / "pg_hba.conf").write_text(hba)
    command = [*run_as, postgres, "-D", str(data), "-k", str(folder), "-p", str(port),
               "-h", "127.0.0.1", "-c", "fsync=off", "-c", "max_connections=300"]  # fmt: skip
    server = DatabaseServer("postgresql", port, folder, _launch(command, folder))
    return _start(server, lambda: psycopg.connect(postgresql_url(port)).close())


def postgresql_url(port: int, database: str = "postgres") -> str:
    """The administrator's address, for tests to lay things out."""
    return f"postgresql://admin@127.0.0.1:{port}/{database}"


@cache
def running_mariadb() -> DatabaseServer:
    mariadbd, install = program("mariadbd"), program("mariadb-install-db")
    folder, run_as = _folder_of("mysql")
    data, port = folder / "data", free_port()
    init = [*run_as, install, "--no-defaults", f"--datadir={data}", "--skip-test-db",
            "--auth-root-authentication-method=normal"]  # fmt: skip
    subprocess.run(init, cwd=folder, check=True, capture_output=True)
    command = [*run_as, mariadbd, "--no-defaults", f"--datadir={data}", f"--port={port}",
               "--bind-address=127.0.0.1", f"--socket={folder}/socket", "--skip-log-bin",
               f"--pid-file={folder}/pid", "--innodb-flush-log-at-trx-commit=0"]  # fmt: skip
    server = DatabaseServer("mysql", port, folder, _launch(command, folder))
    return _start(server, lambda: mariadb_admin(port).close())


def mariadb_admin(
    port: int, database: str | None = None
) -> "pymysql.Connection[pymysql.cursors.Cursor]":
    """The administrator's connection, for tests to lay things out."""
    return pymysql.connect(
        host="127.0.0.1", port=port, user="root", database=database, autocommit=True
    )


@pytest.fixture
def postgresql_database() -> Iterator[str]:
    """The address of a new empty PostgreSQL database."""
    server = running_postgresql()
    name = f"test_{time.monotonic_ns()}"
    with psycopg.connect(postgresql_url(server.port), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}".encode())
        yield postgresql_url(server.port, name)
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
