"""The reference call: a prompt, one key after 2 s, a second prompt, the switch hangs up."""

import asyncio
from dataclasses import dataclass

import numpy as np

from .caller import Caller
from .callers import Phones, at_a_rate
from .ears import Sink
from .errors import SwitchRefused

BEFORE_KEY = 2.0
PER_SECOND = 40.0


@dataclass(frozen=True, slots=True)
class Answers:
    """How a number answered its calls."""

    milliseconds: list[float]
    failures: list[SwitchRefused]

    def at(self, percent: float) -> float:
        """Milliseconds from INVITE to 200; 0 when nothing was answered."""
        return float(np.percentile(self.milliseconds, percent)) if self.milliseconds else 0.0


async def call_often(switch: tuple[str, int], dialled: str, calls: int) -> Answers:
    """The reference call to `dialled`, 40 times a second."""
    phones, sink = Phones(switch), Sink()
    answered: list[float] = []

    async def call_once(_: int) -> None:
        caller = phones.caller(dialled, sink)
        await caller.dial()
        answered.append(caller.seconds_to_answer * 1000)
        await key_and_listen(caller)

    try:
        failures = await at_a_rate(calls, PER_SECOND, call_once)
    finally:
        phones.close()
        sink.close()
    return Answers(answered, failures)


async def key_and_listen(caller: Caller) -> None:
    await asyncio.sleep(BEFORE_KEY)
    await caller.press("1")
    await caller.until_ended()
