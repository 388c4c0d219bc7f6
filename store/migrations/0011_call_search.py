"""Calls are found by their number's end, their flow, number dialled and tags, however many."""

from typing import Any

import peewee


def up(migrator: Any, db: Any) -> None:
    db.execute_sql('ALTER TABLE "call" ADD COLUMN "caller_tail" VARCHAR(64) NOT NULL DEFAULT \'\'')
    _tails(db)
    for name, columns in {
        "call_caller_tail": '"caller_tail"',
        "call_flow_started_at": '"flow", "started_at"',
        "call_dialled_started_at": '"dialled", "started_at"',
        "call_direction_started_at": '"direction", "started_at", "answered_at", "state"',
    }.items():
        db.execute_sql(f'CREATE INDEX "{name}" ON "call" ({columns})')
    _tags(db)


def _tails(db: Any) -> None:
    param = getattr(db, "param", "?")
    found = db.execute_sql('SELECT DISTINCT "caller_number" FROM "call"')
    for (number,) in found.fetchall():
        db.execute_sql(
            f'UPDATE "call" SET "caller_tail" = {param} WHERE "caller_number" = {param}',
            (number[::-1], number),
        )


def _tags(db: Any) -> None:
    class Call(peewee.Model):
        uuid = peewee.CharField(primary_key=True, max_length=64)
        started_at = peewee.DateTimeField()
        tags = peewee.TextField()

        class Meta:
            database = db
            table_name = "call"

    class CallTag(peewee.Model):
        call = peewee.ForeignKeyField(Call, on_delete="CASCADE")
        tag = peewee.CharField(max_length=100)
        started_at = peewee.DateTimeField()

        class Meta:
            database = db
            table_name = "call_tag"
            primary_key = peewee.CompositeKey("call", "tag")
            indexes = ((("tag", "started_at"), False),)

    db.create_tables([CallTag])
    _fill(db)


def _fill(db: Any) -> None:
    """What calls were tagged with before."""
    if isinstance(getattr(db, "obj", db), peewee.SqliteDatabase):
        tags = 'json_each("call"."tags") AS "one"'
    else:
        tags = 'json_array_elements_text("call"."tags"::json) AS "one"("value")'
    db.execute_sql(
        'INSERT INTO "call_tag" ("call_id", "tag", "started_at") '
        f'SELECT DISTINCT "call"."uuid", "one"."value", "call"."started_at" FROM "call", {tags} '
        'WHERE "call"."tags" <> \'[]\''
    )
