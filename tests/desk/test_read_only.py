"""No query writes, whatever its SQL: every attempt below is made with a user who may write."""

from pathlib import Path

import psycopg
import pytest

from desk.sources import Source
from tests.desk.conftest import Ask
from tests.desk.papers import look
from tests.servers import mariadb_admin, postgresql_url, running_mariadb, running_postgresql

EVERYWHERE = [
    "DELETE FROM subscription",
    "INSERT INTO subscription (number) VALUES ('x')",
    "UPDATE subscription SET name = 'x'",
    "DROP TABLE subscription",
    "CREATE TABLE made (n INTEGER)",
    "SELECT 1; DROP TABLE subscription",
    "SELECT 1; DELETE FROM subscription",
    "COMMIT; DROP TABLE subscription",
    "COMMIT",
    "ROLLBACK; DELETE FROM subscription",
    "-- x\nDELETE FROM subscription",
]
SQLITE = [
    "PRAGMA query_only = OFF",
    "PRAGMA writable_schema = ON",
    "PRAGMA journal_mode = DELETE",
    "ATTACH DATABASE '{folder}/made.db' AS made",
    "VACUUM INTO '{folder}/made.db'",
    "SELECT load_extension('x')",
    "WITH x AS (SELECT 1) DELETE FROM subscription",
    "BEGIN IMMEDIATE",
    "REINDEX",
    "CREATE TEMP TABLE made (n)",
]
POSTGRESQL = [
    "WITH gone AS (DELETE FROM subscription RETURNING 1) SELECT * FROM gone",
    "SET TRANSACTION READ WRITE",
    "SET default_transaction_read_only = off",
    "SELECT set_config('transaction_read_only', 'off', true)",
    "SELECT set_config('transaction_read_only', 'off', false) UNION ALL SELECT 'x'",
    "COPY subscription TO PROGRAM 'touch {folder}/made'",
    "COPY subscription TO '{folder}/made'",
    "DO $$ BEGIN DELETE FROM subscription; END $$",
    "SELECT 1 INTO made",
    "SELECT * FROM subscription FOR UPDATE",
    "SELECT query_to_xml('DELETE FROM subscription', true, true, '')",
    "SELECT nextval('counted')",
    "LOCK TABLE subscription",
    "NOTIFY x",
    "PREPARE TRANSACTION 'x'",
]
MYSQL = [
    "SELECT 1 INTO OUTFILE '{folder}/made'",
    "START TRANSACTION READ WRITE",
    "SET SESSION TRANSACTION READ WRITE",
    "SET GLOBAL max_connections = 1",
    "SET PASSWORD = ''",
    "CALL gone()",
    "KILL 1",
    "SHUTDOWN",
    "BEGIN",
    "FLUSH TABLES",
    "RESET MASTER",
    "SHOW TABLES",
    "subscription",
    "subscription name",
    "DO SLEEP(0)",
    "HANDLER subscription OPEN",
    "LOCK TABLES subscription WRITE",
    "/*! DELETE FROM subscription */",
    "ANALYZE DELETE FROM subscription",
    "FORMAT=JSON SELECT 1",
    "SELECT written()",
    "REPLACE INTO subscription (number) VALUES ('x')",
    "BEGIN NOT ATOMIC DELETE FROM subscription; END",
    "EXECUTE IMMEDIATE 'DELETE FROM subscription'",
]


def unharmed(source: Source, folder: Path) -> bool:
    rows = look(source, "SELECT count(*) FROM subscription WHERE name <> 'x'")
    return rows[0][0] == 2 and not list(folder.glob("made*"))


@pytest.mark.parametrize("sql", EVERYWHERE)
def test_no_database_is_written_to(paper: Source, ask: Ask, sql: str, tmp_path: Path) -> None:
    found = ask(paper, sql)
    assert (found.outcome, found.rows) == ("error", ())
    assert found.error
    assert unharmed(paper, tmp_path)
    assert ask(paper, "SELECT name FROM subscription").outcome == "ok"


