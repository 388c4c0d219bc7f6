"""Where callers hung up, found by flow and time without reading every step of every call."""

from typing import Any


def up(migrator: Any, db: Any) -> None:
    db.execute_sql(
        'CREATE INDEX "call_step_left" ON "call_step" ("flow", "started_at", "step") '
        "WHERE (\"event\" = 'hangup')"
    )
