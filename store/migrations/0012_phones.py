"""Desk phones that are kept in the panel."""

from typing import Any

import peewee


def up(migrator: Any, db: Any) -> None:
    class SipPhone(peewee.Model):
        number = peewee.CharField(unique=True, max_length=15)
        title = peewee.CharField(max_length=200)
        password = peewee.CharField(max_length=64)
        created_at = peewee.DateTimeField()

        class Meta:
            database = db
            table_name = "sip_phone"

    db.create_tables([SipPhone])
