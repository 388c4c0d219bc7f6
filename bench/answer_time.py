"""How soon a call is answered, and what it costs: native, a bare script, and Pressline."""

import asyncio
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field

import numpy as np

from tests.switches import FreeSwitch

from .controllers import bare_script, leanest_script
from .exchange import (
    BARE,
    BARE_ANSWERED,
    BOX,
    BOX_ANSWERED,
    LEANEST,
    NATIVE,
    Exchange,
    exchange,
)
from .pressline_box import pressline_box
from .process_cpu import CpuMeter
from .reference_call import Answers, call_often
from .report import Report

ROUNDS = 3
"""Each number is called in turn, several times: what else the machine does falls on all alike."""
ANSWER_TARGET = 1.5
CPU_TARGET = 1.2


@dataclass(slots=True)
class Measured:
    """One number's calls, over all rounds."""

    answers: list[Answers] = field(default_factory=list)
    switch_cpu: list[float] = field(default_factory=list)
    """Milliseconds a call, one figure a round."""
    controller_cpu: list[float] = field(default_factory=list)

    def answer(self, percent: float) -> float:
        every = [one for answers in self.answers for one in answers.milliseconds]
        return float(np.percentile(every, percent)) if every else float("inf")

    @property
    def failed(self) -> int:
        return sum(len(answers.failures) for answers in self.answers)

    @property
    def cpu(self) -> float:
        return float(np.median(self.controller_cpu))


def run(quick: bool) -> Iterable[Report]:
    calls = 80 if quick else 200
    rounds = 1 if quick else ROUNDS
    with ExitStack() as stack:
        at = stack.enter_context(exchange(FreeSwitch))
        bare = stack.enter_context(bare_script(at))
        box = stack.enter_context(pressline_box(at))
        controllers = {
            NATIVE: None,
            LEANEST: stack.enter_context(leanest_script(at)),
            BARE: bare,
            BOX: box,
            BARE_ANSWERED: bare,
            BOX_ANSWERED: box,
        }
        measured = {number: Measured() for number in controllers}
        for _ in range(rounds):
            for number, controller in controllers.items():
                _call(at, number, controller, calls, measured[number])
    yield report(measured, calls * rounds)


def _call(at: Exchange, number: str, controller: int | None, calls: int, into: Measured) -> None:
    switch_meter = CpuMeter(at.pid)
    controller_meter = CpuMeter(controller) if controller else None
    into.answers.append(asyncio.run(call_often(at.sip, number, calls)))
    into.switch_cpu.append(switch_meter.seconds() / calls * 1000)
    if controller_meter:
        into.controller_cpu.append(controller_meter.seconds() / calls * 1000)


NAMES = {
    NATIVE: "native dialplan",
    LEANEST: "bare script that reads nothing",
    BARE: "bare script",
    BARE_ANSWERED: "bare script, answered in the dialplan",
    BOX: "Pressline",
    BOX_ANSWERED: "Pressline, answered in the dialplan",
}


def report(measured: dict[str, Measured], calls: int) -> Report:
    found = Report(f"answer_time: the reference call on FreeSWITCH, {calls} calls, 40 a second")
    _answers(found, measured)
    for number, name in NAMES.items():
        found.at_most(f"{name}: calls failed", measured[number].failed, "calls", 0)
    _controllers(found, measured)
    for number, name in NAMES.items():
        cpu, base = (float(np.median(measured[one].switch_cpu)) for one in (number, NATIVE))
        found.add(f"{name}: switch CPU a call", cpu, "ms", base)
    found.notes.append(
        "a command waits for FreeSWITCH's own turn of 20 ms, so only an answer that stands in "
        "the dialplan before `socket` is as soon as the native one"
    )
    return found


def _answers(found: Report, measured: dict[str, Measured]) -> None:
    native = measured[NATIVE]
    for number, name in NAMES.items():
        own, what = measured[number], f"{name}: answer"
        if number == BOX_ANSWERED:
            found.within(f"{what} p50", own.answer(50), "ms", ANSWER_TARGET, native.answer(50))
        else:
            found.add(f"{what} p50", own.answer(50), "ms", native.answer(50))
        found.add(f"{what} p99", own.answer(99), "ms", native.answer(99))


def _controllers(found: Report, measured: dict[str, Measured]) -> None:
    what = "controller CPU a call"
    base, base_answered = measured[BARE].cpu, measured[BARE_ANSWERED].cpu
    found.add(f"{NAMES[BARE]}: {what}", base, "ms")
    found.add(f"{NAMES[LEANEST]}: {what}", measured[LEANEST].cpu, "ms", base)
    found.within(f"{NAMES[BOX]}: {what}", measured[BOX].cpu, "ms", CPU_TARGET, base)
    cpu = measured[BOX_ANSWERED].cpu
    found.within(f"{NAMES[BOX_ANSWERED]}: {what}", cpu, "ms", CPU_TARGET, base_answered)
