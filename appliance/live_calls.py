"""The calls that are live: who, in which step, and what they went through so far."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ivr_flows.flow import Flow
from ivr_flows.trace import StepRecord
from store.jobs import CallStarted

from .live_news import LiveNews
from .step_line import detail_line

MOST_SHOWN = 100
"""Calls in one piece of news; how many there are is told besides."""
LONGEST = 500
"""Characters of what a step did."""

FlowOf = Callable[[str], Flow | None]


@dataclass(slots=True)
class LiveCall:
    started: CallStarted
    flow_of: FlowOf
    flow: str = ""
    step: str = ""
    verb: str = ""
    trace: list[StepRecord] = field(default_factory=list)

    def go_to(self, flow: str, step: str | None) -> None:
        """Steps are told when they are over; the flow says which one follows."""
        found = self.flow_of(flow)
        placed = found.steps.get(step) if found and step else None
        if placed is not None:
            self.flow, self.step, self.verb = flow, placed.name, placed.step.verb

    def take(self, record: StepRecord) -> None:
        self.trace.append(record)
        found = self.flow_of(record.flow)
        placed = found.steps.get(record.step) if found else None
        if placed is not None:
            self.go_to(record.flow, placed.exits.get(record.event))


class LiveCalls:
    """Told by the reception; asked by the panel. Never waits."""

    def __init__(self, news: LiveNews) -> None:
        self._calls: dict[str, LiveCall] = {}
        self._news = news
        news.on_follow("calls", self.all)

    def began(self, id: str, started: CallStarted, flow_of: FlowOf) -> None:
        call = self._calls[id] = LiveCall(started, flow_of)
        first = flow_of(started.flow)
        call.go_to(started.flow, first.start if first else None)
        self._changed()

    def took(self, id: str, record: StepRecord) -> None:
        if id in self._calls:
            self._calls[id].take(record)
            self._changed()

    def ended(self, id: str) -> None:
        if self._calls.pop(id, None) is not None:
            self._changed()

    def all(self) -> dict[str, Any]:
        """Plain data; numbers and names of callers are hostile."""
        shown = list(self._calls.values())[-MOST_SHOWN:]
        return {"count": len(self._calls), "calls": [_row(call) for call in reversed(shown)]}

    def trace(self, call: str) -> dict[str, Any] | None:
        """One call by its row's uuid; none when it is not live (any more)."""
        for found in self._calls.values():
            if found.started.uuid == call:
                return {**_row(found), "trace": [_step(record) for record in found.trace]}
        return None

    def _changed(self) -> None:
        self._news.changed("calls", "", self.all)


def _row(call: LiveCall) -> dict[str, Any]:
    started = call.started
    return {
        "call": started.uuid,
        "number": "" if started.withheld else started.caller_number,
        "name": "" if started.withheld else started.caller_name,
        "withheld": started.withheld,
        "dialled": started.dialled,
        "direction": started.direction,
        "purpose": started.purpose,
        "started": started.started_at.timestamp(),
        "flow": call.flow or started.flow,
        "step": call.step,
        "verb": call.verb,
        "steps": len(call.trace),
    }


def _step(record: StepRecord) -> Mapping[str, Any]:
    return {
        "flow": record.flow,
        "step": record.step,
        "verb": record.verb,
        "started": record.started_at.timestamp(),
        "seconds": round(record.seconds, 3),
        "event": record.event,
        "detail": detail_line(record.detail)[:LONGEST],
        "error": record.error[:LONGEST],
    }
