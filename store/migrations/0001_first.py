"""The first tables."""

from typing import Any

import peewee


def up(migrator: Any, db: Any) -> None:
    class Call(peewee.Model):
        uuid = peewee.CharField(primary_key=True, max_length=64)
        sip_call_id = peewee.CharField()
        caller_number = peewee.CharField(index=True, max_length=64)
        caller_name = peewee.CharField(max_length=200)
        withheld = peewee.BooleanField()
        dialled = peewee.CharField(max_length=64)
        flow = peewee.CharField(max_length=64)
        version = peewee.IntegerField()
        started_at = peewee.DateTimeField(index=True)
        answered_at = peewee.DateTimeField(null=True)
        ended_at = peewee.DateTimeField(null=True)
        state = peewee.CharField(index=True, max_length=16)
        reason = peewee.CharField(max_length=500)
        hangup_cause = peewee.CharField(max_length=64)
        language = peewee.CharField(max_length=16)
        tags = peewee.TextField()

        class Meta:
            database = db
            table_name = "call"

    db.create_tables([Call])

    class CallStep(peewee.Model):
        call = peewee.ForeignKeyField(Call, on_delete="CASCADE")
        position = peewee.IntegerField()
        flow = peewee.CharField(max_length=64)
        step = peewee.CharField(max_length=64)
        verb = peewee.CharField(max_length=32)
        started_at = peewee.DateTimeField()
        seconds = peewee.FloatField()
        event = peewee.CharField(max_length=64)
        detail = peewee.TextField()
        error = peewee.TextField()

        class Meta:
            database = db
            table_name = "call_step"
            indexes = ((("call", "position"), True),)

    db.create_tables([CallStep])

    class DataSource(peewee.Model):
        name = peewee.CharField(unique=True, max_length=64)
        url = peewee.TextField()
        password_env = peewee.CharField(max_length=100)

        class Meta:
            database = db
            table_name = "data_source"

    db.create_tables([DataSource])

    class Flow(peewee.Model):
        name = peewee.CharField(unique=True, max_length=64)
        created_at = peewee.DateTimeField()

        class Meta:
            database = db
            table_name = "flow"

    db.create_tables([Flow])

    class FlowVersion(peewee.Model):
        flow = peewee.ForeignKeyField(Flow, on_delete="RESTRICT")
        number = peewee.IntegerField()
        state = peewee.CharField(max_length=16)
        text = peewee.TextField()
        author = peewee.CharField(max_length=100)
        note = peewee.TextField()
        created_at = peewee.DateTimeField()
        checked_at = peewee.DateTimeField(null=True)
        rendered_at = peewee.DateTimeField(null=True)
        published_at = peewee.DateTimeField(null=True)
        replaced = peewee.IntegerField(null=True)

        class Meta:
            database = db
            table_name = "flow_version"
            indexes = ((("flow", "number"), True),)

    db.create_tables([FlowVersion])

    class Recording(peewee.Model):
        path = peewee.CharField(unique=True, max_length=500)
        call = peewee.ForeignKeyField(Call, null=True, on_delete="SET NULL")
        seconds = peewee.FloatField()
        sha256 = peewee.CharField(max_length=64)
        state = peewee.CharField(max_length=16)
        created_at = peewee.DateTimeField()

        class Meta:
            database = db
            table_name = "recording"

    db.create_tables([Recording])

    class Route(peewee.Model):
        position = peewee.IntegerField(index=True)
        number = peewee.CharField(max_length=64)
        flow = peewee.CharField(max_length=64)
        hours = peewee.TextField(null=True)
        closed = peewee.CharField(max_length=64)

        class Meta:
            database = db
            table_name = "route"

    db.create_tables([Route])

    class SavedQuery(peewee.Model):
        name = peewee.CharField(unique=True, max_length=64)
        source = peewee.ForeignKeyField(DataSource, on_delete="RESTRICT")
        sql = peewee.TextField()
        parameters = peewee.TextField()
        row_limit = peewee.IntegerField()
        time_limit = peewee.FloatField()
        fresh = peewee.TextField(null=True)
        note = peewee.TextField()

        class Meta:
            database = db
            table_name = "saved_query"

    db.create_tables([SavedQuery])
    db.execute_sql(
        'CREATE UNIQUE INDEX "flow_version_one_live" ON "flow_version" ("flow_id") '
        "WHERE (\"state\" = 'live')"
    )
