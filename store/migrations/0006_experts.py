"""The expert line: sessions, questions, what is kept of them, and late answers."""

from typing import Any

import peewee


def up(migrator: Any, db: Any) -> None:
    class Person(peewee.Model):
        class Meta:
            database = db
            table_name = "person"

    class Message(peewee.Model):
        id = peewee.CharField(primary_key=True, max_length=36)

        class Meta:
            database = db
            table_name = "message"

    class ExpertLine(peewee.Model):
        name = peewee.CharField(unique=True, max_length=64)
        title = peewee.CharField(max_length=200)
        language = peewee.CharField(max_length=16)
        mailbox = peewee.CharField(max_length=64)
        music = peewee.CharField(max_length=64)
        callback_hours = peewee.TextField(null=True)

        class Meta:
            database = db
            table_name = "expert_line"

    db.create_tables([ExpertLine])

    class ExpertSession(peewee.Model):
        line = peewee.ForeignKeyField(ExpertLine, on_delete="CASCADE")
        topic = peewee.CharField(max_length=200)
        introduction = peewee.TextField()
        consent = peewee.TextField()
        expert = peewee.ForeignKeyField(Person, null=True, on_delete="SET NULL")
        host = peewee.ForeignKeyField(Person, null=True, on_delete="SET NULL")
        starts_at = peewee.DateTimeField(index=True)
        minutes = peewee.IntegerField()
        extended = peewee.IntegerField()
        languages = peewee.TextField()
        listeners = peewee.IntegerField()
        record = peewee.BooleanField()
        call_expert = peewee.BooleanField()
        expert_pin = peewee.CharField(max_length=255)
        host_pin = peewee.CharField(max_length=255)
        screener_pin = peewee.CharField(max_length=255)
        jingle = peewee.CharField(max_length=64)
        state = peewee.CharField(index=True, max_length=16)
        opened_at = peewee.DateTimeField(null=True)
        live_at = peewee.DateTimeField(null=True)
        closed_at = peewee.DateTimeField(null=True)
        reason = peewee.CharField(max_length=200)
        created_at = peewee.DateTimeField()

        class Meta:
            database = db
            table_name = "expert_session"

    db.create_tables([ExpertSession])

    class Question(peewee.Model):
        id = peewee.CharField(primary_key=True, max_length=36)
        session = peewee.ForeignKeyField(ExpertSession, on_delete="CASCADE")
        call = peewee.CharField(index=True, max_length=64)
        caller_number = peewee.CharField(max_length=64)
        caller_name = peewee.CharField(max_length=200)
        withheld = peewee.BooleanField()
        contact_number = peewee.CharField(max_length=64)
        language = peewee.CharField(max_length=16)
        state = peewee.CharField(max_length=16)
        priority = peewee.IntegerField()
        note = peewee.TextField()
        screened = peewee.BooleanField()
        asked_at = peewee.DateTimeField(index=True)
        on_air_at = peewee.DateTimeField(null=True)
        off_air_at = peewee.DateTimeField(null=True)
        ended_at = peewee.DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "question"
            indexes = ((("session", "state", "priority", "asked_at"), False),)

    db.create_tables([Question])

    class Piece(peewee.Model):
        id = peewee.CharField(primary_key=True, max_length=36)
        session = peewee.ForeignKeyField(ExpertSession, on_delete="CASCADE")
        question = peewee.ForeignKeyField(Question, null=True, on_delete="SET NULL")
        state = peewee.CharField(max_length=16)
        begun_at = peewee.DateTimeField(index=True)
        ended_at = peewee.DateTimeField(null=True)
        seconds = peewee.FloatField()
        path = peewee.CharField(max_length=500)
        size = peewee.BigIntegerField()
        sha256 = peewee.CharField(max_length=64)
        reason = peewee.CharField(max_length=200)
        people = peewee.TextField()
        contact_number = peewee.CharField(max_length=64)
        language = peewee.CharField(max_length=16)
        transcript_state = peewee.CharField(max_length=16)
        transcript_error = peewee.CharField(max_length=300)
        transcript = peewee.TextField()
        words = peewee.TextField()
        engine = peewee.CharField(max_length=132)
        transcript_note = peewee.CharField(max_length=300)
        attempts = peewee.IntegerField()
        claimed_by = peewee.CharField(max_length=64)
        review = peewee.CharField(max_length=16)
        title = peewee.CharField(max_length=200)
        corrected = peewee.TextField()
        cut_start = peewee.FloatField()
        cut_end = peewee.FloatField(null=True)
        reviewed_by = peewee.CharField(max_length=100)
        reviewed_at = peewee.DateTimeField(null=True)
        published_at = peewee.DateTimeField(null=True)
        changed_at = peewee.DateTimeField()

        class Meta:
            database = db
            table_name = "piece"
            indexes = (
                (("review", "published_at"), False),
                (("transcript_state", "begun_at"), False),
            )

    db.create_tables([Piece])

    class PieceEdit(peewee.Model):
        piece = peewee.ForeignKeyField(Piece, on_delete="CASCADE")
        what = peewee.CharField(max_length=16)
        value = peewee.TextField()
        author = peewee.CharField(max_length=100)
        at = peewee.DateTimeField()

        class Meta:
            database = db
            table_name = "piece_edit"

    db.create_tables([PieceEdit])

    class LateAnswer(peewee.Model):
        id = peewee.CharField(primary_key=True, max_length=36)
        line = peewee.ForeignKeyField(ExpertLine, on_delete="CASCADE")
        message = peewee.ForeignKeyField(Message, unique=True, on_delete="CASCADE")
        state = peewee.CharField(max_length=16)
        path = peewee.CharField(max_length=500)
        seconds = peewee.FloatField()
        answered_by = peewee.CharField(max_length=64)
        callback = peewee.IntegerField(index=True, null=True)
        rounds = peewee.IntegerField()
        created_at = peewee.DateTimeField()
        heard_at = peewee.DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "late_answer"

    db.create_tables([LateAnswer])
