"""Meetings, their guests, and what is to be done for each."""

from typing import Any

import peewee


def up(migrator: Any, db: Any) -> None:
    class ConferenceRoom(peewee.Model):
        class Meta:
            database = db
            table_name = "conference_room"

    class Meeting(peewee.Model):
        uid = peewee.CharField(unique=True, max_length=36)
        title = peewee.CharField(max_length=200)
        room = peewee.ForeignKeyField(ConferenceRoom, null=True, on_delete="SET NULL")
        organiser = peewee.CharField(max_length=64)
        starts_at = peewee.DateTimeField(index=True)
        minutes = peewee.IntegerField()
        language = peewee.CharField(max_length=16)
        state = peewee.CharField(max_length=16)
        revision = peewee.IntegerField()
        created_at = peewee.DateTimeField()

        class Meta:
            database = db
            table_name = "meeting"

    db.create_tables([Meeting])

    class MeetingGuest(peewee.Model):
        meeting = peewee.ForeignKeyField(Meeting, on_delete="CASCADE")
        name = peewee.CharField(max_length=200)
        person = peewee.CharField(max_length=64)
        number = peewee.CharField(max_length=64)
        mail = peewee.CharField(max_length=320)
        role = peewee.CharField(max_length=16)
        call_before = peewee.IntegerField()
        mail_before = peewee.IntegerField()
        dial_out = peewee.BooleanField()
        answer = peewee.CharField(max_length=16)
        answered_at = peewee.DateTimeField(null=True)
        dismissed = peewee.BooleanField()

        class Meta:
            database = db
            table_name = "meeting_guest"

    db.create_tables([MeetingGuest])

    class MeetingErrand(peewee.Model):
        guest = peewee.ForeignKeyField(MeetingGuest, on_delete="CASCADE")
        kind = peewee.CharField(max_length=16)
        revision = peewee.IntegerField()
        state = peewee.CharField(max_length=16)
        next_at = peewee.DateTimeField()
        attempts = peewee.IntegerField()
        claimed_by = peewee.CharField(max_length=64)
        outcome = peewee.CharField(max_length=32)
        reason = peewee.CharField(max_length=300)
        done_at = peewee.DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "meeting_errand"
            indexes = ((("guest", "kind", "revision"), True), (("state", "next_at"), False))

    db.create_tables([MeetingErrand])
