"""Calls for the tests of their pages."""

from datetime import UTC, datetime, timedelta
from typing import Any

from store import calls
from store.jobs import CallEnded, CallStarted, StepTaken

AT = datetime(2026, 11, 22, 8, tzinfo=UTC)


def a_call(uuid: str = "one", minute: int = 0, *, steps: int = 2, **fields: Any) -> CallStarted:
    """An ended one; `state="open"` for one that goes on."""
    at = AT + timedelta(minutes=minute)
    facts = {"caller_number": "+4930123456", "caller_name": "Ann Reader", "dialled": "100"}
    facts |= {"flow": "main", "version": 3, **fields}
    state, tags = facts.pop("state", "finished"), tuple(facts.pop("tags", ()))
    started = CallStarted(uuid, at, **facts)
    if state == "open":
        calls.started([started])
        return started
    taken = tuple(
        StepTaken(
            "main", f"step{n}", "say", at + timedelta(seconds=10 * n), 9.5, "done", f"said {n}"
        )
        for n in range(steps)
    )
    end = at + timedelta(seconds=70)
    calls.ended([CallEnded(started, end, state, at, tags=tags, steps=taken)])
    return started
