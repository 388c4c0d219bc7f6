"""Calls that the box places, and those that it owes."""

from typing import Any

import peewee


def up(migrator: Any, db: Any) -> None:
    # Plain SQL: the migrator would make SQLite's table anew, and dropping the old one deletes
    # what refers to it.
    db.execute_sql('ALTER TABLE "call" ADD COLUMN "direction" VARCHAR(8) NOT NULL DEFAULT \'in\'')
    db.execute_sql('ALTER TABLE "call" ADD COLUMN "purpose" VARCHAR(100) NOT NULL DEFAULT \'\'')

    class Callback(peewee.Model):
        number = peewee.CharField(index=True, max_length=64)
        language = peewee.CharField(max_length=16)
        flow = peewee.CharField(max_length=64)
        given = peewee.TextField()
        asked_by = peewee.CharField(max_length=64)
        call = peewee.CharField(max_length=64)
        purpose = peewee.CharField(max_length=100)
        hours = peewee.TextField(null=True)
        until = peewee.DateTimeField()
        created_at = peewee.DateTimeField()
        next_at = peewee.DateTimeField()
        attempts = peewee.IntegerField()
        most_attempts = peewee.IntegerField()
        state = peewee.CharField(max_length=16)
        claimed_by = peewee.CharField(max_length=64)
        outcome = peewee.CharField(max_length=32)
        reason = peewee.CharField(max_length=200)
        reached = peewee.CharField(max_length=64)
        ended_at = peewee.DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "callback"
            indexes = ((("state", "next_at"), False),)

    db.create_tables([Callback])
