"""One call from its arrival to its last row in the store."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import structlog

from esl.call import EslCall
from ivr_flows.engine import run_flow
from ivr_flows.ports import CallError, Ports
from ivr_flows.trace import Run, RunEnd, StepRecord
from store.jobs import CallEnded, CallStarted, StepTaken
from store.writer import Writer

from .book import Book
from .keeping import Keeping
from .step_line import detail_line
from .watching import Watching

log = structlog.get_logger()

NOT_IN_SERVICE = "UNALLOCATED_NUMBER"
"""Q.850 cause 1; FreeSWITCH answers 404 to a call that is not answered yet."""


class Reception:
    """Gives each call the flow of the number it dialled. Runs on the call's loop: never waits."""

    def __init__(
        self,
        *,
        live: Callable[[], tuple[Book, Ports]],
        writer: Writer,
        keeping: Keeping,
        watching: Watching,
        when_over: Callable[[EslCall, Run], None],
    ) -> None:
        """`when_over` is told of each call, and what its flow did, once it is hung up."""
        self._live = live
        self._writer = writer
        self._keeping = keeping
        self._watching = watching
        self._when_over = when_over

    def receive(self, call: EslCall) -> None:
        """The whole life of one call, on the versions that are live when it arrives."""
        book, ports = self._live()
        name = book.routes.route_for(call.dialed, ports.clock.now())
        version = book.versions.get(name, 0) if name else 0
        started = _started(call, name or "", version)
        self._writer.put(started)
        self._news(call, "started", dialled=call.dialed, flow=name or "", version=version)
        run = self._run(call, book, ports, name)
        hang_up(call)
        self._writer.put(_ended(started, call, run))
        self._keeping.keep(call.id, run.recordings)
        self._when_over(call, run)
        self._news(call, "ended", end=run.end, reason=run.reason)

    def _run(self, call: EslCall, book: Book, ports: Ports, name: str | None) -> Run:
        flow = book.flows.get(name) if name else None
        if flow is None:
            call.hangup(NOT_IN_SERVICE)
            reason = f"no flow {name!r} is live" if name else "no route for the number dialled"
            log.warning("call refused", dialled=call.dialed, reason=reason)
            return Run(name or "", "", RunEnd.FAILED, reason)
        return run_flow(
            flow, call, ports, flows=book.flows.get, on_step=lambda step: self._step(call, step)
        )

    def _step(self, call: EslCall, step: StepRecord) -> None:
        if self._watching.wanted:
            self._news(
                call,
                "step",
                flow=step.flow,
                step=step.step,
                verb=step.verb,
                event=step.event,
                seconds=round(step.seconds, 3),
                detail=step.detail,
                error=step.error,
            )

    def _news(self, call: EslCall, what: str, **facts: Any) -> None:
        if self._watching.wanted:
            call_facts = {"call": call.id, "sip_call_id": call.sip_call_id}
            self._watching.tell({"what": what, **call_facts, **facts})


def hang_up(call: EslCall) -> None:
    """A call that is gone already, or a switch that is, leaves nothing to do."""
    try:
        call.hangup()
    except CallError as error:
        log.debug("no hang-up", call=call.id, reason=str(error))


def _started(call: EslCall, flow: str, version: int) -> CallStarted:
    caller = call.caller
    return CallStarted(
        uuid=call.id,
        started_at=datetime.now(UTC),
        dialled=call.dialed,
        caller_number=caller.number,
        caller_name=caller.name,
        withheld=caller.withheld,
        sip_call_id=call.sip_call_id,
        flow=flow,
        version=version,
    )


def _ended(started: CallStarted, call: EslCall, run: Run) -> CallEnded:
    return CallEnded(
        started=started,
        ended_at=datetime.now(UTC),
        state=run.end,
        answered_at=_moment(call.answered_at),
        reason=run.reason,
        hangup_cause=call.hangup_cause,
        language=run.language,
        tags=tuple(run.tags),
        steps=tuple(_taken(step) for step in run.trace),
    )


def _moment(seconds: float) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None


def _taken(step: StepRecord) -> StepTaken:
    return StepTaken(
        flow=step.flow,
        step=step.step,
        verb=step.verb,
        started_at=step.started_at,
        seconds=step.seconds,
        event=step.event,
        detail=detail_line(step.detail),
        error=step.error,
    )
