"""The panel: its users, their sessions, and an audit log that nobody rewrites."""

from typing import Any

import peewee

FROZEN = "the audit log is append-only"


def up(migrator: Any, db: Any) -> None:
    _users(db)
    _audit(db)


def _users(db: Any) -> None:
    class Mailbox(peewee.Model):
        class Meta:
            database = db
            table_name = "mailbox"

    class PanelUser(peewee.Model):
        name = peewee.CharField(unique=True, max_length=64)
        title = peewee.CharField(max_length=200)
        mail = peewee.CharField(max_length=200)
        role = peewee.CharField(max_length=32)
        person = peewee.CharField(max_length=64)
        language = peewee.CharField(max_length=16)
        password_hash = peewee.CharField(max_length=255)
        password_changed_at = peewee.DateTimeField()
        must_change_password = peewee.BooleanField()
        totp_secret = peewee.CharField(max_length=64)
        totp_step = peewee.IntegerField()
        active = peewee.BooleanField()
        created_at = peewee.DateTimeField()
        last_seen_at = peewee.DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "panel_user"

    db.create_tables([PanelUser])

    class RecoveryCode(peewee.Model):
        user = peewee.ForeignKeyField(PanelUser, on_delete="CASCADE")
        digest = peewee.CharField(max_length=64)
        used_at = peewee.DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "recovery_code"

    db.create_tables([RecoveryCode])

    class PanelSession(peewee.Model):
        digest = peewee.CharField(unique=True, max_length=64)
        user = peewee.ForeignKeyField(PanelUser, on_delete="CASCADE")
        address = peewee.CharField(max_length=64)
        browser = peewee.CharField(max_length=255)
        second_factor = peewee.BooleanField()
        created_at = peewee.DateTimeField()
        seen_at = peewee.DateTimeField()
        ends_at = peewee.DateTimeField(index=True)

        class Meta:
            database = db
            table_name = "panel_session"

    db.create_tables([PanelSession])

    class MailboxGrant(peewee.Model):
        user = peewee.ForeignKeyField(PanelUser, on_delete="CASCADE")
        mailbox = peewee.ForeignKeyField(Mailbox, on_delete="CASCADE")

        class Meta:
            database = db
            table_name = "mailbox_grant"
            indexes = ((("user", "mailbox"), True),)

    db.create_tables([MailboxGrant])


def _audit(db: Any) -> None:
    class AuditEntry(peewee.Model):
        at = peewee.DateTimeField(index=True)
        user = peewee.CharField(max_length=64)
        address = peewee.CharField(max_length=64)
        action = peewee.CharField(index=True, max_length=64)
        subject = peewee.CharField(index=True, max_length=64)
        subject_id = peewee.CharField(max_length=100)
        before = peewee.TextField(null=True)
        after = peewee.TextField(null=True)

        class Meta:
            database = db
            table_name = "audit_entry"

    db.create_tables([AuditEntry])

    if isinstance(getattr(db, "obj", db), peewee.SqliteDatabase):
        for act in ("UPDATE", "DELETE"):
            db.execute_sql(
                f"CREATE TRIGGER audit_entry_no_{act.lower()} BEFORE {act} ON audit_entry "
                f"BEGIN SELECT RAISE(ABORT, '{FROZEN}'); END"
            )
    else:
        db.execute_sql(
            "CREATE FUNCTION audit_entry_frozen() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{FROZEN}'; END $$"
        )
        db.execute_sql(
            "CREATE TRIGGER audit_entry_frozen BEFORE UPDATE OR DELETE ON audit_entry "
            "FOR EACH ROW EXECUTE FUNCTION audit_entry_frozen()"
        )
