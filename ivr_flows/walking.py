"""From step to step: runs each, writes its row, and looks where its event leads."""

import logging
from datetime import datetime
from typing import Any

from ivr_flows.context import Context, Session
from ivr_flows.errors import FlowFinished, StepFailed, TextFailed
from ivr_flows.flow import Flow, Placed
from ivr_flows.ports import CallEnded, CallFailed, SpeechFailed, SwitchLost
from ivr_flows.problem import quoted
from ivr_flows.step import ERROR
from ivr_flows.trace import RunEnd, StepRecord

log = logging.getLogger(__name__)

MAX_DEPTH = 8
"""Flows within flows."""
MAX_ERRORS = 20
"""Failed steps of one call: an error handler that fails itself must come to an end."""
MAX_ERROR_TEXT = 500
MAX_PARTY = 100
"""Longest name or number of a caller that texts can say, in characters."""

_ENDINGS: dict[type[Exception], str] = {
    FlowFinished: "finished",
    CallEnded: "hangup",
    SwitchLost: "lost",
}


def walk(session: Session, flow: Flow, given: dict[str, Any]) -> tuple[RunEnd, Context]:
    """Run a flow to its end. Raises `StepFailed`, and what ends the whole run."""
    context = Context(session, flow, names_for(session, given))
    name: str | None = flow.start
    end = RunEnd.FINISHED
    while name is not None:
        _spend(session)
        placed = flow.steps[name]
        event, error = _step(context, placed)
        if event not in placed.exits:
            raise StepFailed(f"step {quoted(placed.name)}: {error or event}")
        name = placed.exits[event]
        end = RunEnd.TRANSFERRED if event in placed.step.hands_over else RunEnd.FINISHED
    return end, context


def call_flow(session: Session, name: str, given: dict[str, Any]) -> dict[str, Any]:
    """Run a sub-flow; returns what it has set. Raises `StepFailed`."""
    flow = session.flows(name)
    if flow is None:
        raise StepFailed(f"there is no flow {quoted(name)}")
    if session.depth >= MAX_DEPTH:
        raise StepFailed(f"more than {MAX_DEPTH} flows within flows at {quoted(name)}")
    session.depth += 1
    try:
        return walk(session, flow, given)[1].stored
    finally:
        session.depth -= 1


def names_for(session: Session, given: dict[str, Any]) -> dict[str, Any]:
    """What a flow's texts can read at its start."""
    caller = session.call.caller
    return {
        **session.ports.facts,
        "caller": {
            "number": "" if caller.withheld else caller.number[:MAX_PARTY],
            "name": "" if caller.withheld else caller.name[:MAX_PARTY],
            "withheld": caller.withheld,
        },
        "dialed": session.call.dialed,
        "language": session.run.language,
        **given,
    }


def _step(context: Context, placed: Placed) -> tuple[str, str]:
    """Run one step; returns its event, and its error where it failed."""
    context.detail = {}
    started = context.now()
    try:
        event, error = _attempt(context, placed), ""
    except (StepFailed, TextFailed, SpeechFailed, CallFailed) as failure:
        event, error = ERROR, str(failure)
    except tuple(_ENDINGS) as ending:
        word = next(word for kind, word in _ENDINGS.items() if isinstance(ending, kind))
        _write(context, placed, started, word)
        raise
    except Exception as broken:
        log.exception("step %s of flow %s broke", placed.name, context.flow.name)
        event, error = ERROR, f"{type(broken).__name__}: {broken}"
    _write(context, placed, started, event, error)
    if error:
        _count_error(context.session)
    return event, error


def _attempt(context: Context, placed: Placed) -> str:
    if placed.step.answers:
        context.answer()
    return placed.step.run(context.session.call, context)


def _write(
    context: Context, placed: Placed, started: datetime, event: str, error: str = ""
) -> None:
    context.session.write(
        StepRecord(
            context.flow.name,
            placed.name,
            placed.step.verb,
            started,
            context.seconds_since(started),
            event,
            context.detail,
            error[:MAX_ERROR_TEXT],
        )
    )


def _spend(session: Session) -> None:
    session.steps_left -= 1
    if session.steps_left < 0:
        raise StepFailed("more steps than one call may have")
    if session.ports.clock.now().timestamp() > session.deadline:
        raise StepFailed("the call has lasted for too many hours")


def _count_error(session: Session) -> None:
    session.errors += 1
    if session.errors > MAX_ERRORS:
        raise StepFailed(f"more than {MAX_ERRORS} steps have failed")
