"""Where tests keep their stores and queues: in SQLite files or, with `TESTS_STORE=servers`, on a
real PostgreSQL and a real Redis (`make test-growth`).

Tests open a store by the path of its file in either case; on the server each path has a database,
copied from one that has all tables. Each home has a database of Redis for its queue.
"""

import hashlib
import os
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import psycopg

from store import database, migrate
from tests.redis_server import running_redis
from tests.servers import postgresql_url, running_postgresql

ON_SERVERS = os.environ.get("TESTS_STORE") == "servers"
TEMPLATE = "pressline_template"
_made: dict[str, Path] = {}
"""The file that each database stands for, by its name."""
_queues: dict[Path, int] = {}
"""The number of each home's database of Redis."""


def servers_of(home: Path) -> dict[str, str]:
    """The settings by which a program finds the store and the queue of a home; none: by the home
    alone."""
    if not ON_SERVERS:
        return {}
    number = _queues.setdefault(home.absolute(), len(_queues))
    return {
        "PRESSLINE_DATABASE": store_url(home / "pressline.db"),
        "PRESSLINE_QUEUE": running_redis().url_of(number),
    }


def store_url(file: Path) -> str:
    """The database of a store's file; empty: it is the file."""
    return _database_of(file) if ON_SERVERS else ""


def address_of(file: Path) -> str:
    """For a process that opens the store by itself."""
    return store_url(file) or str(file)


def file_of(url: str) -> Path | None:
    """The file that a database stands for; None: the test has made that database itself."""
    return _made.get(url.rpartition("/")[2])


def redirect() -> Callable[[str], Any]:
    """Have files lead to databases from now on; gives what made them before."""
    original = database._make

    def make(target: str) -> Any:
        file = target.removeprefix("sqlite:///")
        is_file = not target.startswith(database.POSTGRESQL)
        return original(_database_of(Path(file)) if is_file else target)

    database._make = make
    return original


def drop_below(folder: Path) -> None:
    """Remove the databases of files in a folder that is of no use any more."""
    gone = [name for name, file in _made.items() if file.is_relative_to(folder)]
    if not gone:
        return
    database.disconnect()
    with psycopg.connect(postgresql_url(running_postgresql().port), autocommit=True) as admin:
        for name in gone:
            admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
            del _made[name]


def _database_of(file: Path) -> str:
    name = f"s{hashlib.sha1(str(file.absolute()).encode()).hexdigest()[:20]}"
    if name not in _made:
        _copy(_template(), name)
        _made[name] = file.absolute()
    return postgresql_url(running_postgresql().port, name)


def _copy(template: str, name: str) -> None:
    with psycopg.connect(postgresql_url(running_postgresql().port), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())


@cache
def _template() -> str:
    port = running_postgresql().port
    with psycopg.connect(postgresql_url(port), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {TEMPLATE}".encode())
    # Beside the connection that the models have just now, if any.
    made, target = database.database.obj, database._target
    database.connect(postgresql_url(port, TEMPLATE))
    migrate.migrate()
    database.disconnect()
    database.database.initialize(made)
    database._target = target
    _wait_until_left(port)
    return TEMPLATE


def _wait_until_left(port: int) -> None:
    """A database is copied only while nobody is connected to it."""
    asked = b"SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
    with psycopg.connect(postgresql_url(port), autocommit=True) as admin:
        while admin.execute(asked, (TEMPLATE,)).fetchone() != (0,):
            time.sleep(0.02)
