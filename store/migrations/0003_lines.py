"""People, trunks, dialling rules and attempts."""

from typing import Any

import peewee


def up(migrator: Any, db: Any) -> None:
    class Person(peewee.Model):
        name = peewee.CharField(unique=True, max_length=64)
        title = peewee.CharField(max_length=200)
        language = peewee.CharField(max_length=16)
        mail = peewee.CharField(max_length=320)
        at_once = peewee.BooleanField()

        class Meta:
            database = db
            table_name = "person"

    db.create_tables([Person])

    class PersonNumber(peewee.Model):
        person = peewee.ForeignKeyField(Person, on_delete="CASCADE")
        position = peewee.IntegerField()
        kind = peewee.CharField(max_length=16)
        number = peewee.CharField(index=True, max_length=64)
        ring_seconds = peewee.FloatField(null=True)
        confirm = peewee.BooleanField(null=True)

        class Meta:
            database = db
            table_name = "person_number"

    class Trunk(peewee.Model):
        name = peewee.CharField(unique=True, max_length=64)
        position = peewee.IntegerField()
        host = peewee.CharField(max_length=260)
        gateway = peewee.CharField(max_length=64)
        shows = peewee.CharField(max_length=32)
        numbers = peewee.TextField()
        form = peewee.CharField(max_length=16)

        class Meta:
            database = db
            table_name = "trunk"

    class DiallingRule(peewee.Model):
        name = peewee.CharField(unique=True, max_length=64)
        position = peewee.IntegerField()
        refuse = peewee.BooleanField()
        to = peewee.TextField()
        countries = peewee.TextField()
        classes = peewee.TextField()
        doors = peewee.TextField()
        hours = peewee.TextField(null=True)

        class Meta:
            database = db
            table_name = "dialling_rule"

    class DiallingLimit(peewee.Model):
        scope = peewee.CharField(primary_key=True, max_length=16)
        per_hour = peewee.IntegerField(null=True)
        per_day = peewee.IntegerField(null=True)
        each_per_hour = peewee.IntegerField(null=True)
        each_per_day = peewee.IntegerField(null=True)

        class Meta:
            database = db
            table_name = "dialling_limit"

    class DialAttempt(peewee.Model):
        at = peewee.DateTimeField(index=True)
        number = peewee.CharField(max_length=64)
        cost_class = peewee.CharField(max_length=16)
        door = peewee.CharField(max_length=16)
        asked_by = peewee.CharField(max_length=64)
        call = peewee.CharField(index=True, max_length=64)
        state = peewee.CharField(max_length=16)
        outcome = peewee.CharField(max_length=32)
        rule = peewee.CharField(max_length=64)
        trunk = peewee.CharField(max_length=64)
        reason = peewee.CharField(max_length=200)
        settled_at = peewee.DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "dial_attempt"
            indexes = ((("state", "cost_class", "at"), False), (("asked_by", "at"), False))

    db.create_tables([PersonNumber, Trunk, DiallingRule, DiallingLimit, DialAttempt])
