"""Secrets are sealed, which makes them longer.

SQLite keeps texts of any length in any column of text; PostgreSQL holds them to what is declared.
What stands in clear is sealed afterwards (`store.sealing`): a migration has no key.
"""

from typing import Any

import peewee

SECRETS = (("panel_user", "totp_secret"), ("sip_phone", "password"), ("recipient", "secret"))


def up(migrator: Any, db: Any) -> None:
    is_postgresql = isinstance(db, peewee.PostgresqlDatabase)
    if is_postgresql:
        for table, column in SECRETS:
            db.execute_sql(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE TEXT')
