"""What the box's store holds, read by plain SQL as an auditor would."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.end_to_end.waiting import LIMIT, eventually


@dataclass(frozen=True, slots=True)
class KeptCall:
    uuid: str
    caller_number: str
    caller_name: str
    dialled: str
    flow: str
    version: int
    state: str
    reason: str
    tags: str
    ended_at: str | None


@dataclass(frozen=True, slots=True)
class KeptStep:
    flow: str
    step: str
    event: str
    detail: str
    seconds: float


@dataclass(frozen=True, slots=True)
class KeptRecording:
    path: str
    seconds: float
    sha256: str


class Ledger:
    """The calls of one box, found by their SIP Call-ID."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def ask(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(f"file:{self._path}?mode=ro", uri=True)) as store:
            return store.execute(sql, values).fetchall()

    def calls(self, where: str = "1", *values: Any) -> list[KeptCall]:
        columns = ", ".join(KeptCall.__dataclass_fields__)
        rows = self.ask(f"SELECT {columns} FROM call WHERE {where} ORDER BY started_at", *values)
        return [KeptCall(*row) for row in rows]

    def open_calls(self) -> list[KeptCall]:
        return self.calls("ended_at IS NULL")

    def wait_started(self, call_id: str) -> KeptCall:
        return eventually(lambda: self._call(call_id), f"call {call_id} is in the store")

    def wait_ended(self, call_id: str, limit: float = LIMIT) -> KeptCall:
        def ended() -> KeptCall | None:
            call = self._call(call_id)
            return call if call and call.ended_at else None

        return eventually(ended, f"call {call_id} is in the store with its end", limit)

    def _call(self, call_id: str) -> KeptCall | None:
        return next(iter(self.calls("sip_call_id = ?", call_id)), None)

    def steps(self, call: KeptCall) -> list[KeptStep]:
        columns = ", ".join(KeptStep.__dataclass_fields__)
        sql = f"SELECT {columns} FROM call_step WHERE call_id = ? ORDER BY position"
        return [KeptStep(*row) for row in self.ask(sql, call.uuid)]

    def path(self, call: KeptCall) -> list[str]:
        """The steps' names in the order in which the caller went."""
        return [f"{step.flow}/{step.step}" for step in self.steps(call)]

    def recordings(self, call: KeptCall) -> list[KeptRecording]:
        sql = "SELECT path, seconds, sha256 FROM recording WHERE call_id = ?"
        return [KeptRecording(*row) for row in self.ask(sql, call.uuid)]
