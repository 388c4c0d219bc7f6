"""Runs a flow on a call: one named end, a trace, and never silence."""

import logging
import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from ivr_flows.apology import apologise
from ivr_flows.context import Session
from ivr_flows.errors import FlowFinished, StepFailed
from ivr_flows.flow import Flow
from ivr_flows.ports import Call, CallEnded, CallError, CallFailed, Ports, SwitchLost
from ivr_flows.trace import Run, RunEnd, StepRecord
from ivr_flows.walking import call_flow, walk

log = logging.getLogger(__name__)

MAX_STEPS = 1_000
"""Steps of one call: a caller who keys without pause for an hour does not reach it."""
MAX_SECONDS = 4 * 3600.0
"""Looked at between steps."""

OnStep = Callable[[StepRecord], None]
OnStore = Callable[[str, Any], None]
"""Told each variable that is set, and its value."""


def run_flow(
    flow: Flow,
    call: Call,
    ports: Ports,
    *,
    flows: Callable[[str], Flow | None],
    on_step: OnStep | None = None,
    on_store: OnStore | None = None,
    language: str = "",
    given: dict[str, Any] | None = None,
    chance: Callable[[], float] = random.random,
) -> Run:
    """Run `flow` to its end; raises nothing for what a flow or a call can do."""
    session = Session(
        call=call,
        ports=ports,
        flows=flows,
        run=Run(flow.name, language or flow.language),
        chance=chance,
        call_flow=call_flow,
        on_step=on_step,
        on_store=on_store,
        steps_left=MAX_STEPS,
        deadline=ports.clock.now().timestamp() + MAX_SECONDS,
    )
    _run(session, flow, given or {})
    return session.run


def _run(session: Session, flow: Flow, given: dict[str, Any]) -> None:
    run = session.run
    try:
        run.end = _to_the_end(session, flow, given)
    except CallEnded as ended:
        run.end = RunEnd.TRANSFERRED if ended.connected else RunEnd.HUNG_UP
        run.reason = ended.cause
    except SwitchLost as lost:
        run.end, run.reason = RunEnd.LOST, str(lost)
    except Exception as error:
        log.exception("the flow %s broke on call %s", flow.name, session.call.id)
        run.end, run.reason = RunEnd.FAILED, f"{type(error).__name__}: {error}"
        with suppress(CallError):
            session.call.hangup()


def _to_the_end(session: Session, flow: Flow, given: dict[str, Any]) -> RunEnd:
    try:
        end = walk(session, flow, given)[0]
    except FlowFinished:
        end = RunEnd.FINISHED
    except (StepFailed, CallFailed) as failure:
        session.run.reason = str(failure)
        apologise(session, flow)
        end = RunEnd.FAILED
    # The caller may be faster, or there is nothing left to hang up.
    with suppress(CallEnded, CallFailed):
        session.call.hangup()
    return end