@pytest.mark.parametrize("sql", SQLITE)
def test_sqlite_admits_nothing_but_reading(
    sqlite: Source, ask: Ask, sql: str, tmp_path: Path
) -> None:
    assert ask(sqlite, sql.format(folder=tmp_path)).outcome == "error"
    assert unharmed(sqlite, tmp_path)
    assert ask(sqlite, "SELECT name FROM subscription").outcome == "ok"


@pytest.mark.parametrize("sql", POSTGRESQL)
def test_postgresql_admits_nothing_but_reading(
    postgresql: Source, ask: Ask, sql: str, tmp_path: Path
) -> None:
    url = postgresql_url(running_postgresql().port, postgresql.database)
    with psycopg.connect(url) as admin:
        admin.execute(
            "CREATE SEQUENCE IF NOT EXISTS counted; GRANT ALL ON SEQUENCE counted TO PUBLIC"
        )
    assert ask(postgresql, sql.format(folder=tmp_path)).outcome == "error"
    assert unharmed(postgresql, tmp_path)
    assert ask(postgresql, "SELECT name FROM subscription").outcome == "ok"


def test_what_a_query_sets_in_its_session_is_gone_for_the_next(
    postgresql: Source, ask: Ask
) -> None:
    sql = "SELECT set_config('default_transaction_read_only', 'off', false)"
    assert ask(postgresql, sql).outcome == "ok"
    assert ask(postgresql, "SELECT set_config('statement_timeout', '0', false)").outcome == "ok"
    shown = ask(postgresql, "SELECT current_setting('default_transaction_read_only') AS it")
    assert shown.rows == [{"it": "on"}]
    assert ask(postgresql, "DELETE FROM subscription").outcome == "error"
    slow = ask(postgresql, "SELECT pg_sleep(60)", time_limit=0.2)
    assert "cancelled after 0.2 s" in slow.error


@pytest.mark.parametrize("sql", MYSQL)
def test_mysql_admits_nothing_but_reading(
    mysql: Source, ask: Ask, sql: str, tmp_path: Path
) -> None:
    with (
        mariadb_admin(running_mariadb().port, mysql.database) as admin,
        admin.cursor() as cursor,
    ):
        cursor.execute("CREATE OR REPLACE PROCEDURE gone() DELETE FROM subscription")
        body = "BEGIN DELETE FROM subscription; RETURN 1; END"
        cursor.execute(f"CREATE OR REPLACE FUNCTION written() RETURNS INT {body}")
    tmp_path.chmod(0o777)
    found = ask(mysql, sql.format(folder=tmp_path))
    assert (found.outcome, found.rows) == ("error", ())
    assert unharmed(mysql, tmp_path)
    assert ask(mysql, "SELECT name FROM subscription").outcome == "ok"


def test_a_superuser_of_postgresql_is_not_used(postgresql: Source, ask: Ask) -> None:
    port = running_postgresql().port
    admin = Source(name="paper", url=postgresql_url(port, postgresql.database))
    found = ask(admin, "SELECT 1")
    assert found.outcome == "error"
    assert "is a superuser" in found.error


def test_a_user_of_mysql_who_may_write_files_is_not_used(mysql: Source, ask: Ask) -> None:
    port = running_mariadb().port
    root = Source(name="paper", url=f"mysql://root@127.0.0.1:{port}/{mysql.database}")
    found = ask(root, "SELECT 1")
    assert found.outcome == "error"
    assert "may write files" in found.error


def test_a_sqlite_file_that_is_not_there_is_not_made(tmp_path: Path, ask: Ask) -> None:
    missing = Source(name="paper", url=f"sqlite:///{tmp_path}/missing.db")
    assert ask(missing, "SELECT 1").outcome == "error"
    assert not (tmp_path / "missing.db").exists()
