"""What the box's store holds, read by plain SQL as an auditor would."""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg

from tests.end_to_end.waiting import LIMIT, eventually
from tests.stores import store_url


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


@dataclass(frozen=True, slots=True)
class KeptMessage:
    id: str
    box: str
    state: str
    urgent: int
    caller_number: str
    withheld: int
    started_at: str
    """In UTC."""
    callback_number: str
    callback_confirmed: int
    seconds: float
    path: str
    sha256: str
    ended_by: str
    reason: str
    forwarded_by: str
    comment_path: str


@dataclass(frozen=True, slots=True)
class KeptDelivery:
    id: int
    channel: str
    state: str
    attempts: int
    error: str


@dataclass(frozen=True, slots=True)
class KeptWords:
    text: str
    words: list[dict[str, Any]]
    engine: str


def _on_server(url: str, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """As the file would have told it: times as texts, truth as a number."""
    with psycopg.connect(url) as store:
        found = store.execute(sql.replace("?", "%s").encode(), values).fetchall()
    return [tuple(_plain(value) for value in row) for row in found]


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    return str(value) if isinstance(value, datetime) else value


class Ledger:
    """The calls and messages of one box, calls found by their SIP Call-ID."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def ask(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        if url := store_url(self._path):
            return _on_server(url, sql, values)
        with closing(sqlite3.connect(f"file:{self._path}?mode=ro", uri=True)) as store:
            return store.execute(sql, values).fetchall()

    def calls(self, where: str = "1 = 1", *values: Any) -> list[KeptCall]:
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

    def messages(self, where: str, *values: Any) -> list[KeptMessage]:
        columns = ", ".join(KeptMessage.__dataclass_fields__)
        rows = self.ask(f"SELECT {columns} FROM message WHERE {where} ORDER BY started_at", *values)
        return [KeptMessage(*row) for row in rows]

    def message(self, id: str) -> KeptMessage:
        (found,) = self.messages("id = ?", id)
        return found

    def messages_of(self, call: KeptCall) -> list[KeptMessage]:
        return self.messages("call = ?", call.uuid)

    def wait_message(self, call: KeptCall, state: str = "new") -> KeptMessage:
        """The only message of a call."""

        def found() -> KeptMessage | None:
            one = next(iter(self.messages_of(call)), None)
            return one if one and one.state == state else None

        message = eventually(found, f"the message is in the store as {state}")
        assert len(self.messages_of(call)) == 1
        return message

    def wait_words(self, message: str) -> KeptWords:
        """The transcript, when it is done."""
        sql = "SELECT text, words, engine FROM transcript WHERE message_id = ? AND state = 'done'"
        [(text, words, engine)] = eventually(
            lambda: self.ask(sql, message), "the message has its words"
        )
        return KeptWords(text, json.loads(words), engine)

    def deliveries(self, message: str) -> list[KeptDelivery]:
        columns = ", ".join(KeptDelivery.__dataclass_fields__)
        sql = f"SELECT {columns} FROM delivery WHERE message_id = ? ORDER BY id"
        return [KeptDelivery(*row) for row in self.ask(sql, message)]
