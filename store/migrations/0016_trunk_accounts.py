"""How a provider is reached: transport, account, and the networks that its calls come from."""

from typing import Any

COLUMNS = {
    "transport": "VARCHAR(8) NOT NULL DEFAULT 'udp'",
    "user": "VARCHAR(64) NOT NULL DEFAULT ''",
    "password": "TEXT NOT NULL DEFAULT ''",
    "domain": "VARCHAR(260) NOT NULL DEFAULT ''",
    "expires": "INTEGER NOT NULL DEFAULT 600",
    "number": "VARCHAR(32) NOT NULL DEFAULT ''",
    "addresses": "TEXT NOT NULL DEFAULT '[]'",
}


def up(migrator: Any, db: Any) -> None:
    for name, kind in COLUMNS.items():
        db.execute_sql(f'ALTER TABLE "trunk" ADD COLUMN "{name}" {kind}')
