"""Which of several boxes has a call."""

from typing import Any

import peewee


def up(migrator: Any, db: Any) -> None:
    column = peewee.CharField(max_length=64, default="")
    migrator.migrate(migrator.add_column("call", "box", column))
