"""Conference rooms, their numbers, and what was recorded there."""

from typing import Any

import peewee


def up(migrator: Any, db: Any) -> None:
    class ConferenceRoom(peewee.Model):
        name = peewee.CharField(unique=True, max_length=64)
        title = peewee.CharField(max_length=200)
        language = peewee.CharField(max_length=16)
        listener_pin = peewee.CharField(max_length=255)
        speaker_pin = peewee.CharField(max_length=255)
        moderator_pin = peewee.CharField(max_length=255)
        open = peewee.CharField(max_length=16)
        wait_for_moderator = peewee.BooleanField()
        ends_with_moderator = peewee.BooleanField()
        announce = peewee.CharField(max_length=16)
        muted = peewee.BooleanField()
        most_members = peewee.IntegerField()
        record = peewee.BooleanField()
        music = peewee.CharField(max_length=64)
        created_at = peewee.DateTimeField()

        class Meta:
            database = db
            table_name = "conference_room"

    db.create_tables([ConferenceRoom])

    class ConferenceNumber(peewee.Model):
        number = peewee.CharField(primary_key=True, max_length=64)
        room = peewee.ForeignKeyField(ConferenceRoom, on_delete="CASCADE")

        class Meta:
            database = db
            table_name = "conference_number"

    class ConferenceRecording(peewee.Model):
        room = peewee.ForeignKeyField(ConferenceRoom, null=True, on_delete="SET NULL")
        path = peewee.CharField(unique=True, max_length=500)
        begun_at = peewee.DateTimeField(index=True)
        seconds = peewee.FloatField()

        class Meta:
            database = db
            table_name = "conference_recording"

    db.create_tables([ConferenceNumber, ConferenceRecording])
