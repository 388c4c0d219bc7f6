"""Calls are forgotten when their time is over: who called first, and later the whole call.

A newspaper's callers may be sources: what is not kept cannot be taken away from it. In short
transactions, so that calls that end meanwhile are written in between.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from store.database import translated, writing
from store.models import AuditEntry, Call, CallStep, DialAttempt, Recording
from store.models.call import OPEN

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many rows."""

    calls: int = 0
    recordings: int = 0

    def __bool__(self) -> bool:
        return bool(self.calls or self.recordings)


@translated()
def forget_calls(before: datetime, recordings: Path) -> Forgotten:
    """Remove calls that began before, with their steps, and recordings made before, with their
    files in the folder `recordings`. Raises `StoreAway`, `OSError`.

    The file goes first: after a crash in between the next run finds the row.
    """
    removed = _in_parts(Recording.created_at < before, Recording, _remover(recordings))
    over = (Call.started_at < before) & (Call.state != OPEN)
    done = Forgotten(_in_parts(over, Call, _remove_calls), removed)
    _note("calls", before, done)
    return done


@translated()
def forget_numbers(before: datetime) -> Forgotten:
    """Of calls that began before, remove who called and what was keyed. Raises `StoreAway`.

    The dialling log keeps what was dialled, which bills are checked by, and not who asked.
    """
    told = (Call.caller_number != "") | (Call.caller_name != "") | (Call.sip_call_id != "")
    over = (Call.started_at < before) & (Call.state != OPEN) & told
    asked = (DialAttempt.at < before) & (DialAttempt.asked_by != "")
    _in_parts(asked, DialAttempt, _blank_askers)
    done = Forgotten(calls=_in_parts(over, Call, _blank_calls))
    _note("callers", before, done)
    return done


def _in_parts(which: Any, model: Any, work: Callable[[Sequence[Any]], None]) -> int:
    key, done = model._meta.primary_key, 0
    while rows := list(model.select().where(which).order_by(key).limit(AT_ONCE)):
        with writing():
            work(rows)
        done += len(rows)
    return done


def _remover(folder: Path) -> Callable[[Sequence[Recording]], None]:
    def remove(rows: Sequence[Recording]) -> None:
        for row in rows:
            (folder / row.path).unlink(missing_ok=True)
        Recording.delete().where(Recording.path << [row.path for row in rows]).execute()

    return remove


def _remove_calls(rows: Sequence[Call]) -> None:
    Call.delete().where(_these(rows)).execute()


def _blank_calls(rows: Sequence[Call]) -> None:
    facts = {"caller_number": "", "caller_tail": "", "caller_name": "", "sip_call_id": ""}
    Call.update(facts).where(_these(rows)).execute()
    CallStep.update(detail="").where(CallStep.call << [row.uuid for row in rows]).execute()


def _blank_askers(rows: Sequence[DialAttempt]) -> None:
    DialAttempt.update(asked_by="").where(DialAttempt.id << [row.id for row in rows]).execute()


def _these(rows: Sequence[Call]) -> Any:
    return Call.uuid << [row.uuid for row in rows]


def _note(what: str, before: datetime, done: Forgotten) -> None:
    """In the audit log, as done by the box itself."""
    if done:
        after = {"before": before.isoformat(), **asdict(done)}
        AuditEntry.create(action="forget", subject=what, after=after)
