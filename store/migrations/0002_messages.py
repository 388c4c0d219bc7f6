"""Mailboxes, messages, their transcripts and deliveries."""

from typing import Any

import peewee


def up(migrator: Any, db: Any) -> None:
    class Mailbox(peewee.Model):
        name = peewee.CharField(unique=True, max_length=64)
        title = peewee.CharField(max_length=200)
        shared = peewee.BooleanField()
        language = peewee.CharField(max_length=16)
        pin_hash = peewee.CharField(max_length=255)
        away = peewee.BooleanField()
        hours = peewee.TextField(null=True)
        min_seconds = peewee.FloatField()
        max_seconds = peewee.IntegerField()
        max_messages = peewee.IntegerField()
        keep_days = peewee.IntegerField()
        review = peewee.BooleanField()
        transcribe = peewee.BooleanField()
        phones = peewee.TextField()
        created_at = peewee.DateTimeField()

        class Meta:
            database = db
            table_name = "mailbox"

    db.create_tables([Mailbox])

    class MailboxNumber(peewee.Model):
        number = peewee.CharField(primary_key=True, max_length=64)
        mailbox = peewee.ForeignKeyField(Mailbox, on_delete="CASCADE")

        class Meta:
            database = db
            table_name = "mailbox_number"

    db.create_tables([MailboxNumber])

    class PinGate(peewee.Model):
        key = peewee.CharField(primary_key=True, max_length=80)
        failures = peewee.IntegerField()
        locked_until = peewee.DateTimeField(null=True)
        changed_at = peewee.DateTimeField(index=True)

        class Meta:
            database = db
            table_name = "pin_gate"

    db.create_tables([PinGate])

    class Greeting(peewee.Model):
        mailbox = peewee.ForeignKeyField(Mailbox, on_delete="CASCADE")
        kind = peewee.CharField(max_length=16)
        text = peewee.TextField()
        path = peewee.CharField(max_length=500)
        changed_at = peewee.DateTimeField()

        class Meta:
            database = db
            table_name = "greeting"
            indexes = ((("mailbox", "kind"), True),)

    db.create_tables([Greeting])

    class Recipient(peewee.Model):
        mailbox = peewee.ForeignKeyField(Mailbox, on_delete="CASCADE")
        channel = peewee.CharField(max_length=16)
        address = peewee.CharField(max_length=500)
        secret = peewee.CharField(max_length=200)
        attach = peewee.CharField(max_length=16)
        urgent_only = peewee.BooleanField()

        class Meta:
            database = db
            table_name = "recipient"
            indexes = ((("mailbox", "channel", "address"), True),)

    db.create_tables([Recipient])

    class Message(peewee.Model):
        id = peewee.CharField(primary_key=True, max_length=36)
        mailbox = peewee.ForeignKeyField(Mailbox, null=True, on_delete="RESTRICT")
        box = peewee.CharField(max_length=64)
        call = peewee.CharField(index=True, max_length=64)
        state = peewee.CharField(max_length=16)
        urgent = peewee.BooleanField()
        caller_number = peewee.CharField(max_length=64)
        caller_name = peewee.CharField(max_length=200)
        withheld = peewee.BooleanField()
        dialled = peewee.CharField(max_length=64)
        callback_number = peewee.CharField(max_length=64)
        callback_confirmed = peewee.BooleanField()
        language = peewee.CharField(max_length=16)
        started_at = peewee.DateTimeField(index=True)
        ended_at = peewee.DateTimeField(null=True)
        ended_by = peewee.CharField(max_length=16)
        seconds = peewee.FloatField()
        spoken_seconds = peewee.FloatField()
        path = peewee.CharField(max_length=500)
        size = peewee.BigIntegerField()
        sha256 = peewee.CharField(max_length=64)
        reason = peewee.CharField(max_length=200)
        heard_at = peewee.DateTimeField(null=True)
        deleted_from = peewee.CharField(max_length=16)
        changed_at = peewee.DateTimeField()
        forwarded_from = peewee.ForeignKeyField("self", null=True, on_delete="SET NULL")
        forwarded_by = peewee.CharField(max_length=64)
        comment_path = peewee.CharField(max_length=500)

        class Meta:
            database = db
            table_name = "message"
            indexes = (
                (("mailbox", "state", "urgent", "started_at"), False),
                (("state", "changed_at"), False),
            )

    db.create_tables([Message])

    class Transcript(peewee.Model):
        message = peewee.ForeignKeyField(Message, primary_key=True, on_delete="CASCADE")
        state = peewee.CharField(index=True, max_length=16)
        language = peewee.CharField(max_length=16)
        text = peewee.TextField()
        words = peewee.TextField()
        engine = peewee.CharField(max_length=32)
        model = peewee.CharField(max_length=100)
        note = peewee.CharField(max_length=300)
        progress = peewee.FloatField()
        attempts = peewee.IntegerField()
        claimed_by = peewee.CharField(max_length=64)
        finished_at = peewee.DateTimeField(null=True)
        error = peewee.CharField(max_length=500)

        class Meta:
            database = db
            table_name = "transcript"

    db.create_tables([Transcript])

    class Correction(peewee.Model):
        message = peewee.ForeignKeyField(Message, on_delete="CASCADE")
        text = peewee.TextField()
        author = peewee.CharField(max_length=100)
        created_at = peewee.DateTimeField()

        class Meta:
            database = db
            table_name = "correction"

    db.create_tables([Correction])

    class Delivery(peewee.Model):
        message = peewee.ForeignKeyField(Message, on_delete="CASCADE")
        recipient = peewee.ForeignKeyField(Recipient, null=True, on_delete="SET NULL")
        channel = peewee.CharField(max_length=16)
        address = peewee.CharField(max_length=500)
        state = peewee.CharField(max_length=16)
        attempts = peewee.IntegerField()
        next_at = peewee.DateTimeField()
        claimed_by = peewee.CharField(max_length=64)
        sent_at = peewee.DateTimeField(null=True)
        error = peewee.CharField(max_length=500)

        class Meta:
            database = db
            table_name = "delivery"
            indexes = ((("message", "channel", "address"), True), (("state", "next_at"), False))

    db.create_tables([Delivery])
