"""One call from its arrival to its last row in the store."""

from collections.abc import Callable
from dataclasses import replace
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
from .keeping import Keeping, part_of
from .live_calls import LiveCalls
from .metrics.call_figures import CallFigures
from .program import Program
from .step_line import detail_line
from .watching import Watching

log = structlog.get_logger()

NOT_IN_SERVICE = "UNALLOCATED_NUMBER"
"""Q.850 cause 1; FreeSWITCH answers 404 to a call that is not answered yet."""
NOT_WANTED = "ORIGINATOR_CANCEL"
NOT_TAKEN = "nobody took the call"


class Reception:
    """Gives each call the flow of the number it dialled, or what it was placed for.

    Runs on the call's loop: never waits.
    """

    def __init__(
        self,
        *,
        live: Callable[[], tuple[Book, Ports]],
        writer: Writer,
        keeping: Keeping,
        watching: Watching,
        live_calls: LiveCalls,
        figures: CallFigures,
        when_over: Callable[[EslCall, Run], None],
        placed: Callable[[EslCall], Program | None],
        unrouted: Callable[[EslCall], None],
        refuses: Callable[[], bool],
    ) -> None:
        """`when_over` is told of each call, and what its flow did, once it is hung up; `placed`
        knows what a call of ours was placed for, or nothing when nobody waits for it; `unrouted`
        is told of a call to a number that leads nowhere; `refuses` tells whether a caller is one
        too many."""
        self._live = live
        self._writer = writer
        self._keeping = keeping
        self._watching = watching
        self._live_calls = live_calls
        self._figures = figures
        self._when_over = when_over
        self._placed = placed
        self._unrouted = unrouted
        self._refuses = refuses

    def receive(self, call: EslCall) -> None:
        """The whole life of one call, on the versions that are live when it arrives."""
        if not call.is_outbound and self._refuses():
            call.leave()
            return
        book, ports = self._live_for(call)
        program = self._placed(call) if call.is_outbound else _routed(call, book, ports)
        if program is None:
            self._turn_away(call, book, ports)
            return
        started = _started(call, program, book.versions.get(program.flow, 0))
        self._writer.put(started)
        structlog.contextvars.bind_contextvars(call=started.uuid)
        self._news(
            call,
            "started",
            dialled=started.dialled,
            flow=started.flow,
            version=started.version,
            direction=started.direction,
        )
        self._figures.started(started)
        self._live_calls.began(call.id, started, book.flow)
        try:
            run = self._serve(call, book, ports, program)
        finally:
            self._live_calls.ended(call.id)
        ended = _ended(started, call, run)
        self._writer.put(ended)
        self._figures.ended(ended)
        self._keeping.keep(started.uuid, run.recordings)
        self._when_over(call, run)
        self._news(call, "ended", end=run.end, reason=run.reason)

    def _live_for(self, call: EslCall) -> tuple[Book, Ports]:
        book, ports = self._live()
        if call.part == 1:
            return book, ports
        return book, replace(ports, recordings=replace(ports.recordings, part=part_of(call.part)))

    def _turn_away(self, call: EslCall, book: Book, ports: Ports) -> None:
        """Nobody waits for it any more; or a caller has sent whom we had rung elsewhere."""
        log.info("a call that nobody waits for", call=call.id, number=call.caller.number)
        if call.is_transferred and not _routed(call, book, ports).flow:
            self._unrouted(call)
        call.hangup(NOT_WANTED)

    def _serve(self, call: EslCall, book: Book, ports: Ports, program: Program) -> Run:
        """Whatever strikes, who placed the call is told of its end."""
        run = Run(program.flow, program.language, RunEnd.FAILED, "broken off")
        try:
            run = self._run_if_taken(call, book, ports, program)
            hang_up(call)
        finally:
            program.ended(run)
        return run

    def _run_if_taken(self, call: EslCall, book: Book, ports: Ports, program: Program) -> Run:
        try:
            is_taken = program.is_taken(call, ports)
        except CallError as error:
            log.debug("gone before it was taken", call=call.id, reason=str(error))
            is_taken = False
        if not is_taken:
            return Run(program.flow, program.language, RunEnd.HUNG_UP, NOT_TAKEN)
        return self._run(call, book, ports, program)

    def _run(self, call: EslCall, book: Book, ports: Ports, program: Program) -> Run:
        flow = book.flow(program.flow)
        if flow is None:
            call.hangup(NOT_IN_SERVICE)
            self._unrouted(call)
            name = program.flow
            reason = f"no flow {name!r} is live" if name else "no route for the number dialled"
            log.warning("call refused", dialled=call.dialed, reason=reason)
            return Run(name, "", RunEnd.FAILED, reason)
        return run_flow(
            flow,
            call,
            ports,
            flows=book.flow,
            on_step=lambda step: self._step(call, step),
            language=program.language,
            given=dict(program.given),
        )

    def _step(self, call: EslCall, step: StepRecord) -> None:
        self._live_calls.took(call.id, step)
        self._figures.step(step)
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


def _routed(call: EslCall, book: Book, ports: Ports) -> Program:
    return Program(book.routes.route_for(call.dialed, ports.clock.now()) or "")


def _started(call: EslCall, program: Program, version: int) -> CallStarted:
    caller = call.caller
    came = CallStarted(
        uuid=call.id + part_of(call.part),
        started_at=datetime.now(UTC),
        dialled=call.dialed,
        caller_number=caller.number,
        caller_name=caller.name,
        withheld=caller.withheld,
        sip_call_id=call.sip_call_id,
        flow=program.flow,
        version=version,
        direction=program.direction,
        purpose=program.purpose,
    )
    if not call.is_outbound:
        return came
    # Of a call of ours the switch names who was called as its caller.
    return replace(came, dialled=caller.number, caller_number="", caller_name="")


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
