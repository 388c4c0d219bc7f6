"""Runs a flow on a call: one named end, a trace, and never silence."""

import logging
import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from ivr_flows.apology import apologise
from ivr_flows.context import Context, Session
from ivr_flows.errors import FlowFinished, StepFailed, TextFailed
from ivr_flows.flow import Flow, Placed
from ivr_flows.ports import Call, CallEnded, CallFailed, Ports, SpeechFailed, SwitchLost
from ivr_flows.problem import quoted
from ivr_flows.step import ERROR
from ivr_flows.trace import Run, RunEnd, StepRecord

log = logging.getLogger(__name__)

MAX_STEPS = 1_000
"""Steps of one call: a caller who keys without pause for an hour does not reach it."""
MAX_DEPTH = 8
"""Flows within flows."""
MAX_ERRORS = 20
"""Failed steps of one call: an error handler that fails itself must come to an end."""
MAX_SECONDS = 4 * 3600.0
"""Looked at between steps."""

OnStep = Callable[[StepRecord], None]


def run_flow(
    flow: Flow,
    call: Call,
    ports: Ports,
    *,
    flows: Callable[[str], Flow | None],
    on_step: OnStep | None = None,
    language: str = "",
    given: dict[str, Any] | None = None,
    chance: Callable[[], float] = random.random,
) -> Run:
    """Run `flow` to its end; raises nothing for what a flow or a call can do."""
    run = Run(flow.name, language or flow.language)
    engine = _Engine(on_step)
    deadline = ports.clock.now().timestamp() + MAX_SECONDS
    session = Session(
        call, ports, flows, run, chance, engine.call_flow, steps_left=MAX_STEPS, deadline=deadline
    )
    try:
        run.end = engine.run(session, flow, given or {})
    except CallEnded as ended:
        run.end = RunEnd.TRANSFERRED if ended.connected else RunEnd.HUNG_UP
        run.reason = ended.cause
    except SwitchLost as lost:
        run.end, run.reason = RunEnd.LOST, str(lost)
    except Exception as error:
        log.exception("the flow %s broke on call %s", flow.name, call.id)
        run.end, run.reason = RunEnd.FAILED, f"{type(error).__name__}: {error}"
    return run


class _Engine:
    def __init__(self, on_step: OnStep | None) -> None:
        self._on_step = on_step

    def run(self, session: Session, flow: Flow, given: dict[str, Any]) -> RunEnd:
        try:
            end = self._walk(session, flow, given)[0]
        except FlowFinished:
            end = RunEnd.FINISHED
        except (StepFailed, CallFailed) as failure:
            session.run.reason = str(failure)
            apologise(session, flow, self._keep)
            end = RunEnd.FAILED
        hang_up(session)
        return end

    def call_flow(self, session: Session, name: str, given: dict[str, Any]) -> dict[str, Any]:
        """A sub-flow; returns what it has set. Raises `StepFailed`."""
        flow = session.flows(name)
        if flow is None:
            raise StepFailed(f"there is no flow {quoted(name)}")
        if session.depth >= MAX_DEPTH:
            raise StepFailed(f"more than {MAX_DEPTH} flows within flows at {quoted(name)}")
        session.depth += 1
        try:
            return self._walk(session, flow, given)[1].stored
        finally:
            session.depth -= 1

    def _walk(self, session: Session, flow: Flow, given: dict[str, Any]) -> tuple[RunEnd, Context]:
        context = Context(session, flow, names_for(session, given))
        name: str | None = flow.start
        end = RunEnd.FINISHED
        while name is not None:
            _spend(session)
            placed = flow.steps[name]
            event, error = self._step(context, placed)
            if error:
                _count_error(session)
            if event not in placed.exits:
                raise StepFailed(f"step {quoted(placed.name)}: {error or event}")
            name = placed.exits[event]
            end = RunEnd.TRANSFERRED if event in placed.step.hands_over else RunEnd.FINISHED
        return end, context

    def _step(self, context: Context, placed: Placed) -> tuple[str, str]:
        """Run one step; returns its event, and its error where it failed."""
        context.detail = {}
        started = context.now()
        event, error = "", ""
        try:
            if placed.step.answers:
                context.answer()
            event = placed.step.run(context.session.call, context)
        except (StepFailed, TextFailed, SpeechFailed, CallFailed) as failure:
            event, error = ERROR, str(failure)
        except FlowFinished:
            event = "finished"
            raise
        except CallEnded:
            event = "hangup"
            raise
        except SwitchLost:
            event = "lost"
            raise
        except Exception as broken:
            log.exception("step %s of flow %s broke", placed.name, context.flow.name)
            event, error = ERROR, f"{type(broken).__name__}: {broken}"
        finally:
            seconds = max(0.0, (context.now().timestamp() - started.timestamp()))
            self._keep(
                context.session,
                StepRecord(
                    context.flow.name,
                    placed.name,
                    placed.step.verb,
                    started,
                    seconds,
                    event or "broken",
                    context.detail,
                    error[:500],
                ),
            )
        return event, error

    def _keep(self, session: Session, record: StepRecord) -> None:
        session.run.trace.append(record)
        if self._on_step:
            self._on_step(record)


def names_for(session: Session, given: dict[str, Any]) -> dict[str, Any]:
    """What a flow's texts can read at its start."""
    caller = session.call.caller
    return {
        **session.ports.facts,
        "caller": {
            "number": "" if caller.withheld else caller.number,
            "name": "" if caller.withheld else caller.name,
            "withheld": caller.withheld,
        },
        "dialed": session.call.dialed,
        "language": session.run.language,
        **given,
    }


def _spend(session: Session) -> None:
    session.steps_left -= 1
    if session.steps_left < 0:
        raise StepFailed(f"more than {MAX_STEPS} steps")
    if session.ports.clock.now().timestamp() > session.deadline:
        raise StepFailed(f"the call has lasted longer than {MAX_SECONDS / 3600:.0f} hours")


def _count_error(session: Session) -> None:
    session.errors += 1
    if session.errors > MAX_ERRORS:
        raise StepFailed(f"more than {MAX_ERRORS} steps have failed")


def hang_up(session: Session) -> None:
    # The caller may be faster, or there is nothing left to hang up.
    with suppress(CallEnded, CallFailed):
        session.call.hangup()
