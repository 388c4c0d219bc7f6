"""How well each call could be understood, and the bad ones found at once."""

from typing import Any

import peewee


def up(migrator: Any, db: Any) -> None:
    is_sqlite = isinstance(getattr(db, "obj", db), peewee.SqliteDatabase)
    flag = "INTEGER NOT NULL DEFAULT 0" if is_sqlite else "BOOLEAN NOT NULL DEFAULT FALSE"
    columns = {"packets": "INTEGER", "loss": "REAL", "jitter": "REAL", "is_bad": flag}
    for name, kind in columns.items():
        db.execute_sql(f'ALTER TABLE "call" ADD COLUMN "{name}" {kind}')
    condition = '("is_bad" = 1)' if is_sqlite else '("is_bad" = TRUE)'
    db.execute_sql(f'CREATE INDEX "call_bad" ON "call" ("started_at") WHERE {condition}')
