"""The same small paper in each kind of database, with a user who may only read it."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

from desk.sources import Source
from tests.servers import (
    READER_PASSWORD,
    mariadb_admin,
    postgresql_url,
    running_mariadb,
    running_postgresql,
)

LAYOUT = """
CREATE TABLE subscription (number VARCHAR(20), name VARCHAR(100), price NUMERIC(8, 2),
    ends_on DATE, changed_at TIMESTAMP);
INSERT INTO subscription VALUES ('1234', 'Ann O''Neil', 12.50, '2027-05-03', '2026-11-21 06:00:00');
INSERT INTO subscription VALUES ('5678', '陳大文', 9.00, '2026-12-31', '2026-11-01 06:00:00');
CREATE INDEX by_number ON subscription (number);
CREATE TABLE digit (n INTEGER);
INSERT INTO digit VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9)
"""
SECRET = quote(READER_PASSWORD, safe="")
MILLION = "SELECT a.n FROM digit a, digit b, digit c, digit d, digit e, digit f"


@contextmanager
def sqlite_paper(folder: Path) -> Iterator[Source]:
    path = folder / "paper of record?.db"
    with sqlite3.connect(path) as connection:
        connection.executescript(LAYOUT)
    connection.close()
    yield Source(name="paper", url=f"sqlite:///{quote(str(path))}")


@contextmanager
def postgresql_paper(name: str) -> Iterator[Source]:
    port = running_postgresql().port
    with psycopg.connect(postgresql_url(port), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}".encode())
        role = f"CREATE ROLE {name} LOGIN PASSWORD '{READER_PASSWORD}'"
        admin.execute(role.encode())
        with psycopg.connect(postgresql_url(port, name), autocommit=True) as laid:
            laid.execute(LAYOUT.encode())
            # Rights to write too: what keeps a query from writing must be the connection.
            laid.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {name}".encode())
            laid.execute(f"GRANT ALL ON SCHEMA public TO {name}".encode())
        yield Source(name="postgresql", url=f"postgresql://{name}:{SECRET}@127.0.0.1:{port}/{name}")
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
        admin.execute(f"DROP ROLE {name}".encode())


@contextmanager
def mysql_paper(name: str) -> Iterator[Source]:
    port = running_mariadb().port
    admin = mariadb_admin(port)
    lay_out = [
        f"CREATE DATABASE {name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci",
        f"USE {name}",
        *LAYOUT.split(";\n"),
        f"CREATE USER {name} IDENTIFIED BY '{READER_PASSWORD}'",
        f"GRANT ALL ON {name}.* TO {name}",
        f"GRANT RELOAD, SHUTDOWN, PROCESS ON *.* TO {name}",
    ]
    with admin.cursor() as cursor:
        for statement in lay_out:
            cursor.execute(statement)
        yield Source(name="mysql", url=f"mysql://{name}:{SECRET}@127.0.0.1:{port}/{name}")
        cursor.execute(f"DROP DATABASE {name}")
        cursor.execute(f"DROP USER {name}")
    admin.close()


def look(source: Source, sql: str) -> Sequence[Sequence[object]]:
    """What is really there, past everything under test."""
    if source.kind == "sqlite":
        with sqlite3.connect(source.path) as connection:
            return connection.execute(sql).fetchall()
    if source.kind == "postgresql":
        url = postgresql_url(running_postgresql().port, source.database)
        with psycopg.connect(url) as admin:
            return admin.execute(sql.encode()).fetchall()
    server = mariadb_admin(running_mariadb().port, source.database)
    with server, server.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()
