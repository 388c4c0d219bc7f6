"""Messages are assigned, noted upon and searched."""

from typing import Any

import peewee


def up(migrator: Any, db: Any) -> None:
    _handling(db)
    _words(db)


def _handling(db: Any) -> None:
    class Message(peewee.Model):
        id = peewee.CharField(max_length=36, primary_key=True)

        class Meta:
            database = db
            table_name = "message"

    class PanelUser(peewee.Model):
        class Meta:
            database = db
            table_name = "panel_user"

    class MessageAssignment(peewee.Model):
        message = peewee.ForeignKeyField(Message, primary_key=True, on_delete="CASCADE")
        user = peewee.ForeignKeyField(PanelUser, on_delete="CASCADE")
        assigned_by = peewee.CharField(max_length=64)
        assigned_at = peewee.DateTimeField()

        class Meta:
            database = db
            table_name = "message_assignment"

    db.create_tables([MessageAssignment])

    class MessageNote(peewee.Model):
        message = peewee.ForeignKeyField(Message, on_delete="CASCADE")
        text = peewee.TextField()
        author = peewee.CharField(max_length=100)
        created_at = peewee.DateTimeField()

        class Meta:
            database = db
            table_name = "message_note"

    db.create_tables([MessageNote])

    class MessageIndex(peewee.Model):
        message = peewee.ForeignKeyField(Message, unique=True, on_delete="CASCADE")

        class Meta:
            database = db
            table_name = "message_index"

    db.create_tables([MessageIndex])


def _words(db: Any) -> None:
    """Messages that were heard before are found by the worker, which fills the index."""
    if isinstance(getattr(db, "obj", db), peewee.SqliteDatabase):
        db.execute_sql("CREATE VIRTUAL TABLE message_words USING fts5(words, box)")
        return
    db.execute_sql(
        "CREATE TABLE message_words (rowid bigint PRIMARY KEY "
        "REFERENCES message_index (id) ON DELETE CASCADE, words tsvector NOT NULL)"
    )
    db.execute_sql("CREATE INDEX message_words_words ON message_words USING gin (words)")
