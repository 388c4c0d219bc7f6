"""Days on which whatever has hours is closed."""

from typing import Any

import peewee


def up(migrator: Any, db: Any) -> None:
    class Holiday(peewee.Model):
        day = peewee.CharField(unique=True, max_length=10)
        name = peewee.CharField(max_length=100)

        class Meta:
            database = db
            table_name = "holiday"

    db.create_tables([Holiday])
