"""What a call went through, step by step, as a time line."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from store import calls
from store.fields import now
from store.models import Call

WHOLE = 1000.0
"""Length of the time line, in its own units."""
NARROWEST = 3.0
"""Of a step that took no time at all, so that it is seen."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step, and where its bar lies on the time line."""

    flow: str
    step: str
    verb: str
    started_at: datetime
    after: float
    """Seconds after the call began."""
    seconds: float
    event: str
    detail: str
    error: str
    left: float
    width: float
    is_now: bool = False
    """Whether the call is in it."""


def of_ended(call: Call) -> Sequence[Step]:
    rows = [
        {**row.__data__, "started": row.started_at.timestamp()} for row in calls.steps(call.uuid)
    ]
    return list(_line(call, rows))


def of_live(call: Call, told: Mapping[str, Any]) -> Sequence[Step]:
    """By what the callbox told of it, with the step in which it is."""
    return list(_line(call, [*told["trace"], *_present(told)]))


def _present(told: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if not told["step"]:
        return
    ends = [row["started"] + row["seconds"] for row in told["trace"]]
    since = max(ends, default=told["started"])
    yield {
        **{name: told[name] for name in ("flow", "step", "verb")},
        **dict.fromkeys(("event", "detail", "error"), ""),
        "started": since,
        "seconds": max(0.0, now().timestamp() - since),
        "is_now": True,
    }


def _line(call: Call, rows: Sequence[Mapping[str, Any]]) -> Iterator[Step]:
    began = call.started_at.timestamp()
    ends = [row["started"] + row["seconds"] for row in rows]
    if call.ended_at:
        ends.append(call.ended_at.timestamp())
    whole = max([end - began for end in ends], default=0.0) or 1.0
    for row in rows:
        after = max(0.0, row["started"] - began)
        left = min(after / whole * WHOLE, WHOLE - NARROWEST)
        width = max(row["seconds"] / whole * WHOLE, NARROWEST)
        yield Step(
            row["flow"],
            row["step"],
            row["verb"],
            datetime.fromtimestamp(row["started"], UTC),
            after,
            row["seconds"],
            row["event"],
            row["detail"],
            row["error"],
            round(left, 1),
            round(min(width, WHOLE - left), 1),
            row.get("is_now", False),
        )
