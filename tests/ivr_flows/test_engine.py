"""A run always ends in one named state, and a failed step is never silence."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ivr_flows.engine import MAX_STEPS, run_flow
from ivr_flows.flow import Flow
from ivr_flows.languages import APOLOGY, THANKS
from ivr_flows.ports import Party, Ports, Recordings
from ivr_flows.script import Script, SimulatedClock
from ivr_flows.simulated_call import SimulatedCall
from ivr_flows.simulator import (
    FACTS,
    NOON,
    SimulatedDirectory,
    SimulatedHttp,
    SimulatedQueries,
    SimulatedSpeech,
)
from ivr_flows.trace import Run, RunEnd, StepRecord
from ivr_flows.walking import MAX_ERRORS
from tests.ivr_flows.doubles import ERRORS, BrokenSpeech, breaking, call_of, flow_of

HELLO = 'a: {say: "Hello.", next: b}\nb: {say: "Goodbye."}'


def new_call(**script: Any) -> tuple[SimulatedCall, SimulatedClock]:
    clock = SimulatedClock(NOON)
    return SimulatedCall(clock, Script(**script), Party("5550100", "Ann"), "100"), clock


def ports_for(clock: SimulatedClock, /, **changed: Any) -> Ports:
    ports = Ports(
        speech=SimulatedSpeech(),
        queries=SimulatedQueries({}),
        http=SimulatedHttp(),
        directory=SimulatedDirectory(),
        clock=clock,
        recordings=Recordings(Path("/simulated")),
        facts=FACTS,
    )
    for name, port in changed.items():
        setattr(ports, name, port)
    return ports


def run(flow: Flow, call: SimulatedCall, ports: Ports) -> Run:
    return run_flow(flow, call, ports, flows=lambda name: None)


def test_a_flow_that_comes_to_its_end_hangs_up() -> None:
    simulation = call_of(HELLO)
    assert simulation.run.end is RunEnd.FINISHED
    assert simulation.call.heard == ["Hello.", "Goodbye."]
    assert simulation.call.hung_up


def test_each_step_leaves_a_row_with_its_time_and_what_was_said() -> None:
    seen: list[StepRecord] = []
    call, clock = new_call()
    flow = flow_of(HELLO)
    done = run_flow(flow, call, ports_for(clock), flows=lambda name: None, on_step=seen.append)
    assert seen == done.trace
    assert [(r.flow, r.step, r.verb, r.event) for r in seen] == [
        ("main", "a", "say", "done"),
        ("main", "b", "say", "done"),
    ]
    assert seen[0].detail == {"said": "Hello."}
    assert seen[0].started_at == NOON
    assert seen[0].seconds == pytest.approx(6 / 15)


def test_the_call_is_answered_once_and_not_before_somebody_speaks() -> None:
    call, clock = new_call()
    silent = run(flow_of("a: {set: {x: 1}, next: b}\nb: {hangup: {}}"), call, ports_for(clock))
    assert silent.end is RunEnd.FINISHED
    assert not call.answered
    assert call_of(HELLO).call.answered


@pytest.mark.parametrize("moment", [n / 4 for n in range(30)])
def test_a_hang_up_at_any_moment_is_noticed(moment: float) -> None:
    steps = """
