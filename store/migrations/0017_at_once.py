"""How many calls of one asker may be connected outside at one time."""

from typing import Any

import peewee


def up(migrator: Any, db: Any) -> None:
    column = peewee.IntegerField(null=True)
    migrator.migrate(migrator.add_column("dialling_limit", "each_at_once", column))