a: {say: "Hello.", next: b}
b: {menu: {say: "Press 1.", options: {"1": c}, timeout: 1s, attempts: 1, noinput: c}}
c: {record: {say: "Speak.", max: 2s}, next: d}
d: {pause: 500ms, next: e}
e: {dial: desk}
"""
    simulation = call_of(steps, hangs_up=f"{int(moment * 1000)}ms")
    connected = simulation.call.dialled == ["desk"]
    assert simulation.run.end is (RunEnd.TRANSFERRED if connected else RunEnd.HUNG_UP)


def test_a_failed_step_goes_to_its_own_error_step_first() -> None:
    steps = 'a: {query: prices, on: {error: b}}\nb: {say: "Own."}\nc: {say: "Flow."}'
    simulation = call_of(steps, head="on: {error: c}", **{"with": {"prices": "error"}})
    assert simulation.call.heard == ["Own."]
    assert simulation.run.trace[0].error == "query prices: no result is given for 'prices'"


def test_a_failed_step_without_one_goes_to_the_flow_s() -> None:
    steps = 'a: {query: prices}\nc: {say: "Flow."}'
    simulation = call_of(steps, head="on: {error: c}", **{"with": {"prices": "error"}})
    assert simulation.call.heard == ["Flow."]
    assert simulation.run.end is RunEnd.FINISHED


def test_an_unhandled_failure_is_an_apology_and_a_recording() -> None:
    simulation = call_of("a: {query: prices}", **{"with": {"prices": "error"}})
    assert simulation.run.end is RunEnd.FAILED
    assert simulation.call.heard == [APOLOGY["en"], THANKS["en"]]
    assert simulation.run.last_words is not None
    assert "query prices" in simulation.run.reason
    assert simulation.run.trace[-1].step == "(apology)"


def test_the_apology_speaks_the_caller_s_language() -> None:
    simulation = call_of("a: {language: zh, next: b}\nb: {query: q}")
    assert simulation.call.heard[0] == APOLOGY["zh"]


def test_an_outcome_that_the_flow_forgot_is_a_failure() -> None:
    simulation = call_of("a: {query: prices}", **{"with": {"prices": "empty"}})
    assert simulation.run.end is RunEnd.FAILED


def test_without_speech_the_caller_can_still_leave_a_message() -> None:
    call, clock = new_call()
    done = run(flow_of(HELLO), call, ports_for(clock, speech=BrokenSpeech()))
    assert done.end is RunEnd.FAILED
    assert done.last_words is not None
    assert call.hung_up


@pytest.mark.parametrize(
    ("error", "end"),
    [
        ("ended", RunEnd.HUNG_UP),
        ("failed", RunEnd.FAILED),
        ("lost", RunEnd.LOST),
        ("bug", RunEnd.FAILED),
    ],
)
@pytest.mark.parametrize("method", ["answer", "play", "collect", "record", "bridge", "pause"])
def test_whatever_a_call_raises_ends_in_a_named_state(method: str, error: str, end: RunEnd) -> None:
    step = {
        "collect": 'gather: {say: "Number?", digits: 4, store: n}',
        "record": "record: {}",
        "bridge": "dial: desk",
        "pause": "pause: 1s",
    }.get(method, 'say: "Hello."')
    call, clock = new_call()
    breaking(call, method, ERRORS[error]())
    assert run(flow_of(f"a: {{{step}}}"), call, ports_for(clock)).end is end


def test_a_lost_switch_at_the_hang_up_is_lost() -> None:
    call, clock = new_call()
    breaking(call, "hangup", ERRORS["lost"]())
    assert run(flow_of(HELLO), call, ports_for(clock)).end is RunEnd.LOST


def test_a_flow_cannot_spin() -> None:
    steps = """
a: {set: {n: 0}, next: b}
b: {if: {when: "n < 10", then: b, else: c}}
c: {say: "Never."}
"""
    simulation = call_of(steps)
    assert simulation.run.end is RunEnd.FAILED
    assert "more steps" in simulation.run.reason
    assert len(simulation.run.trace) == MAX_STEPS + 1
    assert simulation.call.heard[0] == APOLOGY["en"]


def test_an_error_step_that_fails_itself_comes_to_an_end() -> None:
    simulation = call_of("a: {query: q}", head="on: {error: a}")
    assert simulation.run.end is RunEnd.FAILED
    assert len(simulation.run.trace) <= MAX_ERRORS + 2


def test_a_call_that_lasts_for_hours_is_ended() -> None:
    steps = 'a: {say: "Music.", next: b}\nb: {pause: 1h, next: a}'
    simulation = call_of(steps)
    assert simulation.run.end is RunEnd.FAILED
    assert "hours" in simulation.run.reason


def test_a_clock_that_is_set_back_does_not_make_time_negative() -> None:
    call, clock = new_call()

    class Backwards:
        def now(self) -> Any:
            clock.time -= timedelta(hours=1)
            return clock.time

    done = run(flow_of(HELLO), call, ports_for(clock, clock=Backwards()))
    assert all(record.seconds >= 0 for record in done.trace)


def test_a_step_that_fails_by_a_bug_is_an_error_of_that_step() -> None:
    call, clock = new_call()
    breaking(call, "pause", ERRORS["bug"]())
    flow = flow_of('a: {pause: 1s, on: {error: b}}\nb: {say: "Mended."}')
    done = run(flow, call, ports_for(clock))
    assert (done.end, call.heard) == (RunEnd.FINISHED, ["Mended."])
    assert done.trace[0].error == "ZeroDivisionError: a bug"


def test_a_listener_that_breaks_leaves_no_caller_on_a_silent_line() -> None:
    call, clock = new_call()

    def broken(record: StepRecord) -> None:
        raise OSError("disk full")

    done = run_flow(flow_of(HELLO), call, ports_for(clock), flows=lambda name: None, on_step=broken)
    assert done.end is RunEnd.FAILED
    assert call.hung_up


def test_an_endless_name_of_a_caller_is_cut() -> None:
    call, clock = new_call()
    call.caller = Party("5550100", "é{{ 7*7 }}%0A" * 1_000)
    flow = flow_of('a: {say: "Dear {{ caller.name }}."}')
    assert run(flow, call, ports_for(clock)).end is RunEnd.FINISHED
    (heard,) = call.heard
    assert len(heard) < 120
    assert "{{ 7*7 }}%0A" in heard
